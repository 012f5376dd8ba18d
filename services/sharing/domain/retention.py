"""What becomes of a closed case: the decisions, in their order, by two persons."""

from __future__ import annotations

from datetime import date

import msgspec

from backbone.refusal import Conflict, NotAllowed, Refused
from schemas.codes import RetentionBasis, RetentionOutcome
from schemas.event import Event
from schemas.retention import (
    CaseArchived,
    CaseContentErased,
    ErasureApproved,
    ErasureProposed,
    RetentionReviewed,
)
from services.sharing.domain import sentences


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands on its way out."""

    case_id: str
    outcome: RetentionOutcome | None = None
    basis: RetentionBasis | None = None
    look_again_on: date | None = None
    archived_on: date | None = None
    proposed_by: str | None = None
    approved_by: str | None = None
    erased_on: date | None = None
    certificate_id: str | None = None
    no_backup_opens_after: date | None = None

    def review(self, asked: RetentionReviewed, *, closed: bool) -> list[Event]:
        """Decide what becomes of the content. Raises Refused, Conflict."""
        if not closed:
            raise Refused("CASE_NOT_CLOSED", sentences.CASE_NOT_CLOSED)
        self._check_not_approved()
        if (asked.outcome is RetentionOutcome.KEEP) != (asked.look_again_on is not None):
            raise Refused("LOOK_AGAIN", sentences.LOOK_AGAIN, field="look_again_on")
        if asked.look_again_on is not None and asked.look_again_on <= asked.reviewed_on:
            raise Refused("LOOK_AGAIN", sentences.LOOK_AGAIN, field="look_again_on")
        return [asked]

    def archive(self, received: CaseArchived) -> list[Event]:
        """Record that the archive has the case. Raises Refused, Conflict."""
        self._check_not_approved()
        if self.outcome is not RetentionOutcome.ARCHIVE_THEN_REMOVE:
            raise Refused("NOT_FOR_ARCHIVE", sentences.NOT_FOR_ARCHIVE)
        return [received]

    def propose(self, *, person_id: str) -> list[Event]:
        """Propose that the content be destroyed. Raises Refused, Conflict."""
        self._check_not_approved()
        if self.outcome is RetentionOutcome.KEEP:
            raise Refused("MUST_BE_KEPT", sentences.MUST_BE_KEPT)
        to_archive = self.outcome is RetentionOutcome.ARCHIVE_THEN_REMOVE
        if self.outcome is None or (to_archive and self.archived_on is None):
            raise Refused("REVIEW_FIRST", sentences.REVIEW_FIRST)
        return [ErasureProposed(proposed_by=person_id)]

    def approve(self, *, person_id: str) -> list[Event]:
        """Approve, as another person than the one who proposed. Raises Refused, NotAllowed, Conflict."""
        self._check_not_approved()
        if self.proposed_by is None:
            raise Refused("PROPOSE_FIRST", sentences.PROPOSE_FIRST)
        if self.proposed_by == person_id:
            raise NotAllowed("TWO_PERSONS", sentences.TWO_PERSONS)
        return [ErasureApproved(approved_by=person_id)]

    def _check_not_approved(self) -> None:
        if self.approved_by is not None:
            raise Conflict("ERASED", sentences.KEY_DESTROYED)

    def after(self, event: Event) -> Retention:
        """Where the case stands after an event; a new review takes an older proposal back."""
        change = msgspec.structs.replace
        match event:
            case RetentionReviewed():
                return Retention(
                    case_id=self.case_id,
                    outcome=event.outcome,
                    basis=event.basis,
                    look_again_on=event.look_again_on,
                )
            case CaseArchived():
                return change(self, archived_on=event.archived_on)
            case ErasureProposed():
                return change(self, proposed_by=event.proposed_by)
            case ErasureApproved():
                return change(self, approved_by=event.approved_by)
            case CaseContentErased():
                return change(
                    self,
                    erased_on=event.erased_on,
                    certificate_id=event.certificate_id,
                    no_backup_opens_after=event.no_backup_opens_after,
                )
        return self
