"""The routes and commands of a forum's year: meetings called, agreements, the year wheel, and the end of it. Its lead enters them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id
from backbone.web import Answer, Ask, Body, TheAsk
from backbone.work import Work
from schemas.codes import COORDINATORS, Agency, CancelReason
from schemas.event import Event
from schemas.register_codes import YearWheelActivity
from services.network.domain.forum import Forum
from services.network.domain.refusals import refused
from services.network.record_commands import led_forum

routes = APIRouter(tags=["forums"])
Decision = Callable[[Forum, date], list[Event]]


class PlanSession(Body):
    """The day of a meeting that a forum is to have."""

    session_id: Id
    meets_on: date


class SendInvitations(Body):
    """The day on which agenda and invitation went out."""

    sent_on: date


class CancelSession(Body):
    """Why a planned meeting is not held."""

    reason: CancelReason


class SignAgreement(Body):
    """A cooperation agreement that the leaders have signed; `revise_on` when it sets a day itself."""

    agreement_id: Id
    parties: list[Agency] = Field(max_length=30)
    signed_on: date
    revise_on: date | None = None


class ReviseAgreement(Body):
    """When the agreement was gone through and signed anew, and the next day it sets itself."""

    revised_on: date
    revise_on: date | None = None


class SetWheelItem(Body):
    """Something that comes back every year: what, in which month, and which member does it."""

    item_id: Id
    activity: YearWheelActivity
    month: int = Field(examples=[3])
    person_id: Id


class DoWheelItem(Body):
    """When it was done, and whether it comes back next year."""

    done_on: date
    again: bool = True


def enter(ask: Ask, forum_id: str, decision: Decision, body: Body | None = None) -> Answer:
    """Let the forum's lead decide, under the lock of its stream."""
    ask.require(*COORDINATORS)

    def perform(work: Work) -> Answer:
        forum = led_forum(work, forum_id)
        work.publish(forum_id, *decision(forum, work.moment.today))
        return {"forum_id": forum_id}

    return ask.perform(perform, body)


@routes.post("/forums/{forum_id}/sessions/planned", status_code=201)
def plan_session(forum_id: str, body: PlanSession, ask: TheAsk) -> Answer:
    """Set the day of a meeting."""
    return enter(ask, forum_id, lambda forum, today: forum.work.plan(**dict(body), today=today), body)


@routes.post("/forums/{forum_id}/sessions/{session_id}/invitations", status_code=201)
def send_invitations(forum_id: str, session_id: str, body: SendInvitations, ask: TheAsk) -> Answer:
    """Enter that agenda and invitation are out."""
    return enter(
        ask,
        forum_id,
        lambda forum, today: forum.work.invite(session_id, sent_on=body.sent_on, today=today),
        body,
    )


@routes.post("/forums/{forum_id}/sessions/{session_id}/cancelled", status_code=201)
def cancel_session(forum_id: str, session_id: str, body: CancelSession, ask: TheAsk) -> Answer:
    """Call a planned meeting off."""
    return enter(ask, forum_id, lambda forum, _: forum.work.cancel(session_id, body.reason), body)


@routes.post("/forums/{forum_id}/agreements", status_code=201)
def sign_agreement(forum_id: str, body: SignAgreement, ask: TheAsk) -> Answer:
    """Enter a cooperation agreement that was signed."""
    told = {**dict(body), "parties": tuple(body.parties)}
    return enter(ask, forum_id, lambda forum, today: forum.work.sign(**told, today=today), body)


@routes.post("/forums/{forum_id}/agreements/{agreement_id}/revised", status_code=201)
def revise_agreement(forum_id: str, agreement_id: str, body: ReviseAgreement, ask: TheAsk) -> Answer:
    """Enter that an agreement was revised."""
    return enter(
        ask, forum_id, lambda forum, today: forum.work.revise(agreement_id, **dict(body), today=today), body
    )


@routes.post("/forums/{forum_id}/year-wheel", status_code=201)
def set_wheel_item(forum_id: str, body: SetWheelItem, ask: TheAsk) -> Answer:
    """Put something in the year wheel; a member of the forum does it."""

    def decide(forum: Forum, today: date) -> list[Event]:
        if forum.member(body.person_id) is None:
            raise refused("NOT_IN_FORUM", field="person_id")
        return forum.work.set_item(**dict(body), today=today)

    return enter(ask, forum_id, decide, body)


@routes.post("/forums/{forum_id}/year-wheel/{item_id}/done", status_code=201)
def do_wheel_item(forum_id: str, item_id: str, body: DoWheelItem, ask: TheAsk) -> Answer:
    """Enter that something in the year wheel was done."""
    return enter(
        ask, forum_id, lambda forum, today: forum.work.do_item(item_id, **dict(body), today=today), body
    )


@routes.post("/forums/{forum_id}/closed", status_code=201)
def close(forum_id: str, ask: TheAsk) -> Answer:
    """Close a forum; what is written stays, and nothing more is waited for."""
    return enter(ask, forum_id, lambda forum, today: forum.work.close(today=today))
