"""Who was there and who was not, counted so that the youth's own absence is kept apart from what the services failed at."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from schemas.codes import AbsenceReason, CancelReason, Function
from services.network.domain.group import Group
from services.network.domain.meeting import Meeting, MeetingStatus

SERVICES_FAULT = frozenset(
    {
        AbsenceReason.CALL_NOT_RECEIVED,
        AbsenceReason.NO_INTERPRETER,
        AbsenceReason.NO_TRANSPORT,
        AbsenceReason.NO_CAPACITY,
    }
)
CANCELLED_BY = {
    CancelReason.YOUTH_CANNOT: "YOUTH",
    CancelReason.GUARDIAN_CANNOT: "GUARDIANS",
    CancelReason.AGENCY_CANNOT: "SERVICES",
    CancelReason.INTERPRETER_MISSING: "SERVICES",
}


class CountedAs(StrEnum):
    """Whose an absence or a cancelled meeting is."""

    YOUTH = "YOUTH"
    GUARDIANS = "GUARDIANS"
    AGENCY = "AGENCY"
    SERVICES = "SERVICES"
    NOBODY = "NOBODY"


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """The attendance of a case; nothing here is a score, and the services' failures never count as the youth's."""

    held: int
    youth_present: int
    absences: dict[CountedAs, int]
    cancelled: dict[CountedAs, int]


def counted_as(reason: AbsenceReason, function: Function | None) -> CountedAs:
    """Whose absence it is: the services', when they failed; otherwise the person's own."""
    if reason in SERVICES_FAULT:
        return CountedAs.SERVICES
    if function is Function.YOUTH:
        return CountedAs.YOUTH
    return CountedAs.GUARDIANS if function is Function.GUARDIAN else CountedAs.AGENCY


def count(meetings: Iterable[Meeting], group: Group) -> Count:
    """The attendance of a case so far."""
    functions = {member.person_id: member.function for member in group.memberships}
    absences: dict[CountedAs, int] = {}
    cancelled: dict[CountedAs, int] = {}
    held = youth_present = 0
    for meeting in meetings:
        if meeting.status is MeetingStatus.CANCELLED and meeting.cancelled_for is not None:
            whose = CountedAs(CANCELLED_BY.get(meeting.cancelled_for, "NOBODY"))
            cancelled[whose] = cancelled.get(whose, 0) + 1
        if meeting.status is not MeetingStatus.HELD:
            continue
        held += 1
        youth_present += any(functions.get(person) is Function.YOUTH for person in meeting.present)
        for person in meeting.absent:
            reason = meeting.reasons.get(person, AbsenceReason.NOT_STATED)
            whose = counted_as(reason, functions.get(person))
            absences[whose] = absences.get(whose, 0) + 1
    return Count(held=held, youth_present=youth_present, absences=absences, cancelled=cancelled)
