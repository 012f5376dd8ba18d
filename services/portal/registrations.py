"""A registration in a case's history: what it said first, what counts now, what became of it, and what somebody may do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from backbone.history import as_it_counts, told
from backbone.refusal import NotFound
from backbone.rows import Rows
from backbone.web import NO_SUCH_PAGE
from backbone.working_days import working_days_between
from schemas.correctable import CORRECTABLE, Rule, Strike, occurred_on
from schemas.correction import (
    Mark,
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
    Resolved,
    texts_of,
)
from schemas.event import NEWEST, Event, Fact

US = "portal"


class Registration(NamedTuple):
    """A registration with its past."""

    fact: Fact
    """As it counts now."""
    first: Event
    """As it was said first."""
    mark: Mark | None
    became: tuple[Fact, ...]
    """The corrections of it, the strike, and the redactions of its texts, in their order."""

    @property
    def event_id(self) -> str:
        """The id of the event."""
        return self.fact.envelope.id

    @property
    def rule(self) -> Rule:
        """What can be put right about it."""
        return CORRECTABLE[type(self.fact.event)]

    @property
    def correctable(self) -> bool:
        """True when something in it can be corrected."""
        return self.mark is not Mark.VOIDED and bool(self.rule.fields)

    @property
    def strikable(self) -> bool:
        """True when it can be struck."""
        return self.mark is not Mark.VOIDED and self.rule.strike is not None

    @property
    def takes_more(self) -> bool:
        """True when everything about it goes with it when it is struck."""
        return self.rule.strike is Strike.WHOLE

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that it names and that nobody has redacted."""
        closed = {fact.event.ref for fact in self.became if isinstance(fact.event, RegistrationRedacted)}
        refs = (*own_texts(self.first), *own_texts(self.fact.event))
        return tuple(ref for ref in dict.fromkeys(refs) if ref not in closed)

    @property
    def back_dated_from(self) -> date | None:
        """The day it happened, when it was recorded more than a working day later."""
        return back_dated(self.fact)


def own_texts(event: Event) -> tuple[str, ...]:
    """The texts of an event, without those that say who somebody is."""
    identities = set(getattr(event, "identity_refs", ()))
    return tuple(ref for ref in texts_of(event) if ref not in identities)


def back_dated(fact: Fact) -> date | None:
    """The day on which something happened, when it was recorded more than a working day later: on paper while the system was down, say (C.10)."""
    happened_on = occurred_on(fact.event)
    recorded_on = fact.envelope.recorded_on
    late = happened_on is not None and working_days_between(happened_on, recorded_on) > 1
    return happened_on if late else None


def registration_of(rows: Rows, case_id: str, event_id: str) -> Registration:
    """The registration with this id. Raises NotFound."""
    first = {fact.envelope.id: fact.event for fact in told(rows, case_id, own=US)}
    for fact, mark in as_it_counts(rows, case_id, own=US):
        if fact.envelope.id == event_id:
            said = first[event_id]
            texts = {*own_texts(said), *own_texts(fact.event)}
            became = [one for one in told(rows, case_id, own=US) if _concerns(one.event, event_id, texts)]
            return Registration(fact, said, mark, tuple(became))
    raise NotFound("NO_SUCH_REGISTRATION", NO_SUCH_PAGE)


def _concerns(event: Event, event_id: str, texts: set[str]) -> bool:
    match event:
        case RegistrationCorrected(corrected_id=which):
            return which == event_id
        case RegistrationVoided(voided_id=which, with_ids=others):
            return event_id in (which, *others)
        case RegistrationRedacted(ref=ref) | RedactedContentDestroyed(ref=ref):
            return ref in texts
        case _:
            return False


class Marked(NamedTuple):
    """What the history shows beside a line."""

    mark: Mark | None = None
    back_dated_from: date | None = None
    redacted: bool = False


def marks_of(rows: Rows, case_id: str) -> Mapping[str, Marked]:
    """The marks of a case's history, by event id; those without any are left out."""
    return marks_in(as_it_counts(rows, case_id, own=US))


def marks_in(history: Sequence[Resolved]) -> Mapping[str, Marked]:
    """The same for a history that has been read."""
    closed = {one.fact.event.ref for one in history if isinstance(one.fact.event, RegistrationRedacted)}
    found = {
        fact.envelope.id: Marked(mark, back_dated(fact), not closed.isdisjoint(own_texts(fact.event)))
        for fact, mark in history
    }
    return {which: marked for which, marked in found.items() if marked != Marked()}


def details_now(event: Event) -> tuple[str, dict[str, Any]]:
    """An event as the sentences of the pages take it."""
    return event.type, msgspec.to_builtins(event)


CAN_BE_PUT_RIGHT: frozenset[str] = frozenset(
    event.type for event in NEWEST.values() if CORRECTABLE[event].fields or CORRECTABLE[event].strike
)
"""The types of event whose line in the history has a way to put them right."""


def has_way(type_name: str, said: Mapping[str, Any]) -> bool:
    """True when something about a line of the history can be corrected, struck or redacted."""
    names: Sequence[str] = [name for name in said if name.endswith(("ref", "refs")) and said[name]]
    return type_name in CAN_BE_PUT_RIGHT or (bool(names) and not type_name.startswith(NO_TEXTS_OF_THEIR_OWN))


NO_TEXTS_OF_THEIR_OWN = ("registration.", "readers.", "receipt.", "opening.", "private_notes.", "redacted_")
"""Events that name texts which others' events brought in."""
