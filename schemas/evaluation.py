"""Evaluations: planned before a contract starts, held midway and at the end."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import EvaluationKind, GoalAssessor
from schemas.event import Event, event
from schemas.register_codes import EvaluationMeasure


class PlannedMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """A goal, and how it is to be seen whether it was reached."""

    goal_ref: str
    measure: EvaluationMeasure


@event("evaluation.planned")
class EvaluationPlanned(Event, frozen=True, kw_only=True):
    """It was decided how and when a contract is to be evaluated: goals, how each is measured, and the days; the newest plan counts."""

    contract_id: str
    measures: tuple[PlannedMeasure, ...]
    midway_on: date
    end_on: date


@event("evaluation.held")
class EvaluationHeld(Event, frozen=True, kw_only=True):
    """A contract, or a youth plan by its id, was evaluated with the youth: what was done, learnt and smart, and their own words, in the vault."""

    evaluation_id: str
    contract_id: str
    kind: EvaluationKind
    held_on: date
    text_ref: str | None = None
    youth_answer_ref: str | None = None
    guardians_answer_ref: str | None = None


@event("goal.assessed")
class GoalAssessed(Event, frozen=True, kw_only=True):
    """In an evaluation, somebody said how far a goal was reached: 0 (not) to 3 (fully). The goal is judged, never the youth."""

    evaluation_id: str
    goal_ref: str
    level: int
    by: GoalAssessor
