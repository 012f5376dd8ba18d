"""What was given without consent: the youth is told, somebody comes back to it on the day that was set, and not everybody hears of that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.case import CaseLeadChanged
from schemas.codes import Function, ProtectionLevel
from schemas.disclosure import DisclosureDeferralReviewed, DisclosureFollowedUp, InformationDisclosed
from schemas.forum import ForumOpened
from schemas.network_group import MemberLeft, SecrecyDeclared
from schemas.protection import AddressProtectionSet, ClearanceGiven, ClearanceWithdrawn
from schemas.retention import CaseContentErased
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import START, Story, closed, joined, made, opened

BACK = START + timedelta(days=7)


def given(**changes: Any) -> InformationDisclosed:
    usual = {"disclosure_id": "u", "youth_told_on": START, "tell_review_on": None, "follow_up_on": BACK}
    return made(InformationDisclosed, **{**usual, **changes})


def followed_up(on: date, disclosure_id: str = "u") -> DisclosureFollowedUp:
    return made(DisclosureFollowedUp, disclosure_id=disclosure_id, followed_up_on=on)


def test_a_deferral_is_looked_at_again_on_the_day_that_was_set_and_once_more_when_it_is_prolonged() -> None:
    review, again = START + timedelta(days=30), START + timedelta(days=60)
    deferred = given(youth_told_on=None, tell_review_on=review, follow_up_on=None)
    story = Story().on(START, opened(), deferred)
    assert story.due == {"C5-TELL": review}
    prolonged = made(DisclosureDeferralReviewed, disclosure_id="u", youth_told_on=None, tell_review_on=again)
    assert story.on(review, prolonged).due == {"C5-TELL": again}
    told = made(DisclosureDeferralReviewed, disclosure_id="u", youth_told_on=again, tell_review_on=None)
    assert story.on(again, told).due == {}


def test_a_disclosure_that_the_youth_was_told_of_has_nothing_to_look_at() -> None:
    told = given(youth_told_on=START, tell_review_on=None, follow_up_on=None)
    assert Story().on(START, opened(), told).due == {}


def test_whoever_leads_the_case_is_reminded_of_a_disclosure_on_the_day_that_was_set_for_it() -> None:
    story = Story().on(START, opened(), given())
    assert story.due == {"C5-FOLLOW": BACK}
    assert story.deadline("C5-FOLLOW").owner_id == "lead"
    story.on(START, made(CaseLeadChanged, from_id="lead", to_id="another"))
    assert story.deadline("C5-FOLLOW").owner_id == "another"
    assert Story().on(START, opened(), given(follow_up_on=None)).due == {}


def test_it_is_met_by_what_was_followed_up_and_by_no_other_disclosure() -> None:
    story = Story().on(START, opened(), given(), given(disclosure_id="another"))
    assert [one.about_id for one in story.case.open] == ["u", "another"]
    story.on(BACK, followed_up(BACK))
    assert (story.change("C5-FOLLOW").state, story.change("C5-FOLLOW").late) == (DeadlineState.MET, False)
    assert [one.about_id for one in story.case.open] == ["another"]
    later = BACK + timedelta(days=1)
    assert story.on(later, followed_up(later, "another")).change("C5-FOLLOW").late


def test_it_stands_after_the_case_is_closed_and_goes_with_its_content() -> None:
    story = Story().on(START, opened(), given(), closed())
    assert set(story.due) == {"C5-FOLLOW", "D-30"}
    story.on(BACK, made(CaseContentErased))
    assert "C5-FOLLOW" not in story.due


def a_group() -> Story:
    """A case with a lead and two members, of whom one has declared secrecy."""
    silent, declared = joined("silent", Function.SUPPORT_OWNER), joined("teacher", Function.SUPPORT_OWNER)
    story = Story().on(START, opened(), silent, declared, given())
    return story.on(START, made(SecrecyDeclared, person_id="teacher"))


def told(story: Story) -> set[str]:
    """Those of them who may know which deadlines there are."""
    return {one for one in ("lead", "teacher", "silent", "stranger") if story.case.told_to(one)}


def test_the_deadlines_are_told_to_the_lead_and_to_members_who_have_declared_secrecy() -> None:
    story = a_group()
    assert told(story) == {"lead", "teacher"}
    story.on(BACK, made(MemberLeft, person_id="teacher"))
    assert told(story) == {"lead"}
    story.on(BACK, joined("teacher", Function.SUPPORT_OWNER))
    assert told(story) == {"lead"}, "whoever comes back declares anew"


def test_in_a_strictly_protected_case_they_are_told_to_nobody_who_is_not_cleared_by_name() -> None:
    story = a_group().on(START, made(AddressProtectionSet, level=ProtectionLevel.CODE_6))
    assert told(story) == set()
    story.on(START, made(ClearanceGiven, person_id="teacher"), made(ClearanceGiven, person_id="stranger"))
    assert told(story) == {"teacher"}
    story.on(BACK, made(ClearanceWithdrawn, person_id="teacher"))
    assert told(story) == set()


@pytest.mark.parametrize("level", [ProtectionLevel.CODE_7])
def test_a_confidential_address_hides_no_deadline(level: ProtectionLevel) -> None:
    assert told(a_group().on(START, made(AddressProtectionSet, level=level))) == {"lead", "teacher"}


def test_in_a_forum_nobody_declares_and_its_members_are_told() -> None:
    forum = Story().on(START, made(ForumOpened, lead_id="lead"), joined("teacher", Function.SUPPORT_OWNER))
    assert told(forum) == {"lead", "teacher"}
