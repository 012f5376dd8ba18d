"""Processes that we start end with us, and nobody else's is ended."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from deploy.local import children
from deploy.local.ledger import Ledger
from deploy.local.paths import REPOSITORY

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
IGNORES_SIGTERM = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(60)",
]


def _until(true: Callable[[], bool], *, within: float = 20.0) -> bool:
    until = time.monotonic() + within
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their starter")
def test_a_child_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    starter = f"""
        import sys, time
        from pathlib import Path
        from deploy.local import children
        child = children.start({SLEEPS!r}, log=Path({str(tmp_path / "log")!r}))
        print(child.pid, flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(starter)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert children.identity_of(child) is not None
        process.kill()
    assert _until(lambda: children.identity_of(child) is None)


def test_a_child_does_not_get_the_ctrl_c_of_our_terminal(tmp_path: Path) -> None:
    child = children.start(SLEEPS, log=tmp_path / "log")
    try:
        assert os.getpgid(child.pid) != os.getpgid(0)
    finally:
        children.stop(child)
    assert child.returncode == -signal.SIGTERM


def test_a_child_that_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = children.start(IGNORES_SIGTERM, log=log)
    assert _until(lambda: "deaf" in log.read_text())
    children.stop(child, grace=0.2)
    assert child.returncode == -signal.SIGKILL


def test_what_a_killed_launcher_left_is_ended(tmp_path: Path) -> None:
    child = children.start(SLEEPS, log=tmp_path / "log")
    Ledger(tmp_path / "processes.json").started("sleeper", child.pid)
    assert Ledger(tmp_path / "processes.json").end_stranded() == ["sleeper"]
    assert children.identity_of(child.pid) is None
    child.wait(5)


def test_a_process_that_only_has_the_same_number_is_left_alone(tmp_path: Path) -> None:
    somebody_elses = children.start(SLEEPS, log=tmp_path / "log")
    try:
        identity = children.identity_of(somebody_elses.pid)
        assert identity is not None
        assert not children.end_stranded(replace(identity, started=f"{identity.started}0"))
        assert psutil.pid_exists(somebody_elses.pid)
        assert somebody_elses.poll() is None
    finally:
        children.stop(somebody_elses)


def test_a_process_that_ended_by_itself_is_not_looked_for(tmp_path: Path) -> None:
    child = children.start(SLEEPS, log=tmp_path / "log")
    ledger = Ledger(tmp_path / "processes.json")
    ledger.started("sleeper", child.pid)
    children.stop(child)
    ledger.ended("sleeper")
    assert Ledger(tmp_path / "processes.json").end_stranded() == []


def test_a_ledger_that_was_cut_short_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "processes.json"
    path.write_text('[{"name": "postg')
    assert Ledger(path).end_stranded() == []
