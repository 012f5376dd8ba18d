"""What was put right, as an auditor looks at it: before and after, a line for each field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from schemas.correction import (
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
)
from schemas.event import Event


class How(StrEnum):
    """What was done to something that had been registered."""

    CORRECTED = "CORRECTED"
    VOIDED = "VOIDED"
    REDACTED = "REDACTED"
    DESTROYED = "DESTROYED"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One field, one struck registration, or one text: what it was and what it is now. Codes and references; nothing in place of
    what is no more.
    """

    at: datetime
    case_id: str
    person_id: str
    how: How
    about: str
    type: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None
    reason: str | None = None


def lines(
    event: Event, *, at: datetime, case_id: str, actor: str, before: Mapping[str, Any]
) -> Iterator[Line]:
    """The lines of one event; `before` is what struck events had said, by their ids."""
    told: dict[str, Any] = {"at": at, "case_id": case_id, "person_id": actor}
    match event:
        case RegistrationCorrected():
            for change in event.changes:
                yield Line(
                    **told,
                    how=How.CORRECTED,
                    about=event.corrected_id,
                    type=event.corrected_type,
                    field=change.field,
                    before=change.was,
                    after=change.now,
                    reason=event.reason,
                )
        case RegistrationVoided():
            for struck in (event.voided_id, *event.with_ids):
                said = dict(before.get(struck, {}))
                what = said.pop("type", event.voided_type if struck == event.voided_id else None)
                yield Line(
                    **told, how=How.VOIDED, about=struck, type=what, before=said or None, reason=event.reason
                )
        case RegistrationRedacted():
            yield Line(**told, how=How.REDACTED, about=event.ref, before="IN_THE_VAULT", reason=event.reason)
        case RedactedContentDestroyed():
            yield Line(**told, how=How.DESTROYED, about=event.ref, before="REDACTED", after="DESTROYED")
