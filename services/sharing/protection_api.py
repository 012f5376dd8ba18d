"""The routes of address protection."""

from __future__ import annotations

from fastapi import APIRouter

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk
from schemas.codes import DECIDERS, ProtectionLevel, Role
from services.sharing import protections

routes = APIRouter(tags=["protection"])


class Protecting(Body):
    """The level; none lifts the protection."""

    level: ProtectionLevel | None


class Clearing(Body):
    """Who is cleared."""

    person_id: Id


@routes.post("/cases/{case_id}/protection")
def set_protection(case_id: Id, body: Protecting, ask: TheAsk) -> Answer:
    """Set, change or lift address protection."""
    ask.require(*DECIDERS)
    return ask.perform(lambda work: protections.set_protection(work, case_id=case_id, level=body.level), body)


@routes.post("/cases/{case_id}/clearances", status_code=201)
def clear_person(case_id: Id, body: Clearing, ask: TheAsk) -> Answer:
    """Clear somebody by name."""
    ask.require(Role.UNIT_LEADER)
    return ask.perform(
        lambda work: protections.clear_person(work, case_id=case_id, person_id=body.person_id), body
    )


@routes.post("/cases/{case_id}/clearances/{person_id}/withdrawn")
def withdraw_clearance(case_id: Id, person_id: Id, ask: TheAsk) -> Answer:
    """Take a clearance back."""
    ask.require(*DECIDERS)
    return ask.perform(
        lambda work: protections.withdraw_clearance(work, case_id=case_id, person_id=person_id)
    )
