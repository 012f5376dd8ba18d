"""The rows that every service's database has: the outbox, the inbox, the case lock. Structure only.

Each table says whether it is *replayed* (a replay of the log into empty tables gives the same rows) or *working* (leases, marks, retries).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Identity, Index, LargeBinary, MetaData, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
REPLAYED: dict[str, Any] = {"info": {"replayed": True}}
WORKING: dict[str, Any] = {"info": {"replayed": False}}
NOT_COMPARED: dict[str, Any] = {"compared": False}
"""For a column of a replayed table whose order counts and whose value does not."""


def jsonb(*, nullable: bool = False) -> Any:
    """A JSONB column: a state, or anything else that is read whole."""
    return Field(sa_column=Column(JSONB, nullable=nullable))


class BackboneTable(SQLModel):
    """Base of the rows below; services have bases of their own, so that their tables never mix."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class CaseHeadRow(BackboneTable, table=True):
    """The case lock, and how many events this service has published about the case."""

    __tablename__ = "case_head"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)


class OutboxRow(BackboneTable, table=True):
    """An event that this service has published; `sent_at`, `partition` and `offset` once Kafka has acknowledged it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "id", postgresql_where=text("sent_at IS NULL")),
        Index("uq_outbox_sequence", "case_id", "sequence", unique=True),
        Index("ix_outbox_sent", "partition", "offset"),
        WORKING,
    )
    id: int = Field(sa_column=Column(BigInteger, Identity(), primary_key=True))
    event_id: str = Field(unique=True)
    case_id: str
    sequence: int = Field(sa_type=BigInteger)
    type: str
    body: bytes = Field(sa_type=LargeBinary)
    recorded_at: datetime
    sent_at: datetime | None = None
    partition: int | None = None
    offset: int | None = Field(default=None, sa_type=BigInteger)


class AnswerRow(BackboneTable, table=True):
    """The first answer given to an idempotency key, to be given again."""

    __tablename__ = "answer"
    __table_args__ = WORKING
    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_digest: str
    answer: dict[str, Any] = jsonb()
    answered_at: datetime


class PositionRow(BackboneTable, table=True):
    """Where this service reads next in a partition of one topic, known by the topic's own id."""

    __tablename__ = "position"
    __table_args__ = WORKING
    topic: str = Field(primary_key=True)
    partition: int = Field(primary_key=True)
    topic_id: str
    next_offset: int = Field(sa_type=BigInteger)


class SourceHeadRow(BackboneTable, table=True):
    """The last sequence number applied per case and source."""

    __tablename__ = "source_head"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)


class AppliedRow(BackboneTable, table=True):
    """Which event stood behind each sequence number: what tells a duplicate from a fork."""

    __tablename__ = "applied"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    event_id: str


class HistoryRow(BackboneTable, table=True):
    """What a service has folded about a case, as it was said: what its rows are made from anew when something is corrected or struck.

    `place` is the order among the events of one case; only services that say how they are remade keep this.
    """

    __tablename__ = "history"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    event_id: str
    place: int = Field(sa_column=Column(BigInteger, Identity(), nullable=False, info=NOT_COMPARED))
    said: dict[str, Any] = jsonb()


class ParkedRow(BackboneTable, table=True):
    """A record that could not be applied; while it stands, later events of its case wait behind it, in order."""

    __tablename__ = "parked"
    __table_args__ = WORKING
    partition: int = Field(primary_key=True)
    offset: int = Field(primary_key=True, sa_type=BigInteger)
    case_id: str = Field(index=True)
    source: str | None = None
    sequence: int | None = Field(default=None, sa_type=BigInteger)
    event_id: str | None = None
    type: str | None = None
    kind: str
    error: str
    key: bytes | None = Field(default=None, sa_type=LargeBinary)
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    parked_at: datetime
    attempts: int = 1
