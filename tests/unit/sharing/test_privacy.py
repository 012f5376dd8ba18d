"""Breaches within 72 hours, and requests within a month: what is decided, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import Category, SignerRole
from schemas.event import Event
from schemas.local_time import OSLO, local_date
from schemas.privacy import DataSubjectRequestReceived, PersonalDataBreachFound
from schemas.privacy_codes import (
    BreachKind,
    BreachRisk,
    ExtensionReason,
    NotNotifiedReason,
    RightGround,
    RightOutcome,
    SubjectRight,
)
from services.scheduler.privacy_rules import PRIVACY_RULES
from services.sharing.domain.privacy_breach import TO_NOTIFY, PrivacyBreach, find, found
from services.sharing.domain.subject_request import SubjectRequest, answer_by, receive, received

FOUND = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def a_finding(**changes: Any) -> PersonalDataBreachFound:
    fields: dict[str, Any] = {
        "breach_id": "breach",
        "kind": BreachKind.SENT_TO_WRONG,
        "found_at": FOUND,
        "found_on": TODAY,
        "notify_by_at": FOUND + TO_NOTIFY,
        "persons": 1,
        "categories": (Category.FAMILY,),
        "person_id": "officer",
        **changes,
    }
    return PersonalDataBreachFound(**fields)


def a_breach(risk: BreachRisk | None = None) -> PrivacyBreach:
    breach = found(a_finding(), case_id="case")
    return after(breach, breach.assess(risk, text_ref="why", today=TODAY)) if risk else breach


def after(breach: PrivacyBreach, events: list[Event]) -> PrivacyBreach:
    for event in events:
        breach = breach.after(event)
    return breach


def a_request(**changes: Any) -> SubjectRequest:
    fields: dict[str, Any] = {
        "request_id": "request",
        "right": SubjectRight.ACCESS,
        "asker": SignerRole.YOUTH,
        "received_on": TODAY,
        "answer_by": answer_by(TODAY),
        "person_id": "officer",
        **changes,
    }
    return received(DataSubjectRequestReceived(**fields), case_id="case")


def test_a_breach_is_found_today_or_before_and_concerns_somebody() -> None:
    assert find(a_finding(), now=FOUND)
    with pytest.raises(Refused, match="IN_FUTURE"):
        find(a_finding(), now=FOUND - HOUR)
    with pytest.raises(Refused, match="NOBODY_CONCERNED"):
        find(a_finding(persons=0), now=FOUND)


def test_72_hours_go_by_the_clock_and_after_them_it_is_said_why() -> None:
    breach, now = a_breach(), FOUND + TO_NOTIFY + HOUR
    in_time = after(breach, breach.notify(FOUND + TO_NOTIFY, late_ref=None, now=now))
    assert (in_time.late, in_time.notified_at) == (False, FOUND + TO_NOTIFY)
    with pytest.raises(Refused, match="SAY_WHY_LATE"):
        breach.notify(now, late_ref=None, now=now)
    assert after(breach, breach.notify(now, late_ref="why", now=now)).late
    with pytest.raises(Conflict, match="NOTIFIED_ALREADY"):
        in_time.notify(now, late_ref=None, now=now)


@pytest.mark.parametrize(
    ("at", "why"), [(FOUND - HOUR, "BEFORE_FOUND"), (FOUND + timedelta(days=9), "IN_FUTURE")]
)
def test_it_was_notified_after_it_was_found_and_not_tomorrow(at: datetime, why: str) -> None:
    with pytest.raises(Refused, match=why):
        a_breach().notify(at, late_ref="why", now=FOUND + TO_NOTIFY)


@pytest.mark.parametrize("risk", [BreachRisk.RISK, BreachRisk.HIGH])
def test_what_is_a_risk_is_notified(risk: BreachRisk) -> None:
    breach = a_breach(risk)
    for reason in (NotNotifiedReason.RISK_UNLIKELY, NotNotifiedReason.NO_BREACH):
        with pytest.raises(Refused, match="RISK_IS_NOTIFIED"):
            breach.leave(reason, text_ref="why", today=TODAY)
    assert breach.leave(NotNotifiedReason.NOTIFIED_BY_ANOTHER, text_ref="why", today=TODAY)


def test_it_is_left_only_after_it_was_judged_and_can_be_notified_after_all() -> None:
    with pytest.raises(Refused, match="ASSESS_FIRST"):
        a_breach().leave(NotNotifiedReason.RISK_UNLIKELY, text_ref="why", today=TODAY)
    judged = a_breach(BreachRisk.UNLIKELY)
    left = after(judged, judged.leave(NotNotifiedReason.RISK_UNLIKELY, text_ref="why", today=TODAY))
    assert left.not_notified is NotNotifiedReason.RISK_UNLIKELY
    again = after(left, left.notify(FOUND + HOUR, late_ref=None, now=FOUND + TO_NOTIFY))
    assert (again.not_notified, again.notified_at) == (None, FOUND + HOUR)


def test_those_concerned_are_told_after_it_was_found() -> None:
    breach = a_breach(BreachRisk.HIGH)
    told = after(breach, breach.tell(2, told_on=TODAY, today=TODAY))
    assert (told.told, told.told_on) == (2, TODAY)
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused):
            breach.tell(2, told_on=wrong, today=TODAY)
    with pytest.raises(Refused, match="NOBODY_CONCERNED"):
        breach.tell(0, told_on=TODAY, today=TODAY)


def test_somebody_who_saw_an_older_breach_is_told_so() -> None:
    breach = a_breach(BreachRisk.RISK)
    breach.check_version(2)
    with pytest.raises(Stale):
        breach.check_version(1)


@settings(max_examples=300)
@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2031, 1, 1)))  # noqa: DTZ001
def test_the_last_day_of_the_deadline_ends_within_the_72_hours(found_at: datetime) -> None:
    """But for the hour that an autumn night has twice; the hour itself stands on the page and in the event."""
    at = found_at.replace(tzinfo=UTC)
    (rule,) = [rule for rule in PRIVACY_RULES if rule.kind == "D-23"]
    (length,) = rule.lengths
    day = local_date(at) + timedelta(days=length.number + 1)
    ends_at = datetime(day.year, day.month, day.day, tzinfo=OSLO).astimezone(UTC)
    assert ends_at <= at + TO_NOTIFY + HOUR
    assert ends_at > at + timedelta(hours=46)


@pytest.mark.parametrize(
    ("came", "until"), [(date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 11, 20), date(2026, 12, 20))]
)
def test_a_month_ends_on_the_day_of_the_same_number_or_the_months_last(came: date, until: date) -> None:
    assert answer_by(came) == until


def test_two_months_more_are_taken_once_and_within_the_first() -> None:
    request = a_request()
    (extended,) = request.extend(ExtensionReason.COMPLEX, today=TODAY)
    longer = request.after(extended)
    assert longer.answer_by == date(2027, 2, 20)
    with pytest.raises(Conflict, match="EXTENDED_ALREADY"):
        longer.extend(ExtensionReason.COMPLEX, today=TODAY)
    with pytest.raises(Refused, match="TOO_LATE_TO_EXTEND"):
        request.extend(ExtensionReason.COMPLEX, today=request.answer_by + timedelta(days=1))


def test_what_is_not_granted_in_full_has_a_ground_and_a_text() -> None:
    request = a_request(right=SubjectRight.ERASURE)
    for ground, text in ((None, "text"), (RightGround.ARCHIVE_DUTY, None)):
        with pytest.raises(Refused, match="GROUND_MISSING"):
            request.answer(RightOutcome.REFUSED, ground=ground, text_ref=text, today=TODAY)
    with pytest.raises(Refused, match="GROUND_TOO_MUCH"):
        request.answer(RightOutcome.GRANTED, ground=RightGround.ARCHIVE_DUTY, text_ref=None, today=TODAY)
    (answered,) = request.answer(
        RightOutcome.PARTLY, ground=RightGround.ARCHIVE_DUTY, text_ref="text", today=TODAY
    )
    done = request.after(answered)
    assert (done.outcome, done.answered_on) == (RightOutcome.PARTLY, TODAY)
    with pytest.raises(Conflict, match="ANSWERED_ALREADY"):
        done.answer(RightOutcome.GRANTED, ground=None, text_ref=None, today=TODAY)


def test_a_request_does_not_come_tomorrow() -> None:
    tomorrow = TODAY + timedelta(days=1)
    asked = DataSubjectRequestReceived(
        request_id="request",
        right=SubjectRight.ACCESS,
        asker=SignerRole.GUARDIAN,
        received_on=tomorrow,
        answer_by=answer_by(tomorrow),
        person_id="officer",
    )
    with pytest.raises(Refused, match="IN_FUTURE"):
        receive(asked, today=TODAY)
