"""The routes about referrals: quick to register, and told to nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from backbone.fields import Id, MunicipalityNo, Ref
from backbone.refusal import Refused
from backbone.web import Answer, Ask, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import (
    COORDINATORS,
    STAFF,
    Agency,
    DeclineReason,
    Programme,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Role,
    Urgency,
    YouthKnows,
)
from schemas.screening import Listed
from services.contracts.ages import TheAges
from services.contracts.commands import referrals as commands
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.referral import Enquiry
from services.contracts.domain.refusals import refused
from services.contracts.screeners import Directory, TheDirectory
from services.contracts.youths import SameYouthAnswered, TheSameYouths

routes = APIRouter(tags=["referrals"])


class ReceiveReferral(Body):
    """A referral; the words lie in the vault. `case_id` is the case it may become; without `youth_id` it is anonymous."""

    case_id: Id
    referral_id: Id
    origin: ReferralOrigin
    referrer_agency: Agency | None = None
    reasons: list[Reason] = Field(max_length=9)
    urgency: Urgency
    youth_knows: YouthKnows
    municipality_no: MunicipalityNo
    assigned_to: Id
    concern_on: date | None = None
    youth_id: Id | None = None
    text_ref: Ref | None = None
    identity_refs: list[Ref] = Field(default=[], max_length=4)


class Screen(Body):
    """Whom a referral turned out to be about, when it was anonymous."""

    youth_id: Id | None = None
    identity_refs: list[Ref] = Field(default=[], max_length=4)
    seen_version: int | None = None


class Reassign(Body):
    """Which coordinator is to screen it."""

    to_id: Id


class Accept(SameYouthAnswered):
    """The programme that the case is opened in."""

    programme: Programme


class Decline(Body):
    """Why no case comes of it."""

    reason: DeclineReason


class Redirect(Decline):
    """Which agency is the right one."""

    to: Agency


class Acknowledge(Body):
    """How, and on which day, whoever referred was told that the referral has come in; nothing about what becomes of it."""

    how: ReportMethod
    acknowledged_on: date


class Nothing(Body):
    """Nothing more to say."""


@routes.post("/referrals", status_code=201)
def receive(body: ReceiveReferral, ask: TheAsk) -> Answer:
    """Register a referral, assigned to a coordinator."""
    ask.require(*STAFF)
    lists = {"reasons": tuple(body.reasons), "identity_refs": tuple(body.identity_refs)}
    asked = Enquiry(**{**body.model_dump(exclude={"case_id"}), **lists})
    return ask.perform(lambda work: commands.receive(work, asked, case_id=body.case_id), body)


@routes.post("/referrals/{referral_id}/screened", status_code=201)
def screen(referral_id: str, body: Screen, ask: TheAsk) -> Answer:
    """Take a referral up; for the coordinator it is assigned to."""
    ask.require(*COORDINATORS)
    asked = {**dict(body), "identity_refs": tuple(body.identity_refs)}
    return ask.perform(lambda work: commands.screen(work, referral_id, **asked), body)


@routes.post("/referrals/{referral_id}/reassigned", status_code=201)
def reassign(referral_id: str, body: Reassign, ask: TheAsk, directory: TheDirectory) -> Answer:
    """Give a referral to another coordinator, for instance when the one it is assigned to is away."""
    ask.require(*STAFF)
    listed = directory()
    return ask.perform(
        lambda work: commands.reassign(work, referral_id, to_id=body.to_id, directory=listed), body
    )


@routes.post("/referrals/{referral_id}/accepted", status_code=201)
def accept(
    referral_id: str,
    body: Accept,
    ask: TheAsk,
    ages: TheAges,
    same: TheSameYouths,
) -> Answer:
    """Accept a referral; its case is opened, and the coordinator leads it."""
    ask.require(*rules_of(body.programme).lead_roles)
    referral = ask.read(lambda work: commands.referral_for_reading(work, referral_id))
    if referral.youth_id is None:
        raise refused("YOUTH_UNKNOWN", field="youth_id")
    age_band = ages(referral.case_id, referral.youth_id, ask.moment.today)
    likeness = body.likeness(same(referral.case_id, referral.youth_id))
    return ask.perform(
        lambda work: commands.accept(
            work, referral_id, programme=body.programme, age_band=age_band, likeness=likeness
        ),
        body,
    )


@routes.post("/referrals/{referral_id}/declined", status_code=201)
def decline(referral_id: str, body: Decline, ask: TheAsk) -> Answer:
    """Decline a referral."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: commands.decline(work, referral_id, reason=body.reason), body)


@routes.post("/referrals/{referral_id}/redirected", status_code=201)
def redirect(referral_id: str, body: Redirect, ask: TheAsk) -> Answer:
    """Show a referral the way to another agency."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.redirect(work, referral_id, reason=body.reason, to=body.to), body
    )


@routes.post("/referrals/{referral_id}/withdrawn", status_code=201)
def withdraw(referral_id: str, body: Nothing, ask: TheAsk) -> Answer:
    """Whoever referred takes it back."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.withdraw(work, referral_id), body)


@routes.post("/referrals/{referral_id}/acknowledged", status_code=201)
def acknowledge(referral_id: str, body: Acknowledge, ask: TheAsk) -> Answer:
    """Enter that whoever referred was told that the referral has come in."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.acknowledge(work, referral_id, **dict(body)), body)


@routes.get("/referrals")
def mine(
    ask: TheAsk,
    directory: TheDirectory,
    case_id: Id | None = None,
    referral_id: Id | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    skip: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> list[Answer]:
    """The referrals that the person has received or is to screen, and for the leader of a unit those that wait in it: a page of them, the
    newest first, or the one of a case or an id.
    """
    ask.require(*STAFF, Role.SERVICE)
    listed = _directory_for_leaders(ask, directory)
    sought = commands.Sought(limit, skip, case_id, referral_id)

    def seen(work: Work) -> list[Answer]:
        return [json_ready(one) for one in commands.mine(work, sought, listed)]

    return ask.read(seen)  # type: ignore[no-any-return]


def _directory_for_leaders(ask: Ask, directory: Directory) -> Sequence[Listed]:
    """Nobody when the person leads no unit; nor while the directory is away: one's own referrals are there all the same."""
    if Role.UNIT_LEADER not in ask.actor.roles:
        return ()
    try:
        return directory()
    except Refused:
        return ()
