"""The evaluation plan: which goal, how it is measured, which day; a contract does not start without one (SLT handbook: decide how
to evaluate when you start).
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from schemas.evaluation import EvaluationPlanned, PlannedMeasure
from services.contracts.domain.calendar import add_months
from services.contracts.domain.register_refusals import conflict, refused

MIDWAY_MONTHS = 3
END_MARGIN = timedelta(days=14)
"""How far from the end date the end evaluation may be planned (product default)."""


class EvaluationPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to have planned. Days left out follow from the contract's own."""

    measures: tuple[PlannedMeasure, ...]
    midway_on: date | None = None
    end_on: date | None = None


def plan(
    asked: EvaluationPlan,
    *,
    contract_id: str,
    goal_refs: tuple[str, ...],
    starts_on: date,
    ends_on: date,
    live: bool = True,
) -> EvaluationPlanned:
    """The plan for a contract with these goals and days. Raises Refused, and Conflict for a contract that is over."""
    if not live:
        raise conflict("EVALUATION_OF_ENDED")
    if not asked.measures:
        raise refused("EVALUATION_MEASURE_MISSING", field="evaluation")
    if any(measure.goal_ref not in goal_refs for measure in asked.measures):
        raise refused("EVALUATION_GOAL_UNKNOWN", field="evaluation")
    midway_on = asked.midway_on or min(add_months(starts_on, MIDWAY_MONTHS), ends_on)
    end_on = asked.end_on or ends_on
    if not starts_on <= midway_on <= ends_on:
        raise refused("EVALUATION_MIDWAY_OUTSIDE", field="midway_on")
    if not (midway_on <= end_on and ends_on - END_MARGIN <= end_on <= ends_on + END_MARGIN):
        raise refused("EVALUATION_END_OUTSIDE", field="end_on", days=END_MARGIN.days)
    return EvaluationPlanned(
        contract_id=contract_id, measures=asked.measures, midway_on=midway_on, end_on=end_on
    )
