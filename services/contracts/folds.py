"""What each event says in this service's replayed tables."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.case import (
    CaseClosed,
    CaseLeadChanged,
    CaseOpened,
    CasePaused,
    CaseResumed,
    CaseTransferred,
    CaseWoundUp,
    YouthToldOfLead,
)
from schemas.consent import ConsentRequested, ConsentWithdrawn, EffectiveConsentChanged
from schemas.consent_loss import ConsentLossDecided
from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeExpired,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractExpiredUnsigned,
    ContractExtended,
    ContractRegistered,
    ContractRejected,
    ContractSignatureRegistered,
    ContractSigned,
    ContractSignersChanged,
    ContractStartCorrected,
    ContractStarted,
)
from schemas.deadline import DeadlineCancelled, DeadlineMet, DeadlineReopened, DeadlineScheduled
from schemas.decision import AftercareChecked
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationFollowedUp,
    DeviationLadderExhausted,
    DeviationReported,
    DeviationResolved,
    DeviationStepSkipped,
    YouthAccountRecorded,
)
from schemas.evaluation import EvaluationHeld, EvaluationPlanned
from schemas.event import Event, Fact
from schemas.forum import ForumOpened
from schemas.mediation import MediationOpened
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingHeld, MeetingMoved
from schemas.network_group import MemberFunctionChanged, MemberJoined, MemberLeft
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralReassigned,
    ReferralReceived,
    ReferralRedirected,
    ReferralScreened,
    ReferralWithdrawn,
)
from schemas.sanction import ProsecutionAcceptanceRecorded
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned
from services.contracts.domain.case import Case
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.referral import Referral
from services.contracts.guardian_folds import GUARDIAN_FOLDS, on_guardians
from services.contracts.plan_folds import PLAN_FOLDS
from services.contracts.repository import (
    CASES,
    CONTRACTS,
    DEVIATIONS,
    PLANS,
    REFERRALS,
    SURROUNDINGS,
    around,
)


def on_opened(rows: Rows, fact: Fact) -> None:
    """A case begins."""
    assert isinstance(fact.event, CaseOpened)
    CASES.put(rows, Case.opened(fact.envelope.case_id, fact.event, on=fact.envelope.recorded_on))


def on_case(rows: Rows, fact: Fact) -> None:
    """The case goes on."""
    case = CASES.find(rows, fact.envelope.case_id)
    if case is not None:
        CASES.put(rows, case.after(fact.event))


def on_registered(rows: Rows, fact: Fact) -> None:
    """A contract begins."""
    assert isinstance(fact.event, ContractRegistered)
    CONTRACTS.put(rows, Contract.registered(fact.envelope.case_id, fact.event, on=fact.envelope.recorded_on))
    on_guardians(rows, fact)


def on_contract(rows: Rows, fact: Fact) -> None:
    """The contract that the event names goes on."""
    contract = CONTRACTS.find(rows, fact.event.contract_id)  # type: ignore[attr-defined]
    if contract is not None:
        CONTRACTS.put(rows, contract.after(fact.event))


def on_evaluated(rows: Rows, fact: Fact) -> None:
    """The contract or the youth plan that the event names was evaluated."""
    assert isinstance(fact.event, EvaluationHeld)
    on_contract(rows, fact)
    plan = PLANS.find(rows, fact.event.contract_id)
    if plan is not None:
        PLANS.put(rows, plan.after(fact.event))


def on_contract_and_case(rows: Rows, fact: Fact) -> None:
    """The contract goes on, and the case with it."""
    on_contract(rows, fact)
    on_case(rows, fact)


def on_reported(rows: Rows, fact: Fact) -> None:
    """A deviation begins."""
    assert isinstance(fact.event, DeviationReported)
    DEVIATIONS.put(rows, Deviation.reported(fact.envelope.case_id, fact.event))


def on_deviation(rows: Rows, fact: Fact) -> None:
    """The deviation that the event names goes on."""
    deviation = DEVIATIONS.find(rows, fact.event.deviation_id)  # type: ignore[attr-defined]
    if deviation is not None:
        DEVIATIONS.put(rows, deviation.after(fact.event))


def on_received(rows: Rows, fact: Fact) -> None:
    """A referral begins."""
    assert isinstance(fact.event, ReferralReceived)
    REFERRALS.put(rows, Referral.received(fact.envelope.case_id, fact.event, by=fact.envelope.actor))


def on_referral(rows: Rows, fact: Fact) -> None:
    """The referral that the event names goes on."""
    referral = REFERRALS.find(rows, fact.event.referral_id)  # type: ignore[attr-defined]
    if referral is not None:
        REFERRALS.put(rows, referral.after(fact.event))


def on_surroundings(rows: Rows, fact: Fact) -> None:
    """Something happened around the case."""
    SURROUNDINGS.put(rows, around(rows, fact.envelope.case_id).after(fact.event))


OWN: dict[type[Event], Fold] = {
    ReferralReceived: on_received,
    ReferralScreened: on_referral,
    ReferralReassigned: on_referral,
    ReferralAccepted: on_referral,
    ReferralDeclined: on_referral,
    ReferralRedirected: on_referral,
    ReferralWithdrawn: on_referral,
    ReferralAcknowledged: on_referral,
    CaseOpened: on_opened,
    CasePaused: on_case,
    CaseResumed: on_case,
    CaseWoundUp: on_case,
    CaseLeadChanged: on_case,
    YouthToldOfLead: on_case,
    CaseTransferred: on_case,
    CaseClosed: on_case,
    ContractRegistered: on_registered,
    ContractSignatureRegistered: on_contract,
    ContractSigned: on_contract,
    ContractStarted: on_contract_and_case,
    ContractChangeProposed: on_contract,
    ContractChangeDeclined: on_contract,
    ContractChangeExpired: on_contract,
    ContractSignersChanged: on_contract,
    ContractAmended: on_contract,
    ContractExtended: on_contract,
    ContractStartCorrected: on_contract,
    ContractCompleted: on_contract,
    ContractEndedEarly: on_contract,
    ContractRejected: on_contract,
    ContractExpiredUnsigned: on_contract,
    EvaluationPlanned: on_contract,
    EvaluationHeld: on_evaluated,
    ProsecutionAcceptanceRecorded: on_case,
    AftercareChecked: on_case,
    DeviationReported: on_reported,
    DeviationAssessed: on_deviation,
    YouthAccountRecorded: on_deviation,
    DeviationFollowedUp: on_deviation,
    DeviationStepSkipped: on_deviation,
    DeviationLadderExhausted: on_deviation,
    DeviationResolved: on_deviation,
    DeviationEscalated: on_deviation,
    DeviationDismissed: on_deviation,
}
OTHERS: dict[type[Event], Fold] = dict.fromkeys(
    (
        MemberJoined,
        MemberLeft,
        MemberFunctionChanged,
        MeetingCalled,
        MeetingHeld,
        MeetingMoved,
        MeetingCancelled,
        TaskAssigned,
        TaskReassigned,
        TaskCompleted,
        TaskNotDone,
        TaskCancelled,
        DeadlineScheduled,
        DeadlineReopened,
        DeadlineMet,
        DeadlineCancelled,
        ConsentRequested,
        EffectiveConsentChanged,
        MediationOpened,
        ForumOpened,
        ConsentWithdrawn,
        ConsentLossDecided,
    ),
    on_surroundings,
)
FOLDS = {**OWN, **PLAN_FOLDS, **GUARDIAN_FOLDS, **OTHERS}
