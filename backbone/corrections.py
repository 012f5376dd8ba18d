"""Correcting and striking what a service has registered itself: one pair of routes and one decision for every event type.

A service adds who leads a case there, and what the right values must fit besides their types. What can be put right at all stands in
`schemas/correctable.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter, Depends
from pydantic import ConfigDict, Field

from backbone import correction_sentences as says
from backbone.history import as_it_counts
from backbone.refusal import Conflict, NotAllowed, NotFound, Refused, Sentence
from backbone.web import Answer, Body, TheAsk
from backbone.work import Work
from schemas.codes import STAFF, CorrectionReason, VoidReason
from schemas.correctable import AHEAD, CORRECTABLE, Rule, Strike
from schemas.correction import (
    Mark,
    RegistrationCorrected,
    RegistrationVoided,
    Resolved,
    changes_between,
    texts_of,
    with_values,
)
from schemas.event import Event, Fact

Leads = Callable[[Work, str], bool]
"""Whether the actor leads the case; raises NotFound for somebody who may not know of it."""
Fit = Callable[[Work, str, Event, Event], Event]
"""(case id, what it says now, what it shall say) → what it shall say, with what follows from it; raises Refused where a rule says no."""


class Registration(NamedTuple):
    """Something that was registered, as it counts now; `since` is what has been registered after it."""

    event_id: str
    event: Event
    actor: str
    mark: Mark | None
    since: tuple[Resolved, ...]

    @property
    def rule(self) -> Rule:
        """What can be put right about it."""
        return CORRECTABLE[type(self.event)]


def registration_in(history: Sequence[Resolved], event_id: str) -> Registration:
    """The registration with this id. Raises NotFound."""
    for place, (fact, mark) in enumerate(history):
        if fact.envelope.id == event_id:
            since = tuple(history[place + 1 :])
            return Registration(event_id, fact.event, fact.envelope.actor, mark, since)
    raise NotFound("NOT_REGISTERED", says.NOT_REGISTERED)


def refuse_untouchable(found: Registration, *, actor_id: str, leads: bool) -> None:
    """Raise NotAllowed or Conflict where this person may not put this right at all."""
    if not leads and actor_id != found.actor:
        raise NotAllowed("ONLY_AUTHOR_OR_LEAD", says.ONLY_AUTHOR_OR_LEAD)
    if found.mark is Mark.VOIDED:
        raise Conflict("ALREADY_STRUCK", says.ALREADY_STRUCK)


def right_event(found: Registration, fields: Mapping[str, Any], *, today: date) -> Event:
    """The event with the right values. Raises Refused for a field that cannot be corrected, or a value that does not fit it."""
    for name, value in fields.items():
        if name not in found.rule.fields:
            instead = says.pointing(says.NOT_CORRECTED, found.rule.instead)
            raise Refused("NOT_CORRECTED", instead, field=name)
        try:
            right = with_values(found.event, {name: value})
        except (msgspec.ValidationError, TypeError):
            raise Refused("DOES_NOT_FIT", says.DOES_NOT_FIT, field=name) from None
        day = getattr(right, name)
        if name.endswith("_on") and name not in AHEAD and day is not None and day > today:
            raise Refused("IN_THE_FUTURE", says.IN_THE_FUTURE, field=name)
    right = with_values(found.event, fields)
    if right == found.event:
        raise Refused("NOTHING_CHANGED", says.NOTHING_CHANGED)
    return right


def strike(found: Registration, reason: VoidReason) -> RegistrationVoided:
    """What is struck with it. Raises Refused and Conflict."""
    how, about = found.rule.strike, found.rule.about
    if how is None:
        raise Refused("NOT_STRUCK", says.pointing(says.NOT_STRUCK, found.rule.instead))
    same = [
        one
        for one in found.since
        if about is not None
        and one.mark is not Mark.VOIDED
        and getattr(one.fact.event, about, None) == getattr(found.event, about)
    ]
    if how is Strike.LAST and same:
        raise Conflict("LATER_ONES_FIRST", says.LATER_ONES_FIRST)
    return RegistrationVoided(
        voided_id=found.event_id,
        voided_type=found.event.type,
        reason=reason,
        with_ids=tuple(one.fact.envelope.id for one in same) if how is Strike.WHOLE else (),
        refs=tuple(
            ref for event in (found.event, *(one.fact.event for one in same)) for ref in texts_of(event)
        ),
    )


class Corrections(NamedTuple):
    """What a service adds: who leads a case, what the right values must fit, and what follows."""

    leads: Leads
    fit: Fit = lambda _work, _case_id, _before, right: right
    then: Callable[[Work, Fact], None] = lambda _work, _correction: None
    """What follows in the service from its own correction, as a reaction does from others'."""

    def correct(
        self, work: Work, *, case_id: str, event_id: str, fields: Mapping[str, Any], reason: CorrectionReason
    ) -> Answer:
        """Put a registration of this service right."""
        found = self._found(work, case_id, event_id)
        right = right_event(found, fields, today=work.moment.today)
        right = self.fit(work, case_id, found.event, right)
        event = RegistrationCorrected(
            corrected_id=event_id,
            corrected_type=right.type,
            changes=changes_between(found.event, right),
            reason=reason,
            refs=tuple(ref for ref in texts_of(right) if ref not in texts_of(found.event)),
        )
        self._say(work, case_id, event, caused_by=event_id)
        return {"case_id": case_id, "event_id": event_id}

    def void(self, work: Work, *, case_id: str, event_id: str, reason: VoidReason) -> Answer:
        """Strike a registration of this service."""
        found = self._found(work, case_id, event_id)
        self._say(work, case_id, strike(found, reason), caused_by=event_id)
        return {"case_id": case_id, "event_id": event_id}

    def _say(self, work: Work, case_id: str, correction: Event, *, caused_by: str) -> None:
        for fact in work.publish(case_id, correction, caused_by=caused_by):
            self.then(work, fact)

    def _found(self, work: Work, case_id: str, event_id: str) -> Registration:
        """The registration, for somebody who may put it right; the case is locked."""
        work.lock_case(case_id)
        leads = self.leads(work, case_id)
        own = work.service.name
        history = [one for one in as_it_counts(work, case_id, own=own) if one.fact.envelope.source == own]
        found = registration_in(history, event_id)
        refuse_untouchable(found, actor_id=work.actor.person_id, leads=leads)
        return found


class Correct(Body):
    """What was registered wrongly, the right values by field, and why. Days as ISO 8601; texts by the reference of a new deposit."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "example": {
                "event_id": "0192f0c1-2b3a-7c4d-8e5f-6a7b8c9d0e1f",
                "fields": {"happened_on": "2026-08-31", "severity": 3},
                "reason": "WRITTEN_WRONGLY",
            }
        },
    )
    event_id: str = Field(min_length=1, max_length=80)
    fields: dict[str, bool | int | str | list[str] | None] = Field(min_length=1, max_length=20)
    reason: CorrectionReason


class Void(Body):
    """What is struck, and why."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        json_schema_extra={
            "example": {"event_id": "0192f0c1-2b3a-7c4d-8e5f-6a7b8c9d0e1f", "reason": "WRONG_CASE"}
        },
    )
    event_id: str = Field(min_length=1, max_length=80)
    reason: VoidReason


def correction_routes(corrections: Corrections | Callable[..., Corrections]) -> APIRouter:
    """The routes with which a service lets its own registrations be put right; `corrections`, or the dependency of the routes that gives them."""
    routes = APIRouter(tags=["corrections"])
    given = Depends((lambda: corrections) if isinstance(corrections, Corrections) else corrections)

    @routes.post("/cases/{case_id}/corrections", status_code=201)
    def correct(case_id: str, body: Correct, ask: TheAsk, service: Any = given) -> Answer:
        """Correct a registration; the one who registered it or the case's lead may."""
        ask.require(*STAFF)
        return ask.perform(lambda work: service.correct(work, case_id=case_id, **dict(body)), body)

    @routes.post("/cases/{case_id}/voidings", status_code=201)
    def void(case_id: str, body: Void, ask: TheAsk, service: Any = given) -> Answer:
        """Strike a registration that never was so; the one who registered it or the case's lead may."""
        ask.require(*STAFF)
        return ask.perform(lambda work: service.void(work, case_id=case_id, **dict(body)), body)

    return routes


OUT_OF_RANGE = Sentence(
    "Verdien må være fra {least} til {most}.",
    "Verdien må vere frå {least} til {most}.",
    "The value must be from {least} to {most}.",
)


def refuse_out_of_range(event: Event, field: str, *, least: int, most: int) -> None:
    """Raise Refused when a number of the event is outside what it can be."""
    value = getattr(event, field, None)
    if value is not None and not least <= value <= most:
        raise Refused("OUT_OF_RANGE", OUT_OF_RANGE.with_values(least=least, most=most), field=field)
