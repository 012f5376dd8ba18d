"""B12: from a commit to a signed checkpoint that covers the event, at 50 events a second, over the real relay, Kafka, audit service and signer."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg

from backbone import clock
from backbone.clock import new_id
from backbone.database import drop_database, migrate, plain_url
from backbone.log import ensure_topics
from backbone.outbox import Relay
from backbone.work import work_on
from schemas.event import PARTITIONS
from tests.plumbing import SOMEBODY, Installation, a_service, something_happened
from tests.system import System, eventually

EVENTS, EVERY = 1500, 0.02


class Watch:
    """How large each tree was signed, and when that was first seen."""

    def __init__(self, address: str) -> None:
        self._address, self._stopping = address, threading.Event()
        self.seen: dict[int, list[tuple[float, int]]] = {number: [] for number in range(PARTITIONS)}
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(10)

    def _run(self) -> None:
        with httpx.Client(base_url=self._address, timeout=5.0, trust_env=False) as client:
            while not self._stopping.wait(0.1):
                for number, seen in self.seen.items():
                    answer = client.get(f"/trees/{number}/checkpoint")
                    if answer.is_success:
                        size = int(answer.text.split("\n")[1])
                        if not seen or seen[-1][1] < size:
                            seen.append((clock.monotonic(), size))

    def when(self, partition: int, offset: int) -> float | None:
        """When a checkpoint over the record was first seen."""
        return next((at for at, size in self.seen[partition] if size > offset), None)


def seconds(kafka: str, database: str) -> list[float]:
    """Seconds from commit to signed, an event each, sorted."""
    with _signed_log(kafka, database) as system, Watch(system.address("audit")) as watch:
        committed = _publish(system)
        url = plain_url(system.settings.database("writer"))
        with psycopg.connect(url, autocommit=True) as connection:

            def places() -> list[tuple[str, int, int]] | None:
                rows = connection.execute('SELECT case_id, partition, "offset" FROM outbox').fetchall()
                return rows if all(watch.when(p, o) for _, p, o in rows if p is not None) and rows else None

            eventually(places, what="a checkpoint over every event")
            found = places() or []
        took = [(watch.when(p, o) or 0.0) - committed[case_id] for case_id, p, o in found]
    assert len(took) == EVENTS
    return sorted(took)


@contextmanager
def _signed_log(kafka: str, database: str) -> Iterator[System]:
    with tempfile.TemporaryDirectory(prefix="felles-bench-") as folder:
        namespace = f"felles_test_{os.urandom(4).hex()}"
        system = System(kafka=kafka, database=database, namespace=namespace, folder=Path(folder))
        try:
            ensure_topics(system.settings)
            migrate(system.settings, "audit")
            system.start(["audit"])
            system.start_signer()
            yield system
        finally:
            system.close()
            drop_database(system.settings, f"{namespace}_writer")


def _publish(system: System) -> dict[str, float]:
    """Fifty events a second, each in a case of its own; gives when each was committed."""
    installation, writer = Installation(system.settings), a_service("writer")
    engine, relay, committed = (
        installation.database("writer"),
        Relay(system.settings, "writer"),
        dict[str, float](),
    )
    relay.start()
    try:
        began = clock.monotonic()
        for number in range(EVENTS):
            case_id = new_id()
            with work_on(engine, writer, moment=installation.clock.moment(), actor=SOMEBODY) as work:
                work.publish(case_id, something_happened())
            committed[case_id] = clock.monotonic()
            clock.pause(max(0.0, began + number * EVERY - clock.monotonic()))
        url = plain_url(system.settings.database("writer"))
        with psycopg.connect(url, autocommit=True) as connection:
            unsent = "SELECT count(*) FROM outbox WHERE sent_at IS NULL"
            eventually(lambda: connection.execute(unsent).fetchone() == (0,), what="everything sent")
    finally:
        relay.stop()
        relay.join(5)
        engine.dispose()
    return committed
