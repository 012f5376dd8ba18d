"""Agendas, interpreters and attendance: what stands by itself, what is carried over, whose absence it was."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from backbone.refusal import Refused
from schemas.agenda import AgendaItemCarriedOver, AgendaItemSettled
from schemas.codes import (
    AbsenceReason,
    AgendaItemKind,
    AgendaOutcome,
    CancelReason,
    Function,
    InterpreterRefusal,
    MeetingKind,
    MeetingMode,
    ProtectionLevel,
)
from schemas.meeting import AgendaItem, MeetingCalled, MeetingLookedBackOn
from services.network.domain import agenda, interpreter
from services.network.domain.attendance import SERVICES_FAULT, CountedAs, count, counted_as
from services.network.domain.interpreter import InterpreterState
from services.network.domain.looking_back import look_back
from services.network.domain.meeting import Meeting, Surroundings, call
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

DAY = date(2026, 12, 8)
EVERYBODY = (LEAD, YOUTH, MOTHER, TEACHER, POLICE)
OWN = AgendaItem(item_id="own", kind=AgendaItemKind.YOUTHS_OWN_WORDS, text_ref="words")


def took_place(meeting: Meeting, *, absent: dict[str, AbsenceReason] | None = None) -> Meeting:
    """The meeting, held, with those away."""
    away = absent or {}
    present = tuple(person for person in meeting.invited if person not in away)
    day = meeting.starts_at.date()
    held = meeting.hold(a_group(), held_on=day, present=present, absent=tuple(away), reasons=away, today=day)
    return grown(meeting, held)


def grown(meeting: Meeting, events: list[Any]) -> Meeting:
    """The meeting after those events."""
    for event in events:
        meeting = meeting.after(event)
    return meeting


def settled(meeting: Meeting, item_id: str, outcome: AgendaOutcome = AgendaOutcome.AGREED) -> Meeting:
    return grown(meeting, agenda.settle(meeting, item_id, outcome=outcome, text_ref="said", today=DAY))


def next_call(others: list[Meeting], **changes: Any) -> list[Any]:
    asked = a_call(meeting_id="next", starts_local=wall("2026-12-22T13:00"), **changes)
    return call(asked, a_group(), others, now=NOW)


def test_the_first_meeting_of_a_group_has_who_may_say_what_by_itself_first_on_its_agenda() -> None:
    items = a_meeting(items=(OWN,)).items
    assert [item.kind for item in items] == [
        AgendaItemKind.WHO_MAY_SAY_WHAT,
        AgendaItemKind.YOUTHS_OWN_WORDS,
    ]
    assert items[0].item_id == "meeting"


def test_the_second_meeting_has_it_no_more_whether_the_first_is_called_or_held() -> None:
    for first in (a_meeting(), took_place(a_meeting())):
        (called,) = next_call([first])
        assert isinstance(called, MeetingCalled)
        assert called.items == ()


def test_a_plan_meeting_or_mediation_has_no_fixed_item() -> None:
    assert a_meeting(kind=MeetingKind.YOUTH_PLAN).items == ()


def test_when_the_first_meeting_is_cancelled_the_item_goes_on_to_the_next() -> None:
    first = a_meeting(items=(OWN,))
    cancelled = grown(first, first.cancel(CancelReason.YOUTH_CANNOT))
    called, *carried = next_call([cancelled])
    assert called.items == ()
    assert [event.item.item_id for event in carried] == ["meeting", "own"]
    after = grown(Meeting.called(CASE, called), carried)
    assert next(item.kind for item in after.items) is AgendaItemKind.WHO_MAY_SAY_WHAT
    assert not any(item.open for item in grown(cancelled, carried).items)


def test_a_cancelled_meeting_of_another_kind_gives_the_fixed_item_back() -> None:
    first = a_meeting(kind=MeetingKind.FOLLOW_UP)
    cancelled = grown(first, first.cancel(CancelReason.NOT_NEEDED))
    (called,) = next_call([cancelled])
    assert [item.kind for item in called.items] == [AgendaItemKind.WHO_MAY_SAY_WHAT]


def test_what_waits_for_its_outcome_stays_until_the_minutes_are_out() -> None:
    (called,) = next_call([took_place(a_meeting(items=(OWN,)))])
    assert called.items == ()


@pytest.mark.parametrize(
    ("rule", "items"),
    [
        ("ITEM_TWICE", (OWN, OWN)),
        ("FIXED_ITEM_COMES_BY_ITSELF", (AgendaItem(item_id="x", kind=AgendaItemKind.WHO_MAY_SAY_WHAT),)),
        (
            "AGENDA_TOO_LONG",
            tuple(AgendaItem(item_id=str(n), kind=AgendaItemKind.OTHER) for n in range(31)),
        ),
    ],
)
def test_what_no_agenda_is_called_with(rule: str, items: tuple[AgendaItem, ...]) -> None:
    with pytest.raises(Refused, match=rule):
        a_meeting(items=items)


def test_an_item_is_added_while_the_meeting_is_called() -> None:
    meeting = a_meeting()
    meeting = grown(meeting, agenda.add(meeting, OWN))
    assert [item.item_id for item in meeting.items] == ["meeting", "own"]
    with pytest.raises(Refused, match="ITEM_TWICE"):
        agenda.add(meeting, OWN)
    fixed = AgendaItem(item_id="z", kind=AgendaItemKind.WHO_MAY_SAY_WHAT)
    with pytest.raises(Refused, match="FIXED_ITEM_COMES_BY_ITSELF"):
        agenda.add(meeting, fixed)
    with pytest.raises(Refused, match="NOT_CALLED"):
        agenda.add(took_place(a_meeting()), OWN)


def test_an_outcome_is_entered_once_after_the_meeting() -> None:
    meeting = a_meeting()
    with pytest.raises(Refused, match="NOT_HELD_YET"):
        agenda.settle(meeting, "meeting", outcome=AgendaOutcome.AGREED, text_ref="t", today=DAY)
    meeting = took_place(meeting)
    (event,) = agenda.settle(
        meeting, "meeting", outcome=AgendaOutcome.AGREED_IN_PART, text_ref="t", today=DAY
    )
    assert isinstance(event, AgendaItemSettled)
    with pytest.raises(Refused, match="ITEM_NOT_OPEN"):
        agenda.settle(meeting.after(event), "meeting", outcome=AgendaOutcome.AGREED, text_ref="t", today=DAY)
    with pytest.raises(Refused, match="NO_SUCH_ITEM"):
        agenda.settle(meeting, "none", outcome=AgendaOutcome.AGREED, text_ref="t", today=DAY)


@pytest.mark.parametrize(
    ("rule", "outcome", "text_ref"),
    [
        ("FIXED_ITEM_NEEDS_OUTCOME", AgendaOutcome.DROPPED, "t"),
        ("FIXED_ITEM_NEEDS_OUTCOME", AgendaOutcome.TALKED_ABOUT, "t"),
        ("FIXED_ITEM_NEEDS_WORDS", AgendaOutcome.AGREED, None),
    ],
)
def test_who_may_say_what_is_agreed_on_in_words(
    rule: str, outcome: AgendaOutcome, text_ref: str | None
) -> None:
    with pytest.raises(Refused, match=rule):
        agenda.settle(took_place(a_meeting()), "meeting", outcome=outcome, text_ref=text_ref, today=DAY)


def test_another_item_may_be_dropped_without_words() -> None:
    meeting = took_place(a_meeting(items=(OWN,)))
    assert agenda.settle(meeting, "own", outcome=AgendaOutcome.DROPPED, text_ref=None, today=DAY)


def test_an_interpreter_is_for_those_invited_and_is_booked_or_declined_once() -> None:
    meeting = a_meeting()
    meeting = grown(meeting, interpreter.need(meeting, (MOTHER,), language_ref="l"))
    assert meeting.interpreter is not None
    assert meeting.interpreter.state is InterpreterState.NEEDED
    booked = grown(meeting, interpreter.book(meeting, a_group(), "interpreter", today=DAY))
    assert booked.interpreter is not None
    assert booked.interpreter.state is InterpreterState.BOOKED
    with pytest.raises(Refused, match="NO_INTERPRETER_NEEDED"):
        interpreter.decline(booked, InterpreterRefusal.NONE_AVAILABLE, today=DAY)
    declined = grown(meeting, interpreter.decline(meeting, InterpreterRefusal.NONE_AVAILABLE, today=DAY))
    assert declined.interpreter is not None
    assert declined.interpreter.reason is InterpreterRefusal.NONE_AVAILABLE


@pytest.mark.parametrize("family", [YOUTH, MOTHER])
def test_the_youth_and_the_family_never_interpret(family: str) -> None:
    meeting = a_meeting()
    meeting = grown(meeting, interpreter.need(meeting, (MOTHER,), language_ref=None))
    with pytest.raises(Refused, match="FAMILY_NEVER_INTERPRETS"):
        interpreter.book(meeting, a_group(), family, today=DAY)


@pytest.mark.parametrize(
    ("rule", "people"), [("WHO_NEEDS_INTERPRETER", ()), ("INTERPRETER_FOR_INVITED", ("stranger",))]
)
def test_for_whom_no_interpreter_is_booked(rule: str, people: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match=rule):
        interpreter.need(a_meeting(), people, language_ref=None)


def test_nobody_books_what_nobody_needs_nor_twice_the_same_nor_after_the_meeting() -> None:
    meeting = a_meeting()
    with pytest.raises(Refused, match="NO_INTERPRETER_NEEDED"):
        interpreter.book(meeting, a_group(), None, today=DAY)
    needed = grown(meeting, interpreter.need(meeting, (MOTHER,), language_ref=None))
    with pytest.raises(Refused, match="INTERPRETER_NEEDED_ALREADY"):
        interpreter.need(needed, (MOTHER,), language_ref=None)
    with pytest.raises(Refused, match="NOT_CALLED"):
        interpreter.need(took_place(meeting), (MOTHER,), language_ref=None)


@pytest.mark.parametrize("reason", AbsenceReason)
def test_the_youths_absence_is_kept_apart_from_what_the_services_failed_at(reason: AbsenceReason) -> None:
    whose = counted_as(reason, Function.YOUTH)
    assert whose is (CountedAs.SERVICES if reason in SERVICES_FAULT else CountedAs.YOUTH)


def test_attendance_is_counted_by_whose_it_was() -> None:
    absent = {
        YOUTH: AbsenceReason.NO_INTERPRETER,
        POLICE: AbsenceReason.ILL,
        MOTHER: AbsenceReason.AWAY,
    }
    held = took_place(a_meeting(), absent=absent)
    called = a_meeting(meeting_id="b", starts_local=wall("2026-12-30T13:00"))
    by_agency = grown(called, called.cancel(CancelReason.AGENCY_CANNOT))
    by_youth = grown(called, called.cancel(CancelReason.YOUTH_CANNOT))
    counted = count([held, by_agency, by_youth, called], a_group())
    assert (counted.held, counted.youth_present) == (1, 0)
    assert counted.absences == {CountedAs.SERVICES: 1, CountedAs.AGENCY: 1, CountedAs.GUARDIANS: 1}
    assert counted.cancelled == {CountedAs.SERVICES: 1, CountedAs.YOUTH: 1}


def test_a_reason_is_given_only_for_those_who_were_away() -> None:
    with pytest.raises(Refused, match="REASON_FOR_ABSENT"):
        a_meeting().hold(
            a_group(),
            held_on=DAY,
            present=EVERYBODY,
            absent=(),
            reasons={YOUTH: AbsenceReason.ILL},
            today=DAY,
        )


def test_no_place_is_entered_for_a_strictly_confidential_address() -> None:
    around = Surroundings(protection=ProtectionLevel.CODE_6)
    with pytest.raises(Refused, match="NO_PLACE_FOR_PROTECTED"):
        call(a_call(place_ref="place"), a_group(), [], now=NOW, around=around)
    assert call(a_call(), a_group(), [], now=NOW, around=around)
    confidential = Surroundings(protection=ProtectionLevel.CODE_7)
    assert call(a_call(place_ref="place"), a_group(), [], now=NOW, around=confidential)


@pytest.mark.parametrize("kind", [MeetingKind.MEDIATION, MeetingKind.RESTORATIVE])
def test_a_meeting_with_a_victim_is_called_only_when_the_victim_wants_it(kind: MeetingKind) -> None:
    with pytest.raises(Refused, match="VICTIM_HAS_NOT_SAID_YES"):
        call(a_call(kind=kind), a_group(), [], now=NOW)
    assert call(a_call(kind=kind), a_group(), [], now=NOW, around=Surroundings(victims_consent=True))


@pytest.mark.parametrize(
    ("starts", "free"),
    [
        ("2026-12-08T13:00", False),
        ("2026-12-08T14:29", False),
        ("2026-12-08T11:31", False),
        ("2026-12-08T14:30", True),
        ("2026-12-08T11:30", True),
    ],
)
def test_youths_who_are_not_to_meet_do_not_come_and_go_at_the_same_time(starts: str, free: bool) -> None:
    around = Surroundings(barred=(a_meeting(meeting_id="theirs"),))
    asked = a_call(starts_local=wall(starts))
    if free:
        assert call(asked, a_group(), [], now=NOW, around=around)
    else:
        with pytest.raises(Refused, match="NO_CONTACT_AT_THAT_TIME"):
            call(asked, a_group(), [], now=NOW, around=around)


def test_on_video_nobody_meets_in_the_doorway_and_a_cancelled_meeting_is_no_hindrance() -> None:
    theirs = a_meeting(meeting_id="theirs")
    video = a_call(mode=MeetingMode.VIDEO)
    assert call(video, a_group(), [], now=NOW, around=Surroundings(barred=(theirs,)))
    cancelled = grown(theirs, theirs.cancel(CancelReason.NOT_NEEDED))
    assert call(a_call(), a_group(), [], now=NOW, around=Surroundings(barred=(cancelled,)))


def test_a_meeting_is_not_moved_to_where_they_would_meet() -> None:
    mine = a_meeting(starts_local=wall("2026-12-10T13:00"))
    with pytest.raises(Refused, match="NO_CONTACT_AT_THAT_TIME"):
        mine.move(
            starts_local=wall("2026-12-08T13:00"),
            minutes=60,
            reason=CancelReason.AGENCY_CANNOT,
            others=[],
            now=datetime(2026, 12, 1, 9, tzinfo=UTC),
            around=Surroundings(barred=(a_meeting(meeting_id="theirs"),)),
        )


def test_an_item_is_carried_once() -> None:
    first = a_meeting(items=(OWN,))
    cancelled = grown(first, first.cancel(CancelReason.NOT_NEEDED))
    _, *carried = next_call([cancelled])
    gone = grown(cancelled, carried)
    assert all(isinstance(event, AgendaItemCarriedOver) for event in carried)
    assert agenda.carry(gone, "third", MeetingKind.NETWORK) == []


def test_a_group_looks_back_once_on_a_meeting_that_was_held() -> None:
    meeting = a_meeting()
    with pytest.raises(Refused, match="NOT_HELD_YET"):
        look_back(meeting, "text-1", today=DAY)
    held = took_place(meeting)
    told = look_back(held, "text-1", today=DAY)
    assert told == [
        MeetingLookedBackOn(meeting_id=held.meeting_id, kind=held.kind, looked_back_on=DAY, text_ref="text-1")
    ]
    after = grown(held, told)
    assert after.version == held.version + 1
    with pytest.raises(Refused, match="LOOKED_BACK_ALREADY"):
        look_back(after, "text-2", today=DAY)


def test_what_was_said_with_a_victim_stays_in_the_mediations_own_record() -> None:
    held = took_place(a_meeting())
    with pytest.raises(Refused, match="MINUTES_IN_OWN_RECORD"):
        look_back(msgspec.structs.replace(held, kind=MeetingKind.RESTORATIVE), "text-1", today=DAY)
