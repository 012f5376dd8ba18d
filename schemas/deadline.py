"""Follow-up deadlines (frister), as the catalogue and the case's own events make them."""

from __future__ import annotations

from datetime import date, datetime

from schemas.event import Event, event


@event("deadline.scheduled")
class DeadlineScheduled(Event):
    """A deadline began to run: its catalogue id, the local date it is due, and the first instant it has passed (UTC)."""

    deadline_id: str
    kind: str
    due_on: date
    zone: str
    passes_at: datetime
    owner_id: str
    opened_by: str
    catalogue_version: str


@event("deadline.reminded")
class DeadlineReminded(Event):
    """The owner of a deadline was reminded that it draws near."""

    deadline_id: str
    kind: str
    due_on: date
    owner_id: str


@event("deadline.passed")
class DeadlinePassed(Event):
    """A deadline passed without what it waits for."""

    deadline_id: str
    kind: str
    due_on: date
    owner_id: str


@event("deadline.met")
class DeadlineMet(Event):
    """What a deadline waits for happened, in time or late."""

    deadline_id: str
    kind: str
    met_by: str
    late: bool


@event("deadline.cancelled")
class DeadlineCancelled(Event):
    """A deadline no longer applies."""

    deadline_id: str
    kind: str
    cancelled_by: str
