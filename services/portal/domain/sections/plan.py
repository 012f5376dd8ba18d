"""The youth plan of a sanction: the decision, every version with its measures, what the youth was told and has asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    NewOffenceReported,
    OralWarningGiven,
)
from schemas.codes import Agency, EvaluationKind
from schemas.contract import Clause, PlannedMember
from schemas.decision import (
    AftercareChecked,
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.evaluation import EvaluationHeld
from schemas.event import Event, Fact
from schemas.sanction import (
    SanctionReceived,
    SuitabilityAssessed,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import (
    AftercareCheck,
    ComplaintOutcome,
    DecisionKind,
    ImposedBy,
    LeaveRefusal,
    ParticipationBasis,
    PlanEnding,
    Suitability,
)
from services.portal.domain.keeping import change_one, put
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan said from one day on."""

    number: int
    since: date
    ends_on: date
    measures: tuple[Clause, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that reached the youth."""

    decision_id: str
    kind: DecisionKind
    delivered_on: date
    letter_ref: str | None = None


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint, and what became of it."""

    complaint_id: str
    decision_id: str
    received_on: date
    text_ref: str | None = None
    outcome: ComplaintOutcome | None = None


class Leave(msgspec.Struct, frozen=True, kw_only=True):
    """A journey that was asked for, and the answer."""

    leave_id: str
    leaves_on: date
    returns_on: date
    granted: bool | None = None
    reason: LeaveRefusal | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The newest youth plan of the case; `version` counts its events, as its owner counts."""

    plan_id: str = ""
    imposed_by: ImposedBy | None = None
    decided_on: date | None = None
    offence_on: date | None = None
    months: int = 0
    days: int = 0
    fast_track: bool = False
    participation: ParticipationBasis | None = None
    planned: tuple[PlannedMember, ...] = ()
    decision_ref: str | None = None
    suitability: Suitability | None = None
    goal_refs: tuple[str, ...] = ()
    own_goal_refs: tuple[str, ...] = ()
    versions: tuple[PlanVersion, ...] = ()
    evaluated: tuple[EvaluationKind, ...] = ()
    told: tuple[Told, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    leaves: tuple[Leave, ...] = ()
    offences: int = 0
    sent_to: Agency | None = None
    ended_on: date | None = None
    ending: PlanEnding | None = None
    aftercare: tuple[AftercareCheck, ...] = ()
    version: int = 0

    @property
    def waits(self) -> bool:
        """True from the sanction to the adoption of its plan."""
        return bool(self.plan_id) and not self.versions and self.ended_on is None

    @property
    def runs(self) -> bool:
        """True while the plan counts."""
        return bool(self.versions) and self.ended_on is None

    @property
    def current(self) -> PlanVersion | None:
        """The version that counts, or counted last."""
        return self.versions[-1] if self.versions else None


def _received(state: Plan, event: SanctionReceived, _: Fact) -> Plan:
    return Plan(
        plan_id=event.plan_id,
        imposed_by=event.imposed_by,
        decided_on=event.decided_on,
        offence_on=event.offence_on,
        months=event.months,
        days=event.days,
        fast_track=event.fast_track,
        participation=event.participation,
        planned=event.members,
        decision_ref=event.decision_ref,
        aftercare=state.aftercare,
        version=1,
    )


def _more(state: Plan, **changes: Any) -> Plan:
    return replace(state, **changes, version=state.version + 1)


def _counted(state: Plan, _: Event, __: Fact) -> Plan:
    return _more(state)


def _suitability(state: Plan, event: SuitabilityAssessed, _: Fact) -> Plan:
    return _more(state, suitability=event.result)


def _adopted(state: Plan, event: YouthPlanAdopted, _: Fact) -> Plan:
    first = PlanVersion(
        number=event.plan_version, since=event.adopted_on, ends_on=event.ends_on, measures=event.measures
    )
    return _more(state, versions=(first,), goal_refs=event.goal_refs, own_goal_refs=event.own_goal_refs)


def _tightened(state: Plan, event: YouthPlanTightened, _: Fact) -> Plan:
    new = PlanVersion(
        number=event.to_version, since=event.tightened_on, ends_on=event.ends_on, measures=event.measures
    )
    return _more(state, versions=(*state.versions, new))


def _fulfilled(state: Plan, event: YouthPlanFulfilled, _: Fact) -> Plan:
    return _more(state, ended_on=event.fulfilled_on)


def _terminated(state: Plan, event: YouthPlanTerminated, _: Fact) -> Plan:
    return _more(state, ended_on=event.terminated_on, ending=event.reason)


def _evaluated(state: Plan, event: EvaluationHeld, _: Fact) -> Plan:
    if event.contract_id != state.plan_id:
        return state
    return _more(state, evaluated=(*state.evaluated, event.kind))


def _offence(state: Plan, _: NewOffenceReported, __: Fact) -> Plan:
    return _more(state, offences=state.offences + 1)


def _returned(state: Plan, _: CaseReturnedToProsecution, __: Fact) -> Plan:
    return _more(state, sent_to=Agency.PATALEMYNDIGHET)


def _transferred(state: Plan, _: CaseTransferredToKriminalomsorgen, __: Fact) -> Plan:
    return _more(state, sent_to=Agency.KRIMINALOMSORG)


def _told(state: Plan, event: DecisionDelivered, _: Fact) -> Plan:
    told = Told(
        decision_id=event.decision_id,
        kind=event.kind,
        delivered_on=event.delivered_on,
        letter_ref=event.letter_ref,
    )
    return _more(state, told=put(state.told, "decision_id", told))


def _complained(state: Plan, event: ComplaintReceived, _: Fact) -> Plan:
    complaint = Complaint(
        complaint_id=event.complaint_id,
        decision_id=event.decision_id,
        received_on=event.received_on,
        text_ref=event.text_ref,
    )
    return _more(state, complaints=put(state.complaints, "complaint_id", complaint))


def _answered(state: Plan, event: ComplaintAnswered, _: Fact) -> Plan:
    def take(complaint: Complaint) -> Complaint:
        return replace(complaint, outcome=event.outcome)

    return _more(state, complaints=change_one(state.complaints, "complaint_id", event.complaint_id, take))


def _asked(state: Plan, event: TravelLeaveAsked, _: Fact) -> Plan:
    leave = Leave(leave_id=event.leave_id, leaves_on=event.leaves_on, returns_on=event.returns_on)
    return _more(state, leaves=put(state.leaves, "leave_id", leave))


def _leave(state: Plan, event: TravelLeaveAnswered, _: Fact) -> Plan:
    def take(leave: Leave) -> Leave:
        return replace(leave, granted=event.granted, reason=event.reason)

    return _more(state, leaves=change_one(state.leaves, "leave_id", event.leave_id, take))


def _aftercare(state: Plan, event: AftercareChecked, _: Fact) -> Plan:
    return replace(state, aftercare=(*state.aftercare, event.check))


CHANGES: dict[type[Event], Callable[..., Plan]] = {
    SanctionReceived: _received,
    SuitabilityAssessed: _suitability,
    YouthPlanAdopted: _adopted,
    YouthPlanTightened: _tightened,
    YouthPlanFulfilled: _fulfilled,
    YouthPlanTerminated: _terminated,
    EvaluationHeld: _evaluated,
    OralWarningGiven: _counted,
    BreachConversationHeld: _counted,
    NewOffenceReported: _offence,
    CaseReturnedToProsecution: _returned,
    CaseTransferredToKriminalomsorgen: _transferred,
    DecisionDelivered: _told,
    ComplaintReceived: _complained,
    ComplaintAnswered: _answered,
    TravelLeaveAsked: _asked,
    TravelLeaveAnswered: _leave,
    AftercareChecked: _aftercare,
}
SECTION = Section(Plan, CHANGES)
