"""Notices and mails on real PostgreSQL and a real SMTP server: each mail once, whatever the server does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from backbone.calls import NOT_REACHED
from backbone.clock import new_id
from backbone.identity import token
from backbone.refusal import Unavailable
from backbone.running import Process
from backbone.work import Actor
from schemas.case import CaseClosed
from schemas.codes import EndingReason, LeavingReason, ProtectionLevel, Role
from schemas.deadline import DeadlinePassed
from schemas.network_group import MemberLeft
from schemas.protection import AddressProtectionSet, ClearanceGiven, ClearanceWithdrawn
from services.notifications.api import routes
from services.notifications.app import SERVICE
from services.notifications.sending import Contact, Sender
from services.notifications.smtp import Server
from tests.integration.mail_catchers import (
    BusyAtFirst,
    Catcher,
    CutsAfterContent,
    CutsAtFarewell,
    Never,
    RefusesContentAtFirst,
    StallsAfterContent,
    caught_by,
)
from tests.integration.telling import Running, running
from tests.unit.notifications.test_case import GROUP, called
from tests.unit.scheduler.story import made

pytestmark = pytest.mark.integration
LEAD = Actor("lead", roles=frozenset({Role.COORDINATOR}))


@pytest.fixture
def notifications(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Running]:
    with running(SERVICE, database_url, a_namespace, tmp_path) as made:
        made.move_to(datetime(2026, 9, 1, 7, tzinfo=UTC))
        yield made


@pytest.fixture
def desk(notifications: Running) -> Iterator[Process]:
    process = Process(SERVICE, [routes], with_settings=notifications.settings)
    yield process
    process.desk.engine.dispose()


def people(ids: Sequence[str]) -> Mapping[str, Contact]:
    """The vault's answer, without the vault."""
    return {
        who: Contact(f"Navn {who.title()}", f"{who}@kommune.example", "nn" if who == "police" else "nb")
        for who in ids
    }


def a_meeting(notifications: Running, *invited: str) -> str:
    """A case with its group, and a meeting called; everything else that was to be mailed is left out."""
    case_id = new_id()
    notifications.log.tell(case_id, "network", *GROUP)
    notifications.rows_changed("DELETE FROM mail")
    notifications.log.tell(case_id, "network", called(*(invited or ("teacher", "police"))))
    return case_id


def sender(desk: Process, server: Server, **more: object) -> Sender:
    return Sender(desk.desk, people, server, **more)  # type: ignore[arg-type]


def states(notifications: Running) -> list[tuple[object, ...]]:
    return notifications.rows("SELECT person_id, state FROM mail ORDER BY person_id")


def hurry(notifications: Running) -> None:
    """Let every pause be over."""
    notifications.rows_changed("UPDATE mail SET next_try_at = now() - interval '1 second'")


def test_an_invited_member_gets_a_notice_and_one_neutral_mail_with_a_calendar_entry(
    notifications: Running, desk: Process
) -> None:
    case_id = a_meeting(notifications)
    with caught_by(catcher := Catcher()) as server:
        assert sender(desk, server).send_waiting() == 2
        assert sender(desk, server).send_waiting() == 0
    assert sorted(str(mail["To"]) for mail in catcher.accepted) == [
        "police@kommune.example",
        "teacher@kommune.example",
    ]
    mail = next(mail for mail in catcher.accepted if "teacher" in str(mail["To"]))
    assert mail["Subject"] == "Du har en melding"
    text = mail.get_body(("plain",))
    assert text is not None
    assert text.get_content().strip() == "Hei Navn Teacher. Du har en melding. Logg inn for å lese den."
    assert case_id not in mail.as_string()
    assert states(notifications) == [("police", "SENT"), ("teacher", "SENT")]


def test_the_calendar_entry_says_when_and_nothing_else(notifications: Running, desk: Process) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := Catcher()) as server:
        sender(desk, server).send_waiting()
    (attachment,) = catcher.accepted[0].iter_attachments()
    assert isinstance(attachment, EmailMessage)
    assert attachment.get_content_type() == "text/calendar"
    assert attachment.get_param("method") == "REQUEST"
    calendar = Calendar.from_ical(attachment.get_content())
    assert calendar["METHOD"] == "REQUEST"
    (entry,) = calendar.walk("VEVENT")
    assert (entry["SUMMARY"], entry["CLASS"], entry["SEQUENCE"]) == ("Møte", "PRIVATE", 0)
    assert entry["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert entry.decoded("DTSTART").isoformat() == "2026-09-10T13:00:00+02:00"
    assert {"DTSTAMP", "UID"} <= set(entry)
    assert {"ATTENDEE", "LOCATION", "DESCRIPTION", "URL", "COMMENT"}.isdisjoint(entry)
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_calling_the_meeting_again_keeps_the_uid_and_raises_the_sequence(
    notifications: Running, desk: Process
) -> None:
    case_id = a_meeting(notifications, "teacher")
    notifications.log.tell(case_id, "network", called("teacher"))
    with caught_by(catcher := Catcher()) as server:
        sender(desk, server).send_waiting()
    entries = [
        entry
        for mail in catcher.accepted
        for attachment in mail.iter_attachments()
        for entry in Calendar.from_ical(attachment.get_content()).walk("VEVENT")
    ]
    assert len({entry["UID"] for entry in entries}) == 1
    assert {int(str(entry["SEQUENCE"])) for entry in entries} == {0, 1}
    assert len(catcher.times_accepted()) == 2


def test_each_gets_the_mail_in_their_own_language(notifications: Running, desk: Process) -> None:
    a_meeting(notifications)
    with caught_by(catcher := Catcher()) as server:
        sender(desk, server).send_waiting()
    subjects = {str(mail["To"]): mail["Subject"] for mail in catcher.accepted}
    assert subjects["police@kommune.example"] == "Du har ei melding"


@pytest.mark.parametrize("catcher", [BusyAtFirst(), RefusesContentAtFirst()], ids=["receiver", "content"])
def test_a_refusal_known_for_certain_is_tried_again_and_the_mail_arrives_once(
    notifications: Running, desk: Process, catcher: Catcher
) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher) as server:
        postman = sender(desk, server)
        assert postman.send_waiting() == 0
        assert notifications.rows("SELECT state, doubts, attempts FROM mail") == [("WAITING", 0, 1)]
        assert postman.send_waiting() == 0, "not before its pause is over"
        hurry(notifications)
        assert postman.send_waiting() == 1
        hurry(notifications)
        assert postman.send_waiting() == 0
    assert set(catcher.times_accepted().values()) == {1}


def test_a_server_that_will_never_take_it_is_asked_three_times(notifications: Running, desk: Process) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := Never()) as server:
        for _ in range(5):
            sender(desk, server).send_waiting()
            hurry(notifications)
    assert catcher.calls == 3
    assert catcher.offered == []
    assert notifications.rows("SELECT state, answer FROM mail") == [("GAVE_UP", "550")]


def test_an_unknown_outcome_is_tried_once_more_with_the_same_message_id(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := CutsAfterContent(cuts=1)) as server:
        for _ in range(4):
            sender(desk, server).send_waiting()
            hurry(notifications)
    assert list(catcher.times_offered().values()) == [2]
    assert states(notifications) == [("teacher", "SENT")]


def test_two_unknown_outcomes_are_left_to_a_person(notifications: Running, desk: Process) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := CutsAfterContent(cuts=9)) as server:
        for _ in range(4):
            sender(desk, server).send_waiting()
            hurry(notifications)
    assert list(catcher.times_offered().values()) == [2]
    assert states(notifications) == [("teacher", "UNCERTAIN")]


def test_a_server_that_stalls_after_the_content_leaves_the_outcome_unknown(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := StallsAfterContent(), timeout=1.0) as server:
        assert sender(desk, server).send_waiting() == 0
        assert notifications.rows("SELECT state, doubts FROM mail") == [("WAITING", 1)]
        hurry(notifications)
        assert sender(desk, server).send_waiting() == 1
    assert list(catcher.times_offered().values()) == [2]


def test_a_line_that_breaks_at_the_farewell_does_not_send_the_mail_again(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications, "teacher")
    with caught_by(catcher := CutsAtFarewell()) as server:
        for _ in range(3):
            sender(desk, server).send_waiting()
            hurry(notifications)
    assert list(catcher.times_offered().values()) == [1]


def test_a_server_that_is_not_there_costs_nothing_but_time(notifications: Running, desk: Process) -> None:
    a_meeting(notifications)
    with caught_by(Catcher()) as server:
        gone = server
    assert sender(desk, gone).send_waiting() == 0
    assert notifications.rows("SELECT DISTINCT state, doubts FROM mail") == [("WAITING", 0)]
    hurry(notifications)
    with caught_by(catcher := Catcher()) as server:
        assert sender(desk, server).send_waiting() == 2
    assert set(catcher.times_accepted().values()) == {1}


def test_without_the_vault_nothing_is_sent_and_nothing_is_lost(notifications: Running, desk: Process) -> None:
    def nobody_answers(ids: Sequence[str]) -> Mapping[str, Contact]:
        raise Unavailable("NOT_REACHED", NOT_REACHED)

    a_meeting(notifications, "teacher")
    with caught_by(catcher := Catcher()) as server:
        assert Sender(desk.desk, nobody_answers, server).send_waiting() == 0
        hurry(notifications)
        assert sender(desk, server).send_waiting() == 1
    assert notifications.rows("SELECT attempts FROM mail") == [(1,)]
    assert len(catcher.accepted) == 1


def test_four_senders_at_once_send_each_mail_once(notifications: Running, desk: Process) -> None:
    for _ in range(15):
        a_meeting_kept(notifications)
    with caught_by(catcher := Catcher()) as server, ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda _: sender(desk, server).send_waiting(), range(4)))
    assert sum(sent) == 30
    assert set(catcher.times_accepted().values()) == {1}


def a_meeting_kept(notifications: Running) -> None:
    """As a_meeting, without taking away what others are to be mailed."""
    case_id = new_id()
    notifications.log.tell(case_id, "network", *GROUP)
    notifications.rows_changed("DELETE FROM mail WHERE invitation IS NULL")
    notifications.log.tell(case_id, "network", called("teacher", "police"))


def test_a_sender_that_was_paused_past_its_lease_leaves_the_mail_to_the_one_who_took_over(
    notifications: Running, desk: Process
) -> None:
    """The first has asked for contacts when its lease runs out and the second takes the mail."""
    a_meeting(notifications, "teacher")
    with caught_by(catcher := Catcher()) as server:
        second = sender(desk, server)

        def slowly(ids: Sequence[str]) -> Mapping[str, Contact]:
            hurry(notifications)
            assert second.send_waiting() == 1
            return people(ids)

        assert Sender(desk.desk, slowly, server).send_waiting() == 0
    assert list(catcher.times_offered().values()) == [1]
    assert states(notifications) == [("teacher", "SENT")]


def test_a_name_with_a_line_break_never_reaches_the_mail_layer(notifications: Running, desk: Process) -> None:
    def bad_name(ids: Sequence[str]) -> Mapping[str, Contact]:
        return {who: Contact("Kari\r\nBcc: all@kommune.example", "kari@kommune.example", "nb") for who in ids}

    a_meeting(notifications, "teacher")
    with caught_by(catcher := Catcher()) as server:
        Sender(desk.desk, bad_name, server).send_waiting()
    assert catcher.calls == 0
    assert notifications.rows("SELECT state, answer FROM mail") == [
        ("GAVE_UP", "the name has control characters in it")
    ]


def test_nothing_is_sent_while_demo_data_is_being_laid_and_what_is_old_then_expires(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications)
    notifications.move_to(datetime(2026, 9, 2, tzinfo=UTC), walking=True)
    with caught_by(catcher := Catcher()) as server:
        assert sender(desk, server, clock=notifications.clock).send_waiting() == 0
        assert {state for _, state in states(notifications)} == {"WAITING"}
        notifications.move_to(datetime(2026, 9, 4, tzinfo=UTC))
        assert sender(desk, server, clock=notifications.clock).send_waiting() == 0
    assert catcher.calls == 0
    assert {state for _, state in states(notifications)} == {"EXPIRED"}


def test_what_the_demonstration_lived_through_long_ago_counts_as_read(
    notifications: Running, desk: Process
) -> None:
    notifications.move_to(datetime(2026, 9, 2, tzinfo=UTC), walking=True)
    notifications.log.tell(new_id(), "network", *GROUP, called("teacher"))
    assert states(notifications) == []
    client, headers = TestClient(desk.app), as_(notifications, Actor("teacher"))
    assert client.get("/inbox/unread", headers=headers).json() == {"count": 0}
    assert len(client.get("/inbox", headers=headers).json()) == 2


def test_who_leaves_gets_no_mail_that_still_waited(notifications: Running, desk: Process) -> None:
    case_id = a_meeting(notifications)
    left = MemberLeft(person_id="teacher", reason=LeavingReason.OWN_WISH, left_on=date(2026, 9, 1))
    notifications.log.tell(case_id, "network", left)
    with caught_by(catcher := Catcher()) as server:
        assert sender(desk, server).send_waiting() == 1
    assert states(notifications) == [("police", "SENT"), ("teacher", "CANCELLED")]
    assert len(catcher.accepted) == 1


def test_who_is_not_cleared_for_a_protected_case_gets_no_mail_that_waited_and_finds_no_notice_of_it(
    notifications: Running, desk: Process
) -> None:
    case_id = a_meeting(notifications, "teacher", "police")
    teacher, police = (as_(notifications, Actor(who)) for who in ("teacher", "police"))
    client = TestClient(desk.app)
    (notice,) = [
        one for one in client.get("/inbox", headers=teacher).json() if one["kind"] == "MEETING_CALLED"
    ]
    cleared = ClearanceGiven(person_id="police", given_by="leader")
    notifications.log.tell(case_id, "sharing", cleared, AddressProtectionSet(level=ProtectionLevel.CODE_6))
    assert states(notifications) == [("police", "WAITING"), ("teacher", "CANCELLED")]
    assert client.get("/inbox", headers=teacher).json() == []
    assert client.get("/inbox/unread", headers=teacher).json() == {"count": 0}
    assert client.post(f"/inbox/{notice['notice_id']}/read", headers=teacher).status_code == 404
    assert client.get("/inbox", headers=police).json()
    notifications.log.tell(case_id, "sharing", ClearanceWithdrawn(person_id="police"))
    assert {state for _, state in states(notifications)} == {"CANCELLED"}
    assert client.get("/inbox", headers=police).json() == []


def test_after_a_death_what_waits_is_not_sent(notifications: Running, desk: Process) -> None:
    case_id = a_meeting(notifications)
    notifications.log.tell(
        case_id, "contracts", CaseClosed(reason=EndingReason.DEATH, closed_on=date(2026, 9, 1))
    )
    with caught_by(catcher := Catcher()) as server:
        assert sender(desk, server).send_waiting() == 0
    assert catcher.calls == 0


def choose(notifications: Running, desk: Process, person: str, **chosen: object) -> None:
    client, headers = TestClient(desk.app), as_(notifications, Actor(person))
    assert client.post("/inbox/preferences", headers=headers, json=chosen).status_code == 200


def a_passed_deadline(notifications: Running, owner_id: str) -> None:
    passed = made(DeadlinePassed, deadline_id=new_id(), kind="D-01", owner_id=owner_id)
    notifications.log.tell(new_id(), "scheduler", passed)


def test_who_wants_one_mail_a_day_gets_one_in_the_morning_and_none_when_everything_is_read(
    notifications: Running, desk: Process
) -> None:
    choose(notifications, desk, "lead", mail="DAILY")
    for _ in range(3):
        a_passed_deadline(notifications, "lead")
    with caught_by(catcher := Catcher()) as server:
        postman = sender(desk, server, clock=notifications.clock)
        assert postman.send_waiting() == 0
        notifications.move_to(datetime(2026, 9, 2, 5, 31, tzinfo=UTC))
        assert postman.send_waiting() == 1
        a_passed_deadline(notifications, "lead")
        notifications.rows_changed("INSERT INTO read_mark SELECT notice_id, now() FROM notice")
        notifications.move_to(datetime(2026, 9, 3, 5, 31, tzinfo=UTC))
        assert postman.send_waiting() == 0
    assert len(catcher.accepted) == 1
    assert states(notifications) == [("lead", "SENT"), ("lead", "CANCELLED")]


def test_in_quiet_hours_mail_waits_for_the_morning_and_does_not_expire_over_a_weekend(
    notifications: Running, desk: Process
) -> None:
    choose(notifications, desk, "lead", quiet_from="16:00", quiet_to="08:00", work_days_only=True)
    notifications.move_to(datetime(2026, 9, 4, 16, tzinfo=UTC))
    a_passed_deadline(notifications, "lead")
    with caught_by(Catcher()) as server:
        postman = sender(desk, server, clock=notifications.clock)
        notifications.move_to(datetime(2026, 9, 7, 5, 59, tzinfo=UTC))
        assert postman.send_waiting() == 0
        notifications.move_to(datetime(2026, 9, 7, 6, 1, tzinfo=UTC))
        assert postman.send_waiting() == 1


def test_who_wants_no_mail_gets_invitations_only(notifications: Running, desk: Process) -> None:
    choose(notifications, desk, "teacher", mail="NONE")
    a_passed_deadline(notifications, "teacher")
    assert states(notifications) == []
    a_meeting(notifications, "teacher")
    assert states(notifications) == [("teacher", "WAITING")]


def test_my_choice_is_kept_and_quiet_hours_without_an_end_are_refused(
    notifications: Running, desk: Process
) -> None:
    client, headers = TestClient(desk.app), as_(notifications, LEAD)
    assert client.get("/inbox/preferences", headers=headers).json()["mail"] == "AT_ONCE"
    choose(notifications, desk, "lead", mail="DAILY", quiet_from="21:00", quiet_to="07:00")
    kept = client.get("/inbox/preferences", headers=headers).json()
    assert (kept["mail"], kept["quiet_from"], kept["quiet_to"]) == ("DAILY", "21:00:00", "07:00:00")
    refused = client.post("/inbox/preferences", headers=headers, json={"quiet_from": "21:00"})
    assert (refused.status_code, refused.json()["field"]) == (422, "quiet_to")


def test_my_inbox_has_my_notices_newest_first_and_remembers_what_i_read(
    notifications: Running, desk: Process
) -> None:
    case_id = a_meeting(notifications, "lead")
    notifications.move_by(timedelta(minutes=5))
    passed = DeadlinePassed(deadline_id="d", kind="D-01", due_on=date(2026, 9, 15), owner_id="lead")
    notifications.log.tell(case_id, "scheduler", passed)
    client = TestClient(desk.app)
    notices = client.get("/inbox", headers=as_(notifications, LEAD)).json()
    assert [notice["kind"] for notice in notices] == ["DEADLINE_PASSED", "MEETING_CALLED"]
    assert notices[0]["deadline_kind"] == "D-01"
    assert (notices[1]["meeting_id"], notices[1]["case_id"], notices[1]["read"]) == ("m", case_id, False)
    assert client.get("/inbox/unread", headers=as_(notifications, LEAD)).json() == {"count": 2}
    for _ in range(2):
        path = f"/inbox/{notices[1]['notice_id']}/read"
        assert client.post(path, headers=as_(notifications, LEAD)).status_code == 200
    assert client.get("/inbox/unread", headers=as_(notifications, LEAD)).json() == {"count": 1}
    assert [notice["read"] for notice in client.get("/inbox", headers=as_(notifications, LEAD)).json()] == [
        False,
        True,
    ]


def test_nobody_sees_or_marks_anothers_notices(notifications: Running, desk: Process) -> None:
    a_meeting(notifications, "lead")
    (notice_id,) = notifications.rows("SELECT notice_id FROM notice WHERE person_id = 'lead'")[0]
    client, other = TestClient(desk.app), as_(notifications, Actor("teacher"))
    assert all(notice["notice_id"] != notice_id for notice in client.get("/inbox", headers=other).json())
    assert client.post(f"/inbox/{notice_id}/read", headers=other).status_code == 404
    assert client.get("/inbox").status_code == 401


def test_an_operator_sees_how_the_mails_stand_and_others_do_not(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications)
    client = TestClient(desk.app)
    operator = as_(notifications, Actor("operator", roles=frozenset({Role.OPERATOR})))
    assert client.get("/mail", headers=operator).json() == {"WAITING": 2}
    assert client.get("/mail", headers=as_(notifications, LEAD)).status_code == 403


def test_the_numbers_tell_of_mails_that_wait_and_of_those_that_need_a_person(
    notifications: Running, desk: Process
) -> None:
    a_meeting(notifications)
    notifications.rows_changed("UPDATE mail SET state = 'UNCERTAIN' WHERE person_id = 'police'")
    numbers = TestClient(desk.app).get("/metrics").text
    assert 'felles_mail_waiting{service="notifications"} 1' in numbers
    assert 'felles_mail_unsettled{service="notifications"} 1' in numbers


def test_reading_an_event_twice_tells_and_mails_once(notifications: Running, desk: Process) -> None:
    a_meeting(notifications)
    before = notifications.rows("SELECT * FROM notice ORDER BY 1"), states(notifications)
    notifications.log.inbox.take(notifications.log.records)
    assert (notifications.rows("SELECT * FROM notice ORDER BY 1"), states(notifications)) == before


def as_(notifications: Running, actor: Actor) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(notifications.settings, actor, notifications.clock.moment())}"}
