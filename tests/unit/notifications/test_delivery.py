"""What becomes of a mail after an attempt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.notifications.domain.delivery import (
    MailState,
    Outcome,
    Verdict,
    after_attempt,
    before_sending,
    pause_after,
)

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def test_a_mail_that_should_have_gone_48_hours_ago_is_not_sent() -> None:
    for hours, state in ((47, MailState.WAITING), (49, MailState.EXPIRED)):
        decided_at = NOON + timedelta(hours=hours)
        assert before_sending(wanted_at=NOON, decided_at=decided_at, doubts=0) is state


def test_two_unknown_outcomes_are_enough() -> None:
    assert before_sending(wanted_at=NOON, decided_at=NOON, doubts=1) is MailState.WAITING
    assert before_sending(wanted_at=NOON, decided_at=NOON, doubts=2) is MailState.UNCERTAIN
    assert after_attempt(Outcome.UNKNOWN, attempts=1, doubts=1).state is MailState.WAITING
    assert after_attempt(Outcome.UNKNOWN, attempts=2, doubts=2).state is MailState.UNCERTAIN


def test_a_refusal_for_now_is_tried_again_as_long_as_it_is_of_use_and_one_for_good_three_times() -> None:
    assert after_attempt(Outcome.LATER, attempts=50, doubts=0).state is MailState.WAITING
    assert after_attempt(Outcome.NEVER, attempts=2, doubts=0).state is MailState.WAITING
    assert after_attempt(Outcome.NEVER, attempts=3, doubts=0).state is MailState.GAVE_UP


def test_an_accepted_mail_is_sent_whatever_came_before() -> None:
    assert after_attempt(Outcome.ACCEPTED, attempts=9, doubts=1) == Verdict(MailState.SENT)


def test_pauses_grow_to_an_hour() -> None:
    assert [pause_after(n) for n in (1, 2, 3)] == [5.0, 10.0, 20.0]
    assert pause_after(1000) == 3600.0
