"""Questions about what was registered rather than opened: what was put right, which receipts are missing, what nobody could apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.work import Work
from schemas.correction import (
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
)
from schemas.event import Event, Unreadable, open_event
from schemas.operation import ParkedEventDiscarded
from schemas.receipt import ReceiptGiven, ReceiptRequested
from services.audit.domain.corrections import Line, lines
from services.audit.narrowing import EVERYTHING, RECORD, Narrowed, Told, events

PUT_RIGHT = (RegistrationCorrected, RegistrationVoided, RegistrationRedacted, RedactedContentDestroyed)


def corrections(work: Work, narrowed: Narrowed) -> Iterator[Line]:
    """What was corrected, struck, redacted or destroyed: before and after, a line for each field."""
    for told in events(work, narrowed, *(one.type for one in PUT_RIGHT)):
        event = _event(told)
        if event is None or narrowed.person_id not in (None, told.envelope.actor):
            continue
        if narrowed.agency not in (None, told.envelope.actor_agency):
            continue
        yield from lines(
            event,
            at=told.envelope.time,
            case_id=told.envelope.case_id,
            actor=told.envelope.actor,
            before=_said_before(work, told.envelope.case_id, event),
        )


def _said_before(work: Work, case_id: str, event: Event) -> dict[str, Any]:
    """What each struck event had said, by its id; nothing for those that say themselves what was wrong."""
    if not isinstance(event, RegistrationVoided):
        return {}
    statement = select(RECORD.partition, RECORD.offset, RECORD.key, RECORD.value).where(
        RECORD.case_id == case_id, RECORD.event_id.in_([event.voided_id, *event.with_ids])
    )
    found: dict[str, dict[str, Any]] = {}
    for row in work.query(statement):
        envelope = read(LogRecord(*row)).envelope
        if envelope is not None:
            found.setdefault(envelope.id, {"type": envelope.type, **msgspec.json.decode(envelope.data)})
    return found


def receipts_missing(work: Work, narrowed: Narrowed) -> Iterator[dict[str, Any]]:
    """Receipts that were asked for after a withdrawal and never given; `days` is how long each has been waited for."""
    given = {
        event.receipt_id
        for told in events(work, EVERYTHING, ReceiptGiven.type)
        if isinstance(event := _event(told), ReceiptGiven)
    }
    for told in events(work, narrowed, ReceiptRequested.type):
        event = _event(told)
        if not isinstance(event, ReceiptRequested) or event.receipt_id in given:
            continue
        if narrowed.person_id in (None, event.person_id) and narrowed.agency in (None, event.agency):
            yield {
                "at": told.envelope.time,
                "case_id": told.envelope.case_id,
                "person_id": event.person_id,
                "agency": event.agency,
                "consent_id": event.consent_id,
                "receipt_id": event.receipt_id,
                "refs": " ".join(event.refs),
                "days": (work.moment.decided_at - told.envelope.time).days,
            }


def discarded(work: Work, narrowed: Narrowed) -> Iterator[dict[str, Any]]:
    """Events that an operator laid aside."""
    for told in events(work, narrowed, ParkedEventDiscarded.type):
        said = msgspec.json.decode(told.payload)
        yield {
            "at": told.envelope.time,
            "case_id": told.envelope.case_id,
            "actor": told.envelope.actor,
            **said,
        }


def parked(work: Work, narrowed: Narrowed) -> Iterator[dict[str, Any]]:
    """Records that no service can apply, told from the log alone: what cannot be read, two events of one number, and numbers after a
    hole. Each is parked in every service that it means anything to, until an operator lays it aside.
    """
    aside = {(one["partition"], one["offset"]): one["service"] for one in discarded(work, EVERYTHING)}
    for record, at, why in _unreadable(work, narrowed):
        yield _parked_line(record, at, why, aside)
    for record, at in _forks(work, narrowed):
        yield _parked_line(record, at, "FORK", aside)


def _unreadable(work: Work, narrowed: Narrowed) -> Iterator[tuple[LogRecord, datetime | None, str]]:
    columns = [RECORD[name] for name in ("partition", "offset", "key", "value", "time")]
    conditions = narrowed.conditions()
    statement = select(*columns).where(*conditions).order_by(RECORD.partition, RECORD.offset)
    for partition, offset, key, value, at in work.query(statement.execution_options(yield_per=2000)):
        record = LogRecord(partition, offset, key, value)
        found = read(record)
        if found.envelope is None:
            yield record, at, "UNREADABLE"
        else:
            try:
                open_event(found.envelope)
            except Unreadable:
                yield record, at, "UNREADABLE"


def _forks(work: Work, narrowed: Narrowed) -> Iterator[tuple[LogRecord, datetime]]:
    """Every event whose number an earlier event of the same case and source has."""
    number = (RECORD.case_id, RECORD.source, RECORD.sequence)
    twice = (
        select(*number, func.min(RECORD.offset).label("first"))
        .where(RECORD.sequence.is_not(None), *narrowed.conditions())
        .group_by(*number)
        .having(func.count(func.distinct(RECORD.event_id)) > 1)
        .subquery()
    )
    statement = (
        select(RECORD.partition, RECORD.offset, RECORD.key, RECORD.value, RECORD.time)
        .join(
            twice,
            (RECORD.case_id == twice.c.case_id)
            & (RECORD.source == twice.c.source)
            & (RECORD.sequence == twice.c.sequence)
            & (RECORD.offset > twice.c.first),
        )
        .order_by(RECORD.partition, RECORD.offset)
    )
    for partition, offset, key, value, at in work.query(statement):
        yield LogRecord(partition, offset, key, value), at


def _parked_line(
    record: LogRecord, at: datetime | None, why: str, aside: dict[tuple[int, int], str]
) -> dict[str, Any]:
    case_id = (record.key or b"").decode("utf-8", "replace").replace("\0", "\ufffd")[:80]
    place = (record.partition, record.offset)
    return {
        "at": at,
        "case_id": case_id,
        "partition": record.partition,
        "offset": record.offset,
        "why": why,
        "laid_aside_by": aside.get(place),
    }


def _event(told: Told) -> Event | None:
    try:
        return open_event(told.envelope)
    except Unreadable:
        return None
