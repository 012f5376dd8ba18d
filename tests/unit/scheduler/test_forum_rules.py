"""Deadlines of forums: how often each kind meets, invitations, agreements, the year wheel; none of them in a case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schemas.codes import ForumKind
from schemas.event import Event
from schemas.forum import ForumOpened, ForumSessionHeld
from schemas.forum_work import (
    AgreementRevised,
    AgreementSigned,
    ForumClosed,
    ForumInvitationsSent,
    ForumSessionCancelled,
    ForumSessionPlanned,
    YearWheelItemDone,
    YearWheelItemSet,
)
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import Story, made

DAY = date(2026, 3, 2)


def a_forum(kind: ForumKind) -> Story:
    return Story().on(DAY, made(ForumOpened, kind=kind, lead_id="slt", opened_on=DAY))


def held(day: date) -> ForumSessionHeld:
    return made(ForumSessionHeld, session_id="s", held_on=day)


MEETS = [
    (ForumKind.STEERING, "D-40", date(2026, 6, 10)),
    (ForumKind.COORDINATION, "D-41", date(2026, 4, 2)),
    (ForumKind.POLICE_COUNCIL, "D-42", date(2026, 8, 19)),
    (ForumKind.GATHERING, "D-44", date(2027, 3, 2)),
]


@pytest.mark.parametrize(("forum", "kind", "due_on"), MEETS)
def test_each_kind_meets_in_time_counted_from_when_it_last_did(
    forum: ForumKind, kind: str, due_on: date
) -> None:
    story = a_forum(forum)
    assert story.due == {kind: due_on}
    assert story.deadline(kind).owner_id == "slt"
    length, later = due_on - DAY, due_on + timedelta(days=3)
    story.on(later, held(later - timedelta(days=2)))
    met = next(one for one in story.case.changes if one.state is DeadlineState.MET)
    assert (met.deadline.kind, met.late) == (kind, True)
    assert abs(story.due[kind] - (later - timedelta(days=2)) - length) <= timedelta(days=3)


def test_kog_is_called_when_it_is_needed() -> None:
    assert a_forum(ForumKind.KOG).on(DAY, held(DAY)).due == {}


def planned() -> Story:
    meeting = made(ForumSessionPlanned, session_id="s", meets_on=DAY + timedelta(days=60))
    return a_forum(ForumKind.KOG).on(DAY, meeting)


def test_a_forum_is_called_fourteen_days_before() -> None:
    assert planned().due["D-03-FORUM"] == DAY + timedelta(days=46)
    sent = made(ForumInvitationsSent, session_id="s", sent_on=DAY)
    assert planned().on(DAY, sent).change("D-03-FORUM").state is DeadlineState.MET
    assert "D-03-FORUM" in planned().on(DAY, made(ForumInvitationsSent, session_id="other")).due


@pytest.mark.parametrize("end", [made(ForumSessionCancelled, session_id="s"), held(DAY)])
def test_nobody_is_called_to_what_is_over(end: Event) -> None:
    assert planned().on(DAY, end).change("D-03-FORUM").state is DeadlineState.CANCELLED


def signed(revise_on: date | None) -> AgreementSigned:
    return made(AgreementSigned, agreement_id="a", signed_on=DAY, revise_on=revise_on)


def test_an_agreement_is_revised_when_it_says_so_and_otherwise_after_two_years() -> None:
    assert a_forum(ForumKind.KOG).on(DAY, signed(date(2026, 9, 1))).due["D-43"] == date(2026, 9, 1)
    story = a_forum(ForumKind.KOG).on(DAY, signed(None))
    assert story.due["D-43"] == date(2028, 3, 2)
    day = date(2028, 2, 1)
    story.on(day, made(AgreementRevised, agreement_id="a", revised_on=day, revise_on=None))
    assert story.due["D-43"] == date(2030, 2, 1)
    again = date(2029, 1, 5)
    story.on(again, made(AgreementRevised, agreement_id="a", revised_on=again, revise_on=date(2029, 12, 1)))
    assert story.due["D-43"] == date(2029, 12, 1)


def test_an_item_of_the_year_wheel_is_its_owners_and_comes_back() -> None:
    end, back = date(2026, 5, 31), date(2027, 5, 31)
    item = made(YearWheelItemSet, item_id="i", person_id="teacher", next_on=end)
    story = a_forum(ForumKind.KOG).on(DAY, item)
    assert (story.due["D-45"], story.deadline("D-45").owner_id) == (end, "teacher")
    done = made(YearWheelItemDone, item_id="i", person_id="teacher", done_on=DAY, done_for=end, next_on=back)
    assert story.on(DAY, done).due["D-45"] == back
    last = made(
        YearWheelItemDone, item_id="i", person_id="teacher", done_on=back, done_for=back, next_on=None
    )
    assert "D-45" not in story.on(back, last).due


def test_nothing_is_waited_for_in_a_closed_forum() -> None:
    item = made(YearWheelItemSet, item_id="i", next_on=date(2026, 5, 31))
    story = a_forum(ForumKind.STEERING).on(DAY, signed(None), item)
    assert set(story.due) == {"D-40", "D-43", "D-45"}
    assert story.on(DAY, made(ForumClosed, closed_on=DAY)).due == {}
