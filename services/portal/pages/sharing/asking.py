"""What these pages ask of the sharing service, in the same few ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import Category
from services.portal.domain.agreed import Agreed, agreed_from
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page

LONGEST_TEXT = 4000


def agreed_in(page: Page, view: CaseView) -> list[Agreed]:
    """The consents of the case as they are worth today. Raises CalledRefused, Unavailable."""
    path = f"/cases/{view.case_id}/consents"
    return agreed_from(page.neighbours.calls.get("sharing", path, actor=page.actor))


def stopped_in(page: Page, view: CaseView) -> dict[str, Agreed]:
    """The consents that a newer no in another one stops, by their ids, by the sharing service's rule; none when it does not answer."""
    if len(view.consents) < 2:
        return {}
    try:
        return {one.consent_id: one for one in agreed_in(page, view) if one.stopped}
    except Refused:
        return {}


def lay(page: Page, view: CaseView, form: Form, name: str, text: str, *, category: Category) -> str:
    """Lay a ground down in the vault; its reference follows from the form, so that sending twice lays one. Raises
    CalledRefused, Unavailable.
    """
    ref = form.derived(page.person().person_id, "ground", name)
    page.neighbours.ground(
        ref=ref,
        case_id=view.case_id,
        about_id=view.youth_id,
        category=category,
        content={"text": text},
        actor=page.actor,
    )
    return ref


def asked(
    page: Page,
    form: Form,
    path: str,
    body: Any,
    *,
    then: str,
    note: str,
    fields: Mapping[str, str] | None = None,
) -> Response | None:
    """Ask the sharing service for what a form says; where it refuses, the form knows why and there is no answer yet."""
    try:
        answer = page.neighbours.calls.post("sharing", path, actor=page.actor, body=body, key=form.key)
        return page.go(then, note, answer=answer)
    except Refused as error:
        form.refused(error, fields)
        return None
