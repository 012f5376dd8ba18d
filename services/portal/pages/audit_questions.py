"""For those who check: the questions across cases, as tables and as files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from backbone.refusal import Refused
from backbone.spreadsheet import as_csv, as_json
from schemas.codes import Agency, AuditQuestion, Category, Purpose, Role
from schemas.local_time import OSLO
from services.portal.audit_words import cell, column_word
from services.portal.page import Page, ThePage
from services.portal.sentences import plain
from services.portal.words import BASIS, WHY, word

routes = APIRouter(include_in_schema=False)
SHOWN = 500
"""Rows on the page; the files have all of them."""
CODES: dict[str, type[StrEnum]] = {
    "agency": Agency,
    "from_agency": Agency,
    "purpose": Purpose,
    "category": Category,
}
FILES = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json)}
Text = Annotated[str, Query(max_length=80)]


@routes.get("/kontroll/sporsmal")
def questions(
    page: ThePage,
    sporsmal: Text = "",
    person: Text = "",
    etat: Text = "",
    sak: Text = "",
    fra: Text = "",
    til: Text = "",
) -> Response:
    """The questions, and the answer to one of them. That it was asked is recorded by the audit service."""
    page.person(Role.AUDITOR)
    narrowed = _narrowed(person, etat, sak, fra, til)
    form = page.form(
        {"sporsmal": sporsmal, "person": person, "etat": etat, "sak": sak, "fra": fra, "til": til}
    )
    answer: Mapping[str, Any] | None = None
    if sporsmal in set(AuditQuestion):
        try:
            answer = _asked(page, sporsmal, narrowed)
        except Refused as error:
            form.refused(error)
    elif sporsmal:
        form.wrong("sporsmal", page.t("Velg et spørsmål."))
    rows = list(answer["rows"]) if answer else []
    columns = _columns(rows)
    return page.show(
        "audit_questions.html",
        status=200 if form.ok else 422,
        form=form,
        questions=list(AuditQuestion),
        agencies=list(Agency),
        answer=answer,
        columns=[(name, page.t(column_word(name))) for name in columns],
        rows=[[_cell(page, name, row.get(name)) for name in columns] for row in rows[:SHOWN]],
        count=len(rows),
        shown=min(len(rows), SHOWN),
        query=str(page.request.url.query),
    )


@routes.get("/kontroll/sporsmal.{form}")
def file(
    page: ThePage,
    form: str,
    sporsmal: Text = "",
    person: Text = "",
    etat: Text = "",
    sak: Text = "",
    fra: Text = "",
    til: Text = "",
) -> Response:
    """The same answer as a file, in codes: CSV in which no cell is a formula, or JSON."""
    page.person(Role.AUDITOR)
    if form not in FILES or sporsmal not in set(AuditQuestion):
        return questions(page, sporsmal)
    kind, write = FILES[form]
    answer = _asked(page, sporsmal, _narrowed(person, etat, sak, fra, til))
    name = f"{sporsmal.lower().replace('_', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(answer["rows"]), media_type=kind, headers=headers)


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    """Those that any row fills; where a record stands on the log is for the files."""
    filled = dict.fromkeys(name for row in rows for name, value in row.items() if value not in (None, ""))
    return [name for name in filled if name not in ("partition", "offset")]


def _cell(page: Page, name: str, value: Any) -> tuple[str, str]:
    if name == "type":
        return name, plain(page.t, str(value))
    if name in CODES:
        return name, page.t(word(CODES[name](value))) if value in set(CODES[name]) else str(value or "–")
    return name, cell(page.t, name, value, WHY if name == "reason" else BASIS)


def _asked(page: Page, question: str, narrowed: Mapping[str, str]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = page.neighbours.calls.get(
        "audit", f"/questions/{question}", actor=page.actor, **narrowed
    )
    return found


def _narrowed(person: str, agency: str, case_id: str, since: str, until: str) -> dict[str, str]:
    """What the audit service takes; days are local and whole, the last one included."""
    told = {"person_id": person.strip(), "case_id": case_id.strip()}
    told["agency"] = agency if agency in set(Agency) else ""
    told["since"] = _midnight(since, days=0)
    told["until"] = _midnight(until, days=1)
    return {name: value for name, value in told.items() if value}


def _midnight(day: str, *, days: int) -> str:
    try:
        begins = datetime.fromisoformat(day).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return ""
    return (begins + timedelta(days=days)).replace(tzinfo=OSLO).isoformat()
