"""What the contracts service adds to correcting and striking: who leads a case, and what right values must fit."""

from __future__ import annotations

from backbone.corrections import Corrections, correction_routes, refuse_out_of_range
from backbone.refusal import found
from backbone.work import Work
from schemas.case import CasePaused
from schemas.deviation import DeviationFollowedUp, DeviationStepSkipped, YouthAccountRecorded
from schemas.event import Event
from services.contracts.access import case_for_member
from services.contracts.asked_corrections import settle
from services.contracts.domain.deviation import ladder_of
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import refused
from services.contracts.repository import CASES, around


def leads(work: Work, case_id: str) -> bool:
    """Whether the actor leads the case or is the deputy. Raises NotFound for somebody outside it."""
    case = case_for_member(work, case_id)
    return work.actor.person_id == case.lead_id or around(work, case_id).leads(work.actor.person_id)


def fit(work: Work, case_id: str, _before: Event, right: Event) -> Event:
    """Hold the right values to the same rules as when they were first registered. Raises Refused."""
    refuse_out_of_range(right, "severity", least=1, most=4)
    refuse_out_of_range(right, "level", least=0, most=3)
    match right:
        case CasePaused() if right.until_on <= right.paused_on:
            days = rules_of(found(CASES.find(work, case_id)).programme).longest_pause_days.on(right.paused_on)
            raise refused("PAUSE_LENGTH", field="until_on", days=days)
        case DeviationFollowedUp() | DeviationStepSkipped():
            if right.step not in ladder_of(found(CASES.find(work, case_id)).programme):
                raise refused("STEP_NOT_IN_PROGRAMME", field="step")
        case YouthAccountRecorded() if (right.text_ref is None) is (right.missing is None):
            raise refused("ACCOUNT_OR_REASON", field="missing")
        case _:
            pass
    return right


routes = correction_routes(Corrections(leads=leads, fit=fit, then=settle))
