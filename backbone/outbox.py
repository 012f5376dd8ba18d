"""The relay: sends the outbox to Kafka in order, and marks what Kafka has acknowledged.

Unsent rows are taken in id order; ids are given under the case lock, so a case's events are in order whatever commits late. One relay a service is
active, held by a database lock; a commit wakes it. Killed anywhere, it sends again what was not marked; readers know repeats by their number.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple

import psycopg

from backbone import clock
from backbone.database import plain_url
from backbone.log import KafkaError, RelayProducer, Sent, read
from backbone.logs import logger
from backbone.settings import Settings
from backbone.work import OUTBOX_CHANNEL

log = logger(__name__)
CHUNK = 1000
IN_FLIGHT = 4
ACK_SECONDS = 20.0
TAIL = 500
SENT_KEPT = timedelta(days=30)
"""How long a row is kept after it was sent: as long as back-ups are, whose rows are compared with the log's."""
PRUNED_EVERY = 3600.0


class Pending(NamedTuple):
    """An outbox row on its way."""

    id: int
    case_id: str
    body: bytes


class Relay(threading.Thread):
    """Runs until `stop`; reconnects to the database and to Kafka for as long as it takes."""

    def __init__(
        self,
        settings: Settings,
        service: str,
        *,
        producer: Callable[[Settings], RelayProducer] = RelayProducer,
    ) -> None:
        super().__init__(name=f"relay-{service}", daemon=True)
        self._settings, self._service, self._new_producer = settings, service, producer
        self._url = plain_url(settings.database(service))
        self._stopping = threading.Event()
        self._producer: RelayProducer | None = None
        self._marker = ThreadPoolExecutor(1, thread_name_prefix=f"marking-{service}")
        self._marking: psycopg.Connection[Any] | None = None
        self.active = threading.Event()

    def stop(self) -> None:
        """Ask the relay to end; it does within a second, or when the send it waits for is answered."""
        self._stopping.set()

    def run(self) -> None:
        """Take the lock, repair the tail, send; start over after any failure."""
        pause = 0.2
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True) as connection:
                    if not _lock(connection, self._stopping):
                        return
                    self.active.set()
                    resend_missing(connection, self._settings)
                    connection.execute(f"LISTEN {OUTBOX_CHANNEL}")
                    pause = 0.2
                    self._send_for_ever(connection)
            except (psycopg.Error, KafkaError, OSError, RuntimeError) as error:
                log.warning("relay_interrupted", error=type(error).__name__, seconds=pause)
            finally:
                self.active.clear()
                self._abandon()
            self._stopping.wait(pause)
            pause = min(pause * 2, 5.0)

    def _send_for_ever(self, connection: psycopg.Connection[Any]) -> None:
        prune_at = clock.monotonic()
        while not self._stopping.is_set():
            if clock.monotonic() >= prune_at and prune(connection) < CHUNK:
                prune_at = clock.monotonic() + PRUNED_EVERY
            if not self.send_waiting(connection):
                next(iter(connection.notifies(timeout=1.0, stop_after=1)), None)

    def send_waiting(self, connection: psycopg.Connection[Any]) -> int:
        """Send everything unsent, `IN_FLIGHT` chunks at a time, acknowledgements being waited for and marked beside; gives how many were marked.

        After a record that was not acknowledged nothing more is marked, and the producer is abandoned: the rest is sent again by a new one.
        """
        marked, failed = 0, threading.Event()
        flying: deque[tuple[list[int], Future[int]]] = deque()
        try:
            while not failed.is_set():
                rows = (
                    unsent(connection, flying=[number for ids, _ in flying for number in ids], limit=CHUNK)
                    if len(flying) < IN_FLIGHT
                    else []
                )
                if rows:
                    flying.append(
                        (
                            [row.id for row in rows],
                            self._marker.submit(self._settle, self._hand_over(rows), failed),
                        )
                    )
                if len(rows) == CHUNK and len(flying) < IN_FLIGHT:
                    continue
                if not flying:
                    return marked
                marked += flying.popleft()[1].result()
        except BaseException:
            failed.set()
            raise
        finally:
            marked += sum(settled.result() for _, settled in flying)
            if failed.is_set():
                self._abandon()
                self._stopping.wait(0.0 if marked else 0.2)
        return marked

    def _hand_over(self, rows: Sequence[Pending]) -> list[tuple[Pending, Any]]:
        if self._producer is None:
            self._producer = self._new_producer(self._settings)
        producer = self._producer
        return [(row, producer.send(key=row.case_id, value=row.body)) for row in rows]

    def _settle(self, chunk: list[tuple[Pending, Any]], failed: threading.Event) -> int:
        """Wait for a chunk's acknowledgements and mark it; nothing once an earlier one has failed."""
        producer = self._producer
        if failed.is_set() or producer is None:
            return 0
        until = clock.monotonic() + ACK_SECONDS
        answers = [
            (row, producer.acknowledged(future, seconds=until - clock.monotonic())) for row, future in chunk
        ]
        if self._marking is None or self._marking.closed:
            self._marking = psycopg.connect(self._url, autocommit=True)
        marked = mark(self._marking, prefix(answers))
        if marked < len(chunk):
            failed.set()
        return marked

    def _abandon(self) -> None:
        if self._producer is not None:
            self._producer.abandon()
            self._producer = None


def prefix(answers: Sequence[tuple[Pending, Sent | None]]) -> list[tuple[Pending, Sent]]:
    """What may be marked: of each case, the rows before its first that was not acknowledged."""
    broken: set[str] = set()
    kept: list[tuple[Pending, Sent]] = []
    for row, sent in answers:
        if sent is None:
            broken.add(row.case_id)
        elif row.case_id not in broken:
            kept.append((row, sent))
    return kept


def unsent(connection: psycopg.Connection[Any], *, flying: Sequence[int], limit: int) -> list[Pending]:
    """Unsent rows in id order, without those in flight. Never "after the last id": a lower id may commit later than a higher one."""
    found = connection.execute(
        "SELECT id, case_id, body FROM outbox WHERE sent_at IS NULL AND id <> ALL(%s::bigint[]) ORDER BY id LIMIT %s",
        (list(flying), limit),
        binary=True,
        prepare=False,  # a generic plan does not see how few ids are in flight
    )
    return [Pending(*row) for row in found]


def mark(connection: psycopg.Connection[Any], sent: Sequence[tuple[Pending, Sent]]) -> int:
    """Mark rows as sent, with where they are on the log."""
    if sent:
        connection.execute(
            'UPDATE outbox o SET sent_at = now(), partition = u.partition, "offset" = u.place'
            " FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS u(id, partition, place) WHERE o.id = u.id",
            ([row.id for row, _ in sent], [at.partition for _, at in sent], [at.offset for _, at in sent]),
        )
    return len(sent)


def resend_missing(connection: psycopg.Connection[Any], settings: Settings) -> int:
    """Compare the newest sent rows of each partition with the log and mark those it does not hold as unsent (Kafka does not fsync).

    Everything of a case from its first missing row on is sent again, in order. Gives how many rows that is.
    """
    newest = connection.execute(
        'SELECT partition, "offset", event_id FROM (SELECT *, row_number() OVER (PARTITION BY partition ORDER BY "offset" DESC) AS place'
        " FROM outbox WHERE sent_at IS NOT NULL) tail WHERE place <= %s",
        (TAIL,),
    ).fetchall()
    if not newest:
        return 0
    wanted = {(partition, offset): event_id for partition, offset, event_id in newest}
    first = {p: min(offset for q, offset in wanted if q == p) for p, _ in wanted}
    for batch in read(settings, since=first):
        for record in batch:
            event_id = wanted.get((record.partition, record.offset))
            if event_id is not None and record.value is not None and event_id.encode() in record.value:
                del wanted[record.partition, record.offset]
    if not wanted:
        return 0
    again = connection.execute(
        'UPDATE outbox o SET sent_at = NULL, partition = NULL, "offset" = NULL FROM'
        " (SELECT case_id, min(sequence) AS since FROM outbox WHERE event_id = ANY(%s) GROUP BY case_id) lost"
        " WHERE o.case_id = lost.case_id AND o.sequence >= lost.since",
        (list(wanted.values()),),
    ).rowcount
    log.error("log_lost_records_resent", count=again)
    return again


def _lock(connection: psycopg.Connection[Any], stopping: threading.Event) -> bool:
    while not stopping.is_set():
        if try_lock(connection):
            return True
        stopping.wait(0.5)
    return False


def try_lock(connection: psycopg.Connection[Any]) -> bool:
    """Take the lock that one relay a service holds, for as long as the connection lives; False when somebody else holds it."""
    row = connection.execute("SELECT pg_try_advisory_lock(hashtext('felles-relay'))").fetchone()
    return bool(row and row[0])


def prune(connection: psycopg.Connection[Any], *, limit: int = CHUNK) -> int:
    """Delete some rows that were sent long ago; gives how many.

    Kept: the newest of each partition, which tells whether the log has lost its tail; and what was discarded, which a replay must know.
    """
    return connection.execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at < now() - %s AND type <> 'parked_event.discarded'"
        ' AND "offset" < (SELECT max(newest."offset") FROM outbox AS newest WHERE newest.partition = outbox.partition)'
        " ORDER BY id LIMIT %s)",
        (SENT_KEPT, limit),
    ).rowcount
