"""A cancelled end meeting is booked anew, and a note in a sanction is talked about in the team's next meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.codes import CancelReason, EndingReason, MeetingKind
from schemas.meeting import MeetingCalled, MeetingCancelled
from schemas.sanction import YouthPlanAdopted
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    ended_early,
    held,
    made,
    opened,
    reported,
)

BOOKED = ("D-16", "D-17")


def booked(meeting_id: str) -> MeetingCalled:
    return made(MeetingCalled, meeting_id=meeting_id, kind=MeetingKind.END_EVALUATION)


def cancelled(meeting_id: str, kind: MeetingKind = MeetingKind.END_EVALUATION) -> MeetingCancelled:
    return made(MeetingCancelled, meeting_id=meeting_id, kind=kind, reason=CancelReason.YOUTH_CANNOT)


def test_a_cancelled_end_meeting_is_to_be_booked_again() -> None:
    story = a_signed_contract().on(START, booked("m"))
    assert not set(BOOKED) & set(story.due)
    story.on(START, cancelled("m"))
    assert (story.due["D-16"], story.due["D-17"]) == (END - timedelta(days=30), END - timedelta(days=14))
    late = END - timedelta(days=5)
    story.on(late, booked("n"))
    assert not set(BOOKED) & set(story.due)
    story.on(late, cancelled("n"))
    assert (story.due["D-16"], story.due["D-17"]) == (late, late)
    story.on(late, ended_early(late, EndingReason.BY_AGREEMENT))
    assert not set(BOOKED) & set(story.due), "the deadline is about the contract, and goes with it"


def test_nothing_is_to_be_booked_while_another_end_meeting_stands_or_when_it_was_not_one() -> None:
    story = a_signed_contract().on(START, booked("m"), booked("n"), cancelled("m"))
    assert not set(BOOKED) & set(story.due)
    story.on(START, cancelled("other", MeetingKind.NETWORK))
    assert not set(BOOKED) & set(story.due)


def test_nothing_is_to_be_booked_after_the_end() -> None:
    story = a_signed_contract().on(START, booked("m"), ended_early(START), cancelled("m"))
    assert not set(BOOKED) & set(story.due)


@pytest.mark.parametrize("kind", [MeetingKind.NETWORK, MeetingKind.FOLLOW_UP])
def test_a_note_is_talked_about_in_the_next_regular_meeting_of_whatever_group(kind: MeetingKind) -> None:
    adopted = made(YouthPlanAdopted, plan_id="k", adopted_on=START, ends_on=END)
    story = Story().on(START, opened(), adopted, reported(1))
    day = START + timedelta(days=7)
    assert story.on(day, held(day, kind)).change("D-14").state is DeadlineState.MET


def test_a_note_in_a_sanction_is_due_when_the_next_monthly_meeting_is() -> None:
    adopted = made(YouthPlanAdopted, plan_id="k", adopted_on=START, ends_on=END)
    story = Story().on(START, opened(), adopted).on(date(2026, 9, 21), reported(1))
    assert story.due["D-14"] == story.due["D-05"] == date(2026, 10, 1)
