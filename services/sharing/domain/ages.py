"""Ages and months on a calendar: what the rules need, and nothing finer. Turning 15, 16 or 18 counts from
00:00 local time that day.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

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


class Ahead(NamedTuple):
    """An age band that is near, and the first day in it."""

    band: AgeBand
    on: date


TURNS = ((15, AgeBand.AGE_15, 30), (16, AgeBand.AGE_16_17, 30), (18, AgeBand.ADULT, 60))
"""At which age another band begins in which others decide, and how many days before one is to hear of it."""


def birthday(birth_on: date, age: int) -> date:
    """The day on which somebody turns so many years; born on 29 February, 1 March in other years."""
    try:
        return birth_on.replace(year=birth_on.year + age)
    except ValueError:
        return date(birth_on.year + age, 3, 1)


def band_ahead(birth_on: date, day: date) -> Ahead | None:
    """The age band that begins soon after `day`, if one does."""
    for age, band, days in TURNS:
        on = birthday(birth_on, age)
        if 0 < (on - day).days <= days:
            return Ahead(band, on)
    return None


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
