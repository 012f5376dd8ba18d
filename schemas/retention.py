"""What becomes of a case's content in the end: reviewed, handed to the archive, erased. The log itself stays,
pseudonymous.
"""

from __future__ import annotations

from datetime import date

from schemas.codes import RetentionBasis, RetentionOutcome
from schemas.event import Event, event


@event("retention.reviewed")
class RetentionReviewed(Event, frozen=True, kw_only=True):
    """Somebody decided what becomes of a closed case's content; a duty to archive can forbid that it is
    destroyed.
    """

    outcome: RetentionOutcome
    basis: RetentionBasis
    reviewed_on: date
    look_again_on: date | None = None


@event("case.archived")
class CaseArchived(Event, frozen=True, kw_only=True):
    """The archive has said that it has received the case; `reference_ref` is where it put it, in the vault. `package_sha256` is the
    checksum of the package that it received, one that was made here.
    """

    receipt_id: str
    archived_on: date
    package_sha256: str
    reference_ref: str | None = None


@event("erasure.proposed")
class ErasureProposed(Event, frozen=True, kw_only=True):
    """Somebody proposed that the content of the case be destroyed; another must approve."""

    proposed_by: str


@event("erasure.approved")
class ErasureApproved(Event, frozen=True, kw_only=True):
    """A second person approved; from now on nothing of the case is opened or taken in."""

    approved_by: str


@event("case.content_erased")
class CaseContentErased(Event, frozen=True, kw_only=True):
    """The certificate: every data key of the case is destroyed, and after `no_backup_opens_after` no back-up
    opens its content either.

    That day holds when the key-encryption key is replaced by its own day, as operations are told to.
    """

    certificate_id: str
    basis: RetentionBasis
    erased_on: date
    keys_destroyed: int
    pieces: int
    key_encryption_key: str
    no_backup_opens_after: date
    proposed_by: str
    approved_by: str
