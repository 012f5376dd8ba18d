"""Putting right what was registered: corrected, voided and redacted are events of their own, never edits; the wrong value stays on the log.

State is what a case's events say with the corrections put in place: `resolved` is the one place that says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from schemas.codes import CorrectionReason, RedactionReason, VoidReason
from schemas.event import Event, Fact, event

Value = str | int | float | bool | tuple[str, ...] | None
"""What a corrected field can hold: a code, a date, a number, an id or a reference, or several; never a text."""


class ChangedField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the corrected event: what it said, and what is right; dates as ISO 8601, texts by reference."""

    field: str
    was: Value
    now: Value


@event("registration.corrected")
class RegistrationCorrected(Event, frozen=True, kw_only=True):
    """Something that had been registered was put right: what it said, what is right, and why. Who and when stand around it.

    Everything that follows from the corrected event follows from the right values from now on.
    """

    corrected_id: str
    corrected_type: str
    changes: tuple[ChangedField, ...]
    reason: CorrectionReason
    refs: tuple[str, ...] = ()
    """The new texts among the right values, by name, so that the vault knows that an event names them."""


@event("registration.voided")
class RegistrationVoided(Event, frozen=True, kw_only=True):
    """Something that had been registered was struck: it was never so. What had been registered about it since (`with_ids`) falls with it, and so do its texts (`refs`)."""

    voided_id: str
    voided_type: str
    reason: VoidReason
    with_ids: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


CORRECTIONS = (RegistrationCorrected, RegistrationVoided)
"""What changes the meaning of an event that was said before."""


def newer_by(correction: Event) -> int:
    """By how much a correction makes the versions in its case higher: always more than what it struck had counted."""
    if isinstance(correction, RegistrationVoided):
        return 2 + len(correction.with_ids)
    return 1


@event("registration.redacted")
class RegistrationRedacted(Event, frozen=True, kw_only=True):
    """A text in the vault was closed to everybody: from now on it is opened to nobody, whatever they may see otherwise."""

    ref: str
    reason: RedactionReason
    decided_by: str


@event("redacted_content.destroyed")
class RedactedContentDestroyed(Event, frozen=True, kw_only=True):
    """A second person approved that a redacted text be destroyed; only this tombstone is left of it."""

    ref: str
    proposed_by: str
    approved_by: str


@event("readers.told")
class ReadersTold(Event, frozen=True, kw_only=True):
    """Those who had opened a text that was then corrected, struck or redacted are told so."""

    because_of: str
    refs: tuple[str, ...]
    person_ids: tuple[str, ...]


class Mark(StrEnum):
    """What has become of something that was registered."""

    CORRECTED = "CORRECTED"
    VOIDED = "VOIDED"


class Resolved(NamedTuple):
    """A fact as it counts now, and what became of what it said first."""

    fact: Fact
    mark: Mark | None = None


def corrected(wrong: Event, changes: Iterable[ChangedField]) -> Event:
    """The event with the right values in it. Raises msgspec.ValidationError where they do not fit its fields."""
    right = {change.field: change.now for change in changes}
    return with_values(wrong, right)


def with_values(wrong: Event, right: Mapping[str, Any]) -> Event:
    """The event with other values for some of its fields. Raises msgspec.ValidationError where they do not fit."""
    payload: dict[str, Any] = msgspec.to_builtins(wrong)
    return msgspec.convert({**payload, **right}, type(wrong))


def texts_of(event: Event) -> tuple[str, ...]:
    """The references of the texts that an event names."""
    found = []
    for name in (field.name for field in msgspec.structs.fields(event)):
        value = getattr(event, name)
        if name.endswith("ref") and isinstance(value, str):
            found.append(value)
        elif name.endswith("refs") and isinstance(value, tuple):
            found += value
    return tuple(found)


def changes_between(wrong: Event, right: Event) -> tuple[ChangedField, ...]:
    """The fields in which two events of the same type differ."""
    before, after = msgspec.to_builtins(wrong), msgspec.to_builtins(right)
    names = [field.encode_name for field in msgspec.structs.fields(wrong)]
    return tuple(
        ChangedField(field=name, was=_value(before[name]), now=_value(after[name]))
        for name in names
        if before[name] != after[name]
    )


def _value(builtin: Any) -> Value:
    return tuple(builtin) if isinstance(builtin, list) else builtin


def resolved(facts: Sequence[Fact]) -> Iterator[Resolved]:
    """The facts of a case as they count now: the right values in the place of the wrong ones, what was struck marked so.

    A correction counts from the first fact on, wherever it stands. Pure: the same facts always give the same.
    """
    changes: dict[str, list[ChangedField]] = {}
    struck: set[str] = set()
    for _, said in facts:
        if isinstance(said, RegistrationCorrected):
            changes.setdefault(said.corrected_id, []).extend(said.changes)
        elif isinstance(said, RegistrationVoided):
            struck |= {said.voided_id, *said.with_ids}
    for fact in facts:
        which = fact.envelope.id
        if which in changes:
            fact = Fact(fact.envelope, corrected(fact.event, changes[which]))
        mark = Mark.VOIDED if which in struck else Mark.CORRECTED if which in changes else None
        yield Resolved(fact, mark)
