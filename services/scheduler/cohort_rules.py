"""The row of the catalogue about the statistics: what became of a cohort is measured three years after its end."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.cohort import CohortClosed, CohortMeasured
from schemas.event import Event
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.days import months_after
from services.scheduler.domain.rule import Closing, Happened, Ladder, Length, Opening, Owner, Rule, Unit

COHORTS_FOLLOWED: tuple[type[Event], ...] = (CohortClosed, CohortMeasured)
"""What this row follows."""
THREE_YEARS = Length(36, Unit.M)


def _large_enough(happened: Happened, _: CaseDeadlines) -> bool:
    """Of fewer than five nothing is asked."""
    return isinstance(happened.event, CohortClosed) and happened.event.youths is not None


def _closed_afterwards(happened: Happened, case: CaseDeadlines) -> date | None:
    """The day of closing, for an old cohort whose three years had gone by then."""
    assert isinstance(happened.event, CohortClosed)
    gone = months_after(happened.event.ends_on, THREE_YEARS.number) <= happened.recorded_on
    return happened.recorded_on if gone and _large_enough(happened, case) else None


COHORT_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-33",
        name=Sentence(
            "Måle tilbakefall etter tre år",
            "Måle tilbakefall etter tre år",
            "Relapse to be measured after three years",
        ),
        opens=(
            Opening(on=CohortClosed, counted_from=_closed_afterwards, length=Length(1, Unit.M)),
            Opening(on=CohortClosed, since="ends_on", when=_large_enough),
        ),
        lengths=(THREE_YEARS,),
        met_by=(Closing(on=CohortMeasured, day="measured_on"),),
        owner=Owner.REPORTER,
        ladder=Ladder.OWNER,
        source="the national status report of 2012: relapse is measured over three years; a cohort that was closed later is measured within a month ★",
    ),
)
