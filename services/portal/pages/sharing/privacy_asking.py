"""What the sharing service tells about data protection in a case, and how its forms are sent: texts to the vault first."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import STAFF, Category, Role, SignerRole
from schemas.privacy_codes import (
    BreachKind,
    BreachRisk,
    ExtensionReason,
    NotNotifiedReason,
    RightGround,
    RightOutcome,
    SubjectRight,
)
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page
from services.portal.pages.sharing.asking import asked, lay

MAY_TELL = (*STAFF, Role.PRIVACY_OFFICER)
OVERSEES = (Role.PRIVACY_OFFICER, Role.UNIT_LEADER)
HERE = "/saker/{case_id}/personvern"


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A breach, as the sharing service tells it."""

    breach_id: str
    kind: BreachKind
    found_at: datetime
    notify_by_at: datetime
    persons: int
    categories: tuple[Category, ...]
    version: int
    deviation_id: str | None = None
    risk: BreachRisk | None = None
    assessed_on: date | None = None
    notified_at: datetime | None = None
    late: bool = False
    not_notified: NotNotifiedReason | None = None
    told_on: date | None = None
    told: int = 0


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request, as the sharing service tells it."""

    request_id: str
    right: SubjectRight
    asker: SignerRole
    received_on: date
    answer_by: date
    version: int
    extended: ExtensionReason | None = None
    outcome: RightOutcome | None = None
    ground: RightGround | None = None
    answered_on: date | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about data protection in a case; `decides` for those who decide about breaches."""

    breaches: tuple[Breach, ...] = ()
    requests: tuple[Request, ...] = ()
    decides: bool = False

    def breach(self, breach_id: str) -> Breach:
        """One of them. Raises NotFound."""
        for one in self.breaches:
            if one.breach_id == breach_id:
                return one
        raise NotFound("NO_SUCH_BREACH", NO_SUCH_PAGE)

    def request(self, request_id: str) -> Request:
        """One of them. Raises NotFound."""
        for one in self.requests:
            if one.request_id == request_id:
                return one
        raise NotFound("NO_SUCH_REQUEST", NO_SUCH_PAGE)


def sent(
    page: Page,
    view: CaseView,
    form: Form,
    command: str,
    body: dict[str, Any],
    texts: dict[str, tuple[str, str]],
    *,
    about: str | None = None,
    then: str = "",
) -> Response | None:
    """Lay the texts in the vault and ask the sharing service; None when something is wrong, and the form says what."""
    if not form.ok:
        return None
    try:
        refs = {
            name: lay(page, view, form, field, text, category=Category.CASE_STATUS)
            for name, (field, text) in texts.items()
            if text
        }
    except Refused as error:
        form.refused(error)
        return None
    path = f"/{about or f'cases/{view.case_id}'}/{command}"
    there = f"/saker/{view.case_id}/personvern{then}"
    fields = {
        "found_local": "found_on",
        "notified_local": "notified_on",
        "late_ref": "why_late",
        "persons": "told" if command == "persons-told" else "persons",
    }
    return asked(page, form, path, {**body, **refs}, then=there, note="personvern", fields=fields)


def officer_of(page: Page, view: CaseView) -> str | None:
    """The privacy officer of the body that owns the case, where the directory has one: the deadline is theirs."""
    found = [
        one.person_id
        for one in page.neighbours.colleagues_if_any().values()
        if Role.PRIVACY_OFFICER in one.roles
        and one.agency == view.owner_agency
        and view.municipality_no in one.municipality_nos
    ]
    return min(found, default=None)


def known_in(page: Page, view: CaseView) -> Known:
    path = f"/cases/{view.case_id}/privacy"
    return msgspec.convert(page.neighbours.calls.get("sharing", path, actor=page.actor), Known, strict=False)
