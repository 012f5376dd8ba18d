"""The rows of network. Structure only; which are replayed stands beside each."""

from __future__ import annotations

from datetime import date, datetime
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


class MinutesRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The minutes of a meeting; written by own events."""

    __tablename__ = "minutes"
    __table_args__ = REPLAYED
    meeting_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class MediationRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A mediation, in a stream of its own; written by own events. The group of the youth's case has no way in."""

    __tablename__ = "mediation"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    youth_case_id: str = Field(index=True)
    mediator_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class ForumRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A forum, in a stream of its own; written by own events."""

    __tablename__ = "forum"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    kind: str
    state: dict[str, Any] = jsonb()


class ForumTextRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What a forum wrote about a matter, checked to name nobody. Texts are on no log, so no event tells it."""

    __tablename__ = "forum_text"
    __table_args__ = WORKING
    matter_id: str = Field(primary_key=True)
    forum_id: str = Field(index=True)
    text: str
    written_at: datetime


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


class LocalContactRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The office behind a function of a municipality. Belongs to no case and is nobody, so no event tells it."""

    __tablename__ = "local_contact"
    __table_args__ = WORKING
    municipality_no: str = Field(primary_key=True)
    function: str = Field(primary_key=True)
    office: str
    reached: str
    open_when: str
    reviewed_on: date
    changed_by: str
