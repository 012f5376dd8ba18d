"""Somebody says that a registration is wrong, and asks that it be put right; what became of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from schemas.event import Event, Sentence, event


class CorrectionRefusal(StrEnum):
    """Why a registration was left as it stood."""

    RIGHT_AS_IT_STANDS = "RIGHT_AS_IT_STANDS"
    SOMEBODYS_OWN_WORDS = "SOMEBODYS_OWN_WORDS"
    CANNOT_BE_SETTLED = "CANNOT_BE_SETTLED"
    COMES_FROM_ELSEWHERE = "COMES_FROM_ELSEWHERE"


@event(
    "correction.requested",
    sentence=Sentence(
        "Noen ba om at en registrering blir rettet", "Nokon bad om at ei registrering blir retta"
    ),
)
class CorrectionRequested(Event, frozen=True, kw_only=True):
    """Somebody in the group, the youth or a guardian says that a registration is wrong; what should stand lies in the vault.

    `vault_ids` are the texts that the registration names: closing one of them answers the request too.
    """

    request_id: str
    registration_id: str
    asked_by: str
    asked_on: date
    text_ref: str | None = None
    vault_ids: tuple[str, ...] = ()


@event(
    "correction.carried_out",
    sentence=Sentence("Et ønske om retting ble fulgt", "Eit ønske om retting vart følgt"),
    follows=True,
)
class CorrectionCarriedOut(Event, frozen=True, kw_only=True):
    """The registration that somebody had said was wrong was corrected, struck or redacted, by the event `done_by`."""

    request_id: str
    done_by: str
    carried_out_on: date


@event(
    "correction.refused",
    sentence=Sentence("Et ønske om retting ble ikke fulgt", "Eit ønske om retting vart ikkje følgt"),
)
class CorrectionRefused(Event, frozen=True, kw_only=True):
    """The registration stays as it is, and why; the words for the one who asked lie in the vault."""

    request_id: str
    reason: CorrectionRefusal
    refused_on: date
    text_ref: str | None = None
