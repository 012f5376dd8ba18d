"""The youth plan (ungdomsplan): from a received sanction to a plan that was fulfilled or ended. One version counts, the others stay."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.breach import NewOffenceReported, OralWarningGiven
from schemas.codes import EvaluationKind, Programme, SignerRole
from schemas.contract import Clause, Signer
from schemas.decision import (
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.sanction import (
    SanctionReceived,
    SuitabilityAssessed,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import ParticipationBasis, PlanEnding, Suitability
from services.contracts.domain.programmes import rules_of


class PlanStatus(StrEnum):
    """Where a youth plan stands."""

    RECEIVED = "RECEIVED"
    RUNNING = "RUNNING"
    FULFILLED = "FULFILLED"
    TERMINATED = "TERMINATED"


class PlanVersion(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan said from one day on; never changed afterwards."""

    number: int
    since: date
    ends_on: date
    measures: tuple[Clause, ...]


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """What was told and asked in writing: decisions told of, complaints and leaves with whether they were answered."""

    decisions: tuple[str, ...] = ()
    complaints: dict[str, bool] = {}
    leaves: dict[str, bool] = {}
    offences: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    """Deviations that an oral warning was given for."""


class YouthPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as its events tell it; `version` counts them and is what a page has seen."""

    case_id: str
    plan_id: str
    programme: Programme
    youth_id: str
    signers: tuple[Signer, ...]
    decided_on: date
    received_on: date
    months: int
    days: int
    participation: ParticipationBasis
    status: PlanStatus = PlanStatus.RECEIVED
    suitability: Suitability | None = None
    goal_refs: tuple[str, ...] = ()
    versions: tuple[PlanVersion, ...] = ()
    """Every version that has counted, the last one now."""
    evaluated: tuple[EvaluationKind, ...] = ()
    ended_on: date | None = None
    ending: PlanEnding | None = None
    papers: Papers = Papers()
    version: int = 1

    @classmethod
    def received(cls, case_id: str, event: SanctionReceived) -> YouthPlan:
        """The plan that is to be made for a received sanction."""
        return cls(
            case_id=case_id,
            plan_id=event.plan_id,
            programme=event.programme,
            youth_id=event.youth_id,
            signers=event.signers,
            decided_on=event.decided_on,
            received_on=event.received_on,
            months=event.months,
            days=event.days,
            participation=event.participation,
        )

    @property
    def followed_id(self) -> str:
        """The plan's id, as deviations and evaluations name what they are about."""
        return self.plan_id

    @property
    def current(self) -> PlanVersion | None:
        """The version that counts, or counted last."""
        return self.versions[-1] if self.versions else None

    @property
    def started_on(self) -> date | None:
        """When the plan was adopted."""
        return self.versions[0].since if self.versions else None

    @property
    def runs_until(self) -> date:
        """The end date of the version that counts."""
        return self.versions[-1].ends_on if self.versions else date.max

    @property
    def live(self) -> bool:
        """True until the plan was fulfilled or ended."""
        return self.status in (PlanStatus.RECEIVED, PlanStatus.RUNNING)

    @property
    def runs(self) -> bool:
        """True from the adoption to the end."""
        return self.status is PlanStatus.RUNNING

    @property
    def end_evaluated(self) -> bool:
        """True when the end evaluation was held."""
        return EvaluationKind.END in self.evaluated

    @property
    def people(self) -> frozenset[str]:
        """The youth and those who decide for the youth."""
        return frozenset(signer.person_id for signer in self.signers)

    @property
    def guardian_ids(self) -> tuple[str, ...]:
        """Those who decide for the youth."""
        return tuple(signer.person_id for signer in self.signers if signer.role is SignerRole.GUARDIAN)

    def may_be_evaluated(self, kind: EvaluationKind) -> bool:
        """True while this evaluation is still to be held: on the way once, or as often as the programme says; the end once."""
        sanction = rules_of(self.programme).sanction
        again = sanction is not None and sanction.evaluation_months.on(self.decided_on) is not None
        return kind not in self.evaluated or (kind is EvaluationKind.MIDWAY and again)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def after(self, event: Event) -> YouthPlan:
        """The plan after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case SuitabilityAssessed():
                return replace(changed, suitability=event.result)
            case YouthPlanAdopted():
                first = _version(event.plan_version, event.adopted_on, event.ends_on, event.measures)
                goals = event.goal_refs
                return replace(changed, status=PlanStatus.RUNNING, goal_refs=goals, versions=(first,))
            case YouthPlanTightened():
                new = _version(event.to_version, event.tightened_on, event.ends_on, event.measures)
                return replace(changed, versions=(*self.versions, new))
            case EvaluationHeld():
                return replace(changed, evaluated=(*self.evaluated, event.kind))
            case YouthPlanFulfilled():
                return replace(changed, status=PlanStatus.FULFILLED, ended_on=event.fulfilled_on)
            case YouthPlanTerminated():
                over = PlanStatus.TERMINATED
                return replace(changed, status=over, ended_on=event.terminated_on, ending=event.reason)
            case _:
                return replace(changed, papers=filed(self.papers, event))


def _version(number: int, since: date, ends_on: date, measures: tuple[Clause, ...]) -> PlanVersion:
    return PlanVersion(number=number, since=since, ends_on=ends_on, measures=measures)


def filed(papers: Papers, event: Event) -> Papers:
    """The papers after one more event."""
    match event:
        case DecisionDelivered():
            return replace(papers, decisions=(*papers.decisions, event.decision_id))
        case ComplaintReceived():
            return replace(papers, complaints={**papers.complaints, event.complaint_id: False})
        case ComplaintAnswered():
            return replace(papers, complaints={**papers.complaints, event.complaint_id: True})
        case TravelLeaveAsked():
            return replace(papers, leaves={**papers.leaves, event.leave_id: False})
        case TravelLeaveAnswered():
            return replace(papers, leaves={**papers.leaves, event.leave_id: True})
        case NewOffenceReported():
            return replace(papers, offences=(*papers.offences, event.offence_id))
        case OralWarningGiven():
            return replace(papers, warned=(*papers.warned, event.deviation_id))
        case _:
            return papers
