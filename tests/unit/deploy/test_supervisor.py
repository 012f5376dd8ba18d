"""What ends is started again, later each time; what is stopped ends."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local import children
from deploy.local.ledger import Ledger
from deploy.local.supervisor import Program, Supervisor


def _program(name: str, code: str) -> Program:
    return Program(name, lambda log: children.start([sys.executable, "-c", code], log=log))


class Kept:
    """A supervisor, and what it has said."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        self.supervisor = Supervisor(
            logs=folder / "logs", ledger=Ledger(folder / "processes.json"), say=self.said.append
        )

    def watch_until(self, true: Callable[[], bool], *, within: float = 20.0) -> None:
        until = time.monotonic() + within
        while not true():
            assert time.monotonic() < until, self.said
            self.supervisor.watch()
            time.sleep(0.02)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.supervisor.stop(made.supervisor.names)


def test_a_program_that_keeps_ending_waits_longer_each_time(kept: Kept) -> None:
    kept.supervisor.start(_program("brief", "raise SystemExit(3)"))
    kept.watch_until(lambda: len(kept.said) == 3)
    pauses = [line.split(" in ")[1].split(" s")[0] for line in kept.said]
    assert pauses == ["0.5", "1", "2"]
    assert kept.said[0].startswith("brief ended with code 3; starting it again")


def test_a_watchdogs_exit_is_called_by_its_name(kept: Kept) -> None:
    kept.supervisor.start(_program("careful", "raise SystemExit(70)"))
    kept.watch_until(lambda: bool(kept.said))
    assert kept.said[0].startswith("careful was ended by its own watchdog")


def test_a_killed_program_runs_again_under_another_number(kept: Kept) -> None:
    kept.supervisor.start(_program("sleeper", "import time; time.sleep(60)"))
    first = kept.supervisor.pid_of("sleeper")
    assert first is not None
    children.kill_session(first)
    kept.watch_until(lambda: kept.supervisor.pid_of("sleeper") not in (None, first))
    assert "was ended by SIGKILL" in kept.said[0]


def test_a_new_start_keeps_the_log_of_the_one_before(kept: Kept) -> None:
    for word in ("first", "second"):
        kept.supervisor.start(_program("talker", f"print('{word}', flush=True); import time; time.sleep(60)"))
        log = kept.supervisor.log_of("talker")
        kept.watch_until(lambda log=log, word=word: word in log.read_text())  # type: ignore[misc]
        kept.supervisor.stop(["talker"])
    assert kept.supervisor.log_of("talker").with_suffix(".log.1").read_text() == "first\n"


def test_a_stopped_program_is_not_started_again(kept: Kept) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(log: Path) -> subprocess.Popen[bytes]:
        started.append(children.start([sys.executable, "-c", "import time; time.sleep(60)"], log=log))
        return started[-1]

    kept.supervisor.start(Program("sleeper", start))
    kept.supervisor.stop(["sleeper"])
    kept.supervisor.watch()
    assert [process.poll() is not None for process in started] == [True]
    assert kept.said == []
