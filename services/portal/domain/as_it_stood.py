"""A case as it stood at a moment of its log: what had been recorded by then, seen as it was known then; and what one event changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec

from schemas import catalogue  # noqa: F401  (declares every event)
from schemas.correctable import occurred_on
from schemas.correction import Mark, resolved
from schemas.event import Envelope, Fact, Unreadable, open_event
from schemas.local_time import local_date
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after

PARTS = {
    "contracts": "kontrakten",
    "meetings": "moter",
    "items": "opplysninger",
    "consents": "samtykker",
    "deviations": "avvik",
    "deadlines": "frister",
    "members": "gruppen",
    "group_id": "gruppen",
}
"""Where on the case page a part of the view is shown: the id of its heading. What is not here stands in the head of the page."""
HEAD = "hode"
COUNTED = frozenset({"events", "version", "case_id", "sections"})


class Entry(NamedTuple):
    """One record of the case on the log. `number` counts all of them from 1; `fact` is None for one that repeats another or cannot be
    read. `recorded_at` is when it came on the log, `occurred_on` when it happened in the world, where the event says so.
    """

    number: int
    type: str
    recorded_at: datetime
    fact: Fact | None
    occurred_on: date | None

    @property
    def later(self) -> bool:
        """True when it was recorded on another day than it happened."""
        return self.occurred_on is not None and self.occurred_on != local_date(self.recorded_at)


class Changed(NamedTuple):
    """What an event changed in one part of the page: how many things are new, otherwise and gone."""

    part: str
    new: int = 0
    otherwise: int = 0
    gone: int = 0


def entries_of(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The records of a case as the audit service gives them, in the order of the log."""
    return [_entry(number, row) for number, row in enumerate(rows, start=1)]


def _entry(number: int, row: Mapping[str, Any]) -> Entry:
    recorded_at = datetime.fromisoformat(row["time"])
    fact = None if row["repeated"] else _fact(row, recorded_at)
    occurred = occurred_on(fact.event) if fact is not None else None
    return Entry(number, str(row["type"]), recorded_at, fact, occurred)


def _fact(row: Mapping[str, Any], recorded_at: datetime) -> Fact | None:
    envelope = Envelope(
        specversion="1.0",
        id=row["event_id"],
        source=row["source"],
        type=row["type"],
        version=row["version"],
        time=recorded_at,
        case_id=row["case_id"],
        datacontenttype="application/json",
        dataschema="",
        sequence=row["sequence"],
        actor=row["actor"],
        actor_agency=row["actor_agency"],
        caused_by=row["caused_by"],
        data=msgspec.Raw(msgspec.json.encode(row["data"])),
    )
    try:
        return Fact(envelope, open_event(envelope))
    except Unreadable:
        return None


def number_at(entries: Sequence[Entry], at: datetime) -> int:
    """The number of the last entry recorded by an instant, 0 when there is none."""
    return max((entry.number for entry in entries if entry.recorded_at <= at), default=0)


def view_at(case_id: str, entries: Sequence[Entry], number: int) -> CaseView:
    """The case when so many entries had been recorded. A correction counts from when it was recorded: before that the page said what
    was wrong, and so it says here.
    """
    view = CaseView(case_id=case_id)
    facts = [entry.fact for entry in entries[:number] if entry.fact is not None]
    for fact, mark in resolved(facts):
        if mark is not Mark.VOIDED:
            view = after(view, fact)
    return view


def changes(before: CaseView, now: CaseView) -> list[Changed]:
    """What is otherwise on the page of the second view than on that of the first, part by part."""
    found: dict[str, Changed] = {}
    for one in (*_of_fields(before, now), *_of_sections(before, now)):
        known = found.get(one.part, Changed(one.part))
        found[one.part] = Changed(
            one.part, known.new + one.new, known.otherwise + one.otherwise, known.gone + one.gone
        )
    return list(found.values())


def _of_fields(before: CaseView, now: CaseView) -> Iterator[Changed]:
    for name in now.__struct_fields__:
        was, is_now = getattr(before, name), getattr(now, name)
        if name in COUNTED or was == is_now:
            continue
        part = PARTS.get(name, HEAD)
        if isinstance(is_now, tuple) and isinstance(was, tuple):
            yield _of_rows(part, was, is_now)
        else:
            yield Changed(part, otherwise=1)


def _of_rows(part: str, was: tuple[Any, ...], is_now: tuple[Any, ...]) -> Changed:
    """Things are the same thing when their first field, their id, is."""
    old, new = ({_key(one): one for one in side} for side in (was, is_now))
    otherwise = sum(_shown(old[key]) != _shown(new[key]) for key in old.keys() & new.keys())
    return Changed(
        part, new=len(new.keys() - old.keys()), otherwise=otherwise, gone=len(old.keys() - new.keys())
    )


def _key(one: Any) -> Any:
    return getattr(one, one.__struct_fields__[0]) if isinstance(one, msgspec.Struct) else one


def _shown(one: Any) -> Any:
    """Without the version, which nobody sees."""
    has = isinstance(one, msgspec.Struct) and "version" in one.__struct_fields__
    return msgspec.structs.replace(one, version=0) if has else one


def _of_sections(before: CaseView, now: CaseView) -> Iterator[Changed]:
    for name in before.sections.keys() | now.sections.keys():
        if before.sections.get(name) != now.sections.get(name):
            yield Changed(f"section-{name}", otherwise=1)
