"""The questions that an auditor asks across cases. Pseudonyms and codes; that a question was asked is on the
log too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import msgspec

from backbone.log import LogRecord
from backbone.refusal import NotFound, Sentence
from backbone.web import Answer, json_ready
from backbone.work import Work
from backbone.working_days import is_holiday
from schemas.archive import CaseExportedToArchive
from schemas.audit import LogQuestioned
from schemas.case import CaseOpened
from schemas.codes import AuditPurpose, AuditQuestion
from schemas.information import OpeningDecided
from schemas.local_time import local_date
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from services.audit import queries, registrations
from services.audit.commands import say_looked
from services.audit.domain import openings
from services.audit.domain.access_lines import access_lines as cef
from services.audit.domain.openings import Asked, Withdrawal
from services.audit.narrowing import ALL_CASES, EVERYTHING, Narrowed, Told, events

MOST = 10_000
NOT_ABOUT_OPENINGS = Sentence(
    "Svaret på dette spørsmålet er ikke tilganger, og finnes derfor ikke som CEF.",
    "Svaret på dette spørsmålet er ikkje tilgangar, og finst derfor ikkje som CEF.",
    "The answer to this question is not about access, and is therefore not there as CEF.",
)
NOT_IN_ROWS = Sentence(
    "Dette spørsmålet har sin egen side.",
    "Dette spørsmålet har si eiga side.",
    "This question is answered elsewhere: /redecisions of the sharing service.",
)


def ask(work: Work, question: AuditQuestion, narrowed: Narrowed, *, purpose: AuditPurpose) -> Answer:
    """The answer to a question, and an event that it was asked. Raises NotFound for one that is not answered in rows."""
    if question not in ANSWERS:
        raise NotFound("NOT_A_QUESTION_IN_ROWS", NOT_IN_ROWS)
    found = list(islice(ANSWERS[question](work, narrowed), MOST + 1))
    rows = [json_ready(one) for one in found[:MOST]]
    _publish(work, question, narrowed, purpose=purpose, records=len(rows))
    return {"question": question, "more": len(found) > MOST, "rows": rows}


def access_lines(work: Work, question: AuditQuestion, narrowed: Narrowed, *, purpose: AuditPurpose) -> Answer:
    """The answer to a question about openings as lines of CEF, and an event that it was asked. Raises NotFound for another question."""
    if question not in ABOUT_OPENINGS:
        raise NotFound("NOT_ABOUT_OPENINGS", NOT_ABOUT_OPENINGS)
    found = list(islice(ANSWERS[question](work, narrowed), MOST + 1))
    _publish(work, question, narrowed, purpose=purpose, records=min(len(found), MOST))
    by_opening = sorted(found[:MOST], key=lambda one: (one.at, one.partition, one.offset))
    return {"question": question, "more": len(found) > MOST, "lines": list(cef(by_opening))}


def _publish(
    work: Work, question: AuditQuestion, narrowed: Narrowed, *, purpose: AuditPurpose, records: int
) -> None:
    """That it was asked; a question about one case stands on that case's own log too, as any look at it does."""
    if narrowed.case_id is not None and queries.is_case(work, narrowed.case_id):
        work.lock_cases([narrowed.case_id, ALL_CASES])
        say_looked(work, narrowed.case_id, purpose=purpose, records=records)
    event = LogQuestioned(
        question=question,
        purpose=purpose,
        person_id=narrowed.person_id,
        agency=narrowed.agency,
        about_case=narrowed.case_id,
        about_id=narrowed.about_id,
        records=records,
    )
    work.publish(ALL_CASES, event)


def _asked(work: Work, narrowed: Narrowed) -> Iterator[Asked]:
    protections = Protections(work, narrowed.case_id)
    for told in events(work, narrowed, OpeningDecided.type, CaseExportedToArchive.type):
        record, envelope = told
        try:
            if envelope.type == CaseExportedToArchive.type:
                made = _package(work, told, protections)
                yield from (one for one in (made,) if narrowed.holds(one))
                continue
            found = openings.lines(
                told.payload,
                at=envelope.time,
                case_id=envelope.case_id,
                partition=record.partition,
                offset=record.offset,
                protection=protections.at(record, envelope.case_id),
            )
            yield from (one for one in found if narrowed.holds(one))
        except msgspec.ValidationError:
            continue  # not an opening as anybody published it: the case's own page shows it as it stands


def _package(work: Work, told: Told, protections: Protections) -> Asked:
    """A package for the archive; whom it is about is told where the case was opened, and not again."""
    record, envelope = told
    opened = events(work, Narrowed(case_id=envelope.case_id), CaseOpened.type)
    youths = [_decoded(one.payload, _Case).youth_id for one in opened]
    return openings.package(
        told.payload,
        at=envelope.time,
        case_id=envelope.case_id,
        person_id=envelope.actor,
        agency=envelope.actor_agency,
        about_id=youths[-1] if youths else None,
        partition=record.partition,
        offset=record.offset,
        protection=protections.at(record, envelope.case_id),
    )


def _without_consent(work: Work, narrowed: Narrowed) -> Iterable[Asked]:
    """By basis, and within a basis by time."""
    return sorted(openings.without_consent(_asked(work, narrowed)), key=lambda one: (one.basis or "", one.at))


def _unusual(work: Work, narrowed: Narrowed) -> Iterable[Asked]:
    within = Narrowed(case_id=narrowed.case_id)
    days: dict[str, set[date]] = {}
    for told in events(work, within, "meeting.called", "meeting.moved", "meeting.held"):
        days.setdefault(told.envelope.case_id, set()).update(_decoded(told.payload, _Meeting).days())
    tasks: dict[tuple[str, str], set[date]] = {}
    for told in events(work, within, "task.assigned", "task.reassigned"):
        task = _decoded(told.payload, _Task)
        owner = (told.envelope.case_id, task.owner_id or task.to_id or "")
        tasks.setdefault(owner, set()).update(task.days(told.envelope.time))
    return openings.unusual(
        _asked(work, narrowed),
        meetings={case_id: sorted(found) for case_id, found in days.items()},
        tasks={owner: sorted(found) for owner, found in tasks.items()},
        is_holiday=is_holiday,
    )


class Protections:
    """Which cases had address protection when: the gate says both, in one partition, so the order of the log decides."""

    def __init__(self, work: Work, case_id: str | None) -> None:
        self._changes: dict[str, list[tuple[int, str | None]]] = {}
        types = (AddressProtectionSet.type, AddressProtectionCleared.type)
        for told in events(work, Narrowed(case_id=case_id), *types):
            level = _decoded(told.payload, _Protection).level
            changes = self._changes.setdefault(told.envelope.case_id, [])
            changes.append((told.record.offset, level))
        for changes in self._changes.values():
            changes.sort(key=lambda change: change[0])

    def at(self, record: LogRecord, case_id: str) -> str | None:
        """The level that the case had when the record was written, None where it had none."""
        before = [level for offset, level in self._changes.get(case_id, ()) if offset < record.offset]
        return before[-1] if before else None


class _Protection(msgspec.Struct):
    level: str | None = None


class _Case(msgspec.Struct):
    youth_id: str | None = None


class _Meeting(msgspec.Struct):
    starts_at: datetime | None = None
    held_on: date | None = None

    def days(self) -> Iterator[date]:
        if self.starts_at is not None:
            yield local_date(self.starts_at)
        if self.held_on is not None:
            yield self.held_on


class _Task(msgspec.Struct):
    owner_id: str | None = None
    to_id: str | None = None
    due_on: date | None = None

    def days(self, told_at: datetime) -> Iterator[date]:
        yield local_date(told_at)
        if self.due_on is not None:
            yield self.due_on


class _Consent(msgspec.Struct):
    consent_id: str
    categories: frozenset[str] = frozenset()
    only_to: frozenset[str] | None = None


def _after_withdrawal(work: Work, narrowed: Narrowed) -> Iterable[Asked]:
    about = {}
    for told in events(work, EVERYTHING, "consent.requested"):
        consent = _decoded(told.payload, _Consent)
        about[consent.consent_id] = consent.categories
    withdrawals: dict[str, list[Withdrawal]] = {}
    for told in events(work, EVERYTHING, "consent.withdrawn"):
        said = _decoded(told.payload, _Consent)
        withdrawal = Withdrawal(
            at=told.envelope.time,
            consent_id=said.consent_id,
            categories=about.get(said.consent_id, frozenset()),
            only_to=said.only_to,
        )
        withdrawals.setdefault(told.envelope.case_id, []).append(withdrawal)
    return openings.after_withdrawal(_asked(work, narrowed), withdrawals=withdrawals)


def _decoded(payload: bytes, shape: Any) -> Any:
    """What of an event a question needs; the empty shape for one that is not as it was published."""
    try:
        return msgspec.json.decode(payload, type=shape)
    except msgspec.DecodeError:
        return shape(consent_id="") if shape is _Consent else shape()


ABOUT_OPENINGS = frozenset(
    {
        AuditQuestion.OPENINGS,
        AuditQuestion.DENIED,
        AuditQuestion.WITHOUT_CONSENT,
        AuditQuestion.UNUSUAL,
        AuditQuestion.AFTER_WITHDRAWAL,
    }
)
ANSWERS: dict[AuditQuestion, Callable[[Work, Narrowed], Iterable[Any]]] = {
    AuditQuestion.OPENINGS: _asked,
    AuditQuestion.DENIED: lambda work, narrowed: openings.denied(_asked(work, narrowed)),
    AuditQuestion.WITHOUT_CONSENT: _without_consent,
    AuditQuestion.UNUSUAL: _unusual,
    AuditQuestion.AFTER_WITHDRAWAL: _after_withdrawal,
    AuditQuestion.RECEIPTS_MISSING: registrations.receipts_missing,
    AuditQuestion.CORRECTIONS: registrations.corrections,
    AuditQuestion.PARKED: registrations.parked,
    AuditQuestion.DISCARDED: registrations.discarded,
}
