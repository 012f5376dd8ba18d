"""What people may ask about tasks, one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.event import Event
from services.network.access import group_for_leading, group_for_member, guardians_of, refuse_closed
from services.network.domain import task as tasks
from services.network.domain.group import Group
from services.network.domain.kept_out import refuse_kept_out
from services.network.domain.refusals import conflict, not_allowed
from services.network.domain.task import Task
from services.network.repository import TASKS
from services.network.tables import TaskRow


def assign(
    work: Work,
    case_id: str,
    *,
    task_id: str,
    owner_id: str,
    due_on: date,
    source_id: str | None,
    text_ref: str | None,
) -> Answer:
    """Give a task to one of those around the youth."""
    work.lock_case(case_id)
    group = group_for_leading(work, case_id)
    if TASKS.find(work, task_id) is not None:
        raise conflict("TASK_EXISTS", field="task_id")
    refuse_kept_out(guardians_of(work, case_id), group, [owner_id], field="owner_id")
    assigned = tasks.assign(
        group,
        task_id=task_id,
        owner_id=owner_id,
        due_on=due_on,
        source_id=source_id,
        text_ref=text_ref,
        today=work.moment.today,
    )
    work.publish(case_id, *assigned)
    return standing(work, task_id)


def decide(
    work: Work,
    task_id: str,
    decision: Callable[[Task, Group, date], list[Event]],
    *,
    seen_version: int | None,
    leading: bool = False,
    to_id: str | None = None,
) -> Answer:
    """Let the owner of a task, or whoever leads the group, decide about it; `leading` leaves the owner out, `to_id` is who gets it."""
    case_id = work.lock_case_behind(TaskRow, task_id)
    group = group_for_member(work, case_id)
    refuse_closed(work, case_id)
    task = found(TASKS.find(work, task_id))
    person = work.actor.person_id
    if not group.leads(person) and (leading or person != task.owner_id):
        raise not_allowed("NOT_YOUR_TASK")
    task.refuse_stale(seen_version)
    if to_id is not None:
        refuse_kept_out(guardians_of(work, case_id), group, [to_id], field="owner_id")
    work.publish(case_id, *decision(task, group, work.moment.today))
    return standing(work, task_id)


def standing(work: Work, task_id: str) -> Answer:
    """How the task stands."""
    task = found(TASKS.find(work, task_id))
    return {
        "case_id": task.case_id,
        "task_id": task_id,
        "status": task.status.value,
        "owner_id": task.owner_id,
        "version": task.version,
    }
