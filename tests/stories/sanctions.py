"""A sanction's case as a story: the konfliktråd's own people, and what they do with the youth plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from backbone.clock import new_id
from backbone.refusal import Refused
from schemas.codes import Agency, Category, Function, Role
from tests.stories.cast import BODO, Cast, Story
from tests.system import System, eventually, staff

GUARDED = {"guardians_told": True, "counsel": "TOLD"}


class Konfliktraad(Cast):
    """The same town, with the youth coordinator of the konfliktråd leading."""

    def __init__(self, system: System) -> None:
        super().__init__(system)
        self.coordinator = staff(new_id(), Agency.KONFLIKTRAAD, Role.YOUTH_COORDINATOR)


class Sanction(Story):
    """One case of ungdomsoppfølging or ungdomsstraff, from the decision on."""

    def __init__(self, cast: Konfliktraad, *, programme: str, born_on: date) -> None:
        super().__init__(cast, born_on=born_on.isoformat())
        self.programme, self.plan_id = programme, new_id()
        self.identity = ""

    def of_plan(self, what: str, **body: Any) -> Any:
        """The coordinator does something about the plan."""
        return self.post(self.cast.coordinator, "contracts", f"/youth-plans/{self.plan_id}/{what}", body)

    def is_received(self, *, imposed_by: str, months: int, offence_on: date) -> dict[str, Any]:
        """The decision comes in; names go to the vault first."""
        self.identity = self.deposit(
            self.youth_id, Category.IDENTITY_CONTACT, "IDENTITY", name="Ali Demosen", birth_on=self.born_on
        )
        guardian = self.deposit(self.guardian_id, Category.IDENTITY_CONTACT, "IDENTITY", name="Mor Demosen")
        members = [(self.cast.teacher, Function.SUPPORT_OWNER), (self.cast.police, Function.CONTROL_OWNER)]
        body = {
            "case_id": self.case_id,
            "plan_id": self.plan_id,
            "programme": self.programme,
            "municipality_no": BODO,
            "youth_id": self.youth_id,
            "guardian_ids": [self.guardian_id],
            "imposed_by": imposed_by,
            "decided_on": self.today().isoformat(),
            "offence_on": offence_on.isoformat(),
            "months": months,
            "identity_refs": [self.identity, guardian],
            "members": [
                {"person_id": who.person_id, "agency": who.agency, "function": function}
                for who, function in members
            ],
        }
        return dict(self.post(self.cast.coordinator, "contracts", "/sanctions", body))

    def consents_to_taking_part(self) -> None:
        """The youth and the guardian say yes to taking part."""
        asked = {"kind": "PARTICIPATION", "from_agencies": ["KONFLIKTRAAD"], "categories": ["CASE_STATUS"]}
        self.consents(self.asks_consent(valid_days=120, **asked))

    def is_found_suitable(self) -> None:
        """The coordinator judges the suitability, with the youth's own view in the vault."""
        view = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="Jeg vil prøve dette")
        self.of_plan(
            "suitability", result="SUITABLE", assessed_on=self.today().isoformat(), youth_view_ref=view
        )

    def meets(self, kind: str, *, in_days: int = 7) -> None:
        """A meeting is called, time passes, and it is held."""
        meeting_id, day = new_id(), self.today() + timedelta(days=in_days)
        people = [self.cast.teacher.person_id, self.cast.police.person_id]
        body = {
            "meeting_id": meeting_id,
            "kind": kind,
            "mode": "IN_PERSON",
            "starts_local": f"{day.isoformat()}T13:00",
            "minutes": 60,
            "invited": people,
        }
        self.post(self.cast.coordinator, "network", f"/cases/{self.case_id}/meetings", body)
        self.time_passes(days=in_days)
        held = {"held_on": self.today().isoformat(), "present": people}
        self.post(self.cast.coordinator, "network", f"/meetings/{meeting_id}/held", held)

    def measure(self, kind: str = "SCHOOL") -> dict[str, Any]:
        """What the youth owes, who controls it and who supports it."""
        text = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="På skolen hver dag")
        return {
            "clause_id": new_id(),
            "kind": kind,
            "owed_by": self.youth_id,
            "controlling_owner": self.cast.police.person_id,
            "supporting_owner": self.cast.teacher.person_id,
            "text_ref": text,
        }

    def gets_a_plan(self) -> dict[str, Any]:
        """The plan of the meeting is adopted."""
        goal = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="Ferdig med videregående")
        self.goal, self.measures = goal, [self.measure()]
        body = {
            "adopted_on": self.today().isoformat(),
            "goal_refs": [goal],
            "own_goal_refs": [goal],
            "measures": self.measures,
            "confirmed": True,
        }
        path = f"/youth-plans/{self.plan_id}/adopted"
        return dict(self.post(self.cast.coordinator, "contracts", path, body))

    def is_tightened(self, breach: str, *, step: str, kind: str) -> None:
        """The plan gets a stricter version."""
        self.measures = [*self.measures, self.measure(kind)]
        body = {
            "step": step,
            "deviation_id": breach,
            "measures": self.measures,
            **GUARDED,
        }
        path = f"/youth-plans/{self.plan_id}/tightened"
        self.post(self.cast.coordinator, "contracts", path, body)

    def breaks_it(self, *, severity: int = 3) -> str:
        """The police report a breach, the coordinator judges it, the youth tells their side."""
        breach = new_id()
        body = {
            "deviation_id": breach,
            "contract_id": self.plan_id,
            "kind": "SCHOOL_ABSENCE",
            "severity": severity,
            "happened_on": self.today().isoformat(),
        }
        path = f"/cases/{self.case_id}/deviations"
        self.post(self.cast.police, "contracts", path, body)
        own = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="Jeg forsov meg")
        self.after_breach(breach, "assessed", severity=severity)
        self.after_breach(breach, "youth-account", text_ref=own)
        return breach

    def after_breach(self, breach: str, what: str, **body: Any) -> dict[str, Any]:
        """The coordinator does something about a breach."""
        return dict(self.post(self.cast.coordinator, "contracts", f"/deviations/{breach}/{what}", body))

    def is_warned(self, breach: str) -> None:
        """An oral warning, with its note the same day."""
        note = self.deposit(self.youth_id, Category.CASE_STATUS, "TEXT", text="Muntlig advarsel gitt")
        self.after_breach(breach, "oral-warning", given_on=self.today().isoformat(), text_ref=note)

    def is_talked_with(self, breach: str, outcome: str) -> None:
        """A breach conversation."""
        self.after_breach(
            breach,
            "breach-conversation",
            held_on=self.today().isoformat(),
            outcome=outcome,
            **GUARDED,
        )

    def is_told(self, kind: str) -> str:
        """A decision reaches the youth, with the right to complain."""
        decision = new_id()
        self.of_plan(
            "decisions",
            decision_id=decision,
            kind=kind,
            delivered_on=self.today().isoformat(),
            method="IN_MEETING",
            rights_told=True,
        )
        return decision

    def is_evaluated(self, kind: str) -> None:
        """Goals are judged, the youth's own view among them."""
        self.of_plan(
            "evaluations",
            evaluation_id=new_id(),
            kind=kind,
            held_on=self.today().isoformat(),
            goals=[{"goal_ref": self.goal, "level": 2, "by": "YOUTH"}],
        )

    def case(self) -> dict[str, Any]:
        """The case as contracts knows it."""
        path = f"/cases/{self.case_id}"
        return dict(self.system.calls.get("contracts", path, actor=self.cast.coordinator))

    def deadlines(self, kind: str) -> list[dict[str, Any]]:
        """The deadlines of one kind; none while the scheduler has not heard of the case."""
        try:
            return super().deadlines(kind)
        except Refused:
            return []

    def state_of(self, kind: str, state: str) -> Any:
        """A deadline of this kind in that state, once it is there."""

        def found() -> Any:
            return [one for one in self.deadlines(kind) if one["state"] == state]

        return eventually(found, what=f"{kind} {state}")

    def told_in_order(self, *types: str) -> None:
        """Those types stand on the trail, the first of each in that order."""

        def trail() -> Any:
            found = [event["type"] for event in self.trail()]
            return found if set(types) <= set(found) else None

        found = eventually(trail, what=f"the trail with {types[-1]}")
        places = [found.index(name) for name in types]
        assert places == sorted(places), dict(zip(types, places, strict=True))
