"""What each event says in a sentence, for a case's history and for those who check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from schemas.access import AccessStopLifted, AccessStopped
from schemas.audit import CaseAudited, LogQuestioned
from schemas.case import (
    CaseClosed,
    CaseLeadChanged,
    CaseOpened,
    CasePaused,
    CaseResumed,
    CaseTransferred,
    CaseWoundUp,
)
from schemas.codes import Outcome
from schemas.consent import (
    ConsentConfirmed,
    ConsentExpired,
    ConsentGiven,
    ConsentLapsed,
    ConsentRefused,
    ConsentRequested,
    ConsentSignerExcused,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractExpiredUnsigned,
    ContractExtended,
    ContractRegistered,
    ContractRejected,
    ContractSignatureRegistered,
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
    DeadlineScheduled,
)
from schemas.deviation import DeviationAssessed, DeviationDismissed, DeviationReported, DeviationResolved
from schemas.disclosure import (
    DisclosureDeferralReviewed,
    DutyActedOn,
    DutyConfirmed,
    DutyFeedbackReceived,
    InformationDisclosed,
)
from schemas.evaluation import EvaluationHeld
from schemas.event import NEWEST, Event
from schemas.information import InformationRecorded, OpeningDecided
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.network_group import (
    MemberFunctionChanged,
    MemberJoined,
    MemberLeft,
    NetworkGroupFormed,
    SecrecyDeclared,
)
from schemas.operation import ParkedEventDiscarded
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
    YouthAgeBandChanged,
)
from schemas.receipt import ReceiptGiven, ReceiptRequested, ReportMade
from schemas.referral import (
    ReferralAccepted,
    ReferralDeclined,
    ReferralReceived,
    ReferralRedirected,
    ReferralScreened,
    ReferralWithdrawn,
)
from schemas.retention import (
    CaseArchived,
    CaseContentErased,
    ErasureApproved,
    ErasureProposed,
    RetentionReviewed,
)
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned, TaskStarted
from services.portal.correction_sentences import CORRECTION_DETAILS
from services.portal.correction_words import CORRECTION_EVENTS
from services.portal.follow_up_words import FOLLOW_UP_EVENTS
from services.portal.forum_words import FORUM_EVENTS
from services.portal.meeting_words import MEETING_EVENTS
from services.portal.register_words import REGISTER_EVENTS
from services.portal.sanction_sentences import SANCTION_DETAILS
from services.portal.sanction_words import SANCTION_EVENTS
from services.portal.texts import N_, Texts
from services.portal.words import SEVERITY, deadline_name, word

PLAIN: dict[type[Event], str] = {
    **FOLLOW_UP_EVENTS,
    **MEETING_EVENTS,
    **FORUM_EVENTS,
    **CORRECTION_EVENTS,
    **REGISTER_EVENTS,
    **SANCTION_EVENTS,
    CaseOpened: N_("Saken ble opprettet"),
    CaseClosed: N_("Saken ble avsluttet"),
    ContractRegistered: N_("Kontrakten ble registrert"),
    ContractSignatureRegistered: N_("En underskrift ble registrert"),
    ContractSigned: N_("Alle som må, har signert kontrakten"),
    ContractStarted: N_("Kontrakten startet"),
    ContractCompleted: N_("Kontrakten løp ut"),
    ContractEndedEarly: N_("Kontrakten ble avsluttet før tiden"),
    EvaluationHeld: N_("Kontrakten ble evaluert"),
    NetworkGroupFormed: N_("Nettverksgruppen ble opprettet"),
    MemberJoined: N_("Et medlem kom inn i nettverksgruppen"),
    MemberLeft: N_("Et medlem gikk ut av nettverksgruppen"),
    SecrecyDeclared: N_("Et medlem bekreftet taushetsplikten"),
    MeetingCalled: N_("Det ble kalt inn til møte"),
    MeetingHeld: N_("Møtet ble holdt"),
    ConsentRequested: N_("Det ble bedt om samtykke"),
    ConsentGiven: N_("Et samtykke ble gitt"),
    ConsentWithdrawn: N_("Et samtykke ble trukket tilbake"),
    EffectiveConsentChanged: N_("Virkningen av et samtykke endret seg"),
    DeviationReported: N_("Et avvik ble meldt"),
    DeviationAssessed: N_("Et avvik ble vurdert"),
    DeviationResolved: N_("Et avvik ble fulgt opp"),
    DeviationDismissed: N_("Et avvik viste seg ikke å være et avvik"),
    InformationRecorded: N_("En opplysning ble lagt inn"),
    OpeningDecided: N_("Noen ba om å få se opplysninger"),
    DeadlineScheduled: N_("En frist begynte å løpe"),
    DeadlineReminded: N_("Det ble sendt påminnelse om en frist"),
    DeadlinePassed: N_("En frist gikk ut"),
    DeadlineEscalated: N_("En frist som er gått ut, ble meldt videre"),
    DeadlineMet: N_("En frist ble innfridd"),
    DeadlineCancelled: N_("En frist falt bort"),
    AccessStopped: N_("Tilgang til saken ble stengt"),
    AccessStopLifted: N_("En stengt tilgang ble åpnet igjen"),
    CaseAudited: N_("En kontrollør så i loggen om saken"),
    LogQuestioned: N_("En kontrollør stilte et spørsmål til hele loggen"),
    ConsentConfirmed: N_("Et muntlig samtykke ble bekreftet skriftlig"),
    ConsentExpired: N_("Et samtykke gikk ut"),
    ConsentLapsed: N_("Et spørsmål om samtykke falt bort fordi noen ikke svarte"),
    ConsentRefused: N_("Noen sa nei til et samtykke"),
    ConsentSignerExcused: N_("Det ble avgjort at en foresatts svar ikke trengs"),
    ConsentSuperseded: N_("Et nyere samtykke tok over"),
    ContractExtended: N_("Kontrakten ble forlenget"),
    ContractStartCorrected: N_("Startdatoen ble rettet"),
    DeadlineMoved: N_("En frist ble flyttet"),
    InformationDisclosed: N_("Opplysninger ble delt uten samtykke, med hjemmel i lov"),
    DisclosureDeferralReviewed: N_("Det ble vurdert om ungdommen kan få vite om en deling"),
    DutyActedOn: N_("Noen handlet etter en egen plikt"),
    DutyConfirmed: N_("En muntlig melding ble bekreftet skriftlig"),
    DutyFeedbackReceived: N_("Barnevernet ga tilbakemelding"),
    ReceiptRequested: N_("Noen ble bedt om å slutte å bruke det de hadde sett"),
    ReceiptGiven: N_("Noen svarte på hva som er gjort med det de hadde sett"),
    ReportMade: N_("Ungdommens rapport ble laget"),
    RetentionReviewed: N_("Det ble avgjort hva som skal skje med innholdet i saken"),
    CaseArchived: N_("Arkivet har tatt imot saken"),
    ErasureProposed: N_("Det ble foreslått å slette innholdet i saken"),
    ErasureApproved: N_("Slettingen ble godkjent av en annen"),
    CaseContentErased: N_("Innholdet i saken ble slettet"),
    CaseLeadChanged: N_("Saken fikk en ny leder"),
    CasePaused: N_("Saken ble satt på vent"),
    CaseResumed: N_("Saken kom i gang igjen"),
    CaseTransferred: N_("Saken ble overført til en annen kommune"),
    CaseWoundUp: N_("Saken ble avviklet"),
    ClearanceGiven: N_("Noen ble klarert for en sak med adressesperre"),
    ClearanceWithdrawn: N_("Noen er ikke lenger klarert for saken"),
    ContractAmended: N_("Kontrakten ble endret"),
    ContractChangeDeclined: N_("En endring av kontrakten ble avslått"),
    ContractChangeProposed: N_("En endring av kontrakten ble foreslått"),
    ContractExpiredUnsigned: N_("Kontrakten falt bort fordi den ikke ble signert i tide"),
    ContractRejected: N_("Noen sa nei til kontrakten"),
    MemberFunctionChanged: N_("Et medlem fikk en annen oppgave i gruppen"),
    AddressProtectionCleared: N_("Adressesperren ble opphevet"),
    AddressProtectionSet: N_("Det ble satt adressesperre"),
    ReferralAccepted: N_("Henvendelsen ble tatt imot"),
    ReferralDeclined: N_("Henvendelsen ble avslått"),
    ReferralReceived: N_("Det kom en henvendelse"),
    ReferralRedirected: N_("Henvendelsen ble sendt videre"),
    ReferralScreened: N_("Henvendelsen ble vurdert"),
    ReferralWithdrawn: N_("Henvendelsen ble trukket"),
    TaskAssigned: N_("En oppgave ble gitt"),
    TaskCancelled: N_("En oppgave falt bort"),
    TaskCompleted: N_("En oppgave ble gjort"),
    TaskNotDone: N_("En oppgave ble ikke gjort"),
    TaskReassigned: N_("En oppgave fikk ny ansvarlig"),
    TaskStarted: N_("En oppgave ble påbegynt"),
    YouthAgeBandChanged: N_("Ungdommen kom i en ny aldersgruppe"),
    ParkedEventDiscarded: N_("En hendelse som ikke kunne forstås, ble lagt til side"),
}
"""Every event that is declared; a test finds the one that is missing."""


def plain(t: Texts, type_name: str) -> str:
    """The sentence for an event type, or its code when nobody has declared it."""
    event = NEWEST.get(type_name)
    if event is not None and event.sentence is not None:
        return event.sentence.nn if t.language == "nn" else event.sentence.nb
    return t(PLAIN[event]) if event in PLAIN else type_name


def detail(t: Texts, type_name: str, said: Mapping[str, Any]) -> str:
    """What there is to add from the event itself, in the words of its codes; empty when there is nothing."""
    cls = NEWEST.get(type_name)
    if cls is None or cls not in DETAILS:
        return ""
    return DETAILS[cls](t, msgspec.convert(dict(said), cls))


def said(t: Texts, event: Mapping[str, Any]) -> str:
    """The detail of an event as the audit service gives it; empty for one that does not open as ours."""
    try:
        return detail(t, str(event["type"]), event.get("data") or {})
    except (msgspec.ValidationError, KeyError):
        return ""


def _contract(t: Texts, event: ContractRegistered) -> str:
    return t("Fra %(start)s til %(end)s", start=t.day(event.starts_on), end=t.day(event.ends_on))


def _signature(t: Texts, event: ContractSignatureRegistered) -> str:
    return f"{t(word(event.role))} – {t(word(event.method)).lower()}, {t.day(event.signed_on)}"


def _joined(t: Texts, event: MemberJoined) -> str:
    return f"{t(word(event.agency))} – {t(word(event.function)).lower()}"


def _left(t: Texts, event: MemberLeft) -> str:
    return t(word(event.reason))


def _called(t: Texts, event: MeetingCalled) -> str:
    return f"{t(word(event.kind))}, {t.meeting_time(event.starts_at, event.ends_at)}"


def _held(t: Texts, event: MeetingHeld) -> str:
    present, absent = len(event.present), len(event.absent)
    words = t("%(present)s møtte, %(absent)s møtte ikke", present=present, absent=absent)
    return f"{t(word(event.kind))}, {t.day(event.held_on)}: {words}"


def _requested(t: Texts, event: ConsentRequested) -> str:
    return consent_words(t, event)


def consent_words(t: Texts, consent: Any) -> str:
    """Who may tell whom what, until when, in one plain sentence."""
    return t(
        "%(giver)s kan fortelle %(receiver)s om: %(what)s. Gjelder til og med %(until)s.",
        giver=listed(t, consent.from_agencies),
        receiver=listed(t, consent.to_agencies),
        what=listed(t, consent.categories).lower(),
        until=t.day(consent.valid_to),
    )


def listed(t: Texts, codes: Any) -> str:
    """Codes as words with commas and an «og»."""
    words = [t(word(code)) for code in codes]
    if len(words) < 2:
        return "".join(words)
    joined = t("og")
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"


def _given(t: Texts, event: ConsentGiven) -> str:
    return f"{t(word(event.role))} – {t(word(event.method)).lower()}, {t.day(event.given_on)}"


def _withdrawn(t: Texts, event: ConsentWithdrawn) -> str:
    said = [t(word(event.role))]
    if event.only_to:
        said.append(t("bare for %(receivers)s", receivers=listed(t, event.only_to)))
    return f"{', '.join(said)}. {t(word(event.consequence))}"


def _effect(t: Texts, event: EffectiveConsentChanged) -> str:
    return t("Fra «%(before)s» til «%(after)s»", before=t(word(event.before)), after=t(word(event.after)))


def _deviation(t: Texts, event: DeviationReported) -> str:
    severity = t(SEVERITY.get(event.severity, str(event.severity)))
    return f"{t(word(event.kind))}, {t.day(event.happened_on)}. {t('Alvor')}: {severity}"


def _recorded(t: Texts, event: InformationRecorded) -> str:
    return t("%(what)s, fra %(giver)s", what=t(word(event.category)), giver=t(word(event.from_agency)))


def _opening(t: Texts, event: OpeningDecided) -> str:
    shown = sum(decision.outcome is Outcome.PERMIT for decision in event.decisions)
    return t(
        "%(agency)s – vist: %(shown)s, ikke vist: %(refused)s. Formål: %(purpose)s",
        agency=t(word(event.to_agency)) if event.to_agency else t("Ukjent tjeneste"),
        shown=shown,
        refused=len(event.decisions) - shown,
        purpose=t(word(event.purpose)).lower(),
    )


def _due(t: Texts, event: DeadlineScheduled | DeadlineReminded | DeadlinePassed) -> str:
    return t("%(deadline)s, frist %(due)s", deadline=t(deadline_name(event.kind)), due=t.day(event.due_on))


def _met(t: Texts, event: DeadlineMet) -> str:
    when = t("etter fristen") if event.late else t("i tide")
    return f"{t(deadline_name(event.kind))}, {when}"


def _ending(t: Texts, event: CaseClosed | ContractEndedEarly) -> str:
    return t(word(event.reason))


def _evaluated(t: Texts, event: EvaluationHeld) -> str:
    return f"{t(word(event.kind))}, {t.day(event.held_on)}"


def _assessed(t: Texts, event: DeviationAssessed) -> str:
    return f"{t('Alvor')}: {t(SEVERITY.get(event.severity, str(event.severity)))}"


def _escalated(t: Texts, event: DeadlineEscalated) -> str:
    return f"{t(deadline_name(event.kind))} – {t(word(event.level)).lower()}"


def _stopped(t: Texts, event: AccessStopped) -> str:
    return t(word(event.reason))


def _audited(t: Texts, event: CaseAudited) -> str:
    return t(word(event.purpose))


def _questioned(t: Texts, event: LogQuestioned) -> str:
    return f"{t(word(event.question))}. {t('Formål')}: {t(word(event.purpose)).lower()}"


def _excused(t: Texts, event: ConsentSignerExcused) -> str:
    return t(word(event.excuse))


def _extended(t: Texts, event: ContractExtended) -> str:
    return t("Varer nå til og med %(end)s", end=t.day(event.ends_on))


def _corrected(t: Texts, event: ContractStartCorrected) -> str:
    return t("Fra %(start)s til %(end)s", start=t.day(event.starts_on), end=t.day(event.ends_on))


def _moved(t: Texts, event: DeadlineMoved) -> str:
    return t("%(deadline)s, frist %(due)s", deadline=t(deadline_name(event.kind)), due=t.day(event.due_on))


def _disclosed(t: Texts, event: InformationDisclosed) -> str:
    return t(
        "%(giver)s ga %(receiver)s: %(what)s. Grunnlag: %(basis)s, %(provision)s",
        giver=t(word(event.from_agency)),
        receiver=t(word(event.to_agency)),
        what=listed(t, event.categories).lower(),
        basis=t(word(event.basis)).lower(),
        provision=f"{event.law} {event.provision}",
    )


def _acted(t: Texts, event: DutyActedOn) -> str:
    return f"{t(word(event.duty))} – {t(word(event.method)).lower()}, {t.day(event.acted_on)}"


def _reviewed(t: Texts, event: RetentionReviewed) -> str:
    return f"{t(word(event.outcome))}. {t(word(event.basis))}"


def _paused(t: Texts, event: CasePaused) -> str:
    return t("%(why)s, til %(until)s", why=t(word(event.reason)), until=t.day(event.until_on))


def _protected(t: Texts, event: AddressProtectionSet) -> str:
    return t(word(event.level))


def _declined(t: Texts, event: ReferralDeclined) -> str:
    return t(word(event.reason))


def _age_band(t: Texts, event: YouthAgeBandChanged) -> str:
    return t(word(event.age_band))


def _function(t: Texts, event: MemberFunctionChanged) -> str:
    return t(word(event.function))


def _task(t: Texts, event: TaskNotDone | TaskCancelled) -> str:
    return t(word(event.reason))


def _receipt(t: Texts, event: ReceiptGiven) -> str:
    return t(word(event.answer))


def _refused(t: Texts, event: ConsentRefused) -> str:
    return t(word(event.role))


def _cancelled(t: Texts, event: DeadlineCancelled) -> str:
    return t(deadline_name(event.kind))


DETAILS: dict[type[Event], Callable[[Texts, Any], str]] = {
    **CORRECTION_DETAILS,
    **SANCTION_DETAILS,
    ContractRegistered: _contract,
    ContractSignatureRegistered: _signature,
    MemberJoined: _joined,
    MemberLeft: _left,
    MeetingCalled: _called,
    MeetingHeld: _held,
    ConsentRequested: _requested,
    ConsentGiven: _given,
    ConsentWithdrawn: _withdrawn,
    EffectiveConsentChanged: _effect,
    DeviationReported: _deviation,
    InformationRecorded: _recorded,
    OpeningDecided: _opening,
    DeadlineScheduled: _due,
    DeadlineReminded: _due,
    DeadlinePassed: _due,
    DeadlineMet: _met,
    DeadlineCancelled: _cancelled,
    DeadlineEscalated: _escalated,
    DeviationAssessed: _assessed,
    EvaluationHeld: _evaluated,
    CaseClosed: _ending,
    ContractEndedEarly: _ending,
    AccessStopped: _stopped,
    CaseAudited: _audited,
    LogQuestioned: _questioned,
    ConsentSignerExcused: _excused,
    ConsentRefused: _refused,
    ContractExtended: _extended,
    ContractStartCorrected: _corrected,
    DeadlineMoved: _moved,
    InformationDisclosed: _disclosed,
    DutyActedOn: _acted,
    CasePaused: _paused,
    AddressProtectionSet: _protected,
    ReferralDeclined: _declined,
    YouthAgeBandChanged: _age_band,
    MemberFunctionChanged: _function,
    TaskNotDone: _task,
    TaskCancelled: _task,
    ReceiptGiven: _receipt,
    RetentionReviewed: _reviewed,
}
