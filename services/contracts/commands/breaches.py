"""What people may ask after a breach of a sanction, one transaction each; and what stands beside a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backbone.refusal import found, not_found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import AgeBand, PauseReason
from schemas.event import Event
from services.contracts.access import case_for_lead
from services.contracts.commands import youth_plans
from services.contracts.commands.cases import standing as case_standing
from services.contracts.domain import breach, papers
from services.contracts.domain.case import Case
from services.contracts.domain.deviation import Deviation, suggested_step
from services.contracts.domain.youth_plan import YouthPlan
from services.contracts.repository import CASES, DEVIATIONS, PLANS
from services.contracts.tables import DeviationRow


def take_step(
    work: Work,
    deviation_id: str,
    decision: Callable[[YouthPlan, Deviation], list[Event]],
    *,
    seen_version: int | None,
) -> Answer:
    """Let whoever leads the case take a step after a breach of a youth plan."""
    case_id = work.lock_case_behind(DeviationRow, deviation_id)
    case = case_for_lead(work, case_id)
    case.refuse_closed()
    deviation = found(DEVIATIONS.find(work, deviation_id))
    deviation.refuse_stale(seen_version)
    plan = found(PLANS.find(work, deviation.contract_id))
    work.publish(case_id, *decision(plan, deviation))
    after = found(DEVIATIONS.find(work, deviation_id))
    step = suggested_step(after, case.programme)
    return {
        "case_id": case_id,
        "deviation_id": deviation_id,
        "status": after.status.value,
        "version": after.version,
        "suggested_step": step and step.value,
    }


def youth_of(work: Work, deviation_id: str) -> tuple[str, str]:
    """The case and the youth of a breach, for those who lead it: what the age question needs."""
    case_id = work.lock_case_behind(DeviationRow, deviation_id)
    return case_id, case_for_lead(work, case_id).youth_id


def send_on(
    work: Work,
    plan_id: str,
    asked: breach.SendOn,
    *,
    deviation_id: str | None,
    age_band: AgeBand,
    seen_version: int | None,
) -> Answer:
    """Send the case on to those who decide anew; the case is wound up here."""
    plan = youth_plans.plan_of(work, plan_id, seen_version)
    deviation = None if deviation_id is None else found(DEVIATIONS.find(work, deviation_id))
    if deviation is not None and deviation.case_id != plan.case_id:
        raise not_found()
    sent = breach.send_on(plan, asked, deviation=deviation, age_band=age_band, today=work.moment.today)
    youth_plans.end(work, plan, sent)
    return youth_plans.standing(work, plan_id)


def complain(
    work: Work,
    plan_id: str,
    *,
    complaint_id: str,
    decision_id: str,
    received_on: date,
    text_ref: str | None,
    pause_until: date | None,
    seen_version: int | None,
) -> Answer:
    """Take a complaint in. The measures go on, unless a person decides to put the case on hold meanwhile."""
    plan = youth_plans.plan_of(work, plan_id, seen_version, afterwards=True)
    events = papers.complain(
        plan,
        complaint_id,
        decision_id=decision_id,
        received_on=received_on,
        text_ref=text_ref,
        today=work.moment.today,
    )
    if pause_until is not None:
        case = found(CASES.find(work, plan.case_id))
        events += case.pause(PauseReason.COMPLAINT, until_on=pause_until, today=work.moment.today)
    work.publish(plan.case_id, *events)
    return youth_plans.standing(work, plan_id)


def beside(
    work: Work, case_id: str, decision: Callable[[Case], list[Event]], *, seen_version: int | None
) -> Answer:
    """Let whoever leads the case record what stands beside it."""
    work.lock_case(case_id)
    case = case_for_lead(work, case_id)
    case.refuse_stale(seen_version)
    work.publish(case_id, *decision(case))
    return case_standing(work, case_id)
