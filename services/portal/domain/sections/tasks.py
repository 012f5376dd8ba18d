"""The tasks of a case: whose, until when, how they stand. Overdue is how one looks at them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from schemas.codes import TaskReason
from schemas.event import Fact
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned, TaskStarted
from services.portal.domain.keeping import change_one, put
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "OPEN"
    STARTED = "STARTED"
    DONE = "DONE"
    NOT_DONE = "NOT_DONE"
    CANCELLED = "CANCELLED"


class CaseTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task; `version` counts its events as its owner does."""

    task_id: str
    owner_id: str
    due_on: date
    source_id: str | None = None
    text_ref: str | None = None
    state: TaskState = TaskState.OPEN
    late: bool = False
    ended_on: date | None = None
    reason: TaskReason | None = None
    version: int = 1

    @property
    def waits(self) -> bool:
        """True until it is done, not done or cancelled."""
        return self.state in (TaskState.OPEN, TaskState.STARTED)

    def overdue(self, today: date) -> bool:
        """True after its day, while it waits."""
        return self.waits and self.due_on < today


class TasksOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """Every task of a case, in the order in which they were given."""

    tasks: tuple[CaseTask, ...] = ()

    @property
    def waiting(self) -> tuple[CaseTask, ...]:
        """Those that wait, the first due first."""
        return tuple(sorted((one for one in self.tasks if one.waits), key=lambda one: one.due_on))

    @property
    def over(self) -> tuple[CaseTask, ...]:
        """Those that are done with, the newest first."""
        return tuple(one for one in reversed(self.tasks) if not one.waits)

    def task(self, task_id: str | None) -> CaseTask | None:
        """The task with this id."""
        return next((one for one in self.tasks if one.task_id == task_id), None)


def assigned(state: TasksOfCase, event: TaskAssigned, _: Fact) -> TasksOfCase:
    """A task begins."""
    task = CaseTask(
        task_id=event.task_id,
        owner_id=event.owner_id,
        due_on=event.due_on,
        source_id=event.source_id,
        text_ref=event.text_ref,
    )
    return replace(state, tasks=put(state.tasks, "task_id", task))


def started(state: TasksOfCase, event: TaskStarted, _: Fact) -> TasksOfCase:
    """Its owner has begun."""
    return _change(state, event.task_id, state=TaskState.STARTED)


def completed(state: TasksOfCase, event: TaskCompleted, _: Fact) -> TasksOfCase:
    """It is done."""
    return _change(state, event.task_id, state=TaskState.DONE, late=event.late, ended_on=event.done_on)


def not_done(state: TasksOfCase, event: TaskNotDone, _: Fact) -> TasksOfCase:
    """It was not done."""
    ended = {"ended_on": event.ended_on, "reason": event.reason}
    return _change(state, event.task_id, state=TaskState.NOT_DONE, **ended)


def cancelled(state: TasksOfCase, event: TaskCancelled, _: Fact) -> TasksOfCase:
    """It is not wanted any more."""
    ended = {"ended_on": event.ended_on, "reason": event.reason}
    return _change(state, event.task_id, state=TaskState.CANCELLED, **ended)


def reassigned(state: TasksOfCase, event: TaskReassigned, _: Fact) -> TasksOfCase:
    """Another has it, or it has another day."""
    return _change(state, event.task_id, owner_id=event.to_id, due_on=event.due_on)


def _change(tasks: TasksOfCase, task_id: str, /, **changes: Any) -> TasksOfCase:
    def take(one: CaseTask) -> CaseTask:
        return replace(one, **changes, version=one.version + 1)

    return replace(tasks, tasks=change_one(tasks.tasks, "task_id", task_id, take))


CHANGES: dict[Any, Any] = {
    TaskAssigned: assigned,
    TaskStarted: started,
    TaskCompleted: completed,
    TaskNotDone: not_done,
    TaskCancelled: cancelled,
    TaskReassigned: reassigned,
}
SECTION = Section(TasksOfCase, CHANGES)
