"""What events write: others' events the cases and their deadlines, our own what was raised."""

from __future__ import annotations

from datetime import datetime

from backbone.clock import derived_id
from backbone.rows import Rows
from backbone.work import Fold
from schemas.address_protection import PROTECTION_EVENTS
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened
from schemas.consent import (
    ConsentConfirmed,
    ConsentExpired,
    ConsentGiven,
    ConsentRequested,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
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
    ContractSigned,
    ContractStartCorrected,
    ContractStarted,
)
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineEscalated,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReminded,
    DeadlineReopened,
    DeadlineScheduled,
)
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationReported,
    DeviationResolved,
)
from schemas.disclosure import DutyActedOn, DutyConfirmed, DutyFeedbackReceived
from schemas.evaluation import EvaluationHeld, EvaluationPlanned
from schemas.event import Event, Fact
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
from schemas.protection import YouthAgeBandChanged
from schemas.receipt import ReceiptGiven, ReceiptRequested
from schemas.recognition import ReferralPurged
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralReassigned,
    ReferralReceived,
    ReferralRedirected,
    ReferralWithdrawn,
)
from schemas.retention import CaseArchived, CaseContentErased, RetentionReviewed
from services.scheduler.access_rules import ACCESS_FOLLOWED
from services.scheduler.age_rules import AGES_FOLLOWED
from services.scheduler.asked_rules import ASKED_FOLLOWED
from services.scheduler.catalogue import catalogue_at
from services.scheduler.catalogue_guardians import GUARDIANS_FOLLOWED
from services.scheduler.catalogue_sanctions import SANCTIONS
from services.scheduler.cohort_rules import COHORTS_FOLLOWED
from services.scheduler.consent_rules import CONSENTS_FOLLOWED
from services.scheduler.disclosure_rules import DISCLOSURES_FOLLOWED
from services.scheduler.domain.case import Book
from services.scheduler.domain.following import after
from services.scheduler.domain.rule import Happened
from services.scheduler.domain.steps import What
from services.scheduler.forum_rules import FORUMS_FOLLOWED
from services.scheduler.lead_rules import LEADS_FOLLOWED
from services.scheduler.meeting_rules import MEETING_FOLLOWED
from services.scheduler.norwegian_calendar import NORWAY
from services.scheduler.privacy_rules import PRIVACY_FOLLOWED
from services.scheduler.repository import (
    CASES,
    case_of,
    forget_closing,
    keep_change,
    keep_raised,
    turn_of,
)
from services.scheduler.standing_rules import STANDING_FOLLOWED

FOLLOWED: tuple[type[Event], ...] = (
    ReferralReceived,
    ReferralReassigned,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralRedirected,
    ReferralWithdrawn,
    ReferralPurged,
    CaseOpened,
    CaseLeadChanged,
    CaseClosed,
    MemberJoined,
    MemberLeft,
    SecrecyDeclared,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
    ContractStartCorrected,
    ContractExtended,
    ContractCompleted,
    ContractEndedEarly,
    ContractRejected,
    ContractChangeProposed,
    ContractChangeDeclined,
    ContractChangeExpired,
    ContractAmended,
    ContractExpiredUnsigned,
    ConsentRequested,
    ConsentGiven,
    ConsentConfirmed,
    ConsentWithdrawn,
    ConsentExpired,
    ConsentSuperseded,
    EffectiveConsentChanged,
    DeviationReported,
    DeviationAssessed,
    DeviationResolved,
    DeviationEscalated,
    DeviationDismissed,
    EvaluationHeld,
    EvaluationPlanned,
    DutyActedOn,
    DutyConfirmed,
    DutyFeedbackReceived,
    MeetingCalled,
    MeetingHeld,
    *ACCESS_FOLLOWED,
    *AGES_FOLLOWED,
    *ASKED_FOLLOWED,
    *COHORTS_FOLLOWED,
    *CONSENTS_FOLLOWED,
    *DISCLOSURES_FOLLOWED,
    *MEETING_FOLLOWED,
    *PROTECTION_EVENTS,
    YouthAgeBandChanged,
    ReceiptRequested,
    ReceiptGiven,
    RetentionReviewed,
    CaseArchived,
    CaseContentErased,
    *FORUMS_FOLLOWED,
    *GUARDIANS_FOLLOWED,
    *LEADS_FOLLOWED,
    *SANCTIONS,
    *PRIVACY_FOLLOWED,
    *STANDING_FOLLOWED,
)
"""Others' events that deadlines follow from; the catalogue may name no other (a test holds it to that)."""


def deadline_id(case_id: str, kind: str, opened_by: str) -> str:
    """The id of the deadline of this kind that this event opened in this case: the same in every replay."""
    return derived_id("deadline", case_id, kind, opened_by)


def happened_in(fact: Fact) -> Happened:
    """The fact as the rules see it."""
    envelope = fact.envelope
    return Happened(fact.event, envelope.id, NORWAY.local_day(envelope.time), envelope.actor)


def book_at(recorded_at: datetime) -> Book:
    """The rules that counted for what was recorded at this instant."""
    catalogue = catalogue_at(recorded_at)
    return Book(catalogue.version, catalogue.rules, NORWAY, deadline_id)


def on_followed(rows: Rows, fact: Fact) -> None:
    """Bring the case and its deadlines to where the event leaves them."""
    envelope = fact.envelope
    book = book_at(envelope.time)
    case = CASES.put(rows, after(case_of(rows, envelope.case_id), happened_in(fact), book))
    for change in case.changes:
        keep_change(rows, change, envelope, zone=str(NORWAY.zone))


def on_raised(rows: Rows, fact: Fact) -> None:
    """Write down what we raised."""
    match fact.event:
        case DeadlineScheduled(deadline_id=which):
            keep_raised(rows, which, What.SCHEDULED, fact.envelope)
        case DeadlineMoved(deadline_id=which, moved_by=moved_by):
            keep_raised(rows, which, What.MOVED, fact.envelope, turn=moved_by)
        case DeadlineReminded(deadline_id=which, step=step, due_on=due_on):
            keep_raised(rows, which, What(step.value), fact.envelope, turn=turn_of(due_on))
        case DeadlinePassed(deadline_id=which, due_on=due_on):
            keep_raised(rows, which, What.PASSED, fact.envelope, turn=turn_of(due_on))
        case DeadlineEscalated(deadline_id=which, level=level, due_on=due_on):
            keep_raised(rows, which, What(level.value), fact.envelope, turn=turn_of(due_on))
        case DeadlineMet(deadline_id=which):
            keep_raised(rows, which, What.MET, fact.envelope)
        case DeadlineCancelled(deadline_id=which):
            keep_raised(rows, which, What.CANCELLED, fact.envelope)
        case DeadlineReopened(deadline_id=which):
            forget_closing(rows, which)
            keep_raised(rows, which, What.REOPENED, fact.envelope)


RAISED: tuple[type[Event], ...] = (
    DeadlineScheduled,
    DeadlineMoved,
    DeadlineReminded,
    DeadlinePassed,
    DeadlineEscalated,
    DeadlineMet,
    DeadlineCancelled,
    DeadlineReopened,
)
FOLDS: dict[type[Event], Fold] = {
    **dict.fromkeys(FOLLOWED, on_followed),
    **dict.fromkeys(RAISED, on_raised),
}
