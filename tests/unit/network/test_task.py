"""Who gets a task, and what may become of it."""

from datetime import timedelta
from typing import Any

import pytest

from backbone.refusal import Refused
from schemas.codes import CancelReason, Reply, TaskReason
from schemas.meeting import MeetingMoved
from schemas.task import TaskAssigned, TaskCompleted
from services.network.domain.meeting import MeetingStatus
from services.network.domain.task import Task, TaskStatus, assign
from tests.unit.network.builders import (
    CASE,
    LEAD,
    MOTHER,
    NOW,
    POLICE,
    TEACHER,
    TODAY,
    YOUTH,
    a_group,
    a_meeting,
    wall,
)

DUE = TODAY + timedelta(days=7)


def a_task(owner_id: str = TEACHER) -> Task:
    (event,) = assign(
        a_group(), task_id="t", owner_id=owner_id, due_on=DUE, source_id="m", text_ref="x", today=TODAY
    )
    assert isinstance(event, TaskAssigned)
    return Task.assigned(CASE, event)


@pytest.mark.parametrize("owner", [TEACHER, YOUTH, MOTHER, LEAD])
def test_anybody_around_the_youth_may_own_a_task(owner: str) -> None:
    assert a_task(owner).owner_id == owner


@pytest.mark.parametrize(
    ("rule", "owner", "due"),
    [("OWNER_NOT_MEMBER", "x", DUE), ("DUE_IN_PAST", TEACHER, TODAY - timedelta(days=1))],
)
def test_what_is_refused_when_a_task_is_given(rule: str, owner: str, due: Any) -> None:
    with pytest.raises(Refused, match=rule):
        assign(a_group(), task_id="t", owner_id=owner, due_on=due, source_id=None, text_ref=None, today=TODAY)


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_a_task_is_done_in_time_through_its_due_date(days: int, late: bool) -> None:
    task = a_task()
    task = task.after(*task.start(today=TODAY))
    (done,) = task.complete(today=TODAY + timedelta(days=days))
    assert isinstance(done, TaskCompleted)
    assert done.late is late
    assert task.after(done).status is TaskStatus.DONE


def test_what_is_over_stays_over() -> None:
    reason = TaskReason.NO_CAPACITY
    for end in (
        a_task().complete(today=TODAY),
        a_task().not_done(reason, today=TODAY),
        a_task().cancel(reason, today=TODAY),
    ):
        over = a_task().after(*end)
        for decide in (
            over.complete,
            over.start,
            lambda *, today, over=over: over.cancel(reason, today=today),
            lambda *, today, over=over: over.not_done(reason, today=today),
            lambda *, today, over=over: over.reassign(a_group(), MOTHER, due_on=DUE, today=today),
        ):
            with pytest.raises(Refused, match="TASK_NOT_OPEN"):
                decide(today=TODAY)


def test_a_task_is_begun_once() -> None:
    task = a_task()
    with pytest.raises(Refused, match="TASK_NOT_OPEN"):
        task.after(*task.start(today=TODAY)).start(today=TODAY)


def test_another_takes_a_task_over() -> None:
    task = a_task()
    handed = task.after(*task.reassign(a_group(), MOTHER, due_on=DUE + timedelta(days=1), today=TODAY))
    assert (handed.owner_id, handed.due_on, handed.version) == (MOTHER, DUE + timedelta(days=1), 2)
    with pytest.raises(Refused, match="NOTHING_CHANGED"):
        task.reassign(a_group(), TEACHER, due_on=DUE, today=TODAY)
    with pytest.raises(Refused, match="OWNER_NOT_MEMBER"):
        task.reassign(a_group(), "x", due_on=DUE, today=TODAY)


def test_a_called_meeting_is_moved_and_everyone_is_asked_anew() -> None:
    meeting = a_meeting()
    meeting = meeting.after(*meeting.answer(POLICE, Reply.COMES))
    assert meeting.replies == {POLICE: Reply.COMES}
    with pytest.raises(Refused, match="REPLIED_ALREADY"):
        meeting.answer(POLICE, Reply.COMES)
    (moved,) = meeting.move(
        starts_local=wall("2026-12-09T13:00"),
        minutes=60,
        reason=CancelReason.YOUTH_CANNOT,
        others=[meeting],
        now=NOW,
    )
    assert isinstance(moved, MeetingMoved)
    after = meeting.after(moved)
    assert (after.starts_at, after.replies, after.status) == (moved.starts_at, {}, MeetingStatus.CALLED)


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        ("NOTHING_CHANGED", "2026-12-08T13:00"),
        ("NO_NIGHT_HOUR", "2026-12-09T02:30"),
        ("CALLED_TWICE", "2026-12-10T13:00"),
    ],
)
def test_where_a_meeting_cannot_be_moved(rule: str, starts: str) -> None:
    other = a_meeting(meeting_id="other", starts_local=wall("2026-12-10T13:30"))
    with pytest.raises(Refused, match=rule):
        a_meeting().move(
            starts_local=wall(starts), minutes=60, reason=CancelReason.AGENCY_CANNOT, others=[other], now=NOW
        )


def test_a_cancelled_meeting_is_neither_moved_nor_held_nor_answered() -> None:
    meeting = a_meeting().after(*a_meeting().cancel(CancelReason.NOT_NEEDED))
    assert meeting.status is MeetingStatus.CANCELLED
    with pytest.raises(Refused, match="NOT_CALLED"):
        meeting.cancel(CancelReason.NOT_NEEDED)
    with pytest.raises(Refused, match="NOT_CALLED"):
        meeting.answer(LEAD, Reply.COMES)
    with pytest.raises(Refused, match="NOT_INVITED"):
        a_meeting().answer("x", Reply.COMES)
