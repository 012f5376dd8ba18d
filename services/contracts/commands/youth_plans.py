"""What people may ask about a sanction and its youth plan, one transaction each: take the lock, load, decide, publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import AgeBand, LadderStep
from schemas.contract import Clause
from schemas.event import Event
from schemas.sanction import Safeguards
from schemas.sanction_codes import PlanEnding
from services.contracts.access import case_for_lead
from services.contracts.commands.opening import opened_by, refuse_undecided_referral
from services.contracts.commands.picked_offers import refuse_unfit_offers
from services.contracts.domain import plan_changes
from services.contracts.domain import sanction as sanctions
from services.contracts.domain.case import Case
from services.contracts.domain.likeness import UNASKED, Likeness
from services.contracts.domain.refusals import conflict
from services.contracts.domain.youth_plan import YouthPlan
from services.contracts.repository import CASES, DEVIATIONS, PLANS, around, lock_youth
from services.contracts.tables import YouthPlanRow


def receive_sanction(
    work: Work,
    asked: sanctions.Decided,
    *,
    case_id: str,
    municipality_no: str,
    age_at_offence: AgeBand,
    age_band: AgeBand,
    likeness: Likeness = UNASKED,
) -> Answer:
    """Register a sanction; the actor leads its case, which is opened unless an accepted referral has opened it."""
    lock_youth(work, asked.youth_id, *likeness.alike.everyone)
    work.lock_case(case_id)
    if PLANS.find(work, asked.plan_id) is not None:
        raise conflict("PLAN_EXISTS", field="plan_id")
    received = sanctions.receive(
        asked,
        age_at_offence=age_at_offence,
        age_band=age_band,
        lead_id=work.actor.person_id,
        today=work.moment.today,
    )
    case = CASES.find(work, case_id)
    if case is None:
        refuse_undecided_referral(work, case_id)
        opened = opened_by(work, asked.programme, municipality_no, asked.youth_id, likeness=likeness)
        work.publish(case_id, *opened, received)
    else:
        _refuse_other_case(work, case_for_lead(work, case_id), asked)
        work.publish(case_id, received)
    return standing(work, asked.plan_id)


def _refuse_other_case(work: Work, case: Case, asked: sanctions.Decided) -> None:
    case.refuse_closed()
    if (case.youth_id, case.programme) != (asked.youth_id, asked.programme):
        raise conflict("CASE_IS_OTHERS", field="case_id")
    if any(plan.live for plan in PLANS.of_case(work, case.case_id)):
        raise conflict("PLAN_LIVE", field="case_id")


def adopt(
    work: Work, plan_id: str, asked: plan_changes.Proposal, *, age_band: AgeBand, seen_version: int | None
) -> Answer:
    """The plan is adopted; the case is active from now on."""
    plan = plan_of(work, plan_id, seen_version)
    _refuse_unfit(work, plan, asked.measures, age_band)
    adopted = plan_changes.adopt(
        plan,
        asked,
        around=around(work, plan.case_id),
        people=people_around(work, plan),
        by=work.actor.person_id,
        today=work.moment.today,
    )
    work.publish(plan.case_id, *adopted)
    return standing(work, plan_id)


def tighten(
    work: Work,
    plan_id: str,
    *,
    step: LadderStep,
    deviation_id: str,
    measures: tuple[Clause, ...],
    ends_on: date | None,
    safeguards: Safeguards,
    age_band: AgeBand,
    seen_version: int | None,
) -> Answer:
    """After a breach the plan gets a stricter version."""
    plan = plan_of(work, plan_id, seen_version)
    deviation = found(DEVIATIONS.find(work, deviation_id))
    if deviation.contract_id != plan_id:
        raise conflict("DEVIATION_OF_OTHER_PLAN", field="deviation_id")
    _refuse_unfit(work, plan, measures, age_band)
    tightened = plan_changes.tighten(
        plan,
        step,
        deviation=deviation,
        measures=measures,
        ends_on=ends_on,
        safeguards=safeguards,
        age_band=age_band,
        around=around(work, plan.case_id),
        people=people_around(work, plan),
        today=work.moment.today,
    )
    work.publish(plan.case_id, *tightened)
    return standing(work, plan_id)


def _refuse_unfit(work: Work, plan: YouthPlan, measures: tuple[Clause, ...], age_band: AgeBand) -> None:
    refuse_unfit_offers(
        work,
        measures,
        municipality_no=found(CASES.find(work, plan.case_id)).municipality_no,
        age_band=age_band,
        standing=plan.current.measures if plan.current else (),
        field="measures",
    )


def fulfil(work: Work, plan_id: str, *, seen_version: int | None) -> Answer:
    """The plan has run its time; its case is wound up."""
    plan = plan_of(work, plan_id, seen_version)
    end(work, plan, plan_changes.fulfil(plan, today=work.moment.today))
    return standing(work, plan_id)


def terminate(work: Work, plan_id: str, *, reason: PlanEnding, seen_version: int | None) -> Answer:
    """The plan ends before its time; its case is wound up."""
    plan = plan_of(work, plan_id, seen_version)
    end(work, plan, plan_changes.terminate(plan, reason, today=work.moment.today))
    return standing(work, plan_id)


def decide(
    work: Work,
    plan_id: str,
    decision: Callable[[YouthPlan], list[Event]],
    *,
    seen_version: int | None,
    afterwards: bool = False,
) -> Answer:
    """Let whoever leads the case decide something about the plan that rests on the plan alone; `afterwards` in a closed case too."""
    plan = plan_of(work, plan_id, seen_version, afterwards=afterwards)
    work.publish(plan.case_id, *decision(plan))
    return standing(work, plan_id)


def youth_of(work: Work, plan_id: str) -> tuple[str, str]:
    """The case and the youth of a plan, for those who lead it: what the age question needs."""
    plan = plan_of(work, plan_id, None)
    return plan.case_id, plan.youth_id


def plan_of(work: Work, plan_id: str, seen_version: int | None, *, afterwards: bool = False) -> YouthPlan:
    """The plan under the lock of its case, for those who lead it; `afterwards` when the case may be closed: the right to complain does not
    end with it. Raises NotFound, NotAllowed, Conflict and Stale.
    """
    case_id = work.lock_case_behind(YouthPlanRow, plan_id)
    case = case_for_lead(work, case_id)
    if not afterwards:
        case.refuse_closed()
    plan = found(PLANS.find(work, plan_id))
    plan.refuse_stale(seen_version)
    return plan


def people_around(work: Work, plan: YouthPlan) -> frozenset[str]:
    """Those who can owe, control or support a measure: the youth, those who decide for the youth, the team."""
    return plan.people | frozenset(around(work, plan.case_id).functions) | {work.actor.person_id}


def end(work: Work, plan: YouthPlan, ended: list[Event]) -> None:
    """Publish what ended a plan, and wind its case up."""
    case = found(CASES.find(work, plan.case_id))
    work.publish(plan.case_id, *ended, *case.wind_up(today=work.moment.today))


def standing(work: Work, plan_id: str) -> Answer:
    """How the plan stands."""
    plan = found(PLANS.find(work, plan_id))
    return {
        "case_id": plan.case_id,
        "plan_id": plan_id,
        "status": plan.status.value,
        "version": plan.version,
        "ends_on": plan.runs_until.isoformat() if plan.versions else None,
    }
