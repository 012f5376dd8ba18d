"""What events say, written into the replayed tables: the others' into the case file, our own into consents,
stops and openings.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from backbone.rows import Rows
from backbone.work import Fold
from schemas.access import AccessStopLifted, AccessStopped
from schemas.archive import CaseExportedToArchive
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CaseTransferred
from schemas.codes import Agency
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
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted
from schemas.contract import (
    ContractEndedEarly,
    ContractExtended,
    ContractRegistered,
    ContractSigned,
    ContractStartCorrected,
)
from schemas.coordination import CertificateShown
from schemas.disclosure import (
    DisclosureDeferralReviewed,
    DisclosureFollowedUp,
    DutyActedOn,
    InformationDisclosed,
)
from schemas.event import Event, Fact
from schemas.guardianship import GUARDIAN_EVENTS
from schemas.information import OpeningDecided
from schemas.local_time import local_date
from schemas.mediation import MediationOpened
from schemas.meeting import MeetingCalled
from schemas.minutes import MinutesDrafted, MinutesIssued
from schemas.network_group import MemberFunctionChanged, MemberJoined, MemberLeft, SecrecyDeclared
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
    YouthAgeBandAhead,
    YouthAgeBandChanged,
)
from schemas.receipt import ReceiptGiven, ReceiptRequested
from schemas.referral import (
    ReferralDeclined,
    ReferralReassigned,
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
from schemas.sanction import SanctionReceived, YouthPlanAdopted, YouthPlanTerminated, YouthPlanTightened
from services.sharing.document_folds import DOCUMENT_FOLDS
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.consent import requested
from services.sharing.domain.disclosure import disclosed
from services.sharing.domain.protection import Protection
from services.sharing.domain.retention import HandedOut, Retention
from services.sharing.privacy import PRIVACY_FOLDS
from services.sharing.repository import (
    CASE_FILES,
    CONSENTS,
    DISCLOSURES,
    PROTECTIONS,
    RECEIPTS,
    RETENTIONS,
    STOPS,
    KeptStop,
    Receipt,
    put_opening,
)
from services.sharing.tables import BandAheadRow, DutyRow, StopRow, YouthBandRow


def on_case_event(rows: Rows, fact: Fact) -> None:
    """Another service's event about the case."""
    case_id = fact.envelope.case_id
    case = CASE_FILES.find(rows, case_id) or CaseFile(case_id=case_id)
    CASE_FILES.put(rows, case.after(fact.event))


def on_consent_requested(rows: Rows, fact: Fact) -> None:
    """A consent begins."""
    assert isinstance(fact.event, ConsentRequested)
    CONSENTS.put(rows, requested(fact.event, case_id=fact.envelope.case_id))


def on_consent_event(rows: Rows, fact: Fact) -> None:
    """A consent goes on."""
    consent = CONSENTS.find(rows, fact.event.consent_id)  # type: ignore[attr-defined]
    if consent is not None:
        place, on = fact.envelope.sequence, fact.envelope.recorded_on
        CONSENTS.put(rows, consent.after(fact.event, number=place, recorded_on=on))


def on_information_disclosed(rows: Rows, fact: Fact) -> None:
    """Information was given without consent."""
    assert isinstance(fact.event, InformationDisclosed)
    told = disclosed(fact.event, case_id=fact.envelope.case_id, number=fact.envelope.sequence)
    DISCLOSURES.put(rows, told)


def on_duty_acted_on(rows: Rows, fact: Fact) -> None:
    """Somebody acted on a duty."""
    event = fact.event
    assert isinstance(event, DutyActedOn)
    rows.put(DutyRow, act_id=event.act_id, case_id=fact.envelope.case_id, person_id=event.person_id)


def on_disclosure_event(rows: Rows, fact: Fact) -> None:
    """The youth was told, or will be asked about again; or what was to be done afterwards has been looked at."""
    assert isinstance(fact.event, DisclosureDeferralReviewed | DisclosureFollowedUp)
    disclosure = DISCLOSURES.find(rows, fact.event.disclosure_id)
    if disclosure is not None:
        DISCLOSURES.put(rows, disclosure.after(fact.event))


def on_receipt_requested(rows: Rows, fact: Fact) -> None:
    """Somebody is asked what became of what they saw."""
    event = fact.event
    assert isinstance(event, ReceiptRequested)
    told = {name: getattr(event, name) for name in event.__struct_fields__}
    RECEIPTS.put(rows, Receipt(case_id=fact.envelope.case_id, asked_at=fact.envelope.time, **told))


def on_receipt_given(rows: Rows, fact: Fact) -> None:
    """Somebody has answered."""
    event = fact.event
    assert isinstance(event, ReceiptGiven)
    receipt = RECEIPTS.find(rows, event.receipt_id)
    if receipt is not None:
        RECEIPTS.put(rows, msgspec.structs.replace(receipt, answer=event.answer, given_on=event.given_on))


def on_retention_event(rows: Rows, fact: Fact) -> None:
    """A closed case goes a step further on its way out."""
    case_id = fact.envelope.case_id
    retention = RETENTIONS.find(rows, case_id) or Retention(case_id=case_id)
    after = retention.after(fact.event)
    if isinstance(fact.event, CaseExportedToArchive):
        envelope = fact.envelope
        handed_out = HandedOut(
            at=envelope.time,
            person_id=envelope.actor,
            agency=Agency(envelope.actor_agency) if envelope.actor_agency else None,
            basis=fact.event.basis,
            documents=fact.event.documents,
        )
        after = msgspec.structs.replace(after, handed_out=(*after.handed_out, handed_out))
    RETENTIONS.put(rows, after)


def on_protection_event(rows: Rows, fact: Fact) -> None:
    """A case is protected otherwise than before, or somebody is cleared for it otherwise."""
    case_id = fact.envelope.case_id
    protection = PROTECTIONS.find(rows, case_id) or Protection(case_id=case_id)
    PROTECTIONS.put(rows, protection.after(fact.event))


def on_age_band_changed(rows: Rows, fact: Fact) -> None:
    """The youth's age band has been told."""
    assert isinstance(fact.event, YouthAgeBandChanged)
    rows.put(YouthBandRow, case_id=fact.envelope.case_id, age_band=fact.event.age_band)


def on_age_band_ahead(rows: Rows, fact: Fact) -> None:
    """The youth's next age band has been told to be near."""
    event = fact.event
    assert isinstance(event, YouthAgeBandAhead)
    comes_on = local_date(fact.envelope.time) + timedelta(days=event.in_days)
    rows.put(BandAheadRow, case_id=fact.envelope.case_id, age_band=event.age_band, comes_on=comes_on)


def on_access_stopped(rows: Rows, fact: Fact) -> None:
    """A stop stands from now on."""
    event = fact.event
    assert isinstance(event, AccessStopped)
    STOPS.put(
        rows,
        KeptStop(
            stop_id=event.stop_id,
            person_id=event.person_id,
            number=fact.envelope.sequence,
            case_id=fact.envelope.case_id,
        ),
    )


def on_stop_lifted(rows: Rows, fact: Fact) -> None:
    """A stop stands no more."""
    assert isinstance(fact.event, AccessStopLifted)
    stop_id = fact.event.stop_id
    rows.states[StopRow.__tablename__, stop_id] = None
    rows.remove(StopRow, stop_id)


def on_opening_decided(rows: Rows, fact: Fact) -> None:
    """An opening is kept for those it concerns."""
    assert isinstance(fact.event, OpeningDecided)
    put_opening(rows, fact, fact.event)


FOLDS: dict[type[Event], Fold] = {
    ReferralReceived: on_case_event,
    ReferralScreened: on_case_event,
    ReferralReassigned: on_case_event,
    ReferralDeclined: on_case_event,
    ReferralRedirected: on_case_event,
    ReferralWithdrawn: on_case_event,
    **DOCUMENT_FOLDS,
    **PRIVACY_FOLDS,
    CaseOpened: on_case_event,
    ContractRegistered: on_case_event,
    ContractSigned: on_case_event,
    SanctionReceived: on_case_event,
    YouthPlanAdopted: on_case_event,
    YouthPlanTightened: on_case_event,
    YouthPlanTerminated: on_case_event,
    ContractEndedEarly: on_case_event,
    CaseClosed: on_case_event,
    CaseLeadChanged: on_case_event,
    CaseTransferred: on_case_event,
    ContractExtended: on_case_event,
    ContractStartCorrected: on_case_event,
    MemberFunctionChanged: on_case_event,
    MemberJoined: on_case_event,
    MemberLeft: on_case_event,
    SecrecyDeclared: on_case_event,
    CertificateShown: on_case_event,
    MediationOpened: on_case_event,
    MeetingCalled: on_case_event,
    MinutesDrafted: on_case_event,
    MinutesIssued: on_case_event,
    **dict.fromkeys(GUARDIAN_EVENTS, on_case_event),
    ConsentRequested: on_consent_requested,
    ConsentGiven: on_consent_event,
    ConsentRefused: on_consent_event,
    ConsentWithdrawn: on_consent_event,
    ConsentConfirmed: on_consent_event,
    ConsentSignerExcused: on_consent_event,
    ConsentSuperseded: on_consent_event,
    ConsentExpired: on_consent_event,
    ConsentLapsed: on_consent_event,
    EffectiveConsentChanged: on_consent_event,
    ConsentSignerContacted: on_consent_event,
    ConsentLossDecided: on_consent_event,
    InformationDisclosed: on_information_disclosed,
    DisclosureDeferralReviewed: on_disclosure_event,
    DisclosureFollowedUp: on_disclosure_event,
    DutyActedOn: on_duty_acted_on,
    ReceiptRequested: on_receipt_requested,
    ReceiptGiven: on_receipt_given,
    RetentionReviewed: on_retention_event,
    CaseExportedToArchive: on_retention_event,
    CaseArchived: on_retention_event,
    ErasureProposed: on_retention_event,
    ErasureApproved: on_retention_event,
    CaseContentErased: on_retention_event,
    AddressProtectionSet: on_protection_event,
    AddressProtectionCleared: on_protection_event,
    ClearanceGiven: on_protection_event,
    ClearanceWithdrawn: on_protection_event,
    YouthAgeBandChanged: on_age_band_changed,
    YouthAgeBandAhead: on_age_band_ahead,
    AccessStopped: on_access_stopped,
    AccessStopLifted: on_stop_lifted,
    OpeningDecided: on_opening_decided,
}
