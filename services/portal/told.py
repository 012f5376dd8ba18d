"""What the log has told of cases, by kind of event: for pages about things that the case's view does not keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from backbone.rows import Rows, table_of
from schemas.event import Event
from services.portal.repository import Reach
from services.portal.tables import CaseEventRow, CaseViewRow

_event = table_of(CaseEventRow).c
_case = table_of(CaseViewRow).c


class Told(NamedTuple):
    """One event of a case: what it said in codes, when, and by whom."""

    case_id: str
    type: str
    recorded_at: Any
    actor: str
    said: dict[str, Any]


def told_of(rows: Rows, case_id: str, *types: type[Event]) -> list[Told]:
    """The case's events of these types, oldest first."""
    return _found(rows, _event.case_id == case_id, types)


def told_within(rows: Rows, reach: Reach, *types: type[Event]) -> list[Told]:
    """The events of these types in every case that somebody may see and has declared secrecy in, oldest first."""
    mine = select(_case.case_id).where(reach.condition(declared=True))
    return _found(rows, _event.case_id.in_(mine), types)


def _found(rows: Rows, where: Any, types: Sequence[type[Event]]) -> list[Told]:
    found = rows.query(
        select(_event.case_id, _event.type, _event.recorded_at, _event.actor, _event.said)
        .where(where, _event.type.in_([one.type for one in types]))
        .order_by(_event.recorded_at, _event.case_id, _event.place)
    )
    return [Told(*row) for row in found]
