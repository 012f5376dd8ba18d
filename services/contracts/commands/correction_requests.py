"""What people may ask about a registration that somebody says is wrong, one transaction each."""

from __future__ import annotations

from backbone.refusal import Conflict, found
from backbone.web import Answer
from backbone.work import Work
from schemas.correction_request import CorrectionRefusal, CorrectionRequested
from services.contracts.access import case_for_lead, case_for_member
from services.contracts.asked_corrections import REQUESTS
from services.contracts.domain.correction_request import SAYS, ask
from services.contracts.repository import around
from services.contracts.tables import CorrectionRequestRow


def ask_for_correction(work: Work, asked: CorrectionRequested, *, case_id: str) -> Answer:
    """Enter that somebody says a registration is wrong; every member may, for themselves or for the family."""
    work.lock_case(case_id)
    case = case_for_member(work, case_id)
    if REQUESTS.find(work, asked.request_id) is not None:
        raise Conflict("ASKED_ALREADY", SAYS["ASKED_ALREADY"], field="request_id")
    may_ask = {case.lead_id, case.youth_id, *around(work, case_id).functions}
    events = ask(asked, may_ask=may_ask, others=REQUESTS.of_case(work, case_id), today=work.moment.today)
    work.publish(case_id, *events)
    return {"case_id": case_id, "request_id": asked.request_id}


def refuse_correction(
    work: Work,
    request_id: str,
    *,
    reason: CorrectionRefusal,
    text_ref: str | None,
    seen_version: int | None,
) -> Answer:
    """Leave the registration as it is; whoever leads the case says why."""
    case_id = work.lock_case_behind(CorrectionRequestRow, request_id)
    case_for_lead(work, case_id)
    request = found(REQUESTS.find(work, request_id))
    refused = request.refuse(reason, text_ref=text_ref, today=work.moment.today, seen_version=seen_version)
    work.publish(case_id, *refused)
    return {"case_id": case_id, "request_id": request_id}
