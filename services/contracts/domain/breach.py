"""The steps after a breach (brudd): U1 oral warning, U2 breach conversation, U5 sent on. The youth is heard before each decision."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    NewOffenceReported,
    OralWarningGiven,
)
from schemas.codes import AgeBand, Agency, LadderStep
from schemas.event import Event
from schemas.sanction import Safeguards, YouthPlanTerminated
from schemas.sanction_codes import BreachOutcome, OffenceSeverity, PlanEnding
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.youth_plan import PlanStatus, YouthPlan

NEVER_BEGAN = (PlanEnding.NOT_SUITABLE, PlanEnding.CONSENT_LACKING)
SENT_ON_FOR = (PlanEnding.BREACH, *NEVER_BEGAN)


class SendOn(msgspec.Struct, frozen=True, kw_only=True):
    """A decision to send a case on; `to` is the receiving agency."""

    to: Agency
    reason: PlanEnding
    decision_ref: str | None
    safeguards: Safeguards


def refuse_unguarded(safeguards: Safeguards, age_band: AgeBand) -> None:
    """Guardians are told while the youth is under 18; the youth is heard or the reason stands there, counsel told or not wanted."""
    if not safeguards.guardians_told and age_band is not AgeBand.ADULT:
        raise refused("GUARDIANS_NOT_TOLD", field="guardians_told")


def of_plan(plan: YouthPlan, deviation: Deviation) -> None:
    """Raise Conflict when the deviation is about something else, or the plan is over."""
    if deviation.contract_id != plan.plan_id:
        raise conflict("DEVIATION_OF_OTHER_PLAN", field="deviation_id")
    if not plan.live:
        raise conflict("PLAN_OVER")


def warn(
    plan: YouthPlan, deviation: Deviation, *, by: str, given_on: date, text_ref: str | None, today: date
) -> list[Event]:
    """U1: an oral warning, with a written note. Raises Refused and Conflict."""
    of_plan(plan, deviation)
    if text_ref is None:
        raise refused("WARNING_NOTE_MISSING", field="text_ref")
    _refuse_day(deviation, given_on, "given_on", today)
    warning = OralWarningGiven(
        plan_id=plan.plan_id,
        deviation_id=deviation.deviation_id,
        given_by=by,
        given_on=given_on,
        text_ref=text_ref,
    )
    return [warning, *deviation.take(LadderStep.U1_ORAL_WARNING, plan.programme, today=given_on)]


def converse(
    plan: YouthPlan,
    deviation: Deviation,
    *,
    held_on: date,
    outcome: BreachOutcome,
    safeguards: Safeguards,
    age_band: AgeBand,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """U2: a breach conversation. Raises Refused and Conflict."""
    of_plan(plan, deviation)
    _refuse_day(deviation, held_on, "held_on", today)
    refuse_unguarded(safeguards, age_band)
    held = BreachConversationHeld(
        plan_id=plan.plan_id,
        deviation_id=deviation.deviation_id,
        held_on=held_on,
        outcome=outcome,
        safeguards=safeguards,
        text_ref=text_ref,
    )
    return [held, *deviation.take(LadderStep.U2_BREACH_TALK, plan.programme, today=held_on)]


def _refuse_day(deviation: Deviation, day: date, field: str, today: date) -> None:
    if not deviation.happened_on <= day <= today:
        raise refused("STEP_DATE", field=field)


def send_on(
    plan: YouthPlan, asked: SendOn, *, deviation: Deviation | None, age_band: AgeBand, today: date
) -> list[Event]:
    """U5: the case ends here and goes to those who decide anew. Raises Refused and Conflict."""
    if not plan.live:
        raise conflict("PLAN_OVER")
    _refuse_receiver(plan, asked.to)
    _refuse_reason(plan, asked.reason, deviation)
    if asked.decision_ref is None:
        raise refused("DECISION_MISSING", field="decision_ref")
    refuse_unguarded(asked.safeguards, age_band)
    events: list[Event] = [_sent(plan, asked, asked.decision_ref, deviation, today)]
    events.append(YouthPlanTerminated(plan_id=plan.plan_id, reason=asked.reason, terminated_on=today))
    if deviation is not None:
        events += deviation.take(LadderStep.U5_END, plan.programme, today=today)
        events += deviation.escalate(plan.programme, decision_ref=asked.decision_ref, today=today)
    return events


def _refuse_receiver(plan: YouthPlan, to: Agency) -> None:
    sanction = rules_of(plan.programme).sanction
    back = sanction is not None and sanction.goes_back_to_prosecution
    if to is not (Agency.PATALEMYNDIGHET if back else Agency.KRIMINALOMSORG):
        raise refused("FOLLOW_UP_GOES_BACK" if back else "PENALTY_GOES_TO_CORRECTIONS", field="to")


def _refuse_reason(plan: YouthPlan, reason: PlanEnding, deviation: Deviation | None) -> None:
    if reason not in SENT_ON_FOR:
        raise refused("NOT_SENT_ON_FOR_THAT", field="reason")
    if reason in NEVER_BEGAN and plan.status is not PlanStatus.RECEIVED:
        raise conflict("PLAN_ADOPTED_ALREADY", field="reason")
    if reason is PlanEnding.BREACH:
        if deviation is None:
            raise refused("BREACH_MISSING", field="deviation_id")
        of_plan(plan, deviation)


def _sent(
    plan: YouthPlan, asked: SendOn, decision_ref: str, deviation: Deviation | None, today: date
) -> Event:
    deviation_id = deviation.deviation_id if deviation else None
    if asked.to is Agency.PATALEMYNDIGHET:
        return CaseReturnedToProsecution(
            plan_id=plan.plan_id,
            reason=asked.reason,
            decision_ref=decision_ref,
            returned_on=today,
            safeguards=asked.safeguards,
            deviation_id=deviation_id,
        )
    return CaseTransferredToKriminalomsorgen(
        plan_id=plan.plan_id,
        reason=asked.reason,
        decision_ref=decision_ref,
        transferred_on=today,
        safeguards=asked.safeguards,
        deviation_id=deviation_id,
    )


def report_offence(
    plan: YouthPlan,
    offence_id: str,
    *,
    severity: OffenceSeverity,
    reported_by: Agency,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """A new offence was reported; people decide what it means. Raises Conflict."""
    if not plan.live:
        raise conflict("PLAN_OVER")
    if offence_id in plan.papers.offences:
        raise conflict("OFFENCE_EXISTS", field="offence_id")
    return [
        NewOffenceReported(
            offence_id=offence_id,
            plan_id=plan.plan_id,
            severity=severity,
            reported_by=reported_by,
            reported_on=today,
            text_ref=text_ref,
        )
    ]
