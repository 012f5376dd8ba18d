"""A small installation for tests of the backbone: a namespace of its own, its topics, and databases with the backbone's tables only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

from alembic import command
from sqlalchemy import Engine, MetaData, create_engine, pool
from sqlmodel import Field, SQLModel

from backbone.clock import Clock
from backbone.database import connect, drop_database, ensure_database, migrations
from backbone.log import delete_topics, ensure_topics
from backbone.rows import Rows, Shelf
from backbone.settings import Settings
from backbone.tables import NAMING, REPLAYED
from backbone.work import Actor, Fold, Reaction, Service, Work, work_on
from schemas.contract import ContractStarted
from schemas.event import Event, Fact

SOMEBODY = Actor("somebody")


class SeenTable(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class SeenRow(SeenTable, table=True):
    """What a consumer in these tests has seen, in the order it saw it."""

    __tablename__ = "seen"
    __table_args__ = REPLAYED
    event_id: str = Field(primary_key=True)
    case_id: str
    source: str
    sequence: int
    place: int


class Installation:
    """One namespace: settings, topics and databases that are gone when the test is."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.clock = settings, Clock()
        self._made: list[str] = []
        self._engines: list[Engine] = []

    def database(self, name: str) -> Engine:
        """A database with the backbone's tables, and the table of what was seen."""
        url = self.settings.database(name)
        ensure_database(self.settings, str(url.database))
        self._made.append(str(url.database))
        once = create_engine(url, poolclass=pool.NullPool)
        with once.begin() as connection:
            command.upgrade(migrations("backbone", connection), "heads")
            SeenTable.metadata.create_all(connection)
        engine = connect(url)
        self._engines.append(engine)
        return engine

    def close(self) -> None:
        for engine in self._engines:
            engine.dispose()
        for name in self._made:
            drop_database(self.settings, name)


@contextmanager
def installed(
    database_url: str, namespace: str, kafka_bootstrap: str | None = None
) -> Iterator[Installation]:
    """An installation, with topics when a Kafka is given."""
    settings = Settings(
        namespace=namespace, database_url=database_url, kafka_bootstrap=kafka_bootstrap or "127.0.0.1:1"
    )
    installation = Installation(settings)
    if kafka_bootstrap:
        ensure_topics(settings)
    try:
        yield installation
    finally:
        installation.close()
        if kafka_bootstrap:
            delete_topics(settings)


def a_service(
    name: str,
    *,
    folds: dict[type[Event], Fold] | None = None,
    reactions: dict[type[Event], Reaction] | None = None,
    by_case: tuple[Shelf[Any], ...] = (),
) -> Service:
    return Service(
        name=name, metadata=MetaData(), folds=folds or {}, reactions=reactions or {}, by_case=by_case
    )


def note_seen(rows: Rows, fact: Fact) -> None:
    """The fold of a consumer that only writes down what it saw."""
    envelope = fact.envelope
    count = rows.query(SeenTable.metadata.tables["seen"].select()).all()
    rows.add(
        SeenRow,
        event_id=envelope.id,
        case_id=envelope.case_id,
        source=envelope.source,
        sequence=envelope.sequence,
        place=len(count),
    )


def something_happened(**fields: Any) -> ContractStarted:
    return ContractStarted(
        **{"contract_id": "k", "started_on": date(2026, 8, 31), "ends_on": date(2027, 2, 28), **fields}
    )


def publish(
    installation: Installation, engine: Engine, service: Service, case_id: str, *events: Event
) -> list[Fact]:
    with work_on(engine, service, moment=installation.clock.moment(), actor=SOMEBODY) as work:
        work.publish(case_id, *(events or (something_happened(),)))
        return _published(work)


def _published(work: Work) -> list[Fact]:
    return list(work.published)


def seen(engine: Engine) -> list[tuple[str, int]]:
    """(case, sequence) in the order they were applied."""
    with engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql("SELECT case_id, sequence FROM seen ORDER BY place")
        ]


def parked(engine: Engine) -> list[tuple[str, str]]:
    """(case, kind) of everything parked, in log order."""
    with engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql(
                'SELECT case_id, kind FROM parked ORDER BY partition, "offset"'
            )
        ]
