"""Register a contract: names and texts to the vault first, then one command."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import COORDINATORS, Programme, Reason
from services.portal import first_contract
from services.portal.domain.case_view import CaseView
from services.portal.first_contract import CLAUSES, YOUTH, Agreed, agreed_in
from services.portal.form_fields import Reading, Situation
from services.portal.forms import Form
from services.portal.local_offers import LocalOffers
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.case_forms import beside, lay_texts, row_places
from services.portal.pages.referrals import one_of_mine
from services.portal.pages.registers import offers_of
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
from services.portal.rendering import rendered
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
MONTHS = 6
PROGRAMMES = [Programme.FA_YOUTH_CONTRACT, Programme.FA_SUBSTANCE_CONTRACT]
FIELDS = {
    **FAMILY_FIELDS,
    "goal_refs": "own_goals",
    "own_goal_refs": "own_goals",
    "evaluation": "own_goals",
    "clauses": "clauses",
}
"""Where a service's field stands on the form."""


class Filled(NamedTuple):
    """The form, read."""

    programme: Programme
    municipality_no: str
    family: Family
    reason: Reason
    agreed: Agreed
    evaluated_on: tuple[date | None, date | None]
    starts_on: date
    members: list[dict[str, str]]


@routes.get("/ny-kontrakt")
def new_contract(page: ThePage) -> Response:
    """The empty form."""
    page.person(*COORDINATORS)
    return _open(page)


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
    return _open(
        page,
        municipality_no=found["municipality_no"],
        referral_id=referral_id,
        youth_name=identity.get("name", ""),
        youth_birth_on=identity.get("birth_on", ""),
        youth_national_id=identity.get("national_id", ""),
    )


def _open(page: Page, **known: str) -> Response:
    usual = {"starts_on": page.moment.today.isoformat(), "programme": Programme.FA_YOUTH_CONTRACT}
    situation = _situation(page, page.form())
    pairs: list[tuple[str, str | UploadFile]] = [
        pair for one in first_contract.FIELDS for pair in one.proposes(situation, one.name)
    ]
    return _form_page(page, page.form(FormData([*{**usual, **known}.items(), *pairs])))


@routes.post("/ny-kontrakt")
def register(page: ThePage, fields: TheFields) -> Response:
    """Register the contract, once however often the form is sent."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    reading = Reading(form, _situation(page, form))
    filled = read(page, reading)
    answered(form)
    if form.ok:
        try:
            answer = _register(page, reading, filled)
            return page.go(f"/saker/{answer['case_id']}", "kontrakt", answer=answer)
        except Refused as error:
            ask_about(page, form, error, *references(page, form))
            rows = row_places(reading, [(CLAUSES, filled.agreed.clauses)])
            name = error.field or ""
            form.refused(error, {**FIELDS, name: beside(name, rows) or FIELDS.get(name.split(".")[0], name)})
    return _form_page(page, form, status=422)


def _situation(page: Page, form: Form) -> Situation:
    """Who stands before a case that is not there yet."""
    visitor = page.person()
    case_id, youth_id = references(page, form)

    def registers() -> list[dict[str, Any]]:
        there = (one for number in visitor.municipality_nos for one in offers_of(page, number))
        return [one for one in there if one["status"] == "OPEN"]

    return Situation(
        view=CaseView(case_id=case_id, youth_id=youth_id),
        visitor=visitor,
        people=page.neighbours.colleagues_if_any(),
        t=page.t,
        now=page.moment.decided_at,
        offers=LocalOffers(fitting=registers),
    )


def _register(page: Page, reading: Reading, filled: Filled) -> dict[str, Any]:
    me, form = page.person().person_id, reading.form
    laid = lay_down(page, form, filled.family)
    lay_texts(page, reading)
    family = {YOUTH: laid.youth_id, **dict(zip(_guardians(filled), laid.guardian_ids, strict=True))}
    body = {
        "case_id": laid.case_id,
        "contract_id": form.derived(me, "contract"),
        "programme": filled.programme,
        "municipality_no": filled.municipality_no,
        "youth_id": laid.youth_id,
        "guardian_ids": laid.guardian_ids,
        "reason": filled.reason,
        "starts_on": filled.starts_on.isoformat(),
        "identity_refs": laid.identity_refs,
        "members": filled.members,
        **filled.agreed.body(family),
        "evaluation": evaluation_plan(filled),
        **answered(form),
    }
    answer: dict[str, Any] = page.neighbours.calls.post(
        "contracts", "/contracts", actor=page.actor, body=body, key=form.key
    )
    return answer


def read(page: Page, reading: Reading) -> Filled:
    """Read the form; what is wrong is noted in it."""
    form = reading.form
    family, members = family_of(form), members_of(page, form)
    guardians = [one.place for one in family.guardians]
    return Filled(
        programme=form.choice("programme", Programme, N_("Velg hva slags kontrakt det er.")),
        municipality_no=own_municipality(page, form),
        family=family,
        reason=form.choice("reason", Reason, N_("Velg grunnen til at ungdommen får tilbud om kontrakt.")),
        agreed=agreed_in(reading, guardians=guardians, members=[one["person_id"] for one in members]),
        evaluated_on=(_if_any(form, "midway_on"), _if_any(form, "end_on")),
        starts_on=form.day("starts_on", N_("Oppgi når kontrakten skal starte.")),
        members=members,
    )


def _guardians(filled: Filled) -> list[str]:
    return [one.place for one in filled.family.guardians]


def _if_any(form: Form, name: str) -> date | None:
    return form.day(name, N_("Skriv datoen på nytt, eller la feltet stå tomt.")) if form.value(name) else None


def evaluation_plan(filled: Filled) -> dict[str, Any]:
    """How each goal is measured and when; days left out follow from the contract's own."""
    midway_on, end_on = filled.evaluated_on
    return {
        "measures": [{**goal} for goal in filled.agreed.goals],
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
        situation=_situation(page, form),
        goals=(first_contract.OWN_GOALS, first_contract.OTHER_GOALS),
        clauses=CLAUSES,
        ends_on=ends_on(form.value("starts_on")),
    )


def ends_on(starts_on: str) -> date | None:
    """Six calendar months after a date, clamped to the month's last day; None for what is no date."""
    try:
        return date.fromisoformat(starts_on) + relativedelta(months=MONTHS)
    except (ValueError, OverflowError):
        return None
