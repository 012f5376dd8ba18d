"""Minutes (referat) of a meeting: the words lie in the vault, a reference a part; once issued they only change by a new version."""

from __future__ import annotations

from datetime import date

from schemas.codes import MeetingKind, MinutesChange
from schemas.event import Event, event


@event("minutes.drafted")
class MinutesDrafted(Event, frozen=True, kw_only=True):
    """Minutes of a meeting were written, and not given to anybody yet; a later draft takes the place of an earlier one."""

    meeting_id: str
    text_refs: tuple[str, ...]


@event("minutes.issued")
class MinutesIssued(Event, frozen=True, kw_only=True):
    """Minutes were given to their receivers: who was there, and the tasks that came of the meeting."""

    meeting_id: str
    kind: MeetingKind
    number: int
    text_refs: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    task_ids: tuple[str, ...]
    receivers: tuple[str, ...]
    issued_on: date


@event("no_tasks.declared")
class NoTasksDeclared(Event, frozen=True, kw_only=True):
    """It was said expressly that no tasks came of a meeting."""

    meeting_id: str
    declared_on: date


@event("minutes.commented")
class MinutesCommented(Event, frozen=True, kw_only=True):
    """One of those who got the minutes had something to say to them; the words lie in the vault."""

    meeting_id: str
    comment_id: str
    number: int
    person_id: str
    text_ref: str
    commented_on: date


@event("minutes.confirmed")
class MinutesConfirmed(Event, frozen=True, kw_only=True):
    """Minutes were confirmed as they stand in this version."""

    meeting_id: str
    number: int
    confirmed_on: date


@event("minutes.corrected")
class MinutesCorrected(Event, frozen=True, kw_only=True):
    """Minutes got a new version, to the same receivers as before; the earlier version stays as it was."""

    meeting_id: str
    number: int
    text_refs: tuple[str, ...]
    receivers: tuple[str, ...]
    reason: MinutesChange
    corrected_on: date
