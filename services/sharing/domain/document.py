"""A text in the vault as a document: whose note it is, whether it may still be replaced, and whether it is closed to everybody."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Conflict, NotAllowed, Refused
from schemas.codes import MAY_BE_DESTROYED, DocumentClass, RedactionReason
from schemas.correction import RedactedContentDestroyed, RegistrationRedacted
from schemas.document import DocumentFinalised
from services.sharing.domain import document_sentences as says


class Document(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A text as this service's own events tell of it."""

    ref: str
    case_id: str
    document_class: DocumentClass = DocumentClass.WORKING
    author_id: str | None = None
    replaced: bool = False
    """A newer version has taken its place."""
    redacted_by: str | None = None
    redaction: RedactionReason | None = None
    destroyed: bool = False

    @property
    def redacted(self) -> bool:
        """True when nobody is shown it any more."""
        return self.redacted_by is not None or self.destroyed

    def private_to_others_than(self, person_id: str) -> bool:
        """True for somebody else's private note."""
        return self.document_class is DocumentClass.PRIVATE_NOTE and self.author_id != person_id

    def refuse_replacing(self, *, by: str) -> None:
        """Only work in progress is replaced, by the one who wrote it. Raises Conflict and NotAllowed."""
        if self.author_id != by:
            raise NotAllowed("NOT_AUTHOR", says.NOT_AUTHOR)
        if self.document_class is DocumentClass.FINAL:
            raise Conflict("FINAL_STANDS", says.FINAL_STANDS, field="replaces")
        if self.replaced or self.redacted:
            raise Conflict("REPLACED_ALREADY", says.REPLACED_ALREADY, field="replaces")

    def finalise(self, *, by: str, today: date) -> DocumentFinalised:
        """Work in progress becomes final. Raises Conflict, Refused and NotAllowed."""
        if self.author_id != by:
            raise NotAllowed("NOT_AUTHOR", says.NOT_AUTHOR)
        if self.document_class is DocumentClass.PRIVATE_NOTE:
            raise Refused("NOTE_STAYS_NOTE", says.NOTE_STAYS_NOTE)
        if self.document_class is DocumentClass.FINAL or self.replaced or self.redacted:
            raise Conflict("NOT_IN_PROGRESS", says.NOT_IN_PROGRESS)
        return DocumentFinalised(ref=self.ref, finalised_by=by, finalised_on=today)

    def redact(self, reason: RedactionReason, *, by: str) -> RegistrationRedacted:
        """The text is closed to everybody. Raises Conflict."""
        if self.redacted:
            raise Conflict("REDACTED_ALREADY", says.REDACTED_ALREADY)
        return RegistrationRedacted(ref=self.ref, reason=reason, decided_by=by)

    def destroy(self, *, by: str) -> RedactedContentDestroyed:
        """A second person approves that what was redacted is destroyed. Raises Conflict, Refused and NotAllowed."""
        if self.redacted_by is None or self.redaction is None:
            raise Conflict("NOT_REDACTED", says.NOT_REDACTED)
        if self.destroyed:
            raise Conflict("DESTROYED_ALREADY", says.DESTROYED_ALREADY)
        if self.redaction not in MAY_BE_DESTROYED:
            raise Refused("REDACTED_IS_KEPT", says.REDACTED_IS_KEPT)
        if self.redacted_by == by:
            raise NotAllowed("TWO_PERSONS", says.TWO_PERSONS)
        return RedactedContentDestroyed(ref=self.ref, proposed_by=self.redacted_by, approved_by=by)

    def final(self) -> Document:
        """The same, final."""
        return replace(self, document_class=DocumentClass.FINAL)
