"""Call a meeting, and register it as held."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import AbsenceReason, AgendaItemKind, Category, MeetingKind, MeetingMode, ProtectionLevel
from schemas.local_time import local_date
from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView, Meeting
from services.portal.domain.sections.coordination import Coordination
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_, soonest

routes = APIRouter(include_in_schema=False)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
FIELDS = {"starts_local": "time", "place_ref": "place", "agenda_ref": "agenda", "person_ids": "interpreted"}
PROPOSED_ITEMS = (
    AgendaItemKind.YOUTHS_OWN_WORDS,
    AgendaItemKind.SINCE_LAST_TIME,
    AgendaItemKind.GOALS,
    AgendaItemKind.CLAUSES,
    AgendaItemKind.TASKS,
)
"""What is put on an agenda by a tick; "who may say what" comes by itself."""


@routes.get("/saker/{case_id}/mote/nytt")
def new_meeting(page: ThePage, case_id: str) -> Response:
    """The form that calls a meeting; everybody in the group is proposed."""
    view = page.case_for(Who.LEADING, case_id)
    proposed = {
        "kind": MeetingKind.NETWORK,
        "mode": MeetingMode.IN_PERSON,
        "day": soonest(page.moment.today).isoformat(),
        "time": "13:00",
        "minutes": "60",
    }
    return _meeting_form(page, view, page.form(proposed), everybody=True)


@routes.post("/saker/{case_id}/mote/nytt")
def call(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Call the meeting; place and agenda go to the vault first."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    body = _read(view, form)
    if form.ok:
        try:
            return page.go(f"/saker/{case_id}", "mote", answer=_call(page, view, form, body))
        except Refused as error:
            form.refused(error, FIELDS)
    return _meeting_form(page, view, form, status=422)


def _read(view: CaseView, form: Form) -> dict[str, Any]:
    kind = form.choice("kind", MeetingKind, N_("Velg hva slags møte det er."))
    mode = form.choice("mode", MeetingMode, N_("Velg hvordan dere møtes."))
    day = form.day("day", N_("Oppgi hvilken dag møtet er."))
    clock = form.value("time")
    if not CLOCK.fullmatch(clock):
        form.wrong("time", form.t("Oppgi når møtet begynner, for eksempel 13:00."))
    minutes = form.number(
        "minutes", N_("Oppgi hvor lenge møtet varer, fra 10 minutter til 8 timer."), least=10, most=480
    )
    invited = [person_id for person_id in form.values("invited") if view.member(person_id)]
    if not invited:
        form.wrong("invited", form.t("Velg hvem som skal inviteres."))
    form.text("place", None, longest=300)
    form.text("agenda", None)
    items = [kind for kind in PROPOSED_ITEMS if kind.value in form.values("items")]
    return {
        "kind": kind,
        "mode": mode,
        "starts_local": f"{day.isoformat()}T{clock}",
        "minutes": minutes,
        "invited": invited,
        "items": items,
        "interpreted": [person_id for person_id in form.values("interpreted") if person_id in invited],
    }


def _call(page: Page, view: CaseView, form: Form, body: dict[str, Any]) -> Any:
    me = page.person().person_id
    refs = {}
    protected = view.section(Coordination).protected is not None
    for name in ("place", "agenda"):
        if form.value(name):
            refs[f"{name}_ref"] = page.lay(
                form,
                name,
                content=form.value(name),
                case_id=view.case_id,
                about_id=view.youth_id,
                category=Category.ADDRESS if protected and name == "place" else Category.CASE_STATUS,
            )
    path = f"/cases/{view.case_id}/meetings"
    items = [{"item_id": form.derived(me, "item", kind), "kind": kind} for kind in body["items"]]
    command = {**body, **refs, "meeting_id": form.derived(me, "meeting"), "items": items}
    return page.neighbours.calls.post("network", path, actor=page.actor, body=command, key=form.key)


def _meeting_form(
    page: Page, view: CaseView, form: Form, *, status: int = 200, everybody: bool = False
) -> Response:
    return page.show(
        "meeting_new.html",
        status=status,
        view=view,
        form=form,
        everybody=everybody,
        kinds=list(MeetingKind),
        modes=list(MeetingMode),
        items=list(PROPOSED_ITEMS),
        no_place=view.section(Coordination).protected is ProtectionLevel.CODE_6,
        people=page.neighbours.colleagues_if_any(),
    )


@routes.get("/saker/{case_id}/mote/{meeting_id}/holdt")
def holding(page: ThePage, case_id: str, meeting_id: str) -> Response:
    """The form that registers a meeting as held."""
    view = page.case_for(Who.LEADING, case_id)
    meeting = _meeting(view, meeting_id)
    day = local_date(meeting.starts_at) if meeting.starts_at else page.moment.today
    form = page.form({"held_on": min(day, page.moment.today).isoformat()})
    return _held_form(page, view, meeting, form, everybody=True)


@routes.post("/saker/{case_id}/mote/{meeting_id}/holdt")
def held(page: ThePage, case_id: str, meeting_id: str, fields: TheFields) -> Response:
    """Register the meeting as held, with who was there."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    meeting = _meeting(view, meeting_id)
    held_on: date = form.day("held_on", N_("Oppgi hvilken dag møtet ble holdt."))
    present = [person_id for person_id in form.values("present") if person_id in meeting.invited]
    if not present:
        form.wrong("present", page.t("Kryss av for dem som møtte."))
    if form.ok:
        body = {
            "held_on": held_on.isoformat(),
            "present": present,
            "absent": [person_id for person_id in meeting.invited if person_id not in present],
            "reasons": _reasons(form, [one for one in meeting.invited if one not in present]),
            "seen_version": int(form.value("seen_version")) if form.value("seen_version").isdigit() else None,
        }
        try:
            path = f"/meetings/{meeting_id}/held"
            answer = page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/saker/{case_id}", "avholdt", answer=answer)
        except Refused as error:
            form.refused(error)
    return _held_form(page, view, meeting, form, status=422)


def _reasons(form: Form, absent: list[str]) -> dict[str, str]:
    """Why each of those who were away did not come, as far as it was said."""
    said = {person_id: form.value(f"reason-{person_id}") for person_id in absent}
    return {person_id: reason for person_id, reason in said.items() if reason in set(AbsenceReason)}


def _meeting(view: CaseView, meeting_id: str) -> Meeting:
    meeting = view.meeting(meeting_id)
    if meeting is None:
        raise NotFound("NO_SUCH_MEETING", NO_SUCH_PAGE)
    return meeting


def _held_form(
    page: Page, view: CaseView, meeting: Meeting, form: Form, *, status: int = 200, everybody: bool = False
) -> Response:
    people = page.neighbours.colleagues_if_any()
    return page.show(
        "meeting_held.html",
        status=status,
        view=view,
        meeting=meeting,
        form=form,
        everybody=everybody,
        people=people,
        reasons=list(AbsenceReason),
    )
