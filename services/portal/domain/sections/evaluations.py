"""How the contract is to be evaluated, and the evaluations that were held."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import EvaluationKind, GoalAssessor
from schemas.contract import ContractRegistered
from schemas.evaluation import EvaluationHeld, EvaluationPlanned, GoalAssessed, PlannedMeasure
from schemas.event import Fact
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """How far a goal was reached, as one of those present saw it."""

    goal_ref: str
    level: int
    by: GoalAssessor


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An evaluation that was held."""

    evaluation_id: str
    kind: EvaluationKind
    held_on: date
    text_ref: str | None = None
    youth_answer_ref: str | None = None
    guardians_answer_ref: str | None = None
    levels: tuple[Level, ...] = ()


class Evaluations(msgspec.Struct, frozen=True, kw_only=True):
    """The plan in force and what was held under the newest contract."""

    measures: tuple[PlannedMeasure, ...] = ()
    midway_on: date | None = None
    end_on: date | None = None
    held: tuple[Held, ...] = ()

    @property
    def left(self) -> tuple[EvaluationKind, ...]:
        """The kinds that have not been held."""
        return tuple(kind for kind in EvaluationKind if all(one.kind is not kind for one in self.held))


def _registered(_: Evaluations, __: ContractRegistered, ___: Fact) -> Evaluations:
    return Evaluations()


def _planned(state: Evaluations, event: EvaluationPlanned, _: Fact) -> Evaluations:
    return replace(state, measures=event.measures, midway_on=event.midway_on, end_on=event.end_on)


def _held(state: Evaluations, event: EvaluationHeld, _: Fact) -> Evaluations:
    held = Held(
        evaluation_id=event.evaluation_id,
        kind=event.kind,
        held_on=event.held_on,
        text_ref=event.text_ref,
        youth_answer_ref=event.youth_answer_ref,
        guardians_answer_ref=event.guardians_answer_ref,
    )
    return replace(state, held=(*state.held, held))


def _assessed(state: Evaluations, event: GoalAssessed, _: Fact) -> Evaluations:
    level = Level(goal_ref=event.goal_ref, level=event.level, by=event.by)
    held = tuple(
        replace(one, levels=(*one.levels, level)) if one.evaluation_id == event.evaluation_id else one
        for one in state.held
    )
    return replace(state, held=held)


SECTION = Section(
    Evaluations,
    {
        ContractRegistered: _registered,
        EvaluationPlanned: _planned,
        EvaluationHeld: _held,
        GoalAssessed: _assessed,
    },
)
