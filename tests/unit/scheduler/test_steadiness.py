"""A clock on the wall that jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.scheduler.domain.steadiness import BELIEVED_AFTER, Steadiness

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_a_clock_that_goes_as_it_should_is_believed() -> None:
    steady = Steadiness(NOON, 100.0).after(NOON + seconds(1.2), 101.0)
    assert not steady.jumped
    assert steady.real_at == NOON + seconds(1.2)


def test_a_clock_that_jumps_ahead_is_not_believed_and_time_goes_on_without_it() -> None:
    steady = Steadiness(NOON, 100.0)
    for second in range(1, 60):
        steady = steady.after(NOON + HOUR + seconds(second), 100.0 + second)
    assert steady.jumped
    assert steady.real_at == NOON + seconds(59)


def test_a_jump_that_is_taken_back_leaves_nothing_behind() -> None:
    steady = Steadiness(NOON, 100.0).after(NOON + HOUR, 101.0).after(NOON + seconds(2), 102.0)
    assert not steady.jumped
    assert steady.real_at == NOON + seconds(2)


def test_a_jump_that_lasts_is_believed_in_the_end() -> None:
    steady = Steadiness(NOON, 100.0).after(NOON + HOUR, 101.0)
    steady = steady.after(NOON + HOUR + seconds(BELIEVED_AFTER + 1), 102.0 + BELIEVED_AFTER)
    assert not steady.jumped
    assert steady.real_at == NOON + HOUR + seconds(BELIEVED_AFTER + 1)


def test_a_clock_set_back_is_believed_at_once() -> None:
    steady = Steadiness(NOON, 100.0).after(NOON - HOUR, 101.0)
    assert not steady.jumped
    assert steady.real_at == NOON - HOUR
