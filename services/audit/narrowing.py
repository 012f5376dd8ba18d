"""What a question is narrowed to, and the events that it is about, in the order of their time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.rows import table_of
from backbone.work import Work
from schemas.codes import Agency
from schemas.event import Envelope
from services.audit.domain.openings import Asked
from services.audit.tables import RecordRow

RECORD = table_of(RecordRow).c
ALL_CASES = "all-cases"
"""The subject of what is asked across cases; no case is called so."""


class Narrowed(NamedTuple):
    """A person who asked, an agency, a case, a time (aware), a person who was asked about: all of them optional."""

    person_id: str | None = None
    agency: Agency | None = None
    since: datetime | None = None
    until: datetime | None = None
    case_id: str | None = None
    about_id: str | None = None

    def holds(self, one: Asked) -> bool:
        """True for what the person, or anybody of the agency, asked to see of whom it is about."""
        asker = self.person_id in (None, one.person_id) and self.agency in (None, one.agency)
        return asker and self.about_id in (None, one.about_id)

    def conditions(self) -> list[Any]:
        """The case and the time, on the columns of the store."""
        found = [] if self.since is None else [RECORD.time >= self.since]
        found += [] if self.until is None else [RECORD.time < self.until]
        return found + ([] if self.case_id is None else [RECORD.case_id == self.case_id])


EVERYTHING = Narrowed()


class Told(NamedTuple):
    """An event with its record."""

    record: LogRecord
    envelope: Envelope

    @property
    def payload(self) -> bytes:
        """What the event says."""
        return bytes(self.envelope.data)


def events(work: Work, narrowed: Narrowed, *types: str) -> Iterator[Told]:
    """The events of these types in the order of their time, repeats left out."""
    names = ("partition", "offset", "key", "value")
    statement = (
        select(*(RECORD[name] for name in names))
        .where(RECORD.type.in_(types), *narrowed.conditions())
        .order_by(RECORD.time, RECORD.partition, RECORD.offset)
    )
    seen: set[str] = set()
    for row in work.query(statement):
        record = LogRecord(*row)
        envelope = read(record).envelope
        if envelope is not None and envelope.id not in seen:
            seen.add(envelope.id)
            yield Told(record, envelope)
