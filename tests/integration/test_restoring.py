"""A service whose database is set back to a back-up: it does nothing by itself, and goes on as if nothing had happened once it has
been brought forward. On real Kafka and real PostgreSQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import psycopg
import pytest
from sqlalchemy import Engine, MetaData
from sqlmodel import Field, SQLModel

from backbone import log
from backbone.ahead import LogAhead, refuse_when_ahead
from backbone.database import drop_database, plain_url
from backbone.inbox import Inbox, read
from backbone.log import log_ends
from backbone.outbox import Relay, prune
from backbone.replay import report
from backbone.restoring import NotRestored, Restored, restore
from backbone.restoring import report as report_restored
from backbone.rows import Rows
from backbone.tables import NAMING, REPLAYED
from backbone.work import Fold, Service, Work, work_on
from schemas.codes import DiscardReason, EndingReason
from schemas.contract import ContractEndedEarly, ContractStarted
from schemas.event import PARTITIONS, Event, Fact
from schemas.operation import ParkedEventDiscarded
from tests.integration.test_stream import reading, wait_for
from tests.plumbing import SOMEBODY, Installation, installed, publish, something_happened

CASES = [f"case-{number:02}" for number in range(12)]


class KeptTable(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class HeardRow(KeptTable, table=True):
    __tablename__ = "heard"
    __table_args__ = REPLAYED
    event_id: str = Field(primary_key=True)
    case_id: str


class SaidRow(KeptTable, table=True):
    __tablename__ = "said"
    __table_args__ = REPLAYED
    event_id: str = Field(primary_key=True)
    case_id: str


def hear(rows: Rows, fact: Fact) -> None:
    rows.put(HeardRow, event_id=fact.envelope.id, case_id=fact.envelope.case_id)


def say(rows: Rows, fact: Fact) -> None:
    rows.put(SaidRow, event_id=fact.envelope.id, case_id=fact.envelope.case_id)


def answer(work: Work, fact: Fact) -> None:
    """The reaction: say something once for everything that is heard."""
    work.publish(fact.envelope.case_id, an_end(), caused_by=fact.envelope.id)


def an_end() -> ContractEndedEarly:
    return ContractEndedEarly(contract_id="k", reason=EndingReason.COMPLETED, ended_on=date(2026, 11, 1))


FOLDS: dict[type[Event], Fold] = {ContractStarted: hear, ContractEndedEarly: say}
WRITER = Service(name="writer", metadata=MetaData(), folds={}, reactions={})
READER = Service(name="reader", metadata=KeptTable.metadata, folds=FOLDS, reactions={ContractStarted: answer})


class Pair:
    """A service that publishes, and one that answers each event with one of its own."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.settings = installation, installation.settings
        self.writer = installation.database("writer")
        self.reader = installation.database("reader")
        KeptTable.metadata.create_all(self.reader)

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.reader, READER, self.installation.clock, topic=self.settings.case_topic)

    def write(self, *cases: str) -> None:
        for case_id in cases:
            publish(self.installation, self.writer, WRITER, case_id, something_happened())
        self.send("writer")

    def decide(self, *cases: str) -> None:
        """A command of the reader, caused by no event."""
        for case_id in cases:
            publish(self.installation, self.reader, READER, case_id, an_end())

    def read(self) -> Inbox:
        """What the service does while it runs: read, answer, send, read what it sent itself."""
        inbox = self.inbox
        for _ in range(2):
            positions = inbox.positions(log.topic_id(self.settings), range(PARTITIONS), {})
            for batch in log.read(self.settings, since=positions):
                inbox.take(batch)
            self.send("reader")
        return inbox

    def send(self, name: str) -> None:
        relay = Relay(self.settings, name)
        with psycopg.connect(plain_url(self.settings.database(name)), autocommit=True) as connection:
            while relay.send_waiting(connection):
                pass
        relay._abandon()

    def back_up(self) -> None:
        self._copy(self._database(), f"{self._database()}_backup")

    def set_back(self) -> None:
        drop_database(self.settings, self._database())
        self._copy(f"{self._database()}_backup", self._database())

    def _database(self) -> str:
        return str(self.settings.database("reader").database)

    def _copy(self, source: str, target: str) -> None:
        """A copy of the database's files, as they are when nobody writes."""
        self.reader.dispose()
        with psycopg.connect(plain_url(self.settings.maintenance_database()), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"'.encode())

    def answers(self) -> Counter[str]:
        """How many answers the log has to each event."""
        envelopes = [read(record).envelope for batch in log.read(self.settings) for record in batch]
        return Counter(one.caused_by for one in envelopes if one is not None and one.caused_by is not None)

    def rows(self) -> dict[str, set[tuple[Any, ...]]]:
        return {
            name: rows_of(self.reader, name)
            for name in ("heard", "said", "case_head", "source_head", "applied")
        }


def rows_of(engine: Engine, table: str) -> set[tuple[Any, ...]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")}


@pytest.fixture
def pair(kafka_bootstrap: str, database_url: str, a_namespace: str) -> Iterator[Pair]:
    with installed(database_url, a_namespace, kafka_bootstrap) as installation:
        made = Pair(installation)
        try:
            yield made
        finally:
            drop_database(made.settings, f"{made._database()}_backup")


@pytest.fixture
def set_back(pair: Pair) -> dict[str, set[tuple[Any, ...]]]:
    """A reader set back to a back-up, after which it had read, answered and decided more; gives its rows as they were before."""
    pair.write(*CASES)
    pair.read()
    pair.back_up()
    pair.write(*CASES[:6], "new-case")
    pair.read()
    pair.decide(*CASES[4:8], "own-case")
    pair.send("reader")
    before = pair.rows()
    pair.set_back()
    assert pair.rows() != before
    return before


def test_a_service_that_was_set_back_reads_and_answers_nothing_and_says_why(
    pair: Pair, set_back: dict[str, set[tuple[Any, ...]]]
) -> None:
    ends = log_ends(pair.settings)
    with reading(pair.installation, pair.reader, service=READER) as stream:
        wait_for(lambda: stream.stopped_by is not None)
        assert isinstance(stream.stopped_by, LogAhead)
        assert stream.inbox.ghosts
    pair.send("reader")
    assert log_ends(pair.settings) == ends


def test_without_that_look_it_gives_numbers_away_twice(
    pair: Pair, set_back: dict[str, set[tuple[Any, ...]]]
) -> None:
    assert set_back
    pair.read()
    envelopes = [read(record).envelope for batch in log.read(pair.settings) for record in batch]
    numbers = Counter((one.source, one.case_id, one.sequence) for one in envelopes if one is not None)
    assert max(numbers.values()) == 2


def test_brought_forward_it_stands_where_it_stood_and_goes_on(
    pair: Pair, set_back: dict[str, set[tuple[Any, ...]]], capsys: pytest.CaptureFixture[str]
) -> None:
    pair.write(*CASES[8:], "while-it-was-away")
    assert restore(pair.settings, READER) == Restored(own=7 + 5, others=7)
    refuse_when_ahead(pair.settings, pair.inbox)
    assert {name: pair.rows()[name] for name in ("heard", "said", "case_head")} == {
        name: set_back[name] for name in ("heard", "said", "case_head")
    }
    assert pair.read().ghosts == set()
    assert set(pair.answers().values()) == {1}
    assert len(pair.answers()) == 12 + 7 + 5
    assert report(pair.settings, READER, wait_seconds=0.0) == 0, capsys.readouterr().out
    pair.decide(*CASES)
    pair.send("reader")
    envelopes = [read(record).envelope for batch in log.read(pair.settings) for record in batch]
    numbers = Counter((one.source, one.case_id, one.sequence) for one in envelopes if one is not None)
    assert set(numbers.values()) == {1}


def test_it_can_be_done_again_and_from_an_empty_database(
    pair: Pair, set_back: dict[str, set[tuple[Any, ...]]]
) -> None:
    restore(pair.settings, READER)
    after = pair.rows()
    assert restore(pair.settings, READER) == Restored(own=0, others=0)
    assert pair.rows() == after
    with pair.reader.begin() as connection:
        connection.exec_driver_sql(
            "TRUNCATE heard, said, case_head, source_head, applied, outbox, position, parked"
        )
    restore(pair.settings, READER)
    assert pair.rows() == after


def test_what_an_operator_discarded_after_the_back_up_stays_discarded(pair: Pair) -> None:
    pair.write("a")
    pair.read()
    pair.back_up()
    producer = log.RelayProducer(pair.settings)
    sent = producer.acknowledged(producer.send(key="a", value=b"rubbish"), seconds=10)
    producer.abandon()
    assert sent is not None
    pair.write("a")
    inbox = pair.read()
    with work_on(pair.reader, READER, moment=pair.installation.clock.moment(), actor=SOMEBODY) as work:
        assert inbox.discard(work, sent.partition, sent.offset) is not None
        why = DiscardReason.HANDLED_BY_HAND
        discarded = ParkedEventDiscarded(
            service="reader", partition=sent.partition, offset=sent.offset, reason=why
        )
        work.publish("a", discarded)
    pair.send("reader")
    pair.read()
    before = pair.rows()
    pair.set_back()
    restore(pair.settings, READER)
    assert rows_of(pair.reader, "parked") == set()
    pair.read()
    assert pair.rows() == before
    assert report(pair.settings, READER, wait_seconds=0.0) == 0


def test_a_service_that_runs_is_not_touched(pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    relay = Relay(pair.settings, "reader")
    relay.start()
    try:
        assert relay.active.wait(30)
        assert report_restored(pair.settings, READER) == 1
    finally:
        relay.stop()
        relay.join(10)
    assert "it is running; stop it first" in capsys.readouterr().out


def test_a_database_that_took_commands_after_it_was_set_back_is_refused_whole(
    pair: Pair, set_back: dict[str, set[tuple[Any, ...]]]
) -> None:
    assert set_back
    pair.decide("own-case")
    before = pair.rows()
    with pytest.raises(
        NotRestored, match="number 1 of case own-case is one event on the log and another one here"
    ):
        restore(pair.settings, READER)
    assert pair.rows() == before


def test_rows_that_were_sent_long_ago_are_pruned_and_nothing_misses_them(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    pair.write(*CASES)
    pair.read()
    pair.write("a")
    inbox = pair.inbox
    with pair.writer.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE outbox SET sent_at = sent_at - interval '31 days' WHERE case_id = ANY(%s)", (CASES[:9],)
        )
        connection.exec_driver_sql(
            "UPDATE outbox SET type = 'parked_event.discarded' WHERE case_id = %s", (CASES[0],)
        )
    before = rows_of(pair.writer, "outbox")
    with psycopg.connect(plain_url(pair.settings.database("writer")), autocommit=True) as connection:
        gone = prune(connection)
    after = rows_of(pair.writer, "outbox")
    with pair.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET type = 'contract.started'")
    assert 0 < gone == len(before) - len(after)
    assert {CASES[0], *CASES[9:], "a"} <= {row[2] for row in after}
    newest: dict[int, int] = {}
    for row in before:
        newest[row[-2]] = max(row[-1], newest.get(row[-2], -1))
    assert {(row[-2], row[-1]) for row in after} >= set(newest.items()), "the newest of each partition stays"
    writer = Inbox(pair.writer, WRITER, pair.installation.clock, topic=pair.settings.case_topic)
    refuse_when_ahead(pair.settings, writer)
    assert writer.ghosts == inbox.ghosts == set()
    assert report(pair.settings, WRITER, wait_seconds=0.0) == 0, capsys.readouterr().out
