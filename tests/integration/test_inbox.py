"""What one service does with the records of the log, on real PostgreSQL: the position, duplicates, holes, forks, and what is parked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import Engine

from backbone.inbox import Inbox, LogReplaced, Parking, StartsAhead
from backbone.log import LogRecord
from backbone.rows import Rows
from backbone.work import Fold, Service
from schemas.contract import ContractStarted
from schemas.event import Envelope, Event, Fact, encode, schema_address, seal
from tests.plumbing import (
    Installation,
    a_service,
    installed,
    note_seen,
    parked,
    publish,
    seen,
    something_happened,
)

NOTING: dict[type[Event], Fold] = {ContractStarted: note_seen}


@pytest.fixture
def installation(database_url: str, a_namespace: str) -> Iterator[Installation]:
    with installed(database_url, a_namespace) as made:
        yield made


@pytest.fixture
def engine(installation: Installation) -> Engine:
    return installation.database("reader")


def an_inbox(installation: Installation, engine: Engine, service: Service | None = None) -> Inbox:
    inbox = Inbox(engine, service or a_service("reader", folds=dict(NOTING)), installation.clock, topic="log")
    inbox.positions("topic-1", range(12), {})
    return inbox


def a_record(
    offset: int,
    *,
    case: str = "a",
    sequence: int = 1,
    source: str = "writer",
    event_id: str | None = None,
    value: bytes | None = None,
) -> LogRecord:
    envelope = Envelope(
        specversion="1.0",
        id=event_id or f"{source}-{case}-{sequence}",
        source=source,
        type="contract.started",
        time=datetime(2026, 9, 1, tzinfo=UTC),
        version=1,
        case_id=case,
        datacontenttype="application/json",
        dataschema=schema_address("contract.started", 1),
        sequence=sequence,
        actor="somebody",
        data=seal(something_happened()),
    )
    return LogRecord(0, offset, case.encode(), encode(envelope) if value is None else value)


def test_the_next_number_is_applied_and_the_position_moves_with_it(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    assert inbox.take([a_record(0), a_record(1, sequence=2), a_record(2, case="b")]) == 3
    assert seen(engine) == [("a", 1), ("a", 2), ("b", 1)]
    assert inbox.positions("topic-1", [0], {0: 3}) == {0: 3}


def test_a_run_that_was_taken_is_skipped_by_its_offsets(installation: Installation, engine: Engine) -> None:
    inbox = an_inbox(installation, engine)
    run = [a_record(0), a_record(1, sequence=2)]
    inbox.take(run)
    assert inbox.take(run) == 2
    assert seen(engine) == [("a", 1), ("a", 2)]


def test_an_event_sent_twice_has_its_effect_once(installation: Installation, engine: Engine) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0), a_record(1), a_record(2, sequence=2), a_record(3)])
    assert seen(engine) == [("a", 1), ("a", 2)]
    assert parked(engine) == []


def test_another_event_with_a_used_number_is_a_fork_and_holds_the_case(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0), a_record(1, event_id="another"), a_record(2, sequence=2), a_record(3, case="b")])
    assert seen(engine) == [("a", 1), ("b", 1)]
    assert parked(engine) == [("a", Parking.FORK), ("a", Parking.BEHIND)]


def test_a_number_ahead_waits_for_the_missing_one_while_other_cases_flow(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0), a_record(1, sequence=3), a_record(2, case="b"), a_record(3, source="third")])
    assert seen(engine) == [("a", 1), ("b", 1)]
    inbox.take([a_record(4, sequence=2)])
    assert seen(engine) == [("a", 1), ("b", 1), ("a", 2), ("a", 3), ("a", 1)]
    assert parked(engine) == []


def test_two_sources_with_holes_in_one_case_are_untangled(installation: Installation, engine: Engine) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0, sequence=2), a_record(1, source="third", sequence=2), a_record(2, sequence=3)])
    inbox.take([a_record(3, source="third", sequence=1), a_record(4, sequence=1)])
    assert parked(engine) == []
    assert sorted(seen(engine)) == [("a", 1), ("a", 1), ("a", 2), ("a", 2), ("a", 3)]


@pytest.mark.parametrize(
    "rubbish", [b"", b"{}", b"null", b"\xff\xfe", b"[" * 20_000, b'{"specversion":"1.0"}']
)
def test_a_record_that_cannot_be_read_is_parked_and_holds_only_its_key(
    installation: Installation, engine: Engine, rubbish: bytes
) -> None:
    inbox = an_inbox(installation, engine)
    assert inbox.take([a_record(0, value=rubbish), a_record(1), a_record(2, case="b")]) == 3
    assert seen(engine) == [("b", 1)]
    assert parked(engine) == [("a", Parking.UNREADABLE), ("a", Parking.BEHIND)]


def test_a_payload_that_does_not_fit_is_parked_only_where_the_type_means_something(
    installation: Installation, engine: Engine
) -> None:
    broken = a_record(0)._replace(value=(a_record(0).value or b"").replace(b'"started_on"', b'"started"'))
    an_inbox(installation, engine, a_service("reader")).take([broken])
    assert parked(engine) == []
    other = installation.database("other")
    an_inbox(installation, other).take([broken])
    assert parked(other) == [("a", Parking.UNREADABLE)]


def test_a_bug_parks_the_event_and_loses_nothing_around_it(
    installation: Installation, engine: Engine
) -> None:
    def faulty(rows: Rows, fact: Fact) -> None:
        if fact.envelope.case_id == "b":
            raise KeyError("a bug of ours")
        note_seen(rows, fact)

    inbox = an_inbox(installation, engine, a_service("reader", folds={ContractStarted: faulty}))
    inbox.take(
        [a_record(0), a_record(1, case="b"), a_record(2, case="b", sequence=2), a_record(3, sequence=2)]
    )
    assert seen(engine) == [("a", 1), ("a", 2)]
    assert parked(engine) == [("b", Parking.BUG), ("b", Parking.BEHIND)]

    mended = an_inbox(installation, engine)
    assert mended.retry(0, 1)
    assert seen(engine) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert parked(engine) == []


def test_discarding_a_parked_event_lets_the_rest_of_the_case_through(
    installation: Installation, engine: Engine
) -> None:
    def faulty(rows: Rows, fact: Fact) -> None:
        if fact.envelope.sequence == 1:
            raise KeyError("a bug of ours")
        note_seen(rows, fact)

    inbox = an_inbox(installation, engine, a_service("reader", folds={ContractStarted: faulty}))
    inbox.take([a_record(0), a_record(1, sequence=2)])
    with inbox._work() as work:
        inbox.discard(work, 0, 0)
    assert seen(engine) == [("a", 2)]
    assert parked(engine) == []


def test_a_run_that_starts_ahead_of_the_position_is_read_again(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    with pytest.raises(StartsAhead) as ahead:
        inbox.take([a_record(5)])
    assert ahead.value.next_offset == 0
    assert inbox.take([a_record(5)], accept_hole=True) == 6


def test_a_recreated_or_truncated_log_is_never_taken_for_nothing_new(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0)])
    with pytest.raises(LogReplaced):
        inbox.positions("topic-2", [0], {0: 1})
    with pytest.raises(LogReplaced):
        inbox.positions("topic-1", [0], {0: 0})


def test_an_own_event_that_the_outbox_does_not_have_is_noticed(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    (fact,) = publish(installation, engine, a_service("reader"), "a")
    inbox.take([LogRecord(0, 0, b"a", encode(fact.envelope))])
    assert inbox.ghosts == set()
    inbox.take([a_record(1, source="reader", sequence=2)])
    assert inbox.ghosts == {"reader-a-2"}


@pytest.mark.parametrize(
    "spoiled",
    [
        {"subject": "a\0b"},
        {"id": "\0"},
        {"type": "x" * 10_000},
        {"subject": "c" * 10_000},
        {"casesequence": 2**63},
        {"time": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_an_envelope_that_no_database_can_hold_is_parked_and_the_rest_flows(
    installation: Installation, engine: Engine, spoiled: dict[str, object]
) -> None:
    inbox = an_inbox(installation, engine)
    good = a_record(0, case="spoiled")
    message = {**msgspec.json.decode(good.value or b""), **spoiled}
    record = LogRecord(0, 0, str(message["subject"]).encode(), msgspec.json.encode(message))
    assert inbox.take([record, a_record(1)]) == 2
    assert [kind for _, kind in parked(engine)] == ["UNREADABLE"]
    assert seen(engine) == [("a", 1)]


def test_a_release_waits_for_the_run_that_still_sees_the_case_held(
    installation: Installation, engine: Engine
) -> None:
    inbox = an_inbox(installation, engine)
    inbox.take([a_record(0, value=b"rubbish")])
    with inbox._work() as running:  # a run in the middle: it holds its partition's position
        inbox._lock_position(running, 0)
        with ThreadPoolExecutor(1) as pool:
            releasing = pool.submit(inbox.retry, 0, 0)
            with pytest.raises(TimeoutError):
                releasing.result(timeout=0.5)
            running.session.rollback()
            assert releasing.result(timeout=10)
