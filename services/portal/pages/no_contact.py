"""Two youths who are not to meet: said by whoever leads both groups. Neither case tells which the other is."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.repository import Sought, cases_within

routes = APIRouter(include_in_schema=False)
AT_MOST = 500
WAYS = {"SET": ("no-contact", "ikke-motes"), "LIFT": ("no-contact/lifted", "kan-motes")}


@routes.get("/saker/{case_id}/ikke-motes")
def no_contact(page: ThePage, case_id: str) -> Response:
    """The form."""
    return _form(page, page.case_for(Who.LEADING, case_id), page.form())


@routes.post("/saker/{case_id}/ikke-motes")
def bar_or_lift(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Bar contact between the youths of two cases, or let them meet again."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    other, does = form.value("other_case_id"), form.value("does")
    if other not in {one.case_id for one in _others(page, view)}:
        form.wrong("other_case_id", page.t("Velg hvilken sak det gjelder."))
    if does not in WAYS:
        form.wrong("does", page.t("Velg hva som skal gjelde."))
    if form.ok:
        way, note = WAYS[does]
        try:
            answer = page.neighbours.calls.post(
                "network",
                f"/cases/{case_id}/{way}",
                actor=page.actor,
                body={"other_case_id": other},
                key=form.key,
            )
            return page.go(f"/saker/{case_id}", note, answer=answer)
        except Refused as error:
            form.refused(error)
    return _form(page, view, form, status=422)


def _others(page: Page, view: CaseView) -> list[CaseView]:
    """The other cases that the visitor leads."""
    me, reach = page.person().person_id, page.person().reach
    everything, today = Sought(declared=True), page.moment.today
    found, _ = page.read(
        lambda rows: cases_within(rows, reach, sought=everything, today=today, limit=AT_MOST)
    )
    return [one for one in found if one.lead_id == me and one.case_id != view.case_id and not one.closed_on]


def _form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    others = _others(page, view)
    names, _ = page.neighbours.names_if_any([one.case_id for one in others], page.actor)
    return page.show(
        "no_contact.html",
        status=status,
        view=view,
        form=form,
        others=[(one.case_id, names.get(one.case_id, one.case_id[:8])) for one in others],
    )
