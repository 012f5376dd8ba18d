"""Mediation records, for their mediator alone; nobody else sees that they exist, and no case page links to them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import COORDINATORS, Category, MediationOutcome, MediationParty, SigningMethod
from services.portal.case_forms.contract import METHODS
from services.portal.command_form import Who
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


@routes.get("/mekling")
def mediations(page: ThePage) -> Response:
    """The records that the visitor mediates."""
    page.person(*COORDINATORS)
    found = page.neighbours.calls.get("network", "/mediations", actor=page.actor)
    return page.show("mediations.html", mediations=found)


@routes.get("/saker/{case_id}/mekling/ny")
def new_mediation(page: ThePage, case_id: str) -> Response:
    """The form that opens a record."""
    return page.show("mediation_new.html", view=page.case_for(Who.LEADING, case_id), form=page.form())


@routes.post("/saker/{case_id}/mekling/ny")
def open_mediation(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Open a record beside the case, with oneself as mediator."""
    view, form = page.case_for(Who.LEADING, case_id), page.form(fields)
    mediation_id = form.derived(page.person().person_id, "mediation")
    try:
        page.neighbours.calls.post(
            "network",
            f"/cases/{case_id}/mediations",
            actor=page.actor,
            body={"mediation_id": mediation_id},
            key=form.key,
        )
        return page.go(f"/mekling/{mediation_id}", "mekling")
    except Refused as error:
        form.refused(error)
    return page.show("mediation_new.html", status=422, view=view, form=form)


@routes.get("/mekling/{mediation_id}")
def mediation(page: ThePage, mediation_id: str) -> Response:
    """One record: who the parties are to each other, and what they have said; names only when one asks."""
    return _show(page, mediation_id, page.form())


@routes.post("/mekling/{mediation_id}/apne")
def open_names(page: ThePage, mediation_id: str) -> Response:
    """The same with what the gate hands out; the asking is recorded in the record's own stream."""
    return _show(page, mediation_id, page.form(), opens=True)


@routes.post("/mekling/{mediation_id}/part")
def add_party(page: ThePage, mediation_id: str, fields: TheFields) -> Response:
    """Enter a victim, or somebody who comes with them: the name goes to the record's part of the vault."""
    form = page.form(fields)
    name = form.text("name", N_("Skriv navnet."), longest=200)
    party = form.choice("party", MediationParty, N_("Velg hvem det er."))
    if form.ok:
        party_id = form.derived(page.person().person_id, "party")
        try:
            name_ref = page.lay(
                form,
                "name",
                content={"name": name},
                case_id=mediation_id,
                about_id=party_id,
                category=Category.VICTIM_INFO,
            )
            body = {"party_id": party_id, "party": party, "name_ref": name_ref}
            return _sent(page, mediation_id, form, "parties", body)
        except Refused as error:
            form.refused(error)
    return _show(page, mediation_id, form, status=422)


@routes.post("/mekling/{mediation_id}/part/{party_id}/svar")
def answer(page: ThePage, mediation_id: str, party_id: str, fields: TheFields) -> Response:
    """What a victim says to meeting."""
    form = page.form(fields)
    says = form.value("says")
    if says not in ("ja", "nei"):
        form.wrong("says", page.t("Velg ja eller nei."))
    method = form.choice("method", SigningMethod, N_("Velg hvordan svaret ble gitt."))
    if form.ok:
        body = {
            "says_yes": says == "ja",
            "method": method,
            "given_on": page.moment.today.isoformat(),
        }
        try:
            return _sent(page, mediation_id, form, f"parties/{party_id}/answer", body)
        except Refused as error:
            form.refused(error)
    return _show(page, mediation_id, form, status=422)


@routes.post("/mekling/{mediation_id}/avslutt")
def close(page: ThePage, mediation_id: str, fields: TheFields) -> Response:
    """The mediation is over; the agreement lies in the record's own part of the vault."""
    form = page.form(fields)
    outcome = form.choice("outcome", MediationOutcome, N_("Velg hva som kom ut av meklingen."))
    text = form.text("agreement", None, longest=8000)
    if form.ok:
        body: dict[str, Any] = {"outcome": outcome}
        try:
            if text:
                body["text_ref"] = page.lay(
                    form,
                    "agreement",
                    content=text,
                    case_id=mediation_id,
                    about_id=mediation_id,
                    category=Category.VICTIM_INFO,
                )
            return _sent(page, mediation_id, form, "closed", body)
        except Refused as error:
            form.refused(error)
    return _show(page, mediation_id, form, status=422)


def _sent(page: Page, mediation_id: str, form: Form, way: str, body: dict[str, Any]) -> Response:
    path = f"/mediations/{mediation_id}/{way}"
    page.neighbours.calls.post("network", path, actor=page.actor, body=body, key=form.key)
    return page.go(f"/mekling/{mediation_id}", "mekling-lagret")


def _show(page: Page, mediation_id: str, form: Form, *, status: int = 200, opens: bool = False) -> Response:
    page.person(*COORDINATORS)
    found = page.neighbours.calls.get("network", f"/mediations/{mediation_id}", actor=page.actor)
    opened = page.neighbours.open(mediation_id, page.actor) if opens else None
    return page.show(
        "mediation.html",
        status=status,
        mediation=found,
        opened=opened,
        form=form,
        parties=list(MediationParty),
        outcomes=list(MediationOutcome),
        methods=METHODS,
        party_codes={code.value: code for code in MediationParty},
        outcome_codes={code.value: code for code in MediationOutcome},
    )
