"""The rows of the catalogue about agendas, minutes, tasks, interpreters and mentors."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.agenda import (
    AgendaItemAdded,
    AgendaItemCarriedOver,
    InterpreterBooked,
    InterpreterDeclined,
    InterpreterNeeded,
)
from schemas.codes import Function, MeetingKind
from schemas.coordination import CertificateShown
from schemas.event import Event
from schemas.local_time import local_date
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingHeld, MeetingMoved
from schemas.minutes import MinutesConfirmed, MinutesCorrected, MinutesIssued
from schemas.network_group import MemberFunctionChanged, MemberJoined, MemberLeft
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned
from services.scheduler.domain.case import CaseDeadlines, Deadline
from services.scheduler.domain.rule import Closing, Happened, Length, Moving, Opening, Owner, Rule, Unit

CD, WD = Unit.CD, Unit.WD
WITH_MINUTES = (
    MeetingKind.NETWORK,
    MeetingKind.FOLLOW_UP,
    MeetingKind.YOUTH_PLAN,
    MeetingKind.END_EVALUATION,
)
"""Meetings of the group; a meeting with a victim has a record of its own, a breach talk its own events."""
TALKS_ABOUT_TASKS = (MeetingKind.NETWORK, MeetingKind.FOLLOW_UP)
MENTOR = {"function": Function.MENTOR}


def _after_its_day(happened: Happened, _: CaseDeadlines, deadline: Deadline) -> bool:
    """A meeting after a task's due day is where one talks about it."""
    assert isinstance(happened.event, MeetingHeld)
    return happened.event.kind in TALKS_ABOUT_TASKS and happened.event.held_on > deadline.since


def _meeting_day(happened: Happened, _: CaseDeadlines) -> date | None:
    """The day of a meeting that was called without saying what it is about; the call itself invites."""
    called = happened.event
    assert isinstance(called, MeetingCalled)
    said = called.items or called.agenda_ref is not None
    return None if said or called.kind not in WITH_MINUTES else local_date(called.starts_at)


def _goes_on_there(happened: Happened, _: CaseDeadlines, deadline: Deadline) -> bool:
    """What nothing came of before stands on the agenda of the later meeting."""
    assert isinstance(happened.event, AgendaItemCarriedOver)
    return happened.event.to_meeting_id == deadline.about_id


MEETING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-03",
        name=Sentence("Innkalling og saksliste", "Innkalling og sakliste", "Agenda to be sent out"),
        opens=(Opening(on=MeetingCalled, counted_from=_meeting_day),),
        lengths=(Length(-7, CD),),
        met_by=(
            Closing(on=AgendaItemAdded),
            Closing(on=AgendaItemCarriedOver, when=_goes_on_there),
        ),
        moved_by=(Moving(on=MeetingMoved, day="meeting_on"),),
        cancelled_by=(Closing(on=MeetingCancelled), Closing(on=MeetingHeld)),
        about="meeting_id",
        source="the guide says in good time; 7 days before the meeting ★. The call invites, so what is left is the agenda",
    ),
    Rule(
        kind="D-06",
        name=Sentence("Referat sendt ut", "Referat sendt ut", "Minutes to be issued"),
        opens=(Opening(on=MeetingHeld, since="held_on", where={"kind": WITH_MINUTES}),),
        lengths=(Length(3, WD),),
        met_by=(Closing(on=MinutesIssued, day="issued_on"),),
        owner=Owner.SECRETARY,
        about="meeting_id",
        source="the guides say that minutes are sent quickly; three working days ★",
    ),
    Rule(
        kind="D-07",
        name=Sentence("Godkjenne referat", "Godkjenne referat", "Minutes to be confirmed"),
        opens=(
            Opening(on=MinutesIssued, since="issued_on"),
            Opening(on=MinutesCorrected, since="corrected_on"),
        ),
        lengths=(Length(7, CD),),
        met_by=(Closing(on=MinutesConfirmed, day="confirmed_on"),),
        moved_by=(Moving(on=MinutesCorrected, day="corrected_on"),),
        about="meeting_id",
        source="★ a week for comments, counted anew when the minutes are corrected",
    ),
    Rule(
        kind="D-12",
        name=Sentence("Oppgave", "Oppgåve", "Task"),
        opens=(Opening(on=TaskAssigned, since="due_on"),),
        lengths=(Length(0, CD),),
        met_by=(Closing(on=TaskCompleted, day="done_on"),),
        moved_by=(Moving(on=TaskReassigned, day="due_on"),),
        cancelled_by=(Closing(on=TaskNotDone), Closing(on=TaskCancelled)),
        owner=Owner.TASK_OWNER,
        about="task_id",
        source="a task has an owner and a date in the guides; the reminder two working days before ★",
    ),
    Rule(
        kind="D-13",
        name=Sentence(
            "Snakke om oppgave over fristen",
            "Snakke om oppgåve over fristen",
            "An overdue task to be talked about",
        ),
        opens=(Opening(on=TaskAssigned, since="due_on"),),
        lengths=(Length(14, CD),),
        met_by=(
            Closing(on=TaskCompleted, day="done_on", where={"late": True}),
            Closing(on=TaskNotDone, day="ended_on"),
            Closing(on=MeetingHeld, day="held_on", when=_after_its_day),
        ),
        moved_by=(Moving(on=TaskReassigned, day="due_on"),),
        cancelled_by=(Closing(on=TaskCompleted, where={"late": False}), Closing(on=TaskCancelled)),
        about="task_id",
        source="★ in the next meeting after its day, or within 14 days of it",
    ),
    Rule(
        kind="D-46",
        name=Sentence("Politiattest for mentor", "Politiattest for mentor", "A mentor's police certificate"),
        opens=(
            Opening(on=MemberJoined, since="joined_on", where=MENTOR),
            Opening(on=MemberFunctionChanged, since="changed_on", where=MENTOR),
        ),
        lengths=(Length(14, CD),),
        met_by=(Closing(on=CertificateShown, day="shown_on"),),
        cancelled_by=(Closing(on=MemberLeft),),
        about="person_id",
        source="politiregisterforskriften § 34-15: before the mentor starts; 14 days to get it ★",
    ),
    Rule(
        kind="D-47",
        name=Sentence("Bestille tolk", "Tinge tolk", "An interpreter to be booked"),
        opens=(Opening(on=InterpreterNeeded, since="meeting_on"),),
        lengths=(Length(-5, WD),),
        met_by=(
            Closing(on=InterpreterBooked, day="booked_on"),
            Closing(on=InterpreterDeclined, day="declined_on"),
        ),
        moved_by=(Moving(on=MeetingMoved, day="meeting_on"),),
        cancelled_by=(Closing(on=MeetingCancelled), Closing(on=MeetingHeld)),
        about="meeting_id",
        source="the sources demand an interpreter; five working days before the meeting ★",
    ),
)
MEETING_FOLLOWED: tuple[type[Event], ...] = (
    MeetingMoved,
    MeetingCancelled,
    AgendaItemAdded,
    AgendaItemCarriedOver,
    MinutesIssued,
    MinutesCorrected,
    MinutesConfirmed,
    TaskAssigned,
    TaskReassigned,
    TaskCompleted,
    TaskNotDone,
    TaskCancelled,
    InterpreterNeeded,
    InterpreterBooked,
    InterpreterDeclined,
    CertificateShown,
    MemberFunctionChanged,
)
"""The events that these rows need beside those that others follow already."""
