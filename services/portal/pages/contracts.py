"""Register a contract: names and texts to the vault first, then one command; and register the signatures on it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import COORDINATORS, Category, Programme, Reason, SigningMethod
from schemas.register_codes import EvaluationMeasure
from services.portal.domain.case_view import CaseView, Signature
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.referrals import one_of_mine
from services.portal.pages.registration import (
    FAMILY_FIELDS,
    Family,
    family_of,
    lay_down,
    members_of,
    offered,
    own_municipality,
)
from services.portal.rendering import rendered
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
MONTHS = 6
PROGRAMMES = [Programme.FA_YOUTH_CONTRACT, Programme.FA_SUBSTANCE_CONTRACT]
METHODS = [SigningMethod.PAPER, SigningMethod.ORAL_IN_MEETING]
FIELDS = {
    **FAMILY_FIELDS,
    "goal_refs": "goal1",
    "evaluation": "measure1",
}
"""Where a service's field stands on the form."""


class Filled(NamedTuple):
    """The form, read."""

    programme: Programme
    municipality_no: str
    family: Family
    reason: Reason
    goals: list[str]
    measures: list[EvaluationMeasure]
    evaluated_on: tuple[date | None, date | None]
    starts_on: date
    members: list[dict[str, str]]


@routes.get("/ny-kontrakt")
def new_contract(page: ThePage) -> Response:
    """The empty form."""
    page.person(*COORDINATORS)
    proposed = {
        "starts_on": page.moment.today.isoformat(),
        "programme": Programme.FA_YOUTH_CONTRACT,
        "measure1": EvaluationMeasure.YOUTHS_OWN_VIEW,
        "measure2": EvaluationMeasure.YOUTHS_OWN_VIEW,
    }
    return _form_page(page, page.form(proposed))


@routes.get("/ny-kontrakt/sluttdato")
def end_date(page: ThePage, starts_on: str = "") -> Response:
    """The end date that follows from a start date, to be shown while the form is filled in."""
    page.person(*COORDINATORS)
    return rendered("parts/end_date.html", page.language, ends_on=ends_on(starts_on))


@routes.get("/ny-kontrakt/{referral_id}")
def from_referral(page: ThePage, referral_id: str) -> Response:
    """The form with what the referral has told already; opening its identity is recorded."""
    page.person(*COORDINATORS)
    found = one_of_mine(page, referral_id)
    told = page.neighbours.open(found["case_id"], page.actor)
    identity: dict[str, str] = next((i["content"] for i in told.shown if "birth_on" in i["content"]), {})
    proposed = {
        "starts_on": page.moment.today.isoformat(),
        "programme": Programme.FA_YOUTH_CONTRACT,
        "measure1": EvaluationMeasure.YOUTHS_OWN_VIEW,
        "measure2": EvaluationMeasure.YOUTHS_OWN_VIEW,
        "municipality_no": found["municipality_no"],
        "referral_id": referral_id,
        "youth_name": identity.get("name", ""),
        "youth_birth_on": identity.get("birth_on", ""),
        "youth_national_id": identity.get("national_id", ""),
    }
    return _form_page(page, page.form(proposed))


@routes.post("/ny-kontrakt")
def register(page: ThePage, fields: TheFields) -> Response:
    """Register the contract, once however often the form is sent."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    filled = read(page, form)
    if form.ok:
        try:
            answer = _register(page, form, filled)
            return page.go(f"/saker/{answer['case_id']}", "kontrakt", answer=answer)
        except Refused as error:
            form.refused(error, FIELDS)
    return _form_page(page, form, status=422)


def _register(page: Page, form: Form, filled: Filled) -> dict[str, Any]:
    me = page.person().person_id
    laid = lay_down(page, form, filled.family)
    goal_refs = []
    for place, goal in enumerate(filled.goals, start=1):
        ref = form.derived(me, f"goal{place}")
        page.neighbours.deposit(
            ref=ref,
            case_id=laid.case_id,
            about_id=laid.youth_id,
            category=Category.CASE_STATUS,
            content={"text": goal},
            kind="TEXT",
            actor=page.actor,
        )
        goal_refs.append(ref)
    body = {
        "case_id": laid.case_id,
        "contract_id": form.derived(me, "contract"),
        "programme": filled.programme,
        "municipality_no": filled.municipality_no,
        "youth_id": laid.youth_id,
        "guardian_ids": laid.guardian_ids,
        "reason": filled.reason,
        "starts_on": filled.starts_on.isoformat(),
        "goal_refs": goal_refs,
        "identity_refs": laid.identity_refs,
        "members": filled.members,
        "evaluation": evaluation_plan(filled, goal_refs),
    }
    answer: dict[str, Any] = page.neighbours.calls.post(
        "contracts", "/contracts", actor=page.actor, body=body, key=form.key
    )
    return answer


def read(page: Page, form: Form) -> Filled:
    """Read the form; what is wrong is noted in it."""
    return Filled(
        programme=form.choice("programme", Programme, N_("Velg hva slags kontrakt det er.")),
        municipality_no=own_municipality(page, form),
        family=family_of(form),
        reason=form.choice("reason", Reason, N_("Velg grunnen til at ungdommen får tilbud om kontrakt.")),
        goals=[
            form.text("goal1", N_("Skriv det første målet.")),
            form.text("goal2", N_("Skriv det andre målet.")),
        ],
        measures=[
            form.choice("measure1", EvaluationMeasure, N_("Velg hvordan det første målet skal vurderes.")),
            form.choice("measure2", EvaluationMeasure, N_("Velg hvordan det andre målet skal vurderes.")),
        ],
        evaluated_on=(_if_any(form, "midway_on"), _if_any(form, "end_on")),
        starts_on=form.day("starts_on", N_("Oppgi når kontrakten skal starte.")),
        members=members_of(page, form),
    )


def _if_any(form: Form, name: str) -> date | None:
    return form.day(name, N_("Skriv datoen på nytt, eller la feltet stå tomt.")) if form.value(name) else None


def evaluation_plan(filled: Filled, goal_refs: list[str]) -> dict[str, Any]:
    """How each goal is measured and when; days left out follow from the contract's own."""
    measures = [
        {"goal_ref": ref, "measure": measure} for ref, measure in zip(goal_refs, filled.measures, strict=True)
    ]
    midway_on, end_on = filled.evaluated_on
    return {
        "measures": measures,
        "midway_on": midway_on and midway_on.isoformat(),
        "end_on": end_on and end_on.isoformat(),
    }


def _form_page(page: Page, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "contract_new.html",
        status=status,
        form=form,
        **offered(page),
        reasons=list(Reason),
        programmes=PROGRAMMES,
        measures=list(EvaluationMeasure),
        ends_on=ends_on(form.value("starts_on")),
    )


def ends_on(starts_on: str) -> date | None:
    """Six calendar months after a date, clamped to the month's last day; None for what is no date."""
    try:
        return date.fromisoformat(starts_on) + relativedelta(months=MONTHS)
    except (ValueError, OverflowError):
        return None


@routes.get("/saker/{case_id}/underskrift/{person_id}")
def signature(page: ThePage, case_id: str, person_id: str) -> Response:
    """The form for one person's signature."""
    view = page.led_case(case_id)
    form = page.form({"signed_on": page.moment.today.isoformat(), "method": SigningMethod.PAPER})
    return _signature_page(page, view, _signer(view, person_id), form)


@routes.post("/saker/{case_id}/underskrift/{person_id}")
def sign(page: ThePage, case_id: str, person_id: str, fields: TheFields) -> Response:
    """Register one person's signature."""
    view, form = page.led_case(case_id), page.form(fields)
    signer = _signer(view, person_id)
    method = form.choice("method", SigningMethod, N_("Velg hvordan det ble skrevet under."))
    signed_on = form.day("signed_on", N_("Oppgi når det ble skrevet under."))
    if form.ok and view.contract is not None:
        body = {
            "person_id": person_id,
            "role": signer.role,
            "method": method,
            "signed_on": signed_on.isoformat(),
            "seen_version": _seen(form),
        }
        path = f"/contracts/{view.contract.contract_id}/signatures"
        try:
            answer = page.neighbours.calls.post("contracts", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/saker/{case_id}", "underskrift", answer=answer)
        except Refused as error:
            form.refused(error)
    return _signature_page(page, view, signer, form, status=422)


def _seen(form: Form) -> int | None:
    seen = form.value("seen_version")
    return int(seen) if seen.isdigit() else None


def _signer(view: CaseView, person_id: str) -> Signature:
    contract = view.contract
    found = (
        None if contract is None else next((s for s in contract.signatures if s.person_id == person_id), None)
    )
    if found is None:
        raise NotFound("NO_SUCH_SIGNER", NO_SUCH_PAGE)
    return found


def _signature_page(
    page: Page, view: CaseView, signer: Signature, form: Form, *, status: int = 200
) -> Response:
    return page.show(
        "signature.html",
        status=status,
        view=view,
        contract=view.contract,
        signer=signer,
        form=form,
        methods=METHODS,
    )
