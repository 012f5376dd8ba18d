"""What a notice is, and the invitation that can come with it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec


class NoticeKind(StrEnum):
    """What a notice is about; the words are the pages' own."""

    MEETING_CALLED = "MEETING_CALLED"
    MEETING_MOVED = "MEETING_MOVED"
    MEETING_CANCELLED = "MEETING_CANCELLED"
    MINUTES_ISSUED = "MINUTES_ISSUED"
    MINUTES_CORRECTED = "MINUTES_CORRECTED"
    MINUTES_COMMENTED = "MINUTES_COMMENTED"
    TASK_ASSIGNED = "TASK_ASSIGNED"
    TASK_TAKEN_OVER = "TASK_TAKEN_OVER"
    TASK_CANCELLED = "TASK_CANCELLED"
    TELL_IN_PERSON = "TELL_IN_PERSON"
    """Somebody without a log-in is to hear of something: by whoever leads the case, in person or on paper."""
    MEMBER_JOINED = "MEMBER_JOINED"
    CLEARED = "CLEARED"
    """Somebody may know of a strictly protected case from now on."""
    CLEARANCE_NEEDED = "CLEARANCE_NEEDED"
    """For whoever leads a strictly protected case: somebody came into the group to whom the case is not there until they are cleared."""
    DEVIATION_REPORTED = "DEVIATION_REPORTED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    DEADLINE_REMINDED = "DEADLINE_REMINDED"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    DEADLINE_MOVED = "DEADLINE_MOVED"
    DEADLINE_REOPENED = "DEADLINE_REOPENED"
    REGISTRATION_CORRECTED = "REGISTRATION_CORRECTED"
    """Something that the person was told of before was put right or struck."""
    TEXT_CORRECTED = "TEXT_CORRECTED"
    """A text that the person has read was corrected, struck or redacted."""
    RECEIPT_REQUESTED = "RECEIPT_REQUESTED"
    OTHERS_DECIDE_NOW = "OTHERS_DECIDE_NOW"
    """The youth has passed into another age band: consents are to be looked over."""
    OTHERS_DECIDE_SOON = "OTHERS_DECIDE_SOON"
    """The youth soon passes into another age band: new consents can be asked for in time."""
    DEADLINE_ESCALATED = "DEADLINE_ESCALATED"
    """For those who lead the unit that owns the case."""
    YOU_LEAD = "YOU_LEAD"
    """The case was handed over to the receiver, with a package of what is open."""
    LEAD_CHANGED = "LEAD_CHANGED"
    CASE_PAUSED = "CASE_PAUSED"
    CASE_RESUMED = "CASE_RESUMED"
    CASE_CLOSED = "CASE_CLOSED"


class Invitation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a meeting is, as far as a calendar outside this system may know; `sequence` grows with every change of it."""

    meeting_id: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    cancelled: bool = False


class MeetingTime(msgspec.Struct, frozen=True, kw_only=True):
    """When a meeting is and who is invited."""

    invited: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    zone: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person is told; `about` holds references and codes that the pages make links and words of."""

    person_id: str
    kind: NoticeKind
    about: dict[str, Any] = {}
    invitation: Invitation | None = None
    by_mail: bool = True
    """False where another notice about the same thing is mailed already."""
