"""The scheduler on real PostgreSQL: each deadline is raised once, never early, by any number of schedulers, and after an outage."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from backbone.clock import Clock, new_id
from backbone.database import connect
from backbone.identity import token
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor, work_on
from schemas.codes import Function, ProtectionLevel, Role
from schemas.contract import ContractStartCorrected
from schemas.network_group import SecrecyDeclared
from schemas.protection import AddressProtectionSet, ClearanceGiven
from services.scheduler.api import routes
from services.scheduler.app import SERVICE
from services.scheduler.ticking import Ticker, raise_due
from tests.integration.telling import Running, running
from tests.unit.scheduler.story import held, joined, made, opened, registered, signed, started

pytestmark = pytest.mark.integration
START = date(2026, 9, 1)
MORNING = datetime(2026, 9, 1, 7, tzinfo=UTC)


@pytest.fixture
def scheduler(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Running]:
    with running(SERVICE, database_url, a_namespace, tmp_path) as made:
        start_of_the_story(made)
        yield made


def start_of_the_story(scheduler: Running) -> None:
    """The demo clock moves only forward, so begin behind today."""
    scheduler.move_to(MORNING)


def ticker(scheduler: Running) -> Ticker:
    return Ticker(scheduler.engine, SERVICE, scheduler.clock)


def signed_contracts(scheduler: Running, number: int) -> list[str]:
    cases = [new_id() for _ in range(number)]
    for case_id in cases:
        scheduler.log.tell(case_id, "contracts", opened(), registered(), signed(START))
    return cases


def raised(scheduler: Running) -> Counter[tuple[object, ...]]:
    """(deadline, type) → how often it was said on the outbox."""
    rows = scheduler.rows(
        "SELECT convert_from(body, 'UTF8')::jsonb->'data'->>'deadline_id', type,"
        " convert_from(body, 'UTF8')::jsonb->'data'->>'step', convert_from(body, 'UTF8')::jsonb->'data'->>'due_on'"
        " FROM outbox"
    )
    return Counter(rows)


def test_the_first_meeting_is_scheduled_reminded_passed_and_met_when_it_is_held(scheduler: Running) -> None:
    (case_id,) = signed_contracts(scheduler, 1)
    clockwork = ticker(scheduler)
    assert clockwork.tick() == 0
    for day in ("2026-09-11T06:00", "2026-09-15T06:00", "2026-09-15T22:00"):
        instant = datetime.fromisoformat(day).replace(tzinfo=UTC)
        scheduler.move_to(instant - timedelta(seconds=30))
        assert clockwork.tick() == 0, "never early"
        scheduler.move_to(instant + timedelta(seconds=1))
        assert clockwork.tick() == 1
        assert clockwork.tick() == 0
    scheduler.log.tell(case_id, "network", held(date(2026, 9, 17)))
    assert scheduler.published() == [
        *("deadline.scheduled", "deadline.met"),  # to be signed, and signed at once
        "deadline.scheduled",
        "deadline.reminded",
        "deadline.reminded",
        "deadline.passed",
        "deadline.met",
        *("deadline.scheduled", "deadline.scheduled"),  # the next meeting, and the minutes of this one
    ]
    assert scheduler.rows("SELECT kind, state, late FROM deadline ORDER BY kind") == [
        ("C-UNSIGNED", "MET", False),
        ("D-01", "MET", True),
        ("D-04", "OPEN", None),
        ("D-06", "OPEN", None),
    ]


def test_a_deadline_that_was_met_raises_nothing_more(scheduler: Running) -> None:
    (case_id,) = signed_contracts(scheduler, 1)
    scheduler.log.tell(case_id, "network", held(date(2026, 9, 2)))
    waiting = "SELECT DISTINCT d.kind FROM due JOIN deadline d USING (deadline_id) ORDER BY d.kind"
    assert scheduler.rows(waiting) == [("D-04",), ("D-06",)]
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    ticker(scheduler).tick()
    assert "D-01" not in {kind for (kind,) in scheduler.rows(PASSED_KINDS)}


PASSED_KINDS = "SELECT d.kind FROM raised r JOIN deadline d USING (deadline_id) WHERE r.what = 'PASSED'"


def test_after_an_outage_everything_is_caught_up_once_and_stale_reminders_are_left_out(
    scheduler: Running,
) -> None:
    signed_contracts(scheduler, 3)
    scheduler.move_to(datetime(2026, 9, 18, 12, tzinfo=UTC))
    assert ticker(scheduler).tick() == 3
    assert scheduler.published("deadline.reminded", "deadline.passed") == ["deadline.passed"] * 3
    scheduler.move_to(datetime(2026, 9, 22, 12, tzinfo=UTC))
    assert ticker(scheduler).tick() == 3
    assert scheduler.published("deadline.escalated") == ["deadline.escalated"] * 3


def test_a_contract_signed_early_starts_on_its_day(scheduler: Running) -> None:
    case_id = new_id()
    early = registered(starts_on=date(2026, 9, 10))
    scheduler.log.tell(case_id, "contracts", opened(), early, signed(START))
    scheduler.move_to(datetime(2026, 9, 9, 22, 0, 1, tzinfo=UTC))
    ticker(scheduler).tick()
    assert {kind for (kind,) in scheduler.rows(PASSED_KINDS)} == {"C-START"}
    scheduler.log.tell(case_id, "contracts", started(date(2026, 9, 10)))
    assert scheduler.rows("SELECT state FROM deadline WHERE kind = 'C-START'") == [("MET",)]


def test_reading_an_event_twice_schedules_once(scheduler: Running) -> None:
    signed_contracts(scheduler, 1)
    before = scheduler.published()
    scheduler.log.inbox.take(scheduler.log.records)
    assert scheduler.published() == before


def test_a_case_that_is_busy_is_left_for_the_next_tick_without_waiting(scheduler: Running) -> None:
    busy, free = signed_contracts(scheduler, 2)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    moment = scheduler.clock.moment()
    with work_on(scheduler.engine, SERVICE, moment=moment, actor=Actor("somebody")) as work:
        work.lock_case(busy)
        assert ticker(scheduler).tick() == 1
    assert scheduler.rows("SELECT case_id FROM raised WHERE what = 'PASSED'") == [(free,)]
    assert ticker(scheduler).tick() == 1


def test_a_meeting_that_is_being_read_while_the_deadline_passes_wins_or_comes_after(
    scheduler: Running,
) -> None:
    cases = signed_contracts(scheduler, 40)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    with ThreadPoolExecutor(2) as pool:
        ticking = pool.submit(ticker(scheduler).tick)
        for case_id in cases:
            scheduler.log.tell(case_id, "network", held(date(2026, 9, 2)))
        ticking.result()
    orders = scheduler.rows(
        "SELECT case_id, array_agg(type ORDER BY id) FILTER (WHERE type IN ('deadline.passed', 'deadline.met'))"
        " FROM outbox WHERE convert_from(body, 'UTF8')::json -> 'data' ->> 'kind' = 'D-01' GROUP BY case_id"
    )
    assert len(orders) == 40
    assert {tuple(kinds) for _, kinds in orders} <= {  # type: ignore[arg-type]
        ("deadline.met",),
        ("deadline.passed", "deadline.met"),
    }


def test_four_threads_and_two_processes_raise_each_thing_once(scheduler: Running) -> None:
    number = 60
    signed_contracts(scheduler, number)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=tick_until_done, args=(scheduler.settings, number)) for _ in range(2)]
    for process in processes:
        process.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: tick_until_done(scheduler.settings, number), range(4)))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    said = raised(scheduler)
    assert set(said.values()) == {1}
    assert len([key for key in said if key[1] == "deadline.passed"]) == number
    sequences = scheduler.rows(
        "SELECT case_id, array_agg(sequence ORDER BY sequence) FROM outbox GROUP BY case_id"
    )
    assert all(numbers == list(range(1, len(numbers) + 1)) for _, numbers in sequences)  # type: ignore[arg-type]


def test_without_the_locks_on_cases_the_same_race_would_raise_twice_or_fail(scheduler: Running) -> None:
    """The broken twin: what is due is read without claiming it, and two schedulers meet."""
    signed_contracts(scheduler, 1)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    read = "SELECT deadline_id, what FROM due WHERE instant <= now() ORDER BY instant"
    with scheduler.engine.connect() as first, scheduler.engine.connect() as second:
        both = [list(connection.exec_driver_sql(read)) for connection in (first, second)]
    assert both[0] == both[1] != []
    with scheduler.engine.connect() as first, first.begin(), scheduler.engine.connect() as second:
        claim = f"{read} FOR UPDATE SKIP LOCKED"
        assert list(first.exec_driver_sql(claim)) != []
        assert list(second.exec_driver_sql(claim)) == []


def test_what_is_not_queued_any_more_is_queued_again_at_the_start(scheduler: Running) -> None:
    signed_contracts(scheduler, 2)
    before = scheduler.rows("SELECT deadline_id, what, case_id, instant, until FROM due ORDER BY 1, 2")
    with scheduler.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM due")
    ticker(scheduler).requeue()
    ticker(scheduler).requeue()
    assert (
        scheduler.rows("SELECT deadline_id, what, case_id, instant, until FROM due ORDER BY 1, 2") == before
    )


def test_nothing_is_raised_while_the_log_is_not_known(scheduler: Running) -> None:
    signed_contracts(scheduler, 1)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    blind = Ticker(scheduler.engine, SERVICE, scheduler.clock, may_tick=lambda: False)
    assert blind.tick() == 0
    assert ticker(scheduler).tick() == 1


def test_a_clock_of_ours_that_runs_ahead_of_the_databases_raises_nothing(scheduler: Running) -> None:
    signed_contracts(scheduler, 1)
    moment = scheduler.clock.moment()
    wrong = moment._replace(
        decided_at=moment.decided_at + timedelta(days=30), real_at=moment.real_at + timedelta(days=30)
    )
    assert raise_due(scheduler.engine, SERVICE, wrong) is None


def test_members_see_the_deadlines_of_their_case_and_others_do_not(scheduler: Running) -> None:
    (case_id,) = signed_contracts(scheduler, 1)
    scheduler.move_to(datetime(2026, 9, 16, 12, tzinfo=UTC))
    ticker(scheduler).tick()
    lead = get(scheduler, case_id, Actor("lead", roles=frozenset({Role.COORDINATOR})))
    assert lead.status_code == 200
    (first,) = [deadline for deadline in lead.json() if deadline["state"] == "OPEN"]
    assert (first["kind"], first["name"], first["due_on"]) == ("D-01", "Første nettverksmøte", "2026-09-15")
    assert (first["state"], first["passed"]) == ("OPEN", True)
    assert set(first["raised"]) == {"SCHEDULED", "PASSED"}
    stranger = get(scheduler, case_id, Actor("stranger", roles=frozenset({Role.COORDINATOR})))
    assert stranger.status_code == 404
    assert get(scheduler, new_id(), Actor("lead", roles=frozenset({Role.COORDINATOR}))).status_code == 404
    member = Actor("teacher", roles=frozenset({Role.AGENCY_MEMBER}))
    scheduler.log.tell(case_id, "network", joined("teacher", Function.SUPPORT_OWNER))
    assert get(scheduler, case_id, member).status_code == 404, "not before secrecy is declared"
    scheduler.log.tell(case_id, "network", made(SecrecyDeclared, person_id="teacher"))
    assert get(scheduler, case_id, member).status_code == 200
    scheduler.log.tell(case_id, "sharing", made(AddressProtectionSet, level=ProtectionLevel.CODE_6))
    assert get(scheduler, case_id, member).status_code == 404, (
        "the case is not there for whoever is not cleared"
    )
    scheduler.log.tell(case_id, "sharing", made(ClearanceGiven, person_id="teacher"))
    assert get(scheduler, case_id, member).status_code == 200
    auditor = Actor("auditor", roles=frozenset({Role.AUDITOR}))
    assert get(scheduler, case_id, auditor).status_code == 404, "an auditor reads the log, for a purpose"


def get(scheduler: Running, case_id: str, actor: Actor):  # type: ignore[no-untyped-def]
    process = Process(SERVICE, [routes], with_settings=scheduler.settings)
    bearer = token(scheduler.settings, actor, scheduler.clock.moment())
    try:
        return TestClient(process.app).get(
            f"/cases/{case_id}/deadlines",
            headers={"Authorization": f"Bearer {bearer}", "Accept-Language": "nb"},
        )
    finally:
        process.desk.engine.dispose()


def tick_until_done(settings: Settings, number: int) -> None:
    """What each scheduler does in the race: tick until everybody together has raised everything."""
    engine = connect(settings.database("scheduler"), size=2)
    clockwork = Ticker(engine, SERVICE, Clock(settings.demo_clock_file))
    for _ in range(300):
        clockwork.tick()
        with engine.connect() as connection:
            done = connection.exec_driver_sql(
                "SELECT count(*) FROM raised WHERE what = 'PASSED'"
            ).scalar_one()
        if done >= number:
            break
    engine.dispose()


def test_a_moved_deadline_is_said_and_raises_its_steps_again_for_the_new_day(scheduler: Running) -> None:
    case_id = new_id()
    scheduler.log.tell(case_id, "contracts", opened(), registered(), signed(START), started(START))
    clockwork = ticker(scheduler)
    scheduler.move_to(datetime(2026, 12, 2, 12, tzinfo=UTC))
    clockwork.tick()
    midway = "SELECT turn FROM raised r JOIN deadline d USING (deadline_id) WHERE kind = 'D-08' AND what = 'PASSED'"
    assert scheduler.rows(midway) == [("2026-12-01",)]
    correction = made(
        ContractStartCorrected, contract_id="k", starts_on=date(2026, 10, 1), ends_on=date(2027, 4, 1)
    )
    scheduler.log.tell(case_id, "contracts", correction)
    assert scheduler.published("deadline.moved") == ["deadline.moved"] * 4
    assert clockwork.tick() == 0
    scheduler.move_to(datetime(2027, 1, 2, 12, tzinfo=UTC))
    clockwork.tick()
    assert scheduler.rows(f"{midway} ORDER BY turn") == [("2026-12-01",), ("2027-01-01",)]
    assert set(raised(scheduler).values()) == {1}
