"""The registers' states in and out of rows, and what own events write there."""

from __future__ import annotations

import msgspec
from sqlmodel import col

from backbone.rows import Rows, Shelf
from backbone.work import Fold
from schemas.consultation import ConsultationLogged
from schemas.event import Event, Fact
from schemas.survey import SurveyAnswered
from services.contracts.domain.consultation import Consultation
from services.contracts.domain.local_offer import Offer
from services.contracts.domain.survey import Answers
from services.contracts.tables import (
    ConsultationRow,
    OfferRow,
    SurveyAnswerRow,
    WaitingAnswerRow,
)

CONSULTATIONS = Shelf(
    ConsultationRow,
    Consultation,
    lambda c: {
        "consultation_id": c.consultation_id,
        "case_id": c.consultation_id,
        "logged_by": c.logged_by,
        "held_on": c.held_on,
    },
)
TOLD = Shelf(
    SurveyAnswerRow,
    Answers,
    lambda a: {
        "answer_id": a.answer_id,
        "case_id": a.stream,
        "municipality_no": a.municipality_no,
        "quarter": a.quarter,
    },
)
WAITING = Shelf(
    WaitingAnswerRow,
    Answers,
    lambda a: {"answer_id": a.answer_id, "municipality_no": a.municipality_no},
)
_OFFERS = Shelf(OfferRow, Offer, lambda o: {"offer_id": o.offer_id})
"""For reading; an offer is written with who changed it, by `put_offer` in the commands."""


def offer(rows: Rows, offer_id: str) -> Offer | None:
    """One offer."""
    return _OFFERS.find(rows, offer_id)


def offers_of(rows: Rows, municipality_no: str) -> list[Offer]:
    """The offers of a municipality, by title."""
    found = _OFFERS.where(rows, col(OfferRow.municipality_no) == municipality_no)
    return sorted(found, key=lambda one: (one.kind, one.title.casefold()))


def on_logged(rows: Rows, fact: Fact) -> None:
    """A consultation was logged."""
    assert isinstance(fact.event, ConsultationLogged)
    told = msgspec.structs.asdict(fact.event)
    CONSULTATIONS.put(rows, Consultation(logged_by=fact.envelope.actor, **told))


def on_answered(rows: Rows, fact: Fact) -> None:
    """The survey was answered by somebody."""
    assert isinstance(fact.event, SurveyAnswered)
    TOLD.put(rows, Answers(stream=fact.envelope.case_id, **msgspec.structs.asdict(fact.event)))


REGISTER_FOLDS: dict[type[Event], Fold] = {ConsultationLogged: on_logged, SurveyAnswered: on_answered}
