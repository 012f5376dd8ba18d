"""The visitor's own tasks in every case, and for those who lead what is overdue in theirs."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from backbone.rows import Rows
from schemas.codes import STAFF
from services.portal.domain.case_view import CaseView
from services.portal.domain.sections.tasks import CaseTask, TasksOfCase
from services.portal.page import Page, ThePage
from services.portal.repository import Sought, cases_within

routes = APIRouter(include_in_schema=False)
CASES = 500


class Mine(NamedTuple):
    """A task and its case."""

    task: CaseTask
    view: CaseView


@routes.get("/oppgaver")
def my_tasks(page: ThePage) -> Response:
    """What the visitor has taken on, the first due first; and what is overdue where they lead."""
    visitor = page.person(*STAFF)
    views = _views(page)
    waiting = [Mine(task, view) for view in views for task in view.section(TasksOfCase).waiting]
    waiting.sort(key=lambda one: (one.task.due_on, one.view.case_id))
    own = [one for one in waiting if one.task.owner_id == visitor.person_id]
    overdue = [
        one
        for one in waiting
        if one.view.lead_id == visitor.person_id
        and one.task.owner_id != visitor.person_id
        and one.task.overdue(page.moment.today)
    ]
    cases = {one.view.case_id for one in (*own, *overdue)}
    names, _ = page.neighbours.names_if_any(cases, page.actor)
    return page.show(
        "my_tasks.html",
        own=own,
        overdue=overdue,
        names=names,
        people=page.neighbours.colleagues_if_any(),
    )


def _views(page: Page) -> list[CaseView]:
    reach = page.person().reach

    def look(rows: Rows) -> list[CaseView]:
        found, _ = cases_within(
            rows, reach, sought=Sought(declared=True), today=page.moment.today, limit=CASES
        )
        return [view for view in found if view.closed_on is None]

    found: list[CaseView] = page.read(look)
    return found
