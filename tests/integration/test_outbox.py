"""The relay on real PostgreSQL and real Kafka: nothing lost, a case in order, whatever commits late or is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from backbone.database import plain_url
from backbone.log import RelayProducer, Sent, read
from backbone.outbox import Pending, Relay, prefix, resend_missing
from backbone.settings import Settings
from backbone.work import work_on
from schemas.event import read_envelope
from tests.integration.test_stream import relaying, wait_for
from tests.plumbing import SOMEBODY, Installation, a_service, installed, publish, something_happened

WRITER = a_service("writer")


@pytest.fixture
def installation(database_url: str, kafka_bootstrap: str, a_namespace: str) -> Iterator[Installation]:
    with installed(database_url, a_namespace, kafka_bootstrap) as made:
        yield made


def on_the_log(installation: Installation) -> dict[str, list[int]]:
    """The sequence numbers of each case in log order."""
    found: dict[str, list[int]] = {}
    for batch in read(installation.settings):
        for record in batch:
            envelope = read_envelope(record.value)
            found.setdefault(envelope.case_id, []).append(envelope.sequence)
    return found


def waiting(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(
            connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL").scalar_one()
        )


IN_ORDER = {f"case-{n}": list(range(1, 65)) for n in range(5)}


def test_eight_writers_whose_transactions_commit_late_lose_nothing_and_keep_order(
    installation: Installation,
) -> None:
    assert what_eight_writers_put_on_the_log(installation) == IN_ORDER


def test_a_transaction_that_commits_between_two_looks_is_not_overtaken(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert what_a_late_commit_puts_on_the_log(installation, monkeypatch)["late"] == [1, 2]


def test_a_relay_that_pages_after_the_last_id_lets_it_be_overtaken(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paging(connection: Any, *, flying: Sequence[int], limit: int) -> list[Pending]:
        rows = connection.execute(
            "SELECT id, case_id, body FROM outbox WHERE sent_at IS NULL AND id > %s ORDER BY id LIMIT %s",
            (max(flying, default=0), limit),
        )
        return [Pending(*row) for row in rows]

    monkeypatch.setattr("backbone.outbox.unsent", paging)
    assert what_a_late_commit_puts_on_the_log(installation, monkeypatch)["late"] == [2, 1]


def what_a_late_commit_puts_on_the_log(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[int]]:
    """Case `late` takes its outbox id first and commits only while another row is in flight; then it gets a second event."""
    engine = installation.database("writer")
    monkeypatch.setattr("backbone.outbox.CHUNK", 1)
    with ExitStack() as late:
        work = late.enter_context(work_on(engine, WRITER, moment=installation.clock.moment(), actor=SOMEBODY))
        work.publish("late", something_happened())
        work.flush()
        publish(installation, engine, WRITER, "early")

        class Interrupting(RelayProducer):
            def send(self, *, key: str, value: bytes) -> Any:
                future = super().send(key=key, value=value)
                if key == "early":
                    late.close()
                    publish(installation, engine, WRITER, "late")
                return future

        relay = Relay(installation.settings, "writer", producer=Interrupting)
        relay.start()
        wait_for(lambda: waiting(engine) == 0)
        relay.stop()
        relay.join(10)
    return on_the_log(installation)


def what_eight_writers_put_on_the_log(installation: Installation) -> dict[str, list[int]]:
    engine = installation.database("writer")

    def write(number: int) -> None:
        for turn in range(40):
            with work_on(engine, WRITER, moment=installation.clock.moment(), actor=SOMEBODY) as work:
                work.publish(f"case-{(number + turn) % 5}", something_happened())
                work.flush()
                if turn % 3 == 0:
                    work.session.connection().exec_driver_sql("SELECT pg_sleep(0.01)")

    with relaying(installation, "writer"), ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
        wait_for(lambda: waiting(engine) == 0)
    return on_the_log(installation)


def test_two_relays_take_turns(installation: Installation) -> None:
    engine = installation.database("writer")
    with relaying(installation, "writer") as first:
        wait_for(first.active.is_set)
        with relaying(installation, "writer") as second:
            for _ in range(20):
                publish(installation, engine, WRITER, "a")
            wait_for(lambda: waiting(engine) == 0)
            assert not second.active.is_set()
            first.stop()
            wait_for(second.active.is_set)
            publish(installation, engine, WRITER, "a")
            wait_for(lambda: waiting(engine) == 0)
    assert on_the_log(installation) == {"a": list(range(1, 22))}


def test_a_producer_that_failed_once_is_abandoned_and_the_rest_is_sent_again(
    installation: Installation,
) -> None:
    engine = installation.database("writer")
    made: list[RelayProducer] = []

    class Faulty(RelayProducer):
        """Says that the third record was not acknowledged."""

        def acknowledged(self, future: Any, *, seconds: float) -> Sent | None:
            answer = super().acknowledged(future, seconds=seconds)
            self.asked = getattr(self, "asked", 0) + 1
            return None if len(made) == 1 and self.asked == 3 else answer

    def producer(settings: Settings) -> RelayProducer:
        made.append(Faulty(settings))
        return made[-1]

    for _ in range(6):
        publish(installation, engine, WRITER, "a")
    relay = Relay(installation.settings, "writer", producer=producer)
    relay.start()
    wait_for(lambda: waiting(engine) == 0)
    relay.stop()
    relay.join(10)
    assert len(made) == 2
    numbers = on_the_log(installation)["a"]
    assert numbers[:6] == [1, 2, 3, 4, 5, 6]
    assert numbers[6:] == [3, 4, 5, 6]


def test_what_the_log_lost_is_sent_again_from_its_first_missing_event(installation: Installation) -> None:
    engine = installation.database("writer")
    with relaying(installation, "writer"):
        for _ in range(4):
            publish(installation, engine, WRITER, "a")
        wait_for(lambda: waiting(engine) == 0)
    with (
        engine.begin() as connection
    ):  # as if the broker had lost its last two records before they were on disk
        connection.exec_driver_sql('UPDATE outbox SET "offset" = "offset" + 100 WHERE sequence > 2')
    with psycopg.connect(plain_url(installation.settings.database("writer")), autocommit=True) as connection:
        assert resend_missing(connection, installation.settings) == 2
    assert waiting(engine) == 2


def test_only_the_acknowledged_beginning_of_a_case_is_marked() -> None:
    rows = [
        Pending(1, "a", b""),
        Pending(2, "b", b""),
        Pending(3, "a", b""),
        Pending(4, "a", b""),
        Pending(5, "b", b""),
    ]
    answers = [Sent(0, 0), Sent(1, 0), None, Sent(0, 2), Sent(1, 1)]
    assert [row.id for row, _ in prefix(list(zip(rows, answers, strict=True)))] == [1, 2, 5]
