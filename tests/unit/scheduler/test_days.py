"""Days, months and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.working_days import is_holiday
from services.scheduler.domain.days import months_after
from services.scheduler.norwegian_calendar import NORWAY

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_with_the_month(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 17),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ],
)
def test_norwegian_public_holidays_are_days_off(day: date) -> None:
    assert is_holiday(day)
    assert not NORWAY.is_working_day(day)


def test_christmas_eve_is_a_working_day_until_somebody_says_otherwise() -> None:
    assert NORWAY.is_working_day(date(2026, 12, 24))


def test_two_working_days_over_easter_skip_five_days() -> None:
    assert NORWAY.working_days_after(date(2026, 4, 1), 2) == date(2026, 4, 8)
    assert NORWAY.working_days_after(date(2026, 4, 8), -2) == date(2026, 4, 1)


@given(day=DAYS, number=st.integers(1, 15))
def test_counting_working_days_back_never_overshoots_the_day_counted_from(day: date, number: int) -> None:
    there = NORWAY.working_days_after(day, number)
    assert NORWAY.is_working_day(there)
    back = NORWAY.working_days_after(there, -number)
    assert back == NORWAY.working_day_until(day)


def test_a_local_day_begins_at_its_own_midnight_also_when_the_clocks_change() -> None:
    assert NORWAY.first_instant(date(2026, 3, 29)) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert NORWAY.first_instant(date(2026, 3, 30)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert NORWAY.first_instant(date(2026, 10, 25)) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert NORWAY.first_instant(date(2026, 10, 26)) == datetime(2026, 10, 25, 23, tzinfo=UTC)


@given(day=DAYS)
def test_the_first_instant_of_a_day_lies_in_it_and_the_one_before_does_not(day: date) -> None:
    instant = NORWAY.first_instant(day)
    assert NORWAY.local_day(instant) == day
    before = instant.replace(microsecond=0).timestamp() - 1
    assert NORWAY.local_day(datetime.fromtimestamp(before, UTC)) < day
