"""The routes about mediations and forums: records with readers of their own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import select

from backbone.fields import Id, Ref, TextVersion
from backbone.rows import table_of
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import (
    COORDINATORS,
    STAFF,
    Agency,
    ForumAdvice,
    ForumKind,
    MediationOutcome,
    MediationParty,
    Reason,
    SigningMethod,
)
from services.network import record_commands as commands
from services.network.repository import FORUMS, MEDIATIONS
from services.network.tables import ForumRow, ForumTextRow, MediationRow

routes = APIRouter(tags=["records"])


class OpenMediation(Body):
    """The id of the new record."""

    mediation_id: Id


class JoinMediation(Body):
    """A victim, or somebody who comes with them: a reference, the name lies in the record's own part of the vault."""

    party_id: Id
    party: MediationParty
    name_ref: Ref | None = None


class AnswerMediation(Body):
    """What a victim says to meeting, and how they said it."""

    says_yes: bool
    method: SigningMethod
    given_on: date


class CloseMediation(Body):
    """What came of the mediation; the words lie in the record's own part of the vault."""

    outcome: MediationOutcome
    text_ref: Ref | None = None
    seen_version: int | None = None


class OpenForum(Body):
    """A forum to be set up."""

    forum_id: Id
    kind: ForumKind = ForumKind.KOG


class JoinForum(Body):
    """Somebody who is to join a forum."""

    person_id: Id
    agency: Agency


class DeclareForumSecrecy(Body):
    """The version of the text that was declared on."""

    text_version: TextVersion


class HoldSession(Body):
    """A meeting of a forum."""

    session_id: Id
    held_on: date
    present: list[Id] = Field(max_length=60)


class DiscussMatter(Body):
    """What was talked about, so that nobody can be recognised."""

    matter_id: Id
    themes: list[Reason] = Field(max_length=9)
    advice: ForumAdvice
    text: str = Field(default="", max_length=2000)


@routes.post("/cases/{case_id}/mediations", status_code=201)
def open_mediation(case_id: str, body: OpenMediation, ask: TheAsk) -> Answer:
    """Open a mediation record beside a case, with oneself as mediator."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.open_mediation(work, case_id, mediation_id=body.mediation_id), body
    )


@routes.post("/mediations/{mediation_id}/parties", status_code=201)
def join_mediation(mediation_id: str, body: JoinMediation, ask: TheAsk) -> Answer:
    """Enter a victim, or somebody who comes with them."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.join_mediation(work, mediation_id, **dict(body)), body)


@routes.post("/mediations/{mediation_id}/parties/{party_id}/answer", status_code=201)
def answer_mediation(mediation_id: str, party_id: str, body: AnswerMediation, ask: TheAsk) -> Answer:
    """Enter what a victim says to meeting."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.answer_mediation(work, mediation_id, party_id, **dict(body)), body
    )


@routes.post("/mediations/{mediation_id}/closed", status_code=201)
def close_mediation(mediation_id: str, body: CloseMediation, ask: TheAsk) -> Answer:
    """End a mediation."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.close_mediation(work, mediation_id, **dict(body)), body)


@routes.get("/mediations")
def mediations(ask: TheAsk) -> list[Answer]:
    """The mediations that one mediates oneself; nobody else sees that they exist."""
    ask.require(*COORDINATORS)

    def look(work: Work) -> list[Answer]:
        mine = MediationRow.mediator_id == work.actor.person_id
        return [json_ready(one) for one in MEDIATIONS.where(work, mine, order_by=MediationRow.case_id)]

    return ask.read(look)  # type: ignore[no-any-return]


@routes.get("/mediations/{mediation_id}")
def mediation(mediation_id: str, ask: TheAsk) -> Answer:
    """One mediation, for its mediator."""
    ask.require(*COORDINATORS)
    return ask.read(  # type: ignore[no-any-return]
        lambda work: json_ready(commands.mediation_for_mediator(work, mediation_id))
    )


@routes.post("/forums", status_code=201)
def open_forum(body: OpenForum, ask: TheAsk) -> Answer:
    """Set a forum up, led by oneself."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.open_forum(work, forum_id=body.forum_id, kind=body.kind), body)


@routes.post("/forums/{forum_id}/members", status_code=201)
def join_forum(forum_id: str, body: JoinForum, ask: TheAsk) -> Answer:
    """Take somebody into a forum."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.join_forum(work, forum_id, person_id=body.person_id, agency=body.agency),
        body,
    )


@routes.post("/forums/{forum_id}/members/{person_id}/leave", status_code=201)
def leave_forum(forum_id: str, person_id: str, ask: TheAsk) -> Answer:
    """End a membership of a forum."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.leave_forum(work, forum_id, person_id))


@routes.post("/forums/{forum_id}/secrecy-declarations", status_code=201)
def declare_forum_secrecy(forum_id: str, body: DeclareForumSecrecy, ask: TheAsk) -> Answer:
    """Declare secrecy for a forum; for oneself only."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.declare_forum_secrecy(work, forum_id, text_version=body.text_version), body
    )


@routes.post("/forums/{forum_id}/sessions", status_code=201)
def hold_session(forum_id: str, body: HoldSession, ask: TheAsk) -> Answer:
    """Enter that a forum met."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.hold_session(work, forum_id, **dict(body)), body)


@routes.post("/forums/{forum_id}/sessions/{session_id}/matters", status_code=201)
def discuss_matter(forum_id: str, session_id: str, body: DiscussMatter, ask: TheAsk) -> Answer:
    """Enter what was talked about, without any name."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.discuss_matter(work, forum_id, session_id, **dict(body)), body)


@routes.get("/forums")
def forums(
    ask: TheAsk,
    after: Annotated[str, Query(max_length=80)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[Answer]:
    """The forums that one is in, by their ids; the next page begins `after` the last one."""
    ask.require(*STAFF)

    def look(work: Work) -> list[Answer]:
        row = table_of(ForumRow).c
        mine = row.state["members"].contains([{"person_id": work.actor.person_id}])
        there = FORUMS.where(work, mine, row.case_id > after, order_by=row.case_id, limit=limit)
        return [json_ready(forum) for forum in there]

    return ask.read(look)  # type: ignore[no-any-return]


@routes.get("/forums/{forum_id}")
def forum(forum_id: str, ask: TheAsk) -> Answer:
    """A forum with what was written about its matters, for its members."""
    ask.require(*STAFF)

    def look(work: Work) -> Answer:
        state = json_ready(commands.forum_for_member(work, forum_id))
        text = table_of(ForumTextRow).c
        found = work.query(select(text.matter_id, text.text).where(text.forum_id == forum_id))
        return {**state, "texts": {row.matter_id: row.text for row in found}}

    return ask.read(look)  # type: ignore[no-any-return]
