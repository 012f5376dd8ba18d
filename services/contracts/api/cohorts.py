"""The routes of the statistics' cohorts: for the municipality's coordinators, who see the sums of the survey too."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from backbone.fields import Id, MunicipalityNo
from backbone.web import Answer, Body, TheAsk
from schemas.codes import COORDINATORS, Agency, Programme
from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition
from services.contracts.commands import cohorts as commands
from services.contracts.domain.cohort import Told

routes = APIRouter(tags=["cohorts"])
Year = Annotated[str, Field(pattern=r"^20[0-9]{2}$", examples=["2025"])]
"""A calendar year, which is the only period of a cohort."""


class CloseCohort(Body):
    """Which cohort. How many it has is counted here, and never told by whoever closes it."""

    municipality_no: MunicipalityNo
    programme: Programme
    period_key: Year


class MeasureCohort(Body):
    """One number that an agency handed back, with what it counted; or that it was too few to tell; or why there is no number. Nobody is named."""

    result: CohortResult
    measured_on: date
    relapsed: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    definition: RelapseDefinition | None = None
    agency: Agency | None = None
    skipped: CohortSkipped | None = None


@routes.get("/cohorts")
def cohorts(municipality_no: Annotated[str, Query(pattern=r"^[0-9]{4}$")], ask: TheAsk) -> list[Answer]:
    """The closed cohorts of a municipality, the newest first; no number below five."""
    ask.require(*COORDINATORS)
    return ask.read(lambda work: commands.cohorts_in(work, municipality_no))  # type: ignore[no-any-return]


@routes.get("/cohorts/{cohort_id}")
def cohort(cohort_id: Id, ask: TheAsk) -> Answer:
    """One closed cohort."""
    ask.require(*COORDINATORS)
    return ask.read(lambda work: commands.one_cohort(work, cohort_id))  # type: ignore[no-any-return]


@routes.post("/cohorts", status_code=201)
def close_cohort(body: CloseCohort, ask: TheAsk) -> Answer:
    """Close the cohort of a year that is over; for coordinators of the municipality."""
    ask.require(*COORDINATORS)
    return ask.perform(
        lambda work: commands.close_cohort(
            work, int(body.period_key), municipality_no=body.municipality_no, programme=body.programme
        ),
        body,
    )


@routes.post("/cohorts/{cohort_id}/measured", status_code=201)
def measure_cohort(cohort_id: Id, body: MeasureCohort, ask: TheAsk) -> Answer:
    """Register what was handed back three years after the end of a cohort, or why nothing was."""
    ask.require(*COORDINATORS)
    told = Told(**body.model_dump())
    remembered = body.model_copy(update={"relapsed": None})  # a digest of a small number would give it away
    return ask.perform(lambda work: commands.measure_cohort(work, cohort_id, told), remembered)
