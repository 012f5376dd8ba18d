"""Calendar months as contracts count them, and the calendar's own words for how long ago something was."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta


def add_months(start: date, months: int) -> date:
    """The same day of the month `months` calendar months on, or that month's last day when it has no such
    day.

    31 August 2026 and six months is 28 February 2027; 31 August 2027 and six months is 29 February 2028.
    Always count from the
    original start: counting on from a clamped day drifts.
    """
    return start + relativedelta(months=months)
