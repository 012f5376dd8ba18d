"""What reminds somebody of a case in which nothing happens, and what a second contract is reminded of."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.case import CaseClosed, CaseOpened, CasePaused, CaseResumed, CaseWoundUp
from schemas.codes import AgeBand, EvaluationKind, MeetingKind
from schemas.contract import (
    ContractCompleted,
    ContractExtended,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
)
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.meeting import MeetingHeld
from schemas.sanction import YouthPlanAdopted, YouthPlanTerminated
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import END, START, Story, made, opened


def runs(contract_id: str = "c1", starts_on: date = START, ends_on: date = END) -> tuple[Event, ...]:
    about = {"contract_id": contract_id}
    return (
        made(ContractRegistered, **about, starts_on=starts_on, ends_on=ends_on, age_band=AgeBand.AGE_15),
        made(ContractSigned, **about, signed_on=starts_on),
        made(ContractStarted, **about, started_on=starts_on, ends_on=ends_on),
    )


def met(day: date) -> MeetingHeld:
    return made(MeetingHeld, kind=MeetingKind.NETWORK, held_on=day)


def test_an_end_that_nobody_registers_is_reminded_of_and_follows_an_extension() -> None:
    story = Story().on(START, opened(), *runs())
    assert story.due["S-ENDED"] == date(2027, 3, 4), "three working days after 1 March"
    story.on(START, made(ContractExtended, contract_id="c1", ends_on=date(2027, 6, 1)))
    assert story.due["S-ENDED"] == date(2027, 6, 4)
    late = date(2027, 6, 20)
    story.on(late, made(ContractCompleted, contract_id="c1", completed_on=date(2027, 6, 1)))
    assert (story.change("S-ENDED").state, story.change("S-ENDED").late) == (DeadlineState.MET, True)


def test_the_end_of_a_youth_plan_too() -> None:
    adopted = made(YouthPlanAdopted, plan_id="p", adopted_on=START, ends_on=END)
    story = Story().on(START, opened(), adopted)
    assert story.due["S-ENDED"] == date(2027, 3, 4)
    assert "S-ENDED" not in story.on(END, made(YouthPlanTerminated, plan_id="p")).due


def test_a_case_that_a_referral_opened_is_to_be_begun_within_two_weeks() -> None:
    story = Story().on(START, made(CaseOpened, lead_id="lead", referral_id="r"))
    assert story.due["S-BEGIN"] == START + timedelta(days=14)
    assert "S-BEGIN" not in story.on(START, runs()[0]).due
    assert "S-BEGIN" not in Story().on(START, made(CaseOpened, lead_id="lead", referral_id=None)).due


def test_a_pause_ends_with_somebody_being_asked_to_go_on() -> None:
    until = START + timedelta(days=40)
    story = Story().on(START, opened(), *runs(), made(CasePaused, paused_on=START, until_on=until))
    assert story.due["S-PAUSE"] == until
    assert "S-PAUSE" not in story.on(until, made(CaseResumed, resumed_on=until)).due


def test_a_case_that_is_wound_up_is_to_be_closed_after_the_aftercare() -> None:
    story = Story().on(START, opened(), *runs())
    story.on(END, made(ContractCompleted, contract_id="c1", completed_on=END))
    story.on(END, made(CaseWoundUp, wound_up_on=END))
    assert story.due["S-CLOSE"] == date(2027, 7, 1)
    assert story.due["S-CLOSE"] > story.due["D-20-3M"]
    story.on(END, made(CaseClosed, closed_on=END))
    assert story.change("S-CLOSE").state is DeadlineState.MET


def test_a_second_contract_has_a_first_meeting_and_an_end_evaluation_of_its_own() -> None:
    story = Story().on(START, opened(), *runs()).on(START + timedelta(days=5), met(START))
    ends = made(EvaluationHeld, contract_id="c1", kind=EvaluationKind.END, held_on=END)
    story.on(END, ends, made(ContractCompleted, contract_id="c1", completed_on=END))
    assert "D-18" not in story.due
    begins, over = END + timedelta(days=10), END + timedelta(days=190)
    story.on(begins, *runs("c2", begins, over))
    assert story.due["D-01"] == begins + timedelta(days=14)
    story.on(over, made(ContractCompleted, contract_id="c2", completed_on=over))
    assert story.due["D-18"] == over + timedelta(days=14)


def test_a_meeting_before_the_first_signature_is_still_the_first() -> None:
    registered, *signed = runs()
    assert "D-01" not in Story().on(START, opened(), registered, met(START), *signed).due
