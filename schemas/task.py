"""Tasks (oppgaver): one owner and a due date each; overdue is how one looks at it, not an event of its own."""

from __future__ import annotations

from datetime import date

from schemas.codes import TaskReason
from schemas.event import Event, event


@event("task.assigned")
class TaskAssigned(Event, frozen=True, kw_only=True):
    """Somebody took on a task; `source_id` is the meeting or clause that it comes from."""

    task_id: str
    owner_id: str
    due_on: date
    assigned_on: date
    source_id: str | None = None
    text_ref: str | None = None


@event("task.started")
class TaskStarted(Event, frozen=True, kw_only=True):
    """The owner of a task has begun."""

    task_id: str
    started_on: date


@event("task.completed")
class TaskCompleted(Event, frozen=True, kw_only=True):
    """A task was done."""

    task_id: str
    done_on: date
    late: bool


@event("task.not_done")
class TaskNotDone(Event, frozen=True, kw_only=True):
    """A task was not done, and why."""

    task_id: str
    reason: TaskReason
    ended_on: date


@event("task.cancelled")
class TaskCancelled(Event, frozen=True, kw_only=True):
    """A task is no longer wanted, and why."""

    task_id: str
    reason: TaskReason
    ended_on: date


@event("task.reassigned")
class TaskReassigned(Event, frozen=True, kw_only=True):
    """Another member took a task over, and perhaps got another due date."""

    task_id: str
    from_id: str
    to_id: str
    due_on: date
