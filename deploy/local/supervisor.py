"""Keeps programs running: starts them, starts them again when they end, and stops them all.

Everything happens on the thread that calls `watch`: the kernel ends the children when that thread ends.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local import children
from deploy.local.ledger import Ledger

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_SECONDS = 60.0  # whoever ran this long starts with the first pause again
WATCHDOG_EXIT = 70  # a service ends itself so when it stands still


@dataclass(frozen=True)
class Program:
    """Something to keep running: how to start it (its output goes to the path), and what ends it cleanly."""

    name: str
    start: Callable[[Path], children.Child]
    stop_signal: int = signal.SIGTERM


@dataclass
class _Kept:
    program: Program
    process: children.Child | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0


class Supervisor:
    """The running programs. `say` is told of each that ended by itself."""

    def __init__(self, *, logs: Path, ledger: Ledger, say: Callable[[str], None]) -> None:
        self._logs = logs
        self._ledger = ledger
        self._say = say
        self._kept: dict[str, _Kept] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, program: Program) -> None:
        """Start a program, with a fresh log file; the one before is kept as `.log.1`."""
        log = self.log_of(program.name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        kept = self._kept[program.name] = _Kept(program)
        self._launch(kept)

    def log_of(self, name: str) -> Path:
        """Where a program's output goes."""
        return self._logs / f"{name}.log"

    def pid_of(self, name: str) -> int | None:
        """The process id of a program, None while it is not running."""
        process = self._kept[name].process
        return process.pid if process else None

    def watch(self) -> None:
        """Look once: say who ended, and start again those whose pause is over."""
        for kept in self._kept.values():
            if kept.process and (code := kept.process.poll()) is not None:
                self._note_end(kept, code)
            if kept.process is None and time.monotonic() >= kept.due:
                self._launch(kept)

    def stop(self, names: Sequence[str], *, grace: float = children.GRACE_SECONDS) -> None:
        """Ask these to end, all at once, and kill those that have not within `grace` seconds."""
        stopping = [self._kept.pop(name) for name in names if name in self._kept]
        for kept in stopping:
            if kept.process and kept.process.poll() is None:
                kept.process.send_signal(kept.program.stop_signal)
        until = time.monotonic() + grace
        for kept in stopping:
            if kept.process:
                self._finish(kept.program.name, kept.process, max(0.0, until - time.monotonic()))

    def kill(self) -> None:
        """End everything at once."""
        for kept in self._kept.values():
            if kept.process and kept.process.poll() is None:
                children.kill_session(kept.process.pid)

    @property
    def names(self) -> list[str]:
        """The programs that are kept running."""
        return list(self._kept)

    def _launch(self, kept: _Kept) -> None:
        kept.process = kept.program.start(self.log_of(kept.program.name))
        kept.started = time.monotonic()
        self._ledger.started(kept.program.name, kept.process.pid, stop_signal=kept.program.stop_signal)

    def _note_end(self, kept: _Kept, code: int) -> None:
        name = kept.program.name
        kept.process = None
        self._ledger.ended(name)
        if time.monotonic() - kept.started > SETTLED_SECONDS:
            kept.pause = FIRST_PAUSE
        self._say(
            f"{name} {_ending(code)}; starting it again in {kept.pause:g} s. Its log: {self.log_of(name)}"
        )
        kept.due = time.monotonic() + kept.pause
        kept.pause = min(kept.pause * 2, LONGEST_PAUSE)

    def _finish(self, name: str, process: children.Child, grace: float) -> None:
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            self._say(f"{name} did not end in time and is killed; nothing is lost by that.")
            children.kill_session(process.pid)
            process.wait()
        self._ledger.ended(name)


def _ending(code: int) -> str:
    if code == WATCHDOG_EXIT:
        return "was ended by its own watchdog"
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"
