"""B11: `make run` on existing data: seconds until ready, and the resident memory of everything but Kafka."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from backbone import clock
from tests.system import ROOT

READY = "is ready after"


def seconds_and_megabytes() -> tuple[float, float, float, dict[str, float]]:
    """(seconds of the second start, resident MB, proportional MB, proportional MB by process), Kafka left out of the memory."""
    with tempfile.TemporaryDirectory(prefix="felles-bench-") as folder:
        local = Path(folder) / "local"
        _run_until_ready(local)
        seconds, found = _run_until_ready(local)
        mine = {name: memory for name, memory in found.items() if name != "kafka"}
        return (
            seconds,
            sum(m[0] for m in mine.values()),
            sum(m[1] for m in mine.values()),
            {name: round(m[1], 1) for name, m in found.items()},
        )


def _run_until_ready(local: Path) -> tuple[float, dict[str, tuple[float, float]]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("FELLES_")}
    began = clock.monotonic()
    output = local.parent / "screen"
    with output.open("wb") as screen:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.launch", str(local)],
            cwd=ROOT,
            env=env,
            stdout=screen,
            stderr=screen,
        )
        try:
            while READY not in output.read_text(errors="replace"):
                assert process.poll() is None, output.read_text(errors="replace")
                assert clock.monotonic() - began < 180
                clock.pause(0.05)
            seconds = clock.monotonic() - began
            clock.pause(5)
            return seconds, _memory(local, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(40)


def _memory(local: Path, launcher: int) -> dict[str, tuple[float, float]]:
    entries = json.loads((local / "processes.json").read_text())
    pids = {entry["name"]: entry["identity"]["pid"] for entry in entries}
    found: dict[str, tuple[float, float]] = {}
    for name, pid in {**pids, "launcher": launcher}.items():
        tree = [
            psutil.Process(pid),
            *([] if name == "launcher" else psutil.Process(pid).children(recursive=True)),
        ]
        memory = [process.memory_full_info() for process in tree]
        found[name] = sum(one.rss for one in memory) / 2**20, sum(one.pss for one in memory) / 2**20
    return found
