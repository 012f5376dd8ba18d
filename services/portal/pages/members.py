"""The network group: the duty of secrecy, and who comes in."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import Function
from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.neighbours import Colleague
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_, SECRECY_TEXT

routes = APIRouter(include_in_schema=False)
FUNCTIONS = [
    Function.SUPPORT_OWNER,
    Function.CONTROL_OWNER,
    Function.CONTACT_PERSON,
    Function.SECRETARY,
    Function.DEPUTY,
    Function.ADVISER,
    Function.MENTOR,
    Function.CHILD_COORDINATOR,
    Function.OBSERVER,
]


@routes.get("/saker/{case_id}/taushetsplikt")
def secrecy(page: ThePage, case_id: str) -> Response:
    """The declaration that comes before anything is read."""
    return page.show("secrecy.html", view=page.case_to_declare(case_id), form=page.form())


@routes.post("/saker/{case_id}/taushetsplikt")
def declare_secrecy(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Declare that one knows the duty of secrecy."""
    view, form = page.case_to_declare(case_id), page.form(fields)
    if form.value("lest") != "ja":
        form.wrong("lest", page.t("Kryss av for at du har lest og forstått teksten."))
    if form.ok:
        try:
            body = {"text_version": SECRECY_TEXT}
            path = f"/cases/{case_id}/secrecy-declarations"
            answer = page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/saker/{case_id}", "taushet", answer=answer)
        except Refused as error:
            form.refused(error)
    return page.show("secrecy.html", status=422, view=view, form=form)


@routes.get("/saker/{case_id}/medlem/nytt")
def new_member(page: ThePage, case_id: str) -> Response:
    """The form for somebody who comes in."""
    return _member_form(page, page.case_for(Who.LEADING, case_id), page.form())


@routes.post("/saker/{case_id}/medlem/nytt")
def add_member(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Take somebody into the network group."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    people = page.neighbours.colleagues()
    colleague = people.get(form.value("person_id"))
    if colleague is None:
        form.wrong("person_id", page.t("Velg hvem som skal inn i gruppen."))
    function = form.choice("function", Function, N_("Velg hva personen skal gjøre i gruppen."))
    if form.ok and colleague is not None:
        body = {"person_id": colleague.person_id, "agency": colleague.agency, "function": function}
        try:
            answer = page.neighbours.calls.post(
                "network", f"/cases/{case_id}/members", actor=page.actor, body=body, key=form.key
            )
            return page.go(f"/saker/{case_id}", "medlem-inn", answer=answer)
        except Refused as error:
            form.refused(error)
    return _member_form(page, view, form, status=422)


def _member_form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    people = page.neighbours.colleagues_if_any()
    outside = {
        key: person for key, person in people.items() if view.member(key) is None and person.joins_groups
    }
    return page.show(
        "member.html", status=status, view=view, form=form, outside=by_name(outside), functions=FUNCTIONS
    )


def by_name(people: Mapping[str, Colleague]) -> list[Colleague]:
    """People by agency and name."""
    return sorted(people.values(), key=lambda person: (person.agency, person.name or ""))
