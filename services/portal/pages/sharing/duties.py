"""«Jeg må handle nå»: whom to call, what one's own duties are, and afterwards a note that says that one acted, never about what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound
from backbone.rows import Rows
from backbone.web import NO_SUCH_PAGE
from schemas.codes import STAFF, DeferralGround, DutyToAct, ReportMethod
from schemas.disclosure import DutyActedOn, DutyConfirmed, DutyFeedbackReceived
from services.portal.call_first import numbers
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import asked
from services.portal.pages.sharing.disclosing import the_bases
from services.portal.pages.sharing.telling import telling
from services.portal.repository import Sought, cases_within
from services.portal.texts import N_
from services.portal.told import Told, told_within

routes = APIRouter(include_in_schema=False)
CASES_SHOWN = 100


class Act(NamedTuple):
    """Something the visitor did on a duty of their own, and what still waits for it."""

    case_id: str
    act_id: str
    duty: DutyToAct
    method: ReportMethod
    acted_on: date
    confirmed_on: date | None
    answered_on: date | None

    @property
    def wants_paper(self) -> bool:
        """True when what was said orally is not confirmed in writing yet."""
        return self.method is not ReportMethod.IN_WRITING and self.confirmed_on is None

    @property
    def wants_answer(self) -> bool:
        """True when child welfare has not answered yet."""
        return self.duty is DutyToAct.CHILD_WELFARE_REPORT and self.answered_on is None


@routes.get("/handle-na")
def act_now(page: ThePage) -> Response:
    """The numbers first, and at once: no other service is asked for anything; then the duties, and where to note what one has done."""
    return _act_now(page, _cases(page), {})


@routes.post("/handle-na/navn")
def names(page: ThePage) -> Response:
    """The same with the names of the youths, which somebody asked for: that they were shown is recorded."""
    views = _cases(page)
    found, answered = page.neighbours.names_if_any([view.case_id for view in views], page.actor)
    return _act_now(page, views, found, asked_for=True, answered=answered)


def _cases(page: Page) -> list[CaseView]:
    """The visitor's cases, the newest first."""
    visitor, today = page.person(*STAFF), page.moment.today

    def look(rows: Rows) -> list[CaseView]:
        views, _ = cases_within(
            rows, visitor.reach, sought=Sought(declared=True), today=today, limit=CASES_SHOWN
        )
        return views

    found: list[CaseView] = page.read(look)
    return sorted(found, key=lambda view: view.case_id, reverse=True)


def _act_now(
    page: Page,
    views: Sequence[CaseView],
    found: Mapping[str, str],
    *,
    asked_for: bool = False,
    answered: bool = True,
) -> Response:
    return page.show(
        "sharing/act_now.html",
        numbers=numbers(page.desk.settings.call_first_file),
        views=views,
        names=found,
        asked_for=asked_for,
        answered=answered,
        mine=[act for act in _mine(page) if act.wants_paper or act.wants_answer],
        me=None,
        path="/handle-na",
    )


@routes.get("/saker/{case_id}/handle-na")
def noting(page: ThePage, case_id: str) -> Response:
    """The note about what one has done."""
    page.person(*STAFF)
    form = page.form({"acted_on": page.moment.today.isoformat(), "method": ReportMethod.TELEPHONE})
    return _note(page, case_id, form)


@routes.post("/saker/{case_id}/handle-na")
def note(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Record that one acted; nobody approves it."""
    visitor, form = page.person(*STAFF), page.form(fields)
    body = {
        "act_id": form.derived(visitor.person_id, "act"),
        "duty": form.choice("duty", DutyToAct, N_("Velg hva du har gjort.")),
        "method": form.choice("method", ReportMethod, N_("Velg hvordan du gjorde det.")),
        "acted_on": form.day("acted_on", N_("Oppgi når du gjorde det.")).isoformat(),
        **(telling(form) if form.value("told") else {}),
    }
    if form.ok:
        answered = asked(page, form, f"/cases/{case_id}/duties", body, then="/handle-na", note="handlet")
        if answered is not None:
            return answered
    return _note(page, case_id, form, status=422)


def _note(page: Page, case_id: str, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "sharing/act_note.html",
        status=status,
        view=page.case(case_id),
        form=form,
        duties=list(DutyToAct),
        methods=list(ReportMethod),
        deferrals=list(DeferralGround),
        last_review=page.moment.today + timedelta(days=the_bases(page).longest_deferral_days),
    )


@routes.get("/saker/{case_id}/handle-na/{act_id}/{what}")
def following_up(page: ThePage, case_id: str, act_id: str, what: str) -> Response:
    """The form for the written confirmation (`bekreftet`), or for the answer of child welfare (`svar`)."""
    act = _act(page, case_id, act_id, what)
    form = page.form({"on": page.moment.today.isoformat()})
    return page.show("sharing/act_follow_up.html", view=page.case(case_id), act=act, what=what, form=form)


@routes.post("/saker/{case_id}/handle-na/{act_id}/{what}")
def follow_up(page: ThePage, case_id: str, act_id: str, what: str, fields: TheFields) -> Response:
    """Record the day."""
    act, form = _act(page, case_id, act_id, what), page.form(fields)
    on = form.day("on", N_("Oppgi dagen."))
    if form.ok:
        path = f"/cases/{case_id}/duties/{act_id}/{'confirmed' if what == 'bekreftet' else 'answered'}"
        answered = asked(page, form, path, {"on": on.isoformat()}, then="/handle-na", note="handlet")
        if answered is not None:
            return answered
    return page.show(
        "sharing/act_follow_up.html", status=422, view=page.case(case_id), act=act, what=what, form=form
    )


def _act(page: Page, case_id: str, act_id: str, what: str) -> Act:
    page.person(*STAFF)
    found = next((act for act in _mine(page) if (act.case_id, act.act_id) == (case_id, act_id)), None)
    if found is None or what not in ("bekreftet", "svar"):
        raise NotFound("NO_SUCH_ACT", NO_SUCH_PAGE)
    return found


def _mine(page: Page) -> list[Act]:
    """What the visitor has done, as the log tells it, the newest first."""
    visitor = page.person()

    def look(rows: Rows) -> list[Told]:
        return told_within(rows, visitor.reach, DutyActedOn, DutyConfirmed, DutyFeedbackReceived)

    return acts_of(page.read(look), visitor.person_id)


def acts_of(told: Sequence[Told], person_id: str) -> list[Act]:
    """One person's acts and what came after each, the newest first."""
    confirmed = {
        one.said["act_id"]: one.said["confirmed_on"] for one in told if one.type == DutyConfirmed.type
    }
    answered = {
        one.said["act_id"]: one.said["received_on"] for one in told if one.type == DutyFeedbackReceived.type
    }
    return [
        Act(
            case_id=one.case_id,
            act_id=one.said["act_id"],
            duty=DutyToAct(one.said["duty"]),
            method=ReportMethod(one.said["method"]),
            acted_on=date.fromisoformat(one.said["acted_on"]),
            confirmed_on=_day(confirmed.get(one.said["act_id"])),
            answered_on=_day(answered.get(one.said["act_id"])),
        )
        for one in reversed(told)
        if one.type == DutyActedOn.type and one.said["person_id"] == person_id
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
