"""Which texts of a case are its documents: those that were made final, and those that a registration made documents of the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from backbone.work import Work
from schemas.codes import MAY_BE_DESTROYED, DocumentClass
from services.sharing.domain.document import Document
from services.sharing.repository import DOCUMENTS
from services.sharing.tables import DocumentRow
from services.sharing.vault import Kind

TEXTS = """
SELECT content.ref, issued.event_id, issued.type, coalesce(issued.recorded_at, content.recorded_at) AS at
FROM content LEFT JOIN LATERAL (
    SELECT event_id, type, recorded_at FROM issued WHERE issued.ref = content.ref ORDER BY recorded_at, event_id LIMIT 1
) AS issued ON true
WHERE content.case_id = %s AND content.kind = %s ORDER BY content.recorded_at, content.ref
"""
"""Every text of a case, with the first registration that made it a document where there is one."""


class DocumentOfCase(NamedTuple):
    """A text that is a document of its case: by which registration (its event's id and type), or made final by itself."""

    ref: str
    act_id: str
    act_type: str | None
    at: datetime
    document: Document


def document_refs(work: Work, case_id: str) -> frozenset[str]:
    """The references of the case's documents, as they are now."""
    return frozenset(one.ref for one in documents_of(work, case_id)[0])


def documents_of(work: Work, case_id: str) -> tuple[list[DocumentOfCase], int]:
    """The case's documents in the order they were laid down, and how many other texts lie there."""
    work.flush()
    rows = work.session.connection().exec_driver_sql(TEXTS, (case_id, Kind.TEXT)).all()
    found = list(_documents(work, case_id, rows))
    return found, len(rows) - len(found)


def _documents(work: Work, case_id: str, rows: Sequence[Any]) -> Iterator[DocumentOfCase]:
    documents = {one.ref: one for one in DOCUMENTS.where(work, DocumentRow.case_id == case_id)}
    for ref, event_id, event_type, at in rows:
        document = documents.get(ref) or Document(ref=ref, case_id=case_id)
        if event_type is None and document.document_class is not DocumentClass.FINAL:
            continue
        if not document.destroyed and document.redaction not in MAY_BE_DESTROYED:
            yield DocumentOfCase(ref, event_id or ref, event_type, at, document)
