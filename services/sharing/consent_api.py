"""The routes of consents: asked for, answered, confirmed, taken back. Codes, dates and references only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from backbone.fields import Id
from backbone.refusal import NotFound, Refused
from backbone.web import Answer, Body, TheAsk, json_ready
from schemas.codes import (
    COORDINATORS,
    STAFF,
    Agency,
    Category,
    ConsentKind,
    Purpose,
    Role,
    SignerExcuse,
    SignerRole,
    SigningMethod,
)
from schemas.consent import ConsentGiven, ConsentRequested
from schemas.contract import Signer
from services.sharing import consents
from services.sharing.domain.sentences import NO_SUCH_TEXT_VERSION
from services.sharing.rim import Code, TheVault, decided
from services.sharing.texts import consent_texts, versions

routes = APIRouter(tags=["consents"])
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$"), Field(examples=["nn"])]


class AskedSigner(Body):
    """Somebody whose yes is needed."""

    person_id: Id
    role: SignerRole


class RequestingConsent(Body):
    """What is asked for; who must sign is checked against the rules."""

    consent_id: Id
    kind: ConsentKind
    youth_id: Id
    from_agencies: list[Agency] = Field(min_length=1)
    to_agencies: list[Agency] = Field(min_length=1)
    categories: list[Category] = Field(min_length=1)
    purpose: Purpose
    valid_from: date
    valid_to: date
    text_version: Code
    language: Language
    signers: list[AskedSigner] = Field(min_length=1)
    supersedes: Id | None = None


class AnsweringConsent(Body):
    """One signer's no."""

    person_id: Id
    role: SignerRole


class TakingBackConsent(AnsweringConsent):
    """One signer takes back their yes: for the receivers named, or for all."""

    only_to: list[Agency] | None = Field(default=None, min_length=1)


class GivingConsent(AnsweringConsent):
    """One signer's yes, to the whole or to a part."""

    method: SigningMethod
    given_on: date
    only_to: list[Agency] | None = Field(default=None, min_length=1)
    only_categories: list[Category] | None = Field(default=None, min_length=1)
    explained_by: Id | None = None
    interpreter_used: bool = False
    evidence_ref: Id | None = None
    seen_version: int | None = None


class ConfirmingConsent(AnsweringConsent):
    """The written confirmation of an oral yes."""

    confirmed_on: date
    evidence_ref: Id | None = None


class ExcusingSigner(Body):
    """A guardian whose yes is not needed; the grounds lie in the vault."""

    person_id: Id
    why: SignerExcuse
    grounds_ref: Id


@routes.post("/cases/{case_id}/consents", status_code=201)
def request_consent(case_id: Id, body: RequestingConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Ask for a consent, in words that exist."""
    ask.require(*COORDINATORS)
    if body.text_version not in versions():
        raise Refused("NO_SUCH_TEXT_VERSION", NO_SUCH_TEXT_VERSION, field="text_version")
    told = body.model_dump()
    told["signers"] = tuple(Signer(person_id=signer.person_id, role=signer.role) for signer in body.signers)
    for name in ("from_agencies", "to_agencies", "categories"):
        told[name] = tuple(dict.fromkeys(told[name]))
    asked = ConsentRequested(**told, signing_rules="", requested_on=ask.moment.today)
    return ask.perform(lambda work: consents.request_consent(work, vault, case_id=case_id, asked=asked), body)


@routes.get("/consent-texts/{version}")
def texts(version: Code, ask: TheAsk) -> Any:
    """What a consent says in both written languages, for reading aloud, for forms and for paper."""
    ask.require(*STAFF)
    if version not in versions():
        raise NotFound("NO_SUCH_TEXT_VERSION", NO_SUCH_TEXT_VERSION)
    return json_ready(consent_texts(version))


@routes.get("/cases/{case_id}/consents")
def consents_of_case(case_id: Id, ask: TheAsk, vault: TheVault) -> list[dict[str, Any]]:
    """The consents of a case, for those who take part in it: codes and dates, no names."""
    ask.require(*STAFF)
    return decided(ask, lambda work: consents.consents_seen(work, vault, case_id))


@routes.post("/consents/{consent_id}/given")
def give_consent(consent_id: Id, body: GivingConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register one signer's yes."""
    ask.require(*COORDINATORS)
    told = body.model_dump(exclude={"seen_version"})
    for name in ("only_to", "only_categories"):
        told[name] = tuple(told[name]) if told[name] else None
    answer = ConsentGiven(consent_id=consent_id, **told)
    return ask.perform(
        lambda work: consents.give_consent(work, vault, answer=answer, seen_version=body.seen_version), body
    )


@routes.post("/consents/{consent_id}/refused")
def refuse_consent(consent_id: Id, body: AnsweringConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register one signer's no."""
    ask.require(*STAFF)
    told = body.model_dump()
    return ask.perform(lambda work: consents.refuse_consent(work, vault, consent_id=consent_id, **told), body)


@routes.post("/consents/{consent_id}/withdrawn")
def withdraw_consent(consent_id: Id, body: TakingBackConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register that a signer takes back their yes; when this is answered, no later opening rests on it."""
    ask.require(*STAFF)
    told = body.model_dump()
    return ask.perform(
        lambda work: consents.withdraw_consent(work, vault, consent_id=consent_id, **told), body
    )


@routes.post("/consents/{consent_id}/confirmed")
def confirm_consent(consent_id: Id, body: ConfirmingConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register that an oral yes was confirmed in writing."""
    ask.require(*COORDINATORS)
    told = body.model_dump()
    return ask.perform(
        lambda work: consents.confirm_consent(work, vault, consent_id=consent_id, **told), body
    )


@routes.post("/consents/{consent_id}/excused")
def excuse_signer(consent_id: Id, body: ExcusingSigner, ask: TheAsk, vault: TheVault) -> Answer:
    """A leader confirms that a guardian's yes is not needed."""
    ask.require(Role.UNIT_LEADER)
    told = body.model_dump()
    return ask.perform(lambda work: consents.excuse_signer(work, vault, consent_id=consent_id, **told), body)
