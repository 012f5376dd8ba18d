"""Ages and months on a calendar: what the rules need, and nothing finer. Turning 15, 16 or 18 counts from
00:00 local time that day.
"""

from __future__ import annotations

import calendar
from datetime import date

from schemas.codes import AgeBand


def age_on(birth_on: date, day: date) -> int:
    """Whole years lived on `day`; born on 29 February, one turns a year older on 1 March in other years."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def age_band(birth_on: date, day: date) -> AgeBand:
    """The age band on `day`."""
    age = age_on(birth_on, day)
    if age < 12:
        return AgeBand.UNDER_12
    if age < 15:
        return AgeBand.AGE_12_14
    if age < 16:
        return AgeBand.AGE_15
    return AgeBand.AGE_16_17 if age < 18 else AgeBand.ADULT


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
