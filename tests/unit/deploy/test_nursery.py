"""A forked program is as good as one that was started by itself: its settings, its output, its end."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local import children, nursery
from deploy.local.nursery import Fork

Start = Callable[[str], children.Child]
UP = "import time; print('up'); time.sleep(60)"


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts a program given as text, as a module in a folder of its own."""
    sys.path.insert(0, str(tmp_path))

    def start_text(text: str) -> children.Child:
        name = f"program_{os.urandom(4).hex()}"
        (tmp_path / f"{name}.py").write_text(text)
        return nursery.start_module(
            name, log=tmp_path / "log", env={"FELLES_NAMESPACE": "mine", "PATH": "/bin"}, folder=tmp_path
        )

    return start_text


def _said(folder: Path) -> str:
    log = folder / "log"
    return log.read_text(encoding="utf-8") if log.exists() else ""


def _until_up(folder: Path) -> None:
    until = time.monotonic() + 20
    while "up" not in _said(folder):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_it_gets_its_own_settings_and_folder_and_none_of_ours(start: Start, tmp_path: Path) -> None:
    os.environ["FELLES_OURS"] = "x"
    try:
        child = start(
            "import json, os, sys; print(json.dumps([dict(os.environ), os.getcwd(), sys.argv[1:]]))"
        )
    finally:
        del os.environ["FELLES_OURS"]
    assert child.wait(20) == 0
    environment, folder, arguments = json.loads(_said(tmp_path))
    assert environment == {"FELLES_NAMESPACE": "mine", "PATH": "/bin"}
    assert (folder, arguments) == (str(tmp_path), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pass", 0),
        ("raise SystemExit(70)", 70),
        ("import sys; sys.exit('a sentence')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(5)", 5),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
    ],
)
def test_its_exit_code_is_that_of_an_ordinary_start(start: Start, text: str, code: int) -> None:
    assert start(text).wait(20) == code
    assert subprocess.run([sys.executable, "-c", text], capture_output=True, check=False).returncode == code


def test_a_stack_trace_goes_to_its_log(start: Start, tmp_path: Path) -> None:
    start("raise ValueError('went wrong')").wait(20)
    assert "ValueError: went wrong" in _said(tmp_path)


def test_its_threads_and_its_farewells_are_waited_for(start: Start, tmp_path: Path) -> None:
    text = """
import atexit, threading, time
atexit.register(lambda: print("farewell"))
threading.Thread(target=lambda: (time.sleep(0.2), print("thread"))).start()
"""
    assert start(text).wait(20) == 0
    assert _said(tmp_path).split() == ["thread", "farewell"]


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")
def test_it_holds_no_lock_of_ours(start: Start, tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as ours:
        fcntl.flock(ours, fcntl.LOCK_EX)
        child = start(UP)
        _until_up(tmp_path)
    try:
        with (tmp_path / "lock").open("w") as again:
            fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        children.stop(child)
    assert child.returncode == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")
def test_it_is_in_a_session_of_its_own_and_has_its_modules_name(start: Start, tmp_path: Path) -> None:
    if threading.active_count() > 1:
        pytest.skip("something else has a thread here, so nothing is forked")
    child = start(UP)
    _until_up(tmp_path)
    try:
        assert isinstance(child, Fork)
        assert Path(f"/proc/{child.pid}/comm").read_text().startswith("program_")
        assert os.getsid(child.pid) == child.pid
    finally:
        children.stop(child)


def test_one_that_does_not_end_in_time_is_said_so(start: Start) -> None:
    child = start("import time; time.sleep(60)")
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.05)
    children.stop(child)


def test_two_forks_draw_different_random_numbers(start: Start, tmp_path: Path) -> None:
    text = "import random, uuid; from uuid_utils import uuid7; print(random.random(), uuid.uuid4(), uuid7())"
    for child in [start(text), start(text)]:
        assert child.wait(20) == 0
    words = _said(tmp_path).split()
    assert len(words) == len(set(words)) == 6
