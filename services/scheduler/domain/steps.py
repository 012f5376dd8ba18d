"""What a deadline raises, and when: reminders, that it has passed, and the way upwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

import msgspec

from services.scheduler.domain.days import ONE_DAY, Calendar
from services.scheduler.domain.rule import Ladder


class What(StrEnum):
    """What is raised about a deadline; the first five at an instant, the rest at once."""

    BEFORE = "BEFORE"
    ON_THE_DAY = "ON_THE_DAY"
    PASSED = "PASSED"
    LEAD = "LEAD"
    UNIT_LEADER = "UNIT_LEADER"
    SCHEDULED = "SCHEDULED"
    MOVED = "MOVED"
    MET = "MET"
    CANCELLED = "CANCELLED"
    REOPENED = "REOPENED"


class Step(msgspec.Struct, frozen=True, array_like=True):
    """Something to be raised at an instant (UTC), unless `until` has come first: then the next step says it better."""

    what: What
    at: datetime
    until: datetime | None = None


def steps(
    *, ladder: Ladder, opened_on: date, since: date, due_on: date, owner_leads: bool, calendar: Calendar
) -> tuple[Step, ...]:
    """All steps of a deadline, in order. It passes at the first instant after its local due day."""
    passes_at = calendar.first_instant(due_on + ONE_DAY)
    if ladder is Ladder.NONE:
        return (Step(What.PASSED, passes_at),)
    reminders = _reminders(opened_on, abs((due_on - since).days), due_on, calendar)
    ends = [at for _, at in reminders[1:]] + [passes_at] * bool(reminders)
    told = tuple(Step(what, at, until) for (what, at), until in zip(reminders, ends, strict=True))
    if ladder is Ladder.OWNER:
        return (*told, Step(What.PASSED, passes_at))
    lead_at = calendar.morning(calendar.working_days_after(due_on, 2))
    patience = ONE_DAY if ladder is Ladder.LEADER else timedelta(days=7)
    unit_leader_at = calendar.morning(calendar.working_day_from(due_on + patience))
    if ladder is Ladder.LEADER:
        owner_leads = True  # the lead is told no later than the leader
    return (
        *told,
        Step(What.PASSED, passes_at),
        *(() if owner_leads else (Step(What.LEAD, lead_at, unit_leader_at),)),
        Step(What.UNIT_LEADER, unit_leader_at),
    )


def _reminders(
    opened_on: date, days_long: int, due_on: date, calendar: Calendar
) -> list[tuple[What, datetime]]:
    """A quarter of the length or two working days before, whichever is more, and on the day.

    Each on a working day, so that it never comes late; none on the opening day or before it.
    """
    quarter = due_on - timedelta(days=ceil(days_long / 4))
    early = min(calendar.working_day_until(quarter), calendar.working_days_after(due_on, -2))
    days = {What.BEFORE: early, What.ON_THE_DAY: calendar.working_day_until(due_on)}
    kept = [(what, calendar.morning(day)) for what, day in days.items() if day > opened_on]
    return kept[:1] if len({at for _, at in kept}) < len(kept) else kept
