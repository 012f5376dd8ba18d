"""Starts our Python programs as forks of a launcher that has imported their packages once.

Every service needs some two seconds of processor time to import the same packages. On two cores that alone
would make a start too long; forked, a service is there in a moment, and shares those pages of memory with the
others. Only packages of others are imported ahead, never our own code: a service that is started again runs
what is on disk.

A fork copies only the thread that makes it, so it is made only while there is no other; and only on Linux, as
frameworks of macOS do not survive it. Otherwise the program is started the ordinary way, just slower.
"""

import atexit
import contextlib
import gc
import importlib
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from deploy.local import children

IMPORTED_AHEAD = (
    "aiokafka",
    "alembic.command",
    "apscheduler.schedulers.background",
    "babel.dates",
    "cryptography.hazmat.primitives.ciphers.aead",
    "fastapi",
    "faust",
    "faust.transport.drivers.aiokafka",
    "httpx",
    "jinja2",
    "jwt",
    "kafka",
    "mode.supervisors",
    "pydantic_settings",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlmodel",
    "structlog",
    "uvicorn",
)
_POLL_SECONDS = 0.02


def import_ahead() -> None:
    """Import what the programs will need, if they can be forked at all."""
    if sys.platform == "linux":
        for name in IMPORTED_AHEAD:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        gc.collect()
        gc.freeze()  # what is there stays as it is: the collector does not write into the shared pages


def start_module(module: str, *, log: Path, env: Mapping[str, str], folder: Path) -> children.Child:
    """Start `python -m module` with its output appended to `log`; it ends when we do."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return children.start([sys.executable, "-m", module], log=log, env=env, folder=folder)
    starter = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become(module, starter=starter, log=log, env=env, folder=folder)
    return Fork(pid)


class Fork:
    """A forked child, with as much of subprocess.Popen as is needed of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends. Raises subprocess.TimeoutExpired after `timeout` seconds."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0.0)
            time.sleep(_POLL_SECONDS)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _become(module: str, *, starter: int, log: Path, env: Mapping[str, str], folder: Path) -> NoReturn:
    """In the child: drop what is the launcher's, run the module as the main program, and end."""
    code = 1
    try:
        _leave_the_launcher(module, starter, log)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
        sys.argv = [module]
        code = _run(module)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _leave_the_launcher(module: str, starter: int, log: Path) -> None:
    """A session of our own, our own output, no file of the launcher's (its lock!), no handler of its."""
    os.setsid()
    children.die_with(starter, signal.SIGKILL)
    children.call_myself(module.rpartition(".")[2])
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, standard in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(ours, standard)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  they are ours as long as we live
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit._clear()


def _run(module: str) -> int:
    """What the interpreter itself does with `-m`, its end included. Answers the exit code."""
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = _code_of(end)
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
        code = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    return code


def _code_of(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1
