"""The routes about guardians, who decides for the youth, and the languages people prefer."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import COORDINATORS, DECIDERS
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from services.contracts.access import case_for_reading
from services.contracts.commands import guardians as commands
from services.contracts.repository import guardians
from services.contracts.stops import TheStops

routes = APIRouter(tags=["guardians"])


class SeenGuardians(Body):
    """The version of the guardians that the person saw."""

    seen_version: int | None = None


class AddGuardian(SeenGuardians):
    """A guardian, in what capacity and shown by what; the name lies in the vault."""

    person_id: Id
    decision_maker: DecisionMaker
    source: ResponsibilitySource
    from_on: date
    identity_ref: Ref | None = None


class RemoveGuardian(SeenGuardians):
    """Why somebody is no longer a guardian."""

    reason: GuardianRemoval


class RestrictGuardian(SeenGuardians):
    """On what ground a guardian is kept out, from which day; the words lie in the vault."""

    basis: RestrictionBasis
    from_on: date
    grounds_ref: Ref


class ConfirmChange(SeenGuardians):
    """What a leader bases it on that somebody does not decide any longer; the words lie in the vault."""

    grounds_ref: Ref


class LiftRestriction(SeenGuardians):
    """Why a guardian is let in again."""

    reason: RestrictionLifting


class ChangeResponsibility(SeenGuardians):
    """Who decides in which capacity now, shown by what; whether a care decision lets the parents know."""

    person_id: Id
    decision_maker: DecisionMaker
    source: ResponsibilitySource
    from_on: date
    parents_informed: bool = False


class PreferLanguage(Body):
    """Which language somebody prefers, and why it is known."""

    person_id: Id
    language: SpokenLanguage
    basis: LanguageBasis


@routes.get("/cases/{case_id}/guardians")
def of_case(case_id: Id, ask: TheAsk) -> Answer:
    """The guardians, who decides, and preferred languages, for those in the case: codes and ids."""

    def look(work: Work) -> Answer:
        case_for_reading(work, case_id)
        known = guardians(work, case_id)
        return {**json_ready(known), "deciders": [one.person_id for one in known.stands.deciders]}

    return ask.read(look)  # type: ignore[no-any-return]


@routes.post("/cases/{case_id}/guardians", status_code=201)
def add(case_id: Id, body: AddGuardian, ask: TheAsk) -> Answer:
    """Add a guardian."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.add(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/guardians/{person_id}/removed", status_code=201)
def remove(case_id: Id, person_id: Id, body: RemoveGuardian, ask: TheAsk, stops: TheStops) -> Answer:
    """Take a guardian out of the case."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.remove(work, case_id, person_id, **dict(body), set_stop=stops), body
    )


@routes.post("/cases/{case_id}/guardians/{person_id}/restricted", status_code=201)
def restrict(case_id: Id, person_id: Id, body: RestrictGuardian, ask: TheAsk, stops: TheStops) -> Answer:
    """Keep a guardian out, at once."""
    ask.require(*DECIDERS)
    return ask.perform(
        lambda work: commands.restrict(work, case_id, person_id, **dict(body), set_stop=stops), body
    )


@routes.post("/cases/{case_id}/guardians/{person_id}/change-confirmed", status_code=201)
def confirm_change(case_id: Id, person_id: Id, body: ConfirmChange, ask: TheAsk) -> Answer:
    """Confirm what was registered about somebody and takes a say; by a leader of the agency that owns the case, who does not lead it."""
    ask.require(*DECIDERS)
    return ask.perform(lambda work: commands.confirm_change(work, case_id, person_id, **dict(body)), body)


@routes.post("/cases/{case_id}/guardians/{person_id}/restriction-lifted", status_code=201)
def lift(case_id: Id, person_id: Id, body: LiftRestriction, ask: TheAsk) -> Answer:
    """Let a guardian in again; by a leader of the agency that owns the case."""
    ask.require(*DECIDERS)
    return ask.perform(lambda work: commands.lift(work, case_id, person_id, **dict(body)), body)


@routes.post("/cases/{case_id}/parental-responsibility", status_code=201)
def change(case_id: Id, body: ChangeResponsibility, ask: TheAsk, stops: TheStops) -> Answer:
    """Change who decides for the youth."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.change(work, case_id, **dict(body), set_stop=stops), body)


@routes.post("/cases/{case_id}/guardians/confirmed", status_code=201)
def confirm(case_id: Id, body: SeenGuardians, ask: TheAsk) -> Answer:
    """Say that what stands about guardians is right."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.confirm(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/languages", status_code=201)
def prefer_language(case_id: Id, body: PreferLanguage, ask: TheAsk) -> Answer:
    """Write down which language somebody around the youth prefers."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.prefer_language(work, case_id, **dict(body)), body)
