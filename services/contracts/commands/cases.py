"""What people may ask about a case, one transaction each. What narrows access is stopped at the gate before it commits."""

from __future__ import annotations

from datetime import date

from backbone.clock import derived_id
from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import Agency, CaseOutcome, EndingReason, MissingReason, PauseReason, StopReason
from services.contracts.access import case_for_lead, case_for_leader
from services.contracts.domain import changes, plan_changes
from services.contracts.domain.case import AT_ANY_TIME, Case, Remains
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import ACUTE
from services.contracts.domain.youth_plan import YouthPlan
from services.contracts.repository import CASES, CONTRACTS, DEVIATIONS, PLANS, around
from services.contracts.stops import SetStop
from services.contracts.youths import Listed


def pause(
    work: Work, case_id: str, *, reason: PauseReason, until_on: date, seen_version: int | None
) -> Answer:
    """Put follow-up on hold."""
    case = _case(work, case_id, seen_version)
    work.publish(case_id, *case.pause(reason, until_on=until_on, today=work.moment.today))
    return standing(work, case_id)


def resume(work: Work, case_id: str, *, seen_version: int | None) -> Answer:
    """Go on after a pause."""
    case = _case(work, case_id, seen_version)
    work.publish(case_id, *case.resume(today=work.moment.today))
    return standing(work, case_id)


def close(
    work: Work,
    case_id: str,
    *,
    reason: EndingReason,
    outcome: CaseOutcome | None,
    evaluation_missing: MissingReason | None,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """Close the case; everybody's access is stopped before this commits."""
    case = _case(work, case_id, seen_version)
    stop_id = derived_id("stop", case_id, "closes", case.version)
    closed = case.close(
        reason,
        remains(work, case_id),
        outcome=outcome,
        evaluation_missing=evaluation_missing,
        stop_id=stop_id,
        today=work.moment.today,
    )
    set_stop(case_id, stop_id, None, StopReason.CASE_CLOSES)
    if reason in AT_ANY_TIME:
        _end_what_runs(work, case_id, reason)
    work.publish(case_id, *closed)
    return standing(work, case_id)


def transfer(
    work: Work,
    case_id: str,
    *,
    to_municipality_no: str,
    to_agency: Agency,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """The youth moves to another municipality, which opens a case of its own."""
    case = _case(work, case_id, seen_version)
    stop_id = derived_id("stop", case_id, "moves", case.version)
    moved = case.transfer(
        to_municipality_no=to_municipality_no, to_agency=to_agency, stop_id=stop_id, today=work.moment.today
    )
    set_stop(case_id, stop_id, None, StopReason.CASE_CLOSES)
    _end_what_runs(work, case_id, EndingReason.MOVED)
    work.publish(case_id, *moved)
    return standing(work, case_id)


def change_lead(
    work: Work,
    case_id: str,
    *,
    to_id: str,
    listed: Listed,
    note_ref: str | None,
    seen_version: int | None,
    set_stop: SetStop,
) -> Answer:
    """Hand the case over with a package of what is open: to another member, or before there is a group to a colleague of the lead."""
    work.lock_case(case_id)
    case = case_for_leader(work, case_id)
    case.refuse_stale(seen_version)
    surroundings = around(work, case_id)
    stop_id = derived_id("stop", case_id, case.lead_id, case.version)
    changed = case.change_lead(
        to_id,
        to_agency=surroundings.agencies.get(to_id, case.owner_agency),
        roles=listed.roles,
        same_office=listed.agency is case.owner_agency and case.municipality_no in listed.municipality_nos,
        around=surroundings,
        note_ref=note_ref,
        stop_id=stop_id,
        today=work.moment.today,
    )
    set_stop(case_id, stop_id, case.lead_id, StopReason.LEAD_CHANGES)
    work.publish(case_id, *changed)
    return standing(work, case_id)


def tell_of_lead(work: Work, case_id: str, *, told_on: date) -> Answer:
    """Enter that the youth was told of the new lead."""
    case = _case(work, case_id, None)
    work.publish(case_id, *case.tell_of_lead(told_on=told_on, today=work.moment.today))
    return standing(work, case_id)


def remains(work: Work, case_id: str) -> Remains:
    """What a closing looks at."""
    followed: list[Contract | YouthPlan] = [
        *CONTRACTS.of_case(work, case_id),
        *PLANS.of_case(work, case_id),
    ]
    begun = [one for one in followed if one.started_on is not None]
    return Remains(
        open_tasks=bool(around(work, case_id).tasks),
        acute_deviation_open=any(d.severity >= ACUTE and d.open for d in DEVIATIONS.of_case(work, case_id)),
        end_evaluated=bool(begun) and all(one.end_evaluated for one in begun),
        runs=any(one.live for one in followed),
        has_run=bool(begun),
    )


def _case(work: Work, case_id: str, seen_version: int | None) -> Case:
    work.lock_case(case_id)
    case = case_for_lead(work, case_id)
    case.refuse_stale(seen_version)
    return case


def _end_what_runs(work: Work, case_id: str, reason: EndingReason) -> None:
    today = work.moment.today
    for contract in CONTRACTS.of_case(work, case_id):
        if contract.live:
            work.publish(case_id, *changes.end_early(contract, reason, today=today, with_case=True))
    for plan in PLANS.of_case(work, case_id):
        if plan.live:
            ending = plan_changes.BY_CASE[reason]
            work.publish(case_id, *plan_changes.terminate(plan, ending, today=today, with_case=True))


def standing(work: Work, case_id: str) -> Answer:
    """How the case stands."""
    case = found(CASES.find(work, case_id))
    return {"case_id": case_id, "status": case.status.value, "version": case.version, "lead_id": case.lead_id}
