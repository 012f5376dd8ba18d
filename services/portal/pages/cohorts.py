"""Cohorts of the statistics: which are closed in one's own municipalities, and what became of each three years later."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import COORDINATORS, Agency, Programme
from schemas.cohort import HAND_BACK
from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
YEARS_BACK = 8
"""How many years that are over the form offers."""
MOST = 1_000_000


@routes.get("/kohorter")
def cohorts(page: ThePage, kommune: str = "") -> Response:
    """The closed cohorts of a municipality, and the form that closes another."""
    return _all(page, kommune, page.form())


@routes.post("/kohorter")
def close(page: ThePage, fields: TheFields) -> Response:
    """Close a cohort; how many it has is counted by the service."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    number = form.value("municipality_no")
    body = {
        "municipality_no": number,
        "programme": form.choice("programme", Programme, N_("Velg hvilken oppfølging det gjelder.")),
        "period_key": form.text("period_key", N_("Velg hvilket år det gjelder."), longest=4),
    }
    if form.ok:
        try:
            made = page.neighbours.calls.post(
                "contracts", "/cohorts", actor=page.actor, body=body, key=form.key
            )
            return page.go(f"/kohorter/{made['cohort_id']}", "kohort")
        except Refused as error:
            form.refused(error)
    return _all(page, number, form, status=422)


@routes.get("/kohorter/{cohort_id}")
def cohort(page: ThePage, cohort_id: str) -> Response:
    """One cohort, with the form for its result once three years have gone."""
    return _one(page, cohort_id, page.form({"measured_on": page.moment.today.isoformat()}))


@routes.post("/kohorter/{cohort_id}")
def measure(page: ThePage, cohort_id: str, fields: TheFields) -> Response:
    """Register what was handed back, or why nothing was."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    body: dict[str, Any] = {
        "result": form.choice("result", CohortResult, N_("Velg hva dere har fått vite.")),
        "measured_on": form.day("measured_on", N_("Oppgi hvilken dag tallet er fra.")).isoformat(),
    }
    if form.value("relapsed"):
        body["relapsed"] = form.number("relapsed", N_("Skriv antallet med sifre."), least=0, most=MOST)
    body |= {name: form.value(name) for name in ("definition", "agency", "skipped") if form.value(name)}
    if form.ok:
        try:
            page.neighbours.calls.post(
                "contracts", f"/cohorts/{cohort_id}/measured", actor=page.actor, body=body, key=form.key
            )
            return page.go(f"/kohorter/{cohort_id}", "kohort-malt")
        except Refused as error:
            form.refused(error)
    return _one(page, cohort_id, form, status=422)


def _all(page: Page, number: str, form: Form, *, status: int = 200) -> Response:
    page.person(*COORDINATORS)
    own, chosen = page.own_municipalities(number)
    found: list[dict[str, Any]] = []
    try:
        told = page.neighbours.calls.get("contracts", "/cohorts", actor=page.actor, municipality_no=chosen)
        found = [_in_words(one) for one in told]
    except Refused as error:
        form.wrong(None, page.t.of(error.sentence))
    last = page.moment.today.year - 1
    years = [(str(year), str(year)) for year in range(last, last - YEARS_BACK, -1)]
    return page.show(
        "cohorts.html",
        status=status,
        form=form,
        found=found,
        municipalities=own,
        number=chosen,
        programmes=list(Programme),
        years=years,
    )


def _one(page: Page, cohort_id: str, form: Form, *, status: int = 200) -> Response:
    page.person(*COORDINATORS)
    found = page.neighbours.calls.get("contracts", f"/cohorts/{cohort_id}", actor=page.actor)
    return page.show(
        "cohort.html",
        status=status,
        form=form,
        one=_in_words(found),
        results=list(CohortResult),
        definitions=list(RelapseDefinition),
        agencies=HAND_BACK,
        reasons=list(CohortSkipped),
    )


def _in_words(told: dict[str, Any]) -> dict[str, Any]:
    """A cohort as the service tells it, its codes as codes and the share in whole per cent."""
    codes = {
        "programme": Programme,
        "result": CohortResult,
        "definition": RelapseDefinition,
        "agency": Agency,
        "skipped": CohortSkipped,
    }
    known = {name: code(told[name]) if told[name] else None for name, code in codes.items()}
    share = round(100 * told["relapsed"] / told["youths"]) if told["relapsed"] is not None else None
    return {**told, **known, "share": share}
