"""The scheduler, the notifications and the vault as processes on real Kafka: killed in the middle, everything is said and mailed once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backbone.calls import Calls
from backbone.clock import Clock, new_id
from backbone.database import connect, drop_database, migrate
from backbone.log import delete_topics, ensure_topics
from backbone.outbox import Relay
from backbone.settings import Settings
from backbone.stream import STANDSTILL_EXIT
from backbone.work import Actor, work_on
from deploy.keys import ensure_keys
from deploy.local.ports import any_free_ports
from schemas.codes import Agency, Function, Role
from schemas.event import Event
from schemas.network_group import MemberJoined
from services.notifications.mail import message_id
from services.notifications.smtp import Server
from tests.integration.mail_catchers import Catcher, caught_by
from tests.plumbing import a_service
from tests.unit.notifications.test_case import called
from tests.unit.scheduler.story import held, opened, registered, signed

pytestmark = [pytest.mark.integration, pytest.mark.slow]
STARTED = ("scheduler", "notifications", "sharing")
TELLER = a_service("contracts")
START = date(2026, 9, 1)


class Town:
    """Three services as processes, and somebody who tells events as the contracts would."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        self.clock = Clock(settings.demo_clock_file)
        self.engines: dict[str, Engine] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        given = {
            f"FELLES_{key.upper()}": str(value)
            for key, value in self.settings.model_dump(exclude_none=True, exclude_defaults=True).items()
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"services.{name}"],
                env={**os.environ, **given, "FELLES_LOG_LEVEL": "INFO"},
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait(10)

    def start_again_who_gave_up(self) -> None:
        """As whoever runs a service does when its watchdog has ended it: on a slow machine it may."""
        for name, process in self.processes.items():
            if process.poll() == STANDSTILL_EXIT:
                self.start(name)

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)

    def tell(self, case_id: str, *events: Event) -> None:
        with work_on(
            self.engines["contracts"], TELLER, moment=self.clock.moment(), actor=Actor("somebody")
        ) as work:
            work.publish(case_id, *events)

    def rows(self, service: str, statement: str) -> list[tuple[Any, ...]]:
        self.start_again_who_gave_up()
        with self.engines[service].connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

    def replayed(self, service: str) -> str:
        """What `python -m services.X replay` says."""
        given = {
            f"FELLES_{key.upper()}": str(value)
            for key, value in self.settings.model_dump(exclude_none=True, exclude_defaults=True).items()
        }
        command = [sys.executable, "-m", f"services.{service}", "replay"]
        done = subprocess.run(
            command, env={**os.environ, **given}, capture_output=True, timeout=120, check=False
        )
        return done.stdout.decode()


@contextmanager
def a_town(
    database_url: str, kafka_bootstrap: str, namespace: str, folder: Path, server: Server
) -> Iterator[Town]:
    ensure_keys(folder / "keys")
    ports = any_free_ports(len(STARTED))
    addresses: dict[str, Any] = {
        f"{name}_url": f"http://127.0.0.1:{port}" for name, port in zip(STARTED, ports, strict=True)
    }
    settings = Settings(
        namespace=namespace,
        database_url=database_url,
        kafka_bootstrap=kafka_bootstrap,
        demo=True,
        demo_clock_file=folder / "clock.json",
        token_key_file=folder / "keys" / "token.key",
        key_encryption_key_file=folder / "keys" / "key-encryption.key",
        signer_folder=None,
        smtp_host=server.host,
        smtp_port=server.port,
        **addresses,
    )
    town = Town(settings, folder)
    ensure_topics(settings)
    relay = Relay(settings, "contracts")
    try:
        for name in ("contracts", *STARTED):
            migrate(settings, name)
            town.engines[name] = connect(settings.database(name))
        relay.start()
        town.clock.move_to(datetime(2026, 9, 1, 7, tzinfo=UTC))
        for name in STARTED:
            town.start(name)
        yield town
    finally:
        town.stop()
        relay.stop()
        relay.join(5)
        for name, engine in town.engines.items():
            engine.dispose()
            drop_database(settings, f"{namespace}_{name}")
        delete_topics(settings)


def eventually(condition: Callable[[], object], *, seconds: float = 180.0) -> None:
    """Wait until it holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.2)


def test_deadlines_and_mails_come_once_over_the_real_log_though_everybody_is_killed(
    database_url: str, kafka_bootstrap: str, a_namespace: str, tmp_path: Path
) -> None:
    with (
        caught_by(catcher := Catcher()) as server,
        a_town(database_url, kafka_bootstrap, a_namespace, tmp_path, server) as town,
    ):
        teacher, cases = new_id(), [new_id() for _ in range(12)]
        eventually(lambda: contact_kept(town, teacher))
        for case_id in cases:
            member = MemberJoined(
                person_id=teacher,
                agency=Agency.SKOLE_GRUNN,
                function=Function.CONTACT_PERSON,
                joined_on=START,
            )
            town.tell(
                case_id, opened(), registered(), member, signed(START), called(teacher, meeting_id=new_id())
            )
        eventually(lambda: town.rows("scheduler", "SELECT 1 FROM deadline LIMIT 1"))
        for name in ("scheduler", "notifications"):
            town.kill(name)
            town.start(name)
        eventually(lambda: len(catcher.times_accepted()) >= 24)
        town.clock.move_to(datetime(2026, 9, 16, 6, tzinfo=UTC))
        eventually(lambda: town.rows("scheduler", "SELECT 1 FROM raised WHERE what = 'PASSED' LIMIT 1"))
        town.kill("scheduler")
        town.start("scheduler")
        passed = "SELECT count(*) FROM raised WHERE what = 'PASSED'"
        # what is met before that never passes
        eventually(lambda: town.rows("scheduler", passed) == [(12,)])
        for case_id in cases:
            town.tell(case_id, held(date(2026, 9, 16)))
        told = "SELECT count(*) FROM notice WHERE kind = 'DEADLINE_PASSED'"
        eventually(lambda: town.rows("notifications", told) == [(12,)])
        eventually(
            lambda: town.rows("scheduler", "SELECT count(*) FROM raised WHERE what = 'MET'") == [(24,)]
        )
        eventually(
            lambda: town.rows("scheduler", "SELECT count(*) FROM outbox WHERE sent_at IS NULL") == [(0,)]
        )
        assert_mailed_once(town, catcher)
        said = town.rows("scheduler", "SELECT type, count(*) FROM outbox GROUP BY type ORDER BY type")
        assert said == [("deadline.met", 24), ("deadline.passed", 12), ("deadline.scheduled", 48)]
        for service in ("scheduler", "notifications"):
            answer = town.replayed(service)
            assert "equal" in answer, answer


def assert_mailed_once(town: Town, catcher: Catcher) -> None:
    """Each mail that is known to be sent came once, or once more where a killed sender had left it in doubt (ADR 8)."""
    times = catcher.times_accepted()
    sent = town.rows("notifications", "SELECT notice_id, doubts FROM mail WHERE state = 'SENT'")
    assert len(sent) >= 24
    for notice_id, doubts in sent:
        identity = message_id(notice_id, town.settings.mail_from)
        assert 1 <= times[identity] <= doubts <= 2, (
            f"accepted {times[identity]} times, in doubt {doubts} times"
        )
    assert sum(doubts > 1 for _, doubts in sent) <= 1, (
        "one sender was killed once, with one mail in its hands"
    )


def contact_kept(town: Town, person_id: str) -> bool:
    """True when the vault answers and has the teacher's address."""
    actor = Actor(new_id(), roles=frozenset({Role.OPERATOR}))
    body = {"person_id": person_id, "name": "Kari Ås", "email": "kari@skole.example", "language": "nn"}
    try:
        Calls(town.settings, town.clock).post("sharing", "/people", actor=actor, body=body)
    except Exception:  # not up yet
        return False
    return True
