"""The Norwegian calendar: Europe/Oslo, and the public holidays of the `holidays` package."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays.countries.norway import Norway

from backbone.clock import OSLO
from services.scheduler.domain.days import Calendar


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    return frozenset(Norway(years=year, expand=False))


def is_holiday(day: date) -> bool:
    """True on a Norwegian public holiday."""
    return day in holidays_of(day.year)


NORWAY = Calendar(OSLO, is_holiday)
