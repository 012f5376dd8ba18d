"""Who is told what about meetings that move, minutes and tasks; and what a calendar is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from schemas.codes import Agency, Function, LeavingReason, SignerRole
from schemas.contract import ContractRegistered, Signer
from schemas.event import Event
from schemas.guardian import GuardianRestricted, GuardianRestrictionLifted
from schemas.meeting import MeetingCancelled, MeetingMoved
from schemas.minutes import MinutesCommented, MinutesCorrected, MinutesIssued
from schemas.network_group import MemberLeft
from schemas.task import TaskAssigned, TaskCancelled, TaskReassigned
from services.notifications.domain.case import Notice, NoticeKind
from services.notifications.domain.words import letter
from services.notifications.mail import calendar_entry, compose, method_of
from tests.unit.notifications.test_case import DAY, GROUP, called, joined, people, told
from tests.unit.scheduler.story import made

LATER = (datetime(2026, 9, 12, 11, tzinfo=UTC), datetime(2026, 9, 12, 12, tzinfo=UTC))


def moved() -> MeetingMoved:
    return made(MeetingMoved, meeting_id="m", starts_at=LATER[0], ends_at=LATER[1])


def cancelled() -> MeetingCancelled:
    return made(MeetingCancelled, meeting_id="m")


def assigned(owner_id: str) -> TaskAssigned:
    return made(TaskAssigned, task_id="t", owner_id=owner_id, due_on=DAY)


def kinds(notices: tuple[Notice, ...]) -> list[tuple[str, NoticeKind]]:
    return [(notice.person_id, notice.kind) for notice in notices]


def test_a_moved_meeting_is_told_to_those_invited_with_the_new_time_and_the_next_number() -> None:
    notice, tell = told(*GROUP, called("teacher", "youth"), moved())
    assert kinds((notice, tell)) == [
        ("teacher", NoticeKind.MEETING_MOVED),
        ("lead", NoticeKind.TELL_IN_PERSON),
    ]
    assert notice.invitation is not None
    assert (notice.invitation.starts_at, notice.invitation.sequence) == (LATER[0], 1)
    assert (tell.about["what"], tell.about["people"]) == ("MEETING_MOVED", ["youth"])


def test_a_cancelled_meeting_takes_the_entry_out_of_the_calendar_where_it_last_stood() -> None:
    (notice,) = told(*GROUP, called("teacher"), moved(), cancelled())
    assert notice.kind is NoticeKind.MEETING_CANCELLED
    assert notice.invitation is not None
    assert (notice.invitation.sequence, notice.invitation.cancelled) == (2, True)
    assert notice.invitation.starts_at == LATER[0]


@pytest.mark.parametrize(
    ("events", "method", "status"),
    [
        ((called("teacher"), moved()), "REQUEST", "CONFIRMED"),
        ((called("teacher"), cancelled()), "CANCEL", "CANCELLED"),
    ],
)
def test_the_mail_asks_the_calendar_for_the_same(events: tuple[Event, ...], method: str, status: str) -> None:
    (notice,) = told(*GROUP, *events)
    assert notice.invitation is not None
    stamped = datetime(2026, 9, 1, tzinfo=UTC)
    entry = calendar_entry(notice.invitation, person_id="p", sender="a@b.no", stamped=stamped)
    calendar = Calendar.from_ical(entry)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == (method, status, 1)
    mail = compose(
        letter(name="Kari", language="nb"),
        notice_id="n",
        sender="a@b.no",
        receiver="c@d.no",
        dated=stamped,
        calendar=entry,
        method=method_of(notice.invitation),
    )
    assert f'method="{method}"'.encode() in mail
    assert event["SUMMARY"] == "Møte"


def test_the_calendar_knows_the_meeting_by_the_same_name_when_it_is_moved_and_cancelled() -> None:
    entries = []
    for events in ((called("teacher"),), (called("teacher"), moved()), (called("teacher"), cancelled())):
        (notice,) = told(*GROUP, *events)
        assert notice.invitation is not None
        entry = calendar_entry(notice.invitation, person_id="p", sender="a@b.no", stamped=LATER[0])
        entries += Calendar.from_ical(entry).walk("VEVENT")
    assert len({event["UID"] for event in entries}) == 1


def test_a_meeting_that_nobody_has_heard_of_tells_nothing() -> None:
    assert told(*GROUP, cancelled()) == ()


def test_who_has_left_hears_nothing_of_a_meeting_that_is_moved() -> None:
    left = made(MemberLeft, person_id="teacher", reason=LeavingReason.TASK_DONE, left_on=DAY)
    assert told(*GROUP, called("teacher"), left, moved()) == ()


def test_a_task_is_told_to_its_owner() -> None:
    assert kinds(told(*GROUP, assigned("teacher"))) == [("teacher", NoticeKind.TASK_ASSIGNED)]


@pytest.mark.parametrize("owner", ["youth", "mother", "aunt"])
def test_a_task_of_somebody_without_a_log_in_is_for_the_lead_to_tell(owner: str) -> None:
    (tell,) = told(*GROUP, assigned(owner))
    assert (tell.person_id, tell.kind) == ("lead", NoticeKind.TELL_IN_PERSON)
    assert (tell.about["what"], tell.about["people"]) == ("TASK_ASSIGNED", [owner])


def test_both_hear_of_a_task_that_changes_hands_and_only_one_of_a_new_day() -> None:
    over = made(TaskReassigned, task_id="t", from_id="teacher", to_id="police", due_on=date(2026, 9, 9))
    assert kinds(told(*GROUP, assigned("teacher"), over)) == [
        ("police", NoticeKind.TASK_ASSIGNED),
        ("teacher", NoticeKind.TASK_TAKEN_OVER),
    ]
    day = made(TaskReassigned, task_id="t", from_id="teacher", to_id="teacher", due_on=date(2026, 9, 9))
    assert people(told(*GROUP, assigned("teacher"), day)) == ["teacher"]


def test_whoever_has_a_task_now_hears_that_it_is_not_wanted_any_more() -> None:
    over = made(TaskReassigned, task_id="t", from_id="teacher", to_id="police", due_on=DAY)
    gone = made(TaskCancelled, task_id="t")
    assert kinds(told(*GROUP, assigned("teacher"), over, gone)) == [("police", NoticeKind.TASK_CANCELLED)]
    assert told(*GROUP, gone) == ()


def test_minutes_reach_their_receivers_and_the_lead_hears_who_is_to_be_told() -> None:
    issued = made(MinutesIssued, meeting_id="m", receivers=("teacher", "youth"))
    assert kinds(told(*GROUP, issued)) == [
        ("teacher", NoticeKind.MINUTES_ISSUED),
        ("lead", NoticeKind.TELL_IN_PERSON),
    ]


def test_corrected_minutes_reach_one_who_has_left_too_by_the_lead() -> None:
    left = made(MemberLeft, person_id="police", reason=LeavingReason.TASK_DONE, left_on=DAY)
    corrected = made(MinutesCorrected, meeting_id="m", receivers=("teacher", "police"))
    notice, tell = told(*GROUP, left, corrected)
    assert (notice.person_id, notice.kind) == ("teacher", NoticeKind.MINUTES_CORRECTED)
    assert tell.about["people"] == ["police"]


def test_the_lead_hears_of_a_comment_and_not_of_their_own() -> None:
    comment = made(MinutesCommented, meeting_id="m", person_id="teacher")
    assert kinds(told(*GROUP, comment)) == [("lead", NoticeKind.MINUTES_COMMENTED)]
    assert told(*GROUP, made(MinutesCommented, meeting_id="m", person_id="lead")) == ()


def test_nobody_is_asked_to_tell_a_guardian_who_is_kept_out() -> None:
    named = made(ContractRegistered, signers=(Signer(person_id="father", role=SignerRole.GUARDIAN),))
    father = joined("father", Function.GUARDIAN, Agency.PRIVATE_NETWORK)
    kept_out = made(GuardianRestricted, person_id="father")
    before = told(*GROUP, named, father, called("teacher", "father"))
    assert before[-1].about["people"] == ["father"]
    story = (*GROUP, named, father, called("teacher", "father"), kept_out)
    for event in (moved(), cancelled()):
        assert [notice.person_id for notice in told(*story, event)] == ["teacher"]
    assert told(*story, assigned("father")) == ()
    assert told(*story, made(MinutesIssued, meeting_id="m", receivers=("father",))) == ()
    lifted = made(GuardianRestrictionLifted, person_id="father")
    assert told(*story, lifted, assigned("father"))[0].about["people"] == ["father"]
