"""The routes about tasks."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import STAFF, TaskReason
from services.network import task_commands as commands
from services.network.access import group_for_reading
from services.network.repository import TASKS

routes = APIRouter(tags=["tasks"])


class AssignTask(Body):
    """A task with one owner and a due date; the words lie in the vault."""

    task_id: Id
    owner_id: Id
    due_on: date
    source_id: Id | None = None
    text_ref: Ref | None = None


class Seen(Body):
    """The version of the task that the person saw."""

    seen_version: int | None = None


class EndTask(Seen):
    """Why a task was not done, or is not wanted any more."""

    reason: TaskReason


class Reassign(Seen):
    """Who takes it over, and until when."""

    to_id: Id
    due_on: date


@routes.post("/cases/{case_id}/tasks", status_code=201)
def assign(case_id: str, body: AssignTask, ask: TheAsk) -> Answer:
    """Give a task to one of those around the youth."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.assign(work, case_id, **dict(body)), body)


@routes.post("/tasks/{task_id}/started", status_code=201)
def start(task_id: str, body: Seen, ask: TheAsk) -> Answer:
    """Begin a task."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work, task_id, lambda task, _, today: task.start(today=today), seen_version=body.seen_version
        ),
        body,
    )


@routes.post("/tasks/{task_id}/completed", status_code=201)
def complete(task_id: str, body: Seen, ask: TheAsk) -> Answer:
    """A task is done."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work, task_id, lambda task, _, today: task.complete(today=today), seen_version=body.seen_version
        ),
        body,
    )


@routes.post("/tasks/{task_id}/not-done", status_code=201)
def not_done(task_id: str, body: EndTask, ask: TheAsk) -> Answer:
    """A task was not done, and why."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            task_id,
            lambda task, _, today: task.not_done(body.reason, today=today),
            seen_version=body.seen_version,
        ),
        body,
    )


@routes.post("/tasks/{task_id}/cancelled", status_code=201)
def cancel(task_id: str, body: EndTask, ask: TheAsk) -> Answer:
    """A task is not wanted any more; for those who lead."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            task_id,
            lambda task, _, today: task.cancel(body.reason, today=today),
            seen_version=body.seen_version,
            leading=True,
        ),
        body,
    )


@routes.post("/tasks/{task_id}/reassigned", status_code=201)
def reassign(task_id: str, body: Reassign, ask: TheAsk) -> Answer:
    """Give a task to another; for those who lead."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: commands.decide(
            work,
            task_id,
            lambda task, group, today: task.reassign(group, body.to_id, due_on=body.due_on, today=today),
            seen_version=body.seen_version,
            leading=True,
            to_id=body.to_id,
        ),
        body,
    )


@routes.get("/cases/{case_id}/tasks")
def tasks(case_id: str, ask: TheAsk) -> list[Answer]:
    """The tasks of a case, for those who are in its group."""

    def look(work: Work) -> list[Answer]:
        group_for_reading(work, case_id)
        return [json_ready(task) for task in TASKS.of_case(work, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
