"""The youth's own report: who is in the group, what was agreed, and everything that was opened or given about
them. Never another's secrets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from schemas.codes import Agency, Category, Outcome, Purpose
from schemas.disclosure import DutyActedOn
from schemas.information import OpeningDecided
from services.sharing.domain.disclosure import Disclosure


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """That one agency's person asked to see content of one category about the youth: when, why, on what basis
    or why not.
    """

    at: datetime
    person_id: str
    agency: Agency | None
    purpose: Purpose
    category: Category | None
    from_agency: Agency | None
    outcome: Outcome
    basis: str | None
    reason: str | None
    pieces: int


def shown_now(disclosure: Disclosure | DutyActedOn, on: date) -> bool:
    """True when the youth has been told of a disclosure, or of what somebody did on their own duty, or the day to look again has come: a deferral never
    outlives its date by being forgotten.
    """
    return disclosure.youth_told_on is not None or (
        disclosure.tell_review_on is not None and disclosure.tell_review_on <= on
    )


def entries(
    openings: Iterable[tuple[datetime, OpeningDecided]],
    *,
    youth_id: str | None,
    deferred: frozenset[str],
) -> list[Entry]:
    """What was asked for about the youth: a line for each opening, category, giver and answer, openings on
    deferred disclosures left out. The event says whom a text was about, so that a text which is gone stays told.
    """
    found: list[Entry] = []
    for at, event in openings:
        groups: dict[tuple[Any, ...], int] = {}
        for one in event.decisions:
            if youth_id is not None and one.about_id == youth_id and one.disclosure_id not in deferred:
                key = (one.category, one.from_agency, one.outcome, one.basis, one.reason)
                groups[key] = groups.get(key, 0) + 1
        found += [_entry(at, event, key, pieces) for key, pieces in groups.items()]
    return found


def _entry(at: datetime, event: OpeningDecided, key: tuple[Any, ...], pieces: int) -> Entry:
    category, from_agency, outcome, basis, reason = key
    return Entry(
        at=at,
        person_id=event.person_id,
        agency=event.to_agency,
        purpose=event.purpose,
        category=category,
        from_agency=from_agency,
        outcome=outcome,
        basis=basis,
        reason=reason,
        pieces=pieces,
    )
