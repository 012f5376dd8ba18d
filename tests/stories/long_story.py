"""What happens in a case after its beginning, each step one sentence over the public HTTP APIs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.work import Actor, service_actor
from schemas.codes import Agency, Category, Role
from tests.stories.cast import BODO, Cast, Story
from tests.system import eventually, staff

LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""An id's end as letters, so that everybody has a name of their own: two of the same name and birth date are one youth."""


class FullCast(Cast):
    """The staff, with a second coordinator, and the leader of the unit that owns the cases."""

    def moves_in(self) -> None:
        """Everybody is registered in the directory, with a name and an address in the vault."""
        super().moves_in()
        self.second = staff(new_id(), Agency.FELLES_ANSVAR, Role.COORDINATOR)
        self.leader = staff(new_id(), Agency.FELLES_ANSVAR, Role.UNIT_LEADER)
        for name, person in {"Nestleiar Demosen": self.second, "Einingsleiar Demosen": self.leader}.items():
            entry = {
                "person_id": person.person_id,
                "agency": person.agency,
                "roles": sorted(role.value for role in person.roles),
                "municipality_nos": [BODO],
            }
            self.system.calls.post("network", "/directory/people", actor=self.operator, body=entry)
            email = f"{person.person_id[-6:]}@demo.example"
            contact = {"person_id": person.person_id, "name": name, "email": email}
            self.system.calls.post("sharing", "/people", actor=service_actor("network"), body=contact)


class LongStory(Story):
    """One case, from the referral to the review of what is kept."""

    def __init__(self, cast: FullCast, *, born_on: str = "2012-05-05", guardians: int = 1) -> None:
        super().__init__(cast, born_on=born_on)
        self.full = cast
        self.guardian_ids = [self.guardian_id, *(new_id() for _ in range(guardians - 1))]
        self.goal_refs: list[str] = []
        self.name = f"Kim {self.youth_id[-6:].translate(LETTERS).title()} Demosen"
        self._identities: list[str] = []

    def leads(self, service: str, path: str, body: Any = None) -> dict[str, Any]:
        """The one who leads the case asks for something."""
        return dict(self.post(self.lead, service, path, body or {}) or {})

    def is_known(self) -> None:
        """The identities of the youth and the guardians lie in the vault."""
        self._identities = [
            self.deposit(
                self.youth_id,
                Category.IDENTITY_CONTACT,
                "IDENTITY",
                name=self.name,
                birth_on=self.born_on,
            ),
            *(
                self.deposit(guardian, Category.IDENTITY_CONTACT, "IDENTITY", name="Bo Demosen")
                for guardian in self.guardian_ids
            ),
        ]

    def is_referred(self) -> None:
        """The school refers the youth, the coordinator takes it up and accepts: the case is opened."""
        self.is_known()
        referral_id = new_id()
        body = {
            "case_id": self.case_id,
            "referral_id": referral_id,
            "origin": "SCHOOL",
            "referrer_agency": "SKOLE_GRUNN",
            "reasons": ["VANDALISM"],
            "urgency": "SOON",
            "youth_knows": "YES",
            "municipality_no": BODO,
            "assigned_to": self.cast.coordinator.person_id,
            "youth_id": self.youth_id,
        }
        self.post(self.cast.teacher, "contracts", "/referrals", body)
        self.leads("contracts", f"/referrals/{referral_id}/screened")
        self.leads("contracts", f"/referrals/{referral_id}/accepted", {"programme": "FA_YOUTH_CONTRACT"})

    def registers_with(self, **changes: Any) -> dict[str, Any]:
        """The contract is registered, with a clause that has one owner for control and one for support."""
        if not self._identities:
            self.is_known()
        self.goal_refs = [
            self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text=text)
            for text in ("Komme på skolen", "Trene på mandager")
        ]
        teacher, police = self.cast.teacher, self.cast.police
        body = {
            "case_id": self.case_id,
            "contract_id": self.contract_id,
            "programme": "FA_YOUTH_CONTRACT",
            "municipality_no": BODO,
            "youth_id": self.youth_id,
            "guardian_ids": self.guardian_ids,
            "reason": "VANDALISM",
            "starts_on": self.today().isoformat(),
            "goal_refs": self.goal_refs,
            "identity_refs": self._identities,
            "members": [
                {"person_id": teacher.person_id, "agency": teacher.agency, "function": "SUPPORT_OWNER"},
                {"person_id": police.person_id, "agency": police.agency, "function": "CONTROL_OWNER"},
            ],
            "clauses": [self.clause("SCHOOL", owed_by=self.youth_id)],
            "evaluation": {"measures": [{"goal_ref": self.goal_refs[0], "measure": "YOUTHS_OWN_VIEW"}]},
        }
        return dict(self.post(self.lead, "contracts", "/contracts", {**body, **changes}))

    def clause(self, kind: str, *, owed_by: str) -> dict[str, str]:
        """A point of a contract: the police control it, the school supports it."""
        return {
            "clause_id": new_id(),
            "kind": kind,
            "owed_by": owed_by,
            "controlling_owner": self.cast.police.person_id,
            "supporting_owner": self.cast.teacher.person_id,
        }

    def everyone_signs(self, on: date | None = None) -> None:
        """The youth and every guardian sign what waits for signatures, on paper."""
        roles = [(self.youth_id, "YOUTH"), *((guardian, "GUARDIAN") for guardian in self.guardian_ids)]
        for person_id, role in roles:
            self.one_signs(person_id, role, on)

    def one_signs(self, person_id: str, role: str, on: date | None = None) -> None:
        """One of them signs what waits for signatures, on paper."""
        body = {
            "person_id": person_id,
            "role": role,
            "method": "PAPER",
            "signed_on": (on or self.today()).isoformat(),
        }
        self.leads("contracts", f"/contracts/{self.contract_id}/signatures", body)

    def proposes_one_goal(self) -> None:
        """A new version of the contract waits for signatures: one goal, and no clauses."""
        body = {"goal_refs": self.goal_refs[:1], "clauses": []}
        self.leads("contracts", f"/contracts/{self.contract_id}/changes", body)

    def runs(self, **changes: Any) -> LongStory:
        """A contract that everyone has signed, with its group, in which everyone has declared secrecy."""
        self.registers_with(**changes)
        self.has_a_group()
        self.everyone_signs()
        for member in (self.cast.teacher, self.cast.police):
            self.declares_secrecy(member)
        return self

    def state(self) -> dict[str, Any]:
        """The case as its owner has it."""
        return dict(
            self.system.calls.get("contracts", f"/cases/{self.case_id}", actor=service_actor("tests"))
        )

    def deadlines(self, kind: str) -> list[dict[str, Any]]:
        """The deadlines of one kind, for whoever leads the case now."""
        found = self.system.calls.get("scheduler", f"/cases/{self.case_id}/deadlines", actor=self.lead)
        return [deadline for deadline in found if deadline["kind"] == kind]

    def is_also(self, other: LongStory) -> None:
        """This case is about the same youth as another."""
        self.youth_id, self.name, self.born_on = other.youth_id, other.name, other.born_on

    def comes_true(self, what: str, *types: str) -> None:
        """Wait until the auditor reads these events in the case."""
        eventually(lambda: set(types) <= {event["type"] for event in self.trail()}, what=what)

    def follows_up(self, deviation_id: str) -> None:
        """The youth is heard, somebody else than the reporter judges, a step of the ladder is taken, and it is over."""
        path = f"/deviations/{deviation_id}"
        account = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="Jeg forsov meg.")
        self.leads("contracts", f"{path}/youth-account", {"text_ref": account})
        answer = self.leads("contracts", f"{path}/assessed", {"severity": 2})
        assert answer["suggested_step"] == "F1_TALK_WITH_CONTACT"
        self.leads("contracts", f"{path}/steps", {"step": "F1_TALK_WITH_CONTACT"})
        self.leads("contracts", f"{path}/resolved")

    def evaluates(self, kind: str, level: int) -> None:
        """The goals are judged with the youth."""
        goals = [{"goal_ref": ref, "level": level, "by": "YOUTH"} for ref in self.goal_refs]
        body = {
            "evaluation_id": new_id(),
            "kind": kind,
            "held_on": self.today().isoformat(),
            "goals": goals,
        }
        self.leads("contracts", f"/contracts/{self.contract_id}/evaluations", body)

    def proposes(self, *, clauses: list[dict[str, str]], ends_on: date | None = None) -> None:
        """A new version of the contract is drawn up."""
        body: dict[str, Any] = {"goal_refs": self.goal_refs, "clauses": clauses}
        if ends_on is not None:
            body["ends_on"] = ends_on.isoformat()
        self.leads("contracts", f"/contracts/{self.contract_id}/changes", body)

    def gets_a_task(self, owner: Actor) -> str:
        """A member is given a task."""
        task_id = new_id()
        due_on = (self.today() + timedelta(days=7)).isoformat()
        body = {"task_id": task_id, "owner_id": owner.person_id, "due_on": due_on}
        self.leads("network", f"/cases/{self.case_id}/tasks", body)
        return task_id

    def answer_for(self, who: Actor, ref: str) -> tuple[str, str | None]:
        """What the gate answers somebody about one reference, and why."""
        body = {"refs": [ref], "purpose": "FOLLOW_UP"}
        answer = self.at_once(who, "sharing", f"/cases/{self.case_id}/open", body)
        items = [item for item in answer["items"] if item["ref"] == ref]
        if not items:
            return "DENY", answer.get("reason")
        return str(items[0]["outcome"]), items[0].get("reason")

    def is_shut_for(self, who: Actor, ref: str) -> bool:
        """True when the gate refuses since the case is closed: by the stop that was set first, or by the closing itself."""
        return self.answer_for(who, ref) in {("DENY", "STOPPED"), ("DENY", "CASE_CLOSED")}

    def refused(self, service: str, path: str, body: Any = None) -> str:
        """The rule by which the one who leads is refused something."""
        try:
            self.leads(service, path, body)
        except CalledRefused as error:
            return error.rule
        raise AssertionError(f"{path} was not refused")
