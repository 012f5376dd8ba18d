"""The year of a forum: meetings planned and called, agreements signed and revised, a year wheel that comes round, and the end of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Refused
from schemas.codes import Agency, CancelReason, ForumAdvice, ForumKind, Reason
from schemas.event import Event
from schemas.forum import ForumOpened
from schemas.forum_work import AgreementSigned, YearWheelItemDone, YearWheelItemSet
from schemas.register_codes import YearWheelActivity
from services.network.domain.forum import Forum
from services.network.domain.forum_work import ForumWork, next_end_of

TODAY = date(2026, 11, 2)
LATER = TODAY + timedelta(days=40)
PARTIES = (Agency.KOMMUNE_SLT, Agency.POLITI_FOREBYGGENDE, Agency.KOMMUNE_SLT)


def a_forum(kind: ForumKind = ForumKind.STEERING) -> Forum:
    opened = ForumOpened(kind=kind, lead_id="lead", lead_agency=Agency.KOMMUNE_SLT, opened_on=TODAY)
    return Forum.opened("forum", opened)


def grown(forum: Forum, events: list[Event]) -> Forum:
    for event in events:
        forum = forum.after(event)
    return forum


def planned() -> Forum:
    forum = a_forum()
    return grown(forum, forum.work.plan("s", meets_on=LATER, today=TODAY))


def test_a_meeting_is_planned_called_and_held_and_waits_no_more() -> None:
    forum = planned()
    assert forum.work.planned["s"].meets_on == LATER
    forum = grown(forum, forum.work.invite("s", sent_on=TODAY, today=TODAY))
    assert forum.work.planned["s"].sent_on == TODAY
    forum = grown(forum, forum.meet("s", held_on=LATER, present=("lead",), today=LATER))
    assert (forum.work.planned, forum.work.held) == ({}, {"s": LATER})
    assert forum.sessions == {"s": ()}


def test_a_cancelled_meeting_is_not_planned_under_the_same_id_again() -> None:
    forum = planned()
    forum = grown(forum, forum.work.cancel("s", CancelReason.NOT_NEEDED))
    assert forum.work.planned == {}
    with pytest.raises(Refused, match="SESSION_EXISTS"):
        forum.work.plan("s", meets_on=LATER, today=TODAY)


@pytest.mark.parametrize("meets_on", [TODAY - timedelta(days=1), date(2028, 11, 3)])
def test_a_meeting_is_planned_ahead_and_not_for_ever(meets_on: date) -> None:
    with pytest.raises(Refused, match="MEETS_AHEAD"):
        a_forum().work.plan("s", meets_on=meets_on, today=TODAY)


def test_invitations_go_out_once_for_a_meeting_that_is_planned() -> None:
    forum = planned()
    with pytest.raises(Refused, match="NOT_PLANNED"):
        forum.work.invite("other", sent_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="DATE_IN_FUTURE"):
        forum.work.invite("s", sent_on=LATER, today=TODAY)
    sent = grown(forum, forum.work.invite("s", sent_on=TODAY, today=TODAY))
    with pytest.raises(Refused, match="INVITED_ALREADY"):
        sent.work.invite("s", sent_on=TODAY, today=TODAY)


def signed(revise_on: date | None = None) -> list[Event]:
    work = a_forum().work
    return work.sign("a", parties=PARTIES, signed_on=TODAY, revise_on=revise_on, today=TODAY)


def test_an_agreement_is_between_two_at_least_and_each_once() -> None:
    (event,) = signed()
    assert isinstance(event, AgreementSigned)
    assert event.parties == PARTIES[:2]
    with pytest.raises(Refused, match="PARTIES_MISSING"):
        a_forum().work.sign(
            "a", parties=(Agency.NAV, Agency.NAV), signed_on=TODAY, revise_on=None, today=TODAY
        )


@pytest.mark.parametrize("revise_on", [TODAY, TODAY - timedelta(days=1), date(2036, 11, 3)])
def test_an_agreement_sets_a_day_after_its_signing_and_in_this_age(revise_on: date) -> None:
    with pytest.raises(Refused, match="REVISED_AHEAD"):
        signed(revise_on)


def test_a_revised_agreement_counts_from_its_revision() -> None:
    forum = grown(a_forum(), signed())
    assert forum.work.agreements["a"].revise_on is None
    revised = forum.work.revise("a", revised_on=LATER, revise_on=date(2027, 6, 1), today=LATER)
    after = grown(forum, revised).work.agreements["a"]
    assert (after.since, after.revise_on) == (LATER, date(2027, 6, 1))
    with pytest.raises(Refused, match="REVISED_BEFORE_SIGNED"):
        forum.work.revise("a", revised_on=TODAY - timedelta(days=1), revise_on=None, today=TODAY)
    with pytest.raises(Refused, match="NO_SUCH_AGREEMENT"):
        forum.work.revise("b", revised_on=TODAY, revise_on=None, today=TODAY)


@given(st.integers(1, 12), st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_the_next_end_of_a_month_lies_within_a_year_and_is_its_last_day(month: int, today: date) -> None:
    end = next_end_of(month, today)
    assert today <= end < today + timedelta(days=366)
    assert (end.month, (end + timedelta(days=1)).day) == (month, 1)


@given(st.integers(1, 12), st.integers(-200, 500))
def test_what_is_done_early_or_late_comes_back_a_year_after_the_time_it_was_done_for(
    month: int, days: int
) -> None:
    forum = a_forum()
    (was,) = forum.work.set_item("i", YearWheelActivity.BUDGET, month=month, person_id="lead", today=TODAY)
    assert isinstance(was, YearWheelItemSet)
    day = was.next_on + timedelta(days=days)
    (done,) = grown(forum, [was]).work.do_item("i", done_on=day, again=True, today=day)
    assert isinstance(done, YearWheelItemDone)
    assert done.done_for == was.next_on
    assert done.next_on is not None
    assert (done.next_on.year, done.next_on.month) == (was.next_on.year + 1, month)


def test_what_shall_not_come_back_is_done_for_the_last_time() -> None:
    forum = a_forum()
    forum = grown(
        forum,
        forum.work.set_item("i", YearWheelActivity.TRAINING, month=3, person_id="lead", today=TODAY),
    )
    forum = grown(forum, forum.work.do_item("i", done_on=TODAY, again=False, today=TODAY))
    with pytest.raises(Refused, match="NO_SUCH_WHEEL_ITEM"):
        forum.work.do_item("i", done_on=TODAY, again=True, today=TODAY)


@pytest.mark.parametrize("month", [0, 13])
def test_there_are_twelve_months(month: int) -> None:
    with pytest.raises(Refused, match="NO_SUCH_MONTH"):
        ForumWork().set_item("i", YearWheelActivity.BUDGET, month=month, person_id="lead", today=TODAY)


def test_a_closed_forum_does_nothing_more() -> None:
    forum = grown(planned(), planned().work.close(today=TODAY))
    refusals: list[Callable[[], object]] = [
        lambda: forum.work.plan("t", meets_on=LATER, today=TODAY),
        lambda: forum.work.invite("s", sent_on=TODAY, today=TODAY),
        lambda: forum.work.cancel("s", CancelReason.NOT_NEEDED),
        lambda: forum.work.sign("a", parties=PARTIES, signed_on=TODAY, revise_on=None, today=TODAY),
        lambda: forum.work.revise("a", revised_on=TODAY, revise_on=None, today=TODAY),
        lambda: forum.work.do_item("i", done_on=TODAY, again=True, today=TODAY),
        lambda: forum.meet("s", held_on=TODAY, present=("lead",), today=TODAY),
        lambda: forum.work.close(today=TODAY),
    ]
    for refusal in refusals:
        with pytest.raises(Refused, match="FORUM_CLOSED"):
            refusal()


@pytest.mark.parametrize("kind", [kind for kind in ForumKind if kind is not ForumKind.KOG])
def test_only_kog_talks_about_single_matters_and_only_kog_asks_for_secrecy(kind: ForumKind) -> None:
    forum = a_forum(kind)
    forum = grown(forum, forum.meet("s", held_on=TODAY, present=("lead",), today=TODAY))
    with pytest.raises(Refused, match="ONLY_KOG_DISCUSSES"):
        forum.discuss("s", "m", themes=(Reason.VIOLENCE,), advice=ForumAdvice.NO_ADVICE)
    with pytest.raises(Refused, match="NOT_IN_FORUM"):
        forum.meet("t", held_on=TODAY, present=("stranger",), today=TODAY)
