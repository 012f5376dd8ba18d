"""`felles first-code`: a code for somebody's first log-in, where nobody can give one on the pages yet."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from backbone.calls import Calls
from backbone.clock import Clock
from backbone.settings import settings
from backbone.work import Actor
from schemas.codes import Role


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "first-code", help="give somebody in the directory a code for their first log-in"
    )
    parser.add_argument("person_id", help="the person's id in the directory")
    parser.set_defaults(run=give)


def give(chosen: Namespace) -> int:
    """Print the code; it works once, for 72 hours."""
    calls = Calls(settings(), Clock(settings().demo_clock_file if settings().demo else None))
    operator = Actor("operator:command-line", None, frozenset({Role.OPERATOR}))
    body = {"person_id": chosen.person_id}
    print(calls.post("portal", "/operations/first-codes", actor=operator, body=body)["code"])
    return 0
