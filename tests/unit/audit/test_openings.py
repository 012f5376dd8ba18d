"""What an auditor asks about openings: refused, without consent, unusual, after a consent was taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from backbone.working_days import is_holiday
from services.audit.domain.openings import (
    Asked,
    Withdrawal,
    after_withdrawal,
    denied,
    lines,
    package,
    unusual,
    without_consent,
)

NO_HOLIDAY = frozenset[date]().__contains__
WEDNESDAY = datetime(2026, 9, 2, 10, 0, tzinfo=UTC)


def an_asked(**fields: Any) -> Asked:
    usual = {
        "at": WEDNESDAY,
        "case_id": "a",
        "person_id": "p",
        "agency": "PPT",
        "purpose": "FOLLOW_UP",
        "category": "FAMILY",
        "from_agency": "BARNEVERN",
        "outcome": "PERMIT",
        "basis": "CONSENT",
        "consent_id": "c",
        "reason": None,
        "ref": "r",
        "partition": 0,
        "offset": 0,
    }
    return Asked(**{**usual, **fields})


def an_opening(*decisions: dict[str, Any], **more: Any) -> bytes:
    return msgspec.json.encode({"person_id": "p", "purpose": "FOLLOW_UP", "decisions": decisions, **more})


def read_lines(payload: bytes) -> list[Asked]:
    return list(lines(payload, at=WEDNESDAY, case_id="a", partition=1, offset=2))


def test_an_opening_is_a_line_for_each_thing_asked_for() -> None:
    shown, refused = read_lines(
        an_opening(
            {"ref": "r", "outcome": "PERMIT", "category": "FAMILY", "basis": "CONSENT"},
            {"ref": "s", "outcome": "DENY", "category": None, "reason": "NO_BASIS"},
            to_agency="PPT",
        )
    )
    assert (shown.ref, shown.basis, shown.agency, shown.partition, shown.offset) == (
        "r",
        "CONSENT",
        "PPT",
        1,
        2,
    )
    assert (refused.ref, refused.outcome, refused.reason) == ("s", "DENY", "NO_BASIS")


def test_an_opening_that_was_refused_whole_is_one_line() -> None:
    (line,) = read_lines(an_opening(reason="NOT_MEMBER"))
    assert (line.outcome, line.reason) == ("DENY", "NOT_MEMBER")
    assert read_lines(an_opening()) == []


def test_refused_and_without_consent() -> None:
    every = [an_asked(), an_asked(basis="CASE_LEAD"), an_asked(outcome="DENY", basis=None)]
    assert list(denied(every)) == every[2:]
    assert list(without_consent(every)) == every[1:2]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (WEDNESDAY, None),
        (datetime(2026, 9, 2, 3, 59, tzinfo=UTC), "AT_NIGHT"),
        (datetime(2026, 9, 2, 4, 0, tzinfo=UTC), None),
        (datetime(2026, 9, 2, 20, 0, tzinfo=UTC), "AT_NIGHT"),
        (datetime(2026, 9, 5, 12, 0, tzinfo=UTC), "AT_A_WEEKEND"),
        (datetime(2026, 9, 4, 22, 30, tzinfo=UTC), "AT_NIGHT AT_A_WEEKEND"),
        (datetime(2026, 9, 17, 12, 0, tzinfo=UTC), "NOTHING_NEAR"),
        (datetime(2026, 9, 16, 12, 0, tzinfo=UTC), None),
        (datetime(2026, 8, 18, 12, 0, tzinfo=UTC), "NOTHING_NEAR"),
        (datetime(2026, 8, 19, 12, 0, tzinfo=UTC), None),
    ],
)
def test_hours_are_norwegian_ones_and_a_meeting_is_near_within_a_fortnight(
    at: datetime, why: str | None
) -> None:
    meetings = {"a": [date(2026, 1, 7), date(2026, 9, 2)]}
    assert [
        one.why for one in unusual([an_asked(at=at)], meetings=meetings, tasks={}, is_holiday=NO_HOLIDAY)
    ] == ([why] if why else [])


def test_a_task_of_the_persons_own_in_the_case_explains_an_opening_too() -> None:
    near = {("a", "p"): [date(2026, 9, 10)]}
    assert list(unusual([an_asked()], meetings={}, tasks=near, is_holiday=NO_HOLIDAY)) == []
    for other in (
        {("a", "q"): near["a", "p"]},
        {("b", "p"): near["a", "p"]},
        {("a", "p"): [date(2026, 9, 17)]},
    ):
        assert [
            one.why for one in unusual([an_asked()], meetings={}, tasks=other, is_holiday=NO_HOLIDAY)
        ] == ["NOTHING_NEAR"]


def test_what_was_refused_is_never_unusual_and_a_case_without_meetings_always_is() -> None:
    assert list(unusual([an_asked(outcome="DENY")], meetings={}, tasks={}, is_holiday=NO_HOLIDAY)) == []
    assert [one.why for one in unusual([an_asked()], meetings={}, tasks={}, is_holiday=NO_HOLIDAY)] == [
        "NOTHING_NEAR"
    ]


def test_after_a_withdrawal_are_later_questions_about_the_same_kind_of_content_in_that_case() -> None:
    taken_back = {"a": [Withdrawal(at=WEDNESDAY, consent_id="c", categories=frozenset({"FAMILY"}))]}
    later = WEDNESDAY + timedelta(days=1)
    found = after_withdrawal(
        [
            an_asked(at=later, ref="shown"),
            an_asked(at=later, ref="refused", outcome="DENY"),
            an_asked(at=WEDNESDAY, ref="before"),
            an_asked(at=later, ref="other content", category="LEISURE"),
            an_asked(at=later, ref="other case", case_id="b"),
        ],
        withdrawals=taken_back,
    )
    assert [(one.ref, one.why) for one in found] == [("shown", "c"), ("refused", "c")]


def test_after_a_consent_was_taken_back_for_some_only_what_they_asked_for_is_told() -> None:
    police = frozenset({"POLITI_FOREBYGGENDE"})
    about = Withdrawal(at=WEDNESDAY, consent_id="c", categories=frozenset({"FAMILY"}), only_to=police)
    later = WEDNESDAY + timedelta(days=1)
    asked = [
        an_asked(at=later, ref="police", agency="POLITI_FOREBYGGENDE"),
        an_asked(at=later, ref="nav", agency="NAV"),
    ]
    assert [one.ref for one in after_withdrawal(asked, withdrawals={"a": [about]})] == ["police"]


def test_what_was_shown_on_a_public_holiday_is_unusual_though_it_is_a_weekday() -> None:
    seventeenth_of_may = datetime(2027, 5, 17, 10, 0, tzinfo=UTC)
    near = {"a": [date(2027, 5, 18)]}
    (one,) = unusual([an_asked(at=seventeenth_of_may)], meetings=near, tasks={}, is_holiday=is_holiday)
    assert one.why == "ON_A_HOLIDAY"
    day_after = [an_asked(at=datetime(2027, 5, 18, 10, 0, tzinfo=UTC))]
    assert list(unusual(day_after, meetings=near, tasks={}, is_holiday=is_holiday)) == []


def test_a_package_for_the_archive_needs_no_meeting_near_and_is_unusual_at_night_only() -> None:
    made = package(
        msgspec.json.encode({"package_id": "k", "basis": "ARCHIVE_DUTY", "documents": 3}),
        at=WEDNESDAY,
        case_id="a",
        person_id="records-owner",
        agency="KOMMUNE_SLT",
        about_id="youth",
        partition=1,
        offset=2,
    )
    assert (made.pieces, made.basis, made.outcome, made.ref) == (3, "ARCHIVE_DUTY", "PERMIT", "k")
    assert list(without_consent([made])) == [made]
    at_night = msgspec.structs.replace(made, at=WEDNESDAY.replace(hour=23))
    found = unusual([made, at_night], meetings={}, tasks={}, is_holiday=NO_HOLIDAY)
    assert [(one.at, one.why) for one in found] == [(at_night.at, "AT_NIGHT")]
