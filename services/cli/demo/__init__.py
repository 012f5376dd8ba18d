"""`felles demo` and `felles demo-people`: a year of synthetic cases, and who to log in as."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from backbone.clock import Clock
from backbone.settings import settings
from schemas.local_time import OSLO
from services.cli.demo.people import STAFF
from services.cli.demo.stories import a_year
from services.cli.demo.walking import NotLaid, Walk

SEED = 1


def add_to(commands: Any) -> None:
    """Add both commands to the parser."""
    commands.add_parser("demo", help="walk the demo clock through a year of synthetic cases").set_defaults(
        run=lay
    )
    commands.add_parser("demo-people", help="the log-ins of the demonstration").set_defaults(run=show_people)


def lay(_chosen: Namespace) -> int:
    """Lay the demo data through the services' own APIs; 1 when that did not succeed."""
    chosen = settings()
    if not chosen.demo or chosen.demo_clock_file is None:
        print("Demo data is laid in demo mode only (FELLES_DEMO=1 and FELLES_DEMO_CLOCK_FILE).")
        return 1
    if chosen.demo_clock_file.exists():
        print("The demo clock has been moved already; demo data is laid in an empty system only.")
        return 1
    until = Clock().moment().decided_at.astimezone(OSLO)
    try:
        Walk(chosen).through(a_year(until, seed=SEED), until=until)
    except NotLaid as error:
        print(f"The demo data could not be laid: {error}")
        return 1
    return 0


def show_people(_chosen: Namespace) -> int:
    """Print who to be, and what each may do. All of them are invented."""
    print("Log in as (all invented; there are no passwords in a demonstration):")
    for person in STAFF:
        roles = ", ".join(sorted(person.roles))
        print(f"  {person.name:<22} {person.title:<36} {person.agency:<20} {roles}")
    return 0
