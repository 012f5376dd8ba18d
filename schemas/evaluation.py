"""Evaluations: midway and at the end."""

from __future__ import annotations

from datetime import date

from schemas.codes import EvaluationKind, GoalAssessor
from schemas.event import Event, event


@event("evaluation.held")
class EvaluationHeld(Event, frozen=True, kw_only=True):
    """A contract was evaluated with the youth; scores and words in the vault."""

    evaluation_id: str
    contract_id: str
    kind: EvaluationKind
    held_on: date
    text_ref: str | None = None


@event("goal.assessed")
class GoalAssessed(Event, frozen=True, kw_only=True):
    """In an evaluation, somebody said how far a goal was reached: 0 (not) to 3 (fully). The goal is judged, never the youth."""

    evaluation_id: str
    goal_ref: str
    level: int
    by: GoalAssessor
