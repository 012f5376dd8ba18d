"""The whole system for a test: every service as its own process in a namespace of its own, on real Kafka and real PostgreSQL.

Started with the launcher's own pieces on free ports; what exits is started again, as the launcher and an
orchestrator do; all ended by process id.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
from kafka import KafkaConsumer

from backbone import clock
from backbone.calls import Calls
from backbone.clock import Clock
from backbone.database import drop_database, migrate, plain_url
from backbone.log import delete_topics, end_offsets, ensure_topics, reader
from backbone.settings import Settings
from backbone.work import Actor
from deploy.keys import ensure_keys
from deploy.local import children
from deploy.local.landed import landed_services
from deploy.local.launcher import is_ready
from deploy.local.ledger import Ledger
from deploy.local.ports import any_free_ports
from deploy.local.processes import (
    DEFAULT_PORTS,
    MAIL_CATCHER,
    SIGNER,
    Process,
    every_setting,
    settings_of,
)
from deploy.local.supervisor import Program, Supervisor
from schemas.codes import Role
from schemas.municipalities import NORDLAND

ROOT = Path(__file__).resolve().parent.parent
EVENTUALLY = 60.0


def eventually(
    condition: Callable[[], Any], *, seconds: float = EVENTUALLY, what: str = "what was waited for"
) -> Any:
    """Ask until the answer is truthy, and give it; AssertionError when it never is."""
    until = clock.monotonic() + seconds
    while not (found := condition()):
        assert clock.monotonic() < until, f"{what} did not come about within {seconds:g} s"
        clock.pause(0.05)
    return found


class System:
    """The running system, seen from outside: its pages, its APIs, its processes."""

    def __init__(
        self,
        *,
        kafka: str,
        database: str,
        namespace: str,
        folder: Path,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        ports = dict(zip(DEFAULT_PORTS, any_free_ports(len(DEFAULT_PORTS)), strict=True))
        ensure_keys(folder / "keys")
        every = every_setting(ports=ports, kafka_bootstrap=kafka, database_url=database, local=folder)
        self.environment = {**every, "FELLES_NAMESPACE": namespace, **(extra or {})}
        self.settings = Settings.model_validate(
            {name.removeprefix("FELLES_").lower(): value for name, value in self.environment.items()}
        )
        self.clock = Clock(self.settings.demo_clock_file)
        self.calls = Calls(self.settings, self.clock, client=httpx.Client(timeout=20, trust_env=False))
        self.services = {service.name: service for service in landed_services()}
        self._supervisor = Supervisor(
            logs=folder / "logs", ledger=Ledger(folder / "ledger.json"), say=lambda _line: None
        )
        self._log: KafkaConsumer | None = None
        self._asked: list[Callable[[], None]] = []
        self._done = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def prepare(self) -> None:
        """Topics and databases."""
        ensure_topics(self.settings)
        for name in self.services:
            migrate(self.settings, name)

    def start(self, names: Sequence[str] | None = None) -> None:
        """Start the services (all, and the mail catcher) and wait until each is ready."""
        wanted = [self.services[name] for name in names] if names else [MAIL_CATCHER, *self.services.values()]
        if not self._keeper.is_alive():
            self._keeper.start()
        for process in wanted:
            self._ask(partial(self._supervisor.start, self._program(process)))
        for process in wanted:
            if process is not MAIL_CATCHER:
                self.wait_ready(process.name)

    def stop(self, *names: str) -> None:
        """Ask these to end and do not start them again."""
        self._ask(lambda: self._supervisor.stop(names))

    def pid(self, name: str) -> int:
        """The process id of a service that runs."""
        return int(eventually(lambda: self._supervisor.pid_of(name), what=f"a process of {name}"))

    def wait_ready(self, *names: str, seconds: float = EVENTUALLY) -> None:
        """Wait until these (all otherwise) say that they are ready."""
        for name in names or self.services:
            eventually(
                partial(_ready, self.address(name)),
                seconds=seconds,
                what=f"{name} (its log: {self.log(name)}) to be ready",
            )

    def address(self, name: str) -> str:
        """The base URL of a service."""
        return self.settings.address(name)

    def log(self, name: str) -> Path:
        """Where a process writes its log."""
        return self._supervisor.log_of(name)

    def mail(self) -> list[Path]:
        """The messages that the mail catcher has, oldest first."""
        return sorted((self.folder / "mail").glob("*.eml"))

    def quiet(self, *, seconds: float = EVENTUALLY) -> None:
        """Wait until every outbox is empty and every service has read to the log's end: twice in a row, for who reads may write."""
        eventually(lambda: self._at_rest() and self._at_rest(), seconds=seconds, what="quiet")

    def _at_rest(self) -> bool:
        return all(self._has_told_all(name) for name in self.services) and self._has_been_read()

    def _has_told_all(self, name: str) -> bool:
        with self._database(name) as database:
            return database.execute("SELECT FROM outbox WHERE sent_at IS NULL LIMIT 1").fetchone() is None

    def _has_been_read(self) -> bool:
        self._log = self._log or reader(self.settings)
        ends = {part: end for part, end in end_offsets(self._log, self.settings.case_topic).items() if end}
        return all(ends.items() <= self._positions(name).items() for name in self.services)

    def _positions(self, name: str) -> dict[int, int]:
        query = "SELECT partition, next_offset FROM position WHERE topic = %s"
        with self._database(name) as database:
            return dict(database.execute(query, (self.settings.case_topic,)).fetchall())

    def _database(self, name: str) -> psycopg.Connection:
        return psycopg.connect(plain_url(self.settings.database(name)), autocommit=True)

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a service's command line to its end, beside the running service."""
        process = self.services[name]
        env = {**_surroundings(), **settings_of(process, self.environment)}
        return subprocess.run(
            [sys.executable, "-m", process.module, *arguments],
            env=env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `felles` as an operator does, who has every setting."""
        return subprocess.run(
            [sys.executable, "-m", "services.cli", *arguments],
            env={**_surroundings(), **self.environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )

    def start_signer(self) -> None:
        """Start the signer, and wait until it has looked at every tree once."""
        self._ask(partial(self._supervisor.start, self._program(SIGNER)))
        self.wait_ready(SIGNER.name)

    def close(self) -> None:
        """End everything and leave nothing behind."""
        if self._keeper.is_alive():
            self._ask(lambda: self._supervisor.stop(self._supervisor.names))
            self._done.set()
            self._keeper.join(20)
        if self._log is not None:
            self._log.close()
        for name in [*self.services, "keys"]:
            drop_database(self.settings, f"{self.settings.namespace}_{name}")
        with suppress(Exception):
            delete_topics(self.settings)

    def _program(self, process: Process) -> Program:
        env = {**_surroundings(), **settings_of(process, self.environment)}
        command = [sys.executable, "-m", process.module]
        return Program(process.name, lambda log: children.start(command, log=log, env=env, folder=ROOT))

    def _ask(self, what: Callable[[], None]) -> None:
        """Have the keeper's thread do it: children end when the thread that started them does."""
        done = threading.Event()
        self._asked.extend((what, done.set))
        assert done.wait(30), "the keeper does not answer"

    def _keep(self) -> None:
        while not self._done.is_set():
            while self._asked:
                self._asked.pop(0)()
            self._supervisor.watch()
            clock.pause(0.05)


@contextmanager
def a_system(
    *, kafka: str, database: str, namespace: str, folder: Path, extra: Mapping[str, str] | None = None
) -> Iterator[System]:
    """A prepared and started system that is gone when the block ends."""
    system = System(kafka=kafka, database=database, namespace=namespace, folder=folder, extra=extra)
    try:
        system.prepare()
        system.start()
        yield system
    finally:
        system.close()


def staff(person_id: str, agency: str, *roles: Role) -> Actor:
    """A person who works for an agency all over Nordland."""
    session, everywhere = f"session of {person_id}", frozenset(NORDLAND)
    return Actor(person_id, agency, frozenset(roles), session, municipality_nos=everywhere)


def _surroundings() -> dict[str, str]:
    from deploy.local.surroundings import surroundings

    return surroundings()


def _ready(address: str) -> bool:
    port = urlsplit(address).port
    assert port is not None
    return is_ready(port)
