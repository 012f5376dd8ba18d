"""The routes of what is given without consent, and of the duties that are a person's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk, json_ready
from schemas.codes import (
    STAFF,
    Agency,
    Category,
    DeferralGround,
    DutyToAct,
    GivenHow,
    GuardiansNotTold,
    LegalBasis,
    Purpose,
    ReportMethod,
)
from schemas.disclosure import (
    DisclosureDeferralReviewed,
    DutyActedOn,
    DutyConfirmed,
    DutyFeedbackReceived,
    InformationDisclosed,
)
from services.sharing import disclosures
from services.sharing.commands import agency_in
from services.sharing.rim import TheVault, decided
from services.sharing.rules import legal_bases

routes = APIRouter(tags=["disclosures"])
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}$")]
Choice = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,60}$"), Field(examples=["YES"])]


class Telling(Body):
    """What the youth is told: on a day, or not until after a review, and why."""

    youth_told_on: date | None = None
    tell_review_on: date | None = None
    deferral: DeferralGround | None = None


class Disclosing(Telling):
    """Information given without consent; every ground is a text in the vault."""

    disclosure_id: Id
    basis: LegalBasis
    about_id: Id
    from_agency: Agency
    to_agency: Agency
    categories: list[Category] = Field(min_length=1)
    purpose: Purpose
    grounds_ref: Id
    necessity_ref: Id
    less_intrusive_ref: Id
    proportionality_ref: Id
    condition_refs: dict[Name, Id] = Field(default_factory=dict)
    condition_codes: dict[Name, Choice] = Field(default_factory=dict)
    asked_by: Id | None = None
    given_how: GivenHow
    given_on: date
    refs: list[Id] | None = Field(default=None, min_length=1)
    opens_until: date | None = None
    despite_withdrawal_ref: Id | None = None
    guardians_told_on: date | None = None
    guardians_not_told: GuardiansNotTold | None = None
    follow_up_on: date | None = None
    follow_up_ref: Id | None = None


class FollowedUp(Body):
    """When what was to be done afterwards was looked at."""

    followed_up_on: date


class Acting(Telling):
    """What somebody did on a duty of their own, never what it was about; and whether the youth has been told, which can wait."""

    act_id: Id
    duty: DutyToAct
    method: ReportMethod
    acted_on: date


class OnDay(Body):
    """A day."""

    on: date


@routes.get("/rules/bases")
def bases(ask: TheAsk) -> Any:
    """The legal bases as they stand in the rules, for forms and for the public page of rules."""
    ask.require(*STAFF)
    return json_ready(legal_bases())


@routes.post("/cases/{case_id}/disclosures", status_code=201)
def disclose(case_id: Id, body: Disclosing, ask: TheAsk, vault: TheVault) -> Answer:
    """Give information without consent."""
    ask.require(*STAFF)
    told = body.model_dump()
    told["categories"] = tuple(dict.fromkeys(body.categories))
    told["refs"] = tuple(body.refs) if body.refs else None
    asked = InformationDisclosed(
        **told,
        law="",
        provision="",
        bases_version="",
        decided_by=ask.actor.person_id,
        decided_as_leader=False,
    )
    return ask.perform(
        lambda work: disclosures.give_without_consent(work, vault, case_id=case_id, asked=asked), body
    )


@routes.get("/cases/{case_id}/disclosures")
def disclosures_of_case(case_id: Id, ask: TheAsk, vault: TheVault) -> list[dict[str, Any]]:
    """The disclosures of a case."""
    ask.require(*STAFF)
    return decided(ask, lambda work: disclosures.disclosures_seen(work, vault, case_id))


@routes.post("/cases/{case_id}/disclosures/{disclosure_id}/reviewed")
def review(case_id: Id, disclosure_id: Id, body: Telling, ask: TheAsk, vault: TheVault) -> Answer:
    """Tell the youth of a disclosure, or say when that is looked at again."""
    ask.require(*STAFF)
    asked = DisclosureDeferralReviewed(disclosure_id=disclosure_id, **body.model_dump())
    return ask.perform(lambda work: disclosures.review(work, vault, case_id=case_id, asked=asked), body)


@routes.post("/cases/{case_id}/disclosures/{disclosure_id}/followed-up")
def followed_up(case_id: Id, disclosure_id: Id, body: FollowedUp, ask: TheAsk) -> Answer:
    """Record that a disclosure has been followed up."""
    ask.require(*STAFF)
    on = body.followed_up_on
    return ask.perform(
        lambda work: disclosures.followed_up(work, case_id=case_id, disclosure_id=disclosure_id, on=on), body
    )


@routes.post("/cases/{case_id}/duties", status_code=201)
def act(case_id: Id, body: Acting, ask: TheAsk) -> Answer:
    """Record that one acted on a duty of one's own; anybody on the staff, with nobody's leave."""
    ask.require(*STAFF)
    done = DutyActedOn(**body.model_dump(), person_id=ask.actor.person_id, agency=agency_in(ask.actor))
    return ask.perform(lambda work: disclosures.act_on_duty(work, case_id=case_id, act=done), body)


@routes.post("/cases/{case_id}/duties/{act_id}/confirmed")
def confirm(case_id: Id, act_id: Id, body: OnDay, ask: TheAsk) -> Answer:
    """Record the written confirmation of an oral report."""
    ask.require(*STAFF)
    event = DutyConfirmed(act_id=act_id, confirmed_on=body.on)
    return ask.perform(lambda work: disclosures.follow_up_duty(work, case_id=case_id, event=event), body)


@routes.post("/cases/{case_id}/duties/{act_id}/answered")
def answered(case_id: Id, act_id: Id, body: OnDay, ask: TheAsk) -> Answer:
    """Record that child welfare answered."""
    ask.require(*STAFF)
    event = DutyFeedbackReceived(act_id=act_id, received_on=body.on)
    return ask.perform(lambda work: disclosures.follow_up_duty(work, case_id=case_id, event=event), body)
