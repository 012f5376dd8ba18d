"""The questions that an auditor asks across cases. Pseudonyms and codes; that a question was asked is on the
log too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from backbone.inbox import read
from backbone.log import LogRecord
from backbone.rows import table_of
from backbone.web import Answer, json_ready
from backbone.work import Work
from schemas.audit import LogQuestioned
from schemas.codes import Agency, AuditQuestion
from services.audit.domain import openings
from services.audit.domain.openings import OSLO, Asked, Withdrawal
from services.audit.tables import RecordRow

RECORD = table_of(RecordRow).c
ALL_CASES = "all-cases"
"""The subject of what is asked across cases; no case is called so."""
MOST = 10_000


class Narrowed(NamedTuple):
    """What a question is narrowed to: a person, an agency, a time (aware), all of them optional."""

    person_id: str | None = None
    agency: Agency | None = None
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, one: Asked) -> bool:
        """True for what the person, or anybody of the agency, asked to see."""
        return self.person_id in (None, one.person_id) and self.agency in (None, one.agency)


def ask(work: Work, question: AuditQuestion, narrowed: Narrowed) -> Answer:
    """The answer to a question, and an event that it was asked."""
    found = list(islice(ANSWERS[question](work, narrowed), MOST + 1))
    rows = [json_ready(one) for one in found[:MOST]]
    event = LogQuestioned(
        question=question, person_id=narrowed.person_id, agency=narrowed.agency, records=len(rows)
    )
    work.publish(ALL_CASES, event)
    return {"question": question, "more": len(found) > MOST, "rows": rows}


def _asked(work: Work, narrowed: Narrowed) -> Iterator[Asked]:
    for at, record, payload in _events(work, "opening.decided", narrowed):
        case_id = (record.key or b"").decode()
        try:
            found = openings.lines(
                payload, at=at, case_id=case_id, partition=record.partition, offset=record.offset
            )
            yield from (one for one in found if narrowed.holds(one))
        except msgspec.ValidationError:
            continue  # not an opening as anybody published it: the case's own page shows it as it stands


def _events(work: Work, type_name: str, narrowed: Narrowed) -> Iterator[tuple[datetime, LogRecord, bytes]]:
    """The events of one type in the order of their time, repeats left out."""
    names = ("partition", "offset", "key", "value", "time", "event_id")
    statement = select(*(RECORD[name] for name in names)).where(RECORD.type == type_name)
    if narrowed.since is not None:
        statement = statement.where(RECORD.time >= narrowed.since)
    if narrowed.until is not None:
        statement = statement.where(RECORD.time < narrowed.until)
    seen: set[str] = set()
    for partition, offset, key, value, at, event_id in work.query(
        statement.order_by(RECORD.time, RECORD.partition, RECORD.offset)
    ):
        record = LogRecord(partition, offset, key, value)
        envelope = read(record).envelope
        if envelope is not None and event_id not in seen:
            seen.add(event_id)
            yield at, record, bytes(envelope.data)


def _unusual(work: Work, narrowed: Narrowed) -> Iterable[Asked]:
    meetings: dict[str, list[date]] = {}
    for _, record, payload in _events(work, "meeting.called", Narrowed()):
        starts_at = msgspec.json.decode(payload, type=_Meeting).starts_at
        meetings.setdefault((record.key or b"").decode(), []).append(starts_at.astimezone(OSLO).date())
    for days in meetings.values():
        days.sort()
    return openings.unusual(_asked(work, narrowed), meetings=meetings)


class _Meeting(msgspec.Struct):
    starts_at: datetime


class _Consent(msgspec.Struct):
    consent_id: str
    categories: frozenset[str] = frozenset()


def _after_withdrawal(work: Work, narrowed: Narrowed) -> Iterable[Asked]:
    about = {}
    for _, _, payload in _events(work, "consent.requested", Narrowed()):
        consent = msgspec.json.decode(payload, type=_Consent)
        about[consent.consent_id] = consent.categories
    withdrawals: dict[str, list[Withdrawal]] = {}
    for at, record, payload in _events(work, "consent.withdrawn", Narrowed()):
        consent_id = msgspec.json.decode(payload, type=_Consent).consent_id
        withdrawal = Withdrawal(at=at, consent_id=consent_id, categories=about.get(consent_id, frozenset()))
        withdrawals.setdefault((record.key or b"").decode(), []).append(withdrawal)
    return openings.after_withdrawal(_asked(work, narrowed), withdrawals=withdrawals)


def _discarded(work: Work, narrowed: Narrowed) -> Iterator[dict[str, Any]]:
    for at, record, payload in _events(work, "parked_event.discarded", narrowed):
        told = msgspec.json.decode(payload)
        yield {"at": at.isoformat(), "case_id": (record.key or b"").decode(), **told}


ANSWERS: dict[AuditQuestion, Callable[[Work, Narrowed], Iterable[Any]]] = {
    AuditQuestion.OPENINGS: _asked,
    AuditQuestion.DENIED: lambda work, narrowed: openings.denied(_asked(work, narrowed)),
    AuditQuestion.WITHOUT_CONSENT: lambda work, narrowed: openings.without_consent(_asked(work, narrowed)),
    AuditQuestion.UNUSUAL: _unusual,
    AuditQuestion.AFTER_WITHDRAWAL: _after_withdrawal,
    AuditQuestion.DISCARDED: _discarded,
}
