"""Report that something did not go as agreed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import DeviationKind
from services.portal.domain.case_view import CaseView
from services.portal.domain.categories import of_deviation
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_
from services.portal.words import SEVERITY

routes = APIRouter(include_in_schema=False)


@routes.get("/saker/{case_id}/avvik/nytt")
def new_deviation(page: ThePage, case_id: str) -> Response:
    """The form."""
    return _form(page, page.case(case_id), page.form({"happened_on": page.moment.today.isoformat()}))


@routes.post("/saker/{case_id}/avvik/nytt")
def report(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Report a deviation; the account goes to the vault first."""
    view, form = page.case(case_id), page.form(fields)
    body = {
        "kind": form.choice("kind", DeviationKind, N_("Velg hva som skjedde.")),
        "severity": form.number("severity", N_("Velg hvor alvorlig det er."), least=1, most=4),
        "happened_on": form.day("happened_on", N_("Oppgi hvilken dag det skjedde.")).isoformat(),
    }
    form.text("account", None)
    if view.followed_id is None:
        form.wrong(None, page.t("Saken har ingen kontrakt eller plan, så det er ingenting å melde fra om."))
    if form.ok:
        try:
            return page.go(f"/saker/{case_id}", "avvik", answer=_report(page, view, form, body))
        except Refused as error:
            form.refused(error, {"text_ref": "account"})
    return _form(page, view, form, status=422)


def _report(page: Page, view: CaseView, form: Form, body: dict[str, Any]) -> Any:
    me = page.person().person_id
    if form.value("account"):
        body["text_ref"] = form.derived(me, "account")
        page.neighbours.deposit(
            ref=body["text_ref"],
            case_id=view.case_id,
            about_id=str(view.youth_id),
            category=of_deviation(body["kind"]),
            content={"text": form.value("account")},
            kind="TEXT",
            actor=page.actor,
        )
    command = {"deviation_id": form.derived(me, "deviation"), "contract_id": view.followed_id, **body}
    path = f"/cases/{view.case_id}/deviations"
    return page.neighbours.calls.post("contracts", path, actor=page.actor, body=command, key=form.key)


def _form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    kinds, severities = list(DeviationKind), list(SEVERITY)
    return page.show(
        "deviation_new.html", status=status, view=view, form=form, kinds=kinds, severities=severities
    )
