"""An interpreter for those who need one in a meeting: never the youth, and nobody else of the family."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from schemas.agenda import InterpreterBooked, InterpreterDeclined, InterpreterNeeded
from schemas.codes import InterpreterRefusal
from schemas.event import Event
from services.network.domain.group import FAMILY, Group
from services.network.domain.refusals import conflict, refused
from services.network.domain.times import day_of

if TYPE_CHECKING:
    from services.network.domain.meeting import Meeting


class InterpreterState(StrEnum):
    """Where the booking of an interpreter stands."""

    NEEDED = "NEEDED"
    BOOKED = "BOOKED"
    DECLINED = "DECLINED"


class Interpreter(msgspec.Struct, frozen=True, kw_only=True):
    """Who needs an interpreter in a meeting, and whether one comes."""

    person_ids: tuple[str, ...]
    language_ref: str | None = None
    state: InterpreterState = InterpreterState.NEEDED
    reason: InterpreterRefusal | None = None


def need(meeting: Meeting, person_ids: tuple[str, ...], *, language_ref: str | None) -> list[Event]:
    """Some of those who are invited need an interpreter. Raises Refused and Conflict."""
    if not meeting.waits:
        raise conflict("NOT_CALLED")
    wanted = tuple(dict.fromkeys(person_ids))
    if not wanted:
        raise refused("WHO_NEEDS_INTERPRETER", field="person_ids")
    if set(wanted) - set(meeting.invited):
        raise refused("INTERPRETER_FOR_INVITED", field="person_ids")
    if meeting.interpreter is not None and set(meeting.interpreter.person_ids) == set(wanted):
        raise conflict("INTERPRETER_NEEDED_ALREADY")
    return [
        InterpreterNeeded(
            meeting_id=meeting.meeting_id,
            person_ids=wanted,
            meeting_on=day_of(meeting.starts_at),
            language_ref=language_ref,
        )
    ]


def book(meeting: Meeting, group: Group, interpreter_id: str | None, *, today: date) -> list[Event]:
    """An interpreter comes. Raises Refused and Conflict."""
    _refuse_unneeded(meeting)
    member = group.member(interpreter_id) if interpreter_id else None
    if member is not None and member.function in FAMILY:
        raise refused("FAMILY_NEVER_INTERPRETS", field="interpreter_id")
    return [InterpreterBooked(meeting_id=meeting.meeting_id, booked_on=today, interpreter_id=interpreter_id)]


def decline(meeting: Meeting, reason: InterpreterRefusal, *, today: date) -> list[Event]:
    """No interpreter comes. Raises Conflict."""
    _refuse_unneeded(meeting)
    return [InterpreterDeclined(meeting_id=meeting.meeting_id, reason=reason, declined_on=today)]


def _refuse_unneeded(meeting: Meeting) -> None:
    if not meeting.waits:
        raise conflict("NOT_CALLED")
    if meeting.interpreter is None or meeting.interpreter.state is not InterpreterState.NEEDED:
        raise conflict("NO_INTERPRETER_NEEDED")


def after(interpreter: Interpreter | None, event: Event) -> Interpreter | None:
    """The booking after one more event about it."""
    match event:
        case InterpreterNeeded():
            return Interpreter(person_ids=event.person_ids, language_ref=event.language_ref)
        case InterpreterBooked() if interpreter is not None:
            return msgspec.structs.replace(interpreter, state=InterpreterState.BOOKED)
        case InterpreterDeclined() if interpreter is not None:
            return msgspec.structs.replace(interpreter, state=InterpreterState.DECLINED, reason=event.reason)
    return interpreter
