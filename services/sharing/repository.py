"""States in and out of rows, and everything that a decision rests on, read in one statement: one instant, one
round trip.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from backbone.refusal import NotFound
from backbone.rows import Rows, Shelf
from backbone.work import Work
from schemas.codes import Agency, ReceiptAnswer
from schemas.event import Fact
from schemas.information import OpeningDecided
from services.sharing.domain import sentences
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.consent import Consent
from services.sharing.domain.disclosure import Disclosure
from services.sharing.domain.document import Document
from services.sharing.domain.gate import Item, Stop
from services.sharing.domain.privacy_breach import PrivacyBreach
from services.sharing.domain.protection import Protection
from services.sharing.domain.retention import Retention
from services.sharing.domain.subject_request import SubjectRequest
from services.sharing.tables import (
    CaseFileRow,
    ConsentRow,
    DisclosureRow,
    DocumentRow,
    OpeningRow,
    PrivacyBreachRow,
    ProtectionRow,
    ReceiptRow,
    RetentionRow,
    StopRow,
    SubjectRequestRow,
)
from services.sharing.vault import NAMED, Sealed


class KeptStop(Stop, frozen=True, kw_only=True):
    """A stop with its case."""

    case_id: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt asked for, and the answer when there is one."""

    receipt_id: str
    case_id: str
    consent_id: str
    person_id: str
    agency: Agency
    refs: tuple[str, ...]
    asked_at: datetime
    answer: ReceiptAnswer | None = None
    given_on: date | None = None


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """An opening as it was recorded."""

    case_id: str
    event: OpeningDecided


CASE_FILES = Shelf(CaseFileRow, CaseFile, lambda case: {"case_id": case.case_id, "youth_id": case.youth_id})
CONSENTS = Shelf(
    ConsentRow,
    Consent,
    lambda consent: {
        "consent_id": consent.consent_id,
        "case_id": consent.case_id,
        "valid_to": consent.valid_to,
        "requested_on": consent.requested_on,
        "unanswered": not consent.all_yes(),
        "ended": consent.ended(),
    },
)
DISCLOSURES = Shelf(
    DisclosureRow, Disclosure, lambda given: {"disclosure_id": given.disclosure_id, "case_id": given.case_id}
)
DOCUMENTS = Shelf(DocumentRow, Document, lambda one: {"ref": one.ref, "case_id": one.case_id})
PRIVACY_BREACHES = Shelf(
    PrivacyBreachRow, PrivacyBreach, lambda one: {"breach_id": one.breach_id, "case_id": one.case_id}
)
SUBJECT_REQUESTS = Shelf(
    SubjectRequestRow, SubjectRequest, lambda one: {"request_id": one.request_id, "case_id": one.case_id}
)
PROTECTIONS = Shelf(ProtectionRow, Protection, lambda case: {"case_id": case.case_id})
RECEIPTS = Shelf(
    ReceiptRow,
    Receipt,
    lambda asked: {
        "receipt_id": asked.receipt_id,
        "case_id": asked.case_id,
        "person_id": asked.person_id,
    },
)
RETENTIONS = Shelf(
    RetentionRow,
    Retention,
    lambda case: {
        "case_id": case.case_id,
        "approved": case.approved_by is not None,
        "erased": case.erased_on is not None,
    },
)
STOPS = Shelf(StopRow, KeptStop, lambda stop: {"stop_id": stop.stop_id, "case_id": stop.case_id})


def put_opening(rows: Rows, fact: Fact, event: OpeningDecided) -> None:
    """Keep an opening as its event says it."""
    opening = Opening(case_id=fact.envelope.case_id, event=event)
    rows.put(
        OpeningRow,
        opening_id=event.opening_id,
        case_id=opening.case_id,
        sequence=fact.envelope.sequence,
        decided_at=fact.envelope.time,
        state=opening,
    )


class StoredItem(Item, frozen=True, kw_only=True):
    """A deposit's codes, with what it is and when it was recorded."""

    kind: str
    recorded_at: str
    named: bool = True
    """False while no event is known that names it."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What this service knows of one case at one instant; `identity` is the youth's, sealed."""

    case_id: str
    case: CaseFile | None
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    stops: tuple[Stop, ...] = ()
    items: tuple[StoredItem, ...] = ()
    held: bool = False
    erased: bool = False
    protection: Protection | None = None
    documents: tuple[Document, ...] = ()
    superseded: tuple[str, ...] = ()
    identity: Sealed | None = None
    heads: dict[str, int] = {}


KNOWN = r"""
SELECT json_build_object(
    'case_id', asked.case_id,
    'case', (SELECT state FROM case_file WHERE case_file.case_id = asked.case_id),
    'consents', coalesce((SELECT json_agg(state ORDER BY consent_id) FROM consent WHERE consent.case_id =
    asked.case_id), '[]'),
    'disclosures', coalesce((SELECT json_agg(state ORDER BY disclosure_id) FROM disclosure
        WHERE disclosure.case_id = asked.case_id), '[]'),
    'stops', coalesce((SELECT json_agg(state ORDER BY stop_id) FROM stop WHERE stop.case_id = asked.case_id),
    '[]'),
    'items', coalesce((
        SELECT json_agg(json_build_object('ref', ref, 'category', category, 'from_agency', from_agency,
        'about_id', about_id,
                                          'author_id', author_id, 'kind', kind, 'recorded_at', recorded_at,
                                          'named', EXISTS (SELECT 1 FROM named WHERE named.ref = content.ref))
                                          ORDER BY recorded_at, ref)
        FROM content WHERE content.case_id = asked.case_id AND (content.kind = 'IDENTITY' OR NOT %s)), '[]'),
    'identity', (
        SELECT json_build_object('ref', ref, 'case_id', content.case_id, 'about_id', about_id, 'category',
        category,
            'from_agency', from_agency, 'kind', kind, 'author_id', author_id, 'recorded_at', recorded_at,
            'nonce', encode(nonce, 'base64'), 'ciphertext', replace(encode(ciphertext, 'base64'), E'\n', ''))
        FROM content JOIN case_file USING (case_id)
        WHERE content.case_id = asked.case_id AND about_id = youth_id AND kind = 'IDENTITY'
        ORDER BY NAMED DESC, recorded_at DESC, ref DESC LIMIT 1),
    'documents', coalesce((SELECT json_agg(state ORDER BY ref) FROM document WHERE document.case_id = asked.case_id), '[]'),
    'superseded', coalesce((SELECT json_agg(ref ORDER BY ref) FROM superseded
        WHERE superseded.case_id = asked.case_id), '[]'),
    'protection', (SELECT state FROM protection WHERE protection.case_id = asked.case_id),
    'erased', EXISTS (SELECT 1 FROM retention WHERE retention.case_id = asked.case_id AND approved),
    'held', EXISTS (SELECT 1 FROM parked WHERE parked.case_id = asked.case_id),
    'heads', coalesce((SELECT json_object_agg(source, sequence) FROM source_head WHERE source_head.case_id =
    asked.case_id), '{}')
)::text FROM unnest(%s::text[]) AS asked (case_id)
""".replace("NAMED", NAMED)
_known = msgspec.json.Decoder(Known)


def known_of(rows: Rows, case_ids: list[str], *, identities_only: bool = False) -> dict[str, Known]:
    """What is known of each case, all read at the same instant; take the locks of the cases first."""
    (found,) = rows.ask((KNOWN, (identities_only, case_ids)))
    decoded = (_known.decode(text) for (text,) in found)
    return {known.case_id: known for known in decoded}


def lock_known(work: Work, case_id: str) -> Known:
    """Take the lock of a case, and read what is known of it once the lock is held."""
    (((text,),),) = work.lock_case_and_ask(case_id, (KNOWN, (False, [case_id])))
    return _known.decode(text)


def case_file(rows: Rows, case_id: str) -> CaseFile:
    """The case file. Raises NotFound."""
    case = CASE_FILES.find(rows, case_id)
    if case is None:
        raise NotFound("NO_SUCH_CASE", sentences.NO_SUCH_CASE)
    return case


def consent_of(rows: Rows, consent_id: str) -> Consent:
    """The consent. Raises NotFound."""
    consent = CONSENTS.find(rows, consent_id)
    if consent is None:
        raise NotFound("NO_SUCH_CONSENT", sentences.NO_SUCH_CONSENT)
    return consent
