"""Address protection of a case (strengt fortrolig, fortrolig), and who is cleared for it by name."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from backbone.rows import Rows
from schemas.codes import DECIDERS, ProtectionLevel, Role
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
)
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.members import by_name
from services.portal.pages.sharing.asking import asked
from services.portal.texts import N_
from services.portal.told import Told, told_of

routes = APIRouter(include_in_schema=False)
HERE = "/saker/{case_id}/adressesperre"
NO_PROTECTION = "INGEN"


class Protected(NamedTuple):
    """The level, and who is cleared, as the log tells it."""

    level: ProtectionLevel | None = None
    cleared: tuple[str, ...] = ()

    def after(self, one: Told) -> Protected:
        """After one of its events."""
        match one.type:
            case AddressProtectionSet.type:
                return self._replace(level=ProtectionLevel(one.said["level"]))
            case AddressProtectionCleared.type:
                return self._replace(level=None)
            case ClearanceGiven.type:
                return self._replace(cleared=(*self.cleared, one.said["person_id"]))
            case ClearanceWithdrawn.type:
                return self._replace(cleared=tuple(p for p in self.cleared if p != one.said["person_id"]))
        return self


@routes.get(HERE)
def protection(page: ThePage, case_id: str) -> Response:
    """The level, and who is cleared."""
    return _page(page, page.case(case_id), page.form())


@routes.post(HERE)
def set_level(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Set, change or lift the protection."""
    view, form = page.case(case_id), page.form(fields)
    lifted = form.value("level") == NO_PROTECTION
    level = None if lifted else form.choice("level", ProtectionLevel, N_("Velg hva som skal gjelde."))
    return _ask(page, view, form, "protection", {"level": level}, note="sperre")


@routes.post(HERE + "/klarer")
def clear(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Clear somebody by name."""
    view, form = page.case(case_id), page.form(fields)
    person_id = form.text("person_id", N_("Velg hvem som skal klareres."), longest=64)
    return _ask(page, view, form, "clearances", {"person_id": person_id}, note="klarert")


@routes.post(HERE + "/trekk/{person_id}")
def withdraw(page: ThePage, case_id: str, person_id: str, fields: TheFields) -> Response:
    """Take a clearance back."""
    view = page.case(case_id)
    return _ask(
        page, view, page.form(fields), f"clearances/{person_id}/withdrawn", None, note="klarering-trukket"
    )


def _ask(page: Page, view: CaseView, form: Form, path: str, body: object, *, note: str) -> Response:
    page.person(*DECIDERS)
    if form.ok:
        then = f"/saker/{view.case_id}/adressesperre"
        answered = asked(page, form, f"/cases/{view.case_id}/{path}", body, then=then, note=note)
        if answered is not None:
            return answered
    return _page(page, view, form, status=422)


def _page(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    visitor = page.person(*DECIDERS)

    def look(rows: Rows) -> list[Told]:
        return told_of(
            rows,
            view.case_id,
            AddressProtectionSet,
            AddressProtectionCleared,
            ClearanceGiven,
            ClearanceWithdrawn,
        )

    now = Protected()
    for one in page.read(look):
        now = now.after(one)
    people = page.neighbours.colleagues_if_any()
    can_be_cleared = {key: one for key, one in people.items() if key not in now.cleared and one.joins_groups}
    return page.show(
        "sharing/protection.html",
        status=status,
        view=view,
        form=form,
        now_protected=now,
        levels=list(ProtectionLevel),
        no_protection=NO_PROTECTION,
        decides=Role.UNIT_LEADER in visitor.roles,
        leads=visitor.coordinates,
        people=people,
        outside=by_name(can_be_cleared),
    )
