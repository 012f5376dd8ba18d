"""The short anonymous survey. Nothing ties an answer to a case: not a name, not a code, not the time, not the order.

A code from a sheet of many is spent when it is used, and only its digest was ever kept. Answers wait without a time until their
quarter is over and there are enough of them; then they are told together, in the order of random ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from schemas.dated import OUR_CHOICE, always
from schemas.register_codes import Respondent
from schemas.survey import SurveyAnswered
from services.contracts.domain.register_refusals import refused

FEWEST = 5
"""Fewer answers than this are neither told nor shown (the floor of every small cell here)."""
BEST = 4
CODES_AT_ONCE = 30
"""A technical limit: one printed sheet."""
CODE_DAYS = always(92, f"{OUR_CHOICE}: a quarter, after which its answers are told")
"""How long a code can be used."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answered; `answer_id` is random and says nothing of when."""

    answer_id: str
    municipality_no: str
    quarter: str
    respondent: Respondent
    was_heard: int | None = None
    was_useful: int | None = None
    was_clear: int | None = None
    would_advise_others: int | None = None
    stream: str = ""
    """The subject under which it was told."""

    @property
    def levels(self) -> tuple[int | None, ...]:
        """The four answers."""
        return (self.was_heard, self.was_useful, self.was_clear, self.would_advise_others)

    def check(self) -> Answers:
        """The answers, when they can stand. Raises Refused."""
        if not any(level is not None for level in self.levels):
            raise refused("SURVEY_EMPTY", field="was_heard")
        if any(level is not None and not 1 <= level <= BEST for level in self.levels):
            raise refused("SURVEY_LEVEL", field="was_heard")
        return self


def quarter_of(day: date) -> str:
    """The quarter of a day: 2026-Q4. It sorts by time."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def to_tell(waiting: Sequence[Answers], *, today: date) -> list[SurveyAnswered]:
    """What is to be told of one municipality's waiting answers: those of quarters that are over, when they are enough; all of
    them then carry the last of those quarters.
    """
    over = [answers for answers in waiting if answers.quarter < quarter_of(today)]
    if len(over) < FEWEST:
        return []
    last = max(answers.quarter for answers in over)
    told = []
    for answers in over:
        said = {**msgspec.structs.asdict(answers), "quarter": last}
        del said["stream"]
        told.append(SurveyAnswered(**said))
    return sorted(told, key=lambda event: event.answer_id)


def summary(told: Sequence[Answers]) -> dict[str, float | int | None]:
    """How many answered, and the mean of each question; nothing at all of fewer than five."""
    if len(told) < FEWEST:
        return {"count": None}
    means: dict[str, float | int | None] = {"count": len(told)}
    for name in ("was_heard", "was_useful", "was_clear", "would_advise_others"):
        levels = [level for answers in told if (level := getattr(answers, name)) is not None]
        means[name] = round(sum(levels) / len(levels), 1) if len(levels) >= FEWEST else None
    return means
