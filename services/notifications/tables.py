"""The notifications' rows. Structure only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("notifications")


class CaseRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A case as far as telling people goes."""

    __tablename__ = "case_people"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class NoticeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Something that a person is told. References and codes only."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person", "person_id", "at"), REPLAYED)
    notice_id: str = Field(primary_key=True)
    person_id: str
    case_id: str = Field(index=True)
    kind: str
    event_id: str
    at: datetime
    about: dict[str, Any] = jsonb()


class LeaderNoticeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Something that was put before the leader of a unit; written by our own events, the others' notices by theirs."""

    __tablename__ = "leader_notice"
    __table_args__ = (Index("ix_leader_notice_person", "person_id", "at"), REPLAYED)
    notice_id: str = Field(primary_key=True)
    person_id: str
    case_id: str = Field(index=True)
    kind: str
    event_id: str
    at: datetime
    about: dict[str, Any] = jsonb()


class EscalationRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """An escalation that waits until the directory has said who leads the unit."""

    __tablename__ = "escalation"
    __table_args__ = WORKING
    event_id: str = Field(primary_key=True)
    case_id: str
    deadline_id: str
    deadline_kind: str
    due_on: date
    next_try_at: datetime


class ReadRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That somebody has read a notice of theirs."""

    __tablename__ = "read_mark"
    __table_args__ = WORKING
    notice_id: str = Field(primary_key=True)
    read_at: datetime


class MailRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A mail about a notice, from when it waits until what became of it is known.

    `doubts` counts attempts in which the content was handed over and no answer is known yet. `holder` is the sender that has it until
    `next_try_at`. `not_before` is decision time: what the receiver's choice of hours, or of one mail a day, says. A mail
    without a case is that one mail a day.
    """

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_waiting", "next_try_at", postgresql_where=text("state = 'WAITING'")),
        WORKING,
    )
    notice_id: str = Field(primary_key=True)
    person_id: str
    case_id: str | None = Field(default=None, index=True)
    noticed_at: datetime
    invitation: dict[str, Any] | None = jsonb(nullable=True)
    state: str
    not_before: datetime
    next_try_at: datetime
    attempts: int = 0
    doubts: int = 0
    holder: str | None = None
    answer: str | None = None
    closed_at: datetime | None = None


class PreferenceRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """When somebody wants their mail; who has none here wants it at once."""

    __tablename__ = "preference"
    __table_args__ = WORKING
    person_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()
    chosen_at: datetime
