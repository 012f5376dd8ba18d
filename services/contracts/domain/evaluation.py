"""Evaluations, midway and at the end: goals are judged from 0 to 3, by the youth too; nobody scores a youth."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from schemas.codes import EvaluationKind, GoalAssessor
from schemas.evaluation import EvaluationHeld, GoalAssessed
from schemas.event import Event
from services.contracts.domain.followed import Followed
from services.contracts.domain.refusals import conflict, refused

FULLY = 3
END_DAYS = 14
"""How long before the end date the end evaluation may be held."""


class GoalLevel(msgspec.Struct, frozen=True, kw_only=True):
    """How far a goal was reached, as one of those present sees it."""

    goal_ref: str
    level: int
    by: GoalAssessor


def hold(
    contract: Followed,
    *,
    evaluation_id: str,
    kind: EvaluationKind,
    held_on: date,
    goals: tuple[GoalLevel, ...],
    text_ref: str | None,
    today: date,
    youth_answer_ref: str | None = None,
    guardians_answer_ref: str | None = None,
) -> list[Event]:
    """An evaluation of a contract or a youth plan was held with the youth. Raises Refused and Conflict."""
    if contract.started_on is None:
        raise refused("NOT_STARTED")
    if not contract.may_be_evaluated(kind):
        raise conflict("EVALUATED_ALREADY", field="kind")
    if not contract.started_on <= held_on <= today:
        raise refused("EVALUATION_DATE", field="held_on")
    early = contract.live and held_on < contract.runs_until - timedelta(days=END_DAYS)
    if kind is EvaluationKind.END and early:
        raise refused("END_EVALUATION_EARLY", field="held_on", days=END_DAYS)
    if any(goal.goal_ref not in contract.goal_refs for goal in goals):
        raise refused("GOAL_UNKNOWN", field="goals")
    if any(not 0 <= goal.level <= FULLY for goal in goals):
        raise refused("LEVEL_UNKNOWN", field="goals")
    if not any(goal.by is GoalAssessor.YOUTH for goal in goals):
        raise refused("YOUTHS_ANSWER_MISSING", field="goals")
    held = EvaluationHeld(
        evaluation_id=evaluation_id,
        contract_id=contract.followed_id,
        kind=kind,
        held_on=held_on,
        text_ref=text_ref,
        youth_answer_ref=youth_answer_ref,
        guardians_answer_ref=guardians_answer_ref,
    )
    return [
        held,
        *(
            GoalAssessed(evaluation_id=evaluation_id, goal_ref=goal.goal_ref, level=goal.level, by=goal.by)
            for goal in goals
        ),
    ]
