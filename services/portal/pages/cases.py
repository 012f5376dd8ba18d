"""Lists over cases: those the visitor may see, and their deadlines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from backbone.rows import Rows
from schemas.codes import STAFF
from services.portal.domain.case_view import CaseView, Status
from services.portal.domain.sections.tasks import TasksOfCase
from services.portal.domain.tasks import tasks
from services.portal.page import Page, ThePage
from services.portal.repository import Sought, cases_within
from services.portal.words import MUNICIPALITIES

routes = APIRouter(include_in_schema=False)
ON_A_PAGE = 25
IN_THE_DEADLINE_LIST = 500


@routes.get("/saker")
def my_cases(
    page: ThePage, status: str = "", kommune: str = "", side: Annotated[int, Query(ge=1, le=1000)] = 1
) -> Response:
    """The visitor's cases: what they must declare, then the first deadline first, and the closed last."""
    me = page.person(*STAFF).person_id
    sought = Sought(
        Status(status) if status in set(Status) else None, kommune if kommune in MUNICIPALITIES else None
    )
    views, count = _within(page, sought, limit=ON_A_PAGE, skip=(side - 1) * ON_A_PAGE)
    shown = [view.case_id for view in views if not view.must_declare(me)]
    names, answered = page.neighbours.names_if_any(shown, page.actor)
    todo = {view.case_id: tasks(view, now=page.moment.decided_at) for view in views}
    return page.show(
        "cases.html",
        views=views,
        count=count,
        names=names,
        answered=answered,
        todo=todo,
        own_tasks={
            view.case_id: sum(task.owner_id == me for task in view.section(TasksOfCase).waiting)
            for view in views
        },
        sought=sought,
        statuses=list(Status),
        municipalities=MUNICIPALITIES,
        side=side,
        sides=max(1, -(-count // ON_A_PAGE)),
    )


@routes.get("/frister")
def deadlines(page: ThePage) -> Response:
    """Every deadline that waits, in the visitor's cases: their own, then other people's, each with the first due first."""
    page.person(*STAFF)
    views, _ = _within(page, Sought(declared=True), limit=IN_THE_DEADLINE_LIST)
    waiting = sorted(
        ((deadline, view) for view in views for deadline in view.waiting_deadlines),
        key=lambda pair: (pair[0].due_on, pair[1].case_id),
    )
    mine = [pair for pair in waiting if pair[0].owner_id == page.person().person_id]
    others = [pair for pair in waiting if pair[0].owner_id != page.person().person_id]
    names, answered = page.neighbours.names_if_any({view.case_id for _, view in waiting}, page.actor)
    return page.show(
        "deadlines.html",
        mine=mine,
        others=others,
        names=names,
        answered=answered,
        people=page.neighbours.colleagues_if_any(),
    )


def _within(page: Page, sought: Sought, *, limit: int, skip: int = 0) -> tuple[list[CaseView], int]:
    reach = page.person().reach

    def look(rows: Rows) -> tuple[list[CaseView], int]:
        return cases_within(rows, reach, sought=sought, today=page.moment.today, limit=limit, skip=skip)

    found: tuple[list[CaseView], int] = page.read(look)
    return found
