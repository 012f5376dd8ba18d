"""Who was asked to stop using something after a withdrawal, and who has answered: for whoever leads the case."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from schemas.codes import Agency, ReceiptAnswer
from services.portal.page import ThePage

routes = APIRouter(include_in_schema=False)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt that was asked for, and the answer when there is one."""

    receipt_id: str
    consent_id: str
    person_id: str
    agency: Agency
    asked_at: datetime
    answer: ReceiptAnswer | None = None
    given_on: date | None = None


@routes.get("/saker/{case_id}/kvitteringer")
def receipts(page: ThePage, case_id: str) -> Response:
    """The receipts of the case, those that nobody has answered first."""
    view = page.case(case_id)
    told = page.neighbours.calls.get("sharing", f"/cases/{case_id}/receipts", actor=page.actor)
    found = msgspec.convert(told, list[Receipt])
    return page.show(
        "sharing/receipts.html",
        view=view,
        found=sorted(found, key=lambda one: (one.answer is not None, one.asked_at)),
        waiting=sum(one.answer is None for one in found),
        people=page.neighbours.colleagues_if_any(),
        consent_of=view.consent,
    )
