"""Any order of commands over meetings, minutes and tasks keeps their rules, and the events alone give the same state again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from backbone.refusal import Refused
from schemas.agenda import AgendaItemCarriedOver
from schemas.codes import (
    AbsenceReason,
    AgendaItemKind,
    AgendaOutcome,
    CancelReason,
    MeetingKind,
    MinutesChange,
    Reply,
    TaskReason,
)
from schemas.event import Event
from schemas.meeting import AgendaItem, MeetingCalled
from schemas.minutes import MinutesDrafted, MinutesIssued
from schemas.task import TaskAssigned
from services.network.domain import agenda
from services.network.domain import minutes as all_minutes
from services.network.domain.meeting import Meeting, MeetingStatus, call
from services.network.domain.minutes import Minutes, NewTask
from services.network.domain.task import Task
from tests.unit.network.builders import CASE, LEAD, MOTHER, POLICE, TEACHER, TODAY, YOUTH, a_call, a_group

PEOPLE = (LEAD, YOUTH, MOTHER, TEACHER, POLICE)
KINDS = (MeetingKind.NETWORK, MeetingKind.FOLLOW_UP)
some_meeting = st.integers(0, 5)


class State:
    """What a service keeps of a case's meetings: written by events only."""

    def __init__(self) -> None:
        self.meetings: dict[str, Meeting] = {}
        self.minutes: dict[str, Minutes] = {}
        self.tasks: dict[str, Task] = {}

    def take(self, event: Event) -> None:
        """Fold one event, as the service does."""
        if isinstance(event, MeetingCalled):
            self.meetings[event.meeting_id] = Meeting.called(CASE, event)
        elif isinstance(event, TaskAssigned):
            self.tasks[event.task_id] = Task.assigned(CASE, event)
        elif isinstance(event, AgendaItemCarriedOver):
            for meeting_id in (event.from_meeting_id, event.to_meeting_id):
                self.meetings[meeting_id] = self.meetings[meeting_id].after(event)
        elif isinstance(event, MinutesDrafted) and event.meeting_id not in self.minutes:
            self.minutes[event.meeting_id] = all_minutes.begun(CASE, event)
        elif event.type.startswith("task."):
            task_id: str = event.task_id  # type: ignore[attr-defined]
            self.tasks[task_id] = self.tasks[task_id].after(event)
        elif event.type.startswith(("minutes.", "no_tasks.")):
            meeting_id = event.meeting_id  # type: ignore[attr-defined]
            self.minutes[meeting_id] = self.minutes[meeting_id].after(event)
            if isinstance(event, MinutesIssued):
                self.meetings[meeting_id] = self.meetings[meeting_id].after(event)
        else:
            meeting_id = event.meeting_id  # type: ignore[attr-defined]
            self.meetings[meeting_id] = self.meetings[meeting_id].after(event)


class MeetingsOfACase(RuleBasedStateMachine):
    """Calls, moves, holds, settles, writes, issues, corrects; and lets time pass."""

    @initialize(ahead=st.booleans())
    def a_case(self, ahead: bool) -> None:
        self.today, self.state = TODAY, State()
        self.history: list[Event] = []
        self.number = 0
        self.first_texts: dict[str, tuple[str, ...]] = {}
        if ahead:  # half of the cases have a first meeting with a draft already, so that what comes after is tried too
            self.somebody_calls(MeetingKind.NETWORK, 1, 10, 1)
            self.it_is_held(0, {POLICE}, AbsenceReason.ILL)
            self.everything_is_settled(0)
            self.minutes_are_written(0)

    def new(self) -> str:
        self.number += 1
        return f"{self.number:04}"

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(8), UTC)

    def known(self) -> list[Meeting]:
        """The meetings that a new call must fit in with."""
        return list(self.state.meetings.values())

    def attempt(self, decide: Callable[[], list[Event]]) -> None:
        """Let it happen, unless a rule says no: then nothing has changed."""
        try:
            events = decide()
        except Refused:
            return
        for event in events:
            self.history.append(event)
            self.state.take(event)
            if isinstance(event, MinutesIssued):
                self.first_texts[event.meeting_id] = event.text_refs

    def meeting(self, which: int, *, held: bool | None = None) -> Meeting | None:
        """One of the meetings; of those that were held, or that wait, where the test is to get on."""
        known = [m for m in self.state.meetings.values() if held is None or (m.held if held else m.waits)]
        known = known or list(self.state.meetings.values())
        return known[which % len(known)] if known else None

    @rule(
        kind=st.sampled_from(KINDS), days=st.integers(0, 6), hour=st.integers(8, 18), items=st.integers(0, 2)
    )
    def somebody_calls(self, kind: MeetingKind, days: int, hour: int, items: int) -> None:
        asked = a_call(
            meeting_id=self.new(),
            kind=kind,
            starts_local=datetime.combine(self.today + timedelta(days=days), time(hour)),
            invited=PEOPLE,
            items=tuple(AgendaItem(item_id=self.new(), kind=AgendaItemKind.OTHER) for _ in range(items)),
        )
        self.attempt(lambda: call(asked, a_group(), self.known(), now=self.now))

    @rule(which=some_meeting, days=st.integers(0, 6), hour=st.integers(8, 18))
    def somebody_moves(self, which: int, days: int, hour: int) -> None:
        if meeting := self.meeting(which):
            starts = datetime.combine(self.today + timedelta(days=days), time(hour))
            others = list(self.state.meetings.values())
            reason = CancelReason.AGENCY_CANNOT
            self.attempt(
                lambda: meeting.move(
                    starts_local=starts, minutes=60, reason=reason, others=others, now=self.now
                )
            )

    @rule(which=some_meeting)
    def somebody_cancels(self, which: int) -> None:
        if meeting := self.meeting(which):
            self.attempt(lambda: meeting.cancel(CancelReason.YOUTH_CANNOT))

    @rule(which=some_meeting, person=st.sampled_from((*PEOPLE, "stranger")), reply=st.sampled_from(Reply))
    def somebody_replies(self, which: int, person: str, reply: Reply) -> None:
        if meeting := self.meeting(which):
            self.attempt(lambda: meeting.answer(person, reply))

    @rule(
        which=some_meeting,
        away=st.sets(st.sampled_from(PEOPLE)),
        reason=st.sampled_from(AbsenceReason),
    )
    def it_is_held(self, which: int, away: set[str], reason: AbsenceReason) -> None:
        if meeting := self.meeting(which, held=False):
            self.today = max(self.today, meeting.starts_at.date())
            present = tuple(person for person in PEOPLE if person not in away)
            absent = tuple(person for person in PEOPLE if person in away)
            self.attempt(
                lambda: meeting.hold(
                    a_group(),
                    held_on=self.today,
                    present=present,
                    absent=absent,
                    reasons=dict.fromkeys(absent, reason),
                    today=self.today,
                )
            )

    @rule(which=some_meeting)
    def an_item_is_added(self, which: int) -> None:
        if meeting := self.meeting(which):
            item = AgendaItem(item_id=self.new(), kind=AgendaItemKind.GOALS)
            self.attempt(lambda: agenda.add(meeting, item))

    @rule(which=some_meeting)
    def everything_is_settled(self, which: int) -> None:
        meeting = self.meeting(which, held=True)
        for item in meeting.items if meeting else ():
            now, today = self.state.meetings[meeting.meeting_id], self.today  # type: ignore[union-attr]
            said = {"outcome": AgendaOutcome.AGREED, "text_ref": "t", "today": today}
            self.attempt(lambda i=item, m=now, s=said: agenda.settle(m, i.item_id, **s))  # type: ignore[misc]

    @rule(which=some_meeting, item=st.integers(0, 3), outcome=st.sampled_from(AgendaOutcome))
    def an_item_is_settled(self, which: int, item: int, outcome: AgendaOutcome) -> None:
        meeting = self.meeting(which, held=True)
        if meeting and meeting.items:
            item_id = meeting.items[item % len(meeting.items)].item_id
            self.attempt(
                lambda: agenda.settle(meeting, item_id, outcome=outcome, text_ref="t", today=self.today)
            )

    @rule(which=some_meeting)
    def minutes_are_written(self, which: int) -> None:
        if meeting := self.meeting(which, held=True):
            minutes = self.state.minutes.get(meeting.meeting_id)
            self.attempt(lambda: all_minutes.draft(meeting, minutes, (self.new(),)))

    @rule(which=some_meeting, tasks=st.integers(0, 2), none=st.booleans(), owner=st.sampled_from(PEOPLE))
    def minutes_are_issued(self, which: int, tasks: int, none: bool, owner: str) -> None:
        if not (meeting := self.meeting(which, held=True)):
            return
        new = tuple(NewTask(task_id=self.new(), owner_id=owner, due_on=self.today) for _ in range(tasks))
        known = [t for t in self.state.tasks.values() if t.source_id == meeting.meeting_id]
        self.attempt(
            lambda: all_minutes.issue(
                meeting,
                self.state.minutes.get(meeting.meeting_id),
                a_group(),
                receivers=PEOPLE,
                new_tasks=new,
                known_tasks=tuple(known),
                no_tasks=none,
                later=tuple(self.state.meetings.values()),
                today=self.today,
            )
        )

    @rule(which=some_meeting, what=st.sampled_from(["comment", "confirm", "considered", "correct"]))
    def minutes_go_on(self, which: int, what: str) -> None:
        all_of_them = list(self.state.minutes.values())
        if not all_of_them:
            return
        minutes = all_of_them[which % len(all_of_them)]
        new, today = self.new(), self.today
        deeds: dict[str, Callable[[], list[Event]]] = {
            "comment": lambda: minutes.comment(TEACHER, comment_id=new, text_ref=new, today=today),
            "confirm": lambda: minutes.confirm(comments_considered=False, today=today),
            "considered": lambda: minutes.confirm(comments_considered=True, today=today),
            "correct": lambda: minutes.correct((new,), reason=MinutesChange.WRONG_FACT, today=today),
        }
        self.attempt(deeds[what])

    @rule(which=some_meeting, what=st.sampled_from(["start", "complete", "not_done", "cancel", "reassign"]))
    def a_task_goes_on(self, which: int, what: str) -> None:
        tasks = list(self.state.tasks.values())
        if not tasks:
            return
        task, today = tasks[which % len(tasks)], self.today
        deeds: dict[str, Callable[[], list[Event]]] = {
            "start": lambda: task.start(today=today),
            "complete": lambda: task.complete(today=today),
            "not_done": lambda: task.not_done(TaskReason.NO_CAPACITY, today=today),
            "cancel": lambda: task.cancel(TaskReason.NOT_NEEDED, today=today),
            "reassign": lambda: task.reassign(a_group(), MOTHER, due_on=today, today=today),
        }
        self.attempt(deeds[what])

    @rule(days=st.integers(1, 3))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @invariant()
    def two_calls_of_a_kind_never_stand_on_the_same_day(self) -> None:
        waiting = [(m.kind, m.starts_at.date()) for m in self.state.meetings.values() if m.waits]
        assert len(waiting) == len(set(waiting))

    @invariant()
    def who_may_say_what_stands_open_or_settled_in_one_place_at_most_per_kind(self) -> None:
        for kind in KINDS:
            places = [
                item
                for m in self.state.meetings.values()
                if m.kind is kind and m.stands
                for item in m.items
                if item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT and item.state != "CARRIED_OVER"
            ]
            assert len(places) <= 1

    @invariant()
    def an_item_is_open_in_one_meeting_at_most(self) -> None:
        open_items = [i.item_id for m in self.state.meetings.values() for i in m.items if i.open]
        assert len(open_items) == len(set(open_items))

    @invariant()
    def issued_minutes_have_attendance_a_task_decision_and_the_word_on_who_may_say_what(self) -> None:
        for meeting_id, minutes in self.state.minutes.items():
            meeting = self.state.meetings[meeting_id]
            assert meeting.status is MeetingStatus.HELD
            if minutes.issued:
                assert minutes.present
                assert bool(minutes.task_ids) != minutes.no_tasks
                assert all(
                    not item.open for item in meeting.items if item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT
                )

    @invariant()
    def an_issued_version_never_changes(self) -> None:
        for meeting_id, texts in self.first_texts.items():
            minutes = self.state.minutes[meeting_id]
            assert minutes.versions[0].text_refs == texts
            assert [v.number for v in minutes.versions] == list(range(1, len(minutes.versions) + 1))

    @invariant()
    def every_task_has_an_owner_among_those_around_the_youth(self) -> None:
        assert all(task.owner_id in PEOPLE for task in self.state.tasks.values())

    @invariant()
    def the_events_alone_give_the_same_state(self) -> None:
        again = State()
        for event in self.history:
            again.take(event)
        mine: Any = (self.state.meetings, self.state.minutes, self.state.tasks)
        assert (again.meetings, again.minutes, again.tasks) == mine


MeetingsOfACase.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestMeetingsOfACase = MeetingsOfACase.TestCase


class Forgetful(MeetingsOfACase):
    """Broken on purpose: calls without looking at the meetings that have been called."""

    def known(self) -> list[Meeting]:
        return []


def test_a_service_that_forgets_what_was_called_is_found_out() -> None:
    tried = settings(max_examples=200, deadline=None, database=None, report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Forgetful, settings=tried)


def test_the_machine_gets_as_far_as_corrected_minutes_and_tasks() -> None:
    reached: set[str] = set()

    class Noting(MeetingsOfACase):
        def teardown(self) -> None:
            reached.update(event.type for event in self.history)

    tried = settings(max_examples=150, stateful_step_count=50, deadline=None, database=None, derandomize=True)
    run_state_machine_as_test(Noting, settings=tried)
    assert {"minutes.issued", "minutes.corrected", "no_tasks.declared", "task.assigned"} <= reached
