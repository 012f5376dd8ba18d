"""Before sharing: what may flow between whom, and whether one may see each thing that lies in the case. Nothing is opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from schemas.codes import Agency, Category, LegalBasis, Outcome, Purpose
from services.portal.domain.case_view import CaseView
from services.portal.page import ThePage
from services.portal.texts import N_, Texts
from services.portal.words import BASIS, WHY, word

routes = APIRouter(include_in_schema=False)
ON = {
    "PARTICIPATION": N_("Alle i nettverksgruppen"),
    "CONSENT": N_("Samtykke"),
    "CASE_LEAD": N_("Den som leder saken"),
}
"""What a flow between two agencies rests on; the other reasons of the gate are about one's own agency."""
PURPOSES = [Purpose.FOLLOW_UP, Purpose.MEETING, Purpose.TASK]


class Answer(NamedTuple):
    """Yes or no, on what, until when, in words."""

    yes: bool
    because: str
    until: date | None = None


@routes.get("/saker/{case_id}/kan-jeg-dele")
def may_i(page: ThePage, case_id: str, fra: str = "", formaal: str = "") -> Response:
    """What one agency may tell each of the others, and what the visitor may see."""
    view = page.case(case_id)
    agencies = taking_part(view)
    own = page.person().agency
    giver = next((one for one in (fra, own, *agencies) if one in agencies), None)
    purpose = Purpose(formaal) if formaal in PURPOSES else Purpose.FOLLOW_UP
    ask, base = page.neighbours.calls.get, f"/cases/{case_id}"
    flows = ask("sharing", f"{base}/may-share", actor=page.actor, purpose=purpose)
    pieces = ask("sharing", f"{base}/may-open", actor=page.actor, purpose=purpose)
    receivers = [agency for agency in agencies if agency != giver]
    return page.show(
        "sharing/may_share.html",
        view=view,
        form=page.form({"fra": str(giver or ""), "formaal": purpose}),
        agencies=agencies,
        purposes=PURPOSES,
        giver=Agency(giver) if giver else None,
        receivers=receivers,
        table=table_of(page.t, [flow for flow in flows if flow["from_agency"] == giver], receivers),
        pieces=[(piece, answer_of(page.t, piece)) for piece in pieces],
    )


def taking_part(view: CaseView) -> list[Agency]:
    """The agencies with somebody in the group, and the one that owns the case, in the order of the list of codes."""
    found = {one.agency for one in view.active_members if not one.has_no_log_in} | {view.owner_agency}
    return [agency for agency in Agency if agency in found]


def table_of(
    t: Texts, flows: list[Mapping[str, Any]], receivers: list[Agency]
) -> list[tuple[Category, list[Answer | None]]]:
    """A row for each category that has any answer but a plain no, a cell for each receiver."""
    by_place = {(flow["category"], flow["to_agency"]): answer_of(t, flow, ON) for flow in flows}
    return [
        (category, [by_place.get((category, receiver)) for receiver in receivers])
        for category in Category
        if any((category, receiver) in by_place for receiver in receivers)
    ]


def answer_of(t: Texts, flow: Mapping[str, Any], said: Mapping[str, str] = BASIS) -> Answer:
    """One answer of the gate in words; `said` is what its own reasons are called."""
    if flow["outcome"] == Outcome.PERMIT:
        until = date.fromisoformat(flow["until"]) if flow.get("until") else None
        return Answer(True, basis_word(t, str(flow["basis"]), said), until)
    return Answer(False, t(WHY.get(str(flow["reason"]), WHY["NO_BASIS"])))


def basis_word(t: Texts, basis: str, said: Mapping[str, str]) -> str:
    """What something rests on: one of the gate's own reasons, or a legal basis."""
    return t(said[basis]) if basis in said else t(word(LegalBasis(basis)))
