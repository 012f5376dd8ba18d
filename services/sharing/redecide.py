"""`python -m services.sharing redecide` (`felles redecide`): recorded decisions of the gate, made again from Kafka or an export."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backbone.log_file import ExportTruncated, from_export, from_kafka
from backbone.replay import Progress
from backbone.settings import Settings
from backbone.spreadsheet import as_csv, as_json
from schemas.event import Envelope
from schemas.information import OpeningDecided
from schemas.local_time import local_date
from services.sharing.domain.redecision import WHOLE_CASE, Other
from services.sharing.redeciding import Answer, Redeciding, WhatIf, lines, what_if_file

SHOWN = 50


def run(settings: Settings, arguments: Sequence[str]) -> int:
    """Make decisions again and print what came of it: 0 when all are the same, 1 when one is not, 2 when there was none."""
    asked = _parser().parse_args(arguments)
    try:
        changed = what_if_file(asked.what_if.read_text(encoding="utf-8")) if asked.what_if else None
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, OSError) as error:
        print(f"{asked.what_if} is no policy: {error}")
        return 2
    answers, cut = _made(
        settings, asked, Redeciding(lambda e, opening: _is_chosen(asked, e, opening), changed)
    )
    if asked.form == "text":
        _tell(answers, changed)
    else:
        print(FORMS[asked.form](list(lines(answers))), end="")
    if cut:
        print(f"EXPORT_TRUNCATED: {cut}.", file=sys.stderr)
    if cut or any(not answer.same for answer in answers):
        return 1
    return 0 if answers else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="felles redecide", description="make recorded decisions of the gate again"
    )
    parser.add_argument("--year", type=int, help="only decisions of this year")
    parser.add_argument("--case", help="only this case, by its pseudonym")
    parser.add_argument("--opening", help="only this decision, by the id of its event or of the opening")
    parser.add_argument(
        "--what-if", type=Path, metavar="POLICY.toml", help="show beside it what this policy would say"
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="read this export; Kafka otherwise")
    parser.add_argument("--as", dest="form", choices=["text", *FORMS], default="text")
    return parser


def _is_chosen(asked: argparse.Namespace, envelope: Envelope, event: OpeningDecided | None) -> bool:
    year = (event.decided_on if event is not None else local_date(envelope.time)).year
    return (
        asked.year in (None, year)
        and asked.case in (None, envelope.case_id)
        and asked.opening in (None, envelope.id, event.opening_id if event is not None else None)
    )


def _made(
    settings: Settings, asked: argparse.Namespace, again: Redeciding
) -> tuple[list[Answer], ExportTruncated | None]:
    progress, answers = Progress("redecide"), list[Answer]()

    def told(done: int, whole: int) -> None:
        progress.reach(done, whole)

    try:
        for batch in from_export(asked.export, told) if asked.export else from_kafka(settings, told):
            answers += again.see(batch)
    except ExportTruncated as error:
        return answers, error
    finally:
        progress.end()
    return answers, None


def _tell(answers: list[Answer], changed: WhatIf | None) -> None:
    differ = [answer for answer in answers if answer.others]
    for answer in differ[:SHOWN]:
        for other in answer.others:
            print(
                f"DECISION_DIFFERS: {_place(answer, other)}: recorded {other.recorded}; made again it is {other.again}."
            )
    not_made = [(answer, answer.not_made) for answer in answers if answer.not_made]
    for answer, missing in not_made[:SHOWN]:
        print(
            f"NOT_MADE_AGAIN: Opening {answer.opening_id} of case {answer.case_id}: {missing.why}: {missing.sentence}."
        )
    if changed is not None:
        _tell_what_if(answers, changed)
    same = len(answers) - len(differ) - len(not_made)
    refs = sum(len(answer.event.decisions) for answer in answers if answer.event)
    print(
        f"{len(answers)} decisions about {refs} references were made again: {same} came out the same, {len(differ)} otherwise, {len(not_made)} could not be made."
    )


def _tell_what_if(answers: list[Answer], changed: WhatIf) -> None:
    otherwise = [answer for answer in answers if answer.what_if]
    counted = Counter(
        (_kind(other.recorded), _kind(other.again)) for one in otherwise for other in one.what_if
    )
    for (recorded, again), number in counted.most_common():
        print(f"WHAT_IF: {number} times {again} in place of {recorded}")
    for answer in otherwise[:SHOWN]:
        for other in answer.what_if:
            print(f"WHAT_IF: {_place(answer, other)}: was {other.recorded}; would be {other.again}.")
    print(
        f"Under policy «{changed.policy.version}» {len(otherwise)} of {len(answers)} decisions would have come out otherwise."
    )


def _kind(told: str) -> str:
    return told.split(" (", 1)[0]


def _place(answer: Answer, other: Other) -> str:
    what = "" if other.ref == WHOLE_CASE else f", reference {other.ref}"
    return f"Case {answer.case_id}, opening {answer.opening_id} of {answer.decided_on}{what}"


FORMS = {"csv": as_csv, "json": as_json}
