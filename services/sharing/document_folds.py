"""What events say about texts as documents."""

from __future__ import annotations

from msgspec.structs import replace

from backbone.rows import Rows
from backbone.work import Fold
from schemas.correction import (
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
)
from schemas.document import DocumentFinalised, PrivateNotesPurged
from schemas.event import Event, Fact
from schemas.information import InformationRecorded
from services.sharing.domain.document import Document
from services.sharing.repository import CASE_FILES, DOCUMENTS
from services.sharing.tables import SupersededRow

US = "sharing"


def on_recorded(rows: Rows, fact: Fact) -> None:
    """A text begins as a document, perhaps in the place of an earlier version."""
    event, case_id = fact.event, fact.envelope.case_id
    assert isinstance(event, InformationRecorded)
    if event.replaces is not None:
        DOCUMENTS.put(rows, replace(_document(rows, case_id, event.replaces), replaced=True))
    known = _document(rows, case_id, event.ref)
    recorded = replace(known, document_class=event.document_class, author_id=event.author_id)
    DOCUMENTS.put(rows, recorded)


def on_finalised(rows: Rows, fact: Fact) -> None:
    """A text is final from now on."""
    assert isinstance(fact.event, DocumentFinalised)
    known = _document(rows, fact.envelope.case_id, fact.event.ref)
    DOCUMENTS.put(rows, replace(known.final(), author_id=known.author_id or fact.event.finalised_by))


def on_redacted(rows: Rows, fact: Fact) -> None:
    """A text is closed to everybody."""
    event = fact.event
    assert isinstance(event, RegistrationRedacted)
    known = _document(rows, fact.envelope.case_id, event.ref)
    DOCUMENTS.put(rows, replace(known, redacted_by=event.decided_by, redaction=event.reason))


def on_destroyed(rows: Rows, fact: Fact) -> None:
    """A redacted text is gone."""
    assert isinstance(fact.event, RedactedContentDestroyed)
    DOCUMENTS.put(rows, replace(_document(rows, fact.envelope.case_id, fact.event.ref), destroyed=True))


def on_purged(rows: Rows, fact: Fact) -> None:
    """Private notes are gone."""
    assert isinstance(fact.event, PrivateNotesPurged)
    for ref in fact.event.refs:
        DOCUMENTS.put(rows, replace(_document(rows, fact.envelope.case_id, ref), destroyed=True))


def on_corrected(rows: Rows, fact: Fact) -> None:
    """Texts that another has taken the place of are not shown with the rest any more."""
    case = CASE_FILES.find(rows, fact.envelope.case_id)
    if fact.envelope.source != US and case is not None:
        CASE_FILES.put(rows, case.after(fact.event))
    for ref in wrong_refs(fact.event):
        if fact.envelope.source == US:
            DOCUMENTS.put(rows, replace(_document(rows, fact.envelope.case_id, ref), replaced=True))
        else:
            rows.put(SupersededRow, ref=ref, case_id=fact.envelope.case_id)


def wrong_refs(event: Event) -> tuple[str, ...]:
    """The texts that a correction takes out of use."""
    if isinstance(event, RegistrationVoided):
        return event.refs
    assert isinstance(event, RegistrationCorrected)
    changed = (change.was for change in event.changes if change.field.endswith("ref"))
    return tuple(was for was in changed if isinstance(was, str))


def _document(rows: Rows, case_id: str, ref: str) -> Document:
    return DOCUMENTS.find(rows, ref) or Document(ref=ref, case_id=case_id)


DOCUMENT_FOLDS: dict[type[Event], Fold] = {
    InformationRecorded: on_recorded,
    DocumentFinalised: on_finalised,
    RegistrationRedacted: on_redacted,
    RedactedContentDestroyed: on_destroyed,
    PrivateNotesPurged: on_purged,
    RegistrationCorrected: on_corrected,
    RegistrationVoided: on_corrected,
}
