"""What a case remembers of its events for the sake of its deadlines."""

from __future__ import annotations

from msgspec.structs import replace

from schemas.address_protection import PROTECTION_EVENTS
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened
from schemas.codes import EvaluationKind, MeetingKind, SigningMethod
from schemas.consent import ConsentConfirmed, ConsentGiven
from schemas.contract import (
    ContractCompleted,
    ContractEndedEarly,
    ContractExtended,
    ContractRegistered,
    ContractSigned,
    ContractStartCorrected,
    ContractStarted,
)
from schemas.deviation import DeviationReported
from schemas.evaluation import EvaluationHeld, EvaluationPlanned
from schemas.forum import ForumOpened
from schemas.guardian import GuardianSituationConfirmed
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingHeld
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
from schemas.protection import YouthAgeBandChanged
from schemas.referral import ReferralReassigned, ReferralReceived
from schemas.sanction import (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from services.scheduler.domain.case import CaseDeadlines, ContractDates
from services.scheduler.domain.consent_memory import remember_consent
from services.scheduler.domain.rule import Happened


def remember(case: CaseDeadlines, happened: Happened) -> CaseDeadlines:
    """The case with what the event tells, its deadlines as they were."""
    match happened.event:
        case CaseOpened(lead_id=lead_id, programme=programme):
            return replace(case, lead_id=lead_id, programme=programme)
        case ForumOpened(lead_id=lead_id, kind=kind):
            return replace(case, lead_id=lead_id, forum=kind)
        case SanctionReceived(age_band=age_band):
            return replace(begun_anew(case), age_band=age_band)
        case YouthPlanAdopted(plan_id=plan_id, adopted_on=adopted_on, ends_on=ends_on):
            plan = ContractDates(contract_id=plan_id, starts_on=adopted_on, ends_on=ends_on, signed=True)
            return replace(case, contract=plan)
        case ReferralReceived(assigned_to=screener) | ReferralReassigned(to_id=screener):
            return replace(case, lead_id=screener)
        case CaseLeadChanged(to_id=to_id):
            return replace(case, lead_id=to_id)
        case CaseClosed():
            return replace(case, closed=True)
        case MemberJoined(person_id=person_id, function=function):
            return replace(case, members={**case.members, person_id: function})
        case MemberLeft(person_id=person_id):
            return replace(
                case,
                members={p: f for p, f in case.members.items() if p != person_id},
                declared=tuple(one for one in case.declared if one != person_id),
            )
        case SecrecyDeclared(person_id=person_id):
            return replace(case, declared=tuple(dict.fromkeys((*case.declared, person_id))))
        case _ if isinstance(happened.event, PROTECTION_EVENTS):
            return replace(case, protection=case.protection.after(happened.event))
        case ContractRegistered(
            contract_id=contract_id, starts_on=starts_on, ends_on=ends_on, age_band=age_band
        ):
            dates = ContractDates(contract_id=contract_id, starts_on=starts_on, ends_on=ends_on)
            return replace(begun_anew(case), contract=dates, age_band=age_band)
        case YouthAgeBandChanged(age_band=age_band):
            return replace(case, age_band=age_band)
        case ConsentGiven(consent_id=consent_id, person_id=person_id, method=SigningMethod.ORAL_IN_MEETING):
            waiting = dict.fromkeys((*case.oral.get(consent_id, ()), person_id))
            return replace(case, oral={**case.oral, consent_id: tuple(waiting)})
        case ConsentConfirmed(consent_id=consent_id, person_id=person_id):
            left = tuple(person for person in case.oral.get(consent_id, ()) if person != person_id)
            return replace(case, oral={**case.oral, consent_id: left})
        case DeviationReported(deviation_id=deviation_id, severity=1):
            return replace(case, notes=(*case.notes, deviation_id))
        case GuardianSituationConfirmed(confirmed_on=confirmed_on):
            return replace(case, who_decides_seen_on=confirmed_on)
        case MeetingHeld(kind=MeetingKind.NETWORK):
            return replace(case, first_meeting_held=True)
        case MeetingHeld(kind=MeetingKind.END_EVALUATION):
            return replace(case, end_evaluated=True)
        case EvaluationHeld(kind=EvaluationKind.END, contract_id=which) if (
            case.contract is None or which == case.contract.contract_id
        ):
            return replace(case, end_evaluated=True)
    return _remember_contract(remember_consent(case, happened.event), happened)


def begun_anew(case: CaseDeadlines) -> CaseDeadlines:
    """The case when a contract or a sanction is registered: after one that has ended, meetings and evaluations are counted anew."""
    if case.contract is None or not case.contract.ended:
        return case
    return replace(case, first_meeting_held=False, end_evaluated=False)


def _remember_contract(case: CaseDeadlines, happened: Happened) -> CaseDeadlines:
    contract = case.contract
    match happened.event:
        case MeetingCalled(kind=MeetingKind.END_EVALUATION, meeting_id=which) if contract is not None:
            return replace(case, end_meetings={**case.end_meetings, which: contract.contract_id})
        case MeetingCancelled(meeting_id=which):
            return replace(case, end_meetings={m: c for m, c in case.end_meetings.items() if m != which})
    named = getattr(happened.event, "contract_id", None) or getattr(happened.event, "plan_id", None)
    if contract is None or named != contract.contract_id:
        return case
    match happened.event:
        case ContractSigned():
            contract = replace(contract, signed=True)
        case ContractStarted(started_on=started_on, ends_on=ends_on):
            contract = replace(contract, starts_on=started_on, ends_on=ends_on)
        case ContractStartCorrected(starts_on=starts_on, ends_on=ends_on):
            contract = replace(contract, starts_on=starts_on, ends_on=ends_on)
        case ContractExtended(ends_on=ends_on) | YouthPlanTightened(ends_on=ends_on):
            contract = replace(contract, ends_on=ends_on)
        case EvaluationPlanned(midway_on=midway_on):
            contract = replace(contract, midway_on=midway_on)
        case ContractCompleted() | ContractEndedEarly() | YouthPlanFulfilled() | YouthPlanTerminated():
            contract = replace(contract, ended=True)
    return replace(case, contract=contract)
