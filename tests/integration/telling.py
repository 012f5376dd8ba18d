"""A service on a database of its own, told events as the log would tell them, with a clock that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from backbone.clock import Clock, Moment, new_id
from backbone.database import connect, drop_database, migrate
from backbone.inbox import Inbox
from backbone.log import LogRecord
from backbone.settings import Settings
from backbone.work import Service
from schemas.event import Envelope, Event, Fact, encode, schema_address, seal


class Log:
    """One partition of a case log, held in memory, read by one service through its real inbox."""

    def __init__(self, engine: Engine, service: Service, clock: Clock) -> None:
        self.clock = clock
        self.inbox = Inbox(engine, service, clock, topic="test.case-events")
        self.inbox.positions("a topic", [0], {0: 0})
        self.records: list[LogRecord] = []
        self._sequences: dict[tuple[str, str], int] = {}

    def tell(self, case_id: str, source: str, *events: Event, actor: str = "somebody") -> list[Envelope]:
        """Let a service say something about a case, and let it be read. Gives the envelopes."""
        run, envelopes = [], []
        for event in events:
            fact = self._fact(case_id, source, event, actor)
            run.append(LogRecord(0, len(self.records), case_id.encode(), encode(fact.envelope)))
            self.records.append(run[-1])
            envelopes.append(fact.envelope)
        self.inbox.take(run)
        with self.inbox.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT error FROM parked").all() == []
        return envelopes

    def _fact(self, case_id: str, source: str, event: Event, actor: str) -> Fact:
        sequence = self._sequences[case_id, source] = self._sequences.get((case_id, source), 0) + 1
        envelope = Envelope(
            specversion="1.0",
            id=new_id(),
            source=source,
            type=event.type,
            version=event.version,
            time=self.clock.moment().decided_at,
            case_id=case_id,
            datacontenttype="application/json",
            dataschema=schema_address(event.type, event.version),
            sequence=sequence,
            actor=actor,
            data=seal(event),
        )
        return Fact(envelope, event)


class Running:
    """A service's database, its log, and its clock."""

    def __init__(self, settings: Settings, service: Service, folder: Path) -> None:
        self.settings, self.service = settings, service
        self.clock = Clock(folder / "clock.json")
        self.engine = connect(settings.database(service.name))
        self.log = Log(self.engine, service, self.clock)

    def move_to(self, instant: datetime, *, walking: bool = False) -> Moment:
        """Move decision time forward."""
        return self.clock.move_to(instant, walking=walking)

    def move_by(self, time: timedelta) -> Moment:
        """Move decision time forward by so much."""
        return self.move_to(self.clock.moment().decided_at + time)

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What a query gives."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, values)]

    def rows_changed(self, statement: str) -> None:
        """Change rows behind everybody's back."""
        with self.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    def published(self, *types: str) -> list[str]:
        """The types of what was published, in order; only these types when any is given."""
        found = [str(row[0]) for row in self.rows("SELECT type FROM outbox ORDER BY id")]
        return [name for name in found if not types or name in types]


@contextmanager
def running(service: Service, database_url: str, namespace: str, folder: Path) -> Iterator[Running]:
    """The service on a database that is gone when the test is."""
    key = folder / "token.key"
    key.write_text("k" * 64, encoding="utf-8")
    settings = Settings(
        namespace=namespace,
        database_url=database_url,
        demo=True,
        demo_clock_file=folder / "clock.json",
        token_key_file=key,
    )
    migrate(settings, service.name)
    made = Running(settings, service, folder)
    try:
        yield made
    finally:
        made.engine.dispose()
        drop_database(settings, f"{namespace}_{service.name}")
