"""The routes of a consent that lost its effect: whom one talked with, and what the group decided."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk
from backbone.work import Work
from schemas.codes import COORDINATORS
from schemas.consent_loss import LossDecision
from schemas.event import Event
from services.sharing import consents
from services.sharing.commands import check_registers_consents
from services.sharing.domain import consent_loss
from services.sharing.domain.consent import Consent
from services.sharing.rim import TheVault
from services.sharing.vault import Vault

routes = APIRouter(tags=["consents"])


class ContactedSigner(Body):
    """Who was sought out about a lost consent, when, and whether they were reached."""

    person_id: Id
    contacted_on: date
    reached: bool


class DecidedLoss(Body):
    """What the group decided; its reasons lie in the vault."""

    decision: LossDecision
    decided_on: date
    text_ref: Ref | None = None


@routes.post("/consents/{consent_id}/contacts", status_code=201)
def contacted(consent_id: Id, body: ContactedSigner, ask: TheAsk, vault: TheVault) -> Answer:
    """Enter that somebody who decides about a lost consent was sought out."""
    ask.require(*COORDINATORS)

    def command(work: Work) -> Answer:
        consent = _consent(work, vault, consent_id)
        said = consent_loss.contacted(
            consent,
            person_id=body.person_id,
            on=body.contacted_on,
            reached=body.reached,
            today=work.moment.today,
        )
        return _told(work, consent, said)

    return ask.perform(command, body)


@routes.post("/consents/{consent_id}/decision", status_code=201)
def decided(consent_id: Id, body: DecidedLoss, ask: TheAsk, vault: TheVault) -> Answer:
    """Enter what the group decided about the contract without a lost consent."""
    ask.require(*COORDINATORS)

    def command(work: Work) -> Answer:
        consent = _consent(work, vault, consent_id)
        said = consent_loss.decided(
            consent, body.decision, on=body.decided_on, text_ref=body.text_ref, today=work.moment.today
        )
        return _told(work, consent, said)

    return ask.perform(command, body)


def _consent(work: Work, vault: Vault, consent_id: str) -> Consent:
    consent = consents.locked(work, consent_id)
    check_registers_consents(work, vault, consent.case_id)
    return consent


def _told(work: Work, consent: Consent, said: list[Event]) -> Answer:
    work.publish(consent.case_id, *said)
    return {"case_id": consent.case_id, "consent_id": consent.consent_id}
