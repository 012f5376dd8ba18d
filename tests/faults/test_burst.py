"""Every service and Kafka are killed with SIGKILL in the middle of a burst of commands; afterwards every acknowledged command has its effect, once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from backbone import clock
from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.database import plain_url
from backbone.refusal import Unavailable
from deploy.local import children, ports
from deploy.local.jars import kafka_jars
from deploy.local.kafka import KafkaNode
from tests.checker import violations
from tests.stories.cast import Cast, Story
from tests.system import System, a_system, eventually

CASES, WRITERS = 16, 4


class Mortal:
    """A Kafka node that can be killed and comes back with its data."""

    def __init__(self, folder: Path) -> None:
        port, controller_port = ports.any_free_ports(2)
        self.node = KafkaNode(jars=kafka_jars(), folder=folder, port=port, controller_port=controller_port)
        self._log = folder / "kafka.log"
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True)
        self.node.prepare()

    def start(self) -> None:
        self._process = self.node.start(log=self._log)
        self.node.wait(self._process, log=self._log)

    def kill(self) -> None:
        assert self._process is not None
        children.kill_session(self._process.pid)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            children.stop(self._process)


@contextmanager
def a_mortal_kafka(folder: Path) -> Iterator[Mortal]:
    kafka = Mortal(folder)
    try:
        kafka.start()
        yield kafka
    finally:
        kafka.stop()


def test_everything_is_killed_in_a_burst_and_every_effect_is_there_once(
    database_url: str, a_namespace: str, tmp_path: Path
) -> None:
    with a_mortal_kafka(tmp_path / "kafka") as kafka:
        folder = tmp_path / "system"
        folder.mkdir()
        with a_system(
            kafka=kafka.node.bootstrap, database=database_url, namespace=a_namespace, folder=folder
        ) as system:
            cast = Cast(system)
            cast.moves_in()
            with ThreadPoolExecutor(WRITERS) as pool:
                asked = [pool.submit(a_case_that_insists, cast) for _ in range(CASES)]
                kill_everything(system, kafka)  # on this thread: a child ends with the thread that started it
                stories = [future.result() for future in asked]
            system.wait_ready(seconds=120)
            system.quiet(seconds=120)
            urls = {name: plain_url(system.settings.database(name)) for name in system.services}
            assert (
                violations(kafka=kafka.node.bootstrap, topic=system.settings.case_topic, databases=urls) == []
            )
            for story in stories:
                assert_all_effects(story)
            assert replayed_equal(system) == dict.fromkeys(system.services, 0)


def kill_everything(system: System, kafka: Mortal) -> None:
    """SIGKILL to each service in turn, and to Kafka in between, while the burst goes on."""
    for name in system.services:
        clock.pause(1.5)
        children.kill_session(system.pid(name))
        if name == "sharing":
            kafka.kill()
            clock.pause(3.0)
            kafka.start()


def a_case_that_insists(cast: Cast) -> Story:
    """Registers, signs and reports; asks again with the same key for as long as somebody is away."""
    story = Insisting(cast)
    story.registers()
    story.signs()
    eventually(lambda: story.tries_to_report(), seconds=180, what="a deviation that is taken")
    return story


class Insisting(Story):
    """A story whose every step is repeated with its first key until it is answered."""

    def post(self, actor, service, path, body=None, *, key=None):  # type: ignore[no-untyped-def]
        return insist(lambda again: self.at_once(actor, service, path, body, key=again), key or new_id())

    def tries_to_report(self) -> bool:
        """The teacher may report once network has told contracts who is in the group; to ask that may itself meet the killing."""
        try:
            self.deviates()
        except Unavailable:
            return False
        except CalledRefused as refused:
            if refused.status not in (403, 404):
                raise
            return False
        return True


def insist(ask, key: str):  # type: ignore[no-untyped-def]
    """Ask with the same key until there is an answer; only an answer, also a refusal, ends it."""
    until = clock.monotonic() + 180
    while True:
        try:
            return ask(key)
        except Unavailable:
            pass
        except CalledRefused as refused:
            if refused.status < 500:
                raise
        assert clock.monotonic() < until, "nobody answered in three minutes"
        clock.pause(0.3)


def assert_all_effects(story: Story) -> None:
    """What the acknowledged commands must have led to, in the services that only heard of it."""
    group = story.has_a_group()
    people = [membership["person_id"] for membership in group["memberships"]]
    assert len(people) == len(set(people)) >= 3
    assert len(story.deadlines("D-01")) == 1
    notices = [
        notice for notice in story.notices(story.cast.coordinator) if "DEVIATION" in notice["kind"].upper()
    ]
    assert len(notices) == 1
    types = [event["type"] for event in story.trail()]
    for once in (
        "contract.registered",
        "contract.signed",
        "contract.started",
        "network_group.formed",
        "deviation.reported",
    ):
        assert types.count(once) >= 1, once


def replayed_equal(system: System) -> dict[str, int]:
    """The exit code of each service's replay."""
    return {name: system.run(name, "replay").returncode for name in system.services}
