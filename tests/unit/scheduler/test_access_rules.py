"""When who has access to a case is to be gone through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.codes import Function
from schemas.event import Event
from schemas.network_group import AccessReviewed, MemberFunctionChanged, MemberJoined, MemberLeft
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import START, Story, a_signed_contract, ended_early, made, opened, registered

LATER = START + timedelta(days=20)
CHANGES = [
    made(MemberJoined, person_id="teacher", function=Function.SUPPORT_OWNER, joined_on=LATER),
    made(MemberLeft, person_id="teacher", left_on=LATER),
    made(MemberFunctionChanged, person_id="teacher", function=Function.DEPUTY, changed_on=LATER),
]


def reviewed(day: date) -> AccessReviewed:
    return made(AccessReviewed, person_ids=("lead",), reviewed_on=day)


def test_access_is_gone_through_every_six_months_from_the_start() -> None:
    story = a_signed_contract()
    assert story.due["D-36"] == date(2027, 3, 1)
    story.on(LATER, reviewed(LATER))
    assert story.due["D-36"] == date(2027, 3, 21)


@pytest.mark.parametrize("change", CHANGES)
def test_and_within_two_weeks_of_the_first_change_of_the_group(change: Event) -> None:
    story = a_signed_contract().on(LATER, change)
    story.on(LATER + timedelta(days=5), change)
    assert story.due["D-36-MEMBER"] == LATER + timedelta(days=14)
    met = story.on(LATER + timedelta(days=6), reviewed(LATER + timedelta(days=6)))
    assert "D-36-MEMBER" not in met.due
    assert "D-36" in met.due


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_group_is_no_change(change: Event) -> None:
    assert "D-36-MEMBER" not in Story().on(START, opened(), registered(), change).due


def test_when_the_contract_has_ended_nobody_is_asked() -> None:
    story = a_signed_contract().on(LATER, CHANGES[0]).on(LATER, ended_early(LATER))
    assert not {"D-36", "D-36-MEMBER"} & set(story.due)
    assert story.change("D-36").state is DeadlineState.CANCELLED
    assert "D-36" not in story.on(LATER, reviewed(LATER)).due
