"""Replay, `python -m services.<name> replay`: the log read into empty tables must give the tables that stand.

With `--case` only one case is read and compared; with `--until` only what stood on the log by an instant or an event, and the empty tables
then are the tables as they stood: their digests are told, and what has changed since.

The empty tables lie in a schema of their own in the service's database and are dropped at the end. Only folds
run: nothing is published, queued or sent. What is compared is one snapshot of the live tables, at the
positions that this snapshot holds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection, Engine, Table, create_engine, pool
from sqlalchemy.exc import OperationalError

from backbone.bulk_reading import read_bulk
from backbone.clock import Clock, monotonic, new_id, pause
from backbone.comparison import Difference, Sides, compare, digest, rows_of
from backbone.database import plain_url
from backbone.inbox import Application, Parking, Read
from backbone.log import LogRecord, LogUnfit, end_offsets, reader, topic_id
from backbone.prefix import NoSuchEvent, Prefix, add_arguments, chosen
from backbone.rows import table_of
from backbone.settings import Settings
from backbone.tables import AppliedRow, BackboneTable, CaseHeadRow, HistoryRow, ParkedRow, SourceHeadRow
from backbone.work import Service, service_actor, work_on
from schemas.event import Envelope, Fact, open_event

WAIT_SECONDS = 30.0
WHOLE = Prefix()
BACKBONE_TABLES = [table_of(row) for row in (CaseHeadRow, SourceHeadRow, AppliedRow, HistoryRow, ParkedRow)]


class NotReplayed(RuntimeError):
    """The replay cannot be carried out; the message says why."""


def command(settings: Settings, service: Service, arguments: Sequence[str]) -> int:
    """What the command line asks for; see `report`."""
    parser = argparse.ArgumentParser(prog=f"services.{service.name} replay")
    add_arguments(parser)
    parser.add_argument("--show", action="store_true", help="print every row that the replay makes, as JSON")
    asked = parser.parse_args(arguments)
    try:
        part = chosen(asked, lambda: read_bulk(settings))
    except (NoSuchEvent, LogUnfit) as error:
        print(f"{service.name}: not replayed: {error}")
        return 1
    return report(settings, service, part=part, show=asked.show)


def report(
    settings: Settings,
    service: Service,
    *,
    wait_seconds: float = WAIT_SECONDS,
    part: Prefix = WHOLE,
    show: bool = False,
) -> int:
    """Replay one service and print what came of it; 0 when the tables are equal, 1 when they are not.

    Of a part of the log that ends before its end the tables are told as they stood, and that is no fault.
    """
    try:
        with ExitStack() as stack:
            live = Live(stack.enter_context(_snapshot(settings, service)), settings, service)
            schema = stack.enter_context(_empty_tables(settings, service))
            replay = Replay(settings, service, live, schema, part)
            events = replay.run(0.0 if part.cut else wait_seconds)
            again = stack.enter_context(_connected(settings, service, schema))
            sides = Sides(live.connection, again)
            if show:
                _show(service, sides, part)
            if replay.left_out:
                return _as_it_stood(service, sides, events, part)
            return _compared(service, sides, events, part)
    except (NotReplayed, LogUnfit) as error:
        print(f"{service.name}: not replayed: {error}")
    except (psycopg.OperationalError, OperationalError) as error:
        print(f"{service.name}: not replayed: its database does not answer ({type(error).__name__})")
    return 1


def _compared(service: Service, sides: Sides, events: int, part: Prefix) -> int:
    rows, tables = 0, _tables_of(service, part)
    for table in tables:
        found = compare(table, sides, part.case_id)
        if isinstance(found, Difference):
            print(f"{service.name}: DIFFERS from the log: {found}")
            return 1
        rows += found
    if part.case_id is not None:
        _tell_digests(service, sides, part)
    compared = f"{rows} rows of {len(tables)} tables, {sides.cases(tables)} cases"
    print(f"{service.name}: equal: {compared}, {events} events replayed")
    return 0


def _as_it_stood(service: Service, sides: Sides, events: int, part: Prefix) -> int:
    _tell_digests(service, sides, part)
    for table in _tables_of(service, part):
        found = compare(table, sides, part.case_id)
        if isinstance(found, Difference):
            print(f"{service.name}: has changed since: {found}")
    print(f"{service.name}: as it stood, {part}: {events} events replayed")
    return 0


def _tell_digests(service: Service, sides: Sides, part: Prefix) -> None:
    for table in _tables_of(service, part):
        found = digest(table, sides.again, part.case_id)
        if found.rows:
            print(f"{service.name}: {table.name}: {found.rows} rows, SHA-256 {found.hexadecimal}")


def _show(service: Service, sides: Sides, part: Prefix) -> None:
    for table in _tables_of(service, part):
        for row in rows_of(table, sides.again, part.case_id):
            print(json.dumps({"service": service.name, "table": table.name, **row}, ensure_ascii=False))


def _tables_of(service: Service, part: Prefix) -> list[Table]:
    """The tables that can be compared: all of them, or those that say which case a row is about."""
    every = replayed_tables(service)
    return every if part.case_id is None else [table for table in every if "case_id" in table.columns]


def replayed_tables(service: Service) -> list[Table]:
    """Every table of the service that says it is replayed, the backbone's among them."""
    every = chain(BACKBONE_TABLES, service.metadata.sorted_tables)
    return [table for table in every if table.info.get("replayed")]


class Live:
    """The live tables as one snapshot sees them: positions, own heads, what is parked, what was discarded."""

    def __init__(self, connection: psycopg.Connection[Any], settings: Settings, service: Service) -> None:
        self.connection = connection
        self.positions: dict[int, int] = {}
        standing = topic_id(settings)
        for partition, known, next_offset in self._all(
            "SELECT partition, topic_id, next_offset FROM position WHERE topic = %s", settings.case_topic
        ):
            if known != standing:
                raise NotReplayed(
                    f"{settings.case_topic} is another log than the one that {service.name} has read"
                )
            self.positions[partition] = next_offset
        self.parked = {
            (p, o): Parking(kind) for p, o, kind in self._all('SELECT partition, "offset", kind FROM parked')
        }
        self.discarded = set(self._discarded())

    def published(self, case_id: str | None) -> int:
        """How many events the service had published, about one case or all."""
        query = "SELECT coalesce(sum(sequence), 0)::bigint FROM case_head"
        found = self._all(query) if case_id is None else self._all(f"{query} WHERE case_id = %s", case_id)
        return int(found[0][0])

    def _discarded(self) -> Iterator[tuple[int, int]]:
        for (body,) in self._all("SELECT body FROM outbox WHERE type = 'parked_event.discarded'"):
            event = msgspec.json.decode(body)["data"]
            yield event["partition"], event["offset"]

    def own_heads(self, cases: Sequence[str]) -> dict[str, int]:
        """How many events the service had published about each of these cases."""
        return dict(self._all("SELECT case_id, sequence FROM case_head WHERE case_id = ANY(%s)", cases))

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self.connection.execute(query.encode(), values or None).fetchall()


class Replay:
    """One reading of the log into the empty tables."""

    def __init__(
        self, settings: Settings, service: Service, live: Live, schema: str, part: Prefix = WHOLE
    ) -> None:
        self._settings, self._live, self._part, self._clock = settings, live, part, Clock()
        self.left_out = 0
        self._service = msgspec.structs.replace(service, reactions={})
        self._engine = create_engine(
            settings.database(service.name),
            connect_args={"options": f"-c search_path={schema} -c timezone=UTC -c synchronous_commit=off"},
            pool_size=1,
        )
        self._count = 0
        self._progress = Progress(service.name)

    def run(self, wait_seconds: float) -> int:
        """Read to the log's end, and on until the own events that the snapshot knows have come.

        It waits for those at most `wait_seconds`: the relay may still be sending. Gives how many events there
        were. Raises NotReplayed when a fold fails.
        """
        try:
            ends = self._read(since={})
            until = monotonic() + wait_seconds
            while self._own() < self._live.published(self._part.case_id) and monotonic() < until:
                pause(0.3)
                ends = self._read(since=ends)
            return self._count
        finally:
            self._progress.end()
            self._engine.dispose()

    def _read(self, *, since: dict[int, int]) -> dict[int, int]:
        consumer = reader(self._settings)
        try:
            ends = end_offsets(consumer, self._settings.case_topic)
        finally:
            consumer.close()
        self._progress.total += sum(ends.values()) - sum(since.values())
        for batch in read_bulk(self._settings, since=since, until=ends):
            part = self._part.of(batch)
            self.left_out += self._later(batch, part)
            if part:
                self._apply(part)
            self._progress.step(len(batch))
        return ends

    def _later(self, batch: Sequence[LogRecord], part: Sequence[LogRecord]) -> int:
        """How many records about what is replayed are left out because they came later."""
        return len(Prefix(self._part.case_id).of(batch)) - len(part) if self._part.cut else 0

    def _apply(self, batch: Sequence[LogRecord]) -> None:
        try:
            self._count += self._apply_together(batch)
        except Exception:  # a bug in a fold: find the record that it stumbles over, and say which
            for record in batch:
                try:
                    self._count += self._apply_together([record])
                except Exception as error:
                    place = f"partition {record.partition} offset {record.offset}"
                    raise NotReplayed(
                        f"the record at {place} cannot be folded: {type(error).__name__}"
                    ) from error

    def _apply_together(self, batch: Sequence[LogRecord]) -> int:
        actor = service_actor(self._service.name)
        with work_on(self._engine, self._service, moment=self._clock.moment(), actor=actor) as work:
            application = ReplayApplication(work, batch)
            return application.replay(self._live)

    def _own(self) -> int:
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT coalesce(sum(sequence), 0)::bigint FROM case_head")
            return int(found.scalar_one())


class ReplayApplication(Application):
    """The inbox's decisions on a batch of the log, own events folded too, up to what the live tables had
    seen.
    """

    def replay(self, live: Live) -> int:
        """Apply what the live service had applied, leave out what it had parked; gives how many events were
        applied.
        """
        seen = [
            item for item in self.reads if item.record.offset < live.positions.get(item.record.partition, 0)
        ]
        count = self._fold_own(live)
        if self.service.keep is not None and seen:
            self.service.keep(self.work, [item.record for item in seen])
            return count + len(seen)
        others = [item for item in seen if item.envelope is None or item.envelope.source != self.service.name]
        return count + sum(self._fold_other(item, live) for item in others)

    def _fold_own(self, live: Live) -> int:
        """Own events, in order, repeats left out: a table is written by own events or by others', so they may
        go first.
        """
        envelopes = [item.envelope for item in self.reads if item.envelope is not None]
        own = [envelope for envelope in envelopes if envelope.source == self.service.name]
        ends = live.own_heads(sorted({envelope.case_id for envelope in own}))
        heads, count = self._own_heads(list(ends)), 0
        for envelope in own:
            if heads.get(envelope.case_id, 0) + 1 == envelope.sequence <= ends.get(envelope.case_id, 0):
                self.service.fold(self.work, Fact(envelope, open_event(envelope)))
                self.service.hear(self.work, envelope)
                self.work.put(CaseHeadRow, case_id=envelope.case_id, sequence=envelope.sequence)
                heads[envelope.case_id] = envelope.sequence
                count += 1
        return count

    def _fold_other(self, item: Read, live: Live) -> int:
        place, envelope = (item.record.partition, item.record.offset), item.envelope
        if place in live.parked:
            self._park(item, live.parked[place], "parked in the live tables")
        elif place in live.discarded:
            if envelope is not None and envelope.sequence > self._head_of(envelope):
                self._advance(envelope)
        elif envelope is None:
            self._park(item, Parking.UNREADABLE, item.unreadable or "")
        else:
            before = self._head_of(envelope)
            self._decide(item, envelope)
            return self._head_of(envelope) - before
        return 0

    def _head_of(self, envelope: Envelope) -> int:
        return self._heads.get((envelope.case_id, envelope.source), 0)

    def _own_heads(self, cases: list[str]) -> dict[str, int]:
        found = self.work.session.connection().exec_driver_sql(
            "SELECT case_id, sequence FROM case_head WHERE case_id = ANY(%s)", (cases,)
        )
        return {str(case_id): int(sequence) for case_id, sequence in found}

    def _ask_ghosts(self) -> None:
        """A replay publishes nothing: its tables have no outbox that the log could be ahead of."""

    def _alarm(self, record: LogRecord, kind: Parking) -> None:
        """Silent: the live service has said so when it happened."""


class Progress:
    """How far a long reading has come, on standard error, at most every two seconds."""

    def __init__(self, name: str) -> None:
        self._name, self._done, self.total, self._said = name, 0, 0, monotonic()
        self._line = "\r" if sys.stderr.isatty() else "\n"

    def reach(self, done: int, total: int) -> None:
        """`done` of `total` records are done; 0 where nobody knows how many there are."""
        self.total = total
        self.step(done - self._done)

    def step(self, count: int) -> None:
        """`count` more records are done."""
        self._done += count
        if monotonic() - self._said > 2.0:
            self._said = monotonic()
            line = f"{self._name}: {self._done} records read"
            if self.total:
                share = min(self._done / self.total, 1.0)
                bar = "█" * int(20 * share) + "░" * (20 - int(20 * share))
                line = f"{self._name}: {bar} {self._done} of {self.total} records read ({share:.0%})"
            print(line, end=self._line, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._line == "\r":
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _snapshot(settings: Settings, service: Service) -> Iterator[psycopg.Connection[Any]]:
    """A connection whose every query sees the live database as it stands now."""
    with _connected(settings, service, "public") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            yield connection


@contextmanager
def _connected(settings: Settings, service: Service, schema: str) -> Iterator[psycopg.Connection[Any]]:
    options = f"-c search_path={schema} -c timezone=UTC"
    with psycopg.connect(plain_url(settings.database(service.name)), options=options) as connection:
        yield connection


@contextmanager
def _empty_tables(settings: Settings, service: Service) -> Iterator[str]:
    """A schema with the replayed tables, empty, in the service's database; gone at the end."""
    schema = f"replay_{new_id().replace('-', '')}"
    engine = create_engine(
        settings.database(service.name),
        poolclass=pool.NullPool,
        connect_args={"options": f"-c search_path={schema}"},
    )
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            _create(connection, service)
        yield schema
    finally:
        _drop(engine, schema)


def _create(connection: Connection, service: Service) -> None:
    tables = [*replayed_tables(service), table_of(ParkedRow)]
    for metadata in (BackboneTable.metadata, service.metadata):
        metadata.create_all(connection, [t for t in tables if t.metadata is metadata], checkfirst=False)
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" SET UNLOGGED')


def _drop(engine: Engine, schema: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
