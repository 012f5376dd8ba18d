"""The sharing service on a real PostgreSQL, with a case on its way; the others' events are given to its inbox
as they would stand on the log.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient
from httpx import Response

from backbone.clock import Clock, new_id
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.log import LogRecord
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor
from schemas.case import CaseOpened
from schemas.codes import (
    AgeBand,
    Agency,
    Function,
    LeavingReason,
    Programme,
    Reason,
    Role,
    SignerRole,
)
from schemas.contract import ContractRegistered, ContractSigned, Signer
from schemas.event import Envelope, Event, Fact, decode, encode, schema_address, seal
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
from services.sharing.app import ROUTERS, SERVICE
from services.sharing.keys import KeyStore
from services.sharing.redeciding import Redeciding
from services.sharing.vault import Vault

LEAD = Actor(
    new_id(), Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), "lead's session", "nb", frozenset({"1804"})
)
POLICE = Actor(new_id(), Agency.POLITI_FOREBYGGENDE, frozenset({Role.AGENCY_MEMBER}), "police session")
TEACHER = Actor(new_id(), Agency.SKOLE_GRUNN, frozenset({Role.AGENCY_MEMBER}), "teacher's session")
STRANGER = Actor(new_id(), Agency.POLITI_FOREBYGGENDE, frozenset({Role.AGENCY_MEMBER}), "a session")
LEADER = Actor(
    new_id(), Agency.KOMMUNE_SLT, frozenset({Role.UNIT_LEADER}), "leader's session", "nb", frozenset({"1804"})
)
NETWORK = Actor("service:network", None, frozenset({Role.SERVICE}))
NAME = "Kanari Navnesen"
TEXT = "Kanarifugl var borte fra skolen mandag"


class Case:
    """The ids of one case."""

    def __init__(self, *, guardians: int = 1) -> None:
        self.permit = ""
        self.case_id, self.youth_id, self.guardian_id, self.contract_id = (new_id() for _ in range(4))
        self.name_ref, self.text_ref, self.consent_id = (new_id() for _ in range(3))
        self.signers = (
            Signer(person_id=self.youth_id, role=SignerRole.YOUTH),
            Signer(person_id=self.guardian_id, role=SignerRole.GUARDIAN),
            *(Signer(person_id=new_id(), role=SignerRole.GUARDIAN) for _ in range(guardians - 1)),
        )


class Office:
    """The service, its HTTP client, and the log as it would be read."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process = Process(SERVICE, ROUTERS, with_settings=settings)
        self.engine, self.clock = self.process.desk.engine, self.process.desk.clock
        self.client = TestClient(self.process.app, raise_server_exceptions=False)
        self.process.inbox.positions("topic", [0], {0: 0})
        self._offset, self._sequences = 0, dict[tuple[str, str], int]()
        self.heard: list[LogRecord] = []

    @property
    def vault(self) -> Vault:
        keys = KeyStore(self.settings)
        keys.prepare(self.clock.moment().real_at)
        return Vault(keys)

    @property
    def today(self) -> date:
        return self.clock.moment().today

    def call(
        self, method: str, path: str, body: Any = None, *, actor: Actor = LEAD, key: str | None = None
    ) -> Response:
        bearer = token(self.settings, actor, self.clock.moment())
        headers = {"Authorization": f"Bearer {bearer}", **({"Idempotency-Key": key} if key else {})}
        answer: Response = self.client.request(method, path, json=msgspec.to_builtins(body), headers=headers)
        return answer

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        actor: Actor = LEAD,
        key: str | None = None,
        status: int | None = None,
    ) -> Any:
        answer = self.call("POST", path, body, actor=actor, key=key)
        assert answer.status_code == status or (status is None and answer.is_success), answer.text
        return answer.json()

    def record(self, source: str, case_id: str, event: Event, *, skip: int = 0) -> LogRecord:
        """The event as a record of the log, the next of its source in the case; `skip` leaves numbers out."""
        sequence = self._sequences.get((case_id, source), 0) + 1 + skip
        self._sequences[case_id, source] = sequence
        envelope = Envelope(
            specversion="1.0",
            id=new_id(),
            source=source,
            type=event.type,
            version=event.version,
            time=self.clock.moment().decided_at,
            case_id=case_id,
            datacontenttype="application/json",
            dataschema=schema_address(event.type, event.version),
            sequence=sequence,
            actor=LEAD.person_id,
            data=seal(event),
        )
        offset, self._offset = self._offset, self._offset + 1
        return LogRecord(0, offset, case_id.encode(), encode(envelope))

    def hear(self, source: str, case_id: str, *events: Event) -> None:
        """Read these events from the log."""
        records = [self.record(source, case_id, event) for event in events]
        self.process.inbox.take(records)
        self.heard += records

    def the_log(self) -> list[LogRecord]:
        """What was heard, then everything published: each source in its order, as late and as early as a log could have it."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT case_id, body FROM outbox ORDER BY id").all()
        own = [
            LogRecord(0, self._offset + place, case.encode(), body) for place, (case, body) in enumerate(rows)
        ]
        return [*self.heard, *own]

    def published(self, case_id: str) -> list[Fact]:
        """What this service has published about the case, in order."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT body FROM outbox WHERE case_id = %s ORDER BY sequence", (case_id,)
            )
            return [decode(body) for (body,) in rows]

    def decides_the_same_again(self) -> None:
        """Every decision of this office, made again from the log alone, is the same."""
        answers = Redeciding(lambda _envelope, _event: True).see(self.the_log())
        assert [answer for answer in answers if not answer.same] == []

    def a_case(
        self, *, signed: bool = True, birth_on: str = "2011-03-04", declared: bool = True, guardians: int = 1
    ) -> Case:
        """A case with a lead, a teacher and a police officer, whose youth's name lies in the vault."""
        case = Case(guardians=guardians)
        identity = {"name": NAME, "birth_on": birth_on, "national_id": "04831100031"}
        deposit = {"ref": case.name_ref, "case_id": case.case_id, "about_id": case.youth_id}
        self.post(
            "/deposits", {**deposit, "category": "IDENTITY_CONTACT", "kind": "IDENTITY", "content": identity}
        )
        begun = self.today - timedelta(days=10)
        self.hear(
            "contracts", case.case_id, opened(case), registered(case, begun, begun + timedelta(days=180))
        )
        if signed:
            event = ContractSigned(contract_id=case.contract_id, contract_version=1, signed_on=begun)
            self.hear("contracts", case.case_id, event)
        for member in (POLICE, TEACHER):
            self.hear("network", case.case_id, joined(member, begun))
            if declared:
                self.hear(
                    "network", case.case_id, SecrecyDeclared(person_id=member.person_id, text_version="1")
                )
        return case

    def a_text(self, case: Case, *, category: str = "SCHOOL_ATTENDANCE", actor: Actor = TEACHER) -> str:
        """A text by the school about the youth."""
        body = {
            "ref": case.text_ref,
            "about_id": case.youth_id,
            "category": category,
            "content": {"text": TEXT},
        }
        self.post(f"/cases/{case.case_id}/information", body, actor=actor)
        return case.text_ref

    def a_consent(self, case: Case, **changes: Any) -> str:
        """A consent that the school may tell the police about attendance, given by everybody."""
        consent_id = self.ask_consent(case, **changes)
        for signer in changes.get("signers", case.signers):
            self.say(consent_id, "given", signer, method="PAPER", given_on=self.today)
        return consent_id

    def ask_consent(self, case: Case, **changes: Any) -> str:
        """The same consent, answered by nobody yet."""
        body: dict[str, Any] = {
            "consent_id": case.consent_id,
            "kind": "SECRECY_RELEASE",
            "youth_id": case.youth_id,
            "from_agencies": ["SKOLE_GRUNN"],
            "to_agencies": ["POLITI_FOREBYGGENDE"],
            "categories": ["SCHOOL_ATTENDANCE"],
            "purpose": "FOLLOW_UP",
            "valid_from": self.today,
            "valid_to": self.today + timedelta(days=90),
            "text_version": "2026-1",
            "language": "nb",
            "signers": case.signers,
            **changes,
        }
        self.post(f"/cases/{case.case_id}/consents", body)
        consent_id: str = body["consent_id"]
        return consent_id

    def say(
        self, consent_id: str, verb: str, signer: Signer, *, status: int | None = None, **more: Any
    ) -> Any:
        """Register a signer's answer."""
        told = {"person_id": signer.person_id, "role": signer.role, **more}
        return self.post(f"/consents/{consent_id}/{verb}", told, status=status)

    def open(
        self, case: Case, *refs: str, actor: Actor = POLICE, purpose: str = "FOLLOW_UP"
    ) -> dict[str, Any]:
        """The first item of an opening."""
        answer = self.opening(case, *refs, actor=actor, purpose=purpose)
        item: dict[str, Any] = answer["items"][0]
        return item

    def opening(
        self, case: Case, *refs: str, actor: Actor = POLICE, purpose: str = "FOLLOW_UP"
    ) -> dict[str, Any]:
        """A whole opening; no references asks for everything."""
        body = {"refs": list(refs) or None, "purpose": purpose}
        answer: dict[str, Any] = self.post(f"/cases/{case.case_id}/open", body, actor=actor)
        return answer


def opened(case: Case) -> CaseOpened:
    return CaseOpened(
        programme=Programme.FA_YOUTH_CONTRACT,
        municipality_no="1804",
        owner_agency=Agency.KOMMUNE_SLT,
        lead_id=LEAD.person_id,
        youth_id=case.youth_id,
    )


def registered(case: Case, starts_on: date, ends_on: date) -> ContractRegistered:
    return ContractRegistered(
        contract_id=case.contract_id,
        programme=Programme.FA_YOUTH_CONTRACT,
        contract_version=1,
        youth_id=case.youth_id,
        age_band=AgeBand.AGE_15,
        reason=Reason.VIOLENCE,
        starts_on=starts_on,
        ends_on=ends_on,
        goal_refs=(),
        identity_refs=(case.name_ref,),
        signers=case.signers,
        members=(),
    )


def joined(actor: Actor, on: date) -> MemberJoined:
    return MemberJoined(
        person_id=actor.person_id,
        agency=Agency(actor.agency or ""),
        function=Function.CONTACT_PERSON,
        joined_on=on,
    )


def left(actor: Actor, on: date, stop_id: str | None = None) -> MemberLeft:
    return MemberLeft(
        person_id=actor.person_id, reason=LeavingReason.JOB_CHANGED, left_on=on, stop_id=stop_id
    )


def settings_in(folder: Path, *, database_url: str) -> Settings:
    """Settings with a namespace and secrets of their own, and a demo clock."""
    for name in ("token", "kek"):
        (folder / name).write_text(secrets.token_hex(32), encoding="utf-8")
    return Settings(
        namespace=f"felles_test_{secrets.token_hex(5)}",
        database_url=database_url,
        kafka_bootstrap="127.0.0.1:1",
        demo=True,
        demo_clock_file=folder / "clock",
        token_key_file=folder / "token",
        key_encryption_key_file=folder / "kek",
    )


@contextmanager
def an_office(settings: Settings) -> Iterator[Office]:
    """The service in databases of its own, gone afterwards."""
    migrate(settings, "sharing")
    office = Office(settings)
    try:
        yield office
    finally:
        office.client.close()
        office.engine.dispose()
        for name in ("sharing", "keys"):
            drop_database(settings, str(settings.database(name).database))


def forward(office: Office, **time: float) -> None:
    """Move the demo clock."""
    clock = Clock(office.settings.demo_clock_file)
    clock.move_to(clock.moment().decided_at + timedelta(**time))
