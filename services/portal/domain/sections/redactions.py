"""The texts of the case that were closed to everybody, and what became of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.codes import MAY_BE_DESTROYED, RedactionReason
from schemas.correction import RedactedContentDestroyed, RegistrationRedacted
from schemas.event import Fact
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Redacted(msgspec.Struct, frozen=True, kw_only=True):
    """A text that nobody is shown any more."""

    reason: RedactionReason
    by: str
    on: date
    destroyed_by: str | None = None
    destroyed_on: date | None = None

    @property
    def may_be_destroyed(self) -> bool:
        """True for what should never have lain there, while it still does."""
        return self.destroyed_on is None and self.reason in MAY_BE_DESTROYED


class Redactions(msgspec.Struct, frozen=True, kw_only=True):
    """By the text's reference, the one redacted first being first."""

    texts: dict[str, Redacted] = {}


def redacted(state: Redactions, event: RegistrationRedacted, fact: Fact) -> Redactions:
    """A text was closed."""
    one = Redacted(reason=event.reason, by=event.decided_by, on=fact.envelope.recorded_on)
    return replace(state, texts={**state.texts, event.ref: one})


def destroyed(state: Redactions, event: RedactedContentDestroyed, fact: Fact) -> Redactions:
    """A second person had it destroyed."""
    one = state.texts.get(event.ref)
    if one is None:
        return state
    gone = replace(one, destroyed_by=event.approved_by, destroyed_on=fact.envelope.recorded_on)
    return replace(state, texts={**state.texts, event.ref: gone})


CHANGES: dict[Any, Any] = {RegistrationRedacted: redacted, RedactedContentDestroyed: destroyed}
SECTION = Section(Redactions, CHANGES)
