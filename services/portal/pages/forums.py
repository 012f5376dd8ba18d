"""KOG: a forum without cases. Its members, their secrecy, its meetings, and what was advised, without any name."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import COORDINATORS, STAFF, ForumAdvice, Reason
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_, SECRECY_TEXT

routes = APIRouter(include_in_schema=False)


@routes.get("/kog")
def forums(page: ThePage) -> Response:
    """The forums that the visitor is in."""
    return _list(page, page.form())


@routes.post("/kog")
def open_forum(page: ThePage, fields: TheFields) -> Response:
    """Set a forum up, led by oneself."""
    form = page.form(fields)
    me = page.person(*COORDINATORS).person_id
    forum_id = form.derived(me, "forum")
    try:
        _post(page, "/forums", {"forum_id": forum_id}, form)
        return page.go(f"/kog/{forum_id}", "kog")
    except Refused as error:
        form.refused(error)
    return _list(page, form, status=422)


@routes.get("/kog/{forum_id}")
def forum(page: ThePage, forum_id: str) -> Response:
    """One forum, for its members."""
    return _show(page, forum_id, page.form())


@routes.post("/kog/{forum_id}/medlem")
def add_member(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Take somebody in."""
    form = page.form(fields)
    person = page.neighbours.colleagues().get(form.value("person_id"))
    if person is None:
        form.wrong("person_id", page.t("Velg hvem som skal være med."))
        return _show(page, forum_id, form, status=422)
    body = {"person_id": person.person_id, "agency": person.agency}
    return _sent(page, forum_id, form, "members", body)


@routes.post("/kog/{forum_id}/medlem/{person_id}/ut")
def end_membership(page: ThePage, forum_id: str, person_id: str, fields: TheFields) -> Response:
    """Take somebody out."""
    return _sent(page, forum_id, page.form(fields), f"members/{person_id}/leave", {})


@routes.post("/kog/{forum_id}/taushet")
def declare(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Declare secrecy for this forum, for oneself."""
    body = {"text_version": SECRECY_TEXT}
    return _sent(page, forum_id, page.form(fields), "secrecy-declarations", body)


@routes.post("/kog/{forum_id}/mote")
def hold(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Enter that the forum met."""
    form = page.form(fields)
    body = {
        "session_id": form.derived(page.person().person_id, "session"),
        "held_on": form.day("held_on", N_("Oppgi hvilken dag møtet var.")).isoformat(),
        "present": form.values("present"),
    }
    if not form.ok:
        return _show(page, forum_id, form, status=422)
    return _sent(page, forum_id, form, "sessions", body)


@routes.post("/kog/{forum_id}/mote/{session_id}/sak")
def discuss(page: ThePage, forum_id: str, session_id: str, fields: TheFields) -> Response:
    """Enter what was talked about, so that nobody can be recognised."""
    form = page.form(fields)
    body = {
        "matter_id": form.derived(page.person().person_id, "matter"),
        "themes": form.choices("themes", Reason, N_("Velg hva det handlet om.")),
        "advice": form.choice("advice", ForumAdvice, N_("Velg hva forumet rådet til.")),
        "text": form.text("text", None),
    }
    if not form.ok:
        return _show(page, forum_id, form, status=422)
    return _sent(page, forum_id, form, f"sessions/{session_id}/matters", body)


def _post(page: Page, path: str, body: dict[str, Any], form: Form) -> None:
    page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)


def _sent(page: Page, forum_id: str, form: Form, way: str, body: dict[str, Any]) -> Response:
    page.person(*STAFF)
    try:
        _post(page, f"/forums/{forum_id}/{way}", body, form)
        return page.go(f"/kog/{forum_id}", "kog")
    except Refused as error:
        form.refused(error)
    return _show(page, forum_id, form, status=422)


def _list(page: Page, form: Form, *, status: int = 200) -> Response:
    visitor = page.person(*STAFF)
    found = page.neighbours.calls.get("network", "/forums", actor=page.actor)
    return page.show("forums.html", status=status, forums=found, form=form, opens=visitor.coordinates)


def _show(page: Page, forum_id: str, form: Form, *, status: int = 200) -> Response:
    me = page.person(*STAFF).person_id
    found = page.neighbours.calls.get("network", f"/forums/{forum_id}", actor=page.actor)
    people = page.neighbours.colleagues_if_any()
    inside = {member["person_id"] for member in found["members"]}
    mine: dict[str, Any] = next((member for member in found["members"] if member["person_id"] == me), {})
    return page.show(
        "forum.html",
        status=status,
        forum=found,
        form=form,
        people=people,
        outside=[(key, one.name or key[-8:]) for key, one in people.items() if key not in inside],
        present=[
            (member["person_id"], people[member["person_id"]].name or member["person_id"][-8:])
            for member in found["members"]
            if member["declared"] and member["person_id"] in people
        ],
        leads=found["lead_id"] == me,
        declared=bool(mine.get("declared")),
        themes=list(Reason),
        advice=list(ForumAdvice),
    )
