"""The launcher on real Kafka and PostgreSQL: it starts, restarts, outlives SIGKILL, leaves nothing."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest

from deploy.local import ports
from deploy.local.paths import REPOSITORY
from deploy.local.processes import DEFAULT_PORTS

pytestmark = [pytest.mark.integration, pytest.mark.slow]
SECONDS_TO_BE_READY = 180.0  # when to give up on a busy machine; what is promised is below
SECOND_START_SECONDS = 20.0


@dataclass
class Started:
    """A launcher that runs, and what it has said."""

    process: subprocess.Popen[bytes]
    folder: Path
    ports: dict[str, int]
    ready_after: float

    def said(self) -> str:
        return (self.folder.parent / "said").read_text(encoding="utf-8")

    def asks(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['portal']}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def pids(self) -> dict[str, int]:
        entries = json.loads((self.folder / "processes.json").read_text(encoding="utf-8"))
        return {entry["name"]: entry["identity"]["pid"] for entry in entries}

    def settings(self) -> dict[str, str]:
        script = f". {self.folder / 'env'}; env -0"
        said = subprocess.run(["sh", "-c", script], capture_output=True, check=True, text=True).stdout
        return dict(line.split("=", 1) for line in said.split("\0") if line.startswith("FELLES_"))


Start = Callable[[], Started]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the launcher, again and again on the same data; ends and deletes all of it at the end."""
    with _starting() as start_once:
        yield start_once


@pytest.fixture(scope="module")
def launcher() -> Iterator[Started]:
    """A launcher that runs all the while."""
    with _starting() as start_once:
        yield start_once()


@contextmanager
def _starting() -> Iterator[Start]:
    scratch = Path(tempfile.mkdtemp(prefix="felles-launcher-"))
    folder = scratch / "local"
    chosen = dict(zip(DEFAULT_PORTS, ports.any_free_ports(len(DEFAULT_PORTS)), strict=True))
    running: list[subprocess.Popen[bytes]] = []

    def start_once() -> Started:
        began = time.monotonic()
        with (scratch / "said").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.launch_stand_in", str(folder), json.dumps(chosen)],
                cwd=REPOSITORY,
                stdout=said,
                stderr=subprocess.STDOUT,
                preexec_fn=_hears_ctrl_c,
                env={name: value for name, value in os.environ.items() if not name.startswith("FELLES_")},
            )
        running.append(process)
        started = Started(process, folder, chosen, 0.0)
        _until(lambda: "Ctrl-C stops" in started.said(), within=SECONDS_TO_BE_READY, of=started)
        started.ready_after = time.monotonic() - began
        return started

    try:
        yield start_once
    finally:
        for process in running:
            if process.poll() is None:
                process.terminate()
                process.wait(30)
        shutil.rmtree(scratch, ignore_errors=True)


def _hears_ctrl_c() -> None:
    """As in a terminal: where tests run in the background, Ctrl-C is ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _until(true: Callable[[], bool], *, within: float, of: Started) -> None:
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, of.said()
        time.sleep(0.1)


def _in_time(first: Started) -> float:
    """The seconds a second start may take: those promised, or more where even the first had a busy machine."""
    return max(SECOND_START_SECONDS, 1.5 * first.ready_after)


def _gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def test_a_start_ends_with_the_address_and_a_stop_leaves_nothing_running(start: Start) -> None:
    launcher = start()
    pids = launcher.pids()
    assert set(pids) == {"postgres", "kafka", "mail-catcher", "portal"}
    assert f"http://127.0.0.1:{launcher.ports['portal']}" in launcher.said()
    assert launcher.asks("/health/ready") == "ready"
    assert "FELLES_KEY_ENCRYPTION_KEY_FILE" not in launcher.asks("/settings")

    launcher.process.send_signal(signal.SIGINT)

    assert launcher.process.wait(30) == 0
    assert all(_gone(pid) for pid in pids.values())
    assert "Everything is stopped." in launcher.said()


def test_the_settings_of_the_running_system_can_be_read_by_a_shell(launcher: Started) -> None:
    settings = launcher.settings()
    with psycopg.connect(settings["FELLES_DATABASE_URL"]) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert ports.answers(int(settings["FELLES_KAFKA_BOOTSTRAP"].rpartition(":")[2]))
    for name in ("FELLES_TOKEN_KEY_FILE", "FELLES_KEY_ENCRYPTION_KEY_FILE"):
        key = Path(settings[name])
        assert len(bytes.fromhex(key.read_text(encoding="ascii"))) == 32
        assert key.stat().st_mode & 0o777 == 0o400


def test_a_program_that_ends_is_started_again_with_a_sentence(launcher: Started) -> None:
    before = launcher.pids()["portal"]
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        launcher.asks("/end/70")
    _until(lambda: launcher.pids().get("portal", before) != before, within=20, of=launcher)
    assert "portal was ended by its own watchdog; starting it again in 0.5 s" in launcher.said()
    _until(lambda: ports.answers(launcher.ports["portal"]), within=20, of=launcher)
    assert launcher.asks("/health/ready") == "ready"


def test_a_second_start_after_every_process_was_killed_is_ready_in_time(start: Start) -> None:
    killed = start()
    everything = [killed.process.pid, *killed.pids().values()]
    for pid in everything:
        os.kill(pid, signal.SIGKILL)
    killed.process.wait(10)

    again = start()

    assert again.ready_after < _in_time(killed)


def test_a_killed_launcher_takes_its_children_with_it_and_the_next_start_is_ready_in_time(
    start: Start,
) -> None:
    killed = start()
    pids = killed.pids()
    os.kill(killed.process.pid, signal.SIGKILL)
    killed.process.wait(10)
    _until(lambda: all(_gone(pid) for pid in pids.values()), within=30, of=killed)

    again = start()

    assert again.ready_after < _in_time(killed)


def test_a_second_launcher_on_the_same_data_is_refused_with_a_sentence(launcher: Started) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tests.integration.launch_stand_in", str(launcher.folder), "{}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 1
    assert f"runs already in this folder (process {launcher.process.pid})" in second.stdout
    assert "Traceback" not in second.stdout + second.stderr
    assert launcher.asks("/health/ready") == "ready"
