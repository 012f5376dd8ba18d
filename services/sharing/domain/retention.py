"""What becomes of a closed case: the decisions, in their order, by two persons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import msgspec

from backbone.refusal import Conflict, NotAllowed, Refused
from schemas.archive import CaseExportedToArchive
from schemas.codes import Agency, RetentionBasis, RetentionOutcome
from schemas.event import Event
from schemas.retention import (
    CaseArchived,
    CaseContentErased,
    ErasureApproved,
    ErasureProposed,
    RetentionReviewed,
)
from services.sharing.domain import archive_sentences, sentences

BASES = {
    RetentionOutcome.DESTROY: {
        RetentionBasis.NO_DUTY_TO_KEEP,
        RetentionBasis.DISCARD_RULE,
        RetentionBasis.REGISTERED_BY_MISTAKE,
    },
    RetentionOutcome.ARCHIVE_THEN_REMOVE: {RetentionBasis.ARCHIVE_DUTY},
    RetentionOutcome.KEEP: {RetentionBasis.ARCHIVE_DUTY, RetentionBasis.COMPLAINT_OPEN},
}
"""What each decision may rest on: a duty to archive and a complaint that is not decided forbid destruction (arkivlova § 9 c; domain B.11)."""


class MadePackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package that was made for the archive: its checksum, and the texts that lie in it."""

    sha256: str
    refs: tuple[str, ...]

    def holds(self, documents: Collection[str]) -> bool:
        """True when every one of these texts lies in it."""
        return set(documents) <= set(self.refs)


class HandedOut(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was given the archive's package: when, who, for which body, on what, and how many documents lay in it."""

    at: datetime
    person_id: str
    agency: Agency | None
    basis: RetentionBasis
    documents: int


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands on its way out."""

    case_id: str
    outcome: RetentionOutcome | None = None
    basis: RetentionBasis | None = None
    reviewed_on: date | None = None
    look_again_on: date | None = None
    packages: tuple[MadePackage, ...] = ()
    """Packages made since the review, the newest last."""
    handed_out: tuple[HandedOut, ...] = ()
    """Every package that was ever made, whatever was reviewed since."""
    archived_on: date | None = None
    archived: MadePackage | None = None
    """The package that the archive's receipt is for."""
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
        if asked.basis not in BASES[asked.outcome]:
            raise Refused("BASIS_FORBIDS", sentences.BASIS_FORBIDS, field="basis")
        if (asked.outcome is RetentionOutcome.KEEP) != (asked.look_again_on is not None):
            raise Refused("LOOK_AGAIN", sentences.LOOK_AGAIN, field="look_again_on")
        if asked.look_again_on is not None and asked.look_again_on <= asked.reviewed_on:
            raise Refused("LOOK_AGAIN", sentences.LOOK_AGAIN, field="look_again_on")
        return [asked]

    def check_for_archive(self) -> None:
        """Raise Refused unless the case is to go to the archive, Conflict when it is gone."""
        self._check_not_approved()
        if self.outcome is not RetentionOutcome.ARCHIVE_THEN_REMOVE:
            raise Refused("NOT_FOR_ARCHIVE", sentences.NOT_FOR_ARCHIVE)

    def export(self, made: CaseExportedToArchive) -> list[Event]:
        """Record that a package was made. Raises Refused, Conflict."""
        self.check_for_archive()
        return [made]

    def archive(self, received: CaseArchived, *, documents: Collection[str] = ()) -> list[Event]:
        """Record that the archive has the case: a package that was made here, byte for byte, with every text that is a document of the
        case today. Raises Refused, Conflict.
        """
        self.check_for_archive()
        made = self._package(received.package_sha256)
        if made is None:
            raise Refused("PACKAGE_UNKNOWN", archive_sentences.PACKAGE_UNKNOWN, field="package_sha256")
        if not made.holds(documents):
            raise Refused("PACKAGE_OLD", archive_sentences.PACKAGE_OLD, field="package_sha256")
        return [received]

    def _package(self, sha256: str) -> MadePackage | None:
        return next((made for made in self.packages if made.sha256 == sha256), None)

    def propose(self, *, person_id: str, documents: Collection[str] = ()) -> list[Event]:
        """Propose that the content be destroyed; `documents` are the texts that are documents of the case today. Raises Refused,
        Conflict.
        """
        self._check_not_approved()
        if self.outcome is RetentionOutcome.KEEP:
            raise Refused("MUST_BE_KEPT", sentences.MUST_BE_KEPT)
        to_archive = self.outcome is RetentionOutcome.ARCHIVE_THEN_REMOVE
        if self.outcome is None or (to_archive and self.archived_on is None):
            raise Refused("REVIEW_FIRST", sentences.REVIEW_FIRST)
        self._check_archived(documents)
        return [ErasureProposed(proposed_by=person_id)]

    def _check_archived(self, documents: Collection[str]) -> None:
        if self.archived is not None and not self.archived.holds(documents):
            raise Refused("PACKAGE_OLD", archive_sentences.PACKAGE_OLD)

    def approve(self, *, person_id: str, documents: Collection[str] = ()) -> list[Event]:
        """Approve, as another person than the one who proposed. Raises Refused, NotAllowed, Conflict."""
        self._check_not_approved()
        if self.proposed_by is None:
            raise Refused("PROPOSE_FIRST", sentences.PROPOSE_FIRST)
        if self.proposed_by == person_id:
            raise NotAllowed("TWO_PERSONS", sentences.TWO_PERSONS)
        self._check_archived(documents)
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
                    reviewed_on=event.reviewed_on,
                    look_again_on=event.look_again_on,
                    handed_out=self.handed_out,
                )
            case CaseExportedToArchive():
                made = MadePackage(sha256=event.package_sha256, refs=event.refs)
                return change(self, packages=(*(one for one in self.packages if one != made), made))
            case CaseArchived():
                archived = self._package(event.package_sha256)
                return change(self, archived_on=event.archived_on, archived=archived)
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
