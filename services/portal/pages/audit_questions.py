"""For those who check: the questions across cases, as tables and as files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from backbone.refusal import Refused
from backbone.spreadsheet import as_csv, as_json
from schemas.codes import Agency, AuditPurpose, AuditQuestion, Role
from schemas.local_time import OSLO
from services.portal.audit_cells import cell_of
from services.portal.audit_words import column_word
from services.portal.forms import Form
from services.portal.page import Page, ThePage
from services.portal.pages.audit import purpose_in

routes = APIRouter(include_in_schema=False)
SHOWN = 500
"""Rows on the page; the files have all of them."""
FILES = {"csv": ("text/csv; charset=utf-8", as_csv), "json": ("application/json", as_json)}
CEF = "cef"
QUESTIONS = [question for question in AuditQuestion if question is not AuditQuestion.REDECIDED]
"""Those that are answered here; decisions made again have their own page."""
ABOUT_OPENINGS = {
    AuditQuestion.OPENINGS,
    AuditQuestion.DENIED,
    AuditQuestion.WITHOUT_CONSENT,
    AuditQuestion.UNUSUAL,
    AuditQuestion.AFTER_WITHDRAWAL,
}
"""Those whose answer is there as lines of access too."""
NAMES = {"purpose": "formal", "case_id": "sak", "person_id": "person", "about_id": "om"}
"""Where a refusal's field stands on the page."""
Text = Annotated[str, Query(max_length=80)]


class Asked:
    """A question as the page's form sends it: what for, which, and what it is narrowed to."""

    def __init__(
        self,
        formal: Text = "",
        sporsmal: Text = "",
        person: Text = "",
        om: Text = "",
        etat: Text = "",
        sak: Text = "",
        fra: Text = "",
        til: Text = "",
    ) -> None:
        self.question = sporsmal
        self.purpose = purpose_in(formal)
        self.fields = {
            "formal": formal,
            "sporsmal": sporsmal,
            "person": person,
            "om": om,
            "etat": etat,
            "sak": sak,
            "fra": fra,
            "til": til,
        }

    @property
    def known(self) -> bool:
        """True for a question that is answered here."""
        return self.question in set(QUESTIONS)

    @property
    def whole(self) -> bool:
        """True for a question that is answered here, asked for a stated purpose."""
        return self.known and self.purpose is not None

    def narrowed(self) -> dict[str, str]:
        """What the audit service takes; days are local and whole, the last one included."""
        told = {
            "person_id": self.fields["person"].strip(),
            "about_id": self.fields["om"].strip(),
            "case_id": self.fields["sak"].strip(),
            "agency": self.fields["etat"] if self.fields["etat"] in set(Agency) else "",
            "since": midnight(self.fields["fra"], days=0),
            "until": midnight(self.fields["til"], days=1),
        }
        return {name: value for name, value in told.items() if value}


TheQuestion = Annotated[Asked, Depends(Asked)]


@routes.get("/kontroll/sporsmal")
def questions(page: ThePage, asked: TheQuestion) -> Response:
    """The questions, and the answer to one of them. That it was asked is recorded by the audit service."""
    page.person(Role.AUDITOR)
    form = page.form(asked.fields)
    answer: Mapping[str, Any] | None = None
    if asked.question:
        _check(asked, form)
    if asked.question and form.ok:
        try:
            answer = _answer(page, asked)
        except Refused as error:
            form.refused(error, NAMES)
    rows = list(answer["rows"]) if answer else []
    columns = _columns(rows)
    return page.show(
        "audit_questions.html",
        status=200 if form.ok else 422,
        form=form,
        purpose=asked.purpose,
        purposes=list(AuditPurpose),
        questions=QUESTIONS,
        agencies=list(Agency),
        answer=answer,
        as_access_lines=asked.question in ABOUT_OPENINGS,
        columns=[(name, page.t(column_word(name))) for name in columns],
        rows=[[(name, cell_of(page.t, name, row)) for name in columns] for row in rows[:SHOWN]],
        count=len(rows),
        shown=min(len(rows), SHOWN),
        query=str(page.request.url.query),
    )


def _check(asked: Asked, form: Form) -> None:
    """What is wrong with a question, noted on the form."""
    if asked.purpose is None:
        form.wrong("formal", form.t("Velg hva kontrollen gjelder."))
    if not asked.known:
        form.wrong("sporsmal", form.t("Velg et spørsmål."))


@routes.get("/kontroll/sporsmal.{form}")
def file(page: ThePage, form: str, asked: TheQuestion) -> Response:
    """The same answer as a file, in codes: CSV in which no cell is a formula, JSON, or lines of access in CEF."""
    page.person(Role.AUDITOR)
    lines_wanted = form == CEF and asked.question in ABOUT_OPENINGS
    if not asked.whole or not (form in FILES or lines_wanted):
        return questions(page, asked)
    if lines_wanted:
        lines = _answer(page, asked, "/access-lines")["lines"]
        return as_file(
            "".join(f"{line}\n" for line in lines), asked.question, form, "text/plain; charset=utf-8"
        )
    kind, write = FILES[form]
    return as_file(write(_answer(page, asked)["rows"]), asked.question, form, kind)


def as_file(content: str, name: str, form: str, kind: str) -> Response:
    """An answer to keep."""
    named = f"{name.lower().replace('_', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{named}"'}
    return Response(content, media_type=kind, headers=headers)


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    """Those that any row fills; where a record stands on the log is for the files."""
    filled = dict.fromkeys(name for row in rows for name, value in row.items() if value not in (None, ""))
    return [name for name in filled if name not in ("partition", "offset", "opening_id")]


def _answer(page: Page, asked: Asked, form: str = "") -> Mapping[str, Any]:
    path, told = f"/questions/{asked.question}{form}", asked.narrowed()
    found: Mapping[str, Any] = page.neighbours.calls.get(
        "audit", path, actor=page.actor, purpose=asked.purpose, **told
    )
    return found


def midnight(day: str, *, days: int) -> str:
    """The instant at which a local day begins, or so many days later; nothing for what is no day."""
    try:
        begins = datetime.fromisoformat(day).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return ""
    return (begins + timedelta(days=days)).replace(tzinfo=OSLO).isoformat()
