"""What the youth or a guardian asks for about themselves: answered within a month, or within three with a reason told in the first (GDPR art. 12)."""

from __future__ import annotations

from datetime import date

import msgspec
from dateutil.relativedelta import relativedelta

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import SignerRole
from schemas.event import Event
from schemas.privacy import (
    DataSubjectRequestAnswered,
    DataSubjectRequestExtended,
    DataSubjectRequestReceived,
)
from schemas.privacy_codes import ExtensionReason, RightGround, RightOutcome, SubjectRight
from services.sharing.domain import privacy_sentences as says

MONTHS, EXTENDED_MONTHS = 1, 3
"""Counted from the day the request came in; two months more make three."""


class SubjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request stands. `version` counts its events."""

    request_id: str
    case_id: str
    right: SubjectRight
    asker: SignerRole
    received_on: date
    answer_by: date
    person_id: str
    text_ref: str | None = None
    extended: ExtensionReason | None = None
    outcome: RightOutcome | None = None
    ground: RightGround | None = None
    answered_on: date | None = None
    answer_ref: str | None = None
    version: int = 1

    def extend(self, reason: ExtensionReason, *, today: date) -> list[Event]:
        """Take two months more, once and within the first. Raises Conflict, Refused."""
        self._check_open()
        if self.extended is not None:
            raise Conflict("EXTENDED_ALREADY", says.EXTENDED_ALREADY)
        if today > self.answer_by:
            raise Refused("TOO_LATE_TO_EXTEND", says.TOO_LATE_TO_EXTEND, field="reason")
        extended = DataSubjectRequestExtended(
            request_id=self.request_id,
            reason=reason,
            extended_on=today,
            answer_by=self.received_on + relativedelta(months=EXTENDED_MONTHS),
        )
        return [extended]

    def answer(
        self, outcome: RightOutcome, *, ground: RightGround | None, text_ref: str | None, today: date
    ) -> list[Event]:
        """Answer; what is not granted in full has a ground and a text. Raises Conflict, Refused."""
        self._check_open()
        if outcome is RightOutcome.GRANTED and ground is not None:
            raise Refused("GROUND_TOO_MUCH", says.GROUND_TOO_MUCH, field="ground")
        if outcome is not RightOutcome.GRANTED and (ground is None or text_ref is None):
            raise Refused("GROUND_MISSING", says.GROUND_MISSING, field="ground")
        answered = DataSubjectRequestAnswered(
            request_id=self.request_id, outcome=outcome, answered_on=today, ground=ground, text_ref=text_ref
        )
        return [answered]

    def check_version(self, seen: int | None) -> None:
        """Raise Stale when somebody else was quicker."""
        if seen is not None and seen != self.version:
            raise Stale(current=self.version)

    def _check_open(self) -> None:
        if self.outcome is not None:
            raise Conflict("ANSWERED_ALREADY", says.ANSWERED_ALREADY)

    def after(self, event: Event) -> SubjectRequest:
        """The request after one of its events."""
        next_one = msgspec.structs.replace(self, version=self.version + 1)
        change = msgspec.structs.replace
        match event:
            case DataSubjectRequestExtended():
                return change(next_one, extended=event.reason, answer_by=event.answer_by)
            case DataSubjectRequestAnswered():
                return change(
                    next_one,
                    outcome=event.outcome,
                    ground=event.ground,
                    answered_on=event.answered_on,
                    answer_ref=event.text_ref,
                )
        return self


def received(event: DataSubjectRequestReceived, *, case_id: str) -> SubjectRequest:
    """The request that an event tells of."""
    names = set(SubjectRequest.__struct_fields__) & set(event.__struct_fields__)
    return SubjectRequest(case_id=case_id, **{name: getattr(event, name) for name in names})


def receive(asked: DataSubjectRequestReceived, *, today: date) -> list[Event]:
    """Record that a request came in. Raises Refused."""
    if asked.received_on > today:
        raise Refused("IN_FUTURE", says.IN_FUTURE, field="received_on")
    return [asked]


def answer_by(received_on: date) -> date:
    """The last day to answer a request that came in that day."""
    return received_on + relativedelta(months=MONTHS)
