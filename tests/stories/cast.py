"""The people of the stories and what they do, each step one sentence over the public HTTP API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.work import Actor, service_actor
from schemas.codes import Agency, Category, Function, Role
from tests.system import System, eventually, staff

BODO = "1804"


class Cast:
    """The staff of one municipality, in the directory and in the vault."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.coordinator = staff(new_id(), Agency.FELLES_ANSVAR, Role.COORDINATOR)
        self.teacher = staff(new_id(), Agency.SKOLE_GRUNN, Role.AGENCY_MEMBER)
        self.police = staff(new_id(), Agency.POLITI_FOREBYGGENDE, Role.AGENCY_MEMBER)
        self.auditor = staff(new_id(), Agency.KOMMUNE_SLT, Role.AUDITOR)
        self.operator = staff(new_id(), Agency.KOMMUNE_SLT, Role.OPERATOR)

    def moves_in(self) -> None:
        """Everybody is registered in the directory, with a name and an address in the vault."""
        for name, person in {
            "Koordinator Demosen": self.coordinator,
            "Lærar Demosen": self.teacher,
            "Politi Demosen": self.police,
            "Revisor Demosen": self.auditor,
            "Driftar Demosen": self.operator,
        }.items():
            self.takes_in(name, person)

    def takes_in(self, name: str, person: Actor) -> None:
        """Somebody is registered in the directory, and their name and address in the vault."""
        entry = {
            "person_id": person.person_id,
            "agency": person.agency,
            "roles": sorted(role.value for role in person.roles),
            "municipality_nos": [BODO],
        }
        self.system.calls.post("network", "/directory/people", actor=self.operator, body=entry)
        contact = {
            "person_id": person.person_id,
            "name": name,
            "email": f"{person.person_id[-6:]}@demo.example",
        }
        self.system.calls.post("sharing", "/people", actor=service_actor("network"), body=contact)


class Story:
    """One case, from its registration on."""

    def __init__(self, cast: Cast, *, born_on: str = "2012-05-05") -> None:
        self.cast, self.system = cast, cast.system
        self.case_id, self.contract_id, self.youth_id, self.guardian_id = (
            new_id(),
            new_id(),
            new_id(),
            new_id(),
        )
        self.guardian_ids = [self.guardian_id]
        self.lead = cast.coordinator
        self.born_on = born_on
        self.name = f"Kim {self.youth_id[-6:]} Demosen"
        """Each story's youth has a name of its own: two of one name and birth date are taken for the same."""

    def post(self, actor: Actor, service: str, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """Ask for something, once for its key, when every service has read what happened before: as people do, who take their time."""
        self.system.quiet()
        return self.at_once(actor, service, path, body, key=key)

    def at_once(
        self, actor: Actor, service: str, path: str, body: Any = None, *, key: str | None = None
    ) -> Any:
        """Ask for something before anybody has had time to read what happened."""
        return self.system.calls.post(service, path, actor=actor, body=body, key=key or new_id())

    def today(self) -> date:
        """Today, as rules see it."""
        return self.system.clock.moment().today

    def time_passes(self, *, days: int) -> None:
        """Everybody's decision time moves on."""
        self.system.clock.move_to(self.system.clock.moment().decided_at + timedelta(days=days))

    def deposit(self, about: str, category: Category, kind: str, **content: str) -> str:
        """Lay something personal in the vault; gives its reference."""
        ref = new_id()
        body = {
            "ref": ref,
            "case_id": self.case_id,
            "about_id": about,
            "category": category,
            "kind": kind,
            "content": content,
        }
        self.post(self.cast.coordinator, "sharing", "/deposits", body)
        return ref

    def registers(self, *, starts_on: date | None = None, **answered: Any) -> dict[str, Any]:
        """The coordinator registers the contract: what is personal goes to the vault, one command to contracts."""
        identities = [
            self.deposit(
                self.youth_id,
                Category.IDENTITY_CONTACT,
                "IDENTITY",
                name=self.name,
                birth_on=self.born_on,
            ),
            self.deposit(self.guardian_id, Category.IDENTITY_CONTACT, "IDENTITY", name="Bo Demosen"),
        ]
        goals = [
            self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text=text)
            for text in ("Komme på skolen", "Trene på mandager")
        ]
        members = [(self.cast.teacher, Function.SUPPORT_OWNER), (self.cast.police, Function.CONTROL_OWNER)]
        body = {
            "case_id": self.case_id,
            "contract_id": self.contract_id,
            "programme": "FA_YOUTH_CONTRACT",
            "municipality_no": BODO,
            "youth_id": self.youth_id,
            "guardian_ids": [self.guardian_id],
            "reason": "VANDALISM",
            "starts_on": (starts_on or self.today()).isoformat(),
            "goal_refs": goals,
            "identity_refs": identities,
            "members": [
                {"person_id": who.person_id, "agency": who.agency, "function": function}
                for who, function in members
            ],
            "evaluation": {"measures": [{"goal_ref": goals[0], "measure": "YOUTHS_OWN_VIEW"}]},
            **answered,
        }
        return dict(self.post(self.cast.coordinator, "contracts", "/contracts", body))

    def signs(self) -> dict[str, Any]:
        """The youth and the guardian sign on paper; the coordinator registers it."""
        for person_id, role in ((self.youth_id, "YOUTH"), (self.guardian_id, "GUARDIAN")):
            body = {
                "person_id": person_id,
                "role": role,
                "method": "PAPER",
                "signed_on": self.today().isoformat(),
            }
            answer = self.post(
                self.cast.coordinator, "contracts", f"/contracts/{self.contract_id}/signatures", body
            )
        return dict(answer)

    def has_a_group(self) -> dict[str, Any]:
        """The network has heard of the contract and formed the group."""

        def group() -> Any:
            try:
                found = self.system.calls.get(
                    "network", f"/cases/{self.case_id}/group", actor=self.cast.coordinator
                )
            except Exception:
                return None
            return found if len(found["memberships"]) >= 3 else None

        return dict(eventually(group, what="the network group"))

    def calls_a_meeting(self, *, in_days: int = 7) -> str:
        """The coordinator calls the network meeting."""
        meeting_id = new_id()
        day = self.today() + timedelta(days=in_days)
        body = {
            "meeting_id": meeting_id,
            "kind": "NETWORK",
            "mode": "IN_PERSON",
            "starts_local": f"{day.isoformat()}T13:00",
            "minutes": 60,
            "invited": [self.cast.teacher.person_id, self.cast.police.person_id],
        }
        self.post(self.cast.coordinator, "network", f"/cases/{self.case_id}/meetings", body)
        return meeting_id

    def holds(self, meeting_id: str) -> None:
        """The meeting was held today, and both came."""
        body = {
            "held_on": self.today().isoformat(),
            "present": [self.cast.teacher.person_id, self.cast.police.person_id],
        }
        self.post(self.cast.coordinator, "network", f"/meetings/{meeting_id}/held", body)

    def declares_secrecy(self, who: Actor) -> None:
        """A member says that they know their duty of secrecy."""
        self.post(who, "network", f"/cases/{self.case_id}/secrecy-declarations", {"text_version": "2026-11"})

    def school_writes(self, text: str) -> str:
        """The teacher lays down something about school attendance."""
        ref = new_id()
        body = {
            "ref": ref,
            "about_id": self.youth_id,
            "category": "SCHOOL_ATTENDANCE",
            "content": {"text": text},
        }
        self.post(self.cast.teacher, "sharing", f"/cases/{self.case_id}/information", body)
        return ref

    @property
    def signers(self) -> list[dict[str, str]]:
        """The youth and the guardians, as those who answer for themselves and together."""
        guardians = ({"person_id": guardian, "role": "GUARDIAN"} for guardian in self.guardian_ids)
        return [{"person_id": self.youth_id, "role": "YOUTH"}, *guardians]

    def asks_consent(self, *, valid_days: int = 90, **changes: Any) -> str:
        """The school may tell the police about school attendance, if everyone says yes; `changes` ask for something else."""
        consent_id = new_id()
        body = {
            "consent_id": consent_id,
            "kind": "SECRECY_RELEASE",
            "youth_id": self.youth_id,
            "from_agencies": ["SKOLE_GRUNN"],
            "to_agencies": ["POLITI_FOREBYGGENDE"],
            "categories": ["SCHOOL_ATTENDANCE"],
            "purpose": "FOLLOW_UP",
            "valid_from": self.today().isoformat(),
            "valid_to": (self.today() + timedelta(days=valid_days)).isoformat(),
            "text_version": "2026-1",
            "language": "nb",
            "signers": self.signers,
            **changes,
        }
        self.post(self.lead, "sharing", f"/cases/{self.case_id}/consents", body)
        return consent_id

    def says(self, consent_id: str, answer: str, person_id: str, role: str = "GUARDIAN") -> None:
        """One of those who must answer says yes, no, or no longer."""
        body: dict[str, Any] = {"person_id": person_id, "role": role}
        if answer == "given":
            body |= {"method": "PAPER", "given_on": self.today().isoformat()}
        self.post(self.lead, "sharing", f"/consents/{consent_id}/{answer}", body)

    def consents(self, consent_id: str | None = None) -> str:
        """Everyone who must says yes: to what was asked, or to the school telling the police about attendance."""
        asked = consent_id or self.asks_consent()
        for signer in self.signers:
            self.says(asked, "given", **signer)
        return asked

    def withdraws(self, consent_id: str) -> None:
        """The youth takes the consent back."""
        self.says(consent_id, "withdrawn", self.youth_id, "YOUTH")

    def opens(self, who: Actor, *refs: str) -> dict[str, dict[str, Any]]:
        """Somebody opens content; gives the gate's answer for each reference."""
        body = {"refs": list(refs) or None, "purpose": "FOLLOW_UP"}
        answer = self.at_once(who, "sharing", f"/cases/{self.case_id}/open", body)
        return {item["ref"]: item for item in answer["items"]}

    def deviates(self) -> str:
        """The teacher reports that the youth was away from school, as soon as contracts has read that the teacher is in the group."""
        eventually(self._contracts_knows_the_teacher, what="the teacher in the group, as contracts has read")
        deviation_id = new_id()
        body = {
            "deviation_id": deviation_id,
            "contract_id": self.contract_id,
            "kind": "SCHOOL_ABSENCE",
            "severity": 2,
            "happened_on": self.today().isoformat(),
        }
        self.post(self.cast.teacher, "contracts", f"/cases/{self.case_id}/deviations", body)
        return deviation_id

    def _contracts_knows_the_teacher(self) -> bool:
        try:
            self.system.calls.get("contracts", f"/cases/{self.case_id}", actor=self.cast.teacher)
        except CalledRefused:
            return False
        return True

    def deadlines(self, kind: str) -> list[dict[str, Any]]:
        """The deadlines of one kind."""
        found = self.system.calls.get(
            "scheduler", f"/cases/{self.case_id}/deadlines", actor=self.cast.coordinator
        )
        return [deadline for deadline in found if deadline["kind"] == kind]

    def notices(self, who: Actor) -> list[dict[str, Any]]:
        """Somebody's notices in this case, the newest first."""
        found = self.system.calls.get("notifications", "/inbox", actor=who)
        return [notice for notice in found if notice["case_id"] == self.case_id]

    def trail(self) -> list[dict[str, Any]]:
        """What the auditor reads about the case."""
        path = f"/cases/{self.case_id}/events"
        return list(
            self.system.calls.get("audit", path, actor=self.cast.auditor, purpose="SUPERVISION")["events"]
        )
