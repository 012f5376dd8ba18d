"""Part of the log: one case, or everything, up to an instant or an event. What is read is always a prefix of every source's numbers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from backbone.log import LogRecord
from schemas.event import Envelope, Unreadable, read_envelope


class Place(NamedTuple):
    """Where an event stands on the log, and when it was recorded."""

    partition: int
    offset: int
    at: datetime


class NoSuchEvent(ValueError):
    """The log has no event with this id."""


class Prefix(NamedTuple):
    """What of the log is read. `until_at`: what was recorded by then. `until`: the event there, and what stands before it in its
    partition; of other partitions what was recorded by then.
    """

    case_id: str | None = None
    until_at: datetime | None = None
    until: Place | None = None

    @property
    def whole(self) -> bool:
        """True when nothing is left out."""
        return self == Prefix()

    @property
    def cut(self) -> bool:
        """True when later records are left out."""
        return self.until_at is not None or self.until is not None

    def of(self, records: Sequence[LogRecord]) -> list[LogRecord]:
        """The records that belong to it. Those that are no event belong when their place does."""
        return list(records) if self.whole else [record for record in records if self._has(record)]

    def _has(self, record: LogRecord) -> bool:
        if self.case_id is not None and record.key != self.case_id.encode():
            return False
        if self.until is not None and record.partition == self.until.partition:
            return record.offset <= self.until.offset
        last = self.until.at if self.until is not None else self.until_at
        if last is None:
            return True
        envelope = _envelope(record)
        return envelope is None or envelope.time <= last

    def __str__(self) -> str:
        case = f"case {self.case_id}" if self.case_id else "the whole log"
        if self.until is not None:
            return f"{case} up to partition {self.until.partition} offset {self.until.offset}"
        return f"{case} up to {self.until_at.isoformat()}" if self.until_at else case


def place_of(event_id: str, records: Iterable[Sequence[LogRecord]]) -> Place:
    """Where the event first stands. Raises NoSuchEvent."""
    wanted = event_id.encode()
    for batch in records:
        for record in batch:
            if wanted in (record.value or b""):
                envelope = _envelope(record)
                if envelope is not None and envelope.id == event_id:
                    return Place(record.partition, record.offset, envelope.time)
    raise NoSuchEvent(f"the log has no event {event_id}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that say which part of the log is meant."""
    parser.add_argument("--case", metavar="CASE", help="only this case, by its pseudonym")
    parser.add_argument(
        "--until",
        metavar="TIME|EVENT",
        help="an instant with its offset (2026-09-01T12:00:00+02:00), or an event's id",
    )


def chosen(asked: argparse.Namespace, records: Callable[[], Iterable[Sequence[LogRecord]]]) -> Prefix:
    """The part of the log that was asked for; `records` reads the log when an event must be found. Raises NoSuchEvent."""
    if asked.until is None:
        return Prefix(asked.case)
    at = _instant(asked.until)
    return (
        Prefix(asked.case, until_at=at) if at else Prefix(asked.case, until=place_of(asked.until, records()))
    )


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _envelope(record: LogRecord) -> Envelope | None:
    try:
        return read_envelope(record.value)
    except Unreadable:
        return None
