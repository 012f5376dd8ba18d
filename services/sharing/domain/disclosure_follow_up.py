"""Looking at what came of a disclosure, on the day that was set when it was decided."""

from __future__ import annotations

from datetime import date

from backbone.refusal import Conflict, Refused, Sentence
from schemas.disclosure import DisclosureFollowedUp
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.disclosure import Disclosure

NOTHING_TO_FOLLOW_UP = Sentence(
    "Det ble ikke satt noen dag for å følge opp dette.",
    "Det vart ikkje sett nokon dag for å følgje opp dette.",
    "No day was set for following this up.",
)
ALREADY_FOLLOWED_UP = Sentence(
    "Dette er alt fulgt opp.", "Dette er alt følgt opp.", "This has been followed up already."
)


def follow_up(disclosure: Disclosure, *, on: date, today: date) -> list[Event]:
    """What was to be done has been looked at, once. Raises Refused, Conflict."""
    if disclosure.follow_up_on is None:
        raise Conflict("NOTHING_TO_FOLLOW_UP", NOTHING_TO_FOLLOW_UP)
    if disclosure.followed_up_on is not None:
        raise Conflict("ALREADY_FOLLOWED_UP", ALREADY_FOLLOWED_UP)
    if on > today:
        raise Refused("GIVEN_IN_FUTURE", sentences.GIVEN_IN_FUTURE, field="followed_up_on")
    if on < disclosure.given_on:
        raise Refused("FOLLOW_UP_BEFORE", sentences.FOLLOW_UP_BEFORE, field="followed_up_on")
    return [DisclosureFollowedUp(disclosure_id=disclosure.disclosure_id, followed_up_on=on)]
