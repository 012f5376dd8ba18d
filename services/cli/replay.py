"""`felles replay`: every service's replayed tables against the log."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from importlib.util import find_spec
from typing import Any

from backbone.settings import SERVICES


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("replay", help="read the whole log into empty tables and compare")
    parser.add_argument("service", nargs="*", help="which services; all when none is named")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Replay each service in a process of its own; 1 when any differs or could not be replayed."""
    names = chosen.service or [name for name in SERVICES if find_spec(f"services.{name}")]
    codes = {name: _replay(name) for name in names}
    wrong = [name for name, code in codes.items() if code]
    equal = len(codes) - len(wrong)
    if wrong:
        print(f"{equal} of {len(codes)} services are equal to a replay of the log; not: {', '.join(wrong)}")
        return 1
    print(f"All {equal} services are equal to a replay of the log.")
    return 0


def _replay(name: str) -> int:
    return subprocess.run([sys.executable, "-m", f"services.{name}", "replay"], check=False).returncode
