"""What becomes of the texts in the vault as documents: made final, or, being somebody's own notes, gone with the case."""

from __future__ import annotations

from datetime import date

from schemas.event import Event, event


@event("document.finalised")
class DocumentFinalised(Event, frozen=True, kw_only=True):
    """A text that was work in progress was made final; from now on it is never replaced, only corrected by a new version."""

    ref: str
    finalised_by: str
    finalised_on: date


@event("private_notes.purged")
class PrivateNotesPurged(Event, frozen=True, kw_only=True):
    """The case was closed, and everybody's private notes in it were destroyed."""

    refs: tuple[str, ...]
    purged_on: date
