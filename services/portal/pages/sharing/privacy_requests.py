"""What the youth or a guardian asks for about themselves: recorded, given more time once, answered."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from schemas.codes import SignerRole
from schemas.privacy_codes import ExtensionReason, RightGround, RightOutcome, SubjectRight
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.sharing.asking import LONGEST_TEXT
from services.portal.pages.sharing.privacy_asking import HERE, MAY_TELL, known_in, sent
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


@routes.get(HERE + "/krav/nytt")
def new_request(page: ThePage, case_id: str) -> Response:
    """The form for a request."""
    view = page.case(case_id)
    page.person(*MAY_TELL)
    return _request_form(page, view, page.form({"received_on": page.moment.today.isoformat()}))


@routes.post(HERE + "/krav/nytt")
def receive(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Record a request."""
    view, form = page.case(case_id), page.form(fields)
    page.person(*MAY_TELL)
    body = {
        "request_id": form.derived(page.person().person_id, "request"),
        "right": form.choice("right", SubjectRight, N_("Velg hva kravet gjelder.")),
        "asker": form.choice("asker", SignerRole, N_("Velg hvem som spør.")),
        "received_on": form.day("received_on", N_("Oppgi når kravet kom.")).isoformat(),
    }
    words = form.text("words", None, longest=LONGEST_TEXT)
    answered = sent(page, view, form, "data-subject-requests", body, {"text_ref": ("words", words)})
    return answered or _request_form(page, view, form, status=422)


@routes.get(HERE + "/krav/{request_id}")
def request(page: ThePage, case_id: str, request_id: str) -> Response:
    """One request, and its answer."""
    view = page.case(case_id)
    page.person(*MAY_TELL)
    return _request(page, view, request_id, page.form())


@routes.post(HERE + "/krav/{request_id}/forlenget")
def extend(page: ThePage, case_id: str, request_id: str, fields: TheFields) -> Response:
    """Take two months more."""
    view, form = page.case(case_id), page.form(fields)
    body = {"reason": form.choice("reason", ExtensionReason, N_("Velg hvorfor det trengs mer tid."))}
    about = f"data-subject-requests/{request_id}"
    answered = sent(page, view, form, "extended", body, {}, about=about, then=f"/krav/{request_id}")
    return answered or _request(page, view, request_id, form, status=422)


@routes.post(HERE + "/krav/{request_id}/besvart")
def answer(page: ThePage, case_id: str, request_id: str, fields: TheFields) -> Response:
    """Answer it."""
    view, form = page.case(case_id), page.form(fields)
    body: dict[str, Any] = {"outcome": form.choice("outcome", RightOutcome, N_("Velg hva svaret er."))}
    if form.value("ground"):
        body["ground"] = form.choice("ground", RightGround, N_("Velg grunnen."))
    words = form.text("answer", None, longest=LONGEST_TEXT)
    about = f"data-subject-requests/{request_id}"
    texts = {"text_ref": ("answer", words)}
    answered = sent(page, view, form, "answered", body, texts, about=about, then=f"/krav/{request_id}")
    return answered or _request(page, view, request_id, form, status=422)


def _request_form(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    return page.show(
        "sharing/privacy_request_new.html",
        status=status,
        view=view,
        form=form,
        rights=list(SubjectRight),
        askers=list(SignerRole),
    )


def _request(page: Page, view: CaseView, request_id: str, form: Form, *, status: int = 200) -> Response:
    known = known_in(page, view)
    return page.show(
        "sharing/privacy_request.html",
        status=status,
        view=view,
        form=form,
        request=known.request(request_id),
        answers=known.decides or page.person().person_id == view.lead_id,
        outcomes=list(RightOutcome),
        grounds=list(RightGround),
        reasons=list(ExtensionReason),
    )
