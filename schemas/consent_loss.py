"""What is done when a consent has lost its effect: whom one talked with, and what the group decided about the contract."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from schemas.event import Event, Sentence, event


class LossDecision(StrEnum):
    """What a group decides when a consent is gone. The system carries none of it out by itself: only a signed contract whose
    start waited for this begins when it goes on.
    """

    GOES_ON_WITHOUT = "GOES_ON_WITHOUT"
    ASK_ANEW = "ASK_ANEW"
    CHANGE_THE_CONTRACT = "CHANGE_THE_CONTRACT"
    END_IT = "END_IT"


@event(
    "consent.signer_contacted",
    sentence=Sentence(
        "Det ble tatt kontakt om et samtykke",
        "Det vart teke kontakt om eit samtykke",
    ),
)
class ConsentSignerContacted(Event, frozen=True, kw_only=True):
    """One of those who decide about a consent that lost its effect, or that they have not answered, was sought out, and reached or not; what
    was said is not recorded.
    """

    consent_id: str
    person_id: str
    contacted_on: date
    reached: bool


@event(
    "consent.loss_decided",
    sentence=Sentence(
        "Gruppen bestemte hva som skjer etter et samtykke som falt bort",
        "Gruppa bestemte kva som skjer etter eit samtykke som fall bort",
    ),
)
class ConsentLossDecided(Event, frozen=True, kw_only=True):
    """The group decided whether the contract still works without a consent that lost its effect; the reasons lie in the vault."""

    consent_id: str
    decision: LossDecision
    decided_on: date
    text_ref: str | None = None
