"""What the youth is told in writing and may answer: decisions with their right of complaint, complaints, leave to travel."""

from __future__ import annotations

from datetime import date

from backbone.refusal import not_found
from schemas.decision import (
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.event import Event
from schemas.sanction_codes import ComplaintOutcome, DecisionKind, DeliveryMethod, LeaveRefusal
from services.contracts.domain.plan_changes import running
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.youth_plan import YouthPlan


def deliver(
    plan: YouthPlan,
    decision_id: str,
    *,
    kind: DecisionKind,
    delivered_on: date,
    method: DeliveryMethod,
    rights_told: bool,
    letter_ref: str | None,
    today: date,
) -> list[Event]:
    """A decision reached the youth, with the right of complaint and of free legal advice. Raises Refused and Conflict."""
    if decision_id in plan.papers.decisions:
        raise conflict("DECISION_EXISTS", field="decision_id")
    if not rights_told:
        raise refused("RIGHTS_NOT_TOLD", field="rights_told")
    if not plan.received_on <= delivered_on <= today:
        raise refused("DELIVERED_DATE", field="delivered_on")
    return [
        DecisionDelivered(
            decision_id=decision_id,
            plan_id=plan.plan_id,
            kind=kind,
            delivered_on=delivered_on,
            method=method,
            letter_ref=letter_ref,
        )
    ]


def complain(
    plan: YouthPlan,
    complaint_id: str,
    *,
    decision_id: str,
    received_on: date,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """The youth complains of a decision; a late complaint is taken in too. Raises Refused and Conflict."""
    if decision_id not in plan.papers.decisions:
        raise refused("DECISION_UNKNOWN", field="decision_id")
    if complaint_id in plan.papers.complaints:
        raise conflict("COMPLAINT_EXISTS", field="complaint_id")
    if received_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="received_on")
    return [
        ComplaintReceived(
            complaint_id=complaint_id,
            decision_id=decision_id,
            plan_id=plan.plan_id,
            received_on=received_on,
            text_ref=text_ref,
        )
    ]


def answer_complaint(
    plan: YouthPlan,
    complaint_id: str,
    outcome: ComplaintOutcome,
    *,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """A complaint is answered or sent on. Raises Conflict and NotFound."""
    _refuse_answered(plan.papers.complaints, complaint_id, "COMPLAINT_ANSWERED")
    return [
        ComplaintAnswered(
            complaint_id=complaint_id,
            plan_id=plan.plan_id,
            outcome=outcome,
            answered_on=today,
            text_ref=text_ref,
        )
    ]


def ask_leave(
    plan: YouthPlan,
    leave_id: str,
    *,
    leaves_on: date,
    returns_on: date,
    asked_on: date,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """The youth asks for leave to travel abroad. Raises Refused and Conflict."""
    running(plan)
    if leave_id in plan.papers.leaves:
        raise conflict("LEAVE_EXISTS", field="leave_id")
    if not asked_on <= today or not asked_on <= leaves_on <= returns_on:
        raise refused("LEAVE_DATES", field="leaves_on")
    return [
        TravelLeaveAsked(
            leave_id=leave_id,
            plan_id=plan.plan_id,
            leaves_on=leaves_on,
            returns_on=returns_on,
            asked_on=asked_on,
            text_ref=text_ref,
        )
    ]


def answer_leave(
    plan: YouthPlan, leave_id: str, *, granted: bool, reason: LeaveRefusal | None, today: date
) -> list[Event]:
    """Leave is given, or refused with a reason. Raises Refused, Conflict and NotFound."""
    _refuse_answered(plan.papers.leaves, leave_id, "LEAVE_ANSWERED")
    if granted is (reason is not None):
        raise refused("LEAVE_REASON_MISSING", field="reason")
    return [
        TravelLeaveAnswered(
            leave_id=leave_id, plan_id=plan.plan_id, granted=granted, answered_on=today, reason=reason
        )
    ]


def _refuse_answered(asked: dict[str, bool], key: str, rule: str) -> None:
    if key not in asked:
        raise not_found()
    if asked[key]:
        raise conflict(rule)
