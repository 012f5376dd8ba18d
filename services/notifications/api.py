"""Routes: the inbox of the one who asks, and how the mails stand."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query

from backbone.refusal import NotFound, Sentence
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import Role
from services.notifications.domain.preference import MailChoice, Preference
from services.notifications.repository import (
    has_notice,
    inbox_of,
    keep_preference,
    mails_by_state,
    mark_read,
    preference_of,
    unread_of,
)

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


class ChoosingMail(Body):
    """When I want my mail: at once, once a day or not at all, and which hours are quiet (local time)."""

    mail: MailChoice = MailChoice.AT_ONCE
    quiet_from: time | None = None
    quiet_to: time | None = None
    work_days_only: bool = False


@routes.get("/inbox/preferences")
def preferences(ask: TheAsk) -> dict[str, Any]:
    """What I have chosen."""
    return cast(dict[str, Any], json_ready(ask.read(lambda work: preference_of(work, ask.actor.person_id))))


@routes.post("/inbox/preferences")
def choose(body: ChoosingMail, ask: TheAsk) -> Answer:
    """I choose when I want my mail; what waits already is sent as it was chosen before."""
    chosen = Preference(**body.model_dump()).checked()
    return ask.perform(lambda work: keep_preference(work, ask.actor.person_id, chosen), body)


@routes.get("/mail")
def mail(ask: TheAsk) -> dict[str, int]:
    """How many mails wait, were sent, expired, were given up, or have an outcome that nobody knows."""
    ask.require(Role.OPERATOR)
    return ask.read(mails_by_state)  # type: ignore[no-any-return]
