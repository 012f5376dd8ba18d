"""What a group must know of its members and of other plans: mentors' certificates, child coordinator, who must not meet whom."""

from __future__ import annotations

from datetime import date

from schemas.codes import HasOne
from schemas.event import Event, event


@event("certificate.shown")
class CertificateShown(Event, frozen=True, kw_only=True):
    """A mentor showed a police certificate (politiattest); only the day and who saw it are kept, never the certificate."""

    person_id: str
    shown_on: date
    seen_by: str


@event("coordination.recorded")
class CoordinationRecorded(Event, frozen=True, kw_only=True):
    """Whether the youth has a child coordinator (barnekoordinator) and an individual plan; the plan is linked by reference, never copied."""

    child_coordinator: HasOne
    individual_plan: HasOne
    recorded_on: date
    coordinator_id: str | None = None
    plan_ref: str | None = None


@event("no_contact.set")
class NoContactSet(Event, frozen=True, kw_only=True):
    """The youth is not to meet the youth of another case; the other case has the same event about this one."""

    bar_id: str
    other_case_id: str
    set_on: date


@event("no_contact.lifted")
class NoContactLifted(Event, frozen=True, kw_only=True):
    """The youth may meet the youth of the other case again."""

    bar_id: str
    other_case_id: str
    lifted_on: date
