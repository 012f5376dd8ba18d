"""The rows of the catalogue about the youth's birthdays; they come from the birth date by themselves."""

from __future__ import annotations

from datetime import date, timedelta

from backbone.refusal import Sentence
from schemas.codes import AgeBand
from schemas.event import Event
from schemas.protection import YouthAgeBandAhead, YouthAgeBandChanged
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Opening, Rule, Unit


def _that_day(happened: Happened, _: CaseDeadlines) -> date:
    assert isinstance(happened.event, YouthAgeBandAhead)
    return happened.recorded_on + timedelta(days=happened.event.in_days)


def _birthday(kind: str, band: AgeBand, name: Sentence, source: str) -> Rule:
    """Told so many days before, reminded of, and over on the day, when the new age band is told to whoever leads."""
    told = {"age_band": band}
    return Rule(
        kind=kind,
        name=name,
        opens=(Opening(on=YouthAgeBandAhead, where=told, counted_from=_that_day),),
        lengths=(Length(0, Unit.CD),),
        met_by=(Closing(on=YouthAgeBandChanged, where=told),),
        cancelled_by=(Closing(on=YouthAgeBandAhead, where=told),),
        source=source,
    )


AGE_RULES: tuple[Rule, ...] = (
    _birthday(
        "D-26",
        AgeBand.AGE_15,
        Sentence("Ungdommen fyller 15 år", "Ungdommen fyller 15 år", "The youth turns 15"),
        "from 15 the youth consents too; told 30 days before ★",
    ),
    _birthday(
        "D-27",
        AgeBand.AGE_16_17,
        Sentence("Ungdommen fyller 16 år", "Ungdommen fyller 16 år", "The youth turns 16"),
        "from 16 the youth may consent alone about health, where the municipality has said so; told 30 days before ★",
    ),
    _birthday(
        "D-28",
        AgeBand.ADULT,
        Sentence("Ungdommen fyller 18 år", "Ungdommen fyller 18 år", "The youth turns 18"),
        "from 18 the youth alone consents and the guardians' access ends; told 60 days before ★",
    ),
)
AGES_FOLLOWED: tuple[type[Event], ...] = (YouthAgeBandAhead,)
