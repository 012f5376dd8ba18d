"""Deviations after they are reported, the ladders, and evaluations."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from backbone.refusal import Refused
from schemas.codes import (
    DeviationKind,
    DismissalReason,
    EvaluationKind,
    GoalAssessor,
    LadderStep,
    MissingReason,
    Programme,
    SkipReason,
)
from schemas.deviation import DeviationAssessed
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from services.contracts.domain.deviation import Deviation, DeviationStatus, ladder_of, suggested_step
from services.contracts.domain.evaluation import GoalLevel, hold
from tests.unit.contracts.builders import CASE, CONTRACT, LEAD, TEACHER, TODAY, a_contract, a_signed_contract

FELLES, PENALTY = Programme.FA_YOUTH_CONTRACT, Programme.YOUTH_PENALTY


def a_deviation(*, judged: bool = False, told: bool = False) -> Deviation:
    deviation = Deviation(
        case_id=CASE,
        deviation_id="d",
        contract_id=CONTRACT,
        kind=DeviationKind.LATE,
        severity=2,
        happened_on=TODAY,
        reporter_id=TEACHER,
    )
    if told:
        deviation = after(deviation, deviation.tell(text_ref="t", missing=None, today=TODAY))
    return after(deviation, assessed(deviation)) if judged else deviation


def after(deviation: Deviation, events: list[Event]) -> Deviation:
    for event in events:
        deviation = deviation.after(event)
    return deviation


def assessed(deviation: Deviation, *, by: str = LEAD, alone: bool = False, severity: int = 3) -> list[Event]:
    return deviation.assess(
        severity=severity, assessor_id=by, only_one_leads=alone, text_ref=None, today=TODAY
    )


def test_another_than_the_reporter_assesses_unless_nobody_else_leads_and_then_it_is_marked() -> None:
    (by_other,) = assessed(a_deviation())
    assert isinstance(by_other, DeviationAssessed)
    assert by_other.by_reporter is False
    with pytest.raises(Refused, match="REPORTER_ASSESSES"):
        assessed(a_deviation(), by=TEACHER)
    (own,) = assessed(a_deviation(), by=TEACHER, alone=True)
    assert isinstance(own, DeviationAssessed)
    assert own.by_reporter is True
    assert after(a_deviation(), [own]).severity == 3


def test_a_deviation_is_assessed_once_and_only_then_dismissed_or_not() -> None:
    with pytest.raises(Refused, match="ASSESSED_ALREADY"):
        assessed(a_deviation(judged=True))
    with pytest.raises(Refused, match="SEVERITY_UNKNOWN"):
        assessed(a_deviation(), severity=5)
    reason = DismissalReason.WAS_AGREED
    with pytest.raises(Refused, match="REPORTER_ASSESSES"):
        a_deviation().dismiss(reason, by=TEACHER, only_one_leads=False, today=TODAY)
    dismissed = after(
        a_deviation(), a_deviation().dismiss(reason, by=LEAD, only_one_leads=False, today=TODAY)
    )
    assert (dismissed.status, dismissed.open) == (DeviationStatus.DISMISSED, False)
    with pytest.raises(Refused, match="DEVIATION_OVER"):
        dismissed.tell(text_ref="t", missing=None, today=TODAY)


def test_every_step_needs_an_assessment_and_the_youths_own_account_or_why_it_is_missing() -> None:
    step = LadderStep.F1_TALK_WITH_CONTACT
    decisions: list[Callable[[Deviation], object]] = [
        lambda d: d.follow_up(step, FELLES, today=TODAY),
        lambda d: d.skip(step, FELLES, reason=SkipReason.NOT_SERIOUS, today=TODAY),
        lambda d: d.resolve(today=TODAY),
    ]
    for decide in decisions:
        with pytest.raises(Refused, match="NOT_ASSESSED"):
            decide(a_deviation(told=True))
        with pytest.raises(Refused, match="ACCOUNT_MISSING"):
            decide(a_deviation(judged=True))
        assert decide(a_deviation(judged=True, told=True))
    missing = a_deviation(judged=True)
    missing = after(missing, missing.tell(text_ref=None, missing=MissingReason.NOT_WANTED, today=TODAY))
    assert missing.resolve(today=TODAY)


@pytest.mark.parametrize(
    "told", [{"text_ref": None, "missing": None}, {"text_ref": "t", "missing": MissingReason.MOVED}]
)
def test_an_account_is_either_there_or_missing_for_a_reason(told: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="ACCOUNT_OR_REASON"):
        a_deviation().tell(**told, today=TODAY)


def test_the_system_suggests_the_next_step_and_a_person_takes_or_skips_it() -> None:
    deviation = a_deviation(judged=True, told=True)
    assert suggested_step(a_deviation(), FELLES) is None
    assert suggested_step(deviation, FELLES) is LadderStep.F1_TALK_WITH_CONTACT
    deviation = after(deviation, deviation.follow_up(LadderStep.F1_TALK_WITH_CONTACT, FELLES, today=TODAY))
    skip = deviation.skip(
        LadderStep.F2_COORDINATOR_TALK, FELLES, reason=SkipReason.OTHER_STEP_FITS, today=TODAY
    )
    assert suggested_step(after(deviation, skip), FELLES) is LadderStep.F3_ADJUST_OR_SUPPORT
    assert deviation.status is DeviationStatus.FOLLOWED_UP
    resolved = after(deviation, deviation.resolve(today=TODAY))
    assert (resolved.status, suggested_step(resolved, FELLES)) == (DeviationStatus.RESOLVED, None)


def test_the_ladders_never_mix_and_a_voluntary_programme_lifts_nothing_to_the_prosecution() -> None:
    assert len(ladder_of(FELLES)) == 6
    assert len(ladder_of(PENALTY)) == 5
    deviation = a_deviation(judged=True, told=True)
    with pytest.raises(Refused, match="STEP_NOT_IN_PROGRAMME"):
        deviation.follow_up(LadderStep.U1_ORAL_WARNING, FELLES, today=TODAY)
    with pytest.raises(Refused, match="NO_SANCTION_PATH"):
        deviation.escalate(FELLES, decision_ref=None, today=TODAY)
    lifted = after(deviation, deviation.escalate(PENALTY, decision_ref="t", today=TODAY))
    assert lifted.status is DeviationStatus.ESCALATED


def evaluated(**changes: Any) -> list[Event]:
    asked = {
        "evaluation_id": "e",
        "kind": EvaluationKind.MIDWAY,
        "held_on": TODAY + timedelta(days=90),
        "goals": (GoalLevel(goal_ref="goal-1", level=2, by=GoalAssessor.YOUTH),),
        "text_ref": "t",
        "today": TODAY + timedelta(days=90),
    }
    contract = changes.pop("contract", None) or a_signed_contract()
    return hold(contract, **{**asked, **changes})


def test_an_evaluation_is_held_once_a_kind_with_the_youths_own_view() -> None:
    held, goal = evaluated()
    assert isinstance(held, EvaluationHeld)
    contract = a_signed_contract().after(held)
    assert not contract.end_evaluated
    with pytest.raises(Refused, match="EVALUATED_ALREADY"):
        evaluated(contract=contract)
    end_on = contract.ends_on - timedelta(days=14)
    end, _ = evaluated(contract=contract, kind=EvaluationKind.END, held_on=end_on, today=end_on)
    assert contract.after(end).end_evaluated
    assert goal


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("NOT_STARTED", {"contract": a_contract()}),
        ("EVALUATION_DATE", {"held_on": TODAY - timedelta(days=1)}),
        ("EVALUATION_DATE", {"held_on": date(2027, 5, 1)}),
        ("END_EVALUATION_EARLY", {"kind": EvaluationKind.END}),
        ("GOAL_UNKNOWN", {"goals": (GoalLevel(goal_ref="x", level=2, by=GoalAssessor.YOUTH),)}),
        ("LEVEL_UNKNOWN", {"goals": (GoalLevel(goal_ref="goal-1", level=4, by=GoalAssessor.YOUTH),)}),
        ("YOUTHS_ANSWER_MISSING", {"goals": (GoalLevel(goal_ref="goal-1", level=3, by=GoalAssessor.LEAD),)}),
    ],
)
def test_what_is_refused_in_an_evaluation(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        evaluated(**changes)
