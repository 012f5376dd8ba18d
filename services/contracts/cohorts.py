"""Cohorts in and out of rows, what own events write there, and the closed cases that they are counted from."""

from __future__ import annotations

from sqlmodel import col

from backbone.rows import Rows, Shelf, table_of
from backbone.work import Fold
from schemas.codes import Programme
from schemas.cohort import CohortClosed, CohortMeasured
from schemas.event import Event, Fact
from services.contracts.domain.case import Case
from services.contracts.domain.cohort import Cohort
from services.contracts.repository import CASES
from services.contracts.tables import CaseRow, CohortRow

COHORTS = Shelf(
    CohortRow,
    Cohort,
    lambda c: {"cohort_id": c.cohort_id, "case_id": c.cohort_id, "municipality_no": c.municipality_no},
)


def cohorts_of(rows: Rows, municipality_no: str) -> list[Cohort]:
    """The closed cohorts of a municipality, the newest year first."""
    found = COHORTS.where(rows, col(CohortRow.municipality_no) == municipality_no)
    in_order = sorted(found, key=lambda one: list(Programme).index(one.programme))
    return sorted(in_order, key=lambda one: one.period_key, reverse=True)


def closed_cases(rows: Rows, *, municipality_no: str, programme: Programme, year: int) -> list[Case]:
    """The cases of a programme in a municipality that were closed in a year, as this service knows them from the log."""
    state = table_of(CaseRow).c.state
    return CASES.where(
        rows,
        col(CaseRow.programme) == programme.value,
        ~col(CaseRow.open),
        state["municipality_no"].astext == municipality_no,
        state["closed_on"].astext.startswith(f"{year:04}-"),
    )


def on_closed(rows: Rows, fact: Fact) -> None:
    """A cohort was closed."""
    assert isinstance(fact.event, CohortClosed)
    COHORTS.put(rows, Cohort.closed(fact.envelope.case_id, fact.event))


def on_measured(rows: Rows, fact: Fact) -> None:
    """A cohort was measured, or it was said why not."""
    cohort = COHORTS.find(rows, fact.envelope.case_id)
    if cohort is not None:
        COHORTS.put(rows, cohort.after(fact.event))


COHORT_FOLDS: dict[type[Event], Fold] = {CohortClosed: on_closed, CohortMeasured: on_measured}
