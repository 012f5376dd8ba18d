"""Tasks (oppgaver): one owner among those around the youth, and a due date. Overdue is how one looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import TaskReason
from schemas.event import Event
from schemas.task import (
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskNotDone,
    TaskReassigned,
    TaskStarted,
)
from services.network.domain.group import Group
from services.network.domain.refusals import conflict, refused


class TaskStatus(StrEnum):
    """Where a task stands."""

    OPEN = "OPEN"
    STARTED = "STARTED"
    DONE = "DONE"
    NOT_DONE = "NOT_DONE"
    CANCELLED = "CANCELLED"


def assign(
    group: Group,
    *,
    task_id: str,
    owner_id: str,
    due_on: date,
    source_id: str | None,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """A member, the youth and the guardians too, takes on a task. Raises Refused."""
    _refuse_owner(group, owner_id, due_on, today)
    return [
        TaskAssigned(
            task_id=task_id,
            owner_id=owner_id,
            due_on=due_on,
            assigned_on=today,
            source_id=source_id,
            text_ref=text_ref,
        )
    ]


def _refuse_owner(group: Group, owner_id: str, due_on: date, today: date) -> None:
    if owner_id not in group.present:
        raise refused("OWNER_NOT_MEMBER", field="owner_id")
    if due_on < today:
        raise refused("DUE_IN_PAST", field="due_on")


def hand_on(tasks: Iterable[Task], from_id: str, to_id: str) -> list[Event]:
    """The open tasks of one who leaves the group go to another, each with its own day, however late it is."""
    return [
        TaskReassigned(task_id=one.task_id, from_id=from_id, to_id=to_id, due_on=one.due_on)
        for one in tasks
        if one.open and one.owner_id == from_id and to_id not in ("", from_id)
    ]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A task as its events tell it; `version` counts them."""

    case_id: str
    task_id: str
    owner_id: str
    due_on: date
    source_id: str | None = None
    text_ref: str | None = None
    status: TaskStatus = TaskStatus.OPEN
    version: int = 1

    @classmethod
    def assigned(cls, case_id: str, event: TaskAssigned) -> Task:
        """The task that was assigned."""
        return cls(
            case_id=case_id,
            task_id=event.task_id,
            owner_id=event.owner_id,
            due_on=event.due_on,
            source_id=event.source_id,
            text_ref=event.text_ref,
        )

    @property
    def open(self) -> bool:
        """True until it is done, not done or cancelled."""
        return self.status in (TaskStatus.OPEN, TaskStatus.STARTED)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def start(self, *, today: date) -> list[Event]:
        """The owner has begun. Raises Conflict."""
        if self.status is not TaskStatus.OPEN:
            raise conflict("TASK_NOT_OPEN")
        return [TaskStarted(task_id=self.task_id, started_on=today)]

    def complete(self, *, today: date) -> list[Event]:
        """It is done, in time or late. Raises Conflict."""
        self._refuse_over()
        return [TaskCompleted(task_id=self.task_id, done_on=today, late=today > self.due_on)]

    def not_done(self, reason: TaskReason, *, today: date) -> list[Event]:
        """It was not done. Raises Conflict."""
        self._refuse_over()
        return [TaskNotDone(task_id=self.task_id, reason=reason, ended_on=today)]

    def cancel(self, reason: TaskReason, *, today: date) -> list[Event]:
        """It is no longer wanted. Raises Conflict."""
        self._refuse_over()
        return [TaskCancelled(task_id=self.task_id, reason=reason, ended_on=today)]

    def reassign(self, group: Group, to_id: str, *, due_on: date, today: date) -> list[Event]:
        """Another member takes it over. Raises Refused and Conflict."""
        self._refuse_over()
        if to_id == self.owner_id and due_on == self.due_on:
            raise refused("NOTHING_CHANGED", field="owner_id")
        _refuse_owner(group, to_id, due_on, today)
        return [TaskReassigned(task_id=self.task_id, from_id=self.owner_id, to_id=to_id, due_on=due_on)]

    def _refuse_over(self) -> None:
        if not self.open:
            raise conflict("TASK_NOT_OPEN")

    def after(self, event: Event) -> Task:
        """The task after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case TaskStarted():
                return replace(changed, status=TaskStatus.STARTED)
            case TaskCompleted():
                return replace(changed, status=TaskStatus.DONE)
            case TaskNotDone():
                return replace(changed, status=TaskStatus.NOT_DONE)
            case TaskCancelled():
                return replace(changed, status=TaskStatus.CANCELLED)
            case TaskReassigned():
                return replace(changed, owner_id=event.to_id, due_on=event.due_on)
            case _:
                return changed
