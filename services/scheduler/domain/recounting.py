"""Counting the deadlines of a case anew when something that was registered in it is put right or struck.

Open deadlines move, open or fall away as if it had been right from the first; met ones stay met (C.9), and one that was closed is opened again
only when what had closed it was struck.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from services.scheduler.domain.case import Book, CaseDeadlines, Change, Deadline, DeadlineState
from services.scheduler.domain.following import after
from services.scheduler.domain.rule import Happened


class Closed(NamedTuple):
    """A deadline that is closed, and the event that closed it."""

    state: DeadlineState
    by: str | None


class Counted(NamedTuple):
    """A case counted anew: where it stands, and how each deadline that is no longer open was closed."""

    case: CaseDeadlines
    closings: Mapping[str, Change]


def count(case_id: str, told: Iterable[tuple[Happened, Book]]) -> Counted:
    """The case after these events, from nothing; each with the catalogue that was in force."""
    case, closings = CaseDeadlines(case_id=case_id), {}
    for happened, book in told:
        case = after(case, happened, book)
        closings.update(
            {c.deadline.deadline_id: c for c in case.changes if c.state is not DeadlineState.OPEN}
        )
    return Counted(case, closings)


def recount(
    standing: CaseDeadlines,
    counted: Counted,
    *,
    closed: Mapping[str, Closed],
    struck: Collection[str],
    by: str,
) -> CaseDeadlines:
    """The case as it stands from now on, with what the correction `by` changed among its deadlines.

    `standing` is the case before it, `closed` its closed deadlines, `struck` every event of it that was struck.
    """
    before = {deadline.deadline_id: deadline for deadline in standing.open}
    changes = [
        *_closings(standing, counted),
        *_openings(counted, before, closed=closed, struck=struck, by=by),
    ]
    still = {change.deadline.deadline_id: change.deadline for change in changes if _open(change)}
    unchanged = (
        replace(deadline, reopened_by=before[deadline.deadline_id].reopened_by)
        for deadline in counted.case.open
        if deadline.deadline_id in before and deadline.deadline_id not in still
    )
    return replace(counted.case, open=(*unchanged, *still.values()), changes=tuple(changes))


def _closings(standing: CaseDeadlines, counted: Counted) -> Iterator[Change]:
    """What was open, and would have been met or fallen away, or never been."""
    open_now = {deadline.deadline_id for deadline in counted.case.open}
    for deadline in standing.open:
        if deadline.deadline_id not in open_now:
            closing = counted.closings.get(deadline.deadline_id)
            state = closing.state if closing else DeadlineState.CANCELLED
            yield Change(deadline=deadline, state=state, late=bool(closing and closing.late))


def _openings(
    counted: Counted,
    before: Mapping[str, Deadline],
    *,
    closed: Mapping[str, Closed],
    struck: Collection[str],
    by: str,
) -> Iterator[Change]:
    """What is open now: moved, opened for the first time, or again."""
    for deadline in counted.case.open:
        old, done = before.get(deadline.deadline_id), closed.get(deadline.deadline_id)
        if old is not None:
            moved = replace(deadline, reopened_by=old.reopened_by)
            if (moved.due_on, moved.owner_id) != (old.due_on, old.owner_id):
                yield Change(deadline=moved, state=DeadlineState.OPEN, before=old)
        elif done is None:
            yield Change(deadline=deadline, state=DeadlineState.OPEN)
        elif done.by in struck:
            yield Change(deadline=replace(deadline, reopened_by=by), state=DeadlineState.OPEN)


def _open(change: Change) -> bool:
    return change.state is DeadlineState.OPEN
