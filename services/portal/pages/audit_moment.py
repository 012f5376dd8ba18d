"""For those who check: a case as it stood at a moment of its log, walked from event to event."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from schemas.codes import AuditPurpose, Role
from schemas.correction import resolved
from schemas.local_time import OSLO, local_date
from services.portal.audit_words import part_word
from services.portal.command_form import Who
from services.portal.domain.as_it_stood import Changed, Entry, changes, entries_of, number_at, view_at
from services.portal.domain.case_view import CaseView
from services.portal.domain.kinds_told import Reader
from services.portal.form_fields import Situation
from services.portal.page import Page, ThePage
from services.portal.pages.case import only_a_list, section_templates, told_in_place
from services.portal.registrations import marks_in
from services.portal.repository import Happened
from services.portal.sentences import detail, plain

routes = APIRouter(include_in_schema=False)
PATH = "/kontroll/{case_id}/slik-den-sto"


class Step(NamedTuple):
    """One stop of the walk: its number, and what is said about it."""

    number: int
    text: str


@routes.get(PATH)
def as_it_stood(
    page: ThePage,
    case_id: str,
    formal: Annotated[str, Query(max_length=40)] = "",
    nr: int | None = None,
    tid: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The page of the case when so many events were recorded, or by an instant; the looking is recorded by the audit service."""
    page.person(Role.AUDITOR)
    if formal not in set(AuditPurpose):
        return RedirectResponse(f"/kontroll/{case_id}", status_code=303)
    found = page.neighbours.calls.get("audit", f"/cases/{case_id}/events", actor=page.actor, purpose=formal)
    entries = entries_of({**row, "case_id": case_id} for row in found["events"])
    at = _instant(tid)
    number = number_at(entries, at) if at is not None else nr if nr is not None else len(entries)
    return _show(page, case_id, entries, min(max(number, 1), len(entries)), AuditPurpose(formal))


def _instant(text: str) -> datetime | None:
    """A local date and time as a form sends it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=OSLO) if text else None
    except ValueError:
        return None


def _show(page: Page, case_id: str, entries: list[Entry], number: int, purpose: AuditPurpose) -> Response:
    entry = entries[number - 1]
    view = view_at(case_id, entries, number)
    changed = changes(view_at(case_id, entries, number - 1), view)
    people = page.neighbours.colleagues_if_any()
    moment, today = entry.recorded_at, local_date(entry.recorded_at)
    situation = Situation(view=view, visitor=page.person(), people=people, t=page.t, now=moment)
    shown = page.show(
        "audit_moment.html",
        as_it_stood=True,
        entry=entry,
        steps=[Step(one.number, _step_words(page, one)) for one in entries],
        what=plain(page.t, entry.type),
        count=len(entries),
        purpose=purpose,
        changed=[(one.part, _change_words(page, one)) for one in changed],
        **_case_values(view, situation, history=_history(entries[:number])),
        marks=marks_in(list(resolved([one.fact for one in entries[:number] if one.fact is not None]))),
        now=moment,
        today=today,
    )
    return HTMLResponse(without_ways_into_cases(bytes(shown.body).decode()))


WAYS = re.compile(
    r'<a\b[^>]*\bhref="/saker[^"]*"[^>]*>.*?</a>|<form\b[^>]*\baction="/saker[^"]*"[^>]*>.*?</form>',
    re.DOTALL,
)
"""Links and forms that lead to where cases are worked on."""


def without_ways_into_cases(html: str) -> str:
    """The page of a case for somebody who may do nothing in it, whatever its sections offer those who may."""
    return WAYS.sub("", html)


def _case_values(view: CaseView, situation: Situation, *, history: list[Happened]) -> dict[str, Any]:
    """What the page of a case shows, for somebody who may do nothing there."""
    return {
        "view": view,
        "contract": view.contract,
        "case_status": view.status_on(situation.today),
        "name": None,
        "may": dict.fromkeys(Who.__members__, False),
        "way_to": lambda *_: None,
        "todo": [],
        "opened": None,
        "stopped": {},
        "told_in_place": told_in_place(view),
        "refusal": None,
        "people": situation.people,
        "areas": [],
        "sections": section_templates(),
        "situation": situation,
        "history": history,
        "plain": plain,
        "detail": detail,
        "items": [item for item in view.items if not item.gone],
        "has_way": lambda _type, _said: False,
        # whoever audits reads every event with its codes; hiding one here would hide nothing
        "reader": Reader(leads=True, agency=None),
    }


def _history(entries: list[Entry]) -> list[Happened]:
    """The newest first, as the page of a case tells it."""
    found = [
        Happened(
            place=entry.number,
            type=entry.type,
            recorded_at=entry.recorded_at,
            actor=entry.fact.envelope.actor,
            actor_agency=entry.fact.envelope.actor_agency,
            said=_said(entry),
            event_id=entry.fact.envelope.id,
        )
        for entry in entries
        if entry.fact is not None
    ]
    return [one for one in reversed(found) if not only_a_list(one)]


def _said(entry: Entry) -> dict[str, Any]:
    return msgspec.to_builtins(entry.fact.event) if entry.fact is not None else {}


def _step_words(page: Page, entry: Entry) -> str:
    return f"{entry.number}. {page.t.short_moment(entry.recorded_at)} – {plain(page.t, entry.type)}"


def _change_words(page: Page, one: Changed) -> str:
    """The part, and how many things in it are new, otherwise, gone."""
    t = page.t
    counted = [
        t("%(count)s ny", count=one.new) if one.new else "",
        t("%(count)s endret", count=one.otherwise) if one.otherwise else "",
        t("%(count)s borte", count=one.gone) if one.gone else "",
    ]
    return f"{t(part_word(one.part))}: {', '.join(word for word in counted if word)}"
