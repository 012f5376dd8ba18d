"""The rows of this service: consents, stops, openings and what it knows of cases; and the vault, which holds
ciphertext only. No logic.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, text
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("sharing")


class CaseFileRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What the others' events say about a case. Written by others' events only."""

    __tablename__ = "case_file"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    youth_id: str | None = None
    state: dict[str, Any] = jsonb()


class ConsentRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A consent. Written by own events only, as are the next nine."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_open", "valid_to", postgresql_where=text("NOT ended")), REPLAYED)
    consent_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    valid_to: date
    requested_on: date
    unanswered: bool
    ended: bool
    state: dict[str, Any] = jsonb()


class DisclosureRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Information given without consent."""

    __tablename__ = "disclosure"
    __table_args__ = REPLAYED
    disclosure_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class DutyRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That somebody acted on a duty of their own, so that they can follow it up."""

    __tablename__ = "duty"
    __table_args__ = REPLAYED
    act_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    person_id: str


class ReceiptRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A receipt that was asked for after a withdrawal."""

    __tablename__ = "receipt"
    __table_args__ = REPLAYED
    receipt_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    person_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class RetentionRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Where a closed case stands on its way out; what is left of an erased one."""

    __tablename__ = "retention"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    approved: bool
    erased: bool
    state: dict[str, Any] = jsonb()


class PrivacyBreachRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A breach of personal data security. Written by own events only, as is the next."""

    __tablename__ = "privacy_breach"
    __table_args__ = REPLAYED
    breach_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class SubjectRequestRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What somebody asked for about themselves."""

    __tablename__ = "subject_request"
    __table_args__ = REPLAYED
    request_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class ProtectionRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A case's address protection and who is cleared."""

    __tablename__ = "protection"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class YouthBandRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The age band that was told last."""

    __tablename__ = "youth_band"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    age_band: str


class BandAheadRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That the youth's next age band was told to be near, and for which day."""

    __tablename__ = "band_ahead"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    age_band: str = Field(primary_key=True)
    comes_on: date


class StopRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A stop at the gate; whether it still stands, the case file says."""

    __tablename__ = "stop"
    __table_args__ = REPLAYED
    stop_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class OpeningRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """An opening and what was decided: for the youth's report, and for those told of a withdrawal."""

    __tablename__ = "opening"
    __table_args__ = REPLAYED
    opening_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    sequence: int
    decided_at: datetime
    state: dict[str, Any] = jsonb()


class NamedRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That an event of a service names a deposit. A set that only grows, so own and others' events may both
    write it.
    """

    __tablename__ = "named"
    __table_args__ = REPLAYED
    ref: str = Field(primary_key=True)
    source: str = Field(primary_key=True)


class IssuedRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That a registration made a text a document of the case: what the archive's package is made of. A set that only grows, like `named`."""

    __tablename__ = "issued"
    __table_args__ = REPLAYED
    ref: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    type: str
    recorded_at: datetime


class HeardRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A day on which a service has recorded something that this one has read, as an ISO date: how far it has been heard."""

    __tablename__ = "heard"
    __table_args__ = REPLAYED
    source: str = Field(primary_key=True)
    recorded_on: str = Field(primary_key=True)


class DocumentRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A text as a document: its class, and whether it is closed to everybody."""

    __tablename__ = "document"
    __table_args__ = REPLAYED
    ref: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class SupersededRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A text that another service's correction took out of use. Written by others' events only."""

    __tablename__ = "superseded"
    __table_args__ = REPLAYED
    ref: str = Field(primary_key=True)
    case_id: str = Field(index=True)


class ContentRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A deposit: ciphertext, and the codes that decide who may see it. Never changed once written.

    `lapses_from` is when it was laid down, until an event is known to have named it; None means that it stays.
    """

    __tablename__ = "content"
    __table_args__ = (
        Index("ix_content_case", "case_id", "about_id"),
        Index("ix_content_lapses", "lapses_from", postgresql_where=text("lapses_from IS NOT NULL")),
        WORKING,
    )
    ref: str = Field(primary_key=True)
    case_id: str
    about_id: str
    category: str
    from_agency: str
    kind: str
    author_id: str
    recorded_at: datetime
    nonce: bytes = Field(sa_type=LargeBinary)
    ciphertext: bytes = Field(sa_type=LargeBinary)
    lapses_from: datetime | None = None


class YouthMarkRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Keyed marks of a case's youth, to find the same youth in another case; without the key they say nothing."""

    __tablename__ = "youth_mark"
    __table_args__ = WORKING
    case_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    name_mark: bytes = Field(sa_type=LargeBinary, index=True)
    number_mark: bytes | None = Field(sa_type=LargeBinary, index=True)


class PurgeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A declined referral whose time is over, until its content is gone."""

    __tablename__ = "referral_purge"
    __table_args__ = WORKING
    case_id: str = Field(primary_key=True)
    asked_by: str


class ContactRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Name, e-mail address and language of somebody on the staff, as ciphertext."""

    __tablename__ = "contact"
    __table_args__ = WORKING
    person_id: str = Field(primary_key=True)
    changed_at: datetime
    nonce: bytes = Field(sa_type=LargeBinary)
    ciphertext: bytes = Field(sa_type=LargeBinary)


class PermitRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A permit to download one piece of content once; the permit itself is known to its holder only, its
    digest here.
    """

    __tablename__ = "permit"
    __table_args__ = WORKING
    digest: bytes = Field(sa_type=LargeBinary, primary_key=True)
    case_id: str
    ref: str
    person_id: str
    session: str | None = None
    purpose: str
    issued_at: datetime
    used_at: datetime | None = None


class ShownNameRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """That the showing of a case's name in lists was recorded for this person and session."""

    __tablename__ = "shown_name"
    __table_args__ = WORKING
    person_id: str = Field(primary_key=True)
    session: str = Field(primary_key=True)
    case_id: str = Field(primary_key=True)
    outcome: str
    recorded_at: datetime
