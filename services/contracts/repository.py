"""Domain objects in and out of rows. What a decision rests on is read under the lock of its case."""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import col, select

from backbone.rows import Rows, Shelf, table_of
from backbone.work import Work
from services.contracts.domain.case import Case
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.followed import Followed
from services.contracts.domain.guardians import Guardians
from services.contracts.domain.referral import Referral
from services.contracts.domain.surroundings import Surroundings
from services.contracts.domain.youth_plan import YouthPlan
from services.contracts.tables import (
    CaseRow,
    ContractRow,
    DeviationRow,
    GuardiansRow,
    ReferralRow,
    SurroundingsRow,
    YouthPlanRow,
)

CASES = Shelf(
    CaseRow,
    Case,
    lambda c: {
        "case_id": c.case_id,
        "youth_id": c.youth_id,
        "programme": c.programme.value,
        "lead_id": c.lead_id,
        "open": c.open,
    },
)
CONTRACTS = Shelf(
    ContractRow,
    Contract,
    lambda c: {"contract_id": c.contract_id, "case_id": c.case_id, "status": c.status.value},
)
PLANS = Shelf(
    YouthPlanRow,
    YouthPlan,
    lambda p: {"plan_id": p.plan_id, "case_id": p.case_id, "status": p.status.value},
)
DEVIATIONS = Shelf(
    DeviationRow,
    Deviation,
    lambda d: {"deviation_id": d.deviation_id, "case_id": d.case_id, "status": d.status.value},
)
REFERRALS = Shelf(
    ReferralRow,
    Referral,
    lambda r: {
        "referral_id": r.referral_id,
        "case_id": r.case_id,
        "assigned_to": r.assigned_to,
        "received_by": r.received_by,
        "status": r.status.value,
    },
)
GUARDIANS = Shelf(GuardiansRow, Guardians, lambda g: {"case_id": g.case_id})
SURROUNDINGS = Shelf(SurroundingsRow, Surroundings, lambda s: {"case_id": s.case_id})


def lock_youth(work: Work, *youth_ids: str) -> None:
    """Wait until nobody else opens a case for the youth under any of its references, and keep others waiting until this
    transaction ends. Everybody takes the locks in one order.
    """
    for youth_id in sorted(set(youth_ids)):
        work.query(text("SELECT pg_advisory_xact_lock(hashtextextended(:youth, 7))"), {"youth": youth_id})


def youth_of_referral(work: Work, referral_id: str) -> str:
    """Whom a referral is about, before any lock is taken; empty for nobody yet."""
    state = table_of(ReferralRow).c.state
    return str(
        work.query(
            select(state["youth_id"].astext).where(col(ReferralRow.referral_id) == referral_id)
        ).scalar()
        or ""
    )


def open_cases_of(work: Work, youth_id: str) -> list[Case]:
    """The youth's cases that are not closed."""
    return CASES.where(work, col(CaseRow.youth_id) == youth_id, col(CaseRow.open))


def followed(rows: Rows, followed_id: str) -> Followed | None:
    """The contract or the youth plan with this id."""
    return CONTRACTS.find(rows, followed_id) or PLANS.find(rows, followed_id)


def around(rows: Rows, case_id: str) -> Surroundings:
    """What stands around a case, as far as it has been read."""
    return SURROUNDINGS.find(rows, case_id) or Surroundings(case_id=case_id)


def guardians(rows: Rows, case_id: str) -> Guardians:
    """The guardians of a case; none when nothing has been registered."""
    return GUARDIANS.find(rows, case_id) or Guardians(case_id=case_id)
