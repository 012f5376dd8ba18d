"""Openings as an auditor looks at them: one line for each thing that was asked for, and what is unusual about
it. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from schemas.codes import Outcome
from schemas.local_time import OSLO

DAY_BEGINS, DAY_ENDS = 6, 22
NEAR = timedelta(days=14)
"""How far from a meeting or a task an opening still has to do with it (a product default)."""
BY_CONSENT = "CONSENT"
TO_ARCHIVE = "TO_ARCHIVE"
"""The purpose of a package for the archive: nobody states it, since nothing else is made of one."""


class Unusual(StrEnum):
    """What is unusual about an opening; a question to be asked, not an answer."""

    AT_NIGHT = "AT_NIGHT"
    AT_A_WEEKEND = "AT_A_WEEKEND"
    ON_A_HOLIDAY = "ON_A_HOLIDAY"
    NOTHING_NEAR = "NOTHING_NEAR"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody asked to see, and the answer; `why` says what brought it into a list.

    `protection` is the level of address protection that the case had then, None where it had none.
    """

    at: datetime
    case_id: str
    person_id: str
    agency: str | None
    purpose: str
    category: str | None
    from_agency: str | None
    outcome: str
    basis: str | None
    consent_id: str | None
    reason: str | None
    ref: str
    partition: int
    offset: int
    opening_id: str | None = None
    about_id: str | None = None
    protection: str | None = None
    why: str | None = None
    pieces: int | None = None
    """How many documents, where they were handed out as one."""


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """A consent that was taken back, and what it was about."""

    at: datetime
    consent_id: str
    categories: frozenset[str]
    only_to: frozenset[str] | None = None
    """The receivers that it was taken back for, None for all."""

    def closes(self, one: Asked) -> bool:
        """True for something of the kind that was asked for afterwards, by a receiver it was taken back for."""
        named = self.only_to is None or one.agency in self.only_to
        return named and one.at > self.at and one.category in self.categories


class _Decision(msgspec.Struct):
    ref: str
    outcome: str
    category: str | None = None
    from_agency: str | None = None
    basis: str | None = None
    consent_id: str | None = None
    reason: str | None = None
    about_id: str | None = None


class _Opening(msgspec.Struct):
    person_id: str
    purpose: str
    decisions: list[_Decision]
    to_agency: str | None = None
    reason: str | None = None
    opening_id: str | None = None


_opening = msgspec.json.Decoder(_Opening)


def lines(
    payload: bytes, *, at: datetime, case_id: str, partition: int, offset: int, protection: str | None = None
) -> Iterator[Asked]:
    """A line for each decision of an opening; one line for an opening that was refused whole. Raises
    msgspec.ValidationError.
    """
    opening = _opening.decode(payload)
    whole = _Decision(ref="", outcome=Outcome.DENY, reason=opening.reason)
    for decision in opening.decisions or ([whole] if opening.reason else []):
        yield Asked(
            at=at,
            case_id=case_id,
            person_id=opening.person_id,
            agency=opening.to_agency,
            purpose=opening.purpose,
            category=decision.category,
            from_agency=decision.from_agency,
            outcome=decision.outcome,
            basis=decision.basis,
            consent_id=decision.consent_id,
            reason=decision.reason or opening.reason,
            ref=decision.ref,
            partition=partition,
            offset=offset,
            opening_id=opening.opening_id,
            about_id=decision.about_id,
            protection=protection,
        )


class _Package(msgspec.Struct):
    package_id: str
    basis: str
    documents: int


_package = msgspec.json.Decoder(_Package)


def package(
    payload: bytes,
    *,
    at: datetime,
    case_id: str,
    person_id: str,
    agency: str | None,
    about_id: str | None,
    partition: int,
    offset: int,
    protection: str | None = None,
) -> Asked:
    """The line of a package that somebody was given for the archive: every document of the case at once, about the youth (`about_id`) first of all.
    Raises msgspec.ValidationError.
    """
    made = _package.decode(payload)
    return Asked(
        at=at,
        case_id=case_id,
        person_id=person_id,
        agency=agency,
        purpose=TO_ARCHIVE,
        category=None,
        from_agency=None,
        outcome=Outcome.PERMIT,
        basis=made.basis,
        consent_id=None,
        reason=None,
        ref=made.package_id,
        partition=partition,
        offset=offset,
        opening_id=made.package_id,
        about_id=about_id,
        protection=protection,
        pieces=made.documents,
    )


def denied(asked: Iterable[Asked]) -> Iterator[Asked]:
    """What was refused."""
    return (one for one in asked if one.outcome == Outcome.DENY)


def without_consent(asked: Iterable[Asked]) -> Iterator[Asked]:
    """What was shown on another basis than a consent."""
    return (one for one in asked if one.outcome == Outcome.PERMIT and one.basis != BY_CONSENT)


Days = Mapping[str, Sequence[date]]


def unusual(
    asked: Iterable[Asked],
    *,
    meetings: Days,
    tasks: Mapping[tuple[str, str], Sequence[date]],
    is_holiday: Callable[[date], bool],
) -> Iterator[Asked]:
    """What was shown at night, at a weekend or on a public holiday, or with neither a meeting of the case nor a task of the person's in
    it near.

    `meetings` are sorted days by case, `tasks` sorted days by case and person.
    """
    for one in asked:
        near = (meetings.get(one.case_id, ()), tasks.get((one.case_id, one.person_id), ()))
        found = list(_unusual(one, near, is_holiday)) if one.outcome == Outcome.PERMIT else []
        if found:
            yield msgspec.structs.replace(one, why=" ".join(found))


def _unusual(
    one: Asked, near: Iterable[Sequence[date]], is_holiday: Callable[[date], bool]
) -> Iterator[Unusual]:
    local = one.at.astimezone(OSLO)
    if not DAY_BEGINS <= local.hour < DAY_ENDS:
        yield Unusual.AT_NIGHT
    if local.weekday() > 4:
        yield Unusual.AT_A_WEEKEND
    if is_holiday(local.date()):
        yield Unusual.ON_A_HOLIDAY
    if one.purpose != TO_ARCHIVE and not any(_has_near(days, local.date()) for days in near):
        yield Unusual.NOTHING_NEAR


def _has_near(days: Sequence[date], day: date) -> bool:
    place = bisect_left(days, day - NEAR)
    return place < len(days) and days[place] <= day + NEAR


def after_withdrawal(
    asked: Iterable[Asked], *, withdrawals: Mapping[str, Sequence[Withdrawal]]
) -> Iterator[Asked]:
    """What was asked for after a consent about the same kind of content had been taken back, shown or not."""
    for one in asked:
        for withdrawal in withdrawals.get(one.case_id, ()):
            if withdrawal.closes(one):
                yield msgspec.structs.replace(one, why=withdrawal.consent_id)
                break
