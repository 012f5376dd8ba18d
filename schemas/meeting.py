"""Meetings: called, cancelled, held."""

from __future__ import annotations

from datetime import date, datetime

from schemas.codes import MeetingKind, MeetingMode
from schemas.event import Event, event


@event("meeting.called")
class MeetingCalled(Event, frozen=True, kw_only=True):
    """A meeting was called and people were invited; times in UTC, to be shown in `zone`."""

    meeting_id: str
    kind: MeetingKind
    mode: MeetingMode
    starts_at: datetime
    ends_at: datetime
    zone: str
    invited: tuple[str, ...]
    place_ref: str | None = None
    agenda_ref: str | None = None


@event("meeting.held")
class MeetingHeld(Event, frozen=True, kw_only=True):
    """A meeting was held; who was there and who was not."""

    meeting_id: str
    kind: MeetingKind
    held_on: date
    present: tuple[str, ...]
    absent: tuple[str, ...]
