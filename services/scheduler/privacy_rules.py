"""The rows of the catalogue that are about data protection: a request is answered within a month, a breach notified within 72 hours."""

from __future__ import annotations

from backbone.refusal import Sentence
from schemas.event import Event
from schemas.privacy import (
    DataSubjectRequestAnswered,
    DataSubjectRequestExtended,
    DataSubjectRequestReceived,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
)
from services.scheduler.domain.rule import Closing, Length, Moving, Opening, Owner, Rule, Unit

PRIVACY_FOLLOWED: tuple[type[Event], ...] = (
    DataSubjectRequestReceived,
    DataSubjectRequestExtended,
    DataSubjectRequestAnswered,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
)
"""What these rows follow."""

PRIVACY_RULES: tuple[Rule, ...] = (
    Rule(
        kind="D-22",
        name=Sentence(
            "Svare på krav om egne opplysninger",
            "Svare på krav om eigne opplysningar",
            "A data subject's request to be answered",
        ),
        opens=(Opening(on=DataSubjectRequestReceived, since="received_on"),),
        lengths=(Length(1, Unit.M),),
        met_by=(Closing(on=DataSubjectRequestAnswered, day="answered_on"),),
        moved_by=(Moving(on=DataSubjectRequestExtended, day="answer_by", length=Length(0, Unit.CD)),),
        owner=Owner.REPORTER,
        about="request_id",
        outlives_case=True,
        source="GDPR art. 12 no. 3: one month, and two more with a reason told within the first",
    ),
    Rule(
        kind="D-23",
        name=Sentence(
            "Melde brudd til Datatilsynet",
            "Melde brot til Datatilsynet",
            "A personal data breach to be notified",
        ),
        opens=(Opening(on=PersonalDataBreachFound, since="found_on"),),
        lengths=(Length(2, Unit.CD),),
        met_by=(
            Closing(on=PersonalDataBreachNotified, day="notified_on"),
            Closing(on=PersonalDataBreachNotNotified, day="decided_on"),
        ),
        owner=Owner.REPORTER,
        about="breach_id",
        outlives_case=True,
        source="GDPR art. 33: 72 hours by the clock. Deadlines here end with a day: this is the last day that ends within them; the page and the event have the hour",
    ),
)
