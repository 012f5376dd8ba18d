"""What is asked of the store: pseudonyms, references and codes; there is nothing else in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import RowMapping, func, select

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.work import Work
from schemas.audit import CaseAudited
from services.audit.narrowing import ALL_CASES, RECORD

ONE_LOOK = timedelta(minutes=30)
"""How long an auditor who walks from event to event is taken to be looking once."""
SHOWN = (
    *("partition", "offset", "event_id", "source", "sequence", "type", "time"),
    *("actor", "actor_agency", "caused_by", "basis"),
)


def cases(work: Work, *, after: str, limit: int) -> list[dict[str, Any]]:
    """The cases whose pseudonym follows `after`: how many events each has, the first and last time."""
    statement = (
        select(
            RECORD.case_id,
            func.count().label("events"),
            func.count(func.distinct(RECORD.source)).label("sources"),
            func.min(RECORD.time).label("first_at"),
            func.max(RECORD.time).label("last_at"),
        )
        .where(RECORD.case_id > after, RECORD.case_id != ALL_CASES)
        .group_by(RECORD.case_id)
        .order_by(RECORD.case_id)
        .limit(limit)
    )
    return [dict(row) for row in work.query(statement).mappings()]


def is_case(work: Work, case_id: str) -> bool:
    """True for what the log calls a case; an auditor may type anything."""
    statement = select(RECORD.case_id).where(RECORD.case_id == case_id).limit(1)
    return case_id != ALL_CASES and work.query(statement).first() is not None


def events(work: Work, case_id: str) -> list[dict[str, Any]]:
    """Every event of the case in the order of the log, the same for every reader; repeats are marked."""
    columns = [RECORD[name] for name in (*SHOWN, "key", "value")]
    statement = select(*columns).where(RECORD.case_id == case_id).order_by(RECORD.partition, RECORD.offset)
    seen: set[tuple[str, int]] = set()
    found = []
    for row in work.query(statement).mappings():
        number = (row["source"], row["sequence"])
        found.append({**_shown(row), "repeated": number in seen})
        seen.add(number)
    return found


def _shown(row: RowMapping) -> dict[str, Any]:
    envelope = read(LogRecord(row["partition"], row["offset"], row["key"], row["value"])).envelope
    payload = msgspec.json.decode(envelope.data) if envelope is not None else None
    shown = {name: row[name] for name in SHOWN}
    version = envelope.version if envelope is not None else None
    return {**shown, "version": version, "time": row["time"].isoformat(), "data": payload}


def looked_lately(work: Work, case_id: str, purpose: str) -> bool:
    """True when the same person looked at the case for the same purpose within half an hour: it is on the log already."""
    statement = (
        "SELECT 1 FROM outbox WHERE case_id = %s AND type = %s AND recorded_at > %s"
        " AND convert_from(body, 'UTF8')::jsonb ->> 'actor' = %s"
        " AND convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'purpose' = %s LIMIT 1"
    )
    since = work.moment.real_at - ONE_LOOK
    values = (case_id, CaseAudited.type, since, work.actor.person_id, purpose)
    return work.session.connection().exec_driver_sql(statement, values).first() is not None
