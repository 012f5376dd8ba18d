"""The position, duplicates, holes and what is parked: one transaction moves the position together with what the events did.

Offsets say where to read; sequence numbers per case and source decide. Next number: apply. Old number, same event: a duplicate, skipped. Old number, other
event: a fork, the case is held. Number ahead: the case is held until the missing one comes. What cannot be understood is parked, and holds its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlmodel import select

from backbone.clock import Clock
from backbone.log import LogRecord
from backbone.logs import logger
from backbone.rows import array_of
from backbone.tables import AppliedRow, ParkedRow, PositionRow, SourceHeadRow
from backbone.together import Statement
from backbone.work import Service, Work, service_actor, work_on
from schemas.event import NEWEST, Envelope, Fact, Unreadable, open_event, read_envelope

log = logger(__name__)
TRANSIENT_STATES = ("08", "40", "53", "55P03", "57P")
"""SQLSTATE beginnings that pass by themselves: connection, serialization, resources, lock wait, shutdown."""


GHOSTS = """
SELECT own.event_id FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS own (case_id, sequence, event_id)
LEFT JOIN case_head ON case_head.case_id = own.case_id
LEFT JOIN outbox ON outbox.case_id = own.case_id AND outbox.sequence = own.sequence
WHERE own.sequence > coalesce(case_head.sequence, 0) OR outbox.event_id <> own.event_id
"""
"""Rows of the outbox that were sent long ago are gone, so what was published is asked of the case's number."""
LOCK_POSITION = "SELECT next_offset FROM position WHERE topic = %s AND partition = %s FOR UPDATE"
HEADS = "SELECT case_id, source, sequence FROM source_head WHERE case_id = ANY(%s::text[])"
HELD: Statement = (
    'SELECT DISTINCT ON (case_id) case_id, kind FROM parked ORDER BY case_id, partition, "offset"',
    (),
)


class Parking(StrEnum):
    """Why a record is parked."""

    UNREADABLE = "UNREADABLE"
    FORK = "FORK"
    AHEAD = "AHEAD"
    BUG = "BUG"
    BEHIND = "BEHIND"


class LogReplaced(RuntimeError):
    """The log is not the one this service has read: another topic, or its end lies before our position. A person must look."""


class StartsAhead(Exception):
    """The run starts after our position; read again from `next_offset` (once: a hole that a re-read does not fill is accepted)."""

    def __init__(self, next_offset: int) -> None:
        super().__init__(f"expected offset {next_offset}")
        self.next_offset = next_offset


class Read(NamedTuple):
    """A record with its envelope, or with why it has none."""

    record: LogRecord
    envelope: Envelope | None
    unreadable: str | None


class Inbox:
    """One service's reading of the case log. Thread-compatible: each partition is given to one thread at a time."""

    def __init__(self, engine: Engine, service: Service, clock: Clock, *, topic: str) -> None:
        self.engine, self.service, self.clock, self.topic = engine, service, clock, topic
        self.ghosts: set[str] = set()
        """Own events on the log that we have not published: the database is older than the log (restored from a backup)."""

    def positions(self, topic_id: str, partitions: Iterable[int], ends: dict[int, int]) -> dict[int, int]:
        """Where to read next in each partition, remembered for ever under the topic's id. Raises LogReplaced."""
        with self._work() as work:
            for partition in partitions:
                row = work.session.get(PositionRow, (self.topic, partition))
                if row is None:
                    work.session.add(
                        PositionRow(topic=self.topic, partition=partition, topic_id=topic_id, next_offset=0)
                    )
                elif row.topic_id != topic_id:
                    raise LogReplaced(
                        f"{self.topic} has another id than the one this service has read; positions are kept, nothing is read"
                    )
                elif row.next_offset > ends.get(partition, row.next_offset):
                    raise LogReplaced(
                        f"{self.topic} partition {partition} ends before our position {row.next_offset}; it was truncated"
                    )
            work.session.flush()
            found = work.session.exec(select(PositionRow).where(PositionRow.topic == self.topic)).all()
            return {row.partition: row.next_offset for row in found if row.partition in set(partitions)}

    def take(self, run: Sequence[LogRecord], *, accept_hole: bool = False) -> int:
        """Apply a run of one partition's records, in offset order, and give the next offset.

        All in one transaction; when that fails for a reason that will not pass, record by record, the failing one parked. Raises StartsAhead,
        and the database's own error when it is one that passes by itself (`passes`).
        """
        try:
            return self._take(run, accept_hole=accept_hole)
        except (StartsAhead, LogReplaced):
            raise
        except Exception as error:
            if passes(error):
                raise
            log.warning(
                "run_failed_going_one_by_one",
                partition=run[0].partition,
                offset=run[0].offset,
                error=type(error).__name__,
            )
        next_offset = run[0].offset
        for record in run:
            try:
                next_offset = self._take([record], accept_hole=True)
            except Exception as error:
                if passes(error):
                    raise
                next_offset = self._take([record], accept_hole=True, failing=type(error).__name__)
                log.error(
                    "event_parked",
                    partition=record.partition,
                    offset=record.offset,
                    kind=Parking.BUG,
                    error=type(error).__name__,
                    exc_info=error,
                )
        return next_offset

    def park(self, record: LogRecord, why: str) -> int:
        """Park a record without trying it; gives the next offset."""
        return self._take([record], accept_hole=True, failing=why)

    def _take(self, run: Sequence[LogRecord], *, accept_hole: bool, failing: str | None = None) -> int:
        partition = run[0].partition
        with self._work() as work:
            application = Application(work, run, under=(LOCK_POSITION, (self.topic, partition)))
            assert application.locked, (
                "a partition is read from a position that was stored when it was assigned"
            )
            ((next_offset,),) = application.locked
            fresh = application.leave_out_before(next_offset)
            if not fresh:
                return next_offset  # type: ignore[no-any-return]
            if fresh[0].offset > next_offset and not accept_hole:
                raise StartsAhead(next_offset)
            if self.service.keep is None:
                application.run(failing)
            else:
                self.service.keep(work, fresh)
            self.ghosts |= application.ghosts
            next_offset = fresh[-1].offset + 1
            work.last(
                "UPDATE position SET next_offset = %s WHERE topic = %s AND partition = %s",
                *(next_offset, self.topic, partition),
            )
        return next_offset

    def read_until(self) -> dict[int, int]:
        """Where the service, all its processes together, reads next in each partition that it has begun."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT partition, next_offset FROM position WHERE topic = %s", (self.topic,)
            )
            return {int(partition): int(next_offset) for partition, next_offset in found}

    def note_ghosts(self, records: Sequence[LogRecord]) -> set[str]:
        """Remember which of these records are own events that we have not published; gives all that are known."""
        with self._work() as work:
            self.ghosts |= Application(work, records).ghosts
        return self.ghosts

    def has_read(self, ends: Mapping[int, int]) -> bool:
        """True when every partition has been read up to these ends."""
        positions = self.read_until()
        return all(positions.get(partition, 0) >= end for partition, end in ends.items())

    def retry(self, partition: int, offset: int) -> bool:
        """Try a parked record again, and on success everything that waited behind it. Raises what it failed with."""
        with self._work() as work:
            parked = self._parked(work, partition, offset)
            if parked is None:
                return False
            Application(work, [as_record(parked)]).release(parked)
            return True

    def discard(self, work: Work, partition: int, offset: int) -> ParkedRow | None:
        """Lay a parked record aside for good; its number counts as applied, and what waited behind it is applied."""
        parked = self._parked(work, partition, offset)
        if parked is not None:
            Application(work, [as_record(parked)]).release(parked, skip=True)
        return parked

    def _parked(self, work: Work, partition: int, offset: int) -> ParkedRow | None:
        """The parked record, under the lock that a run of its partition takes: a run that still saw the case held could otherwise park
        one more behind it after everything was released.
        """
        if self._lock_position(work, partition) is None:
            return None
        return work.session.get(ParkedRow, (partition, offset))

    def _lock_position(self, work: Work, partition: int) -> int | None:
        (position,) = work.ask((LOCK_POSITION, (self.topic, partition)))
        return position[0][0] if position else None

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """A transaction of the reading. Its engine need not wait for the disk: what a crash takes back is read again from the position that
        it takes back too. What was published must be there before the relay sends it, so that commit waits.
        """
        actor = service_actor(self.service.name)
        with work_on(self.engine, self.service, moment=self.clock.moment(), actor=actor) as work:
            yield work
            if work.published:
                work.last("SET LOCAL synchronous_commit TO on")


class Application:
    """The application of some records in one transaction. What it rests on is asked in one round trip: first `under`, a lock that the rest is
    read under, whose answer is `locked`; then how far each source of the cases has come, what holds them, which own events are ghosts, and the
    states of the cases.
    """

    def __init__(self, work: Work, records: Sequence[LogRecord], *, under: Statement | None = None) -> None:
        self.work, self.service = work, work.service
        self.reads = [read(record) for record in records]
        cases = {item.envelope.case_id for item in self.reads if item.envelope is not None}
        decides = self.service.keep is None
        asked = (
            under,
            (HEADS, (array_of(cases),)) if decides else None,
            HELD if decides else None,
            self._ask_ghosts(),
            *[shelf.question(cases) for shelf in self.service.by_case],
        )
        self.locked, heads, held, ghosts, *states = work.ask(*asked)
        for shelf, found in zip(self.service.by_case, states, strict=True):
            shelf.learn(work, cases, found)
        self._heads: dict[tuple[str, str], int] = {(case, source): number for case, source, number in heads}
        self._held = {case_id: Parking(kind) for case_id, kind in held}
        self.ghosts: set[str] = {event_id for (event_id,) in ghosts}
        """Own events among the records that this database has not published, or has published otherwise."""
        if self.ghosts:
            log.error("log_is_ahead_of_the_outbox", count=len(self.ghosts))

    def leave_out_before(self, offset: int) -> list[LogRecord]:
        """Leave out what lies before an offset; gives the records that are left."""
        self.reads = [item for item in self.reads if item.record.offset >= offset]
        return [item.record for item in self.reads]

    def run(self, failing: str | None = None) -> None:
        """Apply, skip or park each record in order. `failing` parks the (one) record as a bug of ours."""
        for item in self.reads:
            if item.envelope is None:
                self._park(item, Parking.UNREADABLE, item.unreadable or "")
            elif item.envelope.source == self.service.name:
                continue
            elif failing is not None:
                self._park(item, Parking.BUG, failing)
            else:
                self._decide(item, item.envelope)

    def _decide(self, item: Read, envelope: Envelope) -> None:
        head = self._heads.get((envelope.case_id, envelope.source), 0)
        if envelope.sequence <= head:
            if self._stood(envelope) not in (envelope.id, None):
                self._park(item, Parking.FORK, "another event has this number")
            return
        held = self._held.get(envelope.case_id)
        if envelope.sequence > head + 1:
            self._park(
                item,
                Parking.AHEAD if held is None else Parking.BEHIND,
                f"number {envelope.sequence} came after {head}",
            )
        elif held is None:
            self._apply(item, envelope)
        elif held is Parking.AHEAD and self._fills(envelope):
            self._apply(item, envelope)
            self._drain(envelope.case_id)
        else:
            self._park(item, Parking.BEHIND, "an earlier event of the case waits")

    def _apply(self, item: Read, envelope: Envelope) -> None:
        newest = NEWEST.get(envelope.type)
        if newest is not None and self.service.knows(newest):
            try:
                fact = Fact(envelope, open_event(envelope))
            except Unreadable as error:
                self._park(item, Parking.UNREADABLE, str(error))
                return
            self.service.fold(self.work, fact)
            reaction = self.service.reactions.get(newest)
            if reaction is not None:
                reaction(self.work, fact)
        self._advance(envelope)

    def _advance(self, envelope: Envelope) -> None:
        self.service.hear(self.work, envelope)
        self._heads[envelope.case_id, envelope.source] = envelope.sequence
        self.work.put(
            SourceHeadRow, case_id=envelope.case_id, source=envelope.source, sequence=envelope.sequence
        )
        self.work.put(
            AppliedRow,
            case_id=envelope.case_id,
            source=envelope.source,
            sequence=envelope.sequence,
            event_id=envelope.id,
        )

    def release(self, parked: ParkedRow, *, skip: bool = False) -> None:
        """Apply a parked record now (or only count its number), then what waited behind it."""
        (item,) = self.reads
        self._held.pop(parked.case_id, None)
        self.work.session.delete(parked)
        self.work.session.flush()
        if item.envelope is not None and item.envelope.source != self.service.name:
            head = self._heads.get((item.envelope.case_id, item.envelope.source), 0)
            if skip and item.envelope.sequence > head:
                self._advance(item.envelope)
            elif not skip:
                self._decide(item, item.envelope)
        elif not skip:
            self._park(item, Parking.UNREADABLE, item.unreadable or "")
        self._drain(parked.case_id)

    def _drain(self, case_id: str) -> None:
        """Apply what was parked only because something else was, in order, as far as it goes."""
        while self._drain_one(case_id):
            pass

    def _drain_one(self, case_id: str) -> bool:
        self.work.flush()
        waiting = self.work.session.exec(
            select(ParkedRow)
            .where(ParkedRow.case_id == case_id)
            .order_by(ParkedRow.partition, ParkedRow.offset)  # type: ignore[arg-type]
        ).all()
        self._held.pop(case_id, None)
        for parked in waiting:
            if parked.kind not in (Parking.AHEAD, Parking.BEHIND):
                self._held[case_id] = Parking(parked.kind)
                return False
            item = read(as_record(parked))
            if item.envelope is None or not self._has_turn(item.envelope):
                self._held.setdefault(case_id, Parking.AHEAD)
                continue
            self.work.session.delete(parked)
            self.work.session.flush()
            self._held.pop(case_id, None)
            self._decide(item, item.envelope)
            return True
        return False

    def _has_turn(self, envelope: Envelope) -> bool:
        """True when the event is next (or old), and nothing before it in the case waits for a number that this one does not bring nearer."""
        key = (envelope.case_id, envelope.source)
        if key not in self._heads:
            self._heads[key] = self._head(*key)
        if envelope.sequence > self._heads[key] + 1:
            return False
        return envelope.case_id not in self._held or self._fills(envelope)

    def _park(self, item: Read, kind: Parking, error: str) -> None:
        record, envelope = item.record, item.envelope
        case_id = (
            envelope.case_id
            if envelope
            else (record.key or b"").decode("utf-8", "replace").replace("\0", "\ufffd")[:80]
        )
        self._held.setdefault(case_id, kind)
        self.work.put(
            ParkedRow,
            partition=record.partition,
            offset=record.offset,
            case_id=case_id,
            source=envelope.source if envelope else None,
            sequence=envelope.sequence if envelope else None,
            event_id=envelope.id if envelope else None,
            type=envelope.type[:120] if envelope else None,
            kind=kind.value,
            error=error[:500],
            key=record.key,
            body=record.value,
            parked_at=self.work.moment.real_at,
            attempts=1,
        )
        self._alarm(record, kind)

    def _alarm(self, record: LogRecord, kind: Parking) -> None:
        if kind is not Parking.BEHIND:
            log.error("event_parked", partition=record.partition, offset=record.offset, kind=kind.value)

    def _fills(self, envelope: Envelope) -> bool:
        """True when an event of the same source waits for this number to come."""
        self.work.flush()
        found = self.work.session.connection().exec_driver_sql(
            "SELECT 1 FROM parked WHERE case_id = %s AND source = %s AND sequence > %s LIMIT 1",
            (envelope.case_id, envelope.source, envelope.sequence),
        )
        return found.first() is not None

    def _stood(self, envelope: Envelope) -> str | None:
        self.work.flush()
        row = self.work.session.connection().exec_driver_sql(
            "SELECT event_id FROM applied WHERE case_id = %s AND source = %s AND sequence = %s",
            (envelope.case_id, envelope.source, envelope.sequence),
        )
        return row.scalar()

    def _head(self, case_id: str, source: str) -> int:
        row = self.work.session.connection().exec_driver_sql(
            "SELECT sequence FROM source_head WHERE case_id = %s AND source = %s", (case_id, source)
        )
        return int(row.scalar() or 0)

    def _ask_ghosts(self) -> Statement | None:
        own = [
            (item.envelope.case_id, item.envelope.sequence, item.envelope.id)
            for item in self.reads
            if item.envelope is not None and item.envelope.source == self.service.name
        ]
        return (GHOSTS, [array_of(column) for column in zip(*own, strict=True)]) if own else None


def read(record: LogRecord) -> Read:
    """The record with its envelope, or with why it cannot be read."""
    try:
        envelope = read_envelope(record.value)
    except Unreadable as error:
        return Read(record, None, str(error))
    if record.key != envelope.case_id.encode():
        return Read(record, None, "the key is not the case that the event is about")
    return Read(record, envelope, None)


def as_record(parked: ParkedRow) -> LogRecord:
    """A parked row as the record that it was."""
    return LogRecord(parked.partition, parked.offset, parked.key, parked.body)


def passes(error: BaseException) -> bool:
    """True for a failure of the database that passes by itself, so that the same work is tried again in place."""
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")
        return (
            error.connection_invalidated
            or not state
            or state.startswith(TRANSIENT_STATES)
            or isinstance(error, OperationalError)
        )
    return isinstance(error, (ConnectionError, TimeoutError))
