"""The youth's own report (innsyn): made when asked for, given to the youth on the screen or on paper; that it was made is recorded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.portal.command_form import Who
from services.portal.domain.case_view import CaseView
from services.portal.page import Page, ThePage
from services.portal.paper import on_paper, printed
from services.portal.youth_report import parts

routes = APIRouter(include_in_schema=False)


@routes.get("/saker/{case_id}/innsyn")
def about(page: ThePage, case_id: str) -> Response:
    """What the report is, and the ways to make it."""
    return page.show("sharing/report.html", view=page.case_for(Who.COORDINATOR, case_id), parts=None)


@routes.post("/saker/{case_id}/innsyn")
def on_the_screen(page: ThePage, case_id: str) -> Response:
    """The report as a page, for reading together with the youth."""
    view = page.case_for(Who.COORDINATOR, case_id)
    return page.show("sharing/report.html", view=view, parts=_made(page, view))


@routes.post("/saker/{case_id}/innsyn.pdf")
def on_paper_or_saved(page: ThePage, case_id: str) -> Response:
    """The report on paper, for the youth to keep."""
    view, t = page.case_for(Who.COORDINATOR, case_id), page.t
    said = {
        "title": t("Dette er delt om deg"),
        "lead": lead(page),
        "parts": _made(page, view),
        "foot": t("Laget %(at)s", at=t.moment(page.moment.decided_at)),
    }
    pdf = printed("report.typ", said, language=page.language, at=page.moment.decided_at)
    return on_paper(pdf, "innsyn")


def lead(page: Page) -> str:
    """What stands first."""
    return page.t(
        "Dette er din egen oversikt. Den viser hvem som er med i gruppen din, hva dere har sagt ja til, og alt som er åpnet om deg."
    )


def _made(page: Page, view: CaseView) -> list[dict[str, Any]]:
    told = page.neighbours.calls.post("sharing", f"/cases/{view.case_id}/reports", actor=page.actor)
    return parts(page.t, told, view, page.neighbours.colleagues_if_any())
