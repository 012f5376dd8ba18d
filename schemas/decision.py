"""What the youth is told and may answer: decisions with their right of complaint, complaints, leave to travel, aftercare."""

from __future__ import annotations

from datetime import date

from schemas.event import Event, event
from schemas.sanction_codes import (
    AftercareCheck,
    AftercareOutcome,
    ComplaintOutcome,
    DecisionKind,
    DeliveryMethod,
    LeaveRefusal,
)


@event("decision.delivered")
class DecisionDelivered(Event, frozen=True, kw_only=True):
    """A decision reached the youth, with the right of complaint and the offer of free legal advice; the letter in the vault."""

    decision_id: str
    plan_id: str
    kind: DecisionKind
    delivered_on: date
    method: DeliveryMethod
    letter_ref: str | None = None


@event("complaint.received")
class ComplaintReceived(Event, frozen=True, kw_only=True):
    """The youth complained of a decision; the complaint in the vault."""

    complaint_id: str
    decision_id: str
    plan_id: str
    received_on: date
    text_ref: str | None = None


@event("complaint.answered")
class ComplaintAnswered(Event, frozen=True, kw_only=True):
    """A complaint was answered, or sent on to the appeal body."""

    complaint_id: str
    plan_id: str
    outcome: ComplaintOutcome
    answered_on: date
    text_ref: str | None = None


@event("travel_leave.asked")
class TravelLeaveAsked(Event, frozen=True, kw_only=True):
    """The youth asked for leave to travel abroad in the sanction's time."""

    leave_id: str
    plan_id: str
    leaves_on: date
    returns_on: date
    asked_on: date
    text_ref: str | None = None


@event("travel_leave.answered")
class TravelLeaveAnswered(Event, frozen=True, kw_only=True):
    """Leave to travel abroad was given, or refused with a reason."""

    leave_id: str
    plan_id: str
    granted: bool
    answered_on: date
    reason: LeaveRefusal | None = None


@event("aftercare.checked")
class AftercareChecked(Event, frozen=True, kw_only=True):
    """After the end, the contact person asked the youth how it goes, or the youth did not want that."""

    check: AftercareCheck
    outcome: AftercareOutcome
    checked_on: date
    text_ref: str | None = None
