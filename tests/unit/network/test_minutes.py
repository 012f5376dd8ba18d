"""Minutes: what must be there before they are issued, and that they never change afterwards, only get a new version."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from backbone.refusal import Refused, Stale
from schemas.agenda import AgendaItemCarriedOver
from schemas.codes import AgendaItemKind, MeetingKind, MinutesChange
from schemas.event import Event
from schemas.meeting import AgendaItem
from schemas.minutes import MinutesDrafted, MinutesIssued, NoTasksDeclared
from schemas.task import TaskAssigned
from services.network.domain.meeting import Meeting, Surroundings, call
from services.network.domain.minutes import Minutes, MinutesStatus, NewTask, begun, draft, issue
from services.network.domain.task import Task
from tests.unit.network.builders import (
    CASE,
    LEAD,
    MOTHER,
    NOW,
    POLICE,
    TEACHER,
    YOUTH,
    a_call,
    a_group,
    a_meeting,
    wall,
)
from tests.unit.network.test_agenda import DAY, OWN, grown, settled, took_place

TASK = NewTask(task_id="t", owner_id=TEACHER, due_on=DAY + timedelta(days=7), text_ref="words")


def a_held_meeting(**changes: Any) -> Meeting:
    """Held, and agreed on who may say what."""
    return settled(took_place(a_meeting(**changes)), "meeting")


def a_draft() -> Minutes:
    (event,) = draft(a_held_meeting(), None, ("one", "two"))
    assert isinstance(event, MinutesDrafted)
    return begun(CASE, event)


def issued_with(meeting: Meeting | None = None, **changes: Any) -> list[Event]:
    asked: dict[str, Any] = {
        "receivers": (LEAD, YOUTH, TEACHER),
        "new_tasks": (TASK,),
        "known_tasks": (),
        "no_tasks": False,
        "later": (),
        "today": DAY,
    }
    return issue(meeting or a_held_meeting(), a_draft(), a_group(), **{**asked, **changes})


def after(minutes: Minutes, events: list[Event]) -> Minutes:
    for event in events:
        if not isinstance(event, TaskAssigned | AgendaItemCarriedOver):
            minutes = minutes.after(event)
    return minutes


def issued() -> Minutes:
    return after(a_draft(), issued_with())


def test_minutes_are_drafted_after_the_meeting_and_may_be_written_anew() -> None:
    with pytest.raises(Refused, match="NOT_HELD_YET"):
        draft(a_meeting(), None, ("one",))
    with pytest.raises(Refused, match="MINUTES_EMPTY"):
        draft(a_held_meeting(), None, ())
    again = after(a_draft(), draft(a_held_meeting(), a_draft(), ("three",)))
    assert (again.draft_refs, again.status, again.version) == (("three",), MinutesStatus.DRAFTED, 2)


@pytest.mark.parametrize("kind", [MeetingKind.MEDIATION, MeetingKind.RESTORATIVE])
def test_what_is_said_with_a_victim_never_stands_in_the_youths_case(kind: MeetingKind) -> None:
    around = Surroundings(victims_consent=True)
    (event,) = call(a_call(kind=kind), a_group(), [], now=NOW, around=around)
    with pytest.raises(Refused, match="MINUTES_IN_OWN_RECORD"):
        draft(took_place(Meeting.called(CASE, event)), None, ("one",))  # type: ignore[arg-type]


def test_minutes_are_issued_with_the_attendance_and_the_tasks() -> None:
    assigned, out = issued_with()
    assert isinstance(assigned, TaskAssigned)
    assert (assigned.source_id, assigned.owner_id) == ("meeting", TEACHER)
    assert isinstance(out, MinutesIssued)
    assert out.present == (LEAD, YOUTH, MOTHER, TEACHER, POLICE)
    assert (out.number, out.text_refs, out.task_ids) == (1, ("one", "two"), ("t",))


def test_no_tasks_is_said_expressly() -> None:
    none, out = issued_with(new_tasks=(), no_tasks=True)
    assert isinstance(none, NoTasksDeclared)
    assert isinstance(out, MinutesIssued)
    assert after(a_draft(), [none, out]).no_tasks


def test_a_task_that_was_given_in_the_meeting_counts() -> None:
    known = Task(case_id=CASE, task_id="k", owner_id=YOUTH, due_on=DAY, source_id="meeting")
    (out,) = issued_with(new_tasks=(), known_tasks=(known,))
    assert isinstance(out, MinutesIssued)
    assert out.task_ids == ("k",)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("TASKS_OR_NONE", {"new_tasks": ()}),
        ("TASKS_AND_NONE", {"no_tasks": True}),
        ("TASK_TWICE", {"new_tasks": (TASK, TASK)}),
        ("OWNER_NOT_MEMBER", {"new_tasks": (NewTask(task_id="t", owner_id="x", due_on=DAY),)}),
        ("DUE_IN_PAST", {"new_tasks": (NewTask(task_id="t", owner_id=YOUTH, due_on=date(2026, 1, 1)),)}),
        ("NO_RECEIVERS", {"receivers": ()}),
        ("RECEIVER_NOT_MEMBER", {"receivers": (LEAD, "stranger")}),
    ],
)
def test_what_minutes_are_not_issued_without(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        issued_with(**changes)


def test_who_may_say_what_comes_before_the_first_minutes() -> None:
    with pytest.raises(Refused, match="WHO_MAY_SAY_WHAT_FIRST"):
        issued_with(took_place(a_meeting()))


def test_minutes_are_issued_once_and_from_a_draft() -> None:
    with pytest.raises(Refused, match="MINUTES_NOT_DRAFTED"):
        issue(
            a_held_meeting(),
            None,
            a_group(),
            receivers=(LEAD,),
            new_tasks=(TASK,),
            known_tasks=(),
            no_tasks=False,
            later=(),
            today=DAY,
        )
    with pytest.raises(Refused, match="MINUTES_ALREADY_ISSUED"):
        draft(a_held_meeting(), issued(), ("new",))


def test_what_nothing_came_of_goes_on_to_the_next_meeting_that_is_called() -> None:
    last = a_meeting(meeting_id="later", starts_local=wall("2026-12-29T13:00"))
    following = a_meeting(meeting_id="next", starts_local=wall("2026-12-22T13:00"))
    meeting = a_held_meeting(items=(OWN,))
    *_, carried = issued_with(meeting, later=(last, meeting, following))
    assert isinstance(carried, AgendaItemCarriedOver)
    assert (carried.item.item_id, carried.to_meeting_id) == ("own", "next")
    assert "own" in [item.item_id for item in grown(following, [carried]).items]


def test_after_the_minutes_what_is_left_goes_to_the_next_call() -> None:
    meeting = a_held_meeting(items=(OWN,))
    meeting = grown(meeting, [event for event in issued_with(meeting) if isinstance(event, MinutesIssued)])
    extra = AgendaItem(item_id="new", kind=AgendaItemKind.GOALS)
    asked = a_call(meeting_id="next", starts_local=wall("2026-12-22T13:00"), items=(extra,))
    called, carried = call(asked, a_group(), [meeting], now=NOW)
    assert isinstance(carried, AgendaItemCarriedOver)
    assert [i.item_id for i in grown(Meeting.called(CASE, called), [carried]).items] == ["new", "own"]  # type: ignore[arg-type]


def test_receivers_comment_and_the_lead_considers_before_confirming() -> None:
    minutes = issued()
    said = minutes.comment(TEACHER, comment_id="c", text_ref="x", today=DAY)
    minutes = after(minutes, said)
    with pytest.raises(Refused, match="COMMENT_EXISTS"):
        minutes.comment(TEACHER, comment_id="c", text_ref="x", today=DAY)
    with pytest.raises(Refused, match="NOT_A_RECEIVER"):
        minutes.comment(POLICE, comment_id="d", text_ref="x", today=DAY)
    with pytest.raises(Refused, match="COMMENTS_WAIT"):
        minutes.confirm(comments_considered=False, today=DAY)
    confirmed = after(minutes, minutes.confirm(comments_considered=True, today=DAY))
    assert confirmed.status is MinutesStatus.CONFIRMED
    again: Callable[[], object]
    for again in (
        lambda: confirmed.confirm(comments_considered=True, today=DAY),
        lambda: confirmed.comment(LEAD, comment_id="e", text_ref="x", today=DAY),
    ):
        with pytest.raises(Refused, match="MINUTES_CONFIRMED_ALREADY"):
            again()


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_correction_is_a_new_version_to_the_same_receivers_and_is_confirmed_anew(confirmed: bool) -> None:
    minutes = issued()
    if confirmed:
        minutes = after(minutes, minutes.confirm(comments_considered=False, today=DAY))
    corrected = after(minutes, minutes.correct(("three",), reason=MinutesChange.WRONG_FACT, today=DAY))
    assert corrected.receivers == minutes.receivers
    assert [(v.number, v.text_refs) for v in corrected.versions] == [(1, ("one", "two")), (2, ("three",))]
    assert (corrected.status, corrected.confirmed_on) == (MinutesStatus.ISSUED, None)
    with pytest.raises(Refused, match="NOTHING_CHANGED"):
        corrected.correct(("three",), reason=MinutesChange.WRONG_FACT, today=DAY)
    with pytest.raises(Refused, match="MINUTES_EMPTY"):
        corrected.correct((), reason=MinutesChange.WRONG_FACT, today=DAY)


def test_a_comment_on_an_earlier_version_does_not_wait_any_more() -> None:
    minutes = after(issued(), issued().comment(TEACHER, comment_id="c", text_ref="x", today=DAY))
    minutes = after(minutes, minutes.correct(("three",), reason=MinutesChange.COMMENT_TAKEN_IN, today=DAY))
    assert minutes.confirm(comments_considered=False, today=DAY)


def test_nothing_is_done_with_minutes_that_are_not_out() -> None:
    minutes = a_draft()
    early: Callable[[], object]
    for early in (
        lambda: minutes.comment(LEAD, comment_id="c", text_ref="x", today=DAY),
        lambda: minutes.confirm(comments_considered=True, today=DAY),
        lambda: minutes.correct(("x",), reason=MinutesChange.WRONG_FACT, today=DAY),
    ):
        with pytest.raises(Refused, match="MINUTES_NOT_ISSUED"):
            early()


def test_who_saw_older_minutes_is_told_the_current_version() -> None:
    with pytest.raises(Stale):
        issued().refuse_stale(1)
