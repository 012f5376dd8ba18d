"""Services in this process on real PostgreSQL, asked over HTTP: for tests that do not need the log itself.

What one service published is carried to another by hand, in outbox order, through the other's own inbox.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.testclient import TestClient

from backbone.clock import new_id
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.log import LogRecord
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor, Service
from schemas.codes import Agency, Role
from schemas.event import Event, decode
from schemas.municipalities import NORDLAND

KEY = b"a key of the tests, long enough to sign with"


def somebody(
    *roles: Role, agency: Agency = Agency.FELLES_ANSVAR, works_for: Collection[str] = NORDLAND
) -> Actor:
    """A new person in those roles, all over Nordland when nothing else is said."""
    return Actor(new_id(), agency.value, frozenset(roles), municipality_nos=frozenset(works_for))


class Asked(NamedTuple):
    """An answer: its status and its content."""

    status: int
    body: Any


class Rim:
    """One running service: asked over HTTP, and told what others published."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.client = TestClient(process.app, raise_server_exceptions=False)
        self._carried: dict[str, int] = {}
        self._offset = 0
        process.inbox.positions("topic", [0], {0: 2**40})

    def post(
        self, path: str, actor: Actor, body: Any = None, *, key: str | None = None, language: str = "nb"
    ) -> Asked:
        """Ask for something."""
        return self._ask("POST", path, actor, language, json=body or {}, key=key)

    def get(self, path: str, actor: Actor, *, language: str = "nb") -> Asked:
        """Read something."""
        return self._ask("GET", path, actor, language)

    def _ask(
        self, method: str, path: str, actor: Actor, language: str, *, key: str | None = None, **more: Any
    ) -> Asked:
        bearer = token(self.process.settings, actor, self.process.desk.clock.moment())
        headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": language}
        answer = self.client.request(
            method, path, headers={**headers, **({"Idempotency-Key": key} if key else {})}, **more
        )
        return Asked(answer.status_code, answer.json())

    def published(self) -> list[Event]:
        """Every event this service has published, in order."""
        return [decode(body).event for _, _, body in self._outbox(0)]

    def types(self) -> list[str]:
        """The types of what was published, in order."""
        return [event.type for event in self.published()]

    def hear(self, other: Rim) -> None:
        """Apply what the other has published since the last time."""
        self.take(other._outbox(self._carried.get(other.process.service.name, 0)), other.process.service.name)

    def take(self, rows: Sequence[tuple[int, str, bytes]], source: str) -> None:
        """Apply those messages."""
        if not rows:
            return
        records = []
        for _, case_id, body in rows:
            records.append(LogRecord(0, self._offset, case_id.encode(), body))
            self._offset += 1
        self.process.inbox.take(records)
        self._carried[source] = max(row[0] for row in rows)

    def _outbox(self, since: int) -> list[tuple[int, str, bytes]]:
        with self.process.desk.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT id, case_id, body FROM outbox WHERE id > %s ORDER BY id", (since,)
            )
            return [(row[0], row[1], bytes(row[2])) for row in found]

    def parked(self) -> int:
        """How many events this service could not apply."""
        with self.process.desk.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM parked").scalar_one())


@contextmanager
def a_rim(
    database_url: str, namespace: str, folder: Path, service: Service, routers: Sequence[APIRouter]
) -> Iterator[Rim]:
    """A service with a database of its own that is gone afterwards."""
    key = folder / "token.key"
    key.write_bytes(KEY)
    settings = Settings(namespace=namespace, database_url=database_url, token_key_file=key)
    migrate(settings, service.name)
    process = Process(service, routers, with_settings=settings)
    try:
        yield Rim(process)
    finally:
        process.desk.engine.dispose()
        drop_database(settings, str(settings.database(service.name).database))
