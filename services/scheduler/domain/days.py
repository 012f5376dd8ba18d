"""Counting days as people here do: calendar days, working days, months that end with the month, local days as instants."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MORNING = time(8, 0)
"""When reminders come, local time: at the start of the working day."""


class Calendar(NamedTuple):
    """A zone and its public holidays."""

    zone: ZoneInfo
    is_holiday: Callable[[date], bool]

    def is_working_day(self, day: date) -> bool:
        """True on days that are neither a Saturday, a Sunday nor a public holiday."""
        return day.weekday() < 5 and not self.is_holiday(day)

    def working_days_after(self, day: date, number: int) -> date:
        """The day that lies this many working days after (before, when negative); the given day does not count."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def working_day_from(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def first_instant(self, day: date) -> datetime:
        """The first instant of a local day, in UTC; also on the days when the clocks change."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def morning(self, day: date) -> datetime:
        """Eight o'clock local time, in UTC."""
        return datetime.combine(day, MORNING, self.zone).astimezone(UTC)

    def local_day(self, instant: datetime) -> date:
        """The local date of an instant."""
        return instant.astimezone(self.zone).date()


def months_after(day: date, number: int) -> date:
    """The same day so many months later (earlier, when negative), or the month's last day when it has no such day."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
