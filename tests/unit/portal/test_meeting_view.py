"""The pages' view of meetings, minutes and tasks follows their events, and counts versions exactly as their owner does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from schemas.codes import (
    AgendaItemKind,
    AgendaOutcome,
    CancelReason,
    HasOne,
    InterpreterRefusal,
    MinutesChange,
    ProtectionLevel,
    Reply,
    TaskReason,
)
from schemas.coordination import CertificateShown, CoordinationRecorded, NoContactLifted, NoContactSet
from schemas.deadline import DeadlinePassed, DeadlineScheduled
from schemas.event import Envelope, Event, Fact, seal
from schemas.mediation import MediationOpened
from schemas.meeting import AgendaItem
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from services.network.domain import agenda, interpreter
from services.network.domain.meeting import Meeting, call
from services.network.domain.minutes import NewTask, begun, draft, issue
from services.network.domain.task import Task
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after
from services.portal.domain.sections.coordination import Coordination
from services.portal.domain.sections.minutes import MinutesOfCase
from services.portal.domain.sections.tasks import TasksOfCase
from services.portal.domain.tasks import TaskKind, tasks
from services.portal.folds import FOLDS
from tests.unit.network.builders import CASE, LEAD, MOTHER, NOW, TEACHER, TODAY, YOUTH, a_call, a_group, wall
from tests.unit.scheduler.story import made

DAY = TODAY + timedelta(days=7)
EVERYBODY = (LEAD, YOUTH, MOTHER, TEACHER)


def seen(view: CaseView, *events: Event) -> CaseView:
    """The view when these have happened too."""
    for event in events:
        envelope = Envelope(
            specversion="1.0",
            id="e",
            source="network",
            type=event.type,
            version=event.version,
            time=NOW,
            case_id=CASE,
            datacontenttype="application/json",
            dataschema="x",
            sequence=1,
            actor=LEAD,
            data=seal(event),
        )
        view = after(view, Fact(envelope, event))
    return view


class Both:
    """A meeting as its owner has it and as the pages see it, going on together."""

    def __init__(self, **changes: Any) -> None:
        (called,) = call(a_call(invited=EVERYBODY, **changes), a_group(), [], now=NOW)
        self.meeting = Meeting.called(CASE, called)  # type: ignore[arg-type]
        self.view = seen(CaseView(case_id=CASE), called)

    def go_on(self, events: list[Event]) -> Both:
        for event in events:
            self.meeting = self.meeting.after(event)
            self.view = seen(self.view, event)
        shown = self.view.meeting(self.meeting.meeting_id)
        assert shown is not None
        assert shown.version == self.meeting.version
        assert shown.waits is self.meeting.waits
        assert [(i.item_id, i.outcome, i.open) for i in shown.items] == [
            (i.item_id, i.outcome, i.open) for i in self.meeting.items
        ]
        return self


def test_a_meetings_version_is_its_owners_through_everything_that_can_happen_to_it() -> None:
    both = Both(items=(AgendaItem(item_id="own", kind=AgendaItemKind.GOALS),))
    both.go_on(both.meeting.answer(TEACHER, Reply.COMES))
    both.go_on(agenda.add(both.meeting, AgendaItem(item_id="new", kind=AgendaItemKind.TASKS)))
    both.go_on(interpreter.need(both.meeting, (MOTHER,), language_ref=None))
    both.go_on(interpreter.decline(both.meeting, InterpreterRefusal.NONE_AVAILABLE, today=TODAY))
    both.go_on(
        both.meeting.move(
            starts_local=wall("2026-12-08T15:00"),
            minutes=60,
            reason=CancelReason.AGENCY_CANNOT,
            others=[],
            now=NOW,
        )
    )
    both.go_on(both.meeting.hold(a_group(), held_on=DAY, present=EVERYBODY, absent=(), today=DAY))
    both.go_on(agenda.settle(both.meeting, "meeting", outcome=AgendaOutcome.AGREED, text_ref="t", today=DAY))


def test_a_cancelled_meeting_gives_its_items_to_the_next_and_is_not_waited_for() -> None:
    both = Both()
    both.go_on(both.meeting.cancel(CancelReason.YOUTH_CANNOT))
    late = NOW + timedelta(days=30)
    assert TaskKind.RECORD_MEETING not in [task.kind for task in tasks(both.view, now=late)]
    following = a_call(meeting_id="next", starts_local=wall("2026-12-22T13:00"))
    called, *carried = call(following, a_group(), [both.meeting], now=NOW)
    view = seen(both.view, called, *carried)
    later = view.meeting("next")
    assert later is not None
    assert [item.kind for item in later.items] == [AgendaItemKind.WHO_MAY_SAY_WHAT]
    assert view.meeting("meeting").open_items == ()  # type: ignore[union-attr]


def issued() -> tuple[Any, CaseView, list[Event]]:
    both = Both()
    both.go_on(both.meeting.hold(a_group(), held_on=DAY, present=EVERYBODY, absent=(), today=DAY))
    both.go_on(agenda.settle(both.meeting, "meeting", outcome=AgendaOutcome.AGREED, text_ref="t", today=DAY))
    (drafted,) = draft(both.meeting, None, ("words",))
    minutes = begun(CASE, drafted)  # type: ignore[arg-type]
    task = NewTask(task_id="t", owner_id=TEACHER, due_on=DAY + timedelta(days=3))
    events = issue(
        both.meeting,
        minutes,
        a_group(),
        receivers=EVERYBODY,
        new_tasks=(task,),
        known_tasks=(),
        no_tasks=False,
        later=(),
        today=DAY,
    )
    view = seen(both.view, drafted, *events)
    for event in events:
        minutes = minutes.after(event) if not event.type.startswith("task.") else minutes
    return minutes, view, events


def test_the_minutes_version_is_their_owners_from_draft_to_correction() -> None:
    minutes, view, _ = issued()
    for events in (
        minutes.comment(TEACHER, comment_id="c", text_ref="x", today=DAY),
        minutes.confirm(comments_considered=True, today=DAY),
        minutes.correct(("new",), reason=MinutesChange.WRONG_FACT, today=DAY),
    ):
        for event in events:
            minutes, view = minutes.after(event), seen(view, event)
        shown = view.section(MinutesOfCase).of("meeting")
        assert shown is not None
        assert (shown.version, shown.number) == (minutes.version, minutes.number)
        assert shown.confirmed_on == minutes.confirmed_on
        assert shown.text_refs == minutes.versions[-1].text_refs
    assert view.meeting("meeting").minutes_issued  # type: ignore[union-attr]


@pytest.mark.parametrize("way", ["complete", "not_done", "cancel", "reassign"])
def test_a_tasks_version_is_its_owners_whatever_becomes_of_it(way: str) -> None:
    _, view, events = issued()
    task = Task.assigned(CASE, events[0])  # type: ignore[arg-type]
    deeds = {
        "complete": lambda: task.complete(today=DAY + timedelta(days=4)),
        "not_done": lambda: task.not_done(TaskReason.NO_CAPACITY, today=DAY),
        "cancel": lambda: task.cancel(TaskReason.NOT_NEEDED, today=DAY),
        "reassign": lambda: task.reassign(a_group(), MOTHER, due_on=DAY, today=DAY),
    }
    for happened in (task.start(today=DAY), deeds[way]()):
        for event in happened:
            task, view = task.after(event), seen(view, event)
    shown = view.section(TasksOfCase).task("t")
    assert shown is not None
    assert (shown.version, shown.state.value, shown.owner_id) == (
        task.version,
        task.status.value,
        task.owner_id,
    )
    assert shown.waits is task.open


def test_overdue_is_how_one_looks_at_a_task_that_waits() -> None:
    _, view, _ = issued()
    (task,) = view.section(TasksOfCase).waiting
    assert not task.overdue(DAY + timedelta(days=3))
    assert task.overdue(DAY + timedelta(days=4))
    done = msgspec.structs.replace(task, state=type(task.state).DONE)
    assert not done.overdue(DAY + timedelta(days=4))


def test_talking_about_a_task_waits_in_the_list_until_the_task_is_overdue() -> None:
    due = {"due_on": DAY, "owner_id": LEAD, "about_id": "t"}
    task = made(DeadlineScheduled, deadline_id="a", kind="D-12", **due)
    talk = made(DeadlineScheduled, deadline_id="b", kind="D-13", **due)
    view = seen(CaseView(case_id=CASE), task, talk)
    assert [deadline.kind for deadline in view.waiting_deadlines] == ["D-12"]
    view = seen(view, made(DeadlinePassed, deadline_id="a", kind="D-12"))
    assert [deadline.kind for deadline in view.waiting_deadlines] == ["D-12", "D-13"]


def test_what_is_known_of_other_plans_certificates_and_bars() -> None:
    said = made(
        CoordinationRecorded, child_coordinator=HasOne.YES, individual_plan=HasOne.NO, coordinator_id="c"
    )
    shown = made(CertificateShown, person_id="mentor", shown_on=DAY)
    view = seen(CaseView(case_id=CASE), said, shown, made(NoContactSet, bar_id="bar"))
    state = view.section(Coordination)
    assert (state.child_coordinator, state.coordinator_id) == (HasOne.YES, "c")
    assert (state.certificates, state.bars) == ({"mentor": DAY}, ("bar",))
    view = seen(view, made(NoContactLifted, bar_id="bar"), made(AddressProtectionSet))
    assert view.section(Coordination).bars == ()
    assert view.section(Coordination).protected is ProtectionLevel.CODE_6
    assert seen(view, made(AddressProtectionCleared)).section(Coordination).protected is None


def test_what_stands_in_a_mediations_or_a_forums_stream_is_folded_into_no_case() -> None:
    assert MediationOpened not in FOLDS
    assert not [event for event in FOLDS if event.type.startswith(("mediation.", "forum."))]
