"""The sanctions of the demonstration: ungdomsoppfølging and ungdomsstraff, each as far as its shape and the day let it come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any, NamedTuple

from schemas.codes import MeetingKind, MeetingMode, Programme
from services.cli.demo import group_story, minutes_story
from services.cli.demo.asking import Asked
from services.cli.demo.case_story import CaseStory, Shape
from services.cli.demo.people import COLLEGE, LEISURE, POLICE, YOUTH_COORDINATOR, Person

FIRST_NUMBER = 40
"""Numbers of these cases, apart from those of the contracts."""
ADOPTED, BROKEN, SENT_ON, MONTH = 24, 60, 80, 28
"""Days after the sanction came: the plan is adopted, broken, sent on; and the days between two meetings."""
FIRST_MONTH = "month 0"
SAID = (
    "Ungdommen møter på skolen og sier at det går greit. Vi fortsetter som avtalt.",
    "Vi gikk gjennom punktene i planen. Kontaktlæreren ringer hjem hver fredag.",
)
GUARDED: dict[str, Any] = {"guardians_told": True, "counsel": "TOLD"}


class Course(Enum):
    """How a sanction goes."""

    WAITS = "WAITS"
    TIGHTENED = "TIGHTENED"
    FULFILLED = "FULFILLED"
    SENT_ON = "SENT_ON"
    SENT_BACK = "SENT_BACK"


SENT, LEAVES = (Course.SENT_ON, Course.SENT_BACK), (Course.FULFILLED, Course.TIGHTENED)


class SanctionPlan(NamedTuple):
    """A sanction: how many days ago it came, what it is, how it goes."""

    came: int
    programme: Programme
    months: int
    course: Course


SANCTIONS = (
    SanctionPlan(290, Programme.YOUTH_FOLLOW_UP, 6, Course.FULFILLED),
    SanctionPlan(150, Programme.YOUTH_FOLLOW_UP, 9, Course.TIGHTENED),
    SanctionPlan(9, Programme.YOUTH_FOLLOW_UP, 6, Course.WAITS),
    SanctionPlan(240, Programme.YOUTH_PENALTY, 18, Course.SENT_ON),
    SanctionPlan(205, Programme.YOUTH_FOLLOW_UP, 6, Course.SENT_BACK),
)


def sanctions(until: datetime, *, municipality_no: str, seed: int) -> list[Asked]:
    """Everything that was asked about the sanctions of the year before `until`."""
    chance = Random(seed + FIRST_NUMBER)
    asked: list[Asked] = []
    for number, plan in enumerate(SANCTIONS, start=FIRST_NUMBER):
        asked += SanctionStory(number, plan, municipality_no, until.date(), chance).told()
    return asked


class SanctionStory(CaseStory):
    """Tells one sanction; the youth was 16 at the offence."""

    def __init__(
        self, number: int, plan: SanctionPlan, municipality_no: str, today: date, chance: Random
    ) -> None:
        came = today - timedelta(days=plan.came)
        born = came - timedelta(days=16 * 365 + 200)
        super().__init__(
            number=number,
            municipality_no=municipality_no,
            lead=YOUTH_COORDINATOR,
            birth_on=born,
            starts_on=came,
            shape=Shape.WHOLE,
            today=today,
            chance=chance,
        )
        self.plan, self.came, self.plan_id = plan, came, self.id("plan")
        self.members = [COLLEGE, POLICE, LEISURE]

    def told(self) -> list[Asked]:
        """Everything that is asked about the case."""
        asked = [*self._received(), *self._ready(), *self._met(MeetingKind.YOUTH_PLAN, 18, "plan")]
        if self.plan.course is not Course.WAITS:
            asked += [*self._adopted(), *self._months()]
        if self.plan.course in (Course.TIGHTENED, *SENT):
            asked += self._broken()
        if self.plan.course in LEAVES:
            asked += self._travel()
        if self.plan.programme is Programme.YOUTH_PENALTY:
            asked += group_story.mediated(self, 9, kind=MeetingKind.RESTORATIVE)
        if self.plan.course is Course.FULFILLED:
            asked += self._ended()
        return asked

    def day(self, days: int, *, hour: int = 10, minute: int = 0) -> datetime:
        """A time so many days after the sanction came."""
        return self.at(self.came + timedelta(days=days), hour=hour, minute=minute)

    def lays(self, at: datetime, text: str, name: str, *, who: Person | None = None) -> Asked:
        """A text to the vault, under a reference by its name."""
        named = {"case_id": self.case_id, "about_id": self.youth.person_id, "category": "CASE_STATUS"}
        content = {"text": text}
        path = "/deposits"
        return self.ask(
            at, who or self.lead, "sharing", path, ref=self.id(name), **named, content=content, kind="TEXT"
        )

    def of_plan(self, at: datetime, what: str, **body: Any) -> Asked:
        """Something about the plan."""
        return self.ask(at, self.lead, "contracts", f"/youth-plans/{self.plan_id}/{what}", **body)

    def _received(self) -> Iterator[Asked]:
        at, youth, refs = self.day(0, hour=9), self.youth, [self.id("identity", 0)]
        whole = {"name": youth.name, "birth_on": youth.birth_on.isoformat(), "national_id": youth.national_id}
        yield self._deposit(at, refs[0], youth.person_id, "IDENTITY_CONTACT", whole, kind="IDENTITY")
        for place, guardian in enumerate(youth.guardians, start=1):
            refs.append(self.id("identity", place))
            yield self._deposit(
                at, refs[-1], guardian.person_id, "IDENTITY_CONTACT", {"name": guardian.name}, kind="IDENTITY"
            )
        court = self.plan.programme is Programme.YOUTH_PENALTY
        yield self.ask(
            at + timedelta(minutes=5),
            self.lead,
            "contracts",
            "/sanctions",
            case_id=self.case_id,
            plan_id=self.plan_id,
            programme=self.plan.programme,
            municipality_no=self.municipality_no,
            youth_id=youth.person_id,
            guardian_ids=[guardian.person_id for guardian in youth.guardians],
            imposed_by="COURT" if court else "PROSECUTION",
            decided_on=(self.came - timedelta(days=5)).isoformat(),
            offence_on=(self.came - timedelta(days=100)).isoformat(),
            months=self.plan.months,
            identity_refs=refs,
            members=[self._planned(member) for member in self.members],
        )

    def _ready(self) -> Iterator[Asked]:
        """Secrecy declared; and consent to taking part, or a suitability that a person has judged."""
        for place, member in enumerate(self.members):
            path = f"/cases/{self.case_id}/secrecy-declarations"
            yield self.ask(self.day(4, hour=15, minute=place), member, "network", path, text_version="2026-1")
        yield Asked(self.day(4, hour=16), self.lead, "sharing", f"/cases/{self.case_id}/consents")
        if self.plan.programme is Programme.YOUTH_PENALTY:
            at = self.day(8)
            yield self.lays(at, "Jeg har lyst til å prøve dette.", "view")
            judged = {"result": "SUITABLE", "assessed_on": at.date().isoformat()}
            yield self.of_plan(
                at + timedelta(minutes=3), "suitability", **judged, youth_view_ref=self.id("view")
            )
            return
        asked_at, given_at, consent_id = self.day(8), self.day(12), self.id("participation")
        signers = [{"person_id": person, "role": role} for person, role in self.signers()]
        yield self.ask(
            asked_at,
            self.lead,
            "sharing",
            f"/cases/{self.case_id}/consents",
            consent_id=consent_id,
            kind="PARTICIPATION",
            youth_id=self.youth.person_id,
            from_agencies=[self.lead.agency],
            to_agencies=[POLICE.agency],
            categories=["CASE_STATUS"],
            purpose="FOLLOW_UP",
            valid_from=asked_at.date().isoformat(),
            valid_to=(asked_at.date() + timedelta(days=150)).isoformat(),
            text_version="2026-1",
            language=self.lead.language,
            signers=signers,
        )
        for place, signer in enumerate(signers):
            given = {**signer, "method": "PAPER", "given_on": given_at.date().isoformat()}
            at = given_at + timedelta(minutes=place)
            yield self.ask(at, self.lead, "sharing", f"/consents/{consent_id}/given", **given)

    def _met(self, kind: MeetingKind, days: int, name: str) -> Iterator[Asked]:
        starts, meeting_id = self.day(days, hour=12), self.id("meeting", name)
        invited = [self.lead.person_id, *(member.person_id for member in self.members)]
        yield self.ask(
            self.day(days - 5, hour=14),
            self.lead,
            "network",
            f"/cases/{self.case_id}/meetings",
            meeting_id=meeting_id,
            kind=kind,
            mode=MeetingMode.IN_PERSON,
            starts_local=starts.replace(tzinfo=None).isoformat(timespec="minutes"),
            minutes=60,
            invited=invited,
        )
        held = {"held_on": starts.date().isoformat(), "present": invited}
        at, path = starts + timedelta(minutes=70), f"/meetings/{meeting_id}"
        yield self.ask(at, self.lead, "network", f"{path}/held", **held)
        written_at = self.at(starts.date() + timedelta(days=1), hour=10, minute=5)
        if name == FIRST_MONTH:
            yield from minutes_story.who_may_say_what(self, meeting_id, written_at)
        yield from self._minutes(name, f"{path}/minutes", written_at)

    def _minutes(self, name: str, path: str, at: datetime) -> Iterator[Asked]:
        """What was said, given to youth and team the day after, and confirmed a week later."""
        ref = self.id("minutes", name)
        yield minutes_story.deposited(self, at + timedelta(minutes=1), ref, SAID[name == FIRST_MONTH])
        yield self.ask(at + timedelta(minutes=2), self.lead, "network", path, text_refs=[ref])
        receivers = [self.youth.person_id, *(person.person_id for person in (self.lead, *self.members))]
        issued = {"receivers": receivers, "no_tasks": True}
        yield self.ask(at + timedelta(minutes=9), self.lead, "network", f"{path}/issued", **issued)
        confirmed_at = self.at(at.date() + timedelta(days=6), hour=11, minute=5)
        yield self.ask(confirmed_at, self.lead, "network", f"{path}/confirmed", comments_considered=True)

    def measure(self, number: int, kind: str) -> dict[str, Any]:
        """A measure: the youth owes it, the police control it, the school supports it."""
        return {
            "clause_id": self.id("measure", number),
            "kind": kind,
            "owed_by": self.youth.person_id,
            "controlling_owner": POLICE.person_id,
            "supporting_owner": COLLEGE.person_id,
            "text_ref": self.id(f"measure text {number}"),
        }

    def _adopted(self) -> Iterator[Asked]:
        at = self.day(ADOPTED)
        yield self.lays(at, "Fullføre året på videregående.", "goal")
        yield self.lays(
            at + timedelta(minutes=1), "På skolen hver dag, med fast kontaktlærer.", "measure text 0"
        )
        yield self.of_plan(
            at + timedelta(minutes=5),
            "adopted",
            adopted_on=at.date().isoformat(),
            own_goal_refs=[self.id("goal")],
            measures=[self.measure(0, "SCHOOL")],
            confirmed=True,
        )

    def _months(self) -> Iterator[Asked]:
        """A meeting of youth and team every month, as long as the plan runs."""
        last = SENT_ON - ADOPTED if self.plan.course in SENT else self.plan.months * 30
        for number, days in enumerate(range(ADOPTED + MONTH, ADOPTED + last, MONTH)):
            if self.came + timedelta(days=days) < self.today + timedelta(days=20):
                yield from self._met(MeetingKind.FOLLOW_UP, days, f"month {number}")

    def _broken(self) -> Iterator[Asked]:
        at, breach, day = self.day(BROKEN + 1, hour=8), self.id("breach"), self.came + timedelta(days=BROKEN)
        yield self.lays(at, "Borte fra skolen tre dager uten grunn.", "account", who=POLICE)
        yield self.ask(
            at + timedelta(minutes=2),
            POLICE,
            "contracts",
            f"/cases/{self.case_id}/deviations",
            deviation_id=breach,
            contract_id=self.plan_id,
            kind="SCHOOL_ABSENCE",
            severity=3,
            happened_on=day.isoformat(),
            text_ref=self.id("account"),
        )
        yield self._step(BROKEN + 5, "assessed", severity=3)
        yield self.lays(self.day(BROKEN + 5, hour=11), "Jeg orket ikke, men det går bedre nå.", "own words")
        yield self._step(BROKEN + 5, "youth-account", hour=12, text_ref=self.id("own words"))
        yield self.lays(self.day(BROKEN + 9, hour=9), "Advart muntlig i møte med mor til stede.", "warning")
        warned = self.day(BROKEN + 9).date().isoformat()
        yield self._step(BROKEN + 9, "oral-warning", given_on=warned, text_ref=self.id("warning"))
        talked, outcome = self.day(BROKEN + 13).date().isoformat(), "STRICTER_TERMS"
        yield self._step(BROKEN + 13, "breach-conversation", held_on=talked, outcome=outcome, **GUARDED)
        yield from self._sent_on() if self.plan.course in SENT else self._tightened()

    def _travel(self) -> Iterator[Asked]:
        """The youth asks for leave to travel abroad: one may go, the other asked for days of the plan; and something new was reported."""
        leave_id, asked_at, granted = self.id("leave"), self.day(90), self.plan.course is Course.TIGHTENED
        away = {"leaves_on": (asked_at.date() + timedelta(days=20)).isoformat()}
        home = {"returns_on": (asked_at.date() + timedelta(days=27)).isoformat()}
        asked = {"leave_id": leave_id, **away, **home, "asked_on": asked_at.date().isoformat()}
        yield self.of_plan(asked_at, "travel-leaves", **asked)
        reason = {} if granted else {"reason": "COLLIDES_WITH_MEASURES"}
        answered = f"travel-leaves/{leave_id}/answered"
        yield self.of_plan(self.day(93), answered, granted=granted, **reason)
        if granted:
            new = {"offence_id": self.id("offence"), "severity": "LESS_SERIOUS"}
            yield self.of_plan(self.day(101), "new-offences", **new, reported_by=POLICE.agency)

    def _step(self, days: int, what: str, *, hour: int = 10, **body: Any) -> Asked:
        path = f"/deviations/{self.id('breach')}/{what}"
        return self.ask(self.day(days, hour=hour), self.lead, "contracts", path, **body)

    def _tightened(self) -> Iterator[Asked]:
        at = self.day(BROKEN + 17)
        yield self.lays(at, "Hjemme klokka 21 på hverdager.", "measure text 1")
        measures = [self.measure(0, "SCHOOL"), self.measure(1, "HOME_AT_FIXED_TIME")]
        body = {"step": "U3_STRICTER_TERMS", "deviation_id": self.id("breach"), "measures": measures}
        yield self.of_plan(at + timedelta(minutes=5), "tightened", **body, **GUARDED)
        yield self._delivered(BROKEN + 18, "STRICTER_TERMS")
        yield self._step(BROKEN + 30, "resolved")

    def _sent_on(self) -> Iterator[Asked]:
        at = self.day(SENT_ON)
        yield self.lays(at, "Planen er ikke fulgt etter advarsel og samtale.", "sending")
        yield self.of_plan(
            at + timedelta(minutes=5),
            "sent-on",
            to="KRIMINALOMSORG" if self.plan.programme is Programme.YOUTH_PENALTY else "PATALEMYNDIGHET",
            reason="BREACH",
            deviation_id=self.id("breach"),
            decision_ref=self.id("sending"),
            **GUARDED,
        )
        yield self._delivered(BROKEN + 21, "SENT_ON")
        complaint = self.id("complaint")
        told = {"complaint_id": complaint, "decision_id": self.id("decision")}
        received = self.day(BROKEN + 30)
        yield self.of_plan(received, "complaints", **told, received_on=received.date().isoformat())
        answered = self.day(BROKEN + 45)
        yield self.of_plan(answered, f"complaints/{complaint}/answered", outcome="SENT_TO_APPEAL_BODY")

    def _delivered(self, days: int, kind: str) -> Asked:
        at = self.day(days, hour=13)
        told = {"delivered_on": at.date().isoformat(), "method": "IN_MEETING", "rights_told": True}
        return self.of_plan(at, "decisions", decision_id=self.id("decision"), kind=kind, **told)

    def _ended(self) -> Iterator[Asked]:
        at = self.day(ADOPTED + 31 * self.plan.months + 5)
        goals = [{"goal_ref": self.id("goal"), "level": 2, "by": "YOUTH"}]
        held = {"evaluation_id": self.id("end"), "kind": "END", "held_on": at.date().isoformat()}
        yield self.of_plan(at, "evaluations", **held, goals=goals)
        yield self.of_plan(at + timedelta(minutes=10), "fulfilled")
        checked = self.day(ADOPTED + 31 * self.plan.months + 35)
        done = {"check": "ONE_MONTH", "outcome": "TALKED", "checked_on": checked.date().isoformat()}
        yield self.ask(checked, self.lead, "contracts", f"/cases/{self.case_id}/aftercare", **done)
