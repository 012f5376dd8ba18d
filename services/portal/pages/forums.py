"""Forums without cases: their members, their meetings, and in KOG secrecy and what was advised, without any name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import COORDINATORS, STAFF, Agency, ForumAdvice, ForumKind, Reason
from schemas.register_codes import YearWheelActivity
from services.portal.forms import Form
from services.portal.forum_words import MONTHS
from services.portal.neighbours import Colleague
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_, SECRECY_TEXT

routes = APIRouter(include_in_schema=False)
A_PAGE = 100
"""Forums on a page of the list."""
AT_LEAST = {
    ForumKind.STEERING: 4,
    ForumKind.COORDINATION: 12,
    ForumKind.POLICE_COUNCIL: 2,
    ForumKind.GATHERING: 1,
}
"""Meetings a year, by the SLT handbook and the guide on cooperation between municipality and police."""


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
        kind = form.value("kind") or ForumKind.KOG
        _post(page, "/forums", {"forum_id": forum_id, "kind": kind}, form)
        return page.go(f"/kog/{forum_id}", "kog")
    except Refused as error:
        form.refused(error)
    return _list(page, form, status=422)


@routes.get("/kog/{forum_id}")
def forum(page: ThePage, forum_id: str) -> Response:
    """One forum, for its members."""
    return show_forum(page, forum_id, page.form())


@routes.post("/kog/{forum_id}/medlem")
def add_member(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Take somebody in."""
    form = page.form(fields)
    person = page.neighbours.colleagues().get(form.value("person_id"))
    if person is None:
        form.wrong("person_id", page.t("Velg hvem som skal være med."))
        return show_forum(page, forum_id, form, status=422)
    body = {"person_id": person.person_id, "agency": person.agency}
    return sent(page, forum_id, form, "members", body)


@routes.post("/kog/{forum_id}/medlem/{person_id}/ut")
def end_membership(page: ThePage, forum_id: str, person_id: str, fields: TheFields) -> Response:
    """Take somebody out."""
    return sent(page, forum_id, page.form(fields), f"members/{person_id}/leave", {})


@routes.post("/kog/{forum_id}/taushet")
def declare(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Declare secrecy for this forum, for oneself."""
    body = {"text_version": SECRECY_TEXT}
    return sent(page, forum_id, page.form(fields), "secrecy-declarations", body)


@routes.post("/kog/{forum_id}/mote")
def hold(page: ThePage, forum_id: str, fields: TheFields) -> Response:
    """Enter that the forum met."""
    form = page.form(fields)
    body = {
        "session_id": form.value("session_id") or form.derived(page.person().person_id, "session"),
        "held_on": form.day("held_on", N_("Oppgi hvilken dag møtet var.")).isoformat(),
        "present": form.values("present"),
    }
    if not form.ok:
        return show_forum(page, forum_id, form, status=422)
    return sent(page, forum_id, form, "sessions", body)


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
        return show_forum(page, forum_id, form, status=422)
    return sent(page, forum_id, form, f"sessions/{session_id}/matters", body)


def _post(page: Page, path: str, body: dict[str, Any], form: Form) -> None:
    page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)


def sent(
    page: Page,
    forum_id: str,
    form: Form,
    way: str,
    body: dict[str, Any],
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Send a command to the forum, and show it; the form with what is wrong when it was refused."""
    page.person(*STAFF)
    try:
        _post(page, f"/forums/{forum_id}/{way}", body, form)
        return page.go(f"/kog/{forum_id}", "kog")
    except Refused as error:
        form.refused(error, fields)
    return show_forum(page, forum_id, form, status=422)


def _list(page: Page, form: Form, *, status: int = 200) -> Response:
    visitor = page.person(*STAFF)
    after = page.request.query_params.get("etter", "")[:80]
    found = page.neighbours.calls.get("network", "/forums", actor=page.actor, after=after, limit=A_PAGE)
    more = found[-1]["case_id"] if len(found) == A_PAGE else None
    return page.show(
        "forums.html",
        status=status,
        forums=found,
        form=form,
        opens=visitor.coordinates,
        kinds=list(ForumKind),
        more=more,
    )


def show_forum(page: Page, forum_id: str, form: Form, *, status: int = 200) -> Response:
    """The page of a forum."""
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
        **around(page, found, people),
        declared=not nameless(found) or bool(mine.get("declared")),
        nameless=nameless(found),
        this_year=_this_year(page, found),
        at_least=AT_LEAST.get(ForumKind(found["kind"])),
        deadlines=_deadlines(page, found) if found["lead_id"] == me else [],
        themes=list(Reason),
        advice=list(ForumAdvice),
        agencies=list(Agency),
        activities=list(YearWheelActivity),
        months=[(str(number), page.t(name)) for number, name in MONTHS.items()],
        month_of=lambda number: page.t(MONTHS[number]),
    )


def around(page: Page, found: dict[str, Any], people: Mapping[str, Colleague]) -> dict[str, Any]:
    """What every page of a forum shows of who is in it, and whether the visitor may enter something."""

    def named(member: dict[str, Any]) -> tuple[str, str]:
        person = people.get(member["person_id"])
        return member["person_id"], (person.name if person else None) or member["person_id"][-8:]

    members = [named(member) for member in found["members"]]
    return {
        "inside": members,
        "present": [
            named(member) for member in found["members"] if member["declared"] or not nameless(found)
        ],
        "leads": found["lead_id"] == page.person().person_id and not found["work"]["closed_on"],
    }


def nameless(found: dict[str, Any]) -> bool:
    """True for KOG, which alone talks about single matters, without names."""
    return bool(found["kind"] == ForumKind.KOG)


def _this_year(page: Page, found: dict[str, Any]) -> int:
    """How often it has met this year."""
    year = str(page.moment.today.year)
    return sum(day.startswith(year) for day in found["work"]["held"].values())


def _deadlines(page: Page, found: dict[str, Any]) -> list[dict[str, Any]]:
    """What is waited for; nothing while the scheduler does not answer or has not heard of the forum."""
    try:
        path = f"/cases/{found['case_id']}/deadlines"
        every = page.neighbours.calls.get("scheduler", path, actor=page.actor)
    except Refused:
        return []
    return [one for one in every if one["state"] == "OPEN"]
