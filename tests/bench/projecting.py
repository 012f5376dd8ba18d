"""B2: runs of 500 events into PostgreSQL with position, duplicate check and a state per case; against the same rows by bare psycopg and by the ORM."""

from __future__ import annotations

import os
from typing import Any, ClassVar

import msgspec
import psycopg
from sqlalchemy import Engine, MetaData
from sqlmodel import Field, Session, SQLModel

from backbone.clock import Clock, monotonic
from backbone.database import plain_url
from backbone.inbox import Inbox
from backbone.log import LogRecord
from backbone.rows import Rows, Shelf
from backbone.tables import NAMING, REPLAYED, AppliedRow, PositionRow, SourceHeadRow, jsonb
from schemas.contract import ContractRegistered
from schemas.event import Fact, decode
from schemas.example import example_of
from tests.plumbing import a_service, installed

RUNS, RUN, CASES = 12, 500, 120
ORM_EVENTS = 400
PAIRS = 5


class BenchTable(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class TallyRow(BenchTable, table=True):
    """A state per case, as a service would keep it."""

    __tablename__ = "tally"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    count: int
    state: dict[str, Any] = jsonb()


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    case_id: str
    count: int = 0
    members: tuple[str, ...] = ()


TALLIES = Shelf(TallyRow, Tally, lambda tally: {"case_id": tally.case_id, "count": tally.count})


def tally(rows: Rows, fact: Fact) -> None:
    """The fold: count the case's events and remember the members of the last one."""
    assert isinstance(fact.event, ContractRegistered)
    before = TALLIES.find(rows, fact.envelope.case_id) or Tally(case_id=fact.envelope.case_id)
    members = tuple(member.person_id for member in fact.event.members)
    TALLIES.put(rows, Tally(case_id=before.case_id, count=before.count + 1, members=members))


def the_runs() -> list[list[LogRecord]]:
    """The same runs for everybody: cases interleaved, numbers in order."""
    numbers = dict.fromkeys(range(CASES), 0)
    runs = []
    for run in range(RUNS):
        records = []
        for place in range(RUN):
            offset = run * RUN + place
            numbers[offset % CASES] += 1
            value = example_of(
                ContractRegistered, case=f"case-{offset % CASES}", sequence=numbers[offset % CASES]
            )
            records.append(LogRecord(0, offset, decode(value).envelope.case_id.encode(), value))
        runs.append(records)
    return runs


def pairs(database: str) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Events a second: ours with bare psycopg, and ours with the ORM row by row."""
    against_bare, against_orm = [], []
    runs = the_runs()
    with installed(database, f"felles_test_{os.urandom(4).hex()}") as installation:
        engine = installation.database("reader")
        with engine.begin() as connection:
            BenchTable.metadata.create_all(connection)
        for turn in range(PAIRS + 1):
            ours = _timed(engine, lambda: _ours(engine, runs), RUNS * RUN)
            floor = _timed(
                engine, lambda: _bare(plain_url(installation.settings.database("reader")), runs), RUNS * RUN
            )
            orm = _timed(engine, lambda: _orm(engine, runs[0][:ORM_EVENTS]), ORM_EVENTS)
            if turn:
                against_bare.append((ours, floor))
                against_orm.append((ours, orm))
    return against_bare, against_orm


def _timed(engine: Engine, work: Any, events: int) -> float:
    with engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE tally, position, applied, source_head, case_head, parked")
    began = monotonic()
    work()
    return float(events / (monotonic() - began))


def _ours(engine: Engine, runs: list[list[LogRecord]]) -> None:
    inbox = Inbox(
        engine,
        a_service("reader", folds={ContractRegistered: tally}, by_case=(TALLIES,)),
        Clock(),
        topic="log",
    )
    inbox.positions("topic-1", [0], {})
    for run in runs:
        inbox.take(run)


def _bare(url: str, runs: list[list[LogRecord]]) -> None:
    """The floor: decode, and write the same rows with executemany, knowing everything beforehand."""
    states: dict[str, Tally] = {}
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO position (topic, partition, topic_id, next_offset) VALUES ('log', 0, 'topic-1', 0)"
        )
        for run in runs:
            heads: dict[tuple[str, str], int] = {}
            applied = []
            for record in run:
                envelope, event = decode(record.value)
                before = states.get(envelope.case_id) or Tally(case_id=envelope.case_id)
                assert isinstance(event, ContractRegistered)
                states[envelope.case_id] = Tally(
                    case_id=before.case_id,
                    count=before.count + 1,
                    members=tuple(member.person_id for member in event.members),
                )
                heads[envelope.case_id, envelope.source] = envelope.sequence
                applied.append((envelope.case_id, envelope.source, envelope.sequence, envelope.id))
            changed = [states[case_id] for case_id, _ in heads]
            cursor.executemany(
                "INSERT INTO applied (case_id, source, sequence, event_id) VALUES (%s, %s, %s, %s)", applied
            )
            cursor.executemany(
                "INSERT INTO source_head (case_id, source, sequence) VALUES (%s, %s, %s)"
                " ON CONFLICT (case_id, source) DO UPDATE SET sequence = excluded.sequence",
                [(*key, number) for key, number in heads.items()],
            )
            cursor.executemany(
                "INSERT INTO tally (case_id, count, state) VALUES (%s, %s, %s)"
                " ON CONFLICT (case_id) DO UPDATE SET count = excluded.count, state = excluded.state",
                [(state.case_id, state.count, msgspec.json.encode(state).decode()) for state in changed],
            )
            cursor.execute(
                "UPDATE position SET next_offset = %s WHERE topic = 'log' AND partition = 0",
                (run[-1].offset + 1,),
            )
            connection.commit()


def _orm(engine: Engine, records: list[LogRecord]) -> None:
    """The same, an event a transaction, through ORM objects."""
    with Session(engine) as session:
        session.add(PositionRow(topic="log", partition=0, topic_id="topic-1", next_offset=0))
        session.commit()
        for record in records:
            envelope, event = decode(record.value)
            assert isinstance(event, ContractRegistered)
            position = session.get(PositionRow, ("log", 0))
            assert position is not None
            position.next_offset = record.offset + 1
            head = session.get(SourceHeadRow, (envelope.case_id, envelope.source))
            session.add(head or SourceHeadRow(case_id=envelope.case_id, source=envelope.source, sequence=0))
            session.add(
                AppliedRow(
                    case_id=envelope.case_id,
                    source=envelope.source,
                    sequence=envelope.sequence,
                    event_id=envelope.id,
                )
            )
            row = session.get(TallyRow, envelope.case_id) or TallyRow(
                case_id=envelope.case_id, count=0, state={}
            )
            row.count += 1
            row.state = {
                "case_id": envelope.case_id,
                "count": row.count,
                "members": [member.person_id for member in event.members],
            }
            session.add(row)
            session.commit()
