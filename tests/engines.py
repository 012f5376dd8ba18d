"""Real Kafka and real PostgreSQL for a test run: those that the environment names, else a pair of its own.

`FELLES_KAFKA_BOOTSTRAP` and `FELLES_DATABASE_URL` name servers that exist already. Otherwise the run
starts a Kafka node and a PostgreSQL server in a temporary folder on free ports, and ends them by process id.
Under pytest-xdist the first worker that needs an engine starts it, the others use it, and the first waits for
them at the end.
Tests use namespaces of their own (`a_namespace`), so that nothing that was there before is touched.
"""

import contextlib
import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from filelock import FileLock

from deploy.local import children, ports
from deploy.local.jars import kafka_jars
from deploy.local.kafka import KafkaNode
from deploy.local.postgres import PostgresServer

SECONDS_FOR_OTHER_WORKERS = 1800.0


@pytest.fixture(scope="session")
def kafka_bootstrap(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The bootstrap address of a real Kafka, `host:port`."""
    named = os.environ.get("FELLES_KAFKA_BOOTSTRAP")
    if named:
        yield named
        return
    with _one_for_all("kafka", own_kafka, _shared_folder(tmp_path_factory, worker_id)) as address:
        yield address


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The URL of a real PostgreSQL server's maintenance database."""
    named = os.environ.get("FELLES_DATABASE_URL")
    if named:
        yield named
        return
    with _one_for_all("postgres", own_postgres, _shared_folder(tmp_path_factory, worker_id)) as address:
        yield address


@pytest.fixture
def a_namespace() -> str:
    """A name that no other test and no running system uses, for topics, databases and consumer groups."""
    return f"felles_test_{os.urandom(5).hex()}"


@contextlib.contextmanager
def own_kafka() -> Iterator[str]:
    """A Kafka node of one's own; gives its bootstrap address, and ends it and its data at the end."""
    port, controller_port = ports.any_free_ports(2)
    with _scratch_folder() as folder:
        node = KafkaNode(jars=kafka_jars(), folder=folder, port=port, controller_port=controller_port)
        node.prepare()
        log = folder / "kafka.log"
        process = node.start(log=log)
        try:
            node.wait(process, log=log)
            yield node.bootstrap
        finally:
            children.stop(process)


@contextlib.contextmanager
def own_postgres() -> Iterator[str]:
    """A PostgreSQL server of one's own; gives its URL, and ends it and its data at the end."""
    with _scratch_folder() as folder:
        server = PostgresServer(folder=folder, durable=False)
        server.prepare()
        log = folder / "postgres.log"
        process = server.start(log=log)
        try:
            server.wait(process, log=log)
            yield server.url
        finally:
            children.stop(process, how=signal.SIGINT)


@contextlib.contextmanager
def _scratch_folder() -> Iterator[Path]:
    """Short, because a socket lies in it; deleted even when a server was killed while it wrote."""
    folder = Path(tempfile.mkdtemp(prefix="felles-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The one folder that all workers of this run see."""
    mine = tmp_path_factory.getbasetemp()
    return mine if worker_id == "master" else mine.parent


@contextlib.contextmanager
def _one_for_all(name: str, own: Callable[[], AbstractContextManager[str]], folder: Path) -> Iterator[str]:
    """Share one engine between workers: its starter ends it when the last of the others has let go."""
    note, lock = folder / f"{name}.json", FileLock(folder / f"{name}.lock")
    with lock:
        if note.exists():
            engine: AbstractContextManager[str] = contextlib.nullcontext(_join(note))
            starter = False
        else:
            engine, starter = own(), True
            address = engine.__enter__()
            note.write_text(json.dumps({"address": address, "users": 1}), encoding="utf-8")
            engine = _entered(engine, address)
    with engine as address:
        try:
            yield address
        finally:
            _leave(note, lock, starter=starter)


@contextlib.contextmanager
def _entered(engine: AbstractContextManager[str], address: str) -> Iterator[str]:
    """A started engine as a context of its own, to be left later than the lock."""
    try:
        yield address
    finally:
        engine.__exit__(None, None, None)


def _join(note: Path) -> str:
    content = json.loads(note.read_text(encoding="utf-8"))
    content["users"] += 1
    note.write_text(json.dumps(content), encoding="utf-8")
    return str(content["address"])


def _leave(note: Path, lock: FileLock, *, starter: bool) -> None:
    with lock:
        content = json.loads(note.read_text(encoding="utf-8"))
        content["users"] -= 1
        note.write_text(json.dumps(content), encoding="utf-8")
    until = time.monotonic() + SECONDS_FOR_OTHER_WORKERS
    while starter and time.monotonic() < until:
        with lock:
            if json.loads(note.read_text(encoding="utf-8"))["users"] == 0:
                note.unlink()
                return
        time.sleep(0.2)
