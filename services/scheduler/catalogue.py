"""The catalogue of follow-up deadlines (fristkatalogen): one row a deadline, and nothing about deadlines anywhere else.

Lengths: CD calendar days, WD working days, M months. The day of the trigger does not count; a deadline is due through the end of its local
day. `source` says where the number comes from: six months, monthly meetings and the like stand in the sources; a number marked ★ is this
product's default, and is shown as such.

Change a row by adding a version to CATALOGUES with the instant from which it counts: a deadline follows the version that was in
force when the event that opened it was recorded, so that a replay of the log gives the same deadlines.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from backbone.refusal import Sentence
from schemas.case import CaseClosed
from schemas.codes import (
    AgeBand,
    ConsentEffect,
    DutyToAct,
    EndingReason,
    EvaluationKind,
    MeetingKind,
    ReportMethod,
    RetentionOutcome,
    SigningMethod,
    Urgency,
)
from schemas.consent import (
    ConsentConfirmed,
    ConsentExpired,
    ConsentGiven,
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
from schemas.deviation import (
    DeviationAssessed,
    DeviationDismissed,
    DeviationEscalated,
    DeviationReported,
    DeviationResolved,
)
from schemas.disclosure import DutyActedOn, DutyConfirmed, DutyFeedbackReceived
from schemas.evaluation import EvaluationHeld, EvaluationPlanned
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingHeld
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from schemas.receipt import ReceiptGiven, ReceiptRequested
from schemas.recognition import ReferralPurged
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralReceived,
    ReferralRedirected,
    ReferralWithdrawn,
)
from schemas.retention import CaseArchived, CaseContentErased, RetentionReviewed
from schemas.sanction import YouthPlanAdopted, YouthPlanFulfilled, YouthPlanTerminated, YouthPlanTightened
from schemas.sanction_codes import PlanEnding
from services.scheduler.access_rules import ACCESS_RULES
from services.scheduler.age_rules import AGE_RULES
from services.scheduler.asked_rules import ASKED_RULES
from services.scheduler.catalogue_guardians import GUARDIAN_RULES
from services.scheduler.catalogue_sanctions import MIDWAY_OF_PLANS, PLAN_ENDED, SANCTION_RULES
from services.scheduler.cohort_rules import COHORT_RULES
from services.scheduler.consent_rules import CONSENT_RULES
from services.scheduler.disclosure_rules import DISCLOSURE_RULES
from services.scheduler.domain.case import CaseDeadlines, Deadline
from services.scheduler.domain.rule import (
    Closing,
    Happened,
    Ladder,
    Length,
    Moving,
    Opening,
    Owner,
    Rule,
    Unit,
    WhenPast,
)
from services.scheduler.forum_rules import FORUM_RULES
from services.scheduler.lead_rules import LEAD_RULES
from services.scheduler.meeting_rules import MEETING_RULES
from services.scheduler.privacy_rules import PRIVACY_RULES
from services.scheduler.standing_rules import STANDING_RULES

CD, WD, M = Unit.CD, Unit.WD, Unit.M
YOUNGEST = frozenset({AgeBand.AGE_12_14})
ENDS = (RetentionOutcome.DESTROY, RetentionOutcome.ARCHIVE_THEN_REMOVE)
SAID = (ReportMethod.TELEPHONE, ReportMethod.IN_PERSON)
"""Ways of reporting that leave nothing in writing."""
NETWORK = {"kind": MeetingKind.NETWORK}
OF_THE_GROUP = {"kind": (MeetingKind.NETWORK, MeetingKind.FOLLOW_UP)}
"""The regular meetings: of the network group, and in a sanction of the follow-up team."""
NEW_START = Moving(on=ContractStartCorrected, day="starts_on")
NEW_END = (
    Moving(on=ContractStartCorrected, day="ends_on"),
    Moving(on=ContractExtended, day="ends_on"),
    Moving(on=YouthPlanTightened, day="ends_on"),
)
CONTRACT_ENDED = (Closing(on=ContractCompleted), Closing(on=ContractEndedEarly), *PLAN_ENDED)


def _no_meeting_yet(_: Happened, case: CaseDeadlines) -> bool:
    return not case.first_meeting_held


def _under_contract(_: Happened, case: CaseDeadlines) -> bool:
    return case.under_contract


def _not_evaluated(happened: Happened, case: CaseDeadlines) -> bool:
    return not case.end_evaluated and getattr(happened.event, "reason", None) not in (
        EndingReason.DEATH,
        PlanEnding.DEATH,
    )


def _starts_later(happened: Happened, case: CaseDeadlines) -> bool:
    assert isinstance(happened.event, ContractSigned)
    return case.contract is not None and case.contract.starts_on > happened.event.signed_on


def _no_end_meeting(_: Happened, case: CaseDeadlines) -> bool:
    """The only end meeting that was called for what still runs was cancelled."""
    contract = case.contract
    if contract is None or contract.ended or case.end_evaluated:
        return False
    return contract.contract_id not in case.end_meetings.values()


def _contract_start(_: Happened, case: CaseDeadlines) -> date | None:
    return case.contract.starts_on if case.contract else None


def _contract_end(_: Happened, case: CaseDeadlines) -> date | None:
    return case.contract.ends_on if case.contract else None


def _planned_midway(_: Happened, case: CaseDeadlines) -> date | None:
    return case.contract.midway_on if case.contract else None


def _consent_end(happened: Happened, case: CaseDeadlines) -> date | None:
    assert isinstance(happened.event, EffectiveConsentChanged)
    consent = case.consents.get(happened.event.consent_id)
    return consent.valid_to if consent else None


def _look_again(happened: Happened, _: CaseDeadlines) -> date | None:
    assert isinstance(happened.event, RetentionReviewed)
    return happened.event.look_again_on


def _all_in_writing(happened: Happened, case: CaseDeadlines, deadline: Deadline) -> bool:
    """Everybody who said yes to this consent orally has confirmed it."""
    assert isinstance(happened.event, ConsentConfirmed)
    return happened.event.consent_id == deadline.about_id and not case.oral.get(happened.event.consent_id)


def _severity_one(happened: Happened, case: CaseDeadlines, deadline: Deadline) -> bool:
    """A note is talked about in the next meeting; that is all there is to do."""
    return deadline.kind == "D-14" and deadline.about_id in case.notes


END_MEETING_GONE = Opening(
    on=MeetingCancelled,
    where={"kind": MeetingKind.END_EVALUATION},
    when=_no_end_meeting,
    counted_from=_contract_end,
)
RULES_2026_11: tuple[Rule, ...] = (
    Rule(
        kind="C-START",
        name=Sentence("Kontrakten starter", "Kontrakten startar", "The contract starts"),
        opens=(Opening(on=ContractSigned, when=_starts_later, counted_from=_contract_start),),
        lengths=(Length(-1, CD),),
        met_by=(Closing(on=ContractStarted, day="started_on"),),
        moved_by=(NEW_START,),
        cancelled_by=CONTRACT_ENDED,
        ladder=Ladder.NONE,
        when_past=WhenPast.KEEP,
        about="contract_id",
        source="a contract signed before its start date starts by itself on that date: the day before ends, and it passes",
    ),
    Rule(
        kind="D-34",
        name=Sentence("Sile henvendelsen", "Sile førespurnaden", "The referral to be screened"),
        opens=(
            Opening(
                on=ReferralReceived,
                since="received_on",
                where={"urgency": Urgency.ACUTE},
                length=Length(0, CD),
            ),
            Opening(on=ReferralReceived, since="received_on"),
        ),
        lengths=(Length(3, WD),),
        met_by=(
            Closing(on=ReferralAccepted, day="accepted_on"),
            Closing(on=ReferralDeclined, day="declined_on"),
            Closing(on=ReferralRedirected, day="redirected_on"),
        ),
        cancelled_by=(Closing(on=ReferralWithdrawn),),
        about="referral_id",
        source="Felles ansvar: a low threshold and no waiting; 3 WD, an acute one the same day ★",
    ),
    Rule(
        kind="D-35",
        name=Sentence(
            "Si fra at henvendelsen er mottatt",
            "Seie frå at førespurnaden er motteken",
            "The referrer to be told that the referral has come in",
        ),
        opens=(Opening(on=ReferralReceived, since="received_on"),),
        lengths=(Length(1, WD),),
        met_by=(Closing(on=ReferralAcknowledged, day="acknowledged_on"),),
        cancelled_by=(Closing(on=ReferralWithdrawn),),
        about="referral_id",
        source="★ whoever referred hears within a working day that it has come in, and nothing of its content",
    ),
    Rule(
        kind="D-32",
        name=Sentence(
            "Slette det en avslått henvendelse la igjen",
            "Slette det ein avslått førespurnad la att",
            "What a declined referral left to be purged",
        ),
        opens=(
            Opening(on=ReferralDeclined, since="declined_on"),
            Opening(on=ReferralRedirected, since="redirected_on"),
            Opening(on=ReferralWithdrawn, since="withdrawn_on"),
        ),
        lengths=(Length(3, M),),
        met_by=(Closing(on=ReferralPurged, day="purged_on"),),
        ladder=Ladder.NONE,
        source="★ three months; the system purges when the day is over",
    ),
    Rule(
        kind="C-UNSIGNED",
        name=Sentence("Signere kontrakten", "Signere kontrakten", "The contract to be signed"),
        opens=(Opening(on=ContractRegistered),),
        lengths=(),
        due_by="sign_by",
        met_by=(Closing(on=ContractSigned, day="signed_on"),),
        cancelled_by=(Closing(on=ContractRejected), Closing(on=ContractExpiredUnsigned), *CONTRACT_ENDED),
        about="contract_id",
        source="★ a contract that not everybody has signed in time expires; the last day is that of the registration",
    ),
    Rule(
        kind="C-CHANGE",
        name=Sentence(
            "Signere endringen av kontrakten",
            "Signere endringa av kontrakten",
            "The change of the contract to be signed",
        ),
        opens=(Opening(on=ContractChangeProposed, since="proposed_on"),),
        lengths=(),
        due_by="sign_by",
        met_by=(Closing(on=ContractAmended),),
        cancelled_by=(Closing(on=ContractChangeDeclined), Closing(on=ContractChangeExpired), *CONTRACT_ENDED),
        about="contract_id",
        source="★ a proposed version that not everybody has signed in time falls away; the last day is that of the proposal",
    ),
    Rule(
        kind="D-01",
        name=Sentence("Første nettverksmøte", "Første nettverksmøte", "First network meeting"),
        opens=(Opening(on=ContractSigned, since="signed_on", when=_no_meeting_yet),),
        lengths=(Length(10, CD, ages=YOUNGEST), Length(14, CD)),
        met_by=(Closing(on=MeetingHeld, day="held_on", where=NETWORK),),
        cancelled_by=CONTRACT_ENDED,
        about="contract_id",
        source="★ Felles ansvar meets closely at the start, and more closely with the youngest",
    ),
    Rule(
        kind="D-04",
        name=Sentence("Neste nettverksmøte", "Neste nettverksmøte", "Next network meeting"),
        opens=(Opening(on=MeetingHeld, since="held_on", where=NETWORK, when=_under_contract),),
        lengths=(
            Length(21, CD, ages=YOUNGEST, over_months=2),
            Length(28, CD, over_months=2),
            Length(14, CD),
        ),
        met_by=(Closing(on=MeetingHeld, day="held_on", where=NETWORK),),
        cancelled_by=CONTRACT_ENDED,
        within_contract=True,
        source="Felles ansvar: more often at the start and for the youngest; the numbers ★",
    ),
    Rule(
        kind="D-05",
        name=Sentence("Månedlig oppfølgingsmøte", "Månadleg oppfølgingsmøte", "Monthly follow-up meeting"),
        opens=(
            Opening(
                on=MeetingHeld, since="held_on", where={"kind": MeetingKind.FOLLOW_UP}, when=_under_contract
            ),
            Opening(on=YouthPlanAdopted, since="adopted_on"),
        ),
        lengths=(Length(1, M),),
        met_by=(Closing(on=MeetingHeld, day="held_on", where={"kind": MeetingKind.FOLLOW_UP}),),
        cancelled_by=CONTRACT_ENDED,
        within_contract=True,
        source="konfliktrådet: at least once a month",
    ),
    Rule(
        kind="D-08",
        name=Sentence("Midtveisevaluering", "Midtvegsevaluering", "Midway evaluation"),
        opens=(
            Opening(on=ContractStarted, counted_from=_planned_midway, length=Length(0, CD)),
            Opening(on=ContractStarted, since="started_on"),
            *MIDWAY_OF_PLANS,
        ),
        lengths=(Length(3, M),),
        met_by=(Closing(on=EvaluationHeld, day="held_on", where={"kind": EvaluationKind.MIDWAY}),),
        moved_by=(NEW_START, Moving(on=EvaluationPlanned, day="midway_on", length=Length(0, CD))),
        cancelled_by=CONTRACT_ENDED,
        within_contract=True,
        about="contract_id",
        source="the day that the evaluation plan sets; ★ otherwise half of six months; ungdomsoppfølging at half-time, ungdomsstraff every six months",
    ),
    Rule(
        kind="D-09",
        name=Sentence("Fornyelse av samtykke", "Fornying av samtykke", "Consent to be renewed"),
        opens=(
            Opening(
                on=EffectiveConsentChanged,
                where={"after": ConsentEffect.EFFECTIVE},
                counted_from=_consent_end,
            ),
        ),
        lengths=(Length(-30, CD),),
        met_by=(Closing(on=ConsentSuperseded),),
        cancelled_by=(
            Closing(on=EffectiveConsentChanged, where={"after": ConsentEffect.NONE}),
            *CONTRACT_ENDED,
        ),
        about="consent_id",
        when_past=WhenPast.SKIP,
        source="★ consent counts only as far as it reaches",
    ),
    Rule(
        kind="D-10",
        name=Sentence(
            "Skriftlig bekreftelse av muntlig samtykke",
            "Skriftleg stadfesting av munnleg samtykke",
            "Oral consent to be confirmed in writing",
        ),
        opens=(Opening(on=ConsentGiven, since="given_on", where={"method": SigningMethod.ORAL_IN_MEETING}),),
        lengths=(Length(14, CD),),
        met_by=(Closing(on=ConsentConfirmed, day="confirmed_on", when=_all_in_writing),),
        cancelled_by=(
            Closing(on=ConsentWithdrawn, where={"only_to": None}),
            Closing(on=ConsentSuperseded),
            Closing(on=ConsentExpired),
            *CONTRACT_ENDED,
        ),
        about="consent_id",
        source="★ the guide advises that consent is in writing",
    ),
    Rule(
        kind="D-14",
        name=Sentence("Vurdere avvik", "Vurdere avvik", "Deviation to be assessed"),
        opens=(Opening(on=DeviationReported),),
        lengths=(
            Length(0, CD, severity=4),
            Length(2, WD, severity=3),
            Length(7, CD, severity=2),
            Length(28, CD, severity=1),
        ),
        met_by=(
            Closing(on=DeviationAssessed, day="assessed_on"),
            Closing(on=DeviationDismissed, day="dismissed_on"),
            Closing(on=MeetingHeld, day="held_on", where=OF_THE_GROUP, when=_severity_one),
        ),
        until_next_meeting=1,
        about="deviation_id",
        source="★ acute at once (the same day), serious 2 WD, follow-up 7 CD, a note at the next meeting",
    ),
    Rule(
        kind="D-15",
        name=Sentence("Følge opp avvik", "Følgje opp avvik", "Deviation to be followed up"),
        opens=(Opening(on=DeviationAssessed, since="assessed_on"),),
        lengths=(Length(14, CD),),
        met_by=(
            Closing(on=DeviationResolved, day="resolved_on"),
            Closing(on=DeviationEscalated, day="escalated_on"),
        ),
        cancelled_by=(Closing(on=DeviationDismissed),),
        about="deviation_id",
        source="★",
    ),
    Rule(
        kind="D-16",
        name=Sentence("Forberede avslutning", "Førebu avslutning", "The end to be prepared"),
        opens=(
            Opening(on=ContractStarted, since="ends_on"),
            Opening(on=YouthPlanAdopted, since="ends_on"),
            END_MEETING_GONE,
        ),
        lengths=(Length(-14, CD, contract_under_months=3), Length(-30, CD)),
        met_by=(Closing(on=MeetingCalled, where={"kind": MeetingKind.END_EVALUATION}),),
        moved_by=NEW_END,
        cancelled_by=CONTRACT_ENDED,
        about="contract_id",
        source="★ 30 days before the end; a booked end meeting shows that it is under way",
    ),
    Rule(
        kind="D-17",
        name=Sentence("Sluttmøte avtalt", "Sluttmøte avtalt", "End meeting to be booked"),
        opens=(
            Opening(on=ContractStarted, since="ends_on"),
            Opening(on=YouthPlanAdopted, since="ends_on"),
            END_MEETING_GONE,
        ),
        lengths=(Length(-14, CD),),
        met_by=(Closing(on=MeetingCalled, where={"kind": MeetingKind.END_EVALUATION}),),
        moved_by=NEW_END,
        cancelled_by=CONTRACT_ENDED,
        about="contract_id",
        source="★ 14 days before the end",
    ),
    Rule(
        kind="D-18",
        name=Sentence("Sluttevaluering", "Sluttevaluering", "End evaluation"),
        opens=(
            Opening(on=ContractCompleted, since="completed_on", when=_not_evaluated),
            Opening(on=ContractEndedEarly, since="ended_on", when=_not_evaluated),
            Opening(on=YouthPlanFulfilled, since="fulfilled_on", when=_not_evaluated),
            Opening(on=YouthPlanTerminated, since="terminated_on", when=_not_evaluated),
        ),
        lengths=(Length(14, CD),),
        met_by=(
            Closing(on=EvaluationHeld, day="held_on", where={"kind": EvaluationKind.END}),
            Closing(on=MeetingHeld, day="held_on", where={"kind": MeetingKind.END_EVALUATION}),
        ),
        about="contract_id",
        source="regular evaluation is in the sources; within 14 days of the end ★",
    ),
    Rule(
        kind="D-21",
        name=Sentence(
            "Tilbakemelding fra barnevernet", "Tilbakemelding frå barnevernet", "Feedback from child welfare"
        ),
        opens=(Opening(on=DutyActedOn, since="acted_on", where={"duty": DutyToAct.CHILD_WELFARE_REPORT}),),
        lengths=(Length(21, CD),),
        met_by=(Closing(on=DutyFeedbackReceived, day="received_on"),),
        owner=Owner.REPORTER,
        about="act_id",
        outlives_case=True,
        source="barnevernsloven: the reporter is to hear within three weeks",
    ),
    Rule(
        kind="D-21-WRITTEN",
        name=Sentence(
            "Bekrefte en muntlig melding skriftlig",
            "Stadfeste ei munnleg melding skriftleg",
            "An oral report to be confirmed in writing",
        ),
        opens=(Opening(on=DutyActedOn, since="acted_on", where={"method": SAID}),),
        lengths=(Length(3, WD),),
        met_by=(Closing(on=DutyConfirmed, day="confirmed_on"),),
        owner=Owner.REPORTER,
        about="act_id",
        outlives_case=True,
        source="★ who reported or averted orally confirms it in writing to the receiver, within three working days",
    ),
    Rule(
        kind="D-37",
        name=Sentence(
            "Kontrollere adressesperre på nytt",
            "Kontrollere adressesperre på nytt",
            "Address protection to be checked again",
        ),
        opens=(Opening(on=AddressProtectionSet),),
        lengths=(Length(3, M),),
        met_by=(Closing(on=AddressProtectionSet),),
        cancelled_by=(Closing(on=AddressProtectionCleared),),
        source="★ setting it anew says that it was checked",
    ),
    Rule(
        kind="C4-RECEIPT",
        name=Sentence(
            "Svare på at samtykket er trukket",
            "Svare på at samtykket er trekt",
            "Answering that consent was withdrawn",
        ),
        opens=(Opening(on=ReceiptRequested),),
        lengths=(Length(14, CD),),
        met_by=(Closing(on=ReceiptGiven, day="given_on"),),
        owner=Owner.REPORTER,
        about="receipt_id",
        outlives_case=True,
        source="★ whoever saw something on a consent that was withdrawn says what was done with it",
    ),
    Rule(
        kind="D-30",
        name=Sentence("Vurdere oppbevaring", "Vurdere oppbevaring", "Retention to be reviewed"),
        opens=(
            Opening(on=CaseClosed, since="closed_on"),
            Opening(on=RetentionReviewed, counted_from=_look_again, length=Length(0, CD)),
        ),
        lengths=(Length(6, M),),
        met_by=(Closing(on=RetentionReviewed, day="reviewed_on"),),
        cancelled_by=(Closing(on=CaseContentErased),),
        outlives_case=True,
        source="★ six months after closure, and on the day that a review sets",
    ),
    Rule(
        kind="D-31",
        name=Sentence(
            "Overføre til arkiv eller slette",
            "Overføre til arkiv eller slette",
            "Export to archive or removal",
        ),
        opens=(Opening(on=RetentionReviewed, since="reviewed_on", where={"outcome": ENDS}),),
        lengths=(Length(30, CD),),
        met_by=(Closing(on=CaseContentErased, day="erased_on"), Closing(on=CaseArchived, day="archived_on")),
        cancelled_by=(Closing(on=RetentionReviewed, where={"outcome": RetentionOutcome.KEEP}),),
        outlives_case=True,
        source="★",
    ),
    *ACCESS_RULES,
    *AGE_RULES,
    *ASKED_RULES,
    *COHORT_RULES,
    *CONSENT_RULES,
    *DISCLOSURE_RULES,
    *FORUM_RULES,
    *GUARDIAN_RULES,
    *LEAD_RULES,
    *MEETING_RULES,
    *SANCTION_RULES,
    *PRIVACY_RULES,
    *STANDING_RULES,
)


class Catalogue(NamedTuple):
    """A version of the catalogue, and the first instant at which it counts."""

    version: str
    from_at: datetime
    rules: tuple[Rule, ...]


CATALOGUES = (Catalogue("2026-11", datetime.min.replace(tzinfo=UTC), RULES_2026_11),)
CATALOGUE_VERSION = CATALOGUES[-1].version


def catalogue_at(recorded_at: datetime) -> Catalogue:
    """The catalogue that counts for what was recorded at this instant."""
    return next(catalogue for catalogue in reversed(CATALOGUES) if catalogue.from_at <= recorded_at)


def name_of(kind: str) -> Sentence:
    """What a deadline is called; its kind, when the catalogue has it no more."""
    known = (rule.name for catalogue in reversed(CATALOGUES) for rule in catalogue.rules if rule.kind == kind)
    return next(known, Sentence(kind, kind, kind))
