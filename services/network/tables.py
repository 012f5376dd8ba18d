"""The rows of network. Structure only; which are replayed stands beside each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("network")


class GroupRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The network group of a case; written by own events."""

    __tablename__ = "network_group"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    group_id: str = Field(unique=True)
    state: dict[str, Any] = jsonb()


class MeetingRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A meeting; written by own events."""

    __tablename__ = "meeting"
    __table_args__ = REPLAYED
    meeting_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: str
    status: str
    starts_at: datetime
    state: dict[str, Any] = jsonb()


class TaskRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A task; written by own events."""

    __tablename__ = "task"
    __table_args__ = REPLAYED
    task_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    owner_id: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class CaseRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What this service has read about a case; written by others' events."""

    __tablename__ = "case_seen"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class DirectoryPersonRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Somebody who can stand around a youth: a reference, never a name. Belongs to no case, so no event
    tells it.
    """

    __tablename__ = "directory_person"
    __table_args__ = WORKING
    person_id: str = Field(primary_key=True)
    agency: str = Field(index=True)
    roles: list[str] = jsonb()
    municipality_nos: list[str] = jsonb()
    registered_at: datetime
