"""The way of a closed case to the owner's archive: packages that were made for it. Nothing of what lies in one is told here."""

from __future__ import annotations

from schemas.codes import Agency, RetentionBasis
from schemas.event import Event, Sentence, event


@event(
    "case.exported_to_archive",
    sentence=Sentence("En pakke til arkivet ble laget", "Ei pakke til arkivet blei laga"),
)
class CaseExportedToArchive(Event, frozen=True, kw_only=True):
    """A records owner made the archive's package of a closed case and was given it: which texts lie in it, and the checksum it is known by.

    `left_out` counts the texts that stayed behind: work in progress, and what should never have lain there. The receipt names the checksum.
    """

    package_id: str
    package_sha256: str
    size: int
    basis: RetentionBasis
    refs: tuple[str, ...]
    documents: int
    left_out: int
    agencies: tuple[Agency, ...]
