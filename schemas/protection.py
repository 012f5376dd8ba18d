"""Address protection, who is cleared for it, and a youth's passing from one age band to the next."""

from __future__ import annotations

from schemas.codes import AgeBand, ProtectionLevel
from schemas.event import Event, Sentence, event


@event("protection.set")
class AddressProtectionSet(Event, frozen=True, kw_only=True):
    """Address protection was set for the youth: from now on only people who are cleared by name see what it
    covers.
    """

    level: ProtectionLevel


@event("protection.cleared")
class AddressProtectionCleared(Event, frozen=True, kw_only=True):
    """Address protection was lifted."""


@event("clearance.given")
class ClearanceGiven(Event, frozen=True, kw_only=True):
    """A leader cleared somebody, by name, for a case with address protection."""

    person_id: str
    given_by: str


@event("clearance.withdrawn")
class ClearanceWithdrawn(Event, frozen=True, kw_only=True):
    """Somebody is no longer cleared for a case with address protection."""

    person_id: str


@event("youth.age_band_changed")
class YouthAgeBandChanged(Event, frozen=True, kw_only=True):
    """The youth is in another age band from today: other people decide, and other rules hold. Neither age nor
    birth date is told.
    """

    youth_id: str
    age_band: AgeBand


@event(
    "youth.age_band_ahead",
    follows=True,
    sentence=Sentence(
        "Ungdommen kommer snart i en ny aldersgruppe", "Ungdommen kjem snart i ei ny aldersgruppe"
    ),
)
class YouthAgeBandAhead(Event, frozen=True, kw_only=True):
    """The youth will be in another age band in so many days, so that new consents can be asked for in time. Neither age nor birth date is told."""

    youth_id: str
    age_band: AgeBand
    in_days: int
