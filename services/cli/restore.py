"""`felles restore`: a database that was restored from a back-up, brought forward to what the log says."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from typing import Any

from backbone.settings import SERVICES


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "restore", help="bring services whose databases were restored from a back-up forward to the log"
    )
    parser.add_argument("service", nargs="+", choices=SERVICES, help="which services; they must be stopped")
    parser.set_defaults(run=run)


def run(chosen: Namespace) -> int:
    """Bring each forward in a process of its own; 1 when one of them may not be started."""
    command = [sys.executable, "-m"]
    codes = [
        subprocess.run([*command, f"services.{name}", "restore"], check=False).returncode
        for name in chosen.service
    ]
    return 1 if any(codes) else 0
