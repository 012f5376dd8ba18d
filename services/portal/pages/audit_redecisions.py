"""For those who check: recorded decisions about access, made again, and what other rules would have answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from backbone.refusal import Refused
from backbone.spreadsheet import as_csv, as_json
from schemas.codes import AgeBand, AuditPurpose, Category, Role
from services.portal.forms import Form
from services.portal.gate_words import answer_words
from services.portal.page import Page, ThePage
from services.portal.pages.audit import purpose_in
from services.portal.pages.audit_questions import as_file, midnight
from services.portal.texts import N_
from services.portal.words import word

routes = APIRouter(include_in_schema=False)
PATH = "/kontroll/avgjorelser"
SHOWN = 500
"""Lines on the page, those that differ first; the files have all of them."""
FILES = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json)}
EARLIER = {"2026.1": N_("Reglene 2026.1: et ja fra før 18-årsdagen gjelder videre")}
"""Policies that were in force before, as the gate knows them, and in what they differ."""
ALONE = (AgeBand.AGE_12_14, AgeBand.AGE_15, AgeBand.AGE_16_17)
NAMES = {
    "purpose": "formal",
    "case_id": "sak",
    "policy": "regler",
    "group_sees_days_after_end": "dager",
    "health_alone_municipalities": "helse",
}
"""Where a refusal's field stands on the page."""


@routes.get(PATH)
def redecisions(page: ThePage) -> Response:
    """The form, and when it is filled in the decisions made again; the audit service records that it was asked, and what for."""
    page.person(Role.AUDITOR)
    form = _form(page)
    answer: Mapping[str, Any] | None = None
    if "formal" in page.request.query_params:
        asked = _asked(form)
        if form.ok:
            try:
                answer = _answer(page, asked)
            except Refused as error:
                form.refused(error, NAMES)
    return page.show(
        "audit_redecisions.html",
        status=200 if form.ok else 422,
        form=form,
        purposes=list(AuditPurpose),
        policies=[(version, page.t(text)) for version, text in EARLIER.items()],
        categories=[(one.value, page.t(word(one))) for one in Category],
        bands=[(one.value, page.t(word(one))) for one in ALONE],
        answer=answer,
        rows=[_row(page, one) for one in (answer["rows"][:SHOWN] if answer else [])],
        shown=min(len(answer["rows"]), SHOWN) if answer else 0,
        query=str(page.request.url.query),
        onward=str(page.request.url.include_query_params(etter=answer["next"]).query) if answer else "",
    )


@routes.get(PATH + ".{kind}")
def file(page: ThePage, kind: str) -> Response:
    """What the page shows, as a file in codes."""
    page.person(Role.AUDITOR)
    form = _form(page)
    asked = _asked(form)
    if kind not in FILES or not form.ok:
        return redecisions(page)
    media, write = FILES[kind]
    return as_file(write(_answer(page, asked)["rows"]), "avgjorelser", kind, media)


def _form(page: Page) -> Form:
    """What was sent; on the way to the form, the purpose that was stated earlier in the visit."""
    sent = page.request.query_params
    proposed = purpose_in(sent.get("valgt", "")) if "formal" not in sent else None
    return page.form(FormData([*sent.multi_items(), *([("formal", proposed.value)] if proposed else [])]))


def _asked(form: Form) -> dict[str, Any]:
    """What the gate is asked, with what is wrong noted on the form."""
    purpose = form.choice("formal", AuditPurpose, N_("Velg hva kontrollen gjelder."))
    days = _days(form)
    told: dict[str, Any] = {
        "purpose": purpose.value,
        "case_id": form.text("sak", None, longest=80),
        "since": midnight(form.value("fra"), days=0),
        "until": midnight(form.value("til"), days=1),
        "after": form.value("etter"),
        "policy": form.value("regler"),
        "group_sees_days_after_end": days,
        "group_categories": [one for one in form.values("gruppen") if one in set(Category)],
        "group_sees_nothing": "true" if form.value("ingenting") else "",
        "alone": [one for one in form.values("alene") if one in set(ALONE)],
        "health_alone_municipalities": _municipalities(form),
    }
    return {name: value for name, value in told.items() if value not in ("", [], None)}


def _days(form: Form) -> int | None:
    if not form.value("dager"):
        return None
    return form.number("dager", N_("Skriv et antall dager fra 0 til 365."), least=0, most=365)


def _municipalities(form: Form) -> list[str]:
    numbers = form.value("helse").replace(",", " ").split()
    if any(len(one) != 4 or not one.isascii() or not one.isdigit() for one in numbers):
        form.wrong("helse", form.t("Skriv kommunenummer med fire sifre, med mellomrom mellom."))
    return numbers


def _answer(page: Page, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = page.neighbours.calls.get("sharing", "/redecisions", actor=page.actor, **asked)
    return found


def _row(page: Page, row: Mapping[str, Any]) -> dict[str, Any]:
    """A line in words, and whether it came out otherwise."""
    return {
        **row,
        "whole": row["ref"] == "the whole case",
        "differs": row["again"] != "SAME",
        "would_differ": row["what_if"] != "SAME",
        **{f"{name}_words": answer_words(page.t, row[name]) for name in ("recorded", "again", "what_if")},
    }
