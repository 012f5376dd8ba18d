"""Register a sanction: ungdomsoppfølging or ungdomsstraff, with its decision. Names and texts to the vault first, then one command."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import Category, Programme, Role
from schemas.sanction_codes import ImposedBy
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.registration import (
    FAMILY_FIELDS,
    Family,
    family_of,
    lay_down,
    members_of,
    offered,
    own_municipality,
    references,
)
from services.portal.pages.same_youth import answered, ask_about
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
PROGRAMMES = [Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY]
FIELDS = {**FAMILY_FIELDS, "months": "months", "decision_ref": "decision"}


@routes.get("/ny-ungdomssak")
def new_sanction(page: ThePage) -> Response:
    """The empty form."""
    page.person(Role.YOUTH_COORDINATOR)
    return _form_page(page, page.form({"programme": Programme.YOUTH_FOLLOW_UP, "days": "0"}))


@routes.post("/ny-ungdomssak")
def register(page: ThePage, fields: TheFields) -> Response:
    """Register the sanction, once however often the form is sent."""
    page.person(Role.YOUTH_COORDINATOR)
    form = page.form(fields)
    family, body = family_of(form), {**_read(page, form), **answered(form)}
    if form.ok:
        try:
            answer = _register(page, form, family, body)
            return page.go(f"/saker/{answer['case_id']}", "ungdomssak", answer=answer)
        except Refused as error:
            ask_about(page, form, error, *references(page, form))
            form.refused(error, FIELDS)
    return _form_page(page, form, status=422)


def _read(page: Page, form: Form) -> dict[str, Any]:
    body = {
        "programme": form.choice("programme", Programme, N_("Velg hva slags reaksjon det er.")),
        "municipality_no": own_municipality(page, form),
        "imposed_by": form.choice("imposed_by", ImposedBy, N_("Velg hvem som har bestemt reaksjonen.")),
        "decided_on": form.day("decided_on", N_("Oppgi datoen for avgjørelsen.")).isoformat(),
        "offence_on": form.day("offence_on", N_("Oppgi når lovbruddet ble gjort.")).isoformat(),
        "months": form.number("months", N_("Skriv hvor mange måneder avgjørelsen sier."), least=0, most=36),
        "days": _days(form),
        "fast_track": form.value("fast_track") == "ja",
        "members": members_of(page, form),
    }
    form.text("decision", None)
    return body


def _days(form: Form) -> int:
    typed = N_("Skriv hvor mange dager avgjørelsen sier i tillegg, eller 0.")
    return form.number("days", typed, least=0, most=1100) if form.value("days") else 0


def _register(page: Page, form: Form, family: Family, body: dict[str, Any]) -> dict[str, Any]:
    me = page.person().person_id
    laid = lay_down(page, form, family)
    command = {
        "case_id": laid.case_id,
        "plan_id": form.derived(me, "plan"),
        "youth_id": laid.youth_id,
        "guardian_ids": laid.guardian_ids,
        "identity_refs": laid.identity_refs,
        **body,
    }
    if form.value("decision"):
        command["decision_ref"] = page.lay(
            form,
            "decision",
            content=form.value("decision"),
            case_id=laid.case_id,
            about_id=laid.youth_id,
            category=Category.CRIMINAL_OFFENCE,
        )
    answer: dict[str, Any] = page.neighbours.calls.post(
        "contracts", "/sanctions", actor=page.actor, body=command, key=form.key
    )
    return answer


def _form_page(page: Page, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "sanction_new.html",
        status=status,
        form=form,
        **offered(page),
        programmes=PROGRAMMES,
        bodies=list(ImposedBy),
    )
