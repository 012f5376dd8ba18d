"""The deadlines of data protection: a month to answer, 72 hours to notify."""

from __future__ import annotations

from datetime import date

from schemas.privacy import (
    DataSubjectRequestAnswered,
    DataSubjectRequestExtended,
    DataSubjectRequestReceived,
    PersonalDataBreachFound,
    PersonalDataBreachNotified,
    PersonalDataBreachNotNotified,
)
from tests.unit.scheduler.story import END, START, Story, closed, made, opened

FRIDAY = date(2026, 11, 20)


def test_a_request_is_answered_within_a_month_or_three_and_by_whoever_took_it() -> None:
    asked = made(DataSubjectRequestReceived, request_id="r", received_on=FRIDAY, person_id="officer")
    story = Story().on(START, opened()).on(FRIDAY, asked)
    assert story.due == {"D-22": date(2026, 12, 20)}
    assert story.deadline("D-22").owner_id == "officer"
    longer = made(DataSubjectRequestExtended, request_id="r", answer_by=date(2027, 2, 20))
    assert story.on(date(2026, 12, 1), longer).due == {"D-22": date(2027, 2, 20)}
    other = made(DataSubjectRequestAnswered, request_id="another", answered_on=date(2026, 12, 2))
    assert "D-22" in story.on(date(2026, 12, 2), other).due
    answered = made(DataSubjectRequestAnswered, request_id="r", answered_on=date(2026, 12, 3))
    assert story.on(date(2026, 12, 3), answered).due == {}


def test_a_breach_that_is_found_on_a_friday_is_notified_by_sunday_and_does_not_wait_for_monday() -> None:
    found = made(PersonalDataBreachFound, breach_id="b", found_on=FRIDAY, person_id="officer")
    story = Story().on(START, opened()).on(FRIDAY, found)
    assert story.due == {"D-23": date(2026, 11, 22)}
    notified = made(PersonalDataBreachNotified, breach_id="b", notified_on=FRIDAY)
    assert story.on(FRIDAY, notified).due == {}


def test_a_decision_not_to_notify_meets_it_too_and_a_closed_case_does_not_end_it() -> None:
    found = made(PersonalDataBreachFound, breach_id="b", found_on=END)
    story = Story().on(START, opened()).on(END, found, closed())
    assert "D-23" in story.due
    left = made(PersonalDataBreachNotNotified, breach_id="b", decided_on=END)
    assert "D-23" not in story.on(END, left).due
