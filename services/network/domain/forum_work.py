"""What a forum does through the year: meetings called in good time, agreements revised, a year wheel that comes round."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import msgspec
from msgspec.structs import replace

from schemas.codes import Agency, CancelReason
from schemas.event import Event
from schemas.forum import ForumSessionHeld
from schemas.forum_work import (
    AgreementRevised,
    AgreementSigned,
    ForumClosed,
    ForumInvitationsSent,
    ForumSessionCancelled,
    ForumSessionPlanned,
    YearWheelItemDone,
    YearWheelItemSet,
)
from schemas.register_codes import YearWheelActivity
from services.network.domain.refusals import conflict, refused

AHEAD_YEARS = 2
"""How far ahead a meeting is planned (a product default)."""
AGREED_YEARS = 10
"""How far ahead an agreement may set its own revision (a product default)."""


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that waits; `sent_on` once agenda and invitation are out."""

    meets_on: date
    sent_on: date | None = None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """A cooperation agreement: between whom, since when in its present form, and the day it sets itself."""

    parties: tuple[Agency, ...]
    since: date
    revise_on: date | None = None


class WheelItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that comes back in a month of every year."""

    activity: YearWheelActivity
    month: int
    person_id: str
    next_on: date | None
    done_on: date | None = None


class ForumWork(msgspec.Struct, frozen=True, kw_only=True):
    """The year of a forum as its events tell it."""

    planned: dict[str, Planned] = {}
    cancelled: tuple[str, ...] = ()
    held: dict[str, date] = {}
    agreements: dict[str, Agreement] = {}
    wheel: dict[str, WheelItem] = {}
    closed_on: date | None = None

    def refuse_closed(self) -> None:
        """Raise Conflict when the forum has been closed."""
        if self.closed_on is not None:
            raise conflict("FORUM_CLOSED")

    def plan(self, session_id: str, *, meets_on: date, today: date) -> list[Event]:
        """Set the day of a meeting. Raises Refused and Conflict."""
        self.refuse_closed()
        if session_id in self.planned or session_id in self.held or session_id in self.cancelled:
            raise conflict("SESSION_EXISTS", field="session_id")
        if not today <= meets_on <= in_years(today, AHEAD_YEARS):
            raise refused("MEETS_AHEAD", field="meets_on")
        return [ForumSessionPlanned(session_id=session_id, meets_on=meets_on)]

    def invite(self, session_id: str, *, sent_on: date, today: date) -> list[Event]:
        """Agenda and invitation are out. Raises Refused and Conflict."""
        planned = self._waiting(session_id)
        if planned.sent_on is not None:
            raise conflict("INVITED_ALREADY", field="session_id")
        if sent_on > today:
            raise refused("DATE_IN_FUTURE", field="sent_on")
        return [ForumInvitationsSent(session_id=session_id, sent_on=sent_on)]

    def cancel(self, session_id: str, reason: CancelReason) -> list[Event]:
        """A planned meeting is not held. Raises Conflict."""
        self._waiting(session_id)
        return [ForumSessionCancelled(session_id=session_id, reason=reason)]

    def sign(
        self,
        agreement_id: str,
        *,
        parties: tuple[Agency, ...],
        signed_on: date,
        revise_on: date | None,
        today: date,
    ) -> list[Event]:
        """The leaders have signed an agreement. Raises Refused and Conflict."""
        self.refuse_closed()
        if agreement_id in self.agreements:
            raise conflict("AGREEMENT_EXISTS", field="agreement_id")
        if len(set(parties)) < 2:
            raise refused("PARTIES_MISSING", field="parties")
        _refuse_days(signed_on, "signed_on", revise_on, today=today)
        return [
            AgreementSigned(
                agreement_id=agreement_id,
                parties=tuple(dict.fromkeys(parties)),
                signed_on=signed_on,
                revise_on=revise_on,
            )
        ]

    def revise(
        self, agreement_id: str, *, revised_on: date, revise_on: date | None, today: date
    ) -> list[Event]:
        """They have gone through it and signed it anew. Raises Refused and Conflict."""
        self.refuse_closed()
        agreement = self.agreements.get(agreement_id)
        if agreement is None:
            raise refused("NO_SUCH_AGREEMENT", field="agreement_id")
        _refuse_days(revised_on, "revised_on", revise_on, today=today)
        if revised_on < agreement.since:
            raise refused("REVISED_BEFORE_SIGNED", field="revised_on")
        return [AgreementRevised(agreement_id=agreement_id, revised_on=revised_on, revise_on=revise_on)]

    def set_item(
        self, item_id: str, activity: YearWheelActivity, *, month: int, person_id: str, today: date
    ) -> list[Event]:
        """Something comes into the year wheel. Raises Refused and Conflict."""
        self.refuse_closed()
        if item_id in self.wheel:
            raise conflict("WHEEL_ITEM_EXISTS", field="item_id")
        if not 1 <= month <= 12:
            raise refused("NO_SUCH_MONTH", field="month")
        return [
            YearWheelItemSet(
                item_id=item_id,
                activity=activity,
                month=month,
                person_id=person_id,
                next_on=next_end_of(month, today),
            )
        ]

    def do_item(self, item_id: str, *, done_on: date, again: bool, today: date) -> list[Event]:
        """It is done for this year; the next time is a year after the one it was done for. Raises Refused and Conflict."""
        self.refuse_closed()
        item = self.wheel.get(item_id)
        if item is None or item.next_on is None:
            raise refused("NO_SUCH_WHEEL_ITEM", field="item_id")
        if done_on > today:
            raise refused("DATE_IN_FUTURE", field="done_on")
        next_on = end_of(item.next_on.year + 1, item.month) if again else None
        return [
            YearWheelItemDone(
                item_id=item_id,
                person_id=item.person_id,
                done_on=done_on,
                done_for=item.next_on,
                next_on=next_on,
            )
        ]

    def close(self, *, today: date) -> list[Event]:
        """The forum meets no more. Raises Conflict."""
        self.refuse_closed()
        return [ForumClosed(closed_on=today)]

    def _waiting(self, session_id: str) -> Planned:
        self.refuse_closed()
        planned = self.planned.get(session_id)
        if planned is None:
            raise conflict("NOT_PLANNED", field="session_id")
        return planned

    def after(self, event: Event) -> ForumWork:
        """The same after one more event of the forum."""
        match event:
            case ForumSessionPlanned(session_id=which, meets_on=meets_on):
                return replace(self, planned={**self.planned, which: Planned(meets_on=meets_on)})
            case ForumInvitationsSent(session_id=which, sent_on=sent_on) if which in self.planned:
                sent = replace(self.planned[which], sent_on=sent_on)
                return replace(self, planned={**self.planned, which: sent})
            case ForumSessionCancelled(session_id=which):
                return replace(
                    self, planned=_without(self.planned, which), cancelled=(*self.cancelled, which)
                )
            case ForumSessionHeld(session_id=which, held_on=held_on):
                held = {**self.held, which: held_on}
                return replace(self, planned=_without(self.planned, which), held=held)
            case AgreementSigned():
                new = Agreement(parties=event.parties, since=event.signed_on, revise_on=event.revise_on)
                return replace(self, agreements={**self.agreements, event.agreement_id: new})
            case AgreementRevised(agreement_id=which) if which in self.agreements:
                revised = replace(self.agreements[which], since=event.revised_on, revise_on=event.revise_on)
                return replace(self, agreements={**self.agreements, which: revised})
            case YearWheelItemSet():
                item = WheelItem(
                    activity=event.activity,
                    month=event.month,
                    person_id=event.person_id,
                    next_on=event.next_on,
                )
                return replace(self, wheel={**self.wheel, event.item_id: item})
            case YearWheelItemDone(item_id=which) if which in self.wheel:
                done = replace(self.wheel[which], next_on=event.next_on, done_on=event.done_on)
                return replace(self, wheel={**self.wheel, which: done})
            case ForumClosed(closed_on=closed_on):
                return replace(self, closed_on=closed_on)
        return self


def _without(planned: dict[str, Planned], session_id: str) -> dict[str, Planned]:
    return {which: one for which, one in planned.items() if which != session_id}


def _refuse_days(day: date, field: str, revise_on: date | None, *, today: date) -> None:
    """Raise Refused when an agreement was signed in the future, or is to be revised before it was signed or in another age."""
    if day > today:
        raise refused("DATE_IN_FUTURE", field=field)
    if revise_on is not None and not day < revise_on <= in_years(day, AGREED_YEARS):
        raise refused("REVISED_AHEAD", field="revise_on")


def in_years(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the 29th where there is none."""
    return day.replace(year=day.year + years, day=min(day.day, monthrange(day.year + years, day.month)[1]))


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def next_end_of(month: int, today: date) -> date:
    """The last day of the month this year, or next year when this year's is over."""
    this_year = end_of(today.year, month)
    return this_year if this_year >= today else end_of(today.year + 1, month)
