"""The visitor's notices."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from backbone.refusal import Refused
from services.portal.page import TheFields, ThePage
from services.portal.rendering import rendered

routes = APIRouter(include_in_schema=False)


@routes.get("/varsler")
def inbox(page: ThePage) -> Response:
    """The notices, the newest first."""
    page.person()
    try:
        notices, refusal, status = (
            page.neighbours.calls.get("notifications", "/inbox", actor=page.actor),
            None,
            200,
        )
    except Refused as error:
        notices, refusal, status = [], page.t.of(error.sentence), error.status
    cases = {str(notice["case_id"]) for notice in notices if notice.get("case_id")}
    names, _ = page.neighbours.names_if_any(cases, page.actor)
    return page.show("inbox.html", status=status, notices=notices, names=names, refusal=refusal)


@routes.post("/varsler/{notice_id}/lest")
def read(page: ThePage, notice_id: str, fields: TheFields) -> Response:
    """Mark a notice as read, and go on to its case when that was asked for."""
    page.person()
    page.neighbours.calls.post("notifications", f"/inbox/{notice_id}/read", actor=page.actor)
    case_id = str(fields.get("case_id", ""))
    if case_id:
        return page.go(f"/saker/{page.case(case_id).case_id}")
    return page.go("/varsler", "lest")


@routes.get("/varsler/antall")
def unread(page: ThePage) -> Response:
    """How many notices are unread, for the menu; nothing when nobody answers."""
    if page.visitor is None:
        return HTMLResponse("")
    return rendered("parts/unread.html", page.language, count=page.neighbours.unread(page.actor) or 0)
