"""`felles ask`: an auditor's questions across cases, as lines, CSV, JSON or CEF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from backbone.calls import Calls
from backbone.clock import Clock
from backbone.refusal import Refused
from backbone.settings import settings
from backbone.spreadsheet import as_csv, as_json
from backbone.work import Actor
from schemas.codes import Agency, AuditPurpose, AuditQuestion, Role

CEF = "cef"
"""Lines of access, for the questions about openings."""


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ask", help="an auditor's questions across cases")
    parser.add_argument(
        "question", choices=[one.value for one in AuditQuestion if one is not AuditQuestion.REDECIDED]
    )
    parser.add_argument("--auditor", required=True, help="your own pseudonym; that you asked is on the log")
    parser.add_argument(
        "--purpose",
        required=True,
        choices=[one.value for one in AuditPurpose],
        help="what you ask for; it is on the log with the question",
    )
    parser.add_argument("--person", dest="person_id", help="only what this person asked to see")
    parser.add_argument("--about", dest="about_id", help="only what was asked about this person")
    parser.add_argument("--case", dest="case_id", help="only what is about this case, by its pseudonym")
    parser.add_argument("--agency", choices=[agency.value for agency in Agency])
    parser.add_argument("--since", help="an instant with its offset, as 2026-09-01T00:00:00+02:00")
    parser.add_argument("--until")
    parser.add_argument("--as", dest="form", choices=[*FORMS, CEF], default="csv")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Ask and print; 1 when the question was refused."""
    names = ("purpose", "person_id", "agency", "since", "until", "case_id", "about_id")
    narrowed = {name: value for name in names if (value := getattr(chosen, name))}
    actor = Actor(chosen.auditor, None, frozenset({Role.AUDITOR}), language="en")
    path = f"/questions/{chosen.question}" + ("/access-lines" if chosen.form == CEF else "")
    try:
        answer = Calls(settings(), Clock()).get("audit", path, actor=actor, **narrowed)
    except Refused as refused:
        print(refused.sentence.en, file=sys.stderr)
        return 1
    if chosen.form == CEF:
        print("".join(f"{line}\n" for line in answer["lines"]), end="")
    else:
        print(FORMS[chosen.form](answer["rows"]), end="")
    if answer["more"]:
        print("There is more: ask about a shorter time.", file=sys.stderr)
    return 0


FORMS: dict[str, Callable[[list[dict[str, Any]]], str]] = {"csv": as_csv, "json": as_json}
