"""Routes: the deadlines of a case, for those who follow it up."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from backbone.refusal import NotFound, Sentence
from backbone.web import TheAsk
from backbone.work import Actor, Work
from schemas.codes import Role
from services.scheduler.catalogue import name_of
from services.scheduler.repository import case_of, deadlines_of

routes = APIRouter(tags=["deadlines"])
NO_SUCH_CASE = Sentence(
    "Saken finnes ikke, eller du er ikke med i den.",
    "Saka finst ikkje, eller du er ikkje med i henne.",
    "There is no such case, or you are not in it.",
)


@routes.get("/cases/{case_id}/deadlines")
def deadlines(case_id: str, ask: TheAsk) -> list[dict[str, Any]]:
    """Every deadline of the case by due day, for those who may know of them: what it is called, when it is due, where it stands and what was raised."""
    return ask.read(lambda work: _deadlines(work, case_id, ask.actor))  # type: ignore[no-any-return]


def _deadlines(work: Work, case_id: str, actor: Actor) -> list[dict[str, Any]]:
    case = case_of(work, case_id)
    if not case.told_to(actor.person_id) and Role.SERVICE not in actor.roles:
        raise NotFound("NO_SUCH_CASE", NO_SUCH_CASE)
    found = deadlines_of(work, case_id)
    return [
        {**row, "name": name_of(row["kind"]).within(actor.language), "passed": _passed(row, work)}
        for row in found
    ]


def _passed(row: dict[str, Any], work: Work) -> bool:
    """True for an open deadline whose day is over, whether or not that was raised yet."""
    return row["state"] == "OPEN" and bool(row["passes_at"] <= work.moment.decided_at)
