"""The records that recorded decisions are made again from: every record of the cases that have one in a time, as they stand.

A step of cases at a time, so that no answer grows without bound; what was looked at, by whom and what for, is on the log first.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from sqlalchemy import func, select

from backbone.refusal import NotFound, Refused, Sentence
from backbone.web import Answer
from backbone.work import Work
from schemas.audit import LogQuestioned
from schemas.codes import AuditPurpose, AuditQuestion
from schemas.information import OpeningDecided
from services.audit.commands import NO_SUCH_CASE, say_looked
from services.audit.narrowing import ALL_CASES, RECORD, Narrowed

STEP = 4_000
"""Records in one answer, but for a single case that has more."""
MOST = 20_000
"""Records of a single case; a longer one is for the command line."""
TOO_LONG = Sentence(
    "Saken har for mange hendelser til å regnes ut på en side. Bruk «felles redecide --case» på kommandolinjen.",
    "Saka har for mange hendingar til å reknast ut på ei side. Bruk «felles redecide --case» på kommandolinja.",
    "The case has too many events for a page. Use `felles redecide --case` on the command line.",
)


def records(work: Work, narrowed: Narrowed, *, purpose: AuditPurpose, after: str) -> Answer:
    """The records of the first cases after `after` that have decisions in the time, each whole and in the order of the log.

    `before` cases of the `of` that there are came before these; `next` is where to go on from, None at the end. Raises NotFound for a
    case without a decision, Refused for one that is too long.
    """
    all_cases = _cases(work, narrowed)
    if narrowed.case_id is not None and not all_cases:
        raise NotFound("NO_SUCH_CASE", NO_SUCH_CASE)
    left = [case_id for case_id in all_cases if case_id > after]
    chosen = _one_step(work, left)
    found = _records(work, chosen)
    _say_it_was_looked_at(work, narrowed, purpose, len(found))
    return {
        "cases": len(chosen),
        "before": len(all_cases) - len(left),
        "of": len(all_cases),
        "next": chosen[-1] if len(chosen) < len(left) else None,
        "records": found,
    }


def _cases(work: Work, narrowed: Narrowed) -> list[str]:
    statement = (
        select(RECORD.case_id)
        .where(RECORD.type == OpeningDecided.type, *narrowed.conditions())
        .group_by(RECORD.case_id)
    )
    return sorted(work.query(statement).scalars())


def _one_step(work: Work, left: list[str]) -> list[str]:
    """As many of the cases as one answer holds, one at least."""
    considered = left[:STEP]
    statement = (
        select(RECORD.case_id, func.count()).where(RECORD.case_id.in_(considered)).group_by(RECORD.case_id)
    )
    sizes = {row[0]: row[1] for row in work.query(statement)}
    chosen, size = list[str](), 0
    for case_id in considered:
        size += sizes[case_id]
        if chosen and size > STEP:
            break
        if size > MOST:
            raise Refused("CASE_TOO_LONG", TOO_LONG, field="case_id")
        chosen.append(case_id)
    return chosen


def _records(work: Work, case_ids: list[str]) -> list[list[Any]]:
    columns = (RECORD.partition, RECORD.offset, RECORD.key, RECORD.value)
    statement = select(*columns).where(RECORD.case_id.in_(case_ids)).order_by(RECORD.partition, RECORD.offset)
    return [
        [partition, offset, *(None if one is None else b64encode(one).decode() for one in (key, value))]
        for partition, offset, key, value in work.query(statement)
    ]


def _say_it_was_looked_at(work: Work, narrowed: Narrowed, purpose: AuditPurpose, count: int) -> None:
    """One case: as whoever looks at its events; several: as whoever asks the log a question, each step."""
    case_id = narrowed.case_id
    if case_id is None:
        event = LogQuestioned(question=AuditQuestion.REDECIDED, records=count, purpose=purpose)
        work.publish(ALL_CASES, event)
        return
    say_looked(work, case_id, purpose=purpose, records=count)
