"""A sanction comes in: the decision is tested by the law in force on its day, the age by the day of the offence."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from schemas.codes import AgeBand, MissingReason, Programme
from schemas.contract import PlannedMember
from schemas.event import Event
from schemas.sanction import SanctionReceived, SuitabilityAssessed
from schemas.sanction_codes import ImposedBy, Suitability
from services.contracts.domain.calendar import add_months
from services.contracts.domain.contract import refuse_mixed_people, required_signers
from services.contracts.domain.programmes import Rules, Sanction, rules_of
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.youth_plan import PlanStatus, YouthPlan

UNDER_15 = (AgeBand.UNDER_12, AgeBand.AGE_12_14)


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A sanction as it was decided; `months` and `days` are the decision's own figures."""

    plan_id: str
    programme: Programme
    imposed_by: ImposedBy
    decided_on: date
    offence_on: date
    months: int
    days: int
    youth_id: str
    guardian_ids: tuple[str, ...]
    identity_refs: tuple[str, ...]
    members: tuple[PlannedMember, ...]
    decision_ref: str | None = None
    fast_track: bool = False


def length_after(day: date, *, months: int, days: int) -> date:
    """The last day of a sanction of this length that begins on `day`: first the months, clamped, then the days."""
    return add_months(day, months) + timedelta(days=days)


def receive(
    asked: Decided, *, age_at_offence: AgeBand, age_band: AgeBand, lead_id: str, today: date
) -> SanctionReceived:
    """A sanction is received; `age_at_offence` is the band on the day of the offence, `age_band` today's. Raises Refused."""
    rules = rules_of(asked.programme)
    if rules.sanction is None:
        raise refused("PROGRAMME_HAS_CONTRACT", field="programme")
    if asked.decided_on > today:
        raise refused("DECIDED_IN_FUTURE", field="decided_on")
    if asked.offence_on > asked.decided_on:
        raise refused("OFFENCE_AFTER_DECISION", field="offence_on")
    _refuse_age(rules.sanction, age_at_offence, asked.decided_on)
    if asked.imposed_by not in rules.sanction.imposed_by.on(asked.decided_on):
        raise refused("IMPOSED_BY_OTHER", field="imposed_by")
    _refuse_length(rules, asked)
    refuse_mixed_people(asked.youth_id, asked.guardian_ids, asked.members, lead_id=lead_id)
    return SanctionReceived(
        plan_id=asked.plan_id,
        programme=asked.programme,
        imposed_by=asked.imposed_by,
        decided_on=asked.decided_on,
        received_on=today,
        offence_on=asked.offence_on,
        months=asked.months,
        days=asked.days,
        participation=rules.sanction.participation.on(asked.decided_on),
        youth_id=asked.youth_id,
        age_band=age_band,
        identity_refs=asked.identity_refs,
        signers=required_signers(
            asked.youth_id, asked.guardian_ids, age_band, guardians_sign=rules.guardians_sign.on(today)
        ),
        members=asked.members,
        decision_ref=asked.decision_ref,
        fast_track=asked.fast_track,
    )


def _refuse_age(sanction: Sanction, age: AgeBand, decided_on: date) -> None:
    if age in sanction.ages_at_offence.on(decided_on):
        return
    raise refused(
        "UNDER_15_AT_OFFENCE" if age in UNDER_15 else "ADULT_AT_OFFENCE",
        field="offence_on",
    )


def _refuse_length(rules: Rules, asked: Decided) -> None:
    shortest, longest = rules.length_months.on(asked.decided_on)
    begins = asked.decided_on
    ends = length_after(begins, months=asked.months, days=asked.days)
    if ends <= begins or not add_months(begins, shortest) <= ends <= add_months(begins, longest):
        raise refused("LENGTH_OUTSIDE_LAW", field="months", shortest=shortest, longest=longest)


def assess_suitability(
    plan: YouthPlan,
    result: Suitability,
    *,
    by: str,
    text_ref: str | None,
    youth_view_ref: str | None,
    youth_view_missing: MissingReason | None,
    assessed_on: date,
    today: date,
) -> list[Event]:
    """A person judges whether the sanction can be carried out, with the youth's view. Raises Refused and Conflict."""
    if plan.status is not PlanStatus.RECEIVED:
        raise conflict("PLAN_ADOPTED_ALREADY")
    if (youth_view_ref is None) == (youth_view_missing is None):
        raise refused("YOUTHS_VIEW_MISSING", field="youth_view_ref")
    if assessed_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="assessed_on")
    return [
        SuitabilityAssessed(
            plan_id=plan.plan_id,
            result=result,
            assessed_by=by,
            assessed_on=assessed_on,
            text_ref=text_ref,
            youth_view_ref=youth_view_ref,
            youth_view_missing=youth_view_missing,
        )
    ]
