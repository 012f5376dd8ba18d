"""What each event says in this service's replayed tables."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened
from schemas.coordination import CertificateShown, CoordinationRecorded, NoContactLifted, NoContactSet
from schemas.event import Event, Fact
from schemas.guardianship import GUARDIAN_EVENTS
from schemas.meeting import (
    MeetingCalled,
    MeetingCancelled,
    MeetingHeld,
    MeetingLookedBackOn,
    MeetingMoved,
    MeetingReplied,
)
from schemas.network_group import (
    AccessReviewed,
    MemberFunctionChanged,
    MemberJoined,
    MemberLeft,
    NetworkGroupFormed,
    SecrecyDeclared,
)
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned, TaskStarted
from services.network.domain.case import Case
from services.network.domain.group import Group
from services.network.domain.meeting import Meeting
from services.network.domain.task import Task
from services.network.record_folds import RECORD_FOLDS
from services.network.repository import CASES, GROUPS, MEETINGS, TASKS


def on_case_opened(rows: Rows, fact: Fact) -> None:
    """Contracts opened a case."""
    assert isinstance(fact.event, CaseOpened)
    CASES.put(rows, Case.opened(fact.envelope.case_id, fact.event))


def on_case(rows: Rows, fact: Fact) -> None:
    """Contracts changed a case."""
    case = CASES.find(rows, fact.envelope.case_id)
    if case is not None:
        CASES.put(rows, case.after(fact.event))


def on_formed(rows: Rows, fact: Fact) -> None:
    """A group begins."""
    assert isinstance(fact.event, NetworkGroupFormed)
    GROUPS.put(rows, Group(case_id=fact.envelope.case_id, group_id=fact.event.group_id))


def on_group(rows: Rows, fact: Fact) -> None:
    """The group goes on."""
    group = GROUPS.find(rows, fact.envelope.case_id)
    if group is not None:
        GROUPS.put(rows, group.after(fact.event))


def on_called(rows: Rows, fact: Fact) -> None:
    """A meeting begins."""
    assert isinstance(fact.event, MeetingCalled)
    MEETINGS.put(rows, Meeting.called(fact.envelope.case_id, fact.event))


def on_meeting(rows: Rows, fact: Fact) -> None:
    """The meeting that the event names goes on."""
    meeting = MEETINGS.find(rows, fact.event.meeting_id)  # type: ignore[attr-defined]
    if meeting is not None:
        MEETINGS.put(rows, meeting.after(fact.event))


def on_assigned(rows: Rows, fact: Fact) -> None:
    """A task begins."""
    assert isinstance(fact.event, TaskAssigned)
    TASKS.put(rows, Task.assigned(fact.envelope.case_id, fact.event))


def on_task(rows: Rows, fact: Fact) -> None:
    """The task that the event names goes on."""
    task = TASKS.find(rows, fact.event.task_id)  # type: ignore[attr-defined]
    if task is not None:
        TASKS.put(rows, task.after(fact.event))


FOLDS: dict[type[Event], Fold] = {
    **RECORD_FOLDS,
    AddressProtectionSet: on_case,
    AddressProtectionCleared: on_case,
    **dict.fromkeys(GUARDIAN_EVENTS, on_case),
    CertificateShown: on_group,
    CoordinationRecorded: on_group,
    NoContactSet: on_group,
    NoContactLifted: on_group,
    CaseOpened: on_case_opened,
    NetworkGroupFormed: on_formed,
    MemberJoined: on_group,
    MemberLeft: on_group,
    MemberFunctionChanged: on_group,
    CaseLeadChanged: on_case,
    CaseClosed: on_case,
    SecrecyDeclared: on_group,
    AccessReviewed: on_group,
    MeetingCalled: on_called,
    MeetingHeld: on_meeting,
    MeetingMoved: on_meeting,
    MeetingCancelled: on_meeting,
    MeetingReplied: on_meeting,
    MeetingLookedBackOn: on_meeting,
    TaskAssigned: on_assigned,
    TaskStarted: on_task,
    TaskCompleted: on_task,
    TaskNotDone: on_task,
    TaskCancelled: on_task,
    TaskReassigned: on_task,
}
