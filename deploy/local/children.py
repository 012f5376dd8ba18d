"""Starting and ending processes of our own, so that none outlives its starter and nobody else's is touched.

On Linux the kernel signals a child when the thread that started it ends (prctl PR_SET_PDEATHSIG): so start a
long-lived child from a thread that lives as long as it should.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
GRACE_SECONDS = 10.0

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Child(Protocol):
    """A started process; subprocess.Popen is one."""

    @property
    def pid(self) -> int:
        """Its number."""

    @property
    def returncode(self) -> int | None:
        """The exit code last seen, negative for a signal."""

    def poll(self) -> int | None:
        """The exit code, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired."""

    def send_signal(self, number: int, /) -> None:
        """Send it a signal, unless it has ended."""


@dataclass(frozen=True)
class Identity:
    """A process that can be told from a later one with the same number."""

    pid: int
    started: str


def identity_of(pid: int) -> Identity | None:
    """Who has this process id now; None when nobody has, or only a zombie."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return Identity(pid=pid, started=_start_mark(process))
    except (psutil.Error, OSError):
        return None


def _start_mark(process: psutil.Process) -> str:
    """On Linux the boot and the clock ticks since it, which no change of the wall clock moves."""
    if sys.platform != "linux":
        return f"{process.create_time():.2f}"
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return f"{boot}:{fields[19]}"


def start(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    folder: Path | None = None,
    signal_when_orphaned: int = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches only us), its output appended to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=folder,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            start_new_session=True,
            preexec_fn=_dies_with(os.getpid(), signal_when_orphaned),
        )


def start_on_screen(
    command: Sequence[str], *, env: Mapping[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    """Start a child that writes where we write; Ctrl-C reaches only us, and it ends with us."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        env=os.environ | dict(env),
        cwd=folder,
        start_new_session=True,
        preexec_fn=_dies_with(os.getpid(), signal.SIGTERM),
    )


def _dies_with(starter: int, orphan_signal: int) -> Callable[[], None] | None:
    """Runs in the child after it changed its user (which would clear the setting) and before its program."""
    return None if _libc is None else lambda: die_with(starter, orphan_signal)


def die_with(starter: int, orphan_signal: int) -> None:
    """In a child: have the kernel send us this signal when the thread that started us ends."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, orphan_signal, 0, 0, 0)
        if os.getppid() != starter:  # it ended in between
            os._exit(1)


def call_myself(name: str) -> None:
    """In a child: the name that `ps` and `top` show, of at most 15 characters."""
    if _libc is not None:
        _libc.prctl(PR_SET_NAME, name[:15].encode(), 0, 0, 0)


def stop(child: Child, *, how: int = signal.SIGTERM, grace: float = GRACE_SECONDS) -> None:
    """Ask a child to end, and kill its whole session when it has not ended within `grace` seconds."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(grace)
        except subprocess.TimeoutExpired:
            kill_session(child.pid)
            child.wait()


def kill_session(pid: int) -> None:
    """SIGKILL to a child that leads a session, and to whatever it started in it."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_stranded(known: Identity, *, how: int = signal.SIGTERM, grace: float = 5.0) -> bool:
    """End what an earlier launcher left behind; False when it is gone or the number is another's now."""
    if identity_of(known.pid) != known:
        return False
    process = psutil.Process(known.pid)
    process.send_signal(how)
    try:
        process.wait(grace)
    except psutil.TimeoutExpired:
        kill_session(known.pid)
        process.wait(grace)
    return True
