"""The routes of sharing. What carries content is never stored with an idempotency key, and every opening is
decided anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import Field, StringConstraints

from backbone.clock import new_id
from backbone.refusal import Unavailable
from backbone.web import LOG_AHEAD, Answer, Ask, Body, TheAsk, TheDesk
from backbone.work import Work
from schemas.codes import (
    Agency,
    Category,
    ConsentKind,
    Purpose,
    Role,
    SignerRole,
    SigningMethod,
    StopReason,
)
from schemas.consent import ConsentRequested
from schemas.contract import Signer
from services.sharing import commands, gate
from services.sharing.keys import KeyStore
from services.sharing.repository import CONSENTS
from services.sharing.rules import signing_rules
from services.sharing.tables import ConsentRow
from services.sharing.vault import Content, Deposit, Kind, Vault

routes = APIRouter(tags=["sharing"])
STAFF = (Role.COORDINATOR, Role.YOUTH_COORDINATOR, Role.AGENCY_MEMBER, Role.UNIT_LEADER)
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""Ids are UUIDs, so that nobody puts anything personal into one."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
Text = Annotated[str, StringConstraints(max_length=20_000)]
T = TypeVar("T")
_making = threading.Lock()


def vault_of(request: Request, desk: TheDesk) -> Vault:
    """The vault of this process, its key-encryption key checked. Raises WrongKeyEncryptionKey."""
    with _making:
        state = request.app.state
        if getattr(state, "vault", None) is None:
            keys = KeyStore(desk.settings)
            keys.prepare(desk.clock.moment().real_at)
            state.vault = Vault(keys)
        return state.vault  # type: ignore[no-any-return]


TheVault = Annotated[Vault, Depends(vault_of)]


def decided(ask: Ask, decide: Callable[[Work], T]) -> T:
    """Run a decision in a transaction of its own, committed when this returns. Raises Unavailable."""
    if ask.desk.inbox.ghosts:
        raise Unavailable("LOG_AHEAD", LOG_AHEAD)
    return ask.read(decide)  # type: ignore[no-any-return]


class Depositing(Body):
    """Content for the vault."""

    ref: Id
    case_id: Id
    about_id: Id
    category: Category
    content: dict[Code, Text] = Field(min_length=1, max_length=40)
    kind: Kind = Kind.TEXT


class Recording(Body):
    """A piece of information for the vault, told on the log."""

    ref: Id
    about_id: Id
    category: Category
    content: dict[Code, Text] = Field(min_length=1, max_length=40)


class AskingAgeBand(Body):
    """Whose age band, on which day."""

    youth_id: Id
    on: date


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
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    signers: list[AskedSigner] = Field(min_length=1)


class GivingConsent(Body):
    """One signer's yes."""

    person_id: Id
    role: SignerRole
    method: SigningMethod
    given_on: date
    seen_version: int | None = None


class AnsweringConsent(Body):
    """One signer's no, or taking back."""

    person_id: Id
    role: SignerRole


class Opening(Body):
    """What somebody wants to see; no references means everything in the case."""

    refs: list[Id] | None = Field(default=None, max_length=500)
    purpose: Purpose
    about_id: Id | None = None


class AskingNames(Body):
    """The cases of a list."""

    case_ids: list[Id] = Field(max_length=500)


class Stopping(Body):
    """Whom to open nothing more to, in which case; nobody named means everybody."""

    case_id: Id
    person_id: Id | None = None
    reason: StopReason
    stop_id: Id | None = None


class KeepingContact(Body):
    """Contact details of somebody on the staff."""

    person_id: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    language: Annotated[str, StringConstraints(pattern=r"^(nb|nn|en)$")] = "nb"


class AskingContacts(Body):
    """Whose contact details."""

    person_ids: list[str] = Field(max_length=500)


def _deposit(ask: Ask, work: Work, *, case_id: str, body: Depositing | Recording, kind: Kind) -> Deposit:
    content: Content = dict(body.content)
    return Deposit(
        ref=body.ref,
        case_id=case_id,
        about_id=body.about_id,
        category=body.category,
        from_agency=commands.agency_of(work),
        kind=kind,
        author_id=ask.actor.person_id,
        content=content,
    )


@routes.post("/deposits", status_code=201)
def deposit(body: Depositing, ask: TheAsk, vault: TheVault) -> Answer:
    """Lay content down in the vault."""
    ask.require(*STAFF, Role.SERVICE)

    def command(work: Work) -> Answer:
        laid = _deposit(ask, work, case_id=body.case_id, body=body, kind=body.kind)
        return commands.deposit(work, vault, deposit=laid)

    return ask.perform(command, body)


@routes.post("/cases/{case_id}/information", status_code=201)
def record_information(case_id: Id, body: Recording, ask: TheAsk, vault: TheVault) -> Answer:
    """Lay a piece of information down, and tell on the log that it lies there."""
    ask.require(*STAFF)

    def command(work: Work) -> Answer:
        laid = _deposit(ask, work, case_id=case_id, body=body, kind=Kind.TEXT)
        return commands.record_information(work, vault, deposit=laid)

    return ask.perform(command, body)


@routes.post("/cases/{case_id}/age-band")
def age_band(case_id: Id, body: AskingAgeBand, ask: TheAsk, vault: TheVault) -> Answer:
    """The age band of the youth on a day, never the birth date."""
    ask.require(*STAFF, Role.SERVICE)
    band = decided(
        ask,
        lambda work: commands.age_band_of(work, vault, case_id=case_id, person_id=body.youth_id, on=body.on),
    )
    return {"age_band": band}


@routes.post("/cases/{case_id}/consents", status_code=201)
def request_consent(case_id: Id, body: RequestingConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Ask for a consent."""
    ask.require(Role.COORDINATOR, Role.YOUTH_COORDINATOR)
    told = body.model_dump()
    told["signers"] = tuple(Signer(person_id=signer.person_id, role=signer.role) for signer in body.signers)
    lists = {
        name: tuple(dict.fromkeys(told[name])) for name in ("from_agencies", "to_agencies", "categories")
    }
    event = ConsentRequested(**{**told, **lists}, signing_rules=signing_rules().version)
    return ask.perform(
        lambda work: commands.request_consent(work, vault, case_id=case_id, request=event), body
    )


@routes.get("/cases/{case_id}/consents")
def consents(case_id: Id, ask: TheAsk, vault: TheVault) -> list[dict[str, Any]]:
    """The consents of a case, for those who take part in it: codes and dates, no names."""

    def look(work: Work) -> list[dict[str, Any]]:
        commands.check_part_of_case(work, vault, case_id)
        found = CONSENTS.where(work, ConsentRow.case_id == case_id, order_by=ConsentRow.consent_id)
        return [commands.consent_seen(work, vault, consent) for consent in found]

    return decided(ask, look)


@routes.post("/consents/{consent_id}/given")
def give_consent(consent_id: Id, body: GivingConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register one signer's yes."""
    ask.require(Role.COORDINATOR, Role.YOUTH_COORDINATOR)
    told = body.model_dump()
    return ask.perform(lambda work: commands.give_consent(work, vault, consent_id=consent_id, **told), body)


@routes.post("/consents/{consent_id}/refused")
def refuse_consent(consent_id: Id, body: AnsweringConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register one signer's no."""
    ask.require(*STAFF)
    told = body.model_dump()
    return ask.perform(lambda work: commands.refuse_consent(work, vault, consent_id=consent_id, **told), body)


@routes.post("/consents/{consent_id}/withdrawn")
def withdraw_consent(consent_id: Id, body: AnsweringConsent, ask: TheAsk, vault: TheVault) -> Answer:
    """Register that a signer takes back their yes; when this is answered, no later opening rests on it."""
    ask.require(*STAFF)
    told = body.model_dump()
    return ask.perform(
        lambda work: commands.withdraw_consent(work, vault, consent_id=consent_id, **told), body
    )


@routes.post("/cases/{case_id}/open")
def open_case(case_id: Id, body: Opening, ask: TheAsk, vault: TheVault) -> Answer:
    """Ask to see content: decided and recorded in one transaction, handed out when that has committed."""
    opening = decided(
        ask,
        lambda work: gate.open_case(work, vault, case_id=case_id, opening_id=new_id(), **body.model_dump()),
    )
    return gate.release(ask.desk.engine, vault, opening)


@routes.post("/names")
def names(body: AskingNames, ask: TheAsk, vault: TheVault) -> list[dict[str, str | None]]:
    """The names that this person's list may show, decided anew at each showing."""
    ask.require(*STAFF)
    found = decided(ask, lambda work: gate.open_names(work, body.case_ids))
    return gate.release_names(ask.desk.engine, vault, found)


@routes.post("/stops", status_code=201)
def set_stop(body: Stopping, ask: TheAsk) -> Answer:
    """Open nothing more to somebody in a case, at once."""
    ask.require(Role.SERVICE)
    told = {**body.model_dump(), "stop_id": body.stop_id or new_id()}
    return ask.perform(lambda work: commands.set_stop(work, **told), body)


@routes.post("/stops/{stop_id}/lifted")
def lift_stop(stop_id: Id, ask: TheAsk) -> Answer:
    """Lift a stop whose reason never came about."""
    ask.require(Role.SERVICE, Role.OPERATOR)
    return ask.perform(lambda work: commands.lift_stop(work, stop_id=stop_id))


@routes.post("/people", status_code=201)
def keep_contact(body: KeepingContact, ask: TheAsk, vault: TheVault) -> Answer:
    """Keep the contact details of somebody on the staff."""
    ask.require(Role.SERVICE, Role.COORDINATOR, Role.YOUTH_COORDINATOR, Role.UNIT_LEADER, Role.OPERATOR)
    contact = {"name": body.name, "email": body.email, "language": body.language}
    return ask.perform(
        lambda work: commands.keep_contact(work, vault, person_id=body.person_id, contact=contact), body
    )


@routes.post("/contacts")
def contacts(body: AskingContacts, ask: TheAsk, vault: TheVault) -> list[dict[str, str | None]]:
    """Names of staff; their e-mail addresses for the services that send."""
    ask.require(*STAFF, Role.SERVICE, Role.OPERATOR, Role.AUDITOR)
    return decided(ask, lambda work: commands.contacts(work, vault, body.person_ids))
