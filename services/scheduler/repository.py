"""Cases and deadlines in and out of rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from backbone.rows import Rows, Shelf, array_of
from schemas.event import Envelope
from services.scheduler.domain.case import CaseDeadlines, Change, DeadlineState
from services.scheduler.domain.steps import What
from services.scheduler.tables import CaseRow, DeadlineRow, DueRow, RaisedRow

CASES = Shelf(CaseRow, CaseDeadlines, lambda case: {"case_id": case.case_id})


def case_of(rows: Rows, case_id: str) -> CaseDeadlines:
    """The case as it stands; an empty one when nothing is known of it yet."""
    return CASES.find(rows, case_id) or CaseDeadlines(case_id=case_id)


def keep_change(rows: Rows, change: Change, by: Envelope, *, zone: str) -> None:
    """Write a deadline as the newest event left it."""
    deadline, closed = change.deadline, change.state is not DeadlineState.OPEN
    rows.put(
        DeadlineRow,
        deadline_id=deadline.deadline_id,
        case_id=by.case_id,
        kind=deadline.kind,
        about_id=deadline.about_id,
        owner_id=deadline.owner_id,
        opened_by=deadline.opened_by,
        since=deadline.since,
        due_on=deadline.due_on,
        zone=zone,
        passes_at=deadline.passes_at,
        catalogue_version=deadline.catalogue_version,
        steps=[msgspec.to_builtins(step) for step in deadline.steps],
        state=change.state.value,
        closed_by=by.id if closed else None,
        closed_at=by.time if closed else None,
        late=change.late if change.state is DeadlineState.MET else None,
    )


def turn_of(due_on: date) -> str:
    """What tells a step of a moved deadline from the same step before it was moved."""
    return due_on.isoformat()


def keep_raised(rows: Rows, deadline_id: str, what: What, by: Envelope, *, turn: str = "") -> None:
    """Write that something was raised."""
    rows.put(
        RaisedRow,
        deadline_id=deadline_id,
        what=what.value,
        turn=turn,
        case_id=by.case_id,
        event_id=by.id,
        at=by.time,
    )


def forget_closing(rows: Rows, deadline_id: str) -> None:
    """A deadline that was opened again is neither met nor cancelled."""
    for what in (What.MET, What.CANCELLED):
        rows.remove(RaisedRow, deadline_id, what.value, "")


def queue_steps(rows: Rows, change: Change, case_id: str) -> None:
    """What an opened deadline will raise waits for its instant; what a closed one would have raised does not."""
    stale = change.before or (change.deadline if change.state is not DeadlineState.OPEN else None)
    for step in stale.steps if stale else ():
        rows.remove(DueRow, change.deadline.deadline_id, step.what.value)
    for step in change.deadline.steps:
        if change.state is DeadlineState.OPEN:
            rows.put(
                DueRow,
                deadline_id=change.deadline.deadline_id,
                what=step.what.value,
                case_id=case_id,
                instant=step.at,
                until=step.until,
            )


def deadlines_of(rows: Rows, case_id: str) -> list[dict[str, Any]]:
    """Every deadline of a case, by due day, with what was raised about it."""
    found = rows.session.connection().exec_driver_sql(DEADLINES, (case_id,))
    return [dict(row) for row in found.mappings()]


def claim_due(
    rows: Rows, *, decided_at: datetime, seconds_ahead: float, limit: int
) -> list[tuple[str, str, str]]:
    """Lock what is due and nobody else has locked: (deadline, what, case), the longest due first.

    Due by our clock and by the database's, whichever is later: better late than early.
    """
    found = rows.session.connection().exec_driver_sql(CLAIM, (decided_at, seconds_ahead, limit))
    return [(row.deadline_id, row.what, row.case_id) for row in found]


def still_to_raise(rows: Rows, claimed: Iterable[tuple[str, str, str]], *, decided_at: datetime) -> list[Any]:
    """Of what was claimed, that which belongs to an open deadline, was not raised and is of use; by instant.

    Ask this while holding the locks of the cases.
    """
    claimed = list(claimed)
    values = (array_of(row[0] for row in claimed), array_of(row[1] for row in claimed), decided_at)
    return list(rows.session.connection().exec_driver_sql(STILL_TO_RAISE, values))


def drop_due(rows: Rows, claimed: Iterable[tuple[str, str, str]]) -> None:
    """These have been dealt with."""
    for deadline_id, what, _ in claimed:
        rows.remove(DueRow, deadline_id, what)


def requeue_missing(rows: Rows) -> int:
    """Queue again what open deadlines have still to raise and is not queued: after a replay into empty tables. Gives how many."""
    return int(rows.session.connection().exec_driver_sql(REQUEUE).rowcount)


CLAIM = """
SELECT deadline_id, what, case_id FROM due
WHERE instant <= LEAST(%s, statement_timestamp() + %s * interval '1 second')
ORDER BY instant LIMIT %s FOR UPDATE SKIP LOCKED
"""

STILL_TO_RAISE = """
SELECT u.deadline_id, u.what, d.case_id, d.kind, d.due_on, d.owner_id, d.opened_by
FROM unnest(%s::text[], %s::text[]) AS u(deadline_id, what)
JOIN due w ON w.deadline_id = u.deadline_id AND w.what = u.what AND (w.until IS NULL OR w.until > %s)
JOIN deadline d ON d.deadline_id = u.deadline_id AND d.state = 'OPEN'
WHERE NOT EXISTS (
  SELECT FROM raised r WHERE r.deadline_id = u.deadline_id AND r.what = u.what AND r.turn = d.due_on::text)
ORDER BY w.instant, u.deadline_id
"""

REQUEUE = """
INSERT INTO due (deadline_id, what, case_id, instant, until)
SELECT d.deadline_id, s.step->>0, d.case_id, (s.step->>1)::timestamptz, (s.step->>2)::timestamptz
FROM deadline d CROSS JOIN LATERAL jsonb_array_elements(d.steps) AS s(step)
WHERE d.state = 'OPEN'
  AND NOT EXISTS (
    SELECT FROM raised r WHERE r.deadline_id = d.deadline_id AND r.what = s.step->>0 AND r.turn = d.due_on::text)
ON CONFLICT (deadline_id, what) DO NOTHING
"""

OVERDUE = "SELECT count(*) FROM due WHERE instant < now() - interval '1 minute'"
"""Steps that should have been raised a minute ago, as real time has it: behind a demo clock there may be more."""

DEADLINES = """
SELECT d.deadline_id, d.kind, d.about_id, d.owner_id, d.since, d.due_on, d.passes_at, d.state, d.closed_at, d.late,
       d.catalogue_version, coalesce((SELECT jsonb_object_agg(r.what, r.at) FROM raised r
         WHERE r.deadline_id = d.deadline_id AND r.turn IN ('', d.due_on::text)), '{}'::jsonb) AS raised
FROM deadline d WHERE d.case_id = %s ORDER BY d.due_on, d.kind, d.deadline_id
"""
