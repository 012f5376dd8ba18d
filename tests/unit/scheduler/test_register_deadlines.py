"""The rows about signing in time and about the days of an evaluation plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.case import CaseLeadChanged, YouthToldOfLead
from schemas.codes import DutyToAct, EvaluationKind, ReportMethod, Urgency
from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeExpired,
    ContractChangeProposed,
    ContractExpiredUnsigned,
    ContractRejected,
)
from schemas.disclosure import DutyActedOn, DutyConfirmed
from schemas.evaluation import EvaluationPlanned
from schemas.event import Event
from schemas.recognition import ReferralPurged
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralReassigned,
    ReferralReceived,
    ReferralRedirected,
    ReferralWithdrawn,
)
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    ended_early,
    evaluated,
    made,
    opened,
    registered,
    signed,
    started,
)


def planned(midway_on: date) -> EvaluationPlanned:
    return made(EvaluationPlanned, contract_id="k", midway_on=midway_on, end_on=END)


def a_referral(urgency: Urgency) -> ReferralReceived:
    return made(ReferralReceived, referral_id="r", assigned_to="screener", urgency=urgency, received_on=START)


@pytest.mark.parametrize(
    ("urgency", "due_on"),
    [(Urgency.ACUTE, START), (Urgency.SOON, date(2026, 9, 4)), (Urgency.ORDINARY, date(2026, 9, 4))],
)
def test_a_referral_is_screened_in_three_working_days_and_an_acute_one_the_same_day(
    urgency: Urgency, due_on: date
) -> None:
    story = Story().on(START, a_referral(urgency))
    assert story.due == {"D-34": due_on, "D-35": date(2026, 9, 2)}
    assert story.deadline("D-34").owner_id == "screener"
    accepted = made(ReferralAccepted, referral_id="r", accepted_on=START)
    assert story.on(START, accepted).change("D-34").state is DeadlineState.MET


def test_the_days_of_a_referral_follow_it_to_another_coordinator() -> None:
    story = Story().on(START, a_referral(Urgency.SOON))
    story.on(START, made(ReferralReassigned, referral_id="r", from_id="screener", to_id="second"))
    assert {deadline.owner_id for deadline in story.case.open} == {"second"}


@pytest.mark.parametrize(
    "ending",
    [
        made(ReferralDeclined, referral_id="r", declined_on=START),
        made(ReferralRedirected, referral_id="r", redirected_on=START),
        made(ReferralWithdrawn, referral_id="r", withdrawn_on=START),
    ],
)
def test_what_a_referral_without_a_case_left_is_purged_after_three_months(ending: Event) -> None:
    story = Story().on(START, a_referral(Urgency.SOON)).on(START, ending)
    assert story.due["D-32"] == date(2026, 12, 1)
    day = date(2026, 12, 2)
    purged = made(ReferralPurged, purged_on=day)
    assert story.on(day, purged).change("D-32").state is DeadlineState.MET


def test_whoever_referred_is_told_within_a_working_day_whatever_becomes_of_the_referral() -> None:
    friday = date(2026, 9, 4)
    received = made(ReferralReceived, referral_id="r", assigned_to="screener", received_on=friday)
    story = Story().on(friday, received)
    assert (story.due["D-35"], story.deadline("D-35").owner_id) == (date(2026, 9, 7), "screener")
    story.on(friday, made(ReferralDeclined, referral_id="r", declined_on=friday))
    told = made(ReferralAcknowledged, referral_id="r", acknowledged_on=date(2026, 9, 8))
    change = story.on(date(2026, 9, 8), told).change("D-35")
    assert (change.state, change.late) == (DeadlineState.MET, True)


def test_nobody_is_told_of_a_referral_that_was_taken_back() -> None:
    story = Story().on(START, a_referral(Urgency.SOON))
    withdrawn = made(ReferralWithdrawn, referral_id="r", withdrawn_on=START)
    assert story.on(START, withdrawn).change("D-35").state is DeadlineState.CANCELLED


@pytest.mark.parametrize("duty", list(DutyToAct))
def test_an_oral_report_is_confirmed_in_writing_within_three_working_days_by_whoever_made_it(
    duty: DutyToAct,
) -> None:
    acted = made(
        DutyActedOn,
        act_id="act",
        person_id="teacher",
        duty=duty,
        method=ReportMethod.TELEPHONE,
        acted_on=START,
    )
    story = a_signed_contract().on(START, acted)
    assert story.due["D-21-WRITTEN"] == date(2026, 9, 4)
    assert story.deadline("D-21-WRITTEN").owner_id == "teacher"
    other = made(DutyConfirmed, act_id="another", confirmed_on=START)
    assert "D-21-WRITTEN" in story.on(START, other).due
    confirmed = made(DutyConfirmed, act_id="act", confirmed_on=date(2026, 9, 4))
    assert story.on(date(2026, 9, 7), confirmed).change("D-21-WRITTEN").state is DeadlineState.MET


def test_a_report_in_writing_waits_for_no_confirmation() -> None:
    acted = made(DutyActedOn, act_id="act", method=ReportMethod.IN_WRITING, acted_on=START)
    assert "D-21-WRITTEN" not in a_signed_contract().on(START, acted).due


def test_a_registered_contract_is_to_be_signed_by_the_day_that_came_with_it() -> None:
    story = Story().on(START, opened(), registered(sign_by=START + timedelta(days=12)))
    assert story.due == {"C-UNSIGNED": START + timedelta(days=12)}
    assert story.on(START, signed()).change("C-UNSIGNED").state is DeadlineState.MET


@pytest.mark.parametrize(
    "end",
    [
        made(ContractRejected, contract_id="k", rejected_on=START),
        made(ContractExpiredUnsigned, contract_id="k", expired_on=START),
    ],
)
def test_a_contract_that_never_comes_about_waits_for_no_signature(end: Event) -> None:
    story = Story().on(START, opened(), registered()).on(START, end)
    assert story.change("C-UNSIGNED").state is DeadlineState.CANCELLED


def test_the_midway_evaluation_is_due_on_the_day_that_was_planned() -> None:
    midway = date(2026, 11, 15)
    story = Story().on(START, opened(), registered(), planned(midway), signed(), started(ends_on=END))
    assert story.due["D-08"] == midway


def test_a_contract_without_a_planned_day_is_evaluated_after_three_months() -> None:
    assert a_signed_contract().due["D-08"] == date(2026, 12, 1)


def test_a_new_plan_moves_the_midway_evaluation_until_it_is_held() -> None:
    story = a_signed_contract().on(START, planned(date(2026, 12, 20)))
    assert story.due["D-08"] == date(2026, 12, 20)
    held = story.on(date(2026, 12, 18), evaluated(date(2026, 12, 18), EvaluationKind.MIDWAY))
    assert held.change("D-08").state is DeadlineState.MET
    assert "D-08" not in held.on(date(2026, 12, 19), planned(date(2027, 1, 10))).due


def test_the_youth_is_told_of_a_new_lead_within_three_working_days() -> None:
    changed = made(CaseLeadChanged, from_id="lead", to_id="new", changed_on=START)
    story = a_signed_contract().on(START, changed)
    assert story.due["C-LEAD-TOLD"] == date(2026, 9, 4)
    assert story.deadline("C-LEAD-TOLD").owner_id == "new"
    told = made(YouthToldOfLead, lead_id="new", told_on=date(2026, 9, 3))
    assert story.on(date(2026, 9, 7), told).change("C-LEAD-TOLD").state is DeadlineState.MET


def a_change(by: date) -> ContractChangeProposed:
    return made(ContractChangeProposed, contract_id="k", proposed_on=START, ends_on=END, sign_by=by)


def test_a_proposed_version_is_to_be_signed_by_the_day_that_came_with_it() -> None:
    by = START + timedelta(days=30)
    story = a_signed_contract().on(START, a_change(by))
    assert story.due["C-CHANGE"] == by
    assert story.on(by, made(ContractAmended, contract_id="k")).change("C-CHANGE").state is DeadlineState.MET


@pytest.mark.parametrize(
    "end",
    [
        made(ContractChangeDeclined, contract_id="k", declined_on=START),
        made(ContractChangeExpired, contract_id="k", expired_on=START),
        ended_early(START),
    ],
)
def test_a_version_that_came_to_nothing_waits_for_no_signature(end: Event) -> None:
    story = a_signed_contract().on(START, a_change(START + timedelta(days=30))).on(START, end)
    assert story.change("C-CHANGE").state is DeadlineState.CANCELLED
