"""What people may ask about a deviation, one transaction each."""

from __future__ import annotations

from backbone.web import Answer
from backbone.work import Work
from services.contracts.access import agency_of, case_for_member
from services.contracts.domain import deviation as deviations
from services.contracts.domain.refusals import conflict, not_found
from services.contracts.repository import CONTRACTS, DEVIATIONS, found


def report_deviation(work: Work, asked: deviations.Report, *, case_id: str, contract_id: str) -> Answer:
    """Report that something did not go as agreed; every member may."""
    work.lock_case(case_id)
    case_for_member(work, case_id).refuse_closed()
    contract = found(CONTRACTS.find(work, contract_id))
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
