"""Texts as documents: replaced while they are work in progress, made final, redacted, and told to those who had read them."""

from __future__ import annotations

from collections.abc import Iterable

from backbone.refusal import NotAllowed, NotFound, Refused
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import DocumentClass, RedactionReason
from schemas.correction import ReadersTold
from services.sharing.commands import check_part_of_case
from services.sharing.consents import check_leader
from services.sharing.domain import document_sentences as says
from services.sharing.domain.document import Document
from services.sharing.repository import DOCUMENTS, case_file
from services.sharing.tables import ContentRow
from services.sharing.vault import Kind, Sealed, Vault, sealed

READERS = """
SELECT DISTINCT state->'event'->>'person_id'
FROM opening, jsonb_array_elements(state->'event'->'decisions') AS decision
WHERE case_id = %s AND decision->>'outcome' = 'PERMIT' AND decision->>'ref' = ANY(%s) ORDER BY 1
"""


def text_in(work: Work, case_id: str, ref: str) -> Sealed:
    """A text of the case as it lies in the vault. Raises NotFound, and Refused for an identity."""
    found = next((one for one in sealed(work, [ref]) if one.case_id == case_id), None)
    if found is None:
        raise NotFound("NO_SUCH_TEXT", says.NO_SUCH_TEXT)
    if found.kind is Kind.IDENTITY:
        raise Refused("IDENTITY_IS_NOT_TEXT", says.IDENTITY_IS_NOT_TEXT)
    return found


def document_of(work: Work, case_id: str, ref: str) -> Document:
    """A text as a document, also one that only another service's event names."""
    return DOCUMENTS.find(work, ref) or Document(ref=ref, case_id=case_id)


def finalise(work: Work, vault: Vault, *, case_id: str, ref: str) -> Answer:
    """Make one's own work in progress final. Raises NotFound, NotAllowed, Refused, Conflict."""
    work.lock_case(case_id)
    check_part_of_case(work, vault, case_id)
    author = text_in(work, case_id, ref).author_id
    document = document_of(work, case_id, ref)
    if document.author_id is None and author != work.actor.person_id:
        raise NotAllowed("NOT_AUTHOR", says.NOT_AUTHOR)
    work.publish(case_id, document.finalise(by=work.actor.person_id, today=work.moment.today))
    return {"ref": ref}


def redact(work: Work, vault: Vault, *, case_id: str, ref: str, reason: RedactionReason) -> Answer:
    """Close a text to everybody, as the lead. Raises NotFound, NotAllowed, Refused, Conflict."""
    work.lock_case(case_id)
    if not check_part_of_case(work, vault, case_id).lead:
        raise NotAllowed("ONLY_LEAD_REDACTS", says.ONLY_LEAD_REDACTS)
    document = document_of(work, case_id, ref)
    if document.private_to_others_than(work.actor.person_id):
        raise NotFound("NO_SUCH_TEXT", says.NO_SUCH_TEXT)
    text_in(work, case_id, ref)
    (fact,) = work.publish(case_id, document.redact(reason, by=work.actor.person_id))
    tell_readers(work, case_id, [ref], because_of=fact.envelope.id, by=work.actor.person_id)
    return {"ref": ref}


def destroy(work: Work, *, case_id: str, ref: str) -> Answer:
    """Destroy what was redacted, as a leader of the agency that owns the case. Raises NotFound, NotAllowed, Refused, Conflict."""
    work.lock_case(case_id)
    check_leader(work, case_file(work, case_id))
    document = DOCUMENTS.find(work, ref)
    if document is None or document.case_id != case_id:
        raise NotFound("NO_SUCH_TEXT", says.NO_SUCH_TEXT)
    destroyed = document.destroy(by=work.actor.person_id)
    work.remove(ContentRow, ref)
    work.publish(case_id, destroyed)
    return {"ref": ref}


def tell_readers(work: Work, case_id: str, refs: Iterable[str], *, because_of: str, by: str) -> None:
    """Say on the log who had opened a text that was corrected, struck or redacted, so that they are told; the one who did it knows."""
    asked = sorted(set(refs))
    if not asked:
        return
    work.flush()
    found = work.session.connection().exec_driver_sql(READERS, (case_id, asked))
    people = tuple(person for (person,) in found if person != by)
    if people:
        told = ReadersTold(because_of=because_of, refs=tuple(asked), person_ids=people)
        work.publish(case_id, told, caused_by=because_of)


def private_notes(work: Work, case_id: str) -> list[Document]:
    """Everybody's private notes in a case, those that still are."""
    found = DOCUMENTS.where(work, DOCUMENTS.row.case_id == case_id)  # type: ignore[attr-defined]
    notes = (one for one in found if one.document_class is DocumentClass.PRIVATE_NOTE and not one.destroyed)
    return sorted(notes, key=lambda one: one.ref)
