"""The short anonymous survey: a stream a municipality, published for a whole quarter at once and in no order."""

from __future__ import annotations

from schemas.event import Event, event
from schemas.register_codes import Respondent


@event("survey.answered")
class SurveyAnswered(Event, frozen=True, kw_only=True):
    """Somebody answered the survey in a quarter, 1 (not at all) to 4 (very much) or nothing. No person and no case; published with at least four others."""

    answer_id: str
    municipality_no: str
    quarter: str
    respondent: Respondent
    was_heard: int | None
    was_useful: int | None
    was_clear: int | None
    would_advise_others: int | None
