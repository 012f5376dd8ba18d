"""The portal's rows: its view of each case, folded from the log, and the log-in sessions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("portal")


class CaseViewRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A case as the pages show it; the columns are what lists filter and sort by."""

    __tablename__ = "case_view"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    lead_id: str | None = Field(default=None, index=True)
    owner_agency: str | None = None
    municipality_no: str | None = Field(default=None, index=True)
    status: str
    ends_on: date | None = None
    next_due_on: date | None = None
    strictly_protected: bool = False
    cleared: list[str] = jsonb()
    state: dict[str, Any] = jsonb()


class CaseMemberRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Who is in which network group now, and whether they have declared secrecy, as far as they must."""

    __tablename__ = "case_member"
    __table_args__ = (Index("ix_case_member_person_id", "person_id"), REPLAYED)
    case_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    declared: bool = False


class CaseEventRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What has happened in a case, in the order of the log: the history that the case page tells."""

    __tablename__ = "case_event"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    event_id: str
    type: str
    recorded_at: datetime
    actor: str
    actor_agency: str | None = None
    said: dict[str, Any] = jsonb()


class SessionRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A log-in session, known by a digest of the cookie's secret, so that nobody can take it over from here."""

    __tablename__ = "session"
    __table_args__ = WORKING
    digest: str = Field(primary_key=True)
    session_id: str
    person_id: str = Field(index=True)
    agency: str | None = None
    roles: list[str] = jsonb()
    municipality_nos: list[str] = jsonb()
    started_at: datetime
    seen_at: datetime


class ChosenLanguageRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The written language that somebody on the staff has chosen."""

    __tablename__ = "chosen_language"
    __table_args__ = WORKING
    person_id: str = Field(primary_key=True)
    language: str


class LogInAttemptRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A log-in under way in one browser, known by a digest of its cookie; `identity` waits here for its first code."""

    __tablename__ = "log_in_attempt"
    __table_args__ = WORKING
    digest: str = Field(primary_key=True)
    state: str
    nonce: str
    verifier: str
    identity: str | None = None
    started_at: datetime


class LogInRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Which person of the directory an electronic identity belongs to; the identity is a digest of an opaque subject."""

    __tablename__ = "log_in"
    __table_args__ = WORKING
    identity: str = Field(primary_key=True)
    person_id: str = Field(index=True, unique=True)
    tied_at: datetime


class FirstCodeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A code for somebody's first log-in, by its digest; it works once."""

    __tablename__ = "first_code"
    __table_args__ = WORKING
    digest: str = Field(primary_key=True)
    person_id: str = Field(index=True)
    given_by: str
    given_at: datetime
