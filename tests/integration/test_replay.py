"""The log read into empty tables against the tables that stand, on real Kafka and real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import msgspec
import psycopg
import pytest
from sqlalchemy import Engine, MetaData
from sqlmodel import Field, SQLModel

from backbone import log
from backbone.database import plain_url
from backbone.inbox import Inbox
from backbone.outbox import Relay
from backbone.replay import report
from backbone.rows import Rows, Shelf
from backbone.tables import NAMING, REPLAYED, WORKING, jsonb
from backbone.work import Service, work_on
from schemas.codes import DiscardReason
from schemas.contract import ContractStarted
from schemas.event import PARTITIONS, Fact
from schemas.operation import ParkedEventDiscarded
from tests.plumbing import SOMEBODY, Installation, installed, publish


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """How often something happened in a case, and when."""

    case_id: str
    count: int = 0
    days: tuple[date, ...] = ()


class CountedTable(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class TimesRow(CountedTable, table=True):
    __tablename__ = "times"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    count: int
    state: dict[str, Any] = jsonb()


class MarkRow(CountedTable, table=True):
    __tablename__ = "mark"
    __table_args__ = WORKING
    case_id: str = Field(primary_key=True)


TIMES = Shelf(TimesRow, Times, lambda times: {"case_id": times.case_id, "count": times.count})


def count(rows: Rows, fact: Fact) -> None:
    """The fold of both services: one more time."""
    before = TIMES.find(rows, fact.envelope.case_id) or Times(case_id=fact.envelope.case_id)
    days = (*before.days, fact.event.started_on)  # type: ignore[attr-defined]
    TIMES.put(rows, Times(case_id=before.case_id, count=before.count + 1, days=days))


WRITER = Service(name="writer", metadata=CountedTable.metadata, folds={ContractStarted: count}, reactions={})
READER = Service(name="reader", metadata=CountedTable.metadata, folds={ContractStarted: count}, reactions={})
Printed = pytest.CaptureFixture[str]
CASES = [f"case-{number:02}" for number in range(20)]


class Pair:
    """A service that publishes, and one that reads what it published."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.settings = installation, installation.settings
        self.engines = {name: installation.database(name) for name in ("writer", "reader")}
        for engine in self.engines.values():
            CountedTable.metadata.create_all(engine)
        self.inbox = Inbox(self.engines["reader"], READER, installation.clock, topic=self.settings.case_topic)

    def happen(self, *cases: str) -> None:
        """Something happens in each case, is sent, and is read."""
        for case_id in cases:
            publish(self.installation, self.engines["writer"], WRITER, case_id)
        self.send()
        self.catch_up()

    def send(self) -> None:
        relay = Relay(self.settings, "writer")
        with psycopg.connect(plain_url(self.settings.database("writer")), autocommit=True) as connection:
            relay.send_waiting(connection)
        relay._abandon()

    def catch_up(self) -> None:
        for name, inbox in (("reader", self.inbox), ("writer", self._own_inbox())):
            topic_id = log.topic_id(self.settings)
            positions = inbox.positions(topic_id, range(PARTITIONS), {})
            for batch in log.read(self.settings, since=positions):
                assert inbox.take(batch), name

    def _own_inbox(self) -> Inbox:
        return Inbox(self.engines["writer"], WRITER, self.installation.clock, topic=self.settings.case_topic)

    def sql(self, name: str, statement: str, *values: Any) -> None:
        with self.engines[name].begin() as connection:
            connection.exec_driver_sql(statement, values)


@pytest.fixture
def pair(kafka_bootstrap: str, database_url: str, a_namespace: str) -> Iterator[Pair]:
    with installed(database_url, a_namespace, kafka_bootstrap) as installation:
        made = Pair(installation)
        made.happen(*CASES, *CASES[:7])
        yield made


def replayed(pair: Pair, service: Service, capsys: Printed) -> tuple[int, str]:
    code = report(pair.settings, service, wait_seconds=0.0)
    return code, capsys.readouterr().out.strip()


def schemas(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", ("replay%",)
        )
        return [name for (name,) in found]


def test_an_untouched_service_is_equal_to_the_log_and_nothing_is_left_behind(
    pair: Pair, capsys: Printed
) -> None:
    counted = "rows of 5 tables, 20 cases, 27 events replayed"
    assert replayed(pair, WRITER, capsys) == (0, f"writer: equal: 40 {counted}")
    assert replayed(pair, READER, capsys) == (0, f"reader: equal: 67 {counted}")
    assert schemas(pair.engines["writer"]) == schemas(pair.engines["reader"]) == []


def test_one_changed_column_of_one_row_is_named_with_its_table_and_case(pair: Pair, capsys: Printed) -> None:
    pair.sql("reader", "UPDATE times SET count = 9 WHERE case_id = 'case-03'")
    assert replayed(pair, READER, capsys) == (
        1,
        "reader: DIFFERS from the log: table times, case case-03, row case-03, column count:"
        " the log makes it 2, and the table says otherwise",
    )
    assert replayed(pair, WRITER, capsys)[0] == 0


def test_a_changed_place_inside_a_state_is_named_by_its_path(pair: Pair, capsys: Printed) -> None:
    changed = "jsonb_set(state, '{days,1}', '\"2020-01-01\"')"
    pair.sql("writer", f"UPDATE times SET state = {changed} WHERE case_id = 'case-05'")
    code, said = replayed(pair, WRITER, capsys)
    assert code == 1
    assert "table times, case case-05, row case-05, column state.days[1]" in said
    assert '"2026-08-31"' in said
    assert "2020-01-01" not in said, "what stands in a changed table may be anything, and is not repeated"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM times WHERE case_id = 'case-19'", "case case-19, row case-19: the log makes this row"),
        (
            "INSERT INTO times (case_id, count, state) VALUES ('case-99', 1, '{}')",
            "case case-99, row case-99: the table has this row, and the log does not make it",
        ),
        (
            "UPDATE applied SET event_id = 'x' WHERE case_id = 'case-00' AND sequence = 2",
            "row case-00/writer/2, column event_id",
        ),
        ("UPDATE source_head SET sequence = 1 WHERE case_id = 'case-00'", "table source_head, case case-00"),
    ],
)
def test_rows_that_are_missing_added_or_miscounted_are_named(
    pair: Pair, capsys: Printed, statement: str, said: str
) -> None:
    pair.sql("reader", statement)
    code, printed = replayed(pair, READER, capsys)
    assert code == 1
    assert said in printed


def test_a_working_table_may_hold_anything(pair: Pair, capsys: Printed) -> None:
    pair.sql("reader", "INSERT INTO mark (case_id) VALUES ('case-00')")
    assert replayed(pair, READER, capsys)[0] == 0


def test_a_service_that_lags_behind_is_compared_at_its_own_position(pair: Pair, capsys: Printed) -> None:
    for case_id in CASES:
        publish(pair.installation, pair.engines["writer"], WRITER, case_id)
    pair.send()
    assert replayed(pair, READER, capsys)[0] == 0


def test_own_events_that_never_reached_the_log_are_a_difference(pair: Pair, capsys: Printed) -> None:
    publish(pair.installation, pair.engines["writer"], WRITER, "case-04")
    code, said = replayed(pair, WRITER, capsys)
    assert code == 1
    assert "table case_head, case case-04, row case-04, column sequence: the log makes it 2" in said
    pair.send()
    assert replayed(pair, WRITER, capsys)[0] == 0


def test_a_lock_without_an_event_and_an_event_sent_twice_change_nothing(pair: Pair, capsys: Printed) -> None:
    moment = pair.installation.clock.moment()
    with work_on(pair.engines["writer"], WRITER, moment=moment, actor=SOMEBODY) as work:
        work.lock_case("case-never")
    pair.sql("writer", "UPDATE outbox SET sent_at = NULL WHERE case_id = 'case-01'")
    pair.send()
    pair.catch_up()
    assert replayed(pair, WRITER, capsys)[0] == 0
    assert replayed(pair, READER, capsys)[0] == 0


def test_a_held_case_stays_held_in_the_replay_and_a_discarded_event_stays_out(
    pair: Pair, capsys: Printed
) -> None:
    original, folds = READER.folds[ContractStarted], READER.folds
    assert isinstance(folds, dict)
    try:
        folds[ContractStarted] = stumble
        pair.happen("case-02", "case-02", "case-06")
    finally:
        folds[ContractStarted] = original
    assert parked_kinds(pair) == {"case-02": ["BUG", "BEHIND"], "case-06": ["BUG"]}
    assert replayed(pair, READER, capsys)[0] == 0

    discard_first(pair, "case-02")
    pair.happen("case-02")
    assert parked_kinds(pair) == {"case-06": ["BUG"]}
    assert replayed(pair, READER, capsys)[0] == 0


def stumble(_rows: Rows, _fact: Fact) -> None:
    raise ValueError("a bug of ours")


def parked_kinds(pair: Pair) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with pair.engines["reader"].connect() as connection:
        query = 'SELECT case_id, kind FROM parked ORDER BY partition, "offset"'
        for case_id, kind in connection.exec_driver_sql(query):
            found.setdefault(case_id, []).append(kind)
    return found


def discard_first(pair: Pair, case_id: str) -> None:
    """As an operator does it, in one transaction with the event that says so."""
    engine, moment = pair.engines["reader"], pair.installation.clock.moment()
    with engine.connect() as connection:
        query = 'SELECT partition, "offset" FROM parked WHERE case_id = %s ORDER BY "offset" LIMIT 1'
        partition, offset = connection.exec_driver_sql(query, (case_id,)).one()
    with work_on(engine, READER, moment=moment, actor=SOMEBODY) as work:
        assert pair.inbox.discard(work, partition, offset) is not None
        why = DiscardReason.HANDLED_BY_HAND
        event = ParkedEventDiscarded(service="reader", partition=partition, offset=offset, reason=why)
        work.publish(case_id, event)
    relay = Relay(pair.settings, "reader")
    with psycopg.connect(plain_url(pair.settings.database("reader")), autocommit=True) as connection:
        relay.send_waiting(connection)
    relay._abandon()


def test_another_log_than_the_one_that_was_read_is_not_replayed(pair: Pair, capsys: Printed) -> None:
    pair.sql("reader", "UPDATE position SET topic_id = 'another'")
    code, said = replayed(pair, READER, capsys)
    assert code == 1
    assert "is another log than the one that reader has read" in said


def test_a_fold_that_stumbles_is_told_by_its_place_on_the_log(pair: Pair, capsys: Printed) -> None:
    broken = msgspec.structs.replace(READER, folds={ContractStarted: stumble})
    code, said = replayed(pair, broken, capsys)
    assert code == 1
    assert "cannot be folded: ValueError" in said
    assert schemas(pair.engines["reader"]) == []


def test_a_database_that_is_not_there_is_told_in_a_sentence(pair: Pair, capsys: Printed) -> None:
    missing = msgspec.structs.replace(READER, name="missing")
    code, said = replayed(pair, missing, capsys)
    assert code == 1
    assert said == "missing: not replayed: its database does not answer (OperationalError)"
