"""What can be put right afterwards, event by event: which fields can be corrected, whether it can be struck, and if not, what to do instead.

One line an event type; a test fails for one that is not here. A text is corrected by a new deposit under a new reference.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from schemas import (
    access,
    agenda,
    archive,
    audit,
    breach,
    case,
    cohort,
    consent,
    consent_loss,
    consultation,
    contract,
    coordination,
    correction,
    correction_request,
    deadline,
    decision,
    deviation,
    disclosure,
    document,
    evaluation,
    forum,
    forum_work,
    guardian,
    information,
    mediation,
    meeting,
    minutes,
    network_group,
    operation,
    privacy,
    protection,
    receipt,
    recognition,
    referral,
    retention,
    sanction,
    survey,
    task,
)
from schemas.event import NEWEST, Event


class Strike(StrEnum):
    """What goes when a registration is struck."""

    ALONE = "ALONE"
    """Only itself."""
    LAST = "LAST"
    """Itself, as long as nothing has been registered about the same thing since."""
    WHOLE = "WHOLE"
    """The thing it began, with everything that has been registered about it."""


class Instead(StrEnum):
    """What to do about a registration that cannot be corrected or struck."""

    FOLLOWS = "FOLLOWS"
    """The system said it: it follows from other registrations, and changes when they are put right."""
    NEW_STEP = "NEW_STEP"
    """Do it again as it should have been; the new step counts."""
    CANCEL = "CANCEL"
    """Call it off, with the reason that it was registered by mistake."""
    END = "END"
    """End it, with the reason that it was registered by mistake."""
    WITHDRAW = "WITHDRAW"
    """A consent is taken back and asked for anew: others have acted on exactly what was said."""
    CORRECT_START = "CORRECT_START"
    """Correct the start date of the contract: the end and the deadlines follow."""
    REDACT = "REDACT"
    """Redact the text."""
    DECISION = "DECISION"
    """A decision stands as it was made; make a new one."""
    OWN_WORD = "OWN_WORD"
    """What a person has declared stands; they say otherwise themselves."""
    ON_THE_LOG = "ON_THE_LOG"
    """A record of what was looked at or done in the system; it is never changed."""
    CORRECT_AGAIN = "CORRECT_AGAIN"
    """Correct the registration itself once more."""


class Rule(NamedTuple):
    """What can be put right about a type of event. `about` is the field that names the thing the event is about."""

    fields: tuple[str, ...] = ()
    strike: Strike | None = None
    about: str | None = None
    instead: Instead | None = None


def can(
    *fields: str, strike: Strike | None = None, about: str | None = None, instead: Instead | None = None
) -> Rule:
    """These fields can be corrected; it can be struck as `strike` says, else `instead` says what to do."""
    if (strike is None) is (instead is None) or (strike in (Strike.LAST, Strike.WHOLE) and about is None):
        raise TypeError(
            "say how it is struck, or what to do instead; and what it is about, when others hang on it"
        )
    return Rule(fields, strike, about, instead)


def fixed(instead: Instead) -> Rule:
    """Nothing about it is corrected or struck."""
    return Rule(instead=instead)


ALONE, LAST, WHOLE = Strike.ALONE, Strike.LAST, Strike.WHOLE
FOLLOWS, NEW_STEP, ON_THE_LOG = fixed(Instead.FOLLOWS), fixed(Instead.NEW_STEP), fixed(Instead.ON_THE_LOG)
WITHDRAW, DECISION = fixed(Instead.WITHDRAW), fixed(Instead.DECISION)

CORRECTABLE: dict[type[Event], Rule] = {
    **{event: FOLLOWS for event in NEWEST.values() if event.follows},
    # referrals and cases
    referral.ReferralReceived: can(
        "origin",
        "referrer_agency",
        "reasons",
        "urgency",
        "youth_knows",
        "received_on",
        "concern_on",
        "text_ref",
        instead=Instead.END,
    ),
    referral.ReferralScreened: NEW_STEP,
    referral.ReferralReassigned: NEW_STEP,
    referral.ReferralAccepted: NEW_STEP,
    referral.ReferralDeclined: can("reason", instead=Instead.NEW_STEP),
    referral.ReferralRedirected: can("reason", "redirected_to", instead=Instead.NEW_STEP),
    referral.ReferralWithdrawn: NEW_STEP,
    referral.ReferralAcknowledged: can(strike=ALONE),
    case.CaseOpened: can("criminal_track", instead=Instead.END),
    case.CasePaused: can("reason", "until_on", strike=ALONE),
    case.CaseResumed: can("resumed_on", strike=ALONE),
    case.CaseWoundUp: FOLLOWS,
    case.CaseClosed: can("outcome", "evaluation_missing", instead=Instead.DECISION),
    case.CaseLeadChanged: NEW_STEP,
    case.YouthToldOfLead: can(strike=ALONE),
    case.CaseTransferred: DECISION,
    # contracts
    contract.ContractRegistered: can("reason", instead=Instead.CORRECT_START),
    contract.ContractSignatureRegistered: can("method", "signed_on", instead=Instead.END),
    contract.ContractSigned: can("signed_on", instead=Instead.END),
    contract.ContractStarted: fixed(Instead.CORRECT_START),
    contract.ContractStartCorrected: fixed(Instead.CORRECT_AGAIN),
    contract.ContractExtended: NEW_STEP,
    contract.ContractChangeProposed: NEW_STEP,
    contract.ContractChangeDeclined: NEW_STEP,
    contract.ContractAmended: NEW_STEP,
    contract.ContractCompleted: FOLLOWS,
    contract.ContractEndedEarly: can("reason", "ended_on", instead=Instead.NEW_STEP),
    contract.ContractRejected: can("rejected_on", instead=Instead.NEW_STEP),
    contract.ContractExpiredUnsigned: FOLLOWS,
    # deviations and evaluations
    deviation.DeviationReported: can(
        "kind", "severity", "happened_on", "text_ref", strike=WHOLE, about="deviation_id"
    ),
    deviation.DeviationAssessed: can(
        "severity", "assessed_on", "text_ref", strike=LAST, about="deviation_id"
    ),
    deviation.DeviationResolved: can("resolved_on", strike=LAST, about="deviation_id"),
    deviation.DeviationDismissed: can("reason", "dismissed_on", strike=LAST, about="deviation_id"),
    deviation.YouthAccountRecorded: can(
        "recorded_on", "text_ref", "missing", strike=LAST, about="deviation_id"
    ),
    deviation.DeviationFollowedUp: can("step", "followed_up_on", strike=LAST, about="deviation_id"),
    deviation.DeviationStepSkipped: can("step", "reason", "skipped_on", strike=LAST, about="deviation_id"),
    deviation.DeviationEscalated: can("escalated_on", "decision_ref", strike=LAST, about="deviation_id"),
    evaluation.EvaluationPlanned: NEW_STEP,
    recognition.CaseRecognised: ON_THE_LOG,
    recognition.YouthCompared: can(strike=ALONE),
    consultation.ConsultationLogged: NEW_STEP,
    survey.SurveyAnswered: ON_THE_LOG,
    cohort.CohortClosed: ON_THE_LOG,
    cohort.CohortMeasured: ON_THE_LOG,
    recognition.ReferralPurged: FOLLOWS,
    evaluation.EvaluationHeld: can(
        "kind",
        "held_on",
        "text_ref",
        strike=WHOLE,
        about="evaluation_id",
    ),
    evaluation.GoalAssessed: can("level", "by", strike=ALONE),
    # sanctions: what a person decided stands, and a new decision is made
    sanction.SanctionReceived: fixed(Instead.END),
    sanction.SuitabilityAssessed: NEW_STEP,
    sanction.YouthPlanAdopted: DECISION,
    sanction.YouthPlanTightened: DECISION,
    sanction.YouthPlanFulfilled: DECISION,
    sanction.YouthPlanTerminated: DECISION,
    sanction.ProsecutionAcceptanceRecorded: NEW_STEP,
    breach.OralWarningGiven: DECISION,
    breach.BreachConversationHeld: DECISION,
    breach.NewOffenceReported: NEW_STEP,
    breach.CaseReturnedToProsecution: DECISION,
    breach.CaseTransferredToKriminalomsorgen: DECISION,
    decision.DecisionDelivered: NEW_STEP,
    decision.ComplaintReceived: NEW_STEP,
    decision.ComplaintAnswered: DECISION,
    decision.TravelLeaveAsked: NEW_STEP,
    decision.TravelLeaveAnswered: DECISION,
    decision.AftercareChecked: NEW_STEP,
    # the network group, meetings and tasks
    network_group.NetworkGroupFormed: FOLLOWS,
    network_group.MemberJoined: fixed(Instead.END),
    network_group.MemberFunctionChanged: NEW_STEP,
    network_group.MemberLeft: can("reason", instead=Instead.NEW_STEP),
    network_group.SecrecyDeclared: fixed(Instead.OWN_WORD),
    network_group.AccessReviewed: NEW_STEP,
    meeting.MeetingCalled: can("mode", "place_ref", "agenda_ref", instead=Instead.CANCEL),
    meeting.MeetingHeld: can("held_on", "present", "absent", strike=LAST, about="meeting_id"),
    meeting.MeetingMoved: NEW_STEP,
    meeting.MeetingCancelled: can("reason", strike=LAST, about="meeting_id"),
    meeting.MeetingLookedBackOn: can("text_ref", strike=ALONE),
    meeting.MeetingReplied: can("reply", strike=ALONE),
    task.TaskAssigned: can("due_on", "text_ref", strike=WHOLE, about="task_id"),
    task.TaskStarted: can("started_on", strike=LAST, about="task_id"),
    task.TaskCompleted: can("done_on", strike=LAST, about="task_id"),
    task.TaskNotDone: can("reason", "ended_on", strike=LAST, about="task_id"),
    task.TaskCancelled: can("reason", "ended_on", strike=LAST, about="task_id"),
    task.TaskReassigned: NEW_STEP,
    # agendas, minutes, and records beside a case
    agenda.AgendaItemAdded: NEW_STEP,
    agenda.AgendaItemSettled: can("outcome", "text_ref", strike=LAST, about="meeting_id"),
    agenda.AgendaItemCarriedOver: FOLLOWS,
    agenda.InterpreterNeeded: NEW_STEP,
    agenda.InterpreterBooked: NEW_STEP,
    agenda.InterpreterDeclined: NEW_STEP,
    minutes.MinutesDrafted: NEW_STEP,
    minutes.MinutesIssued: NEW_STEP,
    minutes.NoTasksDeclared: NEW_STEP,
    minutes.MinutesCommented: fixed(Instead.OWN_WORD),
    minutes.MinutesConfirmed: NEW_STEP,
    minutes.MinutesCorrected: NEW_STEP,
    coordination.CertificateShown: fixed(Instead.END),
    coordination.CoordinationRecorded: NEW_STEP,
    coordination.NoContactSet: NEW_STEP,
    coordination.NoContactLifted: NEW_STEP,
    mediation.MediationOpened: fixed(Instead.END),
    mediation.MediationPartyJoined: fixed(Instead.END),
    mediation.MediationConsentGiven: fixed(Instead.OWN_WORD),
    mediation.MediationConsentWithdrawn: fixed(Instead.OWN_WORD),
    mediation.MediationClosed: DECISION,
    forum.ForumOpened: NEW_STEP,
    forum.ForumMemberJoined: fixed(Instead.END),
    forum.ForumMemberLeft: NEW_STEP,
    forum.ForumSecrecyDeclared: fixed(Instead.OWN_WORD),
    forum.ForumSessionHeld: NEW_STEP,
    forum.ForumMatterDiscussed: NEW_STEP,
    forum_work.ForumSessionPlanned: NEW_STEP,
    forum_work.ForumInvitationsSent: NEW_STEP,
    forum_work.ForumSessionCancelled: NEW_STEP,
    forum_work.ForumClosed: DECISION,
    forum_work.AgreementSigned: NEW_STEP,
    forum_work.AgreementRevised: NEW_STEP,
    forum_work.YearWheelItemSet: NEW_STEP,
    forum_work.YearWheelItemDone: NEW_STEP,
    # guardians and who decides: what has narrowed access is undone by a new registration, never by rewriting it
    guardian.GuardianAdded: can("from_on", instead=Instead.END),
    guardian.GuardianRemoved: NEW_STEP,
    guardian.GuardianRestricted: can("basis", "from_on", instead=Instead.NEW_STEP),
    guardian.GuardianChangeConfirmed: DECISION,
    guardian.GuardianRestrictionLifted: DECISION,
    guardian.ParentalResponsibilityChanged: can("from_on", instead=Instead.NEW_STEP),
    guardian.GuardianSituationConfirmed: can("confirmed_on", strike=ALONE),
    guardian.PreferredLanguageSet: NEW_STEP,
    # consent, disclosures and what lies in the vault
    consent.ConsentRequested: WITHDRAW,
    consent.ConsentGiven: can("method", "given_on", instead=Instead.WITHDRAW),
    consent.ConsentConfirmed: can("confirmed_on", instead=Instead.WITHDRAW),
    consent.ConsentSignerExcused: DECISION,
    consent.ConsentRefused: WITHDRAW,
    consent.ConsentWithdrawn: WITHDRAW,
    consent.ConsentExpired: FOLLOWS,
    consent.ConsentLapsed: FOLLOWS,
    consent.ConsentSuperseded: FOLLOWS,
    consent.EffectiveConsentChanged: FOLLOWS,
    consent_loss.ConsentSignerContacted: can(strike=ALONE),
    consent_loss.ConsentLossDecided: can(strike=ALONE),
    disclosure.InformationDisclosed: can("given_on", "given_how", instead=Instead.DECISION),
    disclosure.DisclosureDeferralReviewed: NEW_STEP,
    disclosure.DisclosureFollowedUp: can("followed_up_on", strike=ALONE),
    disclosure.DutyActedOn: can(
        "acted_on", "method", "youth_told_on", "tell_review_on", instead=Instead.OWN_WORD
    ),
    disclosure.DutyConfirmed: can("confirmed_on", instead=Instead.OWN_WORD),
    disclosure.DutyFeedbackReceived: can("received_on", instead=Instead.OWN_WORD),
    information.InformationRecorded: can("ref", "category", instead=Instead.REDACT),
    information.OpeningDecided: ON_THE_LOG,
    document.DocumentFinalised: DECISION,
    document.PrivateNotesPurged: FOLLOWS,
    receipt.ReceiptRequested: FOLLOWS,
    receipt.ReceiptGiven: can("answer", "given_on", instead=Instead.OWN_WORD),
    receipt.ReportMade: ON_THE_LOG,
    access.AccessStopped: FOLLOWS,
    access.AccessStopLifted: FOLLOWS,
    protection.AddressProtectionSet: NEW_STEP,
    protection.AddressProtectionCleared: NEW_STEP,
    protection.ClearanceGiven: NEW_STEP,
    protection.ClearanceWithdrawn: NEW_STEP,
    protection.YouthAgeBandChanged: FOLLOWS,
    retention.RetentionReviewed: NEW_STEP,
    archive.CaseExportedToArchive: ON_THE_LOG,
    retention.CaseArchived: DECISION,
    retention.ErasureProposed: DECISION,
    retention.ErasureApproved: DECISION,
    retention.CaseContentErased: FOLLOWS,
    privacy.PersonalDataBreachFound: can(strike=LAST, about="breach_id"),
    privacy.PersonalDataBreachAssessed: NEW_STEP,
    privacy.PersonalDataBreachNotified: DECISION,
    privacy.PersonalDataBreachNotNotified: DECISION,
    privacy.PersonalDataBreachPersonsTold: NEW_STEP,
    privacy.DataSubjectRequestReceived: can(strike=LAST, about="request_id"),
    privacy.DataSubjectRequestExtended: DECISION,
    privacy.DataSubjectRequestAnswered: DECISION,
    # deadlines, the log itself, and corrections
    deadline.DeadlineScheduled: FOLLOWS,
    deadline.DeadlineMoved: FOLLOWS,
    deadline.DeadlineReminded: FOLLOWS,
    deadline.DeadlinePassed: FOLLOWS,
    deadline.DeadlineEscalated: FOLLOWS,
    deadline.EscalationAddressed: FOLLOWS,
    deadline.DeadlineMet: FOLLOWS,
    deadline.DeadlineReopened: FOLLOWS,
    deadline.DeadlineCancelled: FOLLOWS,
    audit.CaseAudited: ON_THE_LOG,
    audit.LogQuestioned: ON_THE_LOG,
    operation.ParkedEventDiscarded: ON_THE_LOG,
    correction.RegistrationCorrected: fixed(Instead.CORRECT_AGAIN),
    correction.RegistrationVoided: fixed(Instead.NEW_STEP),
    correction.RegistrationRedacted: DECISION,
    correction.RedactedContentDestroyed: DECISION,
    correction.ReadersTold: FOLLOWS,
    correction_request.CorrectionRequested: can("asked_on", "text_ref", strike=WHOLE, about="request_id"),
    correction_request.CorrectionRefused: DECISION,
}

AHEAD = frozenset({"due_on", "until_on"})
"""Days that may lie ahead; every other day that can be corrected is one on which something has happened."""
OCCURRED = (
    "asked_on",
    "happened_on",
    "held_on",
    "signed_on",
    "given_on",
    "acted_on",
    "received_on",
    "confirmed_on",
    "done_on",
    "followed_up_on",
    "resolved_on",
    "recorded_on",
    "contacted_on",
    "decided_on",
)
"""The fields that say on which day something happened in the world, when that may be another than the day it was recorded."""


def occurred_on(event: Event) -> date | None:
    """The day on which what the event tells happened, when it says one."""
    return next((day for name in OCCURRED if (day := getattr(event, name, None)) is not None), None)
