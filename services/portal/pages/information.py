"""Lay a piece of information in the vault."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import Category, DocumentClass
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
CATEGORIES = [category for category in Category if category is not Category.IDENTITY_CONTACT]


@routes.get("/saker/{case_id}/opplysning/ny")
def new_information(page: ThePage, case_id: str) -> Response:
    """The form."""
    return _form(page, page.case(case_id), page.form({"document_class": DocumentClass.WORKING.value}))


@routes.post("/saker/{case_id}/opplysning/ny")
def record(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Record the information; who may see it later is decided each time somebody asks."""
    view, form = page.case(case_id), page.form(fields)
    category = form.choice("category", Category, N_("Velg hva opplysningen handler om."))
    text = form.text("text", N_("Skriv opplysningen."), longest=5000)
    document_class = form.choice("document_class", DocumentClass, N_("Velg hva slags tekst det er."))
    if form.ok:
        body = {
            "ref": form.derived(page.person().person_id, "information"),
            "about_id": view.youth_id,
            "category": category,
            "content": {"text": text},
            "document_class": document_class,
        }
        try:
            path = f"/cases/{case_id}/information"
            answer = page.neighbours.calls.post("sharing", path, actor=page.actor, body=body, key=form.key)
            return page.go(f"/saker/{case_id}", "opplysning", answer=answer)
        except Refused as error:
            form.refused(error, {"content": "text", "content.text": "text"})
    return _form(page, view, form, status=422)


def _form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "information_new.html",
        status=status,
        view=view,
        form=form,
        categories=CATEGORIES,
        classes=list(DocumentClass),
    )
