"""What people may ask about a deviation, one transaction each."""

from __future__ import annotations

from collections.abc import Callable

from backbone.refusal import found, not_found
from backbone.web import Answer
from backbone.work import Work
from schemas.event import Event
from services.contracts.access import agency_of, case_for_lead, case_for_member
from services.contracts.domain import deviation as deviations
from services.contracts.domain.case import Case
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.refusals import conflict
from services.contracts.repository import DEVIATIONS, around, followed
from services.contracts.tables import DeviationRow


def report_deviation(work: Work, asked: deviations.Report, *, case_id: str, contract_id: str) -> Answer:
    """Report that something did not go as agreed; every member may."""
    work.lock_case(case_id)
    case_for_member(work, case_id).refuse_closed()
    contract = found(followed(work, contract_id))
    if contract.case_id != case_id:
        raise not_found()
    if DEVIATIONS.find(work, asked.deviation_id) is not None:
        raise conflict("DEVIATION_EXISTS", field="deviation_id")
    reported = deviations.report(
        asked,
        contract,
        reporter_id=work.actor.person_id,
        reporter_agency=agency_of(work.actor),
        today=work.moment.today,
    )
    work.publish(case_id, *reported)
    return {"case_id": case_id, "deviation_id": asked.deviation_id}


def decide(
    work: Work,
    deviation_id: str,
    decision: Callable[[Deviation, Case, bool], list[Event]],
    *,
    seen_version: int | None,
) -> Answer:
    """Let whoever leads the case decide about a deviation; `decision` is told whether only one person leads."""
    case_id = work.lock_case_behind(DeviationRow, deviation_id)
    case = case_for_lead(work, case_id)
    case.refuse_closed()
    deviation = found(DEVIATIONS.find(work, deviation_id))
    deviation.refuse_stale(seen_version)
    only_one_leads = len(around(work, case_id).leading | {case.lead_id}) == 1
    work.publish(case_id, *decision(deviation, case, only_one_leads))
    after = found(DEVIATIONS.find(work, deviation_id))
    step = deviations.suggested_step(after, case.programme)
    return {
        "case_id": case_id,
        "deviation_id": deviation_id,
        "status": after.status.value,
        "version": after.version,
        "suggested_step": step and step.value,
    }
