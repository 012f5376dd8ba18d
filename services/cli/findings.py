"""What a verification can find, each in a sentence that needs no explanation."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of thing is wrong."""

    RECORDS_DIFFER = "RECORDS_DIFFER"
    TAIL_GONE = "TAIL_GONE"
    CONTRADICTION = "CONTRADICTION"
    FALSE_CHECKPOINT = "FALSE_CHECKPOINT"
    FOREIGN_KEY = "FOREIGN_KEY"
    SEQUENCE_HOLE = "SEQUENCE_HOLE"
    SEQUENCE_REUSED = "SEQUENCE_REUSED"
    AUDIT_BEHIND = "AUDIT_BEHIND"
    EXPORT_TRUNCATED = "EXPORT_TRUNCATED"
    RELEASE_NOT_ON_LOG = "RELEASE_NOT_ON_LOG"
    RELEASE_NOT_IN_SHARING = "RELEASE_NOT_IN_SHARING"
    RELEASE_DIFFERS = "RELEASE_DIFFERS"


class Finding(NamedTuple):
    """One thing that is wrong."""

    kind: Kind
    sentence: str
