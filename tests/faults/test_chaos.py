"""Readers and a writer are killed, paused and told to stop at random while events flow and repeats are sent; then everything must have happened once.

Against real Kafka. The twin, whose sequence check is taken out, must be caught by the same checker.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

import pytest
from kafka import KafkaProducer
from sqlalchemy import Engine

from backbone import clock
from backbone.database import plain_url
from backbone.log import end_offsets, read
from backbone.log import reader as log_reader
from deploy.local import children
from tests.checker import violations
from tests.plumbing import Installation, installed
from tests.system import ROOT, eventually

SECONDS = 45.0


@pytest.fixture
def installation(database_url: str, kafka_bootstrap: str, a_namespace: str) -> Iterator[Installation]:
    with installed(database_url, a_namespace, kafka_bootstrap) as made:
        yield made


class Workers:
    """Processes of the test, each started again when it is gone."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self._env = {
            **os.environ,
            "FELLES_KAFKA_BOOTSTRAP": installation.settings.kafka_bootstrap,
            "FELLES_DATABASE_URL": installation.settings.database_url,
        }
        self._namespace, self._folder = installation.settings.namespace, folder
        self._running: dict[str, tuple[list[str], Popen[bytes]]] = {}

    def start(self, name: str, *arguments: str) -> None:
        command = [
            sys.executable,
            "-m",
            "tests.faults.chaos_worker",
            arguments[0],
            self._namespace,
            *arguments[1:],
        ]
        child = children.start(command, log=self._folder / f"{name}.log", env=self._env, folder=ROOT)
        self._running[name] = (list(arguments), child)

    def signal(self, name: str, number: int) -> None:
        self._running[name][1].send_signal(number)

    def revived(self) -> bool:
        """Start those again that have ended; always true."""
        for name, (arguments, child) in list(self._running.items()):
            if child.poll() is not None:
                self.start(name, *arguments)
        return True

    def stop(self, *names: str) -> None:
        for name in names or tuple(self._running):
            children.stop(self._running.pop(name)[1], grace=5)


@contextmanager
def workers(installation: Installation, folder: Path) -> Iterator[Workers]:
    made = Workers(installation, folder)
    try:
        yield made
    finally:
        made.stop()


def storm(workers: Workers, *, seed: int, seconds: float) -> None:
    """Every two to five seconds something happens to somebody."""
    chance = random.Random(seed)
    until = clock.monotonic() + seconds
    while clock.monotonic() < until:
        victim = chance.choice(["reader-1", "reader-2", "reader-1", "reader-2", "writer"])
        fault = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
        workers.signal(victim, fault)
        if fault is signal.SIGSTOP:
            clock.pause(chance.uniform(3.0, 12.0))
            workers.signal(victim, signal.SIGCONT)
        clock.pause(chance.uniform(2.0, 4.0))
        workers.revived()


def send_repeats(installation: Installation) -> int:
    """Put every twentieth record on the log a second time, as a relay does that was killed before it marked."""
    producer = KafkaProducer(bootstrap_servers=installation.settings.kafka_bootstrap)
    again = [record for batch in read(installation.settings) for record in batch][::20]
    for record in again:
        producer.send(
            installation.settings.case_topic, key=record.key, value=record.value, partition=record.partition
        )
    producer.flush(timeout=20)
    producer.close()
    return len(again)


def found_after_a_storm(
    installation: Installation, folder: Path, *, seconds: float, twin: bool = False
) -> list[str]:
    writer, reader = installation.database("writer"), installation.database("reader")
    with workers(installation, folder) as running:
        running.start("writer", "writer")
        for name in ("reader-1", "reader-2"):
            running.start(name, "reader", *(["twin"] if twin else []))
        eventually(lambda: count(reader, "seen") > 0, what="the first effect")
        storm(running, seed=7, seconds=seconds)
        running.stop("writer")
        running.start("relay", "relay")
        eventually(lambda: _unsent(writer) == 0, what="an empty outbox")
        assert send_repeats(installation) > 10
        eventually(
            lambda: running.revived() and _settled(installation, reader), seconds=90, what="everything read"
        )
    names = {"writer": writer, "reader": reader}
    urls = {name: plain_url(installation.settings.database(name)) for name in names}
    return violations(
        kafka=installation.settings.kafka_bootstrap, topic=installation.settings.case_topic, databases=urls
    )


def test_nothing_is_lost_doubled_or_out_of_order_whoever_is_killed(
    installation: Installation, tmp_path: Path
) -> None:
    assert found_after_a_storm(installation, tmp_path, seconds=SECONDS) == []


def test_without_the_sequence_check_the_checker_speaks(installation: Installation, tmp_path: Path) -> None:
    found = found_after_a_storm(installation, tmp_path, seconds=6.0, twin=True)
    assert any(line.startswith("I3") for line in found), found


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def _unsent(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL").scalar_one()
        )


def _settled(installation: Installation, reader: Engine) -> bool:
    consumer = log_reader(installation.settings)
    try:
        ends = end_offsets(consumer, installation.settings.case_topic)
    finally:
        consumer.close()
    with reader.connect() as connection:
        positions = dict(
            tuple(row) for row in connection.exec_driver_sql("SELECT partition, next_offset FROM position")
        )
    return all(positions.get(partition, 0) >= end for partition, end in ends.items())
