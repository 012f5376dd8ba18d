"""A year of some forty contracts and a few sanctions, as what is asked of which service, by whom and when. Pure: the same seed, the same year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from services.cli.demo.around_story import around
from services.cli.demo.asking import Asked
from services.cli.demo.before_story import beside_the_cases
from services.cli.demo.case_story import CaseStory, Shape
from services.cli.demo.people import BODO, FAUSKE, INNER, OUTER, SALTEN, YOUTH_COORDINATOR
from services.cli.demo.sanction_story import sanctions
from services.cli.demo.small_story import FIRST_NUMBER as SMALL
from services.cli.demo.small_story import small_stories

DAYS = 365
LARGEST, SECOND = "1804", "1841"


class Plan(NamedTuple):
    """Where a case stands when the year is over: how many days ago its contract began, and how far it came."""

    began: int
    shape: Shape


PLANS = (
    *(Plan(began, Shape.WHOLE) for began in (352, 338, 325, 311, 296, 284, 270, 255, 241, 226, 212, 198)),
    *(Plan(began, Shape.WHOLE) for began in (176, 163, 150, 134, 121, 107, 92, 78, 64, 49, 35, 21)),
    *(Plan(began, Shape.WHOLE) for began in (16,)),
    *(Plan(began, Shape.SIGNED) for began in (-6, -13)),
    *(Plan(began, Shape.PARTLY_SIGNED) for began in (-3, -9, 4)),
    *(Plan(began, Shape.UNSIGNED) for began in (-5, -12)),
)


def a_year(until: datetime, *, seed: int) -> list[Asked]:
    """Everything that was asked in the year before `until` (aware), in order of time."""
    chance = Random(seed)
    places = [LARGEST] * 12 + [SECOND] * 5 + [number for number in SALTEN if number != LARGEST]
    chance.shuffle(places)
    asked: list[Asked] = []
    cases: dict[int, CaseStory] = {}
    for number, plan in enumerate(PLANS):
        cases[number] = _case(number, plan, places[number % len(places)], until, chance)
        asked += cases[number].told()
    asked += small_stories(cases, today=until.date(), chance=Random(seed + SMALL))
    asked += around(until)
    asked += sanctions(until, municipality_no=LARGEST, seed=seed)
    asked += beside_the_cases(until, seed=seed)
    return sorted((each for each in asked if each.at <= until), key=lambda each: each.at)


def _case(number: int, plan: Plan, municipality_no: str, until: datetime, chance: Random) -> CaseStory:
    today = until.date()
    starts_on = today - timedelta(days=plan.began)
    lead = YOUTH_COORDINATOR if number % 6 == 5 else BODO if municipality_no in OUTER else FAUSKE
    assert municipality_no in (*OUTER, *INNER)
    return CaseStory(
        number=number,
        municipality_no=municipality_no,
        lead=lead,
        birth_on=_birth(number, starts_on, today, chance),
        starts_on=starts_on,
        shape=plan.shape,
        today=today,
        chance=chance,
    )


def _birth(number: int, starts_on: date, today: date, chance: Random) -> date:
    """Ages of 12 to 17 at the start, in turn; one of those whose contract runs turns 18 in twelve days."""
    if PLANS[number].began == 64:
        return _years_before(today + timedelta(days=12), 18)
    return _years_before(starts_on - timedelta(days=chance.randrange(20, 340)), 12 + number % 6)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
