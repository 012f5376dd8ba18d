"""What people may ask of cohorts: close the one of a year, register what was handed back about it, look at them."""

from __future__ import annotations

from backbone.clock import derived_id
from backbone.refusal import not_found
from backbone.web import Answer, json_ready
from backbone.work import Actor, Work
from schemas.codes import Programme
from services.contracts.cohorts import COHORTS, closed_cases, cohorts_of
from services.contracts.domain import cohort as cohorts
from services.contracts.domain.cohort import Cohort, Told
from services.contracts.domain.register_refusals import conflict, not_allowed


def close_cohort(work: Work, year: int, *, municipality_no: str, programme: Programme) -> Answer:
    """Count the cohort of a year from the closed cases, and close it."""
    _for_own(work.actor, municipality_no)
    cohort_id = derived_id("cohort", municipality_no, programme.value, year)
    work.lock_case(cohort_id)
    if COHORTS.find(work, cohort_id) is not None:
        raise conflict("COHORT_CLOSED", field="period_key")
    cases = closed_cases(work, municipality_no=municipality_no, programme=programme, year=year)
    closed = cohorts.close(
        year,
        municipality_no=municipality_no,
        programme=programme,
        cases=cases,
        today=work.moment.today,
    )
    work.publish(cohort_id, closed)
    return {"cohort_id": cohort_id, "youths": closed.youths}


def measure_cohort(work: Work, cohort_id: str, told: Told) -> Answer:
    """Register what was handed back about a cohort, or why nothing was."""
    work.lock_case(cohort_id)
    measured = _own(work, cohort_id).measure(told, today=work.moment.today)
    work.publish(cohort_id, measured)
    return {"cohort_id": cohort_id, "result": measured.result.value}


def cohorts_in(work: Work, municipality_no: str) -> list[Answer]:
    """The closed cohorts of a municipality that the actor works for."""
    _for_own(work.actor, municipality_no)
    return [_shown(work, one) for one in cohorts_of(work, municipality_no)]


def one_cohort(work: Work, cohort_id: str) -> Answer:
    """One cohort of a municipality that the actor works for. Raises NotFound."""
    return _shown(work, _own(work, cohort_id))


def _shown(work: Work, cohort: Cohort) -> Answer:
    shown: Answer = json_ready(cohort)
    measured_from = cohort.measured_from.isoformat()
    return {**shown, "measured_from": measured_from, "waits": cohort.waits(work.moment.today)}


def _own(work: Work, cohort_id: str) -> Cohort:
    there = COHORTS.find(work, cohort_id)
    if there is None or there.municipality_no not in work.actor.municipality_nos:
        raise not_found()
    return there


def _for_own(actor: Actor, municipality_no: str) -> None:
    if municipality_no not in actor.municipality_nos:
        raise not_allowed("COHORT_OTHER_MUNICIPALITY")
