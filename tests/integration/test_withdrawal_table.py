"""The effect of a withdrawal, row by row of the table: what the gate closes at once, what the case and its contract become, what is
kept, and who is asked what became of what they saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from backbone.clock import new_id
from backbone.log import LogRecord
from schemas.case import CaseOpened, CasePaused
from schemas.codes import AgeBand, PauseReason, Programme
from schemas.deadline import DeadlinePassed
from schemas.network_group import SecrecyDeclared
from services.contracts.app import ROUTERS, SERVICE
from tests.integration.rim import Rim, a_rim
from tests.integration.sharing_office import (
    LEAD,
    NAME,
    POLICE,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    joined,
    opened,
    settings_in,
)
from tests.integration.test_contracts_api import a_request, a_signature, answer_ages
from tests.unit.scheduler.story import made

pytestmark = pytest.mark.integration


class Town:
    """Sharing and contracts, each hearing the other by hand, and a running contract whose text the police have seen on consent."""

    def __init__(self, office: Office, contracts: Rim) -> None:
        self.office, self.contracts = office, contracts
        self._carried = 0
        self.case = Case(guardians=2)
        self.ref, self.consent_id, self.other_id = "", "", new_id()

    def begins(self, *, in_days: int = 0) -> None:
        case, office = self.case, self.office
        identity = {"ref": case.name_ref, "case_id": case.case_id, "about_id": case.youth_id}
        content = {"name": NAME, "birth_on": "2011-03-04"}
        office.post(
            "/deposits", {**identity, "category": "IDENTITY_CONTACT", "kind": "IDENTITY", "content": content}
        )
        ids = {"case_id": case.case_id, "contract_id": case.contract_id, "youth_id": case.youth_id}
        guardians = [signer.person_id for signer in case.signers[1:]]
        asked = a_request(self.contracts, **ids, guardian_ids=guardians, identity_refs=[case.name_ref])
        if in_days:
            asked["starts_on"] = (self.office.today + timedelta(days=in_days)).isoformat()
        assert self.contracts.post("/contracts", LEAD, asked).status == 201
        for signer in case.signers:
            signature = a_signature(self.contracts, signer.person_id, signer.role)
            path = f"/contracts/{case.contract_id}/signatures"
            assert self.contracts.post(path, LEAD, signature).status == 201
        self.sharing_hears()
        for member in (POLICE, TEACHER):
            declared = SecrecyDeclared(person_id=member.person_id, text_version="1")
            office.hear("network", case.case_id, joined(member, office.today), declared)
        self.ref = office.a_text(case)
        self.consent_id = office.a_consent(case)
        assert office.open(case, self.ref)["content"] == {"text": TEXT}

    def sharing_hears(self) -> None:
        for number, case_id, body in self.contracts._outbox(self._carried):
            record = LogRecord(0, self.office._offset, case_id.encode(), body)
            self.office._offset += 1
            self.office.process.inbox.take([record])
            self._carried = number

    def contracts_hears(self) -> None:
        with self.office.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT id, case_id, body FROM outbox ORDER BY id")
            self.contracts.take([(row.id, row.case_id, bytes(row.body)) for row in rows], "sharing")

    def another_consent(self, **changes: Any) -> None:
        """A second yes: the school may tell the police about behaviour too."""
        self.office.a_consent(self.case, consent_id=self.other_id, categories=["SCHOOL_BEHAVIOUR"], **changes)

    def takes_back(self, consent_id: str, signer: int) -> dict[str, Any]:
        answer: dict[str, Any] = self.office.say(consent_id, "withdrawn", self.case.signers[signer])
        return answer

    def standing(self) -> tuple[str, str]:
        """What the case and its contract are at contracts."""
        with self.contracts.process.desk.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT c.state->>'status', k.state->>'status' FROM case_file c JOIN contract k USING (case_id)"
            ).one()
        return tuple(found)

    def pieces(self) -> int:
        with self.office.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM content").scalar_one())


YOUTH, MOTHER, FATHER = 0, 1, 2


def stops_taking_part(town: Town) -> dict[str, Any]:
    part = {"kind": "PARTICIPATION", "categories": ["CASE_STATUS"], "consent_id": town.other_id}
    town.office.a_consent(town.case, **part)
    return town.takes_back(town.other_id, YOUTH)


def takes_one_agency_back(town: Town) -> dict[str, Any]:
    town.another_consent()
    return town.takes_back(town.consent_id, MOTHER)


def takes_one_receiver_out(town: Town) -> dict[str, Any]:
    """The police are taken out of a consent that names child welfare too."""
    to = ["POLITI_FOREBYGGENDE", "BARNEVERN"]
    town.office.a_consent(town.case, consent_id=town.other_id, to_agencies=to)
    mother, told = town.case.signers[MOTHER], to[:1]
    answer: dict[str, Any] = town.office.say(town.other_id, "withdrawn", mother, only_to=told)
    return answer


def one_guardian_takes_everything_back(town: Town) -> dict[str, Any]:
    return town.takes_back(town.consent_id, FATHER)


def all_take_everything_back(town: Town) -> dict[str, Any]:
    town.another_consent()
    third = new_id()
    town.office.a_consent(town.case, consent_id=third, categories=["LEISURE"])
    town.takes_back(town.other_id, YOUTH)
    town.takes_back(third, FATHER)
    return town.takes_back(town.consent_id, MOTHER)


def all_take_the_same_consent_back(town: Town) -> dict[str, Any]:
    first, second = (town.takes_back(town.consent_id, signer) for signer in (FATHER, MOTHER))
    assert (first["consequence"], second["consequence"]) == ("CONTRACT_PAUSES", "NOTHING_RESTED_ON_IT")
    return town.takes_back(town.consent_id, YOUTH)


def one_in_a_sanction_takes_extra_sharing_back(town: Town) -> dict[str, Any]:
    sanction = opened(town.case)
    told = {field: getattr(sanction, field) for field in sanction.__struct_fields__}
    penalty = CaseOpened(**{**told, "programme": Programme.YOUTH_PENALTY})
    town.office.hear("network", town.case.case_id, penalty)
    return town.takes_back(town.consent_id, MOTHER)


class Row(NamedTuple):
    """A row of the table, and what is true after it: of the case, of its contract, of the name in the group, of what rests on consent."""

    what: Callable[[Town], dict[str, Any]]
    consequence: str
    case: str
    contract: str
    name: str
    text: str


TABLE = [
    Row(stops_taking_part, "PARTICIPATION_ENDS", "WINDING_UP", "ENDED_EARLY", "DENY", "PERMIT"),
    Row(takes_one_agency_back, "SHARING_NARROWED", "ACTIVE", "STARTED", "PERMIT", "DENY"),
    Row(takes_one_receiver_out, "SHARING_NARROWED", "ACTIVE", "STARTED", "PERMIT", "DENY"),
    Row(one_guardian_takes_everything_back, "CONTRACT_PAUSES", "PAUSED", "STARTED", "PERMIT", "DENY"),
    Row(all_take_everything_back, "CASE_WINDS_UP", "WINDING_UP", "STARTED", "PERMIT", "DENY"),
    Row(all_take_the_same_consent_back, "CASE_WINDS_UP", "WINDING_UP", "STARTED", "PERMIT", "DENY"),
    Row(
        one_in_a_sanction_takes_extra_sharing_back,
        "EXTRA_SHARING_STOPS",
        "ACTIVE",
        "STARTED",
        "PERMIT",
        "DENY",
    ),
]


@pytest.fixture
def town(unbegun: Town) -> Town:
    unbegun.begins()
    return unbegun


@pytest.fixture
def unbegun(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Town]:
    folder = tmp_path / "contracts"
    folder.mkdir()
    with (
        an_office(settings_in(tmp_path, database_url=database_url)) as office,
        a_rim(database_url, a_namespace, folder, SERVICE, ROUTERS) as contracts,
    ):
        answer_ages(contracts, AgeBand.AGE_15)
        yield Town(office, contracts)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.what.__name__)
def test_a_withdrawal_does_what_its_row_of_the_table_says(town: Town, row: Row) -> None:
    pieces = town.pieces()
    answer = row.what(town)
    assert answer["consequence"] == row.consequence

    def at_the_gate() -> tuple[str, str]:
        refs = (town.case.name_ref, town.ref)
        name, text = town.office.opening(town.case, *refs)["items"]
        return name["outcome"], text["outcome"]

    assert at_the_gate() == (row.name, row.text), "at once, before any other service has heard"
    town.contracts_hears()
    assert town.standing() == (row.case, row.contract)
    town.contracts_hears()
    town.sharing_hears()
    assert at_the_gate() == (row.name, row.text), "and when everybody has heard"
    assert town.contracts.parked() == 0
    assert town.pieces() == pieces, "what was laid down lawfully stays"
    assert town.office.open(town.case, town.ref, actor=TEACHER)["outcome"] == "PERMIT"
    asked = {
        one["person_id"] for one in town.office.call("GET", f"/cases/{town.case.case_id}/receipts").json()
    }
    assert asked == ({POLICE.person_id} if row.text == "DENY" else set())


def test_a_case_whose_consent_is_gone_rests_for_two_weeks_and_says_why(town: Town) -> None:
    one_guardian_takes_everything_back(town)
    town.contracts_hears()
    paused = town.contracts.published()[-1]
    assert isinstance(paused, CasePaused)
    assert paused.reason is PauseReason.CONSENT_LOST
    assert paused.until_on == paused.paused_on + timedelta(days=14)


def test_a_case_that_rests_already_is_not_put_to_rest_again(town: Town) -> None:
    until = (town.office.today + timedelta(days=30)).isoformat()
    path = f"/cases/{town.case.case_id}/paused"
    assert town.contracts.post(path, LEAD, {"reason": "ILLNESS", "until_on": until}).status == 201
    before = town.contracts.types()
    one_guardian_takes_everything_back(town)
    town.contracts_hears()
    assert town.contracts.types() == before
    assert town.contracts.parked() == 0


def test_whoever_leads_enters_whom_they_talked_with_and_what_the_group_decided(town: Town) -> None:
    contacts, today = f"/consents/{town.consent_id}/contacts", town.office.today.isoformat()
    talked = {"person_id": town.case.signers[FATHER].person_id, "contacted_on": today, "reached": True}
    early = town.office.call("POST", contacts, talked)
    assert early.status_code == 409
    assert "CONSENT_NOT_LOST" in early.text
    one_guardian_takes_everything_back(town)
    assert town.office.call("POST", contacts, talked, actor=TEACHER).status_code == 403
    town.office.post(contacts, talked)
    decision = {"decision": "ASK_ANEW", "decided_on": today}
    town.office.post(f"/consents/{town.consent_id}/decision", decision)
    said = [fact.event.type for fact in town.office.published(town.case.case_id)]
    assert said[-2:] == ["consent.signer_contacted", "consent.loss_decided"]


def start_day_comes(town: Town) -> None:
    """The scheduler says that the day before the start is over."""
    passed = made(DeadlinePassed, kind="C-START", due_on=town.office.today)
    record = town.office.record("scheduler", town.case.case_id, passed)
    town.contracts.take([(1, town.case.case_id, record.value or b"")], "scheduler")


def withdrawn_before_the_start(town: Town) -> None:
    """A contract that was to start tomorrow, a guardian who took everything back, and then a start date that is here."""
    town.begins(in_days=1)
    one_guardian_takes_everything_back(town)
    town.contracts_hears()
    path, today = f"/contracts/{town.case.contract_id}/start-corrected", town.office.today
    assert town.contracts.post(path, LEAD, {"starts_on": today.isoformat()}).status == 201


@pytest.mark.parametrize(
    ("what", "case"),
    [(one_guardian_takes_everything_back, "OPENED"), (all_take_everything_back, "WINDING_UP")],
)
def test_a_signed_contract_does_not_start_when_what_it_rests_on_is_gone_before_its_day(
    unbegun: Town, what: Callable[[Town], dict[str, Any]], case: str
) -> None:
    unbegun.begins(in_days=1)
    assert unbegun.standing() == ("OPENED", "SIGNED")
    what(unbegun)
    unbegun.contracts_hears()
    start_day_comes(unbegun)
    assert unbegun.standing() == (case, "SIGNED")


@pytest.mark.parametrize(
    ("decision", "contract"),
    [
        ("GOES_ON_WITHOUT", "STARTED"),
        ("CHANGE_THE_CONTRACT", "STARTED"),
        ("ASK_ANEW", "SIGNED"),
        ("END_IT", "SIGNED"),
    ],
)
def test_it_starts_when_the_group_has_decided_to_go_on(unbegun: Town, decision: str, contract: str) -> None:
    withdrawn_before_the_start(unbegun)
    said = {"decision": decision, "decided_on": unbegun.office.today.isoformat()}
    unbegun.office.post(f"/consents/{unbegun.consent_id}/decision", said)
    unbegun.contracts_hears()
    assert unbegun.standing()[1] == contract


def test_it_starts_when_there_is_consent_again(unbegun: Town) -> None:
    withdrawn_before_the_start(unbegun)
    unbegun.another_consent()
    unbegun.contracts_hears()
    assert unbegun.standing() == ("ACTIVE", "STARTED")
