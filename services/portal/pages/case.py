"""The page of one case, and the opening of what the vault holds about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from backbone.rows import Rows
from schemas.codes import Purpose
from schemas.information import InformationRecorded, OpeningDecided
from services.portal.case_forms import BY_SLUG, FORMS
from services.portal.command_form import Who, offers, permitted, way_to
from services.portal.domain.case_view import CaseView
from services.portal.domain.kinds_told import Reader
from services.portal.domain.sections import SECTIONS
from services.portal.domain.sections.coordination import Coordination
from services.portal.domain.sections.minutes import MinutesOfCase
from services.portal.domain.sections.plan import Plan
from services.portal.domain.sections.tasks import TasksOfCase
from services.portal.domain.tasks import tasks
from services.portal.neighbours import Opened
from services.portal.page import Page, ThePage
from services.portal.pages.sharing.asking import stopped_in
from services.portal.registrations import Marked, has_way, marks_of
from services.portal.rendering import TEMPLATES
from services.portal.repository import Happened, history_of
from services.portal.sentences import detail, plain

routes = APIRouter(include_in_schema=False)
IN_THE_HISTORY = 80
FIRST_SECTIONS = ("plan", "tasks", "guardians", "coordination", "evaluations", "sharing", "corrections")
"""The order of the sections of other modules on the page; those that are not named come after."""


@routes.get("/saker/{case_id}")
def case(page: ThePage, case_id: str) -> Response:
    """The case, in references and codes; the youth's name when the gate lets a list show it."""
    return show_case(page, page.case(case_id))


@routes.post("/saker/{case_id}/apne")
def open_case(page: ThePage, case_id: str) -> Response:
    """The case with what the gate hands out now; the asking is recorded, whatever the answer."""
    view = page.case(case_id)
    try:
        return show_case(page, view, opened=page.neighbours.open(case_id, page.actor))
    except Refused as error:
        return show_case(page, view, refused=error)


def show_case(
    page: Page, view: CaseView, *, opened: Opened | None = None, refused: Refused | None = None
) -> Response:
    """The page of a case."""
    visitor, situation = page.person(), page.situation(view)
    texts = [str(item["ref"]) for item in opened.shown] if opened else []
    reader = Reader(leads=permitted(Who.LEAD, situation), agency=visitor.agency, opened=texts)
    names, _ = page.neighbours.names_if_any([view.case_id], page.actor)

    def look(rows: Rows) -> tuple[list[Happened], Mapping[str, Marked]]:
        lines = history_of(rows, view.case_id, limit=IN_THE_HISTORY)
        return [one for one in lines if not only_a_list(one)], marks_of(rows, view.case_id)

    history, marks = page.read(look)

    return page.show(
        "case.html",
        status=refused.status if refused else 200,
        view=view,
        contract=view.contract,
        case_status=view.status_on(page.moment.today),
        name=names.get(view.case_id),
        may={who.name: permitted(who, situation) for who in Who},
        way_to=partial(way_to, BY_SLUG, situation),
        stopped=stopped_in(page, view),
        todo=tasks(view, now=page.moment.decided_at),
        opened=opened,
        told_in_place=told_in_place(view),
        refusal=page.t.of(refused.sentence) if refused else None,
        people=situation.people,
        areas=offers(FORMS, situation),
        sections=section_templates(),
        situation=situation,
        history=[one for one in history if not others_note(view, one, visitor.person_id)],
        marks=marks,
        has_way=has_way,
        items=view.items_for(visitor.person_id),
        plain=plain,
        detail=reader.without_kinds(detail),
        reader=reader,
    )


@cache
def section_templates() -> list[str]:
    """The templates of the sections that have one, in the order of the page."""
    order = [*FIRST_SECTIONS, *(name for name in SECTIONS if name not in FIRST_SECTIONS)]
    found = [f"sections/{name}.html" for name in order if name in SECTIONS]
    return [template for template in found if (TEMPLATES / template).exists()]


def told_in_place(view: CaseView) -> frozenset[str]:
    """References whose text the page shows where it belongs: goals, meetings, deviations."""
    refs = [ref for contract in view.contracts for ref in contract.goal_refs]
    refs += [
        ref
        for meeting in view.meetings
        for ref in (meeting.place_ref, meeting.agenda_ref, meeting.looked_back_ref)
        if ref
    ]
    refs += [clause.text_ref for contract in view.contracts for clause in contract.clauses if clause.text_ref]
    refs += [
        ref
        for meeting in view.meetings
        for item in meeting.items
        for ref in (item.text_ref, item.settled_ref)
        if ref
    ]
    refs += [task.text_ref for task in view.section(TasksOfCase).tasks if task.text_ref]
    for minutes in view.section(MinutesOfCase).minutes:
        refs += [*minutes.draft_refs, *(ref for version in minutes.versions for ref in version.text_refs)]
        refs += [comment.text_ref for comment in minutes.comments]
    refs += [ref for ref in (view.section(Coordination).plan_ref, view.hand_over_ref) if ref]
    refs += [ref for one in view.deviations for ref in (one.text_ref, one.account_ref) if ref]
    return frozenset([*refs, *told_in_plan(view.section(Plan))])


def told_in_plan(plan: Plan) -> list[str]:
    """References whose text the section of the youth plan shows."""
    texts = [measure.text_ref for version in plan.versions for measure in version.measures]
    return [*plan.goal_refs, *(ref for ref in (plan.decision_ref, *texts) if ref)]


def only_a_list(happened: Happened) -> bool:
    """True for a name shown in a list: that stands in the log, and would drown everything else here."""
    return happened.type == OpeningDecided.type and happened.said.get("purpose") == Purpose.CASE_LIST


def others_note(view: CaseView, happened: Happened, person_id: str) -> bool:
    """True for the line that tells of somebody else's private note."""
    if happened.type != InformationRecorded.type:
        return False
    item = view.item(str(happened.said.get("ref")))
    return item is not None and item.private_to_others_than(person_id)
