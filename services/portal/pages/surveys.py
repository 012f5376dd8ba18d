"""The short anonymous survey: answered without logging in, with a code from a sheet; the coordinator prints sheets and sees sums."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from backbone.work import service_actor
from schemas.codes import COORDINATORS
from schemas.register_codes import Respondent
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.register_words import AGREEMENT, QUESTIONS
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
SHEET = 20


@routes.get("/sporsmal")
def survey(page: ThePage) -> Response:
    """The questions, to anybody who has a code."""
    return _survey(page, page.form())


@routes.post("/sporsmal")
def answer(page: ThePage, fields: TheFields) -> Response:
    """Send the answers on as this service: nobody is named, logged in or not."""
    form = page.form(fields)
    body: dict[str, Any] = {
        "code": form.text("code", N_("Skriv koden du har fått."), longest=40),
        "respondent": form.choice("respondent", Respondent, N_("Velg hvem du er.")),
    }
    for name in QUESTIONS:
        if form.value(name):
            body[name] = form.number(name, N_("Velg ett av svarene."), least=1, most=4)
    if form.ok:
        try:
            page.neighbours.calls.post(
                "contracts", "/surveys/answers", actor=service_actor("portal"), body=body
            )
            return page.show("survey_thanks.html")
        except Refused as error:
            form.refused(error)
    return _survey(page, form, status=422)


@routes.get("/undersokelsen")
def results(page: ThePage, kommune: str = "") -> Response:
    """What was answered in one's own municipalities, and the form for a sheet of codes."""
    return _results(page, kommune, page.form())


@routes.post("/undersokelsen")
def print_codes(page: ThePage, fields: TheFields) -> Response:
    """A sheet of codes, shown once."""
    page.person(*COORDINATORS)
    form = page.form(fields)
    number = form.value("municipality_no")
    try:
        body = {"municipality_no": number, "count": SHEET}
        made = page.neighbours.calls.post("contracts", "/surveys/codes", actor=page.actor, body=body)
        return _results(page, number, form, codes=made["codes"])
    except Refused as error:
        form.refused(error)
        return _results(page, number, form, status=422)


def _survey(page: Page, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "survey.html",
        status=status,
        form=form,
        respondents=list(Respondent),
        questions=QUESTIONS,
        agreement=[(level, page.t(text)) for level, text in AGREEMENT.items()],
    )


def _results(
    page: Page, number: str, form: Form, *, codes: list[str] | None = None, status: int = 200
) -> Response:
    page.person(*COORDINATORS)
    own, chosen = page.own_municipalities(number)
    found: list[dict[str, Any]] = []
    try:
        found = page.neighbours.calls.get(
            "contracts", "/surveys/results", actor=page.actor, municipality_no=chosen
        )
    except Refused as error:
        form.wrong(None, page.t.of(error.sentence))
    return page.show(
        "survey_results.html",
        status=status,
        form=form,
        found=found,
        municipalities=own,
        number=chosen,
        codes=codes or [],
        questions=QUESTIONS,
    )
