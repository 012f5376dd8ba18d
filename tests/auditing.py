"""The audit service over a log that the test writes, for tests of what it keeps and proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient
from kafka import KafkaProducer

from backbone import log
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.log import delete_topics, ensure_topics
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor
from schemas.event import PARTITIONS
from services.audit.app import ROUTERS, SERVICE


class Auditing:
    """The audit service over a log that the test writes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process = Process(SERVICE, ROUTERS, with_settings=settings)
        self.engine, self.inbox = self.process.desk.engine, self.process.inbox
        self.web = TestClient(self.process.app)

    def put(self, *records: tuple[bytes | None, bytes | None], partition: int = 0) -> None:
        """Records on the log, as anybody may put them there, and the service reads them."""
        producer = KafkaProducer(bootstrap_servers=self.settings.kafka_bootstrap)
        for key, value in records:
            producer.send(self.settings.case_topic, key=key, value=value, partition=partition).get(timeout=10)
        producer.close()
        self.catch_up()

    def catch_up(self) -> None:
        positions = self.inbox.positions(log.topic_id(self.settings), range(PARTITIONS), {})
        for batch in log.read(self.settings, since=positions):
            self.inbox.take(batch)

    def kept(self) -> list[tuple[Any, ...]]:
        query = 'SELECT partition, "offset", key, value FROM record ORDER BY 1, 2'
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def get(self, path: str, actor: Actor | None, **query: str) -> Any:
        headers: Mapping[str, str] = {}
        if actor is not None:
            moment = self.process.desk.clock.moment()
            headers = {"Authorization": f"Bearer {token(self.settings, actor, moment)}"}
        return self.web.get(path, params=query, headers=headers)

    def published(self) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            bodies = connection.exec_driver_sql("SELECT body FROM outbox ORDER BY id").scalars().all()
        return [msgspec.json.decode(body) for body in bodies]


@contextmanager
def auditing_at(kafka_bootstrap: str, database_url: str, namespace: str, folder: Path) -> Iterator[Auditing]:
    """The audit service with a database and a log of its own, gone at the end."""
    key = folder / "token-key"
    key.write_bytes(b"k" * 48)
    settings = Settings(
        namespace=namespace,
        database_url=database_url,
        kafka_bootstrap=kafka_bootstrap,
        token_key_file=key,
        signer_folder=folder / "signer",
    )
    ensure_topics(settings)
    migrate(settings, "audit")
    made = Auditing(settings)
    try:
        yield made
    finally:
        made.engine.dispose()
        drop_database(settings, f"{namespace}_audit")
        delete_topics(settings)


def an_event(case_id: str, sequence: int, **more: Any) -> tuple[bytes, bytes]:
    """A record of somebody's event."""
    message = {
        "specversion": "1.0",
        "id": f"event-{case_id}-{sequence}",
        "source": "sharing",
        "type": "opening.decided",
        "typeversion": 1,
        "time": f"2026-09-0{sequence}T10:00:00Z",
        "subject": case_id,
        "datacontenttype": "application/json",
        "dataschema": "schemas/published/opening.decided.v1.json",
        "casesequence": sequence,
        "actor": "teacher-1",
        "actoragency": "SKOLE_VGS",
        "data": {
            "opening_id": "o",
            "decisions": [{"ref": "r", "basis": "CONSENT"}, {"ref": "s", "basis": "OWN"}],
        },
        **more,
    }
    return case_id.encode(), msgspec.json.encode(message)
