"""Starts the whole system on one machine, keeps it running, and stops it: what `make run` is."""

import http.client
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from deploy.keys import ensure_keys
from deploy.local import children, demo, nursery
from deploy.local.alone import LEDGER
from deploy.local.jars import kafka_jars
from deploy.local.kafka import KafkaNode
from deploy.local.landed import landed_services
from deploy.local.ledger import Ledger
from deploy.local.paths import LOCAL, REPOSITORY
from deploy.local.places import Places
from deploy.local.ports import LOOPBACK
from deploy.local.postgres import PostgresServer
from deploy.local.processes import HEALTH_PATH, MAIL_CATCHER, SIGNER, Process, settings_of
from deploy.local.refusal import CannotContinue
from deploy.local.screen import Screen
from deploy.local.supervisor import Program, Supervisor
from deploy.local.surroundings import settings_for, surroundings, write_settings

ENGINES_SECONDS = 120.0
SERVICES_SECONDS = 120.0
PREPARING_SECONDS = 300.0
LOOK_SECONDS = 0.5
IMPATIENT_LOOK_SECONDS = 0.05


class StopAsked(Exception):
    """Somebody pressed Ctrl-C, or sent SIGTERM or SIGHUP."""


class Launcher:
    """One start of the system, from the engines to the last page."""

    def __init__(
        self,
        screen: Screen,
        places: Places,
        *,
        local: Path = LOCAL,
        services: Sequence[Process] | None = None,
    ) -> None:
        self._screen = screen
        self._places = places
        self._local = local
        self._services = landed_services() if services is None else list(services)
        self._stop_asked = 0
        self._supervisor = Supervisor(logs=local / "logs", ledger=Ledger(local / LEDGER), say=screen.warn)
        self._kafka = None if places.kafka_bootstrap else self._own_kafka()
        self._postgres = None if places.database_url else PostgresServer(folder=local / "postgres")
        self._settings = settings_for(
            places,
            kafka_bootstrap=self._kafka.bootstrap if self._kafka else "",
            database_url=self._postgres.url if self._postgres else "",
            local=local,
        )

    def run(self) -> None:
        """Start everything and keep it running until it is asked to stop; then stop everything.

        Raises CannotContinue when something does not start; what was started is stopped then too.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._ask_to_stop)
        try:
            self._start()
            while True:
                self._look(LOOK_SECONDS)
        except StopAsked:
            self._screen.say("Stopping ...")
        finally:
            self._stop()

    def _start(self) -> None:
        ensure_keys(self._local / "keys")
        write_settings(self._settings, self._local / "env")
        with self._screen.step(self._engines_name()):
            self._start_engines()
        if not self._places.smtp_host:
            self._supervisor.start(self._python(MAIL_CATCHER))
        with self._screen.step("Databases and topics"):
            self._run_to_end(
                "deploy.migrate", "deploy.topics", *(["deploy.no_members"] if self._kafka else [])
            )
        with self._screen.step(f"{len(self._services)} services"):
            started = [*self._services, *self._signer()]
            for process in started:
                self._supervisor.start(self._python(process))
            self._wait_for("services", self._until_ready(started), within=SERVICES_SECONDS)
        if demo.wanted(self._settings):
            demo.load_once(self._settings, screen=self._screen, local=self._local, pause=self._look)
        demo.say_where(self._settings, screen=self._screen, local=self._local)

    def _signer(self) -> list[Process]:
        """The signer, where there is something to sign."""
        return [SIGNER] if any(service.name == "audit" for service in self._services) else []

    def _own_kafka(self) -> KafkaNode:
        ports = self._places.ports
        folder = self._local / "kafka"
        return KafkaNode(
            jars=kafka_jars(), folder=folder, port=ports["kafka"], controller_port=ports["kafka-controller"]
        )

    def _engines_name(self) -> str:
        engines = {"PostgreSQL": self._postgres, "Apache Kafka": self._kafka}
        return " and ".join(name for name, engine in engines.items() if engine) or "Getting ready"

    def _start_engines(self) -> None:
        """Both at once; while they come up, import what the services will need."""
        engines = [engine for engine in (self._postgres, self._kafka) if engine]
        self._prepare_and_start(engines)
        nursery.import_ahead()
        self._wait_for(
            "the engines",
            lambda: [type(engine).__name__ for engine in engines if not engine.answers()],
            within=ENGINES_SECONDS,
        )

    def _prepare_and_start(self, engines: Sequence[KafkaNode | PostgresServer]) -> None:
        """Preparing waits in threads; starting is done here, on the thread that lasts."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            preparing = {engine: pool.submit(engine.prepare) for engine in engines}
            while preparing:
                for engine, future in list(preparing.items()):
                    if future.done():
                        self._start_engine(engine, preparing.pop(engine))
                self._look(IMPATIENT_LOOK_SECONDS)

    def _start_engine(self, engine: KafkaNode | PostgresServer, prepared: "Future[None]") -> None:
        prepared.result()
        if isinstance(engine, KafkaNode):
            self._supervisor.start(Program("kafka", lambda log: engine.start(log=log)))
        else:
            self._supervisor.start(Program("postgres", _postgres_start(engine), stop_signal=signal.SIGINT))

    def _python(self, process: Process) -> Program:
        env = surroundings() | settings_of(process, self._settings)
        return Program(
            process.name,
            lambda log: nursery.start_module(process.module, log=log, env=env, folder=REPOSITORY),
        )

    def _run_to_end(self, *modules: str) -> None:
        """Run each to its end, all at once. Raises CannotContinue with the last words of one that fails."""
        env = surroundings() | self._settings
        running: dict[str, children.Child] = {}
        for module in modules:
            log = self._supervisor.log_of(module)
            log.unlink(missing_ok=True)
            running[module] = nursery.start_module(module, log=log, env=env, folder=REPOSITORY)
        try:
            self._wait_for(
                "these",
                lambda: [module for module, process in running.items() if process.poll() is None],
                within=PREPARING_SECONDS,
            )
        finally:
            for process in running.values():
                children.stop(process)
        for module, process in running.items():
            if process.returncode != 0:
                last_words = _last_words(self._supervisor.log_of(module))
                raise CannotContinue(f"{module} did not succeed:\n{last_words}")

    def _until_ready(self, services: Sequence[Process]) -> Callable[[], list[str]]:
        """Asks each service until it says it is ready, and does not ask it again."""
        waiting = {service.name: service for service in services}

        def still_waiting() -> list[str]:
            for name in list(waiting):
                if is_ready(self._places.ports[name]):
                    del waiting[name]
            return list(waiting)

        return still_waiting

    def _wait_for(self, what: str, missing: Callable[[], list[str]], *, within: float) -> None:
        """Look after the programs until nothing is missing. Raises CannotContinue after `within` seconds."""
        until = time.monotonic() + within
        while names := missing():
            if time.monotonic() > until:
                raise CannotContinue(
                    f"Not ready within {within:.0f} s: {', '.join(names)}. Look at {self._local / 'logs'}, "
                    f"where each of {what} writes what it does."
                )
            self._look(IMPATIENT_LOOK_SECONDS)

    def _look(self, seconds: float) -> None:
        """Look after the programs, then rest. Raises StopAsked when that was asked."""
        if self._stop_asked:
            raise StopAsked
        self._supervisor.watch()
        self._screen.sign_of_life()
        time.sleep(seconds)

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self._stop_asked += 1
        if self._stop_asked > 1:  # somebody is in a hurry
            self._supervisor.kill()

    def _stop(self) -> None:
        """The programs first, then what they stand on."""
        engines = [name for name in ("kafka", "postgres") if name in self._supervisor.names]
        self._supervisor.stop([name for name in self._supervisor.names if name not in engines])
        self._supervisor.stop(engines)
        self._screen.say("Everything is stopped.")


def _postgres_start(server: PostgresServer) -> Callable[[Path], "subprocess.Popen[bytes]"]:
    def start(log: Path) -> subprocess.Popen[bytes]:
        server.end_stranded()  # the second time round a killed server's pid file is there
        return server.start(log=log)

    return start


def is_ready(port: int) -> bool:
    """Whether the service on this port says that it is ready."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", HEALTH_PATH)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _last_words(log: Path, *, lines: int = 20) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
