"""The rows about the sanctions: what opens each, when it is due, what meets it, what cancels it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.breach import BreachConversationHeld
from schemas.codes import AgeBand, EvaluationKind, LadderStep, MeetingKind, Programme
from schemas.decision import (
    AftercareChecked,
    ComplaintAnswered,
    ComplaintReceived,
    DecisionDelivered,
    TravelLeaveAnswered,
    TravelLeaveAsked,
)
from schemas.deviation import DeviationResolved, DeviationStepSkipped
from schemas.evaluation import EvaluationHeld
from schemas.sanction import (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanFulfilled,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from schemas.sanction_codes import AftercareCheck, PlanEnding
from services.scheduler.catalogue_sanctions import SANCTION_RULES
from services.scheduler.domain.case import DeadlineState
from services.scheduler.folds import FOLLOWED
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    assessed,
    called,
    completed,
    held,
    made,
    opened,
    reported,
)

FOLLOW_UP, PENALTY = Programme.YOUTH_FOLLOW_UP, Programme.YOUTH_PENALTY


def a_sanction(programme: Programme = FOLLOW_UP, *, fast_track: bool = False) -> Story:
    case = made(type(opened()), lead_id="lead", programme=programme)
    received = made(
        SanctionReceived,
        plan_id="p",
        programme=programme,
        received_on=START,
        age_band=AgeBand.AGE_16_17,
        fast_track=fast_track,
    )
    return Story().on(START, case, received)


def adopted(day: date = START, ends_on: date = END, programme: Programme = FOLLOW_UP) -> YouthPlanAdopted:
    return made(YouthPlanAdopted, plan_id="p", adopted_on=day, ends_on=ends_on, programme=programme)


def a_plan(programme: Programme = FOLLOW_UP, ends_on: date = END) -> Story:
    return a_sanction(programme).on(START, adopted(ends_on=ends_on, programme=programme))


def fulfilled(day: date = END) -> YouthPlanFulfilled:
    return made(YouthPlanFulfilled, plan_id="p", fulfilled_on=day)


def terminated(day: date, reason: PlanEnding = PlanEnding.BREACH) -> YouthPlanTerminated:
    return made(YouthPlanTerminated, plan_id="p", reason=reason, terminated_on=day)


def test_these_rows_name_only_events_that_the_scheduler_follows() -> None:
    for rule in SANCTION_RULES:
        named = {step.on for step in rule.opens} | {step.on for step in (*rule.met_by, *rule.cancelled_by)}
        assert named <= set(FOLLOWED), rule.kind


@pytest.mark.parametrize(("fast_track", "due_on"), [(False, date(2026, 10, 31)), (True, date(2026, 10, 1))])
def test_the_plan_is_adopted_within_60_days_and_30_on_the_fast_track(fast_track: bool, due_on: date) -> None:
    story = a_sanction(fast_track=fast_track)
    assert story.due == {"D-02": due_on}
    assert "D-02" not in story.on(START, adopted()).due


def test_nothing_is_waited_for_when_the_work_towards_a_plan_has_ended() -> None:
    assert "D-02" not in a_sanction().on(START, terminated(START, PlanEnding.NOT_SUITABLE)).due


def test_team_and_youth_meet_every_month_from_the_adoption_on() -> None:
    story = a_plan()
    assert story.due["D-05"] == date(2026, 10, 1)
    day = date(2026, 9, 25)
    story.on(day, held(day, MeetingKind.FOLLOW_UP))
    assert [change.state for change in story.case.changes if change.deadline.kind == "D-05"] == [
        DeadlineState.MET,
        DeadlineState.OPEN,
    ]
    assert story.due["D-05"] == date(2026, 10, 25)
    assert "D-05" not in story.on(day, terminated(day)).due


def test_a_follow_up_is_evaluated_at_half_time() -> None:
    story = a_plan()
    assert story.due["D-08"] == START + (END - START) / 2
    day = date(2026, 11, 20)
    midway = made(EvaluationHeld, contract_id="p", kind=EvaluationKind.MIDWAY, held_on=day)
    assert "D-08" not in story.on(day, midway).due


def test_a_penalty_is_evaluated_every_six_months() -> None:
    story = a_plan(PENALTY, ends_on=date(2028, 9, 1))
    assert story.due["D-08"] == date(2027, 3, 1)
    day = date(2027, 2, 20)
    story.on(day, made(EvaluationHeld, contract_id="p", kind=EvaluationKind.MIDWAY, held_on=day))
    assert story.due["D-08"] == date(2027, 8, 20)


def test_the_end_of_a_plan_is_prepared_and_moves_when_the_plan_does() -> None:
    story = a_plan()
    assert (story.due["D-16"], story.due["D-17"]) == (END - timedelta(days=30), END - timedelta(days=14))
    later = END + timedelta(days=10)
    story.on(START, made(YouthPlanTightened, plan_id="p", ends_on=later, tightened_on=START))
    assert story.due["D-17"] == later - timedelta(days=14)
    assert "D-17" not in story.on(START, called(MeetingKind.END_EVALUATION)).due


def test_a_fulfilled_plan_has_its_end_evaluation_and_aftercare_and_a_broken_one_no_aftercare() -> None:
    story = a_plan().on(END, fulfilled())
    assert story.due == {
        "D-18": END + timedelta(days=14),
        "D-20": date(2027, 4, 1),
        "D-20-3M": date(2027, 6, 1),
    }
    broken = a_plan().on(START, terminated(START))
    assert set(broken.due) == {"D-18"}
    assert a_plan().on(START, terminated(START, PlanEnding.DEATH)).due == {}


def test_each_contact_after_the_end_meets_its_own_deadline_for_contracts_too() -> None:
    story = a_signed_contract().on(END, completed())
    assert {"D-20", "D-20-3M"} <= set(story.due)
    month = made(AftercareChecked, check=AftercareCheck.ONE_MONTH, checked_on=date(2027, 3, 30))
    story.on(date(2027, 3, 30), month)
    assert "D-20" not in story.due
    assert "D-20-3M" in story.due


def test_the_time_for_complaining_ends_after_three_weeks_and_never_on_a_day_off() -> None:
    saturday = date(2026, 9, 26) - timedelta(days=21)
    told = made(DecisionDelivered, decision_id="d", plan_id="p", delivered_on=saturday)
    story = a_plan().on(saturday, told)
    assert story.due["D-24"] == date(2026, 9, 28)
    assert [step.what for step in story.deadline("D-24").steps] == ["PASSED"]
    complaint = made(ComplaintReceived, complaint_id="c", decision_id="d", received_on=date(2026, 9, 20))
    story.on(date(2026, 9, 20), complaint)
    assert "D-24" not in story.due
    assert story.due["D-25"] == date(2026, 10, 20)
    answer = made(ComplaintAnswered, complaint_id="c", answered_on=date(2026, 9, 30))
    assert "D-25" not in story.on(date(2026, 9, 30), answer).due


def test_a_journey_is_answered_ten_working_days_before_it_and_at_once_when_asked_late() -> None:
    asked = made(TravelLeaveAsked, leave_id="l", plan_id="p", leaves_on=date(2026, 10, 19))
    story = a_plan().on(START, asked)
    assert story.due["D-38"] == date(2026, 10, 5)
    late = a_plan().on(date(2026, 10, 14), asked)
    assert late.due["D-38"] == date(2026, 10, 14)
    answer = made(TravelLeaveAnswered, leave_id="l", plan_id="p", answered_on=START)
    assert "D-38" not in story.on(START, answer).due


@pytest.mark.parametrize(
    "closing",
    [
        made(BreachConversationHeld, deviation_id="d", held_on=START),
        made(DeviationResolved, deviation_id="d"),
        made(DeviationStepSkipped, deviation_id="d", step=LadderStep.U2_BREACH_TALK),
        terminated(START),
    ],
    ids=lambda event: event.type,
)
def test_a_breach_of_more_than_a_note_is_talked_about_within_seven_days(closing: Any) -> None:
    story = a_plan().on(START, reported(2, "d"), assessed(START, "d"))
    assert story.due["D-39"] == date(2026, 9, 8)
    assert "D-39" not in story.on(START, closing).due


def test_a_deviation_in_felles_ansvar_asks_for_no_breach_conversation() -> None:
    assert "D-39" not in a_signed_contract().on(START, reported(3, "d"), assessed(START, "d")).due


def test_a_conversation_about_another_breach_leaves_the_deadline() -> None:
    story = a_plan().on(START, reported(3, "d"), assessed(START, "d"))
    story.on(START, made(BreachConversationHeld, deviation_id="other", held_on=START))
    assert "D-39" in story.due
    assert story.case.changes == () or story.case.changes[0].state is not DeadlineState.MET
