"""Follow-up deadlines (frister), as the catalogue and the case's own events make them."""

from __future__ import annotations

from datetime import date, datetime

from schemas.codes import EscalationLevel, ReminderStep
from schemas.event import Event, event


@event("deadline.scheduled")
class DeadlineScheduled(Event, frozen=True, kw_only=True):
    """A deadline began to run: its catalogue id, the local date it is due, and the first instant it has passed (UTC).

    `about_id` is the contract, deviation or consent it is about, when it is about less than the whole case.
    """

    deadline_id: str
    kind: str
    due_on: date
    zone: str
    passes_at: datetime
    owner_id: str
    opened_by: str
    catalogue_version: str
    about_id: str | None = None


@event("deadline.moved")
class DeadlineMoved(Event, frozen=True, kw_only=True):
    """A deadline that is not met yet got another day, another owner, or both; its reminders come anew."""

    deadline_id: str
    kind: str
    due_on: date
    passes_at: datetime
    owner_id: str
    was_due_on: date
    was_owner_id: str
    moved_by: str


@event("deadline.reminded")
class DeadlineReminded(Event, frozen=True, kw_only=True):
    """The owner of a deadline was reminded that it draws near."""

    deadline_id: str
    kind: str
    step: ReminderStep
    due_on: date
    owner_id: str


@event("deadline.passed")
class DeadlinePassed(Event, frozen=True, kw_only=True):
    """A deadline passed without what it waits for."""

    deadline_id: str
    kind: str
    due_on: date
    owner_id: str


@event("deadline.escalated")
class DeadlineEscalated(Event, frozen=True, kw_only=True):
    """A deadline has stayed passed, and the next one up is to know."""

    deadline_id: str
    kind: str
    due_on: date
    owner_id: str
    level: EscalationLevel


@event("escalation.addressed")
class EscalationAddressed(Event, frozen=True, kw_only=True):
    """A deadline that stays passed was put before those who lead the unit that owns the case."""

    deadline_id: str
    kind: str
    due_on: date
    person_ids: tuple[str, ...]


@event("deadline.met")
class DeadlineMet(Event, frozen=True, kw_only=True):
    """What a deadline waits for happened, in time or late."""

    deadline_id: str
    kind: str
    met_by: str
    late: bool


@event("deadline.reopened")
class DeadlineReopened(Event, frozen=True, kw_only=True):
    """What had met a deadline, or made it fall away, was struck or put right: the deadline waits again."""

    deadline_id: str
    kind: str
    due_on: date
    passes_at: datetime
    owner_id: str
    reopened_by: str


@event("deadline.cancelled")
class DeadlineCancelled(Event, frozen=True, kw_only=True):
    """A deadline no longer applies."""

    deadline_id: str
    kind: str
    cancelled_by: str
