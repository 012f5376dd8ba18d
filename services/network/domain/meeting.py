"""Meetings: called for a time that exists, with people who belong there; held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import AbsenceReason, CancelReason, MeetingKind, MeetingMode, ProtectionLevel, Reply
from schemas.dated import OUR_CHOICE, always
from schemas.event import Event
from schemas.meeting import (
    Absence,
    AgendaItem,
    MeetingCalled,
    MeetingCancelled,
    MeetingHeld,
    MeetingLookedBackOn,
    MeetingMoved,
    MeetingReplied,
)
from schemas.minutes import MinutesIssued
from services.network.domain import agenda, interpreter
from services.network.domain.agenda import Item
from services.network.domain.group import Group
from services.network.domain.interpreter import Interpreter
from services.network.domain.refusals import conflict, refused
from services.network.domain.times import ZONE, day_of, instant_of, local_of

SHORTEST, LONGEST = 10, 8 * 60
"""Minutes: a technical limit, that a length typed wrongly is noticed; no rule says how long a meeting is."""
BACKDATED_DAYS = always(14, OUR_CHOICE)
"""How long afterwards a meeting may be entered from paper."""
AHEAD_DAYS = 366
"""A technical limit, that a year typed wrongly is noticed."""
APART_MINUTES = always(30, OUR_CHOICE)
"""How far apart in time youths who are not to meet come and go."""
OWN_RECORD = (MeetingKind.RESTORATIVE, MeetingKind.MEDIATION)
"""Meetings with a victim: what is said there stands in the mediation's own record, never in the youth's case."""


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    CALLED = "CALLED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting somebody wants to call: its start as wall time in Norway, its length in minutes."""

    meeting_id: str
    kind: MeetingKind
    mode: MeetingMode
    starts_local: datetime
    minutes: int
    invited: tuple[str, ...]
    place_ref: str | None = None
    agenda_ref: str | None = None
    items: tuple[AgendaItem, ...] = ()


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting must fit in with beside the case's own meetings: address protection, whether every victim of a mediation
    wants to meet, and the meetings of youths whom this one is not to meet.
    """

    protection: ProtectionLevel | None = None
    victims_consent: bool = False
    barred: tuple[Meeting, ...] = ()


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as its events tell it; `version` counts them."""

    case_id: str
    meeting_id: str
    kind: MeetingKind
    mode: MeetingMode
    starts_at: datetime
    ends_at: datetime
    invited: tuple[str, ...]
    status: MeetingStatus = MeetingStatus.CALLED
    held_on: date | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    reasons: dict[str, AbsenceReason] = {}
    cancelled_for: CancelReason | None = None
    replies: dict[str, Reply] = {}
    items: tuple[Item, ...] = ()
    interpreter: Interpreter | None = None
    minutes_issued: bool = False
    looked_back: bool = False
    version: int = 1

    @classmethod
    def called(cls, case_id: str, event: MeetingCalled) -> Meeting:
        """The meeting that was called."""
        return cls(
            case_id=case_id,
            meeting_id=event.meeting_id,
            kind=event.kind,
            mode=event.mode,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            invited=event.invited,
            items=tuple(Item.of(item) for item in event.items),
        )

    @property
    def waits(self) -> bool:
        """True while it is called and neither held nor cancelled."""
        return self.status is MeetingStatus.CALLED

    @property
    def held(self) -> bool:
        """True when it was held."""
        return self.status is MeetingStatus.HELD

    @property
    def stands(self) -> bool:
        """True unless it was cancelled."""
        return self.status is not MeetingStatus.CANCELLED

    @property
    def lets_go(self) -> bool:
        """True when what nothing has come of here goes on to another meeting: it was cancelled, or its minutes are out."""
        return self.minutes_issued or not self.stands

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """True when the two share any time."""
        return self.starts_at < ends_at and starts_at < self.ends_at

    def move(
        self,
        *,
        starts_local: datetime,
        minutes: int,
        reason: CancelReason,
        others: Iterable[Meeting],
        now: datetime,
        around: Surroundings | None = None,
    ) -> list[Event]:
        """The meeting gets another time; whoever was invited is asked anew. Raises Refused and Conflict."""
        if not self.waits:
            raise conflict("NOT_CALLED")
        starts_at, ends_at = time_of(starts_local, minutes, now=now)
        if (starts_at, ends_at) == (self.starts_at, self.ends_at):
            raise refused("NOTHING_CHANGED", field="starts_local")
        rest = (other for other in others if other.meeting_id != self.meeting_id)
        refuse_second_call(rest, self.kind, starts_at, ends_at)
        around = around or Surroundings()
        refuse_against_a_victim(self.kind, around)
        refuse_encounter(around.barred, self.mode, starts_at, ends_at)
        return [
            MeetingMoved(
                meeting_id=self.meeting_id,
                kind=self.kind,
                starts_at=starts_at,
                ends_at=ends_at,
                zone=ZONE,
                reason=reason,
            )
        ]

    def cancel(self, reason: CancelReason) -> list[Event]:
        """The meeting is not held; the deadline that it was to meet stays. Raises Conflict."""
        if self.status is not MeetingStatus.CALLED:
            raise conflict("NOT_CALLED")
        return [MeetingCancelled(meeting_id=self.meeting_id, kind=self.kind, reason=reason)]

    def answer(self, person_id: str, reply: Reply) -> list[Event]:
        """Somebody who is invited says whether they come. Raises Refused and Conflict."""
        if self.status is not MeetingStatus.CALLED:
            raise conflict("NOT_CALLED")
        if person_id not in self.invited:
            raise refused("NOT_INVITED")
        if self.replies.get(person_id) is reply:
            raise conflict("REPLIED_ALREADY", field="reply")
        return [MeetingReplied(meeting_id=self.meeting_id, person_id=person_id, reply=reply)]

    def hold(
        self,
        group: Group,
        *,
        held_on: date,
        present: tuple[str, ...],
        absent: tuple[str, ...],
        today: date,
        reasons: dict[str, AbsenceReason] | None = None,
        kept_out: Collection[str] = (),
    ) -> list[Event]:
        """The meeting was held; `reasons` says why each of those who were absent did not come. Nothing need be said of those who
        have been kept out since they were invited. Raises Refused and Conflict.
        """
        if self.status is not MeetingStatus.CALLED:
            raise conflict("NOT_CALLED")
        if held_on > today:
            raise refused("HELD_IN_FUTURE", field="held_on")
        if held_on < day_of(self.starts_at):
            raise refused("HELD_BEFORE_CALLED_FOR", field="held_on")
        self.refuse_attendance(group, present, absent, kept_out)
        why = reasons or {}
        if set(why) - set(absent):
            raise refused("REASON_FOR_ABSENT", field="reasons")
        absences = tuple(
            Absence(person_id=person, reason=why.get(person, AbsenceReason.NOT_STATED)) for person in absent
        )
        return [
            MeetingHeld(
                meeting_id=self.meeting_id,
                kind=self.kind,
                held_on=held_on,
                present=present,
                absent=absent,
                absences=absences,
            )
        ]

    def refuse_attendance(
        self,
        group: Group,
        present: tuple[str, ...],
        absent: tuple[str, ...],
        kept_out: Collection[str] = (),
    ) -> None:
        """Raise Refused for people who cannot have been there, or of whom nothing is said."""
        here, away, invited = set(present), set(absent), set(self.invited)
        if not here:
            raise refused("NOBODY_PRESENT", field="present")
        if here & away:
            raise refused("PRESENT_AND_ABSENT", field="absent")
        if invited - here - away - set(kept_out):
            raise refused("ATTENDANCE_INCOMPLETE", field="absent")
        if (here - invited - group.present) or (away - invited):
            raise refused("STRANGER_PRESENT", field="present")

    def after(self, event: Event) -> Meeting:
        """The meeting after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case MeetingMoved():
                return replace(changed, starts_at=event.starts_at, ends_at=event.ends_at, replies={})
            case MeetingCancelled():
                return replace(changed, status=MeetingStatus.CANCELLED, cancelled_for=event.reason)
            case MeetingReplied():
                return replace(changed, replies={**self.replies, event.person_id: event.reply})
            case MeetingHeld():
                return replace(
                    changed,
                    status=MeetingStatus.HELD,
                    held_on=event.held_on,
                    present=event.present,
                    absent=event.absent,
                    reasons={absence.person_id: absence.reason for absence in event.absences},
                )
            case MeetingLookedBackOn():
                return replace(changed, looked_back=True)
            case MinutesIssued():
                return replace(changed, minutes_issued=True)
            case _:
                return replace(
                    changed,
                    items=agenda.after(self.items, event, meeting_id=self.meeting_id),
                    interpreter=interpreter.after(self.interpreter, event),
                )


def call(
    asked: Call,
    group: Group,
    others: Iterable[Meeting],
    *,
    now: datetime,
    around: Surroundings | None = None,
) -> list[Event]:
    """The call of a meeting; `others` are the meetings of the case. Raises Refused and Conflict."""
    around, others = around or Surroundings(), list(others)
    starts_at, ends_at = time_of(asked.starts_local, asked.minutes, now=now)
    if not asked.invited:
        raise refused("NOBODY_INVITED", field="invited")
    if set(asked.invited) - group.present:
        raise refused("INVITED_NOT_MEMBER", field="invited")
    if asked.place_ref is not None and around.protection is ProtectionLevel.CODE_6:
        raise refused("NO_PLACE_FOR_PROTECTED", field="place_ref")
    refuse_against_a_victim(asked.kind, around)
    refuse_second_call(others, asked.kind, starts_at, ends_at)
    refuse_encounter(around.barred, asked.mode, starts_at, ends_at)
    items, carried = agenda.agenda_of_call(asked.meeting_id, asked.kind, asked.items, others)
    called = MeetingCalled(
        meeting_id=asked.meeting_id,
        kind=asked.kind,
        mode=asked.mode,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=ZONE,
        invited=tuple(dict.fromkeys(asked.invited)),
        place_ref=asked.place_ref,
        agenda_ref=asked.agenda_ref,
        items=items,
    )
    return [called, *carried]


def refuse_second_call(
    others: Iterable[Meeting], kind: MeetingKind, starts_at: datetime, ends_at: datetime
) -> None:
    """Raise Conflict, naming the meeting that stands, when one of the same kind is called for the same day: two calls for one
    purpose become one.
    """
    for other in others:
        same_day = day_of(other.starts_at) == day_of(starts_at)
        if other.waits and other.kind is kind and (same_day or other.overlaps(starts_at, ends_at)):
            when = local_of(other.starts_at)
            raise conflict(
                "CALLED_TWICE", field="starts_local", day=f"{when:%d.%m.%Y}", clock=f"{when:%H:%M}"
            )


def refuse_against_a_victim(kind: MeetingKind, around: Surroundings) -> None:
    """Raise Refused for a meeting with a victim, unless every victim of a mediation wants to meet."""
    if kind in OWN_RECORD and not around.victims_consent:
        raise refused("VICTIM_HAS_NOT_SAID_YES", field="kind")


def called_off(meetings: Iterable[Meeting], reason: CancelReason, *, now: datetime) -> list[Event]:
    """The cancelling of those of these meetings that are still to come."""
    return [event for one in meetings if one.waits and one.starts_at > now for event in one.cancel(reason)]


def refuse_encounter(
    barred: Iterable[Meeting], mode: MeetingMode, starts_at: datetime, ends_at: datetime
) -> None:
    """Raise Refused when a youth whom this one is not to meet comes or goes at the same time; which case it is, is not told."""
    apart = timedelta(minutes=APART_MINUTES.on(day_of(starts_at)))
    near = (starts_at - apart, ends_at + apart)
    if mode is MeetingMode.IN_PERSON and any(
        other.waits and other.mode is MeetingMode.IN_PERSON and other.overlaps(*near) for other in barred
    ):
        raise refused("NO_CONTACT_AT_THAT_TIME", field="starts_local")


def time_of(starts_local: datetime, minutes: int, *, now: datetime) -> tuple[datetime, datetime]:
    """From when to when a meeting is, as instants. Raises Refused."""
    starts_at = instant_of(starts_local)
    if not SHORTEST <= minutes <= LONGEST:
        raise refused("LENGTH_UNLIKELY", field="minutes")
    backdated = BACKDATED_DAYS.on(day_of(now))
    if starts_at < now - timedelta(days=backdated):
        raise refused("TOO_LONG_AGO", field="starts_local", days=backdated)
    if starts_at > now + timedelta(days=AHEAD_DAYS):
        raise refused("TOO_FAR_AHEAD", field="starts_local")
    return starts_at, starts_at + timedelta(minutes=minutes)
