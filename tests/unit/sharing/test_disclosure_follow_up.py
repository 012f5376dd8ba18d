"""Coming back to what was given without consent, once, on or after the day it was given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.refusal import Refused
from schemas.disclosure import DisclosureFollowedUp
from services.sharing.domain.disclosure import Disclosure
from services.sharing.domain.disclosure_follow_up import follow_up
from tests.unit.sharing.builders import TODAY
from tests.unit.sharing.test_disclosure import a_disclosure

LATER = TODAY + timedelta(days=7)


def to_come_back_to(**changes: Any) -> Disclosure:
    return a_disclosure(**{"follow_up_on": LATER, "follow_up_ref": "text", **changes})


def test_it_is_followed_up_once_and_may_be_before_the_day() -> None:
    disclosure, early = to_come_back_to(), TODAY + timedelta(days=2)
    assert disclosure.followed_up_on is None
    (event,) = follow_up(disclosure, on=early, today=early)
    assert event == DisclosureFollowedUp(disclosure_id="disclosure", followed_up_on=early)
    done = disclosure.after(event)
    assert (done.follow_up_on, done.followed_up_on) == (LATER, early)
    with pytest.raises(Refused, match="ALREADY_FOLLOWED_UP"):
        follow_up(done, on=LATER, today=LATER)


@pytest.mark.parametrize(
    ("on", "rule"),
    [(LATER + timedelta(days=1), "GIVEN_IN_FUTURE"), (TODAY - timedelta(days=1), "FOLLOW_UP_BEFORE")],
)
def test_the_day_is_neither_to_come_nor_before_it_was_given(on: date, rule: str) -> None:
    with pytest.raises(Refused, match=rule):
        follow_up(to_come_back_to(), on=on, today=LATER)


def test_where_no_day_was_set_there_is_nothing_to_come_back_to() -> None:
    with pytest.raises(Refused, match="NOTHING_TO_FOLLOW_UP"):
        follow_up(to_come_back_to(follow_up_on=None), on=TODAY, today=TODAY)
