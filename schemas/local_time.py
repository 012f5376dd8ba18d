"""Where the clock of every rule stands: a date in this system is the date in Norway."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def local_date(instant: datetime) -> date:
    """The date in Norway at an instant with a time zone."""
    return instant.astimezone(OSLO).date()
