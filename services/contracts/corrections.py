"""What the contracts service adds to correcting and striking: who leads a case, and what right values must fit."""

from __future__ import annotations

from backbone.corrections import Corrections, correction_routes, refuse_out_of_range
from backbone.refusal import found
from backbone.work import Work
from schemas.case import CaseOpened, CasePaused
from schemas.codes import CriminalTrack, EndingReason
from schemas.contract import ContractEndedEarly
from schemas.deviation import (
    DeviationAssessed,
    DeviationFollowedUp,
    DeviationReported,
    DeviationStepSkipped,
    YouthAccountRecorded,
)
from schemas.event import Event
from services.contracts.access import case_for_member, leads
from services.contracts.asked_corrections import settle
from services.contracts.domain.case import refuse_pause
from services.contracts.domain.changes import WITH_CASE
from services.contracts.domain.deviation import ladder_of, refuse_outside
from services.contracts.domain.refusals import refused
from services.contracts.repository import CASES, DEVIATIONS, around, followed


def leads_here(work: Work, case_id: str) -> bool:
    """Whether the actor leads the case or is the deputy. Raises NotFound for somebody outside it."""
    return leads(work, case_for_member(work, case_id))


def fit(work: Work, case_id: str, before: Event, right: Event) -> Event:
    """Hold the right values to the same rules as when they were first registered. Raises Refused."""
    refuse_out_of_range(right, "severity", least=1, most=4)
    refuse_out_of_range(right, "level", least=0, most=3)
    match right:
        case CasePaused():
            programme = found(CASES.find(work, case_id)).programme
            refuse_pause(programme, right.reason, paused_on=right.paused_on, until_on=right.until_on)
        case CaseOpened() if right.criminal_track is CriminalTrack.ALTERNATIVE_ACCEPTED:
            raise refused("ACCEPTANCE_MISSING", field="criminal_track")
        case ContractEndedEarly() if right.reason is EndingReason.COMPLETED:
            raise refused("COMPLETED_IS_NOT_EARLY", field="reason")
        case ContractEndedEarly() if right.reason in WITH_CASE and right.reason is not _reason(before):
            raise refused("CASE_ENDS_WITH_IT", field="reason")
        case DeviationReported():
            refuse_outside(found(followed(work, right.contract_id)), right.happened_on)
        case DeviationAssessed() if right.severity != getattr(before, "severity", None):
            _refuse_the_reporter(work, case_id, right.deviation_id)
        case DeviationFollowedUp() | DeviationStepSkipped():
            if right.step not in ladder_of(found(CASES.find(work, case_id)).programme):
                raise refused("STEP_NOT_IN_PROGRAMME", field="step")
        case YouthAccountRecorded() if (right.text_ref is None) is (right.missing is None):
            raise refused("ACCOUNT_OR_REASON", field="missing")
        case _:
            pass
    return right


def _reason(event: Event) -> EndingReason | None:
    return event.reason if isinstance(event, ContractEndedEarly) else None


def _refuse_the_reporter(work: Work, case_id: str, deviation_id: str) -> None:
    """Raise Refused when whoever reported a deviation would judge it by correcting the judgement of another."""
    case, deviation = found(CASES.find(work, case_id)), found(DEVIATIONS.find(work, deviation_id))
    several = len(around(work, case_id).leading | {case.lead_id}) > 1
    if several and work.actor.person_id == deviation.reporter_id:
        raise refused("REPORTER_ASSESSES", field="severity")


routes = correction_routes(Corrections(leads=leads_here, fit=fit, then=settle))
