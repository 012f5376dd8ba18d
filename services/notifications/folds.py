"""What events write: who is in a case, and the notices that follow."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.address_protection import PROTECTION_EVENTS
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CasePaused, CaseResumed
from schemas.consent import ConsentWithdrawn
from schemas.correction import CORRECTIONS, ReadersTold, RegistrationCorrected, RegistrationVoided
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineEscalated,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReminded,
    DeadlineReopened,
    EscalationAddressed,
)
from schemas.deviation import DeviationReported
from schemas.event import Event, Fact
from schemas.guardianship import GUARDIAN_EVENTS
from schemas.information import OpeningDecided
from schemas.network_group import MemberJoined, MemberLeft
from schemas.protection import YouthAgeBandAhead, YouthAgeBandChanged
from schemas.receipt import ReceiptRequested
from schemas.referral import ReferralReassigned, ReferralReceived
from services.notifications.domain.meeting_notices import MEETING_EVENTS
from services.notifications.domain.notice import Notice
from services.notifications.repository import CASES, case_of, keep_notice, told_of
from services.notifications.tables import LeaderNoticeRow

FOLLOWED: tuple[type[Event], ...] = (
    ReferralReceived,
    ReferralReassigned,
    CaseOpened,
    CaseLeadChanged,
    CasePaused,
    CaseResumed,
    CaseClosed,
    MemberJoined,
    MemberLeft,
    *GUARDIAN_EVENTS,
    *PROTECTION_EVENTS,
    *MEETING_EVENTS,
    OpeningDecided,
    ConsentWithdrawn,
    DeviationReported,
    ReceiptRequested,
    YouthAgeBandAhead,
    YouthAgeBandChanged,
    DeadlineReminded,
    DeadlinePassed,
    DeadlineEscalated,
    DeadlineMoved,
    DeadlineMet,
    DeadlineCancelled,
    DeadlineReopened,
    ReadersTold,
)


def on_followed(rows: Rows, fact: Fact) -> None:
    """Bring the case to where the event leaves it, and write the notices."""
    before = case_of(rows, fact.envelope.case_id)
    case = before.after(fact.event)
    if case != before:
        CASES.put(rows, case)
    for notice in case.notices(fact.event):
        keep_notice(rows, notice, fact.envelope)


def on_addressed(rows: Rows, fact: Fact) -> None:
    """What we have put before the leaders of a unit: notices of their own kind, from our own events only."""
    for notice in case_of(rows, fact.envelope.case_id).notices(fact.event):
        keep_notice(rows, notice, fact.envelope, row=LeaderNoticeRow)


def on_corrected(rows: Rows, fact: Fact) -> None:
    """Whoever was told of something that was wrong is told the right thing; what they were told before stays."""
    for notice in corrections_in(rows, fact):
        keep_notice(rows, notice, fact.envelope)


def corrections_in(rows: Rows, fact: Fact) -> tuple[Notice, ...]:
    """The notices that follow from a correction; the one who made it knows."""
    event, envelope = fact.event, fact.envelope
    assert isinstance(event, (RegistrationCorrected, RegistrationVoided))
    wrong = event.corrected_id if isinstance(event, RegistrationCorrected) else event.voided_id
    people = [person for person in told_of(rows, envelope.case_id, wrong) if person != envelope.actor]
    return case_of(rows, envelope.case_id).corrections_for(people, wrong)


FOLDS: dict[type[Event], Fold] = {
    **dict.fromkeys(FOLLOWED, on_followed),
    EscalationAddressed: on_addressed,
    **dict.fromkeys(CORRECTIONS, on_corrected),
}
