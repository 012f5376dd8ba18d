"""Reminders, the passing, and the way upwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.scheduler.domain.rule import Ladder
from services.scheduler.domain.steps import Step, What, steps
from services.scheduler.norwegian_calendar import NORWAY


def ladder(opened_on: date, due_on: date, *, owner_leads: bool = True) -> dict[What, Step]:
    made = steps(
        ladder=Ladder.FULL,
        opened_on=opened_on,
        since=opened_on,
        due_on=due_on,
        owner_leads=owner_leads,
        calendar=NORWAY,
    )
    return {step.what: step for step in made}


def local(step: Step) -> str:
    return f"{step.at.astimezone(NORWAY.zone):%Y-%m-%d %H:%M}"


def test_a_deadline_of_14_days_reminds_four_days_before_on_the_day_and_passes_at_midnight() -> None:
    made = ladder(date(2026, 9, 1), date(2026, 9, 15))
    assert local(made[What.BEFORE]) == "2026-09-11 08:00"
    assert local(made[What.ON_THE_DAY]) == "2026-09-15 08:00"
    assert local(made[What.PASSED]) == "2026-09-16 00:00"


def test_reminders_move_back_over_weekends_and_holidays() -> None:
    made = ladder(date(2026, 12, 14), date(2026, 12, 28))
    assert local(made[What.BEFORE]) == "2026-12-23 08:00"
    easter = ladder(date(2026, 3, 23), date(2026, 4, 6))
    assert local(easter[What.ON_THE_DAY]) == "2026-04-01 08:00"


def test_a_short_deadline_reminds_two_working_days_before() -> None:
    made = ladder(date(2026, 9, 7), date(2026, 9, 14))
    assert local(made[What.BEFORE]) == "2026-09-10 08:00"


def test_nothing_reminds_on_the_opening_day_or_before_it() -> None:
    same_day = ladder(date(2026, 9, 4), date(2026, 9, 4))
    assert What.BEFORE not in same_day
    assert What.ON_THE_DAY not in same_day
    assert What.PASSED in same_day


def test_a_reminder_is_of_no_use_once_the_next_step_has_come() -> None:
    made = ladder(date(2026, 9, 1), date(2026, 9, 15))
    assert made[What.BEFORE].until == made[What.ON_THE_DAY].at
    assert made[What.ON_THE_DAY].until == made[What.PASSED].at
    assert made[What.PASSED].until is None


def test_the_unit_leader_hears_a_week_after_and_the_lead_two_working_days_after_unless_it_is_their_own() -> (
    None
):
    made = ladder(date(2026, 9, 1), date(2026, 9, 18), owner_leads=False)
    assert local(made[What.LEAD]) == "2026-09-22 08:00"
    assert local(made[What.UNIT_LEADER]) == "2026-09-25 08:00"
    assert What.LEAD not in ladder(date(2026, 9, 1), date(2026, 9, 18))


@given(
    opened_on=st.dates(date(2020, 1, 1), date(2040, 1, 1)), length=st.integers(0, 200), leads=st.booleans()
)
def test_steps_come_in_order_each_on_a_working_day_and_none_passes_before_its_day_is_over(
    opened_on: date, length: int, leads: bool
) -> None:
    due_on = opened_on + timedelta(days=length)
    made = ladder(opened_on, due_on, owner_leads=leads)
    instants = [step.at for step in made.values()]
    assert instants == sorted(instants)
    assert made[What.PASSED].at == NORWAY.first_instant(due_on + timedelta(days=1))
    for what, step in made.items():
        if what is not What.PASSED:
            assert NORWAY.is_working_day(NORWAY.local_day(step.at))
    for what in (What.BEFORE, What.ON_THE_DAY):
        if what in made:
            assert made[what].at < datetime.combine(due_on + timedelta(days=1), datetime.min.time(), UTC)
            assert NORWAY.local_day(made[what].at) > opened_on
