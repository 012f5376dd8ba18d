"""`felles`: what operators, auditors and visitors of a demonstration do from a command line."""

from __future__ import annotations

import argparse
import sys

from services.cli import ask, demo, first_code, parked, redecide, replay, restore, verify, witness

COMMANDS = (replay, restore, redecide, parked, verify, witness, ask, first_code, demo)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code is the answer."""
    parser = argparse.ArgumentParser(prog="felles", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


if __name__ == "__main__":
    sys.exit(main())
