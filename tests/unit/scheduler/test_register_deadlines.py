"""The rows about signing in time and about the days of an evaluation plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.codes import EvaluationKind
from schemas.contract import ContractExpiredUnsigned, ContractRejected
from schemas.evaluation import EvaluationPlanned
from schemas.event import Event
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    evaluated,
    made,
    opened,
    registered,
    signed,
    started,
)


def planned(midway_on: date) -> EvaluationPlanned:
    return made(EvaluationPlanned, contract_id="k", midway_on=midway_on, end_on=END)


def test_a_registered_contract_is_to_be_signed_within_thirty_days() -> None:
    story = Story().on(START, opened(), registered())
    assert story.due == {"C-UNSIGNED": START + timedelta(days=30)}
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
