"""`felles replay`: every service's replayed tables against the log, all of it or a part."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from importlib.util import find_spec
from typing import Any

from backbone.prefix import add_arguments
from backbone.settings import SERVICES


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("replay", help="read the whole log into empty tables and compare")
    parser.add_argument("service", nargs="*", help="which services; all when none is named")
    add_arguments(parser)
    parser.add_argument("--show", action="store_true", help="print every row that the replay makes, as JSON")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Replay each service in a process of its own; 1 when any differs or could not be replayed."""
    names = chosen.service or [name for name in SERVICES if find_spec(f"services.{name}")]
    options = [*_given("--case", chosen.case), *_given("--until", chosen.until)]
    options += ["--show"] if chosen.show else []
    codes = {name: _replay(name, options) for name in names}
    wrong = [name for name, code in codes.items() if code]
    equal = len(codes) - len(wrong)
    if wrong:
        print(f"{equal} of {len(codes)} services are equal to a replay of the log; not: {', '.join(wrong)}")
        return 1
    if chosen.until:
        print(f"{equal} services were replayed as they stood.")
    else:
        print(f"All {equal} services are equal to a replay of the log.")
    return 0


def _given(option: str, value: str | None) -> list[str]:
    return [] if value is None else [option, value]


def _replay(name: str, options: list[str]) -> int:
    command = [sys.executable, "-m", f"services.{name}", "replay", *options]
    return subprocess.run(command, check=False).returncode
