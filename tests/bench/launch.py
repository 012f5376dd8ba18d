"""The launcher with its data in a folder of the benchmark: `python -m tests.bench.launch FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy.local.launcher import Launcher
from deploy.local.places import find_places
from deploy.local.screen import Screen

if __name__ == "__main__":
    screen = Screen()
    Launcher(screen, find_places(screen.warn), local=Path(sys.argv[1])).run()
