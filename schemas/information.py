"""Content in the vault, named by reference, and every opening of it."""

from __future__ import annotations

import msgspec

from schemas.codes import Agency, Category, Outcome, Purpose
from schemas.event import Event, event


@event("information.recorded")
class InformationRecorded(Event, frozen=True, kw_only=True):
    """An agency laid a piece of information about somebody in the vault."""

    ref: str
    about_id: str
    category: Category
    from_agency: Agency
    author_id: str


class ReferenceDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What the gate answered for one reference, and on what basis or for want of what."""

    ref: str
    category: Category
    from_agency: Agency
    outcome: Outcome
    basis: str | None = None
    consent_id: str | None = None
    reason: str | None = None


@event("opening.decided")
class OpeningDecided(Event, frozen=True, kw_only=True):
    """Somebody asked to see content; what was shown, what was refused, and everything the decision rested on."""

    opening_id: str
    person_id: str
    to_agency: Agency
    purpose: Purpose
    policy_version: str
    known_sequences: dict[str, int]
    decisions: tuple[ReferenceDecision, ...]
