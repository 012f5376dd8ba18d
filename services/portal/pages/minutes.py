"""The minutes of a meeting: written part by part into the vault, read through the gate, printed, corrected."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Category, MinutesChange
from services.portal.case_forms.meetings import label
from services.portal.command_form import Who, permitted
from services.portal.domain.case_view import CaseView, Meeting
from services.portal.domain.sections.minutes import Minutes, MinutesOfCase
from services.portal.domain.sections.tasks import TasksOfCase
from services.portal.forms import Form
from services.portal.neighbours import Opened
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_
from services.portal.words import word

routes = APIRouter(include_in_schema=False)
LONGEST = 8000
FIELDS = {"text_refs": "part-rest"}
SENSITIVE = [
    category
    for category in Category
    if category not in (Category.IDENTITY_CONTACT, Category.ADDRESS, Category.CASE_STATUS)
]
"""What a part can be about that only those see whom a consent covers."""


class Part(NamedTuple):
    """A part of the minutes to write: its field, its heading, its kind of information."""

    key: str
    heading: str
    category: Category


@routes.get("/saker/{case_id}/mote/{meeting_id}/referat")
def minutes_page(page: ThePage, case_id: str, meeting_id: str) -> Response:
    """Who was there, the tasks, the versions; the words only when one asks for them."""
    view = page.case(case_id)
    return _show(page, view, _meeting(view, meeting_id))


@routes.post("/saker/{case_id}/mote/{meeting_id}/referat")
def read_minutes(page: ThePage, case_id: str, meeting_id: str) -> Response:
    """The same with what the gate hands out now; the asking is recorded."""
    view = page.case(case_id)
    meeting = _meeting(view, meeting_id)
    minutes = view.section(MinutesOfCase).of(meeting_id)
    try:
        opened = page.neighbours.open(case_id, page.actor, refs=_refs(view, meeting, minutes))
        return _show(page, view, meeting, opened=opened)
    except Refused as error:
        return _show(page, view, meeting, refusal=error)


def _refs(view: CaseView, meeting: Meeting, minutes: Minutes | None) -> list[str]:
    """What belongs to the minutes: their parts, the agenda with its outcomes, the tasks, the comments."""
    refs = [ref for item in meeting.items for ref in (item.text_ref, item.settled_ref)]
    if minutes is not None:
        refs += [*minutes.text_refs, *(comment.text_ref for comment in minutes.comments)]
        tasks = view.section(TasksOfCase)
        refs += [task.text_ref for one in minutes.task_ids if (task := tasks.task(one))]
    return list(dict.fromkeys(ref for ref in refs if ref))


def _show(
    page: Page,
    view: CaseView,
    meeting: Meeting,
    *,
    opened: Opened | None = None,
    refusal: Refused | None = None,
) -> Response:
    situation = page.situation(view)
    minutes = view.section(MinutesOfCase).of(meeting.meeting_id)
    tasks = view.section(TasksOfCase)
    leads = permitted(Who.LEADING, page.situation(view))
    return page.show(
        "minutes.html",
        status=refusal.status if refusal else 200,
        view=view,
        contract=view.contract,
        meeting=meeting,
        label=label(situation, meeting),
        minutes=minutes if minutes is None or minutes.issued or leads else None,
        tasks=[task for one in (minutes.task_ids if minutes else ()) if (task := tasks.task(one))],
        leads=leads,
        opened=opened,
        people=situation.people,
        refusal=page.t.of(refusal.sentence) if refusal else None,
    )


@routes.get("/saker/{case_id}/mote/{meeting_id}/referat/skriv")
def writing(page: ThePage, case_id: str, meeting_id: str) -> Response:
    """The form; what was written before is fetched from the vault, as the person asked for by coming here."""
    view = page.case_for(Who.LEADING, case_id)
    meeting = _meeting(view, meeting_id)
    minutes = view.section(MinutesOfCase).of(meeting_id)
    pairs: list[tuple[str, Any]] = []
    if minutes is not None:
        opened = page.neighbours.open(case_id, page.actor, refs=list(minutes.text_refs))
        pairs = [
            (f"part-{content.get('key', 'rest')}", content.get("text", ""))
            for ref in minutes.text_refs
            if (content := opened.content(ref))
        ]
        pairs += [
            ("sensitive-category", item["category"]) for item in opened.shown if item["category"] in SENSITIVE
        ]
        pairs.append(("seen_version", str(minutes.version)))
    return _form_page(page, view, meeting, minutes, page.form(FormData(pairs)))


@routes.post("/saker/{case_id}/mote/{meeting_id}/referat/skriv")
def write(page: ThePage, case_id: str, meeting_id: str, fields: TheFields) -> Response:
    """Lay the parts in the vault, and say that there is a draft, or a new version of what was issued."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    meeting = _meeting(view, meeting_id)
    minutes = view.section(MinutesOfCase).of(meeting_id)
    parts = _written(page, meeting, form)
    corrects = minutes is not None and minutes.issued
    reason = form.choice("reason", MinutesChange, N_("Velg hvorfor referatet rettes.")) if corrects else None
    if form.ok:
        try:
            return _save(page, view, meeting, form, parts, reason)
        except Refused as error:
            form.refused(error, FIELDS)
    return _form_page(page, view, meeting, minutes, form, status=422)


def _parts(page: Page, meeting: Meeting) -> list[Part]:
    """A part for each item of the agenda, and one for the rest."""
    basic = Category.CASE_STATUS
    items = [
        Part(item.item_id, page.t(word(item.kind)), basic) for item in meeting.items if not item.carried_on
    ]
    return [*items, Part("rest", page.t("Det som ble sagt og avtalt"), basic)]


def _written(page: Page, meeting: Meeting, form: Form) -> list[tuple[Part, str]]:
    parts = [(part, form.text(f"part-{part.key}", None, longest=LONGEST)) for part in _parts(page, meeting)]
    said = form.text("part-sensitive", None, longest=LONGEST)
    if said:
        missing = N_("Velg hva slags opplysning dette er.")
        category = form.choice("sensitive-category", Category, missing)
        parts.append((Part("sensitive", "", category), said))
    written = [(part, text) for part, text in parts if text]
    if not written:
        form.wrong("part-rest", page.t("Skriv hva som ble sagt og avtalt, før referatet lagres."))
    return written


def _save(
    page: Page,
    view: CaseView,
    meeting: Meeting,
    form: Form,
    parts: list[tuple[Part, str]],
    reason: MinutesChange | None,
) -> Response:
    refs = [
        page.lay(
            form,
            "part",
            part.key,
            content={"text": text, "key": part.key},
            case_id=view.case_id,
            about_id=view.youth_id,
            category=part.category,
        )
        for part, text in parts
    ]
    seen = form.value("seen_version")
    body: dict[str, Any] = {"text_refs": refs, "seen_version": int(seen) if seen.isdigit() else None}
    path = f"/meetings/{meeting.meeting_id}/minutes"
    if reason is not None:
        body["reason"], path = reason, f"{path}/corrected"
    answer = page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)
    address = f"/saker/{view.case_id}/mote/{meeting.meeting_id}/referat"
    return page.go(address, "referat-rettet" if reason else "referat-utkast", answer=answer)


def _form_page(
    page: Page,
    view: CaseView,
    meeting: Meeting,
    minutes: Minutes | None,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    return page.show(
        "minutes_write.html",
        status=status,
        view=view,
        meeting=meeting,
        label=label(page.situation(view), meeting),
        parts=_parts(page, meeting),
        corrects=minutes is not None and minutes.issued,
        reasons=list(MinutesChange),
        categories=SENSITIVE,
        form=form,
    )


def _meeting(view: CaseView, meeting_id: str) -> Meeting:
    meeting = view.meeting(meeting_id)
    if meeting is None or meeting.held_on is None:
        raise NotFound("NO_SUCH_MEETING", NO_SUCH_PAGE)
    return meeting
