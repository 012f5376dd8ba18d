"""The demo clock: time moves forward for everybody, in demo mode only."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter
from sqlalchemy import func, select
from starlette.responses import Response

from backbone.refusal import NotFound
from backbone.rows import Rows, table_of
from backbone.web import NO_SUCH_PAGE
from schemas.local_time import OSLO, local_date
from services.portal.page import Page, TheFields, ThePage
from services.portal.repository import VIEWS
from services.portal.tables import CaseViewRow
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
STEPS = {"dag": timedelta(days=1), "uke": timedelta(weeks=1), "maned": timedelta(days=30)}
A_LITTLE_AFTER = timedelta(seconds=5)
LONGEST = timedelta(days=730)
CASES_LOOKED_AT = 200


@routes.get("/demoklokke")
def clock(page: ThePage) -> Response:
    """What time it is, and how to move it."""
    _only_in_demo(page)
    return page.show("demo_clock.html", form=page.form(), upcoming=_next_deadline(page))


@routes.post("/demoklokke")
def move(page: ThePage, fields: TheFields) -> Response:
    """Move time forward by a step, to the next deadline, or to a day."""
    _only_in_demo(page)
    form = page.form(fields)
    target = _target(page, form.value("steg"), form.value("dag"))
    if target is None or target <= page.moment.decided_at:
        form.wrong("dag", page.t(N_("Velg et tidspunkt som kommer etter nå. Demoklokka går bare framover.")))
    elif target > page.moment.decided_at + LONGEST:
        form.wrong("dag", page.t(N_("Det er for langt fram. Velg en dag de to neste årene.")))
    else:
        page.desk.clock.move_to(target)
        return page.go("/demoklokke", "klokke")
    return page.show("demo_clock.html", status=422, form=form, upcoming=_next_deadline(page))


def _target(page: Page, step: str, day: str) -> datetime | None:
    if step in STEPS:
        return page.moment.decided_at + STEPS[step]
    if step == "frist":
        upcoming = _next_deadline(page)
        return upcoming and upcoming + A_LITTLE_AFTER
    try:
        return datetime.combine(
            datetime.fromisoformat(day).date(), page.moment.decided_at.astimezone(OSLO).timetz()
        )
    except ValueError:
        return None


def _next_deadline(page: Page) -> datetime | None:
    """The first instant ahead at which a deadline passes, in any case."""
    now = page.moment.decided_at

    def look(rows: Rows) -> list[datetime]:
        row = table_of(CaseViewRow).c
        ahead = row.next_due_on.is_not(None)
        found = rows.query(
            select(row.case_id)
            .where(ahead)
            .order_by(func.abs(row.next_due_on - local_date(now)))
            .limit(CASES_LOOKED_AT)
        )
        ids = list(found.scalars())
        VIEWS.preload(rows, ids)
        views = [VIEWS.find(rows, case_id) for case_id in ids]
        return [d.passes_at for view in views if view for d in view.waiting_deadlines if d.passes_at > now]

    instants: list[datetime] = page.read(look)
    return min(instants, default=None)


def _only_in_demo(page: Page) -> None:
    page.person()
    if not page.desk.settings.demo or page.desk.settings.demo_clock_file is None:
        raise NotFound("NO_SUCH_PAGE", NO_SUCH_PAGE)
