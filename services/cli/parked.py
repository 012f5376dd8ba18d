"""`felles parked`: the events that services could not understand, and what to do with them."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from backbone.calls import Calls
from backbone.clock import Clock, new_id
from backbone.refusal import Refused
from backbone.settings import SERVICES, settings
from backbone.work import Actor
from schemas.codes import DiscardReason, Role


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("parked", help="list, retry or discard events that could not be understood")
    parser.add_argument("--person", default="operator:command-line", help="the pseudonym that the log names")
    parser.set_defaults(run=show)
    actions = parser.add_subparsers(metavar="ACTION")
    for name, run in (("retry", retry), ("discard", discard)):
        action = actions.add_parser(name)
        action.add_argument("service", choices=SERVICES)
        action.add_argument("partition", type=int)
        action.add_argument("offset", type=int)
        action.set_defaults(run=run)
    action.add_argument("reason", choices=[reason.value for reason in DiscardReason])


def show(chosen: Namespace) -> int:
    """List what is parked, service by service; 1 when anything is, or a service does not answer."""
    found = 0
    for service in SERVICES:
        try:
            rows = _calls().get(service, "/operations/parked", actor=_operator(chosen))
        except Refused as refused:
            print(f"{service}: {refused.sentence.en}")
            found += 1
            continue
        found += len(rows)
        for row in rows:
            event = f"{row['type'] or 'unknown type'} {row['event_id'] or ''}".strip()
            place = f"{row['partition']} {row['offset']}"
            print(f"{service} {place}: {row['kind']}, {event}, case {row['case_id']}: {row['error']}")
    if not found:
        print("Nothing is parked.")
    return 1 if found else 0


def retry(chosen: Namespace) -> int:
    """Try one again."""
    return _act(chosen, "retry", {})


def discard(chosen: Namespace) -> int:
    """Lay one aside for good."""
    return _act(chosen, "discard", {"reason": chosen.reason})


def _act(chosen: Namespace, action: str, body: dict[str, str]) -> int:
    path = f"/operations/parked/{chosen.partition}/{chosen.offset}/{action}"
    try:
        _calls().post(chosen.service, path, actor=_operator(chosen), body=body, key=new_id())
    except Refused as refused:
        print(refused.sentence.en)
        return 1
    print("Done.")
    return 0


def _operator(chosen: Namespace) -> Actor:
    return Actor(chosen.person, None, frozenset({Role.OPERATOR}), language="en")


def _calls() -> Calls:
    return Calls(settings(), Clock())
