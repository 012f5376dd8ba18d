"""Six calendar months from every day there is."""

import calendar
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.domain.calendar import add_months

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def by_hand(start: date, months: int) -> date:
    """The rule written out: that many months on, on the same day or the month's last."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def test_the_end_of_august_ends_on_the_last_day_of_february() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert {add_months(date(2026, 8, day), 6) for day in (28, 29, 30, 31)} == {date(2027, 2, 28)}


def test_every_day_of_ten_years_and_every_length_agrees_with_the_rule_by_hand_and_with_dateutil() -> None:
    day = date(2026, 1, 1)
    while day < date(2036, 1, 1):
        for months in (1, 3, 6, 12, 36):
            assert add_months(day, months) == by_hand(day, months) == day + relativedelta(months=months)
        day += timedelta(days=1)


@given(DAYS, st.integers(0, 48))
def test_any_day_and_any_length_agrees_with_dateutil(start: date, months: int) -> None:
    assert add_months(start, months) == by_hand(start, months) == start + relativedelta(months=months)


@given(DAYS, st.integers(1, 36))
def test_the_end_is_in_the_right_month_and_never_on_a_later_day(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@given(DAYS, DAYS)
def test_a_later_start_never_ends_earlier(one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert add_months(first, 6) <= add_months(second, 6)


def test_counting_on_from_a_clamped_day_would_drift() -> None:
    start = date(2026, 8, 31)
    assert add_months(start, 12) == date(2027, 8, 31)
    assert add_months(add_months(start, 6), 6) == date(2027, 8, 28)
