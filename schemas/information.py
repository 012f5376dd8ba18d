"""Content in the vault, named by reference, and every opening of it."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec

from schemas.codes import AgeBand, Agency, Category, DocumentClass, Outcome, Purpose
from schemas.event import Event, event


@event("information.recorded")
class InformationRecorded(Event, frozen=True, kw_only=True):
    """An agency laid a piece of information about somebody in the vault; `replaces` is the work in progress that it takes over from."""

    ref: str
    about_id: str
    category: Category
    from_agency: Agency
    author_id: str
    document_class: DocumentClass = DocumentClass.WORKING
    replaces: str | None = None


class ReferenceDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What the gate answered for one reference, and on what basis or for want of what.

    What the content is (`category`, `from_agency`, `about_id`, `author_id`) is absent for a reference that is
    not of this case.
    """

    ref: str
    category: Category | None
    from_agency: Agency | None
    outcome: Outcome
    basis: str | None = None
    consent_id: str | None = None
    disclosure_id: str | None = None
    reason: str | None = None
    about_id: str | None = None
    author_id: str | None = None


@event("opening.decided")
class OpeningDecided(Event, frozen=True, kw_only=True):
    """Somebody asked to see content; what was shown, what was refused, and everything the decision rested on.

    `reason` is there when the whole case was refused. `decided_on` is the local date that the rules saw,
    `age_band` the youth's that day; `case_held` says that an event of the case waited to be understood, `staff` whether
    the log-in had a role of those who follow youths up. With `known_sequences` that is enough to make the decision again.
    """

    opening_id: str
    person_id: str
    to_agency: Agency | None
    purpose: Purpose
    policy_version: str
    decided_on: date
    known_sequences: dict[str, int]
    decisions: tuple[ReferenceDecision, ...]
    age_band: AgeBand | None = None
    case_held: bool = False
    reason: str | None = None
    staff: bool = True


def opening_digest(opening: OpeningDecided) -> str:
    """SHA-256 over what an opening says, the same wherever it is kept: fields in the order of their names, in hexadecimal."""
    return hashlib.sha256(msgspec.json.encode(opening, order="sorted")).hexdigest()
