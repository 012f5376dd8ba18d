"""What a correction of something in a case does to its rows here: the case is counted anew and compared with what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from sqlmodel import select

from backbone.history import as_it_counts
from backbone.rows import Rows, table_of
from backbone.work import Fold, Service
from schemas.correction import CORRECTIONS, Mark, Resolved
from schemas.event import Event, Fact
from services.scheduler.domain.case import Book, DeadlineState
from services.scheduler.domain.recounting import Closed, count, recount
from services.scheduler.domain.rule import Happened
from services.scheduler.folds import FOLLOWED, book_at, happened_in
from services.scheduler.norwegian_calendar import NORWAY
from services.scheduler.repository import CASES, case_of, keep_change
from services.scheduler.tables import DeadlineRow


def remake(rows: Rows, service: Service, correction: Fact) -> None:
    """Count the case anew, and write what that changes."""
    envelope = correction.envelope
    case_id = envelope.case_id
    history = as_it_counts(rows, case_id, own=service.name)
    case = recount(
        case_of(rows, case_id),
        count(case_id, _followed(history)),
        closed=_closed(rows, case_id),
        struck={one.fact.envelope.id for one in history if one.mark is Mark.VOIDED},
        by=envelope.id,
    )
    CASES.put(rows, case)
    for change in case.changes:
        keep_change(rows, change, envelope, zone=str(NORWAY.zone))


def _followed(history: Sequence[Resolved]) -> Iterator[tuple[Happened, Book]]:
    for fact, mark in history:
        if isinstance(fact.event, FOLLOWED) and mark is not Mark.VOIDED:
            yield happened_in(fact), book_at(fact.envelope.time)


def _closed(rows: Rows, case_id: str) -> dict[str, Closed]:
    deadline = table_of(DeadlineRow).c
    found = rows.query(
        select(deadline.deadline_id, deadline.state, deadline.closed_by).where(
            deadline.case_id == case_id, deadline.state != DeadlineState.OPEN.value
        )
    )
    return {which: Closed(DeadlineState(state), by) for which, state, by in found}


def on_unconcerned(rows: Rows, fact: Fact) -> None:
    """A correction of something that no deadline follows from changes none."""
    case = case_of(rows, fact.envelope.case_id)
    if case.changes:
        CASES.put(rows, replace(case, changes=()))


CORRECTION_FOLDS: dict[type[Event], Fold] = dict.fromkeys(CORRECTIONS, on_unconcerned)
