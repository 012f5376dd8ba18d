"""The visitor's notices."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from backbone.refusal import NotFound, Refused
from services.portal.cohort_words import OF_A_COHORT
from services.portal.forum_words import OF_A_FORUM
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.referrals import referral_of_case
from services.portal.rendering import rendered

routes = APIRouter(include_in_schema=False)
BEFORE_SECRECY = frozenset(
    {"MEMBER_JOINED", "MEETING_CALLED", "MEETING_MOVED", "MEETING_CANCELLED", "CLEARED"}
)
"""What a member is told before declaring secrecy: that they are in, and when to come; the e-mails say as much, and nothing of the youth."""


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
    me, views = page.person().person_id, page.views(cases)
    closed = {key for key, view in views.items() if view.protection.closes_case(me)}
    undeclared = {key for key, view in views.items() if view.must_declare(me)}
    names, _ = page.neighbours.names_if_any(cases - closed - undeclared, page.actor)
    return page.show(
        "inbox.html",
        status=status,
        notices=[one for one in notices if one.get("case_id") not in closed],
        undeclared=undeclared,
        before_secrecy=BEFORE_SECRECY,
        names=names,
        refusal=refusal,
        of_a_forum=OF_A_FORUM,
        of_a_cohort=OF_A_COHORT,
    )


@routes.post("/varsler/{notice_id}/lest")
def read(page: ThePage, notice_id: str, fields: TheFields) -> Response:
    """Mark a notice as read, and go on to its case when that was asked for; before there is a case, to the referral."""
    page.person()
    page.neighbours.calls.post("notifications", f"/inbox/{notice_id}/read", actor=page.actor)
    for field, place in (("forum_id", "/kog"), ("cohort_id", "/kohorter")):
        if fields.get(field):
            return page.go(f"{place}/{fields[field]}")
    case_id = str(fields.get("case_id", ""))
    if case_id:
        return page.go(_place_of(page, case_id))
    return page.go("/varsler", "lest")


def _place_of(page: Page, case_id: str) -> str:
    """The page of a case, or of the referral that has not become one yet. Raises NotFound."""
    try:
        return f"/saker/{page.case_to_declare(case_id).case_id}"
    except NotFound:
        return f"/henvendelser/{referral_of_case(page, case_id)}"


@routes.get("/varsler/antall")
def unread(page: ThePage) -> Response:
    """How many notices are unread, for the menu; nothing when nobody answers."""
    if page.visitor is None:
        return HTMLResponse("")
    return rendered("parts/unread.html", page.language, count=page.neighbours.unread(page.actor) or 0)
