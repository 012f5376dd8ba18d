"""Deadlines of minutes, tasks, interpreters and mentors: when they are due, whose they are, what ends them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.agenda import InterpreterBooked, InterpreterDeclined, InterpreterNeeded
from schemas.codes import Function, MeetingKind
from schemas.coordination import CertificateShown
from schemas.meeting import MeetingCancelled, MeetingHeld, MeetingMoved
from schemas.minutes import MinutesConfirmed, MinutesCorrected, MinutesIssued
from schemas.network_group import MemberJoined, MemberLeft
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import Story, made, opened

FRIDAY = date(2026, 10, 2)
DUE = date(2026, 10, 20)


def held(day: date, kind: MeetingKind = MeetingKind.NETWORK, meeting_id: str = "m") -> MeetingHeld:
    return made(MeetingHeld, meeting_id=meeting_id, kind=kind, held_on=day)


def a_task(owner_id: str = "teacher", task_id: str = "t") -> TaskAssigned:
    return made(TaskAssigned, task_id=task_id, owner_id=owner_id, due_on=DUE, assigned_on=FRIDAY)


def a_story() -> Story:
    secretary = made(MemberJoined, person_id="secretary", function=Function.SECRETARY)
    return Story().on(FRIDAY, opened(), secretary)


def state_of(story: Story, kind: str) -> list[DeadlineState]:
    return [change.state for change in story.case.changes if change.deadline.kind == kind]


def test_minutes_are_due_three_working_days_after_the_meeting_and_are_the_secretarys() -> None:
    story = a_story().on(FRIDAY, held(FRIDAY))
    deadline = story.deadline("D-06")
    assert (deadline.due_on, deadline.owner_id) == (date(2026, 10, 7), "secretary")
    issued = made(MinutesIssued, meeting_id="m", issued_on=date(2026, 10, 5))
    story.on(date(2026, 10, 5), issued)
    assert state_of(story, "D-06") == [DeadlineState.MET]
    assert story.due["D-07"] == date(2026, 10, 12)


@pytest.mark.parametrize("kind", [MeetingKind.MEDIATION, MeetingKind.RESTORATIVE, MeetingKind.BREACH_TALK])
def test_no_minutes_are_waited_for_after_other_meetings(kind: MeetingKind) -> None:
    assert "D-06" not in a_story().on(FRIDAY, held(FRIDAY, kind)).due


def test_two_meetings_wait_for_their_own_minutes() -> None:
    story = a_story().on(FRIDAY, held(FRIDAY), held(FRIDAY, meeting_id="n"))
    story.on(FRIDAY, made(MinutesIssued, meeting_id="n", issued_on=FRIDAY))
    assert story.deadline("D-06").about_id == "m"


def test_a_correction_gives_a_new_week_and_opens_the_wait_again() -> None:
    story = a_story().on(FRIDAY, made(MinutesIssued, meeting_id="m", issued_on=FRIDAY))
    day = FRIDAY + timedelta(days=3)
    corrected = made(MinutesCorrected, meeting_id="m", corrected_on=day)
    assert story.on(day, corrected).due["D-07"] == day + timedelta(days=7)
    story.on(day, made(MinutesConfirmed, meeting_id="m", confirmed_on=day))
    assert "D-07" not in story.due
    assert story.on(day, corrected).due["D-07"] == day + timedelta(days=7)


def test_a_task_is_due_on_its_day_and_is_its_owners() -> None:
    deadline = a_story().on(FRIDAY, a_task()).deadline("D-12")
    assert (deadline.due_on, deadline.owner_id) == (DUE, "teacher")


def test_a_task_that_changes_hands_takes_its_deadline_along() -> None:
    over = made(TaskReassigned, task_id="t", from_id="teacher", to_id="police", due_on=date(2026, 10, 27))
    story = a_story().on(FRIDAY, a_task(), a_task(task_id="u"), over)
    mine = {one.about_id: one for one in story.case.open if one.kind == "D-12"}
    assert (mine["t"].owner_id, mine["t"].due_on) == ("police", date(2026, 10, 27))
    assert (mine["u"].owner_id, mine["u"].due_on) == ("teacher", DUE)
    lead_waits = {one.about_id: one.due_on for one in story.case.open if one.kind == "D-13"}
    assert lead_waits == {"t": date(2026, 11, 10), "u": date(2026, 11, 3)}


def test_a_new_owner_on_the_same_day_is_a_new_owner() -> None:
    over = made(TaskReassigned, task_id="t", from_id="teacher", to_id="police", due_on=DUE)
    assert a_story().on(FRIDAY, a_task(), over).deadline("D-12").owner_id == "police"


def test_what_happens_in_the_group_does_not_move_a_task() -> None:
    story = a_story().on(FRIDAY, a_task())
    story.on(FRIDAY, made(MemberLeft, person_id="secretary"))
    assert story.deadline("D-12").owner_id == "teacher"


def test_a_task_done_in_time_leaves_nothing_to_talk_about() -> None:
    story = a_story().on(FRIDAY, a_task())
    story.on(DUE, made(TaskCompleted, task_id="t", done_on=DUE, late=False))
    assert (state_of(story, "D-12"), state_of(story, "D-13")) == (
        [DeadlineState.MET],
        [DeadlineState.CANCELLED],
    )


def test_an_overdue_task_is_talked_about_in_the_next_meeting_and_not_in_one_before() -> None:
    story = a_story().on(FRIDAY, a_task())
    assert "D-13" in story.on(DUE, held(DUE)).due
    later = DUE + timedelta(days=1)
    story.on(later, held(later, meeting_id="n"))
    assert state_of(story, "D-13") == [DeadlineState.MET]
    assert "D-12" in story.due


def test_a_task_that_ends_otherwise_ends_both() -> None:
    for end in (made(TaskNotDone, task_id="t", ended_on=DUE), made(TaskCancelled, task_id="t", ended_on=DUE)):
        assert {"D-12", "D-13"}.isdisjoint(a_story().on(FRIDAY, a_task()).on(DUE, end).due)


def needed(day: date) -> InterpreterNeeded:
    return made(InterpreterNeeded, meeting_id="m", meeting_on=day, person_ids=("mother",))


def test_an_interpreter_is_booked_five_working_days_before_the_meeting() -> None:
    story = a_story().on(FRIDAY, needed(date(2026, 10, 20)))
    assert story.due["D-47"] == date(2026, 10, 13)
    starts = datetime(2026, 10, 27, 11, tzinfo=UTC)
    moved = made(MeetingMoved, meeting_id="m", starts_at=starts, zone="Europe/Oslo")
    assert story.on(FRIDAY, moved).due["D-47"] == date(2026, 10, 20)
    assert "D-47" not in story.on(FRIDAY, made(InterpreterBooked, meeting_id="m")).due


def test_a_late_need_is_due_at_once() -> None:
    assert a_story().on(FRIDAY, needed(date(2026, 10, 5))).due["D-47"] == FRIDAY


def test_no_interpreter_is_waited_for_when_none_comes_or_the_meeting_is_off() -> None:
    for end in (
        made(InterpreterDeclined, meeting_id="m"),
        made(MeetingCancelled, meeting_id="m"),
        held(FRIDAY),
    ):
        assert "D-47" not in a_story().on(FRIDAY, needed(DUE)).on(FRIDAY, end).due


def test_another_meeting_that_is_moved_moves_nothing() -> None:
    story = a_story().on(FRIDAY, needed(date(2026, 10, 20)))
    starts = datetime(2026, 12, 1, 11, tzinfo=UTC)
    story.on(FRIDAY, made(MeetingMoved, meeting_id="x", starts_at=starts, zone="Europe/Oslo"))
    assert story.due["D-47"] == date(2026, 10, 13)


def test_a_mentor_shows_a_certificate_and_only_theirs_counts() -> None:
    mentor = made(MemberJoined, person_id="mentor", function=Function.MENTOR, joined_on=FRIDAY)
    story = a_story().on(FRIDAY, mentor)
    assert story.due["D-46"] == FRIDAY + timedelta(days=14)
    assert "D-46" in story.on(FRIDAY, made(CertificateShown, person_id="x", shown_on=FRIDAY)).due
    assert "D-46" not in story.on(FRIDAY, made(CertificateShown, person_id="mentor", shown_on=FRIDAY)).due
    assert "D-46" not in a_story().on(FRIDAY, mentor, made(MemberLeft, person_id="mentor")).due
