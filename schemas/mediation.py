"""Mediation (mekling) and restorative meetings: a record of its own beside the youth's case, in a stream of its own.

The subject of these events is the mediation, not a case: who is in the youth's network group can neither open it nor see that it
says anything. Nothing about a victim stands in the youth's case.
"""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, MediationOutcome, MediationParty, SigningMethod
from schemas.event import Event, event


@event("mediation.opened")
class MediationOpened(Event, frozen=True, kw_only=True):
    """A record of a mediation was opened; only its mediator may open what lies in it."""

    youth_case_id: str
    mediator_id: str
    owner_agency: Agency
    opened_on: date


@event("mediation.party_joined")
class MediationPartyJoined(Event, frozen=True, kw_only=True):
    """A victim, or somebody who comes with them, was entered in the record; who it is lies in the vault under `name_ref`."""

    party_id: str
    party: MediationParty
    joined_on: date
    name_ref: str | None = None


@event("mediation.consent_given")
class MediationConsentGiven(Event, frozen=True, kw_only=True):
    """A victim said yes to a meeting, of their own will."""

    party_id: str
    method: SigningMethod
    given_on: date


@event("mediation.consent_withdrawn")
class MediationConsentWithdrawn(Event, frozen=True, kw_only=True):
    """A victim does not want to meet, or does not want to any more; that needs no reason."""

    party_id: str
    withdrawn_on: date


@event("mediation.closed")
class MediationClosed(Event, frozen=True, kw_only=True):
    """A mediation is over; what was agreed lies in its own part of the vault."""

    outcome: MediationOutcome
    closed_on: date
    text_ref: str | None = None
