"""The rows of the catalogue about what was given without consent: the youth is told, and what was to be done afterwards is looked at."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Sentence
from schemas.disclosure import DisclosureDeferralReviewed, DisclosureFollowedUp, InformationDisclosed
from schemas.event import Event
from schemas.retention import CaseContentErased
from services.scheduler.domain.case import CaseDeadlines
from services.scheduler.domain.rule import Closing, Happened, Length, Opening, Rule, Unit

DISCLOSURES_FOLLOWED: tuple[type[Event], ...] = (
    InformationDisclosed,
    DisclosureDeferralReviewed,
    DisclosureFollowedUp,
)
"""What these rows follow beside what others follow already."""


def _review_day(happened: Happened, _: CaseDeadlines) -> date | None:
    assert isinstance(happened.event, (InformationDisclosed, DisclosureDeferralReviewed))
    return happened.event.tell_review_on


DISCLOSURE_RULES: tuple[Rule, ...] = (
    Rule(
        kind="C5-TELL",
        name=Sentence(
            "Vurdere å fortelle ungdommen om en utlevering",
            "Vurdere å fortelje ungdommen om ei utlevering",
            "Telling the youth of a disclosure to be looked at again",
        ),
        opens=(
            Opening(on=InformationDisclosed, counted_from=_review_day),
            Opening(on=DisclosureDeferralReviewed, counted_from=_review_day),
        ),
        lengths=(Length(0, Unit.CD),),
        met_by=(Closing(on=DisclosureDeferralReviewed),),
        about="disclosure_id",
        outlives_case=True,
        source="a deferral has a review date of its own, set by the one who defers",
    ),
    Rule(
        kind="C5-FOLLOW",
        name=Sentence(
            "Følge opp en utlevering", "Følgje opp ei utlevering", "A disclosure to be followed up"
        ),
        opens=(Opening(on=InformationDisclosed),),
        lengths=(),
        due_by="follow_up_on",
        met_by=(Closing(on=DisclosureFollowedUp, day="followed_up_on"),),
        cancelled_by=(Closing(on=CaseContentErased),),
        about="disclosure_id",
        outlives_case=True,
        source="the day that was set for it when the disclosure was decided",
    ),
)
