"""The routes of sharing. What carries content is never stored with an idempotency key, and every opening is
decided anew.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from backbone.clock import new_id
from backbone.fields import Id
from backbone.refusal import Refused
from backbone.web import Answer, Ask, Body, TheAsk
from backbone.work import Work
from schemas.codes import STAFF, Category, DocumentClass, Purpose, Role, StopReason
from services.sharing import commands, gate
from services.sharing.domain.document_sentences import NOTE_IS_INFORMATION
from services.sharing.rim import Code, Text, TheVault, decided, decided_for_staff
from services.sharing.vault import Content, Deposit, Kind

routes = APIRouter(tags=["sharing"])


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
    document_class: DocumentClass = DocumentClass.WORKING
    replaces: Id | None = None


class AskingAgeBand(Body):
    """Whose age band, on which day."""

    youth_id: Id
    on: date


class Opening(Body):
    """What somebody wants to see; no references means everything in the case."""

    refs: list[Id] | None = Field(default=None, max_length=500)
    purpose: Purpose
    about_id: Id | None = None


class AskingNames(Body):
    """The cases of a list."""

    case_ids: list[Id] = Field(max_length=2000)


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
    email: Annotated[
        str,
        StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254),
        Field(examples=["navn@demo.example"]),
    ]
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

    if body.kind is Kind.NOTE:
        raise Refused("NOTE_IS_INFORMATION", NOTE_IS_INFORMATION, field="kind")

    def command(work: Work) -> Answer:
        laid = _deposit(ask, work, case_id=body.case_id, body=body, kind=body.kind)
        return commands.deposit(work, vault, deposit=laid)

    return ask.perform(command, body)


@routes.post("/cases/{case_id}/information", status_code=201)
def record_information(case_id: Id, body: Recording, ask: TheAsk, vault: TheVault) -> Answer:
    """Lay a piece of information down, and tell on the log that it lies there."""
    ask.require(*STAFF)

    def command(work: Work) -> Answer:
        note = body.document_class is DocumentClass.PRIVATE_NOTE
        laid = _deposit(ask, work, case_id=case_id, body=body, kind=Kind.NOTE if note else Kind.TEXT)
        return commands.record_information(
            work, vault, deposit=laid, document_class=body.document_class, replaces=body.replaces
        )

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


@routes.post("/cases/{case_id}/open")
def open_case(case_id: Id, body: Opening, ask: TheAsk, vault: TheVault) -> Answer:
    """Ask to see content: decided and recorded in one transaction, handed out when that has committed.

    Whoever has no role of those who follow youths up is refused on the case's log as well, and told the same whether or not there is such
    a case.
    """

    def opening(work: Work) -> gate.Decided:
        return gate.open_case(work, vault, case_id=case_id, opening_id=new_id(), **body.model_dump())

    return gate.release(vault, decided_for_staff(ask, opening))


@routes.post("/names")
def names(body: AskingNames, ask: TheAsk, vault: TheVault) -> list[dict[str, str | None]]:
    """The names that this person's list may show, decided anew at each showing."""
    ask.require(*STAFF)
    found = decided(ask, lambda work: gate.open_names(work, body.case_ids))
    return gate.release_names(vault, found)


@routes.post("/stops", status_code=201)
def set_stop(body: Stopping, ask: TheAsk) -> Answer:
    """Open nothing more to somebody in a case, at once."""
    ask.require(Role.SERVICE)
    told = {**body.model_dump(), "stop_id": body.stop_id or new_id()}
    return ask.perform(lambda work: commands.set_stop(work, **told), body)


@routes.post("/stops/{stop_id}/lifted")
def lift_stop(stop_id: Id, ask: TheAsk) -> Answer:
    """Lift a stop whose reason never came about; who may open what is not the operator's to say."""
    ask.require(Role.SERVICE, Role.UNIT_LEADER)
    return ask.perform(lambda work: commands.lift_stop(work, stop_id=stop_id))


@routes.post("/people", status_code=201)
def keep_contact(body: KeepingContact, ask: TheAsk, vault: TheVault) -> Answer:
    """Keep the contact details of somebody on the staff; mails about cases go there, so only who operates the system enters them."""
    ask.require(Role.OPERATOR, Role.SERVICE)
    contact = {"name": body.name, "email": body.email, "language": body.language}
    return ask.perform(
        lambda work: commands.keep_contact(work, vault, person_id=body.person_id, contact=contact), body
    )


@routes.post("/contacts")
def contacts(body: AskingContacts, ask: TheAsk, vault: TheVault) -> list[dict[str, str | None]]:
    """Names of staff; their e-mail addresses for the services that send."""
    ask.require(*STAFF, Role.SERVICE, Role.OPERATOR, Role.AUDITOR)
    return decided(ask, lambda work: commands.contacts(work, vault, body.person_ids))
