"""A deadline that stays passed reaches the leader of the unit, on real PostgreSQL: once, when the directory answers, and through replay."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from backbone.calls import NOT_REACHED
from backbone.clock import new_id
from backbone.identity import token
from backbone.refusal import Unavailable
from backbone.running import Process
from backbone.work import Actor
from schemas.case import CaseClosed
from schemas.codes import EndingReason, EscalationLevel, Role
from schemas.deadline import DeadlineEscalated
from schemas.screening import Listed
from services.notifications.addressing import Addresser
from services.notifications.api import routes
from services.notifications.app import SERVICE
from tests.integration.telling import Running, running
from tests.unit.notifications.test_case import GROUP
from tests.unit.scheduler.story import made

pytestmark = pytest.mark.integration
CASE_AGENCY = GROUP[0].owner_agency
LEADER = Actor("the-leader", agency=CASE_AGENCY, roles=frozenset({Role.UNIT_LEADER}))
DIRECTORY = [
    Listed(LEADER.person_id, CASE_AGENCY, [Role.UNIT_LEADER], [GROUP[0].municipality_no]),
    Listed("elsewhere", CASE_AGENCY, [Role.UNIT_LEADER], ["5501"]),
]


@pytest.fixture
def notifications(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Running]:
    with running(SERVICE, database_url, a_namespace, tmp_path) as made_running:
        made_running.move_to(datetime(2026, 9, 1, 7, tzinfo=UTC))
        yield made_running


@pytest.fixture
def desk(notifications: Running) -> Iterator[Process]:
    process = Process(SERVICE, [routes], with_settings=notifications.settings)
    yield process
    process.desk.engine.dispose()


def escalates(notifications: Running, level: EscalationLevel = EscalationLevel.UNIT_LEADER) -> str:
    """A case with its group, and a deadline in it that goes one up."""
    case_id = new_id()
    notifications.log.tell(case_id, "network", *GROUP)
    notifications.rows_changed("DELETE FROM mail")
    escalated = made(DeadlineEscalated, deadline_id="d-1", kind="D-14", due_on=date(2026, 8, 20), level=level)
    notifications.log.tell(case_id, "scheduler", escalated)
    return case_id


def inbox(desk: Process, who: Actor) -> list[dict[str, object]]:
    client = TestClient(desk.app)
    bearer = token(desk.settings, who, desk.desk.clock.moment())
    found: list[dict[str, object]] = client.get(
        "/inbox", headers={"Authorization": f"Bearer {bearer}"}
    ).json()
    return found


def addresser(desk: Process, directory: list[Listed]) -> Addresser:
    return Addresser(desk.desk, lambda: directory)


def test_the_leader_of_the_unit_gets_a_notice_and_a_mail_once(notifications: Running, desk: Process) -> None:
    case_id = escalates(notifications)
    assert inbox(desk, LEADER) == [], "no event says who leads the unit"
    assert addresser(desk, DIRECTORY).address_waiting() == 1
    assert addresser(desk, DIRECTORY).address_waiting() == 0
    (notice,) = inbox(desk, LEADER)
    assert (notice["kind"], notice["case_id"], notice["deadline_kind"], notice["read"]) == (
        "DEADLINE_ESCALATED",
        case_id,
        "D-14",
        False,
    )
    assert notifications.rows("SELECT person_id FROM mail") == [(LEADER.person_id,)]
    assert notifications.published() == ["escalation.addressed"]


def test_the_leader_can_mark_the_notice_as_read(notifications: Running, desk: Process) -> None:
    escalates(notifications)
    addresser(desk, DIRECTORY).address_waiting()
    (notice,) = inbox(desk, LEADER)
    client = TestClient(desk.app)
    bearer = token(desk.settings, LEADER, desk.desk.clock.moment())
    headers = {"Authorization": f"Bearer {bearer}"}
    assert client.get("/inbox/unread", headers=headers).json() == {"count": 1}
    assert client.post(f"/inbox/{notice['notice_id']}/read", headers=headers).status_code == 200
    assert client.get("/inbox/unread", headers=headers).json() == {"count": 0}


def test_an_escalation_to_the_lead_asks_no_directory(notifications: Running, desk: Process) -> None:
    escalates(notifications, EscalationLevel.LEAD)
    assert addresser(desk, DIRECTORY).address_waiting() == 0
    assert inbox(desk, LEADER) == []


def test_while_the_directory_does_not_answer_nothing_is_lost(notifications: Running, desk: Process) -> None:
    def away() -> list[Listed]:
        raise Unavailable("NOT_REACHED", NOT_REACHED)

    escalates(notifications)
    with pytest.raises(Unavailable):
        Addresser(desk.desk, away).address_waiting()
    assert addresser(desk, DIRECTORY).address_waiting() == 1


def test_where_nobody_leads_the_unit_the_directory_is_asked_again_later(
    notifications: Running, desk: Process
) -> None:
    escalates(notifications)
    assert addresser(desk, DIRECTORY[1:]).address_waiting() == 0
    assert addresser(desk, DIRECTORY).address_waiting() == 0, "not at once"
    notifications.rows_changed("UPDATE escalation SET next_try_at = now() - interval '1 hour'")
    assert addresser(desk, DIRECTORY).address_waiting() == 1


def test_four_at_once_address_it_once(notifications: Running, desk: Process) -> None:
    escalates(notifications)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: addresser(desk, DIRECTORY).address_waiting(), range(4)))
    assert sum(done) == 1
    assert notifications.published() == ["escalation.addressed"]


def test_after_a_death_the_leader_is_not_told_either(notifications: Running, desk: Process) -> None:
    case_id = new_id()
    notifications.log.tell(case_id, "network", *GROUP)
    death = CaseClosed(reason=EndingReason.DEATH, closed_on=date(2026, 9, 1))
    notifications.log.tell(case_id, "contracts", death)
    notifications.move_by(timedelta(days=1))
    escalated = made(DeadlineEscalated, level=EscalationLevel.UNIT_LEADER)
    notifications.log.tell(case_id, "scheduler", escalated)
    assert addresser(desk, DIRECTORY).address_waiting() == 0
