"""Deadlines that are counted anew: a corrected start, a longer contract; and those that belong to who reported."""

from __future__ import annotations

from datetime import date

from schemas.case import CaseLeadChanged
from schemas.codes import Agency, DutyToAct
from schemas.contract import ContractExtended, ContractStartCorrected
from schemas.deviation import DeviationEscalated
from schemas.disclosure import (
    DutyActedOn,
    DutyFeedbackReceived,
)
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    assessed,
    closed,
    held,
    made,
    opened,
    registered,
    reported,
    signed,
)

LATER, NEW_END = date(2026, 9, 15), date(2027, 3, 15)


def corrected(starts_on: date = LATER, ends_on: date = NEW_END) -> ContractStartCorrected:
    return made(
        ContractStartCorrected, contract_id="k", was_starts_on=START, starts_on=starts_on, ends_on=ends_on
    )


def test_a_corrected_start_moves_what_is_counted_from_the_contracts_dates_and_keeps_ids() -> None:
    story = a_signed_contract()
    before = {deadline.kind: deadline for deadline in story.case.open}
    story.on(START, corrected())
    moved = {change.deadline.kind: change for change in story.case.changes}
    assert set(moved) == {"D-08", "D-16", "D-17", "S-ENDED"}
    assert story.due["D-08"] == date(2026, 12, 15)
    assert (story.due["D-16"], story.due["D-17"]) == (date(2027, 2, 13), date(2027, 3, 1))
    assert story.deadline("D-08").deadline_id == before["D-08"].deadline_id
    assert moved["D-08"].before == before["D-08"]
    assert story.deadline("D-01") == before["D-01"], "counted from the signature"


def test_a_corrected_start_leaves_what_was_met() -> None:
    day = date(2026, 9, 10)
    story = a_signed_contract().on(day, held(day)).on(day, corrected())
    assert "D-01" not in {change.deadline.kind for change in story.case.changes}


def test_a_contract_waiting_for_its_start_waits_for_the_right_one() -> None:
    day = date(2026, 8, 25)
    story = Story().on(day, opened(), registered(), signed(day), corrected())
    assert story.due["C-START"] == date(2026, 9, 14)


def test_a_longer_contract_moves_its_end() -> None:
    story = a_signed_contract().on(
        date(2027, 2, 1),
        made(
            ContractExtended,
            contract_id="k",
            was_ends_on=END,
            ends_on=date(2027, 5, 1),
            extended_on=date(2027, 2, 1),
        ),
    )
    assert (story.due["D-16"], story.due["D-17"]) == (date(2027, 4, 1), date(2027, 4, 17))


def test_a_midway_that_falls_after_the_new_end_falls_away() -> None:
    story = a_signed_contract().on(START, corrected(START, date(2026, 10, 31)))
    assert story.change("D-08").state is DeadlineState.CANCELLED
    assert "D-08" not in story.due


def test_another_contracts_correction_moves_nothing() -> None:
    story = a_signed_contract()
    other = made(ContractStartCorrected, contract_id="other", starts_on=LATER, ends_on=NEW_END)
    assert story.on(START, other).case.changes == ()


def test_feedback_from_child_welfare_is_waited_for_by_the_one_who_reported_also_after_the_case() -> None:
    report = made(
        DutyActedOn,
        act_id="r",
        duty=DutyToAct.CHILD_WELFARE_REPORT,
        person_id="teacher",
        acted_on=START,
    )
    story = a_signed_contract().on(START, report)
    waiting = story.deadline("D-21")
    assert (waiting.owner_id, waiting.due_on) == ("teacher", date(2026, 9, 22))
    assert set(story.on(START, closed()).due) == {"D-21", "D-21-WRITTEN", "D-30"}
    received = made(DutyFeedbackReceived, act_id="r", received_on=date(2026, 9, 20))
    assert "D-21" not in story.on(date(2026, 9, 20), received).due


def test_other_duties_wait_for_no_feedback() -> None:
    averted = made(DutyActedOn, act_id="r", duty=DutyToAct.AVERT_CRIME, acted_on=START)
    assert "D-21" not in a_signed_contract().on(START, averted).due


def test_who_takes_a_case_over_takes_its_deadlines_over_and_nobody_elses() -> None:
    report = made(
        DutyActedOn,
        act_id="r",
        duty=DutyToAct.CHILD_WELFARE_REPORT,
        person_id="teacher",
        acted_on=START,
    )
    story = a_signed_contract().on(START, report)
    before = {deadline.deadline_id: deadline.owner_id for deadline in story.case.open}
    story.on(LATER, made(CaseLeadChanged, from_id="lead", to_id="new lead", to_agency=Agency.KOMMUNE_SLT))
    after = {d.deadline_id: d.owner_id for d in story.case.open if d.deadline_id in before}
    assert "lead" in before.values()
    assert after == {which: "new lead" if owner == "lead" else owner for which, owner in before.items()}
    moved = [change for change in story.case.changes if change.before is not None]
    assert {change.deadline.deadline_id for change in moved} == {w for w, o in before.items() if o == "lead"}


def test_a_breach_that_is_lifted_to_those_who_decide_is_followed_up_here_no_more() -> None:
    story = a_signed_contract().on(START, reported(3)).on(START, assessed(START))
    assert "D-15" in story.due
    story.on(LATER, made(DeviationEscalated, deviation_id="a", escalated_on=LATER))
    assert "D-15" not in story.due
    assert story.change("D-15").state is DeadlineState.MET
