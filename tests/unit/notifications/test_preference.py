"""When somebody wants their mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Refused
from schemas.local_time import OSLO
from services.notifications.domain.preference import MailChoice, Preference

NIGHT = Preference(quiet_from=time(21), quiet_to=time(7))
DAILY = Preference(mail=MailChoice.DAILY)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def sent(preference: Preference, at: str, *, invitation: bool = False) -> str:
    moment = preference.not_before(local(at).astimezone(UTC), OSLO, invitation=invitation)
    return f"{moment.astimezone(OSLO):%Y-%m-%d %H:%M}"


def test_by_default_mail_comes_at_once() -> None:
    assert sent(Preference(), "2026-09-05 03:00") == "2026-09-05 03:00"


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-09-01 20:59", "2026-09-01 20:59"),
        ("2026-09-01 21:00", "2026-09-02 07:00"),
        ("2026-09-02 06:59", "2026-09-02 07:00"),
        ("2026-09-02 07:00", "2026-09-02 07:00"),
    ],
)
def test_in_quiet_hours_over_midnight_mail_waits_for_the_morning(at: str, then: str) -> None:
    assert sent(NIGHT, at) == then


def test_quiet_hours_in_the_middle_of_the_day_wait_for_their_end() -> None:
    nap = Preference(quiet_from=time(12), quiet_to=time(13))
    assert sent(nap, "2026-09-01 12:30") == "2026-09-01 13:00"
    assert sent(nap, "2026-09-01 11:30") == "2026-09-01 11:30"


def test_on_working_days_only_the_weekend_waits_for_monday() -> None:
    weekdays = Preference(work_days_only=True)
    assert sent(weekdays, "2026-09-05 10:00") == "2026-09-07 00:00"
    late_friday = Preference(work_days_only=True, quiet_from=time(21), quiet_to=time(7))
    assert sent(late_friday, "2026-09-04 22:00") == "2026-09-07 07:00"
    assert sent(late_friday, "2026-09-05 10:00") == "2026-09-07 07:00"


def test_one_mail_a_day_tells_of_everything_since_the_last() -> None:
    assert sent(DAILY, "2026-09-01 07:29") == "2026-09-01 07:30"
    assert sent(DAILY, "2026-09-01 07:30") == "2026-09-02 07:30"
    assert sent(DAILY, "2026-09-01 23:59") == "2026-09-02 07:30"
    friday = Preference(mail=MailChoice.DAILY, work_days_only=True)
    assert friday.digest_day(local("2026-09-04 12:00"), OSLO) == date(2026, 9, 7)


def test_an_invitation_does_not_wait_for_the_daily_mail_and_comes_though_no_mail_is_wanted() -> None:
    assert sent(DAILY, "2026-09-01 12:00", invitation=True) == "2026-09-01 12:00"
    nothing = Preference(mail=MailChoice.NONE)
    assert nothing.wants(invitation=True)
    assert not nothing.wants(invitation=False)


@pytest.mark.parametrize(
    "hours", [{"quiet_from": time(21)}, {"quiet_to": time(7)}, {"quiet_from": time(7), "quiet_to": time(7)}]
)
def test_quiet_hours_need_a_beginning_and_an_end(hours: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        Preference(**hours).checked()
    assert refusal.value.field == "quiet_to"
    assert NIGHT.checked() is NIGHT


@given(
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    start=st.none() | st.times(),
    end=st.times(),
    work_days=st.booleans(),
    choice=st.sampled_from(MailChoice),
)
def test_mail_is_never_early_and_waits_less_than_four_days(
    minutes: int, start: time | None, end: time, work_days: bool, choice: MailChoice
) -> None:
    hours: dict[str, Any] = {} if start is None or start == end else {"quiet_from": start, "quiet_to": end}
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    preference = Preference(mail=choice, work_days_only=work_days, **hours)
    then = preference.not_before(at, OSLO, invitation=False)
    assert at <= then < at + timedelta(days=4)
