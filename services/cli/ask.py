"""`felles ask`: an auditor's questions across cases, as lines, CSV, JSON or CEF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from typing import Any

from backbone.calls import Calls
from backbone.clock import Clock
from backbone.refusal import Refused
from backbone.settings import settings
from backbone.spreadsheet import as_csv, as_json
from backbone.work import Actor
from schemas.codes import Agency, AuditQuestion, Role


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ask", help="an auditor's questions across cases")
    parser.add_argument("question", choices=[question.value for question in AuditQuestion])
    parser.add_argument("--auditor", required=True, help="your own pseudonym; that you asked is on the log")
    parser.add_argument("--person", dest="person_id", help="only what this person asked to see")
    parser.add_argument("--case", dest="case_id", help="only what is about this case, by its pseudonym")
    parser.add_argument("--agency", choices=[agency.value for agency in Agency])
    parser.add_argument("--since", help="an instant with its offset, as 2026-09-01T00:00:00+02:00")
    parser.add_argument("--until")
    parser.add_argument("--as", dest="form", choices=sorted(FORMS), default="csv")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Ask and print; 1 when the question was refused."""
    names = ("person_id", "agency", "since", "until", "case_id")
    narrowed = {name: value for name in names if (value := getattr(chosen, name))}
    actor = Actor(chosen.auditor, None, frozenset({Role.AUDITOR}), language="en")
    try:
        answer = Calls(settings(), Clock()).get(
            "audit", f"/questions/{chosen.question}", actor=actor, **narrowed
        )
    except Refused as refused:
        print(refused.sentence.en, file=sys.stderr)
        return 1
    print(FORMS[chosen.form](answer["rows"]), end="")
    if answer["more"]:
        print("There is more: ask about a shorter time.", file=sys.stderr)
    return 0


def as_cef(rows: Iterable[dict[str, Any]]) -> str:
    """A line each in the Common Event Format, which log collectors of public bodies read."""
    return "".join(f"{_cef(row)}\n" for row in rows)


def _cef(row: dict[str, Any]) -> str:
    outcome = str(row.get("outcome") or "TOLD")
    signature = f"opening.{outcome.lower()}".replace("\\", "\\\\").replace("|", "\\|")
    head = "|".join(("CEF:0", "Felles ansvar", "audit", "1", signature, "Opening of content"))
    fields = {
        "rt": row.get("at"),
        "suser": row.get("person_id"),
        "act": outcome,
        "reason": row.get("reason") or row.get("basis"),
        "cs1Label": "case",
        "cs1": row.get("case_id"),
        "cs2Label": "category",
        "cs2": row.get("category"),
        "cs3Label": "toAgency",
        "cs3": row.get("agency"),
        "cs4Label": "fromAgency",
        "cs4": row.get("from_agency"),
        "externalId": f"{row.get('partition')}/{row.get('offset')}",
    }
    told = " ".join(f"{name}={_extension(value)}" for name, value in fields.items() if value is not None)
    return f"{head}|{6 if outcome == 'DENY' else 3}|{told}"


def _extension(value: Any) -> str:
    return str(value).replace("\\", "\\\\").replace("=", "\\=").replace("\r", "\\r").replace("\n", "\\n")


FORMS: dict[str, Callable[[list[dict[str, Any]]], str]] = {"csv": as_csv, "json": as_json, "cef": as_cef}
