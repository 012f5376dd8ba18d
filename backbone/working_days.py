"""Norwegian working days: neither a Saturday, a Sunday nor a public holiday of the `holidays` package."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.norway import Norway


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    return frozenset(Norway(years=year, expand=False))


def is_holiday(day: date) -> bool:
    """True on a Norwegian public holiday."""
    return day in holidays_of(day.year)


def working_days_between(earlier: date, later: date) -> int:
    """How many working days there are after `earlier`, through `later`; none when it does not come before."""
    days = (earlier + timedelta(days=n) for n in range(1, (later - earlier).days + 1))
    return sum(day.weekday() < 5 and not is_holiday(day) for day in days)
