"""What is done about a consent that lost its effect, or that somebody has not answered: talking with those who decide, and the group's decision."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Conflict, Refused, Sentence
from schemas.codes import ConsentEffect
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted, LossDecision
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.consent import Consent, Said

NOT_LOST = Sentence(
    "Dette samtykket har ikke falt bort, og ingen svar mangler, så det er ingenting å avklare.",
    "Dette samtykket har ikkje falle bort, og ingen svar manglar, så det er ingenting å avklare.",
    "This consent has not lost its effect, and no answer is missing, so there is nothing to resolve.",
)
BEFORE_ASKED = Sentence(
    "Dagen kan ikke være før samtykket ble bedt om.",
    "Dagen kan ikkje vere før samtykket vart bede om.",
    "The day cannot be before the consent was asked for.",
)
AHEAD = Sentence(
    "Dagen kan ikke være etter dagens dato.",
    "Dagen kan ikkje vere etter dagens dato.",
    "The day cannot be after today.",
)


def lost(consent: Consent) -> bool:
    """True when the consent was, or could have become, effective and is not any more; one that was replaced is not lost."""
    if consent.superseded_from is not None or consent.effect() is ConsentEffect.EFFECTIVE:
        return False
    return (
        consent.ended()
        or consent.outgrown
        or any(reply.said is not Said.YES for reply in consent.replies.values())
    )


def narrowed(consent: Consent) -> bool:
    """True when somebody took back their yes for some of the receivers; one that was replaced is not asked about any more."""
    return consent.is_partly_taken_back() and consent.superseded_from is None


def waits(consent: Consent) -> bool:
    """True while somebody who was asked has not answered, and the others have not said no."""
    answered = {*consent.replies, *consent.excused}
    missing = any(signer.person_id not in answered for signer in consent.signers)
    return missing and not consent.ended() and consent.superseded_from is None


def contacted(consent: Consent, *, person_id: str, on: date, reached: bool, today: date) -> list[Event]:
    """Somebody who was asked for the consent was sought out about its loss, or for the answer that is missing. Raises Refused, Conflict."""
    if not (lost(consent) or narrowed(consent) or waits(consent)):
        raise Conflict("CONSENT_NOT_LOST", NOT_LOST)
    _check_day(on, today, field="contacted_on")
    if on < consent.requested_on:
        raise Refused("BEFORE_ASKED", BEFORE_ASKED, field="contacted_on")
    if person_id not in {signer.person_id for signer in consent.signers}:
        raise Refused("NOT_A_SIGNER", sentences.NOT_A_SIGNER, field="person_id")
    said = ConsentSignerContacted(
        consent_id=consent.consent_id, person_id=person_id, contacted_on=on, reached=reached
    )
    return [said]


def decided(
    consent: Consent, decision: LossDecision, *, on: date, text_ref: str | None, today: date
) -> list[Event]:
    """The group decided whether the contract still works without it. Raises Refused, Conflict."""
    if not (lost(consent) or narrowed(consent)):
        raise Conflict("CONSENT_NOT_LOST", NOT_LOST)
    _check_day(on, today, field="decided_on")
    return [
        ConsentLossDecided(consent_id=consent.consent_id, decision=decision, decided_on=on, text_ref=text_ref)
    ]


def _check_day(on: date, today: date, *, field: str) -> None:
    if on > today:
        raise Refused("IN_THE_FUTURE", AHEAD, field=field)
