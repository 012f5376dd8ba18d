"""The deadline of the statistics: a cohort is measured three years after its end; no case and no unit's leader in it."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.cohort import CohortClosed, CohortMeasured
from schemas.register_codes import CohortResult
from services.scheduler.domain.case import DeadlineState
from services.scheduler.domain.steps import What
from tests.unit.scheduler.story import Story, made

CLOSED_ON = date(2027, 1, 18)
END = date(2026, 12, 31)


def a_cohort(youths: int | None = 24, *, ends_on: date = END, on: date = CLOSED_ON) -> Story:
    return Story().on(on, made(CohortClosed, youths=youths, ends_on=ends_on))


def test_a_cohort_is_measured_three_years_after_its_end_by_whoever_closed_it() -> None:
    story = a_cohort()
    assert story.due == {"D-33": date(2029, 12, 31)}
    assert story.deadline("D-33").owner_id == "somebody"


def test_its_owner_is_reminded_in_time_to_ask_and_nobody_above_is_told() -> None:
    raised = {step.what: step.at.date() for step in a_cohort().deadline("D-33").steps}
    assert set(raised) == {What.BEFORE, What.ON_THE_DAY, What.PASSED}
    assert date(2029, 3, 1) < raised[What.BEFORE] < date(2029, 4, 15)


@pytest.mark.parametrize("result", list(CohortResult))
def test_any_result_meets_it_also_that_nothing_was_handed_back(result: CohortResult) -> None:
    day = date(2029, 12, 31)
    story = a_cohort().on(day, made(CohortMeasured, result=result, measured_on=day))
    assert story.change("D-33").state is DeadlineState.MET
    assert not story.change("D-33").late
    assert story.due == {}


def test_a_result_of_a_later_day_is_late() -> None:
    day = date(2030, 1, 1)
    assert a_cohort().on(day, made(CohortMeasured, measured_on=day)).change("D-33").late


def test_nothing_is_waited_for_where_fewer_than_five_were_counted() -> None:
    assert a_cohort(None).due == {}
    assert a_cohort(None, ends_on=date(2020, 12, 31)).due == {}


def test_an_old_cohort_whose_three_years_had_gone_is_measured_within_a_month_of_its_closing() -> None:
    assert a_cohort(ends_on=date(2023, 12, 31)).due == {"D-33": date(2027, 2, 18)}
    assert a_cohort(ends_on=date(2024, 12, 31)).due == {"D-33": date(2027, 12, 31)}
