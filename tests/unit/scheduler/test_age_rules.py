"""The youth's birthdays as deadlines: told ahead, over on the day."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.codes import AgeBand
from schemas.protection import YouthAgeBandAhead, YouthAgeBandChanged
from services.scheduler.domain.case import DeadlineState
from services.scheduler.domain.steps import What
from tests.unit.scheduler.story import START, a_signed_contract, made


def ahead(band: AgeBand, in_days: int) -> YouthAgeBandAhead:
    return made(YouthAgeBandAhead, age_band=band, in_days=in_days)


@pytest.mark.parametrize(
    ("band", "kind", "in_days"),
    [(AgeBand.AGE_15, "D-26", 30), (AgeBand.AGE_16_17, "D-27", 30), (AgeBand.ADULT, "D-28", 60)],
)
def test_a_birthday_that_changes_who_decides_is_reminded_of_and_over_on_the_day(
    band: AgeBand, kind: str, in_days: int
) -> None:
    story = a_signed_contract().on(START, ahead(band, in_days))
    birthday = date.fromordinal(START.toordinal() + in_days)
    assert story.due[kind] == birthday
    assert {What.BEFORE, What.ON_THE_DAY} <= {step.what for step in story.deadline(kind).steps}
    change = story.on(birthday, made(YouthAgeBandChanged, age_band=band)).change(kind)
    assert (change.state, change.late) == (DeadlineState.MET, False)


def test_a_birth_date_that_was_put_right_gives_the_birthday_its_right_day() -> None:
    story = a_signed_contract().on(START, ahead(AgeBand.ADULT, 60))
    story.on(START, ahead(AgeBand.ADULT, 50))
    assert story.due["D-28"] == date(2026, 10, 21)


def test_another_birthday_meets_nothing() -> None:
    story = a_signed_contract().on(START, ahead(AgeBand.ADULT, 20))
    assert "D-28" in story.on(START, made(YouthAgeBandChanged, age_band=AgeBand.AGE_16_17)).due
