"""`felles redecide`: recorded decisions of the gate made again. The gate is sharing's, so sharing does it, from the log alone."""

from __future__ import annotations

import subprocess
import sys
from argparse import REMAINDER, Namespace
from typing import Any


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "redecide",
        help="make recorded decisions of the gate again, all or a year's",
        add_help=False,
        prefix_chars="\0",
    )
    parser.add_argument("rest", nargs=REMAINDER)
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Hand the rest of the command line to sharing; its exit code is ours."""
    return subprocess.run(
        [sys.executable, "-m", "services.sharing", "redecide", *chosen.rest], check=False
    ).returncode
