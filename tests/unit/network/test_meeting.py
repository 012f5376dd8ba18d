"""When a meeting can be called, with whom, and what it takes to have held it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Refused, Stale
from schemas.codes import LeavingReason, MeetingKind
from schemas.meeting import MeetingCalled, MeetingHeld
from services.network.domain.meeting import MeetingStatus, call
from services.network.domain.times import instant_of, local_of
from tests.unit.network.builders import (
    LEAD,
    MOTHER,
    NOW,
    POLICE,
    TEACHER,
    YOUTH,
    a_call,
    a_group,
    a_meeting,
    after_all,
    wall,
)

MEETING_DAY = date(2026, 12, 8)
EVERYBODY = (LEAD, YOUTH, MOTHER, TEACHER, POLICE)


def held(**changes: Any) -> list[Any]:
    attendance = {
        "held_on": MEETING_DAY,
        "present": (LEAD, YOUTH, MOTHER, TEACHER),
        "absent": (POLICE,),
        "today": MEETING_DAY,
    }
    return a_meeting().hold(a_group(), **{**attendance, **changes})


def test_a_winter_and_a_summer_time_become_the_right_instants() -> None:
    assert instant_of(wall("2026-12-01T13:00")) == datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert instant_of(wall("2026-07-01T13:00")) == datetime(2026, 7, 1, 11, tzinfo=UTC)


@given(st.datetimes(wall("2026-01-01T00:00"), wall("2036-01-01T00:00")))
def test_a_wall_time_comes_back_the_same_or_is_refused_for_the_night_hour(local: datetime) -> None:
    if local.hour == 2:
        with pytest.raises(Refused, match="NO_NIGHT_HOUR"):
            instant_of(local)
    else:
        assert local_of(instant_of(local)) == local


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31", "2027-06-01"])
def test_the_hour_from_two_to_three_is_refused_on_every_day(day: str) -> None:
    for minute in ("00", "30", "59"):
        with pytest.raises(Refused, match="NO_NIGHT_HOUR"):
            instant_of(wall(f"{day}T02:{minute}"))
    assert instant_of(wall(f"{day}T03:00")) - instant_of(wall(f"{day}T01:59")) >= timedelta(minutes=1)


def test_a_called_meeting_lasts_as_long_as_asked_even_over_a_change_of_clocks() -> None:
    (event,) = call(a_call(starts_local=wall("2027-03-28T01:30"), minutes=120), a_group(), [], now=NOW)
    assert isinstance(event, MeetingCalled)
    assert event.ends_at - event.starts_at == timedelta(hours=2)
    assert local_of(event.ends_at) == wall("2027-03-28T04:30")
    assert event.zone == "Europe/Oslo"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("LENGTH_UNLIKELY", {"minutes": 9}),
        ("LENGTH_UNLIKELY", {"minutes": 481}),
        ("TOO_LONG_AGO", {"starts_local": wall("2026-11-17T09:59")}),
        ("TOO_FAR_AHEAD", {"starts_local": wall("2027-12-03T13:00")}),
        ("NOBODY_INVITED", {"invited": ()}),
        ("INVITED_NOT_MEMBER", {"invited": (LEAD, "stranger")}),
        ("NO_NIGHT_HOUR", {"starts_local": wall("2026-12-08T02:15")}),
    ],
)
def test_what_is_refused_when_calling(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        call(a_call(**changes), a_group(), [], now=NOW)


@pytest.mark.parametrize(
    "changes", [{"minutes": 10}, {"minutes": 480}, {"starts_local": wall("2026-11-17T10:00")}]
)
def test_the_edges_are_allowed(changes: dict[str, Any]) -> None:
    assert call(a_call(**changes), a_group(), [], now=NOW)


def test_one_who_has_left_is_not_invited() -> None:
    group = a_group()
    group = after_all(
        group, group.leave(POLICE, reason=LeavingReason.JOB_CHANGED, on=MEETING_DAY, stop_id="s")
    )
    with pytest.raises(Refused, match="INVITED_NOT_MEMBER"):
        call(a_call(), group, [], now=NOW)


@pytest.mark.parametrize("starts", ["2026-12-08T13:30", "2026-12-08T08:00", "2026-12-08T23:30"])
def test_two_calls_of_the_same_kind_for_the_same_day_become_one_and_the_refusal_names_it(starts: str) -> None:
    other = a_call(meeting_id="other", starts_local=wall(starts))
    with pytest.raises(Refused, match="CALLED_TWICE") as refused:
        call(other, a_group(), [a_meeting()], now=NOW)
    assert all("08.12.2026" in sentence and "13:00" in sentence for sentence in refused.value.sentence)


def test_a_meeting_over_midnight_and_one_in_it_are_one() -> None:
    late = a_meeting(starts_local=wall("2026-12-08T22:00"), minutes=300)
    with pytest.raises(Refused, match="CALLED_TWICE"):
        call(a_call(meeting_id="o", starts_local=wall("2026-12-09T01:00")), a_group(), [late], now=NOW)


def test_another_kind_another_day_or_a_meeting_that_was_held_does_not_stand_in_the_way() -> None:
    group, first = a_group(), a_meeting()
    assert call(a_call(kind=MeetingKind.FOLLOW_UP), group, [first], now=NOW)
    assert call(a_call(starts_local=wall("2026-12-09T13:00")), group, [first], now=NOW)
    (event,) = held()
    assert call(a_call(), group, [first.after(event)], now=NOW)


def test_a_meeting_is_held_with_everyone_accounted_for() -> None:
    (event,) = held()
    assert isinstance(event, MeetingHeld)
    meeting = a_meeting().after(event)
    assert (meeting.status, meeting.absent, meeting.version) == (MeetingStatus.HELD, (POLICE,), 2)
    with pytest.raises(Refused, match="NOT_CALLED"):
        meeting.hold(a_group(), held_on=MEETING_DAY, present=EVERYBODY, absent=(), today=MEETING_DAY)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("HELD_IN_FUTURE", {"held_on": MEETING_DAY + timedelta(days=1)}),
        ("HELD_BEFORE_CALLED_FOR", {"held_on": MEETING_DAY - timedelta(days=1)}),
        ("NOBODY_PRESENT", {"present": (), "absent": EVERYBODY}),
        ("PRESENT_AND_ABSENT", {"present": EVERYBODY}),
        ("ATTENDANCE_INCOMPLETE", {"absent": ()}),
        ("STRANGER_PRESENT", {"present": (LEAD, YOUTH, MOTHER, TEACHER, "x")}),
        ("STRANGER_PRESENT", {"absent": (POLICE, "x")}),
    ],
)
def test_what_is_refused_when_a_meeting_is_entered_as_held(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        held(**changes)


def test_a_member_who_was_not_invited_may_have_been_there() -> None:
    meeting = a_meeting(invited=(LEAD, YOUTH))
    assert meeting.hold(
        a_group(), held_on=MEETING_DAY, present=(LEAD, YOUTH, TEACHER), absent=(), today=MEETING_DAY
    )


def test_who_saw_an_older_meeting_is_told_the_current_version() -> None:
    with pytest.raises(Stale):
        a_meeting().refuse_stale(0)
    a_meeting().refuse_stale(1)
