"""The routes about a case: paused, resumed, closed, handed over, moved."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, MunicipalityNo, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from schemas.codes import (
    COORDINATORS,
    DECIDERS,
    Agency,
    CaseOutcome,
    EndingReason,
    MissingReason,
    PauseReason,
)
from services.contracts.access import case_for_reading
from services.contracts.commands import cases as commands
from services.contracts.stops import TheStops
from services.contracts.youths import TheDirectory

routes = APIRouter(tags=["cases"])


class Seen(Body):
    """The version of the case that the person saw."""

    seen_version: int | None = None


class Pause(Seen):
    """Why, and until when at the latest."""

    reason: PauseReason
    until_on: date


class Close(Seen):
    """Why the case is closed, what came of it, and why no end evaluation was held."""

    reason: EndingReason
    outcome: CaseOutcome | None = None
    evaluation_missing: MissingReason | None = None


class Transfer(Seen):
    """Where the youth moves."""

    to_municipality_no: MunicipalityNo
    to_agency: Agency


class TellOfLead(Body):
    """When the youth was told who leads the case now."""

    told_on: date


class ChangeLead(Seen):
    """Who takes over; the note lies in the vault."""

    to_id: Id
    note_ref: Ref | None = None


@routes.get("/cases/{case_id}")
def case(case_id: str, ask: TheAsk) -> Answer:
    """The case, for its members."""
    return json_ready(ask.read(lambda work: case_for_reading(work, case_id)))  # type: ignore[no-any-return]


@routes.post("/cases/{case_id}/paused", status_code=201)
def pause(case_id: str, body: Pause, ask: TheAsk) -> Answer:
    """Put follow-up on hold."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.pause(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/resumed", status_code=201)
def resume(case_id: str, body: Seen, ask: TheAsk) -> Answer:
    """Go on after a pause."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.resume(work, case_id, **dict(body)), body)


@routes.post("/cases/{case_id}/closed", status_code=201)
def close(case_id: str, body: Close, ask: TheAsk, stops: TheStops) -> Answer:
    """Close a case; nobody opens its content any more."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.close(work, case_id, **dict(body), set_stop=stops), body)


@routes.post("/cases/{case_id}/transferred", status_code=201)
def transfer(case_id: str, body: Transfer, ask: TheAsk, stops: TheStops) -> Answer:
    """The youth moves: the case is closed here, and the new municipality opens its own."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.transfer(work, case_id, **dict(body), set_stop=stops), body)


@routes.post("/cases/{case_id}/lead", status_code=201)
def change_lead(
    case_id: str, body: ChangeLead, ask: TheAsk, stops: TheStops, directory: TheDirectory
) -> Answer:
    """Hand the case over to another member who may lead; by its lead, or by the unit leader of the agency that owns it."""
    ask.require(*DECIDERS)
    listed = directory(body.to_id)
    return ask.perform(
        lambda work: commands.change_lead(work, case_id, **dict(body), listed=listed, set_stop=stops), body
    )


@routes.post("/cases/{case_id}/lead-told", status_code=201)
def tell_of_lead(case_id: str, body: TellOfLead, ask: TheAsk) -> Answer:
    """Enter that the youth was told who leads the case now; for whoever leads it."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.tell_of_lead(work, case_id, told_on=body.told_on), body)
