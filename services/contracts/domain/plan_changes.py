"""How a youth plan comes to count, gets stricter and ends. A person decides each; nothing follows by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from schemas.codes import AgeBand, ConsentKind, EndingReason, LadderStep, MeetingKind
from schemas.contract import Clause
from schemas.event import Event
from schemas.sanction import (
    Safeguards,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import ParticipationBasis, PlanEnding, Suitability
from services.contracts.domain.breach import SENT_ON_FOR, refuse_unguarded
from services.contracts.domain.clauses import refuse_clauses
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.sanction import length_after
from services.contracts.domain.surroundings import Surroundings
from services.contracts.domain.youth_plan import PlanStatus, PlanVersion, YouthPlan

STRICTER = (LadderStep.U3_STRICTER_TERMS, LadderStep.U4_NEW_PLAN)
BY_CASE = {
    EndingReason.DEATH: PlanEnding.DEATH,
    EndingReason.MOVED: PlanEnding.MOVED,
    EndingReason.REGISTERED_BY_MISTAKE: PlanEnding.REGISTERED_BY_MISTAKE,
}
"""What ends a plan when its case is closed from wherever it stands."""
WITH_CASE = (PlanEnding.DEATH, PlanEnding.MOVED)
"""Endings of the case as a whole: nothing of it goes on, and after a death nobody is sent anything."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as the plan meeting made it; `confirmed` by the coordinator."""

    adopted_on: date
    ends_on: date | None
    goal_refs: tuple[str, ...]
    own_goal_refs: tuple[str, ...]
    measures: tuple[Clause, ...]
    confirmed: bool


def adopt(
    plan: YouthPlan, asked: Proposal, *, around: Surroundings, people: Collection[str], by: str, today: date
) -> list[Event]:
    """The plan is adopted and runs. Raises Refused and Conflict."""
    if plan.status is not PlanStatus.RECEIVED:
        raise conflict("PLAN_ADOPTED_ALREADY")
    meeting_on = around.last_held.get(MeetingKind.YOUTH_PLAN)
    if meeting_on is None or meeting_on < plan.decided_on:
        raise refused("PLAN_MEETING_MISSING")
    if not asked.confirmed:
        raise refused("PLAN_NOT_CONFIRMED", field="confirmed")
    _refuse_unwilling(plan, around)
    if not meeting_on <= asked.adopted_on <= today:
        raise refused("ADOPTED_DATE", field="adopted_on")
    if not asked.goal_refs:
        raise refused("PLAN_GOAL_MISSING", field="goal_refs")
    if not asked.own_goal_refs or set(asked.own_goal_refs) - set(asked.goal_refs):
        raise refused("OWN_GOAL_MISSING", field="own_goal_refs")
    _refuse_measures(plan, asked.measures, people)
    ends_on = asked.ends_on or _longest(plan, asked.adopted_on)
    _refuse_end(plan, ends_on, adopted_on=asked.adopted_on, after=asked.adopted_on)
    return [
        YouthPlanAdopted(
            plan_id=plan.plan_id,
            programme=plan.programme,
            plan_version=1,
            adopted_on=asked.adopted_on,
            ends_on=ends_on,
            goal_refs=asked.goal_refs,
            own_goal_refs=asked.own_goal_refs,
            measures=asked.measures,
            participation=plan.participation,
            confirmed_by=by,
        )
    ]


def _refuse_unwilling(plan: YouthPlan, around: Surroundings) -> None:
    """What the law in force at the decision asks for must be there: consent that is valid now, or suitability."""
    match plan.participation:
        case ParticipationBasis.CONSENT:
            if ConsentKind.PARTICIPATION not in around.effective.values():
                raise refused("PARTICIPATION_CONSENT_MISSING")
        case ParticipationBasis.SUITABILITY:
            if plan.suitability is not Suitability.SUITABLE:
                raise refused("SUITABILITY_MISSING")


def _refuse_measures(plan: YouthPlan, measures: tuple[Clause, ...], people: Collection[str]) -> None:
    if not measures:
        raise refused("MEASURE_MISSING", field="measures")
    refuse_clauses(measures, programme=plan.programme, people=people, field="measures")


def _longest(plan: YouthPlan, adopted_on: date) -> date:
    return length_after(adopted_on, months=plan.months, days=plan.days)


def _refuse_end(plan: YouthPlan, ends_on: date, *, adopted_on: date, after: date) -> None:
    if not after < ends_on <= _longest(plan, adopted_on):
        raise refused("PLAN_OUTSIDE_DECISION", field="ends_on")


def running(plan: YouthPlan) -> PlanVersion:
    """The version that counts. Raises Conflict when none does."""
    if not plan.runs or plan.current is None:
        raise conflict("PLAN_NOT_RUNNING")
    return plan.current


def tighten(
    plan: YouthPlan,
    step: LadderStep,
    *,
    deviation: Deviation,
    measures: tuple[Clause, ...],
    ends_on: date | None,
    safeguards: Safeguards,
    age_band: AgeBand,
    around: Surroundings,
    people: Collection[str],
    today: date,
) -> list[Event]:
    """After a breach: stricter terms (U3), or a new plan from a new plan meeting (U4). Raises Refused and Conflict."""
    now = running(plan)
    if step not in STRICTER:
        raise refused("STEP_NOT_TIGHTENING", field="step")
    taken = deviation.take(step, plan.programme, today=today)
    refuse_unguarded(safeguards, age_band)
    meeting_on = around.last_held.get(MeetingKind.YOUTH_PLAN)
    if step is LadderStep.U4_NEW_PLAN and (meeting_on is None or meeting_on <= now.since):
        raise refused("NEW_PLAN_MEETING_MISSING")
    ends_on = ends_on or now.ends_on
    if (measures, ends_on) == (now.measures, now.ends_on):
        raise refused("NOTHING_CHANGED", field="measures")
    _refuse_measures(plan, measures, people)
    _refuse_end(plan, ends_on, adopted_on=plan.versions[0].since, after=today)
    tightened = YouthPlanTightened(
        plan_id=plan.plan_id,
        to_version=now.number + 1,
        step=step,
        deviation_id=deviation.deviation_id,
        tightened_on=today,
        ends_on=ends_on,
        measures=measures,
        safeguards=safeguards,
    )
    return [tightened, *taken]


def fulfil(plan: YouthPlan, *, today: date) -> list[Event]:
    """The plan has run through its end date. Raises Conflict."""
    now = running(plan)
    if today <= now.ends_on:
        raise conflict("PLAN_END_NOT_COME")
    return [YouthPlanFulfilled(plan_id=plan.plan_id, fulfilled_on=now.ends_on)]


def terminate(plan: YouthPlan, reason: PlanEnding, *, today: date, with_case: bool = False) -> list[Event]:
    """The plan ends before its time; one that is broken, or that never can begin, is sent on with a decision. `with_case` when its case is
    closed, which is the way after a death or a moving. Raises Refused and Conflict.
    """
    refuse_over(plan)
    if reason in SENT_ON_FOR:
        raise refused("BREACH_IS_SENT_ON", field="reason")
    if reason in WITH_CASE and not with_case:
        raise refused("CASE_ENDS_WITH_IT", field="reason")
    return [YouthPlanTerminated(plan_id=plan.plan_id, reason=reason, terminated_on=today)]


def refuse_over(plan: YouthPlan) -> None:
    """Raise Conflict when the plan was fulfilled or ended."""
    if not plan.live:
        raise conflict("PLAN_OVER")
