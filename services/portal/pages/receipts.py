"""Say what was done with something one had seen, when the consent it rested on was taken back."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import ReceiptAnswer
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


@routes.get("/kvittering/{receipt_id}")
def answering(page: ThePage, receipt_id: str) -> Response:
    """The form."""
    return _form(page, _receipt(page, receipt_id), page.form())


@routes.post("/kvittering/{receipt_id}")
def answer(page: ThePage, receipt_id: str, fields: TheFields) -> Response:
    """Register the answer."""
    receipt, form = _receipt(page, receipt_id), page.form(fields)
    chosen = form.choice("answer", ReceiptAnswer, N_("Velg hva du har gjort."))
    if form.ok:
        try:
            path = f"/receipts/{receipt_id}/given"
            given = page.neighbours.calls.post(
                "sharing", path, actor=page.actor, body={"answer": chosen}, key=form.key
            )
            return page.go("/varsler", "kvittering", answer=given)
        except Refused as error:
            form.refused(error)
    return _form(page, receipt, form, status=422)


def _receipt(page: Page, receipt_id: str) -> dict[str, Any]:
    """What the visitor was asked for. Raises NotFound for anybody else's."""
    mine: list[dict[str, Any]] = page.neighbours.calls.get("sharing", "/receipts", actor=page.actor)
    found = next((receipt for receipt in mine if receipt["receipt_id"] == receipt_id), None)
    if found is None or page.closed_to_visitor([found["case_id"]]):
        raise NotFound("NO_SUCH_RECEIPT", NO_SUCH_PAGE)
    return found


def _form(page: Page, receipt: dict[str, Any], form: Form, *, status: int = 200) -> Response:
    return page.show("receipt.html", status=status, receipt=receipt, form=form, answers=list(ReceiptAnswer))
