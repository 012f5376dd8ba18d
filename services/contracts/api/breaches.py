"""The routes about what follows a breach of a sanction, and about what the youth is told and may answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk
from schemas.codes import COORDINATORS, Agency, Role
from schemas.event import Event
from schemas.sanction_codes import (
    AftercareCheck,
    AftercareOutcome,
    BreachOutcome,
    ComplaintOutcome,
    DecisionKind,
    DeliveryMethod,
    LeaveRefusal,
    OffenceSeverity,
    PlanEnding,
)
from services.contracts.ages import TheAges
from services.contracts.api.youth_plans import Guarded, SeenPlan
from services.contracts.commands import breaches as commands
from services.contracts.commands import youth_plans
from services.contracts.domain import breach, papers, track
from services.contracts.domain.case import Case
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.youth_plan import YouthPlan

routes = APIRouter(tags=["breaches"])


class SeenBreach(Body):
    """The version of the breach that the person saw."""

    seen_version: int | None = None


class GiveWarning(SeenBreach):
    """An oral warning; its written note lies in the vault."""

    given_on: date
    text_ref: Ref | None = None


class HoldConversation(SeenBreach, Guarded):
    """A breach conversation and what the people there decided."""

    held_on: date
    outcome: BreachOutcome
    text_ref: Ref | None = None


class SendCaseOn(SeenPlan, Guarded):
    """A decision to send the case on; the decision lies in the vault."""

    to: Agency
    reason: PlanEnding
    deviation_id: Id | None = None
    decision_ref: Ref | None = None


class ReportOffence(SeenPlan):
    """A new offence that somebody reported; nothing follows from it by itself."""

    offence_id: Id
    severity: OffenceSeverity
    reported_by: Agency
    text_ref: Ref | None = None


class DeliverDecision(SeenPlan):
    """A decision reached the youth; `rights_told` when it tells of the right to complain and of free legal advice."""

    decision_id: Id
    kind: DecisionKind
    delivered_on: date
    method: DeliveryMethod
    rights_told: bool
    letter_ref: Ref | None = None


class Complain(SeenPlan):
    """A complaint; `pause_until` when a person decides that the measures wait."""

    complaint_id: Id
    decision_id: Id
    received_on: date
    text_ref: Ref | None = None
    pause_until: date | None = None


class AnswerComplaint(SeenPlan):
    """What became of a complaint."""

    outcome: ComplaintOutcome
    text_ref: Ref | None = None


class AskLeave(SeenPlan):
    """The youth asks for leave to travel abroad."""

    leave_id: Id
    leaves_on: date
    returns_on: date
    asked_on: date
    text_ref: Ref | None = None


class AnswerLeave(SeenPlan):
    """Leave is given, or refused with a reason."""

    granted: bool
    reason: LeaveRefusal | None = None


class RecordAcceptance(Body):
    """The prosecution's answer to a contract as an alternative; `admitted` when the youth has confessed."""

    accepted: bool
    admitted: bool
    answered_on: date
    answer_ref: Ref
    seen_version: int | None = None


class CheckAftercare(Body):
    """A contact after the end, or that the youth does not want it."""

    check: AftercareCheck
    outcome: AftercareOutcome
    checked_on: date
    text_ref: Ref | None = None
    seen_version: int | None = None


@routes.post("/deviations/{deviation_id}/oral-warning", status_code=201)
def warn(deviation_id: str, body: GiveWarning, ask: TheAsk) -> Answer:
    """Enter an oral warning (U1)."""
    ask.require(Role.YOUTH_COORDINATOR)

    def decision(plan: YouthPlan, deviation: Deviation) -> list[Event]:
        return breach.warn(
            plan,
            deviation,
            by=ask.actor.person_id,
            given_on=body.given_on,
            text_ref=body.text_ref,
            today=ask.moment.today,
        )

    return ask.perform(
        lambda work: commands.take_step(work, deviation_id, decision, seen_version=body.seen_version), body
    )


@routes.post("/deviations/{deviation_id}/breach-conversation", status_code=201)
def converse(deviation_id: str, body: HoldConversation, ask: TheAsk, ages: TheAges) -> Answer:
    """Enter a breach conversation (U2)."""
    ask.require(Role.YOUTH_COORDINATOR)
    case_id, youth_id = ask.read(lambda work: commands.youth_of(work, deviation_id))
    age_band = ages(case_id, youth_id, ask.moment.today)

    def decision(plan: YouthPlan, deviation: Deviation) -> list[Event]:
        return breach.converse(
            plan,
            deviation,
            held_on=body.held_on,
            outcome=body.outcome,
            safeguards=body.safeguards(),
            age_band=age_band,
            text_ref=body.text_ref,
            today=ask.moment.today,
        )

    return ask.perform(
        lambda work: commands.take_step(work, deviation_id, decision, seen_version=body.seen_version), body
    )


@routes.post("/youth-plans/{plan_id}/sent-on", status_code=201)
def send_on(plan_id: str, body: SendCaseOn, ask: TheAsk, ages: TheAges) -> Answer:
    """Send the case on (U5): back to the prosecution, or to kriminalomsorgen; a person has decided it."""
    ask.require(Role.YOUTH_COORDINATOR)
    case_id, youth_id = ask.read(lambda work: youth_plans.youth_of(work, plan_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    asked = breach.SendOn(
        to=body.to,
        reason=body.reason,
        decision_ref=body.decision_ref,
        safeguards=body.safeguards(),
    )
    return ask.perform(
        lambda work: commands.send_on(
            work,
            plan_id,
            asked,
            deviation_id=body.deviation_id,
            age_band=age_band,
            seen_version=body.seen_version,
        ),
        body,
    )


def _decided(
    ask: TheAsk,
    plan_id: str,
    body: SeenPlan,
    decision: Callable[[YouthPlan], list[Event]],
    *,
    afterwards: bool = False,
) -> Answer:
    ask.require(Role.YOUTH_COORDINATOR)
    return ask.perform(
        lambda work: youth_plans.decide(
            work, plan_id, decision, seen_version=body.seen_version, afterwards=afterwards
        ),
        body,
    )


@routes.post("/youth-plans/{plan_id}/new-offences", status_code=201)
def report_offence(plan_id: str, body: ReportOffence, ask: TheAsk) -> Answer:
    """Enter that a new offence was reported."""
    asked = body.model_dump(exclude={"seen_version", "offence_id"})
    return _decided(
        ask,
        plan_id,
        body,
        lambda plan: breach.report_offence(plan, body.offence_id, today=ask.moment.today, **asked),
    )


@routes.post("/youth-plans/{plan_id}/decisions", status_code=201)
def deliver(plan_id: str, body: DeliverDecision, ask: TheAsk) -> Answer:
    """Enter that a decision reached the youth; the time for complaining runs from then."""
    asked = body.model_dump(exclude={"seen_version", "decision_id"})
    return _decided(
        ask,
        plan_id,
        body,
        lambda plan: papers.deliver(plan, body.decision_id, today=ask.moment.today, **asked),
        afterwards=True,
    )


@routes.post("/youth-plans/{plan_id}/complaints", status_code=201)
def complain(plan_id: str, body: Complain, ask: TheAsk) -> Answer:
    """Take a complaint in."""
    ask.require(Role.YOUTH_COORDINATOR)
    return ask.perform(lambda work: commands.complain(work, plan_id, **dict(body)), body)


@routes.post("/youth-plans/{plan_id}/complaints/{complaint_id}/answered", status_code=201)
def answer_complaint(plan_id: str, complaint_id: str, body: AnswerComplaint, ask: TheAsk) -> Answer:
    """Answer a complaint, or send it to the appeal body."""
    return _decided(
        ask,
        plan_id,
        body,
        lambda plan: papers.answer_complaint(
            plan, complaint_id, body.outcome, text_ref=body.text_ref, today=ask.moment.today
        ),
        afterwards=True,
    )


@routes.post("/youth-plans/{plan_id}/travel-leaves", status_code=201)
def ask_leave(plan_id: str, body: AskLeave, ask: TheAsk) -> Answer:
    """Enter that the youth asks for leave to travel abroad."""
    asked = body.model_dump(exclude={"seen_version", "leave_id"})
    return _decided(
        ask,
        plan_id,
        body,
        lambda plan: papers.ask_leave(plan, body.leave_id, today=ask.moment.today, **asked),
    )


@routes.post("/youth-plans/{plan_id}/travel-leaves/{leave_id}/answered", status_code=201)
def answer_leave(plan_id: str, leave_id: str, body: AnswerLeave, ask: TheAsk) -> Answer:
    """Give leave, or refuse it with a reason."""
    return _decided(
        ask,
        plan_id,
        body,
        lambda plan: papers.answer_leave(
            plan, leave_id, granted=body.granted, reason=body.reason, today=ask.moment.today
        ),
    )


@routes.post("/cases/{case_id}/prosecution-acceptance", status_code=201)
def record_acceptance(case_id: str, body: RecordAcceptance, ask: TheAsk) -> Answer:
    """Enter whether the prosecution accepts a contract as an alternative."""
    ask.require(*COORDINATORS)
    asked = body.model_dump(exclude={"seen_version"})

    def decision(case: Case) -> list[Event]:
        return track.record_acceptance(case, today=ask.moment.today, **asked)

    return ask.perform(
        lambda work: commands.beside(work, case_id, decision, seen_version=body.seen_version), body
    )


@routes.post("/cases/{case_id}/aftercare", status_code=201)
def check_aftercare(case_id: str, body: CheckAftercare, ask: TheAsk) -> Answer:
    """Enter a contact after the end."""
    ask.require(*COORDINATORS)

    def decision(case: Case) -> list[Event]:
        return track.check_aftercare(
            case,
            body.check,
            body.outcome,
            checked_on=body.checked_on,
            text_ref=body.text_ref,
            today=ask.moment.today,
        )

    return ask.perform(
        lambda work: commands.beside(work, case_id, decision, seen_version=body.seen_version), body
    )
