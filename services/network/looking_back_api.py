"""The route by which a group looks back on a meeting."""

from __future__ import annotations

from fastapi import APIRouter

from backbone.fields import Ref
from backbone.web import Answer, Body, TheAsk
from schemas.codes import STAFF
from services.network import meeting_commands as commands
from services.network.domain.looking_back import look_back

routes = APIRouter(tags=["meetings"])


class LookBack(Body):
    """Done, learnt, smart; the words lie in the vault."""

    text_ref: Ref
    seen_version: int | None = None


@routes.post("/meetings/{meeting_id}/looked-back-on", status_code=201)
def enter(meeting_id: str, body: LookBack, ask: TheAsk) -> Answer:
    """Enter what was done, what was learnt and what it would be smart to do, after a meeting that was held."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            meeting_id,
            lambda meeting, _, today: look_back(meeting, body.text_ref, today=today),
            seen_version=body.seen_version,
        ),
        body,
    )
