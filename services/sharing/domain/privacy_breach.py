"""A breach of personal data security: found, judged, notified within 72 hours or not with a reason, and told to those concerned (GDPR art. 33, 34)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import Category
from schemas.event import Event
from schemas.local_time import local_date
from schemas.privacy import (
    PersonalDataBreachAssessed,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
    PersonalDataBreachPersonsTold,
)
from schemas.privacy_codes import BreachKind, BreachRisk, NotNotifiedReason
from services.sharing.domain import privacy_sentences as says

TO_NOTIFY = timedelta(hours=72)
"""From when the breach was found (GDPR art. 33 no. 1): hours by the clock, on days off as on others."""


class PrivacyBreach(msgspec.Struct, frozen=True, kw_only=True):
    """Where a breach stands. `version` counts its events."""

    breach_id: str
    case_id: str
    kind: BreachKind
    found_at: datetime
    notify_by_at: datetime
    persons: int
    categories: tuple[Category, ...]
    person_id: str
    deviation_id: str | None = None
    text_ref: str | None = None
    risk: BreachRisk | None = None
    assessed_on: date | None = None
    notified_at: datetime | None = None
    late: bool = False
    not_notified: NotNotifiedReason | None = None
    told_on: date | None = None
    told: int = 0
    version: int = 1

    def assess(self, risk: BreachRisk, *, text_ref: str, today: date) -> list[Event]:
        """Judge the risk; it can be judged anew."""
        assessed = PersonalDataBreachAssessed(
            breach_id=self.breach_id, risk=risk, assessed_on=today, text_ref=text_ref
        )
        return [assessed]

    def notify(self, notified_at: datetime, *, late_ref: str | None, now: datetime) -> list[Event]:
        """Record that it was notified, before it is judged too: the authority is told in steps. Raises Refused, Conflict."""
        self._check_not_notified()
        if notified_at > now:
            raise Refused("IN_FUTURE", says.IN_FUTURE, field="notified_local")
        if notified_at < self.found_at:
            raise Refused("BEFORE_FOUND", says.BEFORE_FOUND, field="notified_local")
        late = notified_at > self.notify_by_at
        if late and late_ref is None:
            raise Refused("SAY_WHY_LATE", says.SAY_WHY_LATE, field="late_ref")
        notified = PersonalDataBreachNotified(
            breach_id=self.breach_id,
            notified_at=notified_at,
            notified_on=local_date(notified_at),
            late=late,
            late_ref=late_ref if late else None,
        )
        return [notified]

    def leave(self, reason: NotNotifiedReason, *, text_ref: str, today: date) -> list[Event]:
        """Decide that it is not notified: only where no risk was found, or another does it. Raises Refused, Conflict."""
        self._check_not_notified()
        if self.risk is None:
            raise Refused("ASSESS_FIRST", says.ASSESS_FIRST, field="reason")
        if self.risk is not BreachRisk.UNLIKELY and reason is not NotNotifiedReason.NOTIFIED_BY_ANOTHER:
            raise Refused("RISK_IS_NOTIFIED", says.RISK_IS_NOTIFIED, field="reason")
        left = PersonalDataBreachNotNotified(
            breach_id=self.breach_id, reason=reason, decided_on=today, text_ref=text_ref
        )
        return [left]

    def tell(self, persons: int, *, told_on: date, today: date) -> list[Event]:
        """Record that those concerned were told. Raises Refused."""
        if persons < 1:
            raise Refused("NOBODY_CONCERNED", says.NOBODY_CONCERNED, field="persons")
        if told_on > today:
            raise Refused("IN_FUTURE", says.IN_FUTURE, field="told_on")
        if told_on < local_date(self.found_at):
            raise Refused("BEFORE_FOUND", says.BEFORE_FOUND, field="told_on")
        return [PersonalDataBreachPersonsTold(breach_id=self.breach_id, told_on=told_on, persons=persons)]

    def check_version(self, seen: int | None) -> None:
        """Raise Stale when somebody else was quicker."""
        if seen is not None and seen != self.version:
            raise Stale(current=self.version)

    def _check_not_notified(self) -> None:
        if self.notified_at is not None:
            raise Conflict("NOTIFIED_ALREADY", says.NOTIFIED_ALREADY)

    def after(self, event: Event) -> PrivacyBreach:
        """The breach after one of its events."""
        next_one = msgspec.structs.replace(self, version=self.version + 1)
        change = msgspec.structs.replace
        match event:
            case PersonalDataBreachAssessed():
                return change(next_one, risk=event.risk, assessed_on=event.assessed_on)
            case PersonalDataBreachNotified():
                return change(next_one, notified_at=event.notified_at, late=event.late, not_notified=None)
            case PersonalDataBreachNotNotified():
                return change(next_one, not_notified=event.reason)
            case PersonalDataBreachPersonsTold():
                return change(next_one, told_on=event.told_on, told=event.persons)
        return self


def found(event: PersonalDataBreachFound, *, case_id: str) -> PrivacyBreach:
    """The breach that an event tells of."""
    names = set(PrivacyBreach.__struct_fields__) & set(event.__struct_fields__)
    return PrivacyBreach(case_id=case_id, **{name: getattr(event, name) for name in names})


def find(asked: PersonalDataBreachFound, *, now: datetime) -> list[Event]:
    """Record that a breach was found. Raises Refused."""
    if asked.found_at > now:
        raise Refused("IN_FUTURE", says.IN_FUTURE, field="found_local")
    if asked.persons < 1:
        raise Refused("NOBODY_CONCERNED", says.NOBODY_CONCERNED, field="persons")
    return [asked]
