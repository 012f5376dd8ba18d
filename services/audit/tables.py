"""The rows of the audit store: every record of the case log as it stands.

Rows are only ever added; a trigger refuses the rest.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED

Table = table_base("audit")


class RecordRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """One record, malformed and repeated ones too.

    `case_id` and what follows are None where the bytes are not an event.
    """

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_case", "case_id", "partition", "offset"), REPLAYED)
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
