"""The door to Faust on real Kafka: what a new Faust, aiokafka or kafka-python would break."""

from __future__ import annotations

import asyncio
import importlib.metadata
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event as Flag
from threading import Thread
from typing import Any

import pytest
from kafka import KafkaProducer
from mode.threads import WorkerThread
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from backbone import clock
from backbone.inbox import Inbox, Parking
from backbone.log import LogRecord, delete_topics, ensure_topics
from backbone.outbox import Relay
from backbone.settings import Settings
from backbone.stream import Stream
from backbone.work import Service
from schemas.contract import ContractStarted
from tests.plumbing import Installation, a_service, installed, note_seen, parked, publish, seen

WRITER = a_service("writer")
READER = a_service("reader", folds={ContractStarted: note_seen})


@pytest.fixture
def installation(database_url: str, kafka_bootstrap: str, a_namespace: str) -> Iterator[Installation]:
    with installed(database_url, a_namespace, kafka_bootstrap) as made:
        yield made


@contextmanager
def reading(
    installation: Installation,
    engine: Engine,
    take: Callable[[Inbox], Callable[..., int]] | None = None,
    service: Service = READER,
) -> Iterator[Stream]:
    """A stream that reads in a thread with a loop of its own until the block ends."""
    inbox = Inbox(engine, service, installation.clock, topic=installation.settings.case_topic)
    stood = Flag()
    stream = Stream(installation.settings, inbox, on_standstill=stood.set, take=take(inbox) if take else None)
    loop = asyncio.new_event_loop()
    task = loop.create_task(stream.run())
    thread = Thread(target=lambda: _run(loop, task), daemon=True)
    thread.start()
    try:
        yield stream
        assert not stood.is_set(), "the watchdog saw a standstill"
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(15)


def _run(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
    asyncio.set_event_loop(loop)
    with suppress(asyncio.CancelledError, RuntimeError):
        loop.run_until_complete(task)


@contextmanager
def relaying(installation: Installation, name: str) -> Iterator[Relay]:
    relay = Relay(installation.settings, name)
    relay.start()
    try:
        yield relay
    finally:
        relay.stop()
        relay.join(10)


def wait_for(condition: Callable[[], bool], *, seconds: float = 30.0) -> None:
    until = clock.monotonic() + seconds
    while not condition():
        assert clock.monotonic() < until, "it did not come about in time"
        clock.pause(0.05)


def test_the_versions_are_those_the_door_was_built_for() -> None:
    found = {
        name: importlib.metadata.version(name)
        for name in ("faust-streaming", "aiokafka", "mode-streaming", "kafka-python")
    }
    assert found == {
        "faust-streaming": "0.15.3",
        "aiokafka": "0.14.0",
        "mode-streaming": "0.7.1",
        "kafka-python": "3.0.12",
    }


def test_what_is_published_is_read_once_and_in_order(installation: Installation) -> None:
    writer, reader = installation.database("writer"), installation.database("reader")
    with relaying(installation, "writer"), reading(installation, reader):
        for _ in range(10):
            for case in ("a", "b", "c"):
                publish(installation, writer, WRITER, case)
        wait_for(lambda: len(seen(reader)) == 30)
    for case in ("a", "b", "c"):
        assert [number for name, number in seen(reader) if name == case] == list(range(1, 11))


def test_records_reach_the_agent_in_runs_not_one_by_one(installation: Installation) -> None:
    writer, reader = installation.database("writer"), installation.database("reader")
    runs: list[int] = []

    def counting(inbox: Inbox) -> Callable[..., int]:
        def take(run: Sequence[LogRecord], **more: Any) -> int:
            runs.append(len(run))
            return inbox.take(run, **more)

        return take

    for _ in range(300):
        publish(installation, writer, WRITER, "a")
    with relaying(installation, "writer"):
        wait_for(lambda: _unsent(writer) == 0)
    with reading(installation, reader, counting):
        wait_for(lambda: len(seen(reader)) == 300)
    assert max(runs) > 50


def test_reading_goes_on_where_our_database_says_not_where_kafka_says(installation: Installation) -> None:
    writer, reader, second = (
        installation.database("writer"),
        installation.database("reader"),
        installation.database("second"),
    )
    with relaying(installation, "writer"):
        for _ in range(5):
            publish(installation, writer, WRITER, "a")
        with reading(installation, reader):
            wait_for(lambda: len(seen(reader)) == 5)
        publish(installation, writer, WRITER, "a")
        with reading(installation, reader):
            wait_for(lambda: len(seen(reader)) == 6)
        with reading(
            installation, second
        ):  # the same group with an empty database: Kafka's commits would skip everything
            wait_for(lambda: len(seen(second)) == 6)


def test_a_record_that_is_rubbish_is_parked_and_the_others_flow(installation: Installation) -> None:
    writer, reader = installation.database("writer"), installation.database("reader")
    producer = KafkaProducer(bootstrap_servers=installation.settings.kafka_bootstrap)
    producer.send(installation.settings.case_topic, key=b"x", value=b"rubbish").get(timeout=10)
    producer.send(installation.settings.case_topic, key=b"x", value=None).get(timeout=10)
    producer.close()
    with relaying(installation, "writer"), reading(installation, reader):
        publish(installation, writer, WRITER, "a")
        wait_for(lambda: seen(reader) == [("a", 1)] and len(parked(reader)) == 2)
    assert parked(reader) == [("x", Parking.UNREADABLE), ("x", Parking.UNREADABLE)]


def test_a_failure_that_passes_is_tried_again_in_place(installation: Installation) -> None:
    writer, reader = installation.database("writer"), installation.database("reader")
    failures = iter([True, True, True])

    def failing(inbox: Inbox) -> Callable[..., int]:
        def take(run: Sequence[LogRecord], **more: Any) -> int:
            if next(failures, False):
                raise OperationalError("the database is away", None, Exception())
            return inbox.take(run, **more)

        return take

    with relaying(installation, "writer"), reading(installation, reader, failing):
        publish(installation, writer, WRITER, "a")
        publish(installation, writer, WRITER, "a")
        wait_for(lambda: seen(reader) == [("a", 1), ("a", 2)])
    assert next(failures, None) is None


def test_a_recreated_topic_stops_the_reading_with_an_alarm(installation: Installation) -> None:
    writer, reader = installation.database("writer"), installation.database("reader")
    with relaying(installation, "writer"), reading(installation, reader):
        publish(installation, writer, WRITER, "a")
        wait_for(lambda: len(seen(reader)) == 1)
    delete_topics(installation.settings)
    wait_for(lambda: _created(installation))
    with reading(installation, reader) as stream:
        wait_for(lambda: stream.stopped_by is not None)
    assert "another id" in str(stream.stopped_by)
    assert not stream.ready.is_set()


@pytest.mark.parametrize("moment", ["before it has partitions", "while it is given partitions"])
def test_a_reading_that_ends_while_it_starts_leaves_no_thread_behind(
    installation: Installation, moment: str
) -> None:
    reader, before, asked = installation.database("reader"), set(threading.enumerate()), Flag()
    inbox = Inbox(reader, READER, installation.clock, topic=installation.settings.case_topic)
    stream = AskedStream(installation.settings, inbox, asked)
    loop = asyncio.new_event_loop()
    task = loop.create_task(stream.run())
    thread = Thread(target=lambda: _run(loop, task))
    thread.start()
    if moment == "while it is given partitions":
        assert asked.wait(30)
    else:
        wait_for(lambda: bool(_consumers() - before))
    loop.call_soon_threadsafe(task.cancel)
    thread.join(30)
    assert not thread.is_alive()
    assert not _consumers() - before


class AskedStream(Stream):
    """Says when it is asked where to read."""

    def __init__(self, settings: Settings, inbox: Inbox, asked: Flag) -> None:
        super().__init__(settings, inbox)
        self._asked = asked

    def assigned(self, partitions: set[int]) -> dict[int, int]:
        self._asked.set()
        return super().assigned(partitions)


def _consumers() -> set[Thread]:
    """The threads that Faust's consumers run in, which Python waits for before it ends."""
    return {thread for thread in threading.enumerate() if isinstance(thread, WorkerThread)}


def _created(installation: Installation) -> bool:
    try:
        ensure_topics(installation.settings)
    except Exception:
        return False
    return True


def _unsent(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL").scalar_one()
        )
