"""Meetings: called, moved, cancelled, replied to, held."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from schemas.codes import AbsenceReason, AgendaItemKind, CancelReason, MeetingKind, MeetingMode, Reply
from schemas.event import Event, Sentence, event


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of an agenda; what it says lies in the vault under `text_ref`."""

    item_id: str
    kind: AgendaItemKind
    text_ref: str | None = None


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Why one person was not there."""

    person_id: str
    reason: AbsenceReason


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
    items: tuple[AgendaItem, ...] = ()


@event("meeting.held")
class MeetingHeld(Event, frozen=True, kw_only=True):
    """A meeting was held; who was there and who was not."""

    meeting_id: str
    kind: MeetingKind
    held_on: date
    present: tuple[str, ...]
    absent: tuple[str, ...]
    absences: tuple[Absence, ...] = ()


@event("meeting.moved")
class MeetingMoved(Event, frozen=True, kw_only=True):
    """A called meeting got another time; the same people are invited."""

    meeting_id: str
    kind: MeetingKind
    starts_at: datetime
    ends_at: datetime
    zone: str
    reason: CancelReason

    @property
    def meeting_on(self) -> date:
        """The local day of the new time."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()


@event("meeting.cancelled")
class MeetingCancelled(Event, frozen=True, kw_only=True):
    """A called meeting is not held, and why; what it was to meet stays open."""

    meeting_id: str
    kind: MeetingKind
    reason: CancelReason


@event("meeting.replied")
class MeetingReplied(Event, frozen=True, kw_only=True):
    """Somebody answered a call."""

    meeting_id: str
    person_id: str
    reply: Reply


@event(
    "meeting.looked_back_on",
    sentence=Sentence(
        "Gruppen så tilbake på møtet: gjort, lært, lurt",
        "Gruppa såg tilbake på møtet: gjort, lært, lurt",
    ),
)
class MeetingLookedBackOn(Event, frozen=True, kw_only=True):
    """Those who had met looked back on it: what was done, what was learnt, what it would be smart to do (GLL); the words lie in the vault."""

    meeting_id: str
    kind: MeetingKind
    looked_back_on: date
    text_ref: str
