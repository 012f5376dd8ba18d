"""The scheduler's rows. Structure only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("scheduler")


class CaseRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A case as far as deadlines go. Written by others' events."""

    __tablename__ = "case_deadlines"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class DeadlineRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A deadline as the events of others and the catalogue make it: open, met or cancelled. Written by others' events."""

    __tablename__ = "deadline"
    __table_args__ = REPLAYED
    deadline_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: str
    about_id: str | None = None
    owner_id: str
    opened_by: str
    since: date
    due_on: date
    zone: str
    passes_at: datetime
    catalogue_version: str
    steps: list[Any] = jsonb()
    state: str
    closed_by: str | None = None
    closed_at: datetime | None = None
    late: bool | None = None


class RaisedRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What was raised about a deadline, and when. Written by our own events.

    `turn` is the due day that a step was raised for, so that a moved deadline raises its steps again.
    """

    __tablename__ = "raised"
    __table_args__ = REPLAYED
    deadline_id: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    turn: str = Field(primary_key=True)
    case_id: str
    event_id: str
    at: datetime


class DueRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What is still to be raised: gone when it was, or when the deadline closed. `until`: then it is too late to be of use."""

    __tablename__ = "due"
    __table_args__ = (Index("ix_due_instant", "instant"), WORKING)
    deadline_id: str = Field(primary_key=True)
    what: str = Field(primary_key=True)
    case_id: str
    instant: datetime
    until: datetime | None = None
