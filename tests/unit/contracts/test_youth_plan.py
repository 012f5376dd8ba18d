"""A sanction and its youth plan: received, adopted, tightened, fulfilled, ended; and every refusal on the way."""

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.refusal import Refused, Stale
from schemas.codes import (
    AgeBand,
    Agency,
    ClauseKind,
    DeviationKind,
    EvaluationKind,
    GoalAssessor,
    LadderStep,
    MissingReason,
    Programme,
)
from schemas.deviation import DeviationFollowedUp
from schemas.event import Event
from schemas.sanction import Safeguards, SuitabilityAssessed, YouthPlanAdopted, YouthPlanTightened
from schemas.sanction_codes import Counsel, ImposedBy, ParticipationBasis, PlanEnding, Suitability
from services.contracts.domain.deviation import Report, report
from services.contracts.domain.evaluation import GoalLevel, hold
from services.contracts.domain.plan_changes import fulfil, terminate
from services.contracts.domain.programmes import LAW_OF_2024
from services.contracts.domain.refusals import SAYS
from services.contracts.domain.sanction import assess_suitability, length_after
from services.contracts.domain.youth_plan import PlanStatus, YouthPlan
from tests.unit.contracts.builders import LEAD, MOTHER, TODAY, YOUTH
from tests.unit.contracts.plan_builders import (
    ADOPTED,
    GUARDED,
    MEETING_ON,
    PLAN,
    a_breach,
    a_measure,
    a_penalty,
    adopted,
    after,
    around,
    breach_after,
    decided,
    received,
    running,
    tightened,
)


def test_a_received_sanction_keeps_the_figures_of_the_decision_and_what_the_law_of_its_day_asks() -> None:
    plan = received(decided(months=8, days=15))
    assert (plan.months, plan.days, plan.status) == (8, 15, PlanStatus.RECEIVED)
    assert plan.participation is ParticipationBasis.CONSENT
    assert plan.people == {YOUTH, MOTHER}
    assert received(a_penalty()).participation is ParticipationBasis.SUITABILITY
    old = a_penalty(decided_on=LAW_OF_2024 - timedelta(days=1), offence_on=date(2024, 1, 1))
    assert received(old).participation is ParticipationBasis.CONSENT


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("PROGRAMME_HAS_CONTRACT", decided(programme=Programme.FA_YOUTH_CONTRACT)),
        ("DECIDED_IN_FUTURE", decided(decided_on=TODAY + timedelta(days=1))),
        ("OFFENCE_AFTER_DECISION", decided(offence_on=TODAY)),
        ("IMPOSED_BY_OTHER", a_penalty(imposed_by=ImposedBy.PROSECUTION)),
        ("LENGTH_OUTSIDE_LAW", decided(months=12, days=1)),
        ("LENGTH_OUTSIDE_LAW", decided(months=0, days=0)),
        ("LENGTH_OUTSIDE_LAW", a_penalty(months=5, days=20)),
        ("LENGTH_OUTSIDE_LAW", a_penalty(months=36, days=1)),
        ("GUARDIAN_MISSING", decided(guardian_ids=())),
        ("SAME_PERSON_TWICE", decided(guardian_ids=(LEAD,))),
    ],
)
def test_a_decision_that_the_law_does_not_know_is_refused(rule: str, asked: Any) -> None:
    with pytest.raises(Refused, match=rule):
        received(asked)


@pytest.mark.parametrize(
    ("age", "rule"),
    [
        (AgeBand.UNDER_12, "UNDER_15_AT_OFFENCE"),
        (AgeBand.AGE_12_14, "UNDER_15_AT_OFFENCE"),
        (AgeBand.ADULT, "ADULT_AT_OFFENCE"),
    ],
)
def test_the_age_counts_on_the_day_of_the_offence_and_under_15_there_is_no_sanction(
    age: AgeBand, rule: str
) -> None:
    with pytest.raises(Refused, match=rule):
        received(age_at_offence=age)
    assert received(age_at_offence=AgeBand.AGE_15).live
    assert "arneverntjenesten" in SAYS["UNDER_15_AT_OFFENCE"].nb


@pytest.mark.parametrize(
    ("months", "days", "ends_on"),
    [(6, 0, date(2027, 2, 28)), (0, 30, date(2026, 9, 30)), (6, 10, date(2027, 3, 10))],
)
def test_a_length_is_its_months_clamped_and_then_its_days(months: int, days: int, ends_on: date) -> None:
    assert length_after(date(2026, 8, 31), months=months, days=days) == ends_on


def test_a_plan_is_adopted_after_its_meeting_and_runs_as_long_as_the_decision_says() -> None:
    (event,) = adopted()
    assert isinstance(event, YouthPlanAdopted)
    assert (event.adopted_on, event.ends_on) == (ADOPTED, length_after(ADOPTED, months=9, days=0))
    assert (event.confirmed_by, event.plan_version) == (LEAD, 1)
    plan = running()
    assert (plan.status, plan.goal_refs) == (PlanStatus.RUNNING, ("goal-1", "goal-2"))
    shorter = ADOPTED + timedelta(days=90)
    assert adopted(ends_on=shorter)[0].ends_on == shorter  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("PLAN_MEETING_MISSING", {"around": around(meeting_on=None)}),
        ("PLAN_NOT_CONFIRMED", {"confirmed": False}),
        ("PARTICIPATION_CONSENT_MISSING", {"around": around(consent=False)}),
        ("ADOPTED_DATE", {"adopted_on": MEETING_ON - timedelta(days=1)}),
        ("ADOPTED_DATE", {"adopted_on": ADOPTED + timedelta(days=1)}),
        ("PLAN_GOAL_MISSING", {"goal_refs": ()}),
        ("OWN_GOAL_MISSING", {"own_goal_refs": ()}),
        ("OWN_GOAL_MISSING", {"own_goal_refs": ("another",)}),
        ("MEASURE_MISSING", {"measures": ()}),
        ("CLAUSE_OWNER_UNKNOWN", {"measures": (a_measure(controlling_owner="stranger"),)}),
        ("CLAUSE_NEEDS_BASIS", {"measures": (a_measure(kind=ClauseKind.DRUG_CONTROL),)}),
        ("CLAUSE_TWICE", {"measures": (a_measure(), a_measure())}),
        ("PLAN_OUTSIDE_DECISION", {"ends_on": ADOPTED}),
        ("PLAN_OUTSIDE_DECISION", {"ends_on": length_after(ADOPTED, months=9, days=1)}),
    ],
)
def test_what_is_refused_in_an_adoption(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        adopted(**changes)


def test_a_plan_is_adopted_once() -> None:
    with pytest.raises(Refused, match="PLAN_ADOPTED_ALREADY"):
        adopted(running())


def suitability(plan: YouthPlan, result: Suitability = Suitability.SUITABLE, **changes: Any) -> list[Event]:
    usual: dict[str, Any] = {
        "by": LEAD,
        "text_ref": "t",
        "youth_view_ref": "v",
        "youth_view_missing": None,
        "assessed_on": TODAY,
        "today": TODAY,
    }
    return assess_suitability(plan, result, **{**usual, **changes})


def test_a_penalty_under_the_new_law_is_adopted_when_a_person_found_it_suitable_and_without_consent() -> None:
    plan = received(a_penalty())
    without = around(consent=False)
    with pytest.raises(Refused, match="SUITABILITY_MISSING"):
        adopted(plan, around=without)
    with pytest.raises(Refused, match="SUITABILITY_MISSING"):
        adopted(after(plan, *suitability(plan, Suitability.NOT_SUITABLE)), around=without)
    (judged,) = suitability(plan)
    assert isinstance(judged, SuitabilityAssessed)
    assert adopted(after(plan, judged), around=without)


def test_suitability_is_judged_with_the_youths_view_before_the_plan_is_adopted() -> None:
    plan = received(a_penalty())
    with pytest.raises(Refused, match="YOUTHS_VIEW_MISSING"):
        suitability(plan, youth_view_ref=None)
    with pytest.raises(Refused, match="YOUTHS_VIEW_MISSING"):
        suitability(plan, youth_view_missing=MissingReason.NOT_WANTED)
    assert suitability(plan, youth_view_ref=None, youth_view_missing=MissingReason.NOT_REACHED)
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        suitability(plan, assessed_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="PLAN_ADOPTED_ALREADY"):
        suitability(running())


def test_a_tightened_plan_is_a_new_version_and_the_old_one_stays_as_it_was() -> None:
    plan = running()
    new, step = tightened(plan)
    assert isinstance(new, YouthPlanTightened)
    assert isinstance(step, DeviationFollowedUp)
    later = after(plan, new)
    assert later.versions[:1] == plan.versions
    assert [version.number for version in later.versions] == [1, 2]
    assert len(later.versions[-1].measures) == 2
    assert later.runs_until == plan.runs_until
    assert breach_after(a_breach(), step).steps == (LadderStep.U3_STRICTER_TERMS,)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("STEP_NOT_TIGHTENING", {"step": LadderStep.U1_ORAL_WARNING}),
        ("NOTHING_CHANGED", {"measures": (a_measure(),)}),
        ("MEASURE_MISSING", {"measures": ()}),
        ("NOT_ASSESSED", {"deviation": a_breach(judged=False)}),
        ("ACCOUNT_MISSING", {"deviation": a_breach(told=False)}),
        ("NEW_PLAN_MEETING_MISSING", {"step": LadderStep.U4_NEW_PLAN}),
        ("PLAN_OUTSIDE_DECISION", {"ends_on": ADOPTED + timedelta(days=30)}),
        ("PLAN_OUTSIDE_DECISION", {"ends_on": length_after(ADOPTED, months=9, days=1)}),
        (
            "GUARDIANS_NOT_TOLD",
            {"safeguards": Safeguards(guardians_told=False, counsel=Counsel.TOLD)},
        ),
    ],
)
def test_what_is_refused_in_a_tightening(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        tightened(running(), **changes)


def test_a_new_plan_needs_a_new_plan_meeting_and_an_adults_guardians_need_not_be_told() -> None:
    plan = running()
    again = around(meeting_on=ADOPTED + timedelta(days=25))
    alone = Safeguards(guardians_told=False, counsel=Counsel.NONE_WANTED)
    assert tightened(plan, step=LadderStep.U4_NEW_PLAN, around=again)
    assert tightened(plan, age_band=AgeBand.ADULT, safeguards=alone)
    with pytest.raises(Refused, match="PLAN_NOT_RUNNING"):
        tightened(received())
    assert GUARDED.youth_missing is None


def test_a_plan_is_fulfilled_from_the_day_after_its_end() -> None:
    plan = running()
    with pytest.raises(Refused, match="PLAN_END_NOT_COME"):
        fulfil(plan, today=plan.runs_until)
    done = after(plan, *fulfil(plan, today=plan.runs_until + timedelta(days=1)))
    assert (done.status, done.ended_on, done.live) == (PlanStatus.FULFILLED, plan.runs_until, False)
    for decide in (fulfil, lambda p, today: terminate(p, PlanEnding.NEW_OFFENCE, today=today)):
        with pytest.raises(Refused, match=r"PLAN_NOT_RUNNING|PLAN_OVER"):
            decide(done, today=plan.runs_until + timedelta(days=2))
    with pytest.raises(Refused, match="PLAN_NOT_RUNNING"):
        fulfil(received(), today=TODAY)


def test_a_plan_ends_before_its_time_for_a_reason_that_is_not_a_breach() -> None:
    with pytest.raises(Refused, match="BREACH_IS_SENT_ON"):
        terminate(running(), PlanEnding.BREACH, today=TODAY)
    for plan in (received(), running()):
        over = after(plan, *terminate(plan, PlanEnding.DECIDED_ELSEWHERE, today=ADOPTED))
        assert (over.status, over.ending) == (PlanStatus.TERMINATED, PlanEnding.DECIDED_ELSEWHERE)


def test_a_breach_is_reported_from_the_adoption_to_the_end_and_named_by_the_plan() -> None:
    asked = Report(deviation_id="d", kind=DeviationKind.LATE, severity=1, happened_on=ADOPTED)
    who: dict[str, Any] = {"reporter_id": "p", "reporter_agency": Agency.SKOLE_VGS, "today": ADOPTED}
    (event,) = report(asked, running(), **who)
    assert event.contract_id == PLAN  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="NOT_STARTED"):
        report(asked, received(), **who)


def evaluated(plan: YouthPlan, kind: EvaluationKind, on: date) -> list[Event]:
    goals = (GoalLevel(goal_ref="goal-1", level=2, by=GoalAssessor.YOUTH),)
    return hold(plan, evaluation_id="e", kind=kind, held_on=on, goals=goals, text_ref=None, today=on)


def test_a_penalty_is_evaluated_on_the_way_more_than_once_and_a_follow_up_once() -> None:
    judged = after(received(a_penalty()), *suitability(received(a_penalty())))
    penalty, follow_up = running(judged), running()
    on = ADOPTED + timedelta(days=60)
    for _ in range(2):
        penalty = after(penalty, *evaluated(penalty, EvaluationKind.MIDWAY, on))
    assert penalty.evaluated == (EvaluationKind.MIDWAY,) * 2
    follow_up = after(follow_up, *evaluated(follow_up, EvaluationKind.MIDWAY, on))
    with pytest.raises(Refused, match="EVALUATED_ALREADY"):
        evaluated(follow_up, EvaluationKind.MIDWAY, on)
    end_on = follow_up.runs_until
    assert after(follow_up, *evaluated(follow_up, EvaluationKind.END, end_on)).end_evaluated


def test_an_out_of_date_page_is_told_so() -> None:
    with pytest.raises(Stale):
        running().refuse_stale(1)
    running().refuse_stale(2)
    running().refuse_stale(None)


def test_an_earlier_sanctions_plan_meeting_does_not_carry_this_plan() -> None:
    plan = received()
    with pytest.raises(Refused, match="PLAN_MEETING_MISSING"):
        adopted(plan, around=around(meeting_on=plan.decided_on - timedelta(days=1)))
    assert adopted(plan, around=around(meeting_on=plan.decided_on))


@pytest.mark.parametrize("reason", [PlanEnding.BREACH, PlanEnding.NOT_SUITABLE, PlanEnding.CONSENT_LACKING])
def test_a_plan_that_cannot_go_on_is_sent_on_with_a_decision_and_never_just_ended(reason: PlanEnding) -> None:
    for plan in (received(), running()):
        with pytest.raises(Refused, match="BREACH_IS_SENT_ON"):
            terminate(plan, reason, today=TODAY)


@pytest.mark.parametrize("reason", [PlanEnding.DEATH, PlanEnding.MOVED])
def test_after_a_death_or_a_moving_it_is_the_case_that_is_closed(reason: PlanEnding) -> None:
    with pytest.raises(Refused, match="CASE_ENDS_WITH_IT"):
        terminate(running(), reason, today=TODAY)
    assert terminate(running(), reason, today=TODAY, with_case=True)
