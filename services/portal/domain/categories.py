"""What the words that somebody writes in a form are about: the category that the gate guards them by.

The whole group reads what stands as the case's status (a signed contract is enough), so nothing about health, substances, offences or the
family may stand there: the rest of the group sees that something was reported, and the words only with a consent or another basis
(positive tests: domain C.10 no. 20).
"""

from __future__ import annotations

from schemas.breach import (
    BreachConversationHeld,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    NewOffenceReported,
    OralWarningGiven,
)
from schemas.codes import Category, DeviationKind, ReferralOrigin
from schemas.decision import ComplaintAnswered, ComplaintReceived, DecisionDelivered
from schemas.deviation import GUARDED_KINDS, DeviationReported
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.referral import ReferralReceived
from schemas.sanction import ProsecutionAcceptanceRecorded, SanctionReceived, SuitabilityAssessed
from services.portal.domain.case_view import CaseView

OF_ORIGIN = {
    ReferralOrigin.SCHOOL: Category.SCHOOL_BEHAVIOUR,
    ReferralOrigin.CHILD_WELFARE: Category.CHILD_WELFARE_MEASURE,
    ReferralOrigin.PROSECUTION: Category.CRIMINAL_OFFENCE,
    ReferralOrigin.MEDIATION_SERVICE: Category.CRIMINAL_OFFENCE,
    ReferralOrigin.COURT: Category.CRIMINAL_OFFENCE,
    ReferralOrigin.GUARDIAN: Category.FAMILY,
    ReferralOrigin.YOUTH: Category.FAMILY,
}


OF_THE_SANCTION = (
    OralWarningGiven,
    BreachConversationHeld,
    NewOffenceReported,
    CaseReturnedToProsecution,
    CaseTransferredToKriminalomsorgen,
    DecisionDelivered,
    ComplaintReceived,
    ComplaintAnswered,
    SanctionReceived,
    SuitabilityAssessed,
    ProsecutionAcceptanceRecorded,
)


def of_deviation(kind: DeviationKind) -> Category:
    """What an account of such a deviation is about."""
    return GUARDED_KINDS.get(kind, Category.CASE_STATUS)


def of_referral(origin: ReferralOrigin | None) -> Category:
    """What a referral tells about; a concern, where it does not say otherwise."""
    return Category.POLICE_CONCERN if origin is None else OF_ORIGIN.get(origin, Category.POLICE_CONCERN)


def of_event(view: CaseView, event: Event) -> Category:
    """What the words of a registration are about, for new words that put it right."""
    named = getattr(event, "category", None)
    if isinstance(named, Category):
        return named
    match event:
        case DeviationReported():
            return of_deviation(event.kind)
        case ReferralReceived():
            return of_referral(event.origin)
        case EvaluationHeld():
            return Category.EVALUATION_SCORE
    if isinstance(event, OF_THE_SANCTION):
        return Category.CRIMINAL_OFFENCE
    about = view.deviation(getattr(event, "deviation_id", None))
    return of_deviation(about.kind) if about else Category.CASE_STATUS
