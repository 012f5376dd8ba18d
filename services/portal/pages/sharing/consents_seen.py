"""The consents of a case: the four kinds apart, who said what, and what they agreed to together."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from schemas.codes import ConsentKind, Role
from services.portal.command_form import Who, permitted
from services.portal.domain.agreed import KINDS
from services.portal.page import ThePage
from services.portal.pages.sharing.asking import agreed_in
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
WHAT_KINDS_ARE = {
    ConsentKind.PARTICIPATION: N_(
        "Å være med er frivillig. Et ja til å være med er ikke et ja til å dele noe."
    ),
    ConsentKind.SECRECY_RELEASE: N_(
        "De som arbeider med ungdommen, har taushetsplikt. Her er det sagt ja til at noen kan fortelle noe til noen andre."
    ),
    ConsentKind.HEALTH: N_("Helse spørres det om for seg selv, én ting om gangen."),
    ConsentKind.EXTRA: N_("Noe som kan hjelpe, men som ingen trenger å si ja til for å være med."),
}


@routes.get("/saker/{case_id}/samtykker")
def consents(page: ThePage, case_id: str) -> Response:
    """Every consent, the newest of its kind first."""
    view = page.case(case_id)
    visitor = page.person()
    found = agreed_in(page, view)
    return page.show(
        "sharing/consents.html",
        view=view,
        kinds=[
            (kind, page.t(WHAT_KINDS_ARE[kind]), [one for one in found if one.kind is kind]) for kind in KINDS
        ],
        leads=permitted(Who.COORDINATOR, page.situation(view)),
        decides=Role.UNIT_LEADER in visitor.roles,
        people=page.neighbours.colleagues_if_any(),
    )
