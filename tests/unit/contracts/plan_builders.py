"""Valid by default: a sanction, a plan that waits for its meeting, a plan that runs, a breach of it."""

from datetime import date, timedelta
from typing import Any

from schemas.codes import (
    AgeBand,
    Agency,
    ClauseKind,
    ConsentKind,
    DeviationKind,
    Function,
    LadderStep,
    MeetingKind,
    Programme,
)
from schemas.contract import Clause, PlannedMember
from schemas.event import Event
from schemas.sanction import Safeguards
from schemas.sanction_codes import Counsel, ImposedBy, Suitability
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.plan_changes import Proposal, adopt, tighten
from services.contracts.domain.sanction import Decided, assess_suitability, receive
from services.contracts.domain.surroundings import Surroundings
from services.contracts.domain.youth_plan import YouthPlan
from tests.unit.contracts.builders import CASE, LEAD, MOTHER, TODAY, YOUTH

PLAN, POLICE = "plan", "police"
MEETING_ON = TODAY + timedelta(days=20)
ADOPTED = MEETING_ON
PEOPLE = frozenset({YOUTH, MOTHER, POLICE, LEAD})
GUARDED = Safeguards(guardians_told=True, counsel=Counsel.TOLD)


def decided(**changes: Any) -> Decided:
    """An ungdomsoppfølging of nine months, decided by the prosecution a week ago."""
    asked = {
        "plan_id": PLAN,
        "programme": Programme.YOUTH_FOLLOW_UP,
        "imposed_by": ImposedBy.PROSECUTION,
        "decided_on": TODAY - timedelta(days=7),
        "offence_on": TODAY - timedelta(days=120),
        "months": 9,
        "days": 0,
        "youth_id": YOUTH,
        "guardian_ids": (MOTHER,),
        "identity_refs": ("identity-1",),
        "members": (
            PlannedMember(
                person_id=POLICE, agency=Agency.POLITI_FOREBYGGENDE, function=Function.CONTROL_OWNER
            ),
        ),
    }
    return Decided(**{**asked, **changes})


def a_penalty(**changes: Any) -> Decided:
    """An ungdomsstraff of two years, imposed by the court."""
    usual = {"programme": Programme.YOUTH_PENALTY, "imposed_by": ImposedBy.COURT, "months": 24}
    return decided(**{**usual, **changes})


def received(asked: Decided | None = None, *, age_at_offence: AgeBand = AgeBand.AGE_16_17) -> YouthPlan:
    """A plan that is to be made."""
    event = receive(
        asked or decided(),
        age_at_offence=age_at_offence,
        age_band=AgeBand.AGE_16_17,
        lead_id=LEAD,
        today=TODAY,
    )
    return YouthPlan.received(CASE, event)


def a_measure(clause_id: str = "measure-1", **changes: Any) -> Clause:
    """The youth goes to school; the police control it, the mother supports it."""
    usual = {
        "clause_id": clause_id,
        "kind": ClauseKind.SCHOOL,
        "owed_by": YOUTH,
        "controlling_owner": POLICE,
        "supporting_owner": MOTHER,
        "text_ref": "text",
    }
    return Clause(**{**usual, **changes})


def a_proposal(**changes: Any) -> Proposal:
    """A plan as the plan meeting made it."""
    usual = {
        "adopted_on": ADOPTED,
        "ends_on": None,
        "goal_refs": ("goal-1", "goal-2"),
        "own_goal_refs": ("goal-1",),
        "measures": (a_measure(),),
        "confirmed": True,
    }
    return Proposal(**{**usual, **changes})


def around(*, consent: bool = True, meeting_on: date | None = MEETING_ON) -> Surroundings:
    """The plan meeting has been held, and everybody has consented to taking part."""
    held = {} if meeting_on is None else {MeetingKind.YOUTH_PLAN: meeting_on}
    effective = {"consent": ConsentKind.PARTICIPATION} if consent else {}
    return Surroundings(case_id=CASE, last_held=held, effective=effective)


def adopted(plan: YouthPlan | None = None, **changes: Any) -> list[Event]:
    """The events of an adoption."""
    surroundings = changes.pop("around", None) or around()
    return adopt(
        plan or received(),
        a_proposal(**changes),
        around=surroundings,
        people=PEOPLE,
        by=LEAD,
        today=ADOPTED,
    )


def after(plan: YouthPlan, *events: Event) -> YouthPlan:
    """The plan after those of the events that are about it."""
    for event in events:
        if (
            getattr(event, "plan_id", None) == plan.plan_id
            or getattr(event, "contract_id", "") == plan.plan_id
        ):
            plan = plan.after(event)
    return plan


def found_suitable(plan: YouthPlan) -> list[Event]:
    """A person has found the sanction suitable; the youth's view stands there."""
    return assess_suitability(
        plan,
        Suitability.SUITABLE,
        by=LEAD,
        text_ref="t",
        youth_view_ref="v",
        youth_view_missing=None,
        assessed_on=TODAY,
        today=TODAY,
    )


def running(plan: YouthPlan | None = None) -> YouthPlan:
    """A plan that was adopted and runs."""
    plan = plan or received()
    return after(plan, *adopted(plan))


def a_breach(*, judged: bool = True, told: bool = True, **changes: Any) -> Deviation:
    """A breach of the plan, assessed, with the youth's own account."""
    usual = {
        "case_id": CASE,
        "deviation_id": "breach",
        "contract_id": PLAN,
        "kind": DeviationKind.SCHOOL_ABSENCE,
        "severity": 2,
        "happened_on": ADOPTED + timedelta(days=3),
        "reporter_id": POLICE,
    }
    breach = Deviation(**{**usual, **changes})
    if judged:
        assessed = breach.assess(
            severity=3, assessor_id=LEAD, only_one_leads=False, text_ref=None, today=ADOPTED
        )
        breach = breach_after(breach, *assessed)
    if told:
        breach = breach_after(breach, *breach.tell(text_ref="own", missing=None, today=ADOPTED))
    return breach


def breach_after(breach: Deviation, *events: Event) -> Deviation:
    """The breach after those of the events that are its own."""
    for event in events:
        if event.type.startswith(("deviation.", "youth_account.")):
            breach = breach.after(event)
    return breach


def tightened(plan: YouthPlan, breach: Deviation | None = None, **changes: Any) -> list[Event]:
    """The events of stricter terms, a month after the adoption."""
    usual = {
        "step": LadderStep.U3_STRICTER_TERMS,
        "deviation": breach or a_breach(),
        "measures": (a_measure(), a_measure("measure-2", kind=ClauseKind.HOME_AT_FIXED_TIME)),
        "ends_on": None,
        "safeguards": GUARDED,
        "age_band": AgeBand.AGE_16_17,
        "around": around(),
        "people": PEOPLE,
        "today": ADOPTED + timedelta(days=30),
    }
    asked = {**usual, **changes}
    return tighten(plan, asked.pop("step"), **asked)
