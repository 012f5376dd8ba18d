"""Who is told what about meetings, minutes and tasks. Those without a log-in are told by whoever leads the case, who gets a notice of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from schemas.event import Event
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingMoved
from schemas.minutes import MinutesCommented, MinutesCorrected, MinutesIssued
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned
from services.notifications.domain.notice import Invitation, MeetingTime, Notice, NoticeKind

if TYPE_CHECKING:
    from services.notifications.domain.case import CasePeople

MEETING_EVENTS: tuple[type[Event], ...] = (
    MeetingCalled,
    MeetingMoved,
    MeetingCancelled,
    MinutesIssued,
    MinutesCorrected,
    MinutesCommented,
    TaskAssigned,
    TaskReassigned,
    TaskCompleted,
    TaskNotDone,
    TaskCancelled,
)


def after(case: CasePeople, event: Event) -> CasePeople:
    """The case after an event about a meeting or a task; `calls` counts what was sent to calendars about a meeting."""
    match event:
        case MeetingCalled() | MeetingMoved():
            known = case.meetings.get(event.meeting_id)
            invited = event.invited if isinstance(event, MeetingCalled) else known.invited if known else ()
            time = MeetingTime(
                invited=invited, starts_at=event.starts_at, ends_at=event.ends_at, zone=event.zone
            )
            return replace(
                _called(case, event.meeting_id), meetings={**case.meetings, event.meeting_id: time}
            )
        case MeetingCancelled():
            return _called(case, event.meeting_id)
        case TaskAssigned():
            return replace(case, tasks={**case.tasks, event.task_id: event.owner_id})
        case TaskReassigned():
            return replace(case, tasks={**case.tasks, event.task_id: event.to_id})
    return case


def _called(case: CasePeople, meeting_id: str) -> CasePeople:
    return replace(case, calls={**case.calls, meeting_id: case.calls.get(meeting_id, 0) + 1})


def notices(case: CasePeople, event: Event) -> Iterator[Notice]:
    """Who is told what about an event that has just been applied."""
    match event:
        case MeetingCalled():
            yield from _about_meeting(case, event.meeting_id, NoticeKind.MEETING_CALLED)
        case MeetingMoved():
            yield from _about_meeting(case, event.meeting_id, NoticeKind.MEETING_MOVED)
        case MeetingCancelled():
            yield from _about_meeting(case, event.meeting_id, NoticeKind.MEETING_CANCELLED)
        case MinutesIssued():
            yield from _tell(
                case, event.receivers, NoticeKind.MINUTES_ISSUED, {"meeting_id": event.meeting_id}
            )
        case MinutesCorrected():
            yield from _tell(
                case, event.receivers, NoticeKind.MINUTES_CORRECTED, {"meeting_id": event.meeting_id}
            )
        case MinutesCommented() if case.lead_id and event.person_id != case.lead_id:
            about = {"meeting_id": event.meeting_id}
            yield Notice(person_id=case.lead_id, kind=NoticeKind.MINUTES_COMMENTED, about=about)
        case TaskAssigned():
            yield from _tell(case, [event.owner_id], NoticeKind.TASK_ASSIGNED, _task(event))
        case TaskReassigned():
            yield from _tell(case, [event.to_id], NoticeKind.TASK_ASSIGNED, _task(event))
            if event.from_id != event.to_id:
                about = {"task_id": event.task_id}
                yield from _tell(case, [event.from_id], NoticeKind.TASK_TAKEN_OVER, about)
        case TaskCancelled() if event.task_id in case.tasks:
            about = {"task_id": event.task_id}
            yield from _tell(case, [case.tasks[event.task_id]], NoticeKind.TASK_CANCELLED, about)


def _task(event: TaskAssigned | TaskReassigned) -> dict[str, Any]:
    return {"task_id": event.task_id, "due_on": event.due_on.isoformat()}


def _about_meeting(case: CasePeople, meeting_id: str, kind: NoticeKind) -> Iterator[Notice]:
    time = case.meetings.get(meeting_id)
    if time is None:
        return
    invitation = Invitation(
        meeting_id=meeting_id,
        sequence=case.calls.get(meeting_id, 1) - 1,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        zone=time.zone,
        cancelled=kind is NoticeKind.MEETING_CANCELLED,
    )
    about = {"meeting_id": meeting_id, "starts_at": time.starts_at.isoformat()}
    yield from _tell(case, time.invited, kind, about, invitation=invitation)


def _tell(
    case: CasePeople,
    people: Iterable[str],
    kind: NoticeKind,
    about: dict[str, Any],
    *,
    invitation: Invitation | None = None,
) -> Iterator[Notice]:
    """Those with a log-in are told themselves; whoever leads is told to tell the other members.

    Corrected minutes reach those too who got the wrong ones and have left since.
    """
    with_log_in = {*case.staff, *([case.lead_id] if case.lead_id else [])}
    wanted = [person for person in dict.fromkeys(people) if case.may_be_told(person)]
    for person_id in wanted:
        if person_id in with_log_in:
            yield Notice(person_id=person_id, kind=kind, about=about, invitation=invitation)
    corrected = kind is NoticeKind.MINUTES_CORRECTED
    others = [
        person_id
        for person_id in wanted
        if person_id in case.without_log_in or (corrected and person_id not in with_log_in)
    ]
    if others and case.lead_id:
        told = {**about, "what": kind.value, "people": others}
        yield Notice(person_id=case.lead_id, kind=NoticeKind.TELL_IN_PERSON, about=told, by_mail=False)
