"""The routes about a group's members and their surroundings: certificates, other plans, who must not meet whom."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk
from schemas.codes import COORDINATORS, STAFF, HasOne
from services.network import group_commands as commands

routes = APIRouter(tags=["network"])


class ShowCertificate(Body):
    """The day on which a mentor showed a police certificate; nothing else about it is taken."""

    shown_on: date


class RecordCoordination(Body):
    """Whether the youth has a child coordinator and an individual plan; the plan is linked, never copied."""

    child_coordinator: HasOne
    individual_plan: HasOne
    coordinator_id: Id | None = None
    plan_ref: Ref | None = None


class ReviewAccess(Body):
    """Everybody who shall still have access; that must be everybody who is in the group."""

    person_ids: list[Id] = Field(min_length=1, max_length=60)


class BarContact(Body):
    """The case whose youth this one is not to meet."""

    other_case_id: Id


@routes.post("/cases/{case_id}/members/{person_id}/certificate", status_code=201)
def show_certificate(case_id: str, person_id: str, body: ShowCertificate, ask: TheAsk) -> Answer:
    """Enter that a mentor showed a police certificate."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.show_certificate(work, case_id, person_id, shown_on=body.shown_on), body
    )


@routes.post("/cases/{case_id}/access-reviews", status_code=201)
def review_access(case_id: str, body: ReviewAccess, ask: TheAsk) -> Answer:
    """Enter that one has gone through who has access to the case."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.review_access(work, case_id, tuple(body.person_ids)), body)


@routes.post("/cases/{case_id}/coordination", status_code=201)
def record_coordination(case_id: str, body: RecordCoordination, ask: TheAsk) -> Answer:
    """Enter what is known of a child coordinator and an individual plan."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.record_coordination(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/no-contact", status_code=201)
def bar_contact(case_id: str, body: BarContact, ask: TheAsk) -> Answer:
    """The youths of two cases are not to meet; for somebody who leads both groups."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.bar_contact(work, case_id, other_case_id=body.other_case_id), body
    )


@routes.post("/cases/{case_id}/no-contact/lifted", status_code=201)
def lift_bar(case_id: str, body: BarContact, ask: TheAsk) -> Answer:
    """They may meet again."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.lift_bar(work, case_id, other_case_id=body.other_case_id), body)
