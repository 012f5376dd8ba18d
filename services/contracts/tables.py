"""The rows of contracts. Structure only; which are replayed stands beside each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from backbone.database import table_base
from backbone.tables import REPLAYED, WORKING, jsonb

Table = table_base("contracts")


class CaseRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A case; written by own events."""

    __tablename__ = "case_file"
    __table_args__ = (
        Index("ix_case_file_youth", "youth_id", "programme", postgresql_where=text("open")),
        REPLAYED,
    )
    case_id: str = Field(primary_key=True)
    youth_id: str
    programme: str
    lead_id: str = Field(index=True)
    open: bool
    state: dict[str, Any] = jsonb()


class ContractRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A contract; written by own events."""

    __tablename__ = "contract"
    __table_args__ = REPLAYED
    contract_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class CorrectionRequestRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Somebody's word that a registration is wrong; written by own events."""

    __tablename__ = "correction_request"
    __table_args__ = REPLAYED
    request_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class YouthPlanRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A youth plan; written by own events."""

    __tablename__ = "youth_plan"
    __table_args__ = REPLAYED
    plan_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class DeviationRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A deviation; written by own events."""

    __tablename__ = "deviation"
    __table_args__ = REPLAYED
    deviation_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class ReferralRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A referral; written by own events."""

    __tablename__ = "referral"
    __table_args__ = REPLAYED
    referral_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    assigned_to: str = Field(index=True)
    received_by: str = Field(index=True)
    status: str
    state: dict[str, Any] = jsonb()


class SurroundingsRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """What stands around a case in the other services; written by others' events."""

    __tablename__ = "surroundings"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class GuardiansRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The guardians of a case, who decides, preferred languages; written by own events."""

    __tablename__ = "guardians"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class ConsultationRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A consultation without a name; written by own events."""

    __tablename__ = "consultation"
    __table_args__ = REPLAYED
    consultation_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    """Its stream's subject: the consultation itself, never a case."""
    logged_by: str = Field(index=True)
    held_on: date
    state: dict[str, Any] = jsonb()


class CohortRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A closed cohort of the statistics; written by own events."""

    __tablename__ = "cohort"
    __table_args__ = REPLAYED
    cohort_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    """Its stream's subject: the cohort itself, never a case."""
    municipality_no: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class OfferRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """A local offer. Belongs to no case and is about nobody, so no event tells it; who changed it last stands here."""

    __tablename__ = "local_offer"
    __table_args__ = WORKING
    offer_id: str = Field(primary_key=True)
    municipality_no: str = Field(index=True)
    kind: str
    status: str
    state: dict[str, Any] = jsonb()
    changed_by: str
    changed_at: datetime


class SurveyCodeRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """The digest of a code that has not been used; nothing says who made it, or for whom."""

    __tablename__ = "survey_code"
    __table_args__ = WORKING
    digest: str = Field(primary_key=True)
    municipality_no: str
    valid_to: date


class WaitingAnswerRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Answers that wait for their quarter to be over; no time, and no code."""

    __tablename__ = "survey_waiting"
    __table_args__ = WORKING
    answer_id: str = Field(primary_key=True)
    municipality_no: str = Field(index=True)
    state: dict[str, Any] = jsonb()


class SurveyAnswerRow(Table, table=True):  # type: ignore[call-arg,valid-type,misc]
    """Answers that have been told; written by own events."""

    __tablename__ = "survey_answer"
    __table_args__ = REPLAYED
    answer_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    """Its stream's subject: the municipality's survey, never a case."""
    municipality_no: str = Field(index=True)
    quarter: str
    state: dict[str, Any] = jsonb()
