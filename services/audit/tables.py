"""The rows of the audit store: every record of the case log as it stands.

Rows are only ever added; a trigger refuses the rest.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING

Table = table_base("audit")


class RecordRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """One record, malformed and repeated ones too.

    `case_id` and what follows are None where the bytes are not an event.
    """

    __tablename__ = "record"
    __table_args__ = (
        Index("ix_record_case", "case_id", "partition", "offset"),
        Index("ix_record_type", "type", "time"),
        REPLAYED,
    )
    partition: int = Field(primary_key=True)
    offset: int = Field(primary_key=True, sa_type=BigInteger)
    key: bytes | None = Field(default=None, sa_type=LargeBinary)
    value: bytes | None = Field(default=None, sa_type=LargeBinary)
    case_id: str | None = None
    event_id: str | None = None
    source: str | None = None
    sequence: int | None = Field(default=None, sa_type=BigInteger)
    type: str | None = None
    time: datetime | None = None
    actor: str | None = None
    actor_agency: str | None = None
    caused_by: str | None = None
    basis: str | None = None


class TreeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """How many leaves a partition's Merkle tree has: the offset after its last record."""

    __tablename__ = "tree"
    __table_args__ = REPLAYED
    partition: int = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)


class TileRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A tile of a partition's tree: up to 256 hashes. It only ever grows at its end; a trigger refuses the
    rest.
    """

    __tablename__ = "tile"
    __table_args__ = REPLAYED
    partition: int = Field(primary_key=True)
    level: int = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    hashes: bytes = Field(sa_type=LargeBinary)


class CheckpointRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A signed checkpoint of a partition's tree, as the signer gave it. Rows are only ever added."""

    __tablename__ = "checkpoint"
    __table_args__ = WORKING
    partition: int = Field(primary_key=True)
    size: int = Field(primary_key=True, sa_type=BigInteger)
    note: bytes = Field(sa_type=LargeBinary)
    taken_at: datetime


class CosignatureRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A witness's signature line under a checkpoint. Rows are only ever added."""

    __tablename__ = "cosignature"
    __table_args__ = WORKING
    partition: int = Field(primary_key=True)
    size: int = Field(primary_key=True, sa_type=BigInteger)
    witness: str = Field(primary_key=True)
    line: str
    taken_at: datetime
