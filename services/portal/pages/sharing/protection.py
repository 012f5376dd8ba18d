"""Address protection of a case (strengt fortrolig, fortrolig), and who is cleared for it by name."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from schemas.codes import DECIDERS, STAFF, ProtectionLevel, Role
from services.portal.domain.case_view import CaseView
from services.portal.forms import Form
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.members import by_name
from services.portal.repository import cases_to_clear
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
HERE = "/saker/{case_id}/adressesperre"
NO_PROTECTION = "INGEN"
CAN_BE_CLEARED = frozenset({*STAFF, Role.RECORDS_OWNER, Role.PRIVACY_OFFICER})
"""Whose work it can be to follow the youth up, to hand the case to the archive, or to see to data protection in it."""


@routes.get("/adressesperrer")
def protected_cases(page: ThePage) -> Response:
    """The strictly protected cases of the leader's unit: that they are there, and how many are cleared, since somebody must decide it."""
    reach = page.person(Role.UNIT_LEADER).reach
    views = page.read(lambda rows: cases_to_clear(rows, reach))
    return page.show("sharing/protections.html", views=views)


@routes.get(HERE)
def protection(page: ThePage, case_id: str) -> Response:
    """The level, and who is cleared."""
    return _page(page, page.case_to_clear(case_id), page.form())


@routes.post(HERE)
def set_level(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Set, change or lift the protection."""
    view, form = page.case_to_clear(case_id), page.form(fields)
    lifted = form.value("level") == NO_PROTECTION
    level = None if lifted else form.choice("level", ProtectionLevel, N_("Velg hva som skal gjelde."))
    return _ask(page, view, form, "protection", {"level": level}, note="sperre")


@routes.post(HERE + "/klarer")
def clear(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Clear somebody by name."""
    view, form = page.case_to_clear(case_id), page.form(fields)
    person_id = form.text("person_id", N_("Velg hvem som skal klareres."), longest=64)
    return _ask(page, view, form, "clearances", {"person_id": person_id}, note="klarert")


@routes.post(HERE + "/trekk/{person_id}")
def withdraw(page: ThePage, case_id: str, person_id: str, fields: TheFields) -> Response:
    """Take a clearance back."""
    view = page.case_to_clear(case_id)
    return _ask(
        page, view, page.form(fields), f"clearances/{person_id}/withdrawn", None, note="klarering-trukket"
    )


def _ask(page: Page, view: CaseView, form: Form, path: str, body: object, *, note: str) -> Response:
    page.person(*DECIDERS)
    if form.ok:
        then = f"/saker/{view.case_id}/adressesperre"
        try:
            answer = page.neighbours.calls.post(
                "sharing", f"/cases/{view.case_id}/{path}", actor=page.actor, body=body, key=form.key
            )
            onwards = page.go(then, note, answer=answer)
            return onwards if _still_sees(page, view.case_id) else page.go("/saker", "sperret-ute")
        except Refused as error:
            form.refused(error)
    return _page(page, view, form, status=422)


def _still_sees(page: Page, case_id: str) -> bool:
    """False for a lead who has just closed the case to everybody who is not cleared, themselves among them."""
    try:
        page.case_to_clear(case_id)
    except NotFound:
        return False
    return True


def _page(page: Page, view: CaseView, form: Form, *, status: int = 200) -> Response:
    visitor = page.person(*DECIDERS)
    now, people = view.protection, page.neighbours.colleagues_if_any()
    can_be_cleared = {
        key: one
        for key, one in people.items()
        if key not in (*now.cleared, visitor.person_id) and one.roles & CAN_BE_CLEARED
    }
    return page.show(
        "sharing/protection.html",
        status=status,
        view=view,
        form=form,
        now_protected=now,
        sees_case=visitor.reach.covers(view),
        is_cleared=visitor.person_id in now.cleared,
        levels=list(ProtectionLevel),
        no_protection=NO_PROTECTION,
        decides=Role.UNIT_LEADER in visitor.roles,
        leads=visitor.coordinates,
        people=people,
        outside=by_name(can_be_cleared),
    )
