"""Routes: the inbox of the one who asks, and how the mails stand."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from backbone.refusal import NotFound, Sentence
from backbone.web import Answer, TheAsk
from backbone.work import Work
from schemas.codes import Role
from services.notifications.repository import has_notice, inbox_of, mails_by_state, mark_read, unread_of

routes = APIRouter(tags=["inbox"])
NO_SUCH_NOTICE = Sentence("Meldingen finnes ikke.", "Meldinga finst ikkje.", "There is no such notice.")


@routes.get("/inbox")
def inbox(ask: TheAsk, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[dict[str, Any]]:
    """My notices, the newest first: what, in which case, when, whether I have read it, and what to link to."""
    rows = ask.read(lambda work: inbox_of(work, ask.actor.person_id, limit=limit))
    return [{**row.pop("about"), **row} for row in rows]


@routes.get("/inbox/unread")
def unread(ask: TheAsk) -> dict[str, int]:
    """How many notices of mine I have not read."""
    return {"count": ask.read(lambda work: unread_of(work, ask.actor.person_id))}


@routes.post("/inbox/{notice_id}/read")
def read(notice_id: str, ask: TheAsk) -> Answer:
    """I have read this one."""

    def command(work: Work) -> None:
        if not has_notice(work, notice_id, ask.actor.person_id):
            raise NotFound("NO_SUCH_NOTICE", NO_SUCH_NOTICE)
        mark_read(work, notice_id, work.moment.decided_at)

    return ask.perform(command)


@routes.get("/mail")
def mail(ask: TheAsk) -> dict[str, int]:
    """How many mails wait, were sent, expired, were given up, or have an outcome that nobody knows."""
    ask.require(Role.OPERATOR)
    return ask.read(mails_by_state)  # type: ignore[no-any-return]
