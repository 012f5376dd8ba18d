"""Statements in one round trip: their order, what they answer, and what a failing one leaves behind."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from backbone.inbox import passes
from backbone.tables import OutboxRow
from backbone.together import together
from backbone.work import Work, work_on
from tests.plumbing import SOMEBODY, Installation, a_service, installed, something_happened

pytestmark = pytest.mark.integration
WRITER = a_service("writer")


@pytest.fixture
def installation(database_url: str) -> Iterator[Installation]:
    with installed(database_url, f"felles_test_{os.urandom(4).hex()}") as installation:
        yield installation


def published(installation: Installation, case_id: str) -> list[int]:
    with installation.database("writer").connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT sequence FROM outbox WHERE case_id = %s ORDER BY 1", (case_id,)
        )
        return list(found.scalars())


def add_again(work: Work, sequence: int) -> None:
    """An outbox row whose number is taken."""
    row = {"event_id": "another", "type": "any", "body": b"", "recorded_at": work.moment.real_at}
    work.add(OutboxRow, case_id="case", sequence=sequence, **row)


def test_each_statement_sees_what_came_before_it_and_answers_for_itself(installation: Installation) -> None:
    with work_on(
        installation.database("writer"), WRITER, moment=installation.clock.moment(), actor=SOMEBODY
    ) as work:
        work.publish("case", something_happened())
        work.last("UPDATE outbox SET type = 'changed' WHERE case_id = %s", "case")
        assert work.ask(("SELECT type FROM outbox", ()), None, ("SELECT %s::int, 'x'", (7,))) == [
            [("changed",)],
            [],
            [(7, "x")],
        ]


def test_a_question_under_the_lock_is_answered_as_things_are_once_it_is_held(
    installation: Installation,
) -> None:
    engine, moment = installation.database("writer"), installation.clock.moment()
    with work_on(engine, WRITER, moment=moment, actor=SOMEBODY) as work:
        question = ("SELECT pg_backend_pid(), sequence FROM case_head WHERE case_id = %s", ("case",))
        (((_, sequence),),) = work.lock_case_and_ask("case", question)
        assert sequence == 0
        work.publish("case", something_happened())
        (((_, sequence),),) = work.lock_case_and_ask("case", question)
        assert sequence == 1 == work.lock_case("case")


def publish(installation: Installation, *, twice: bool = False, lose_it: bool = False, more: int = 0) -> None:
    """One event, in a transaction that may then fail: its number given again, or its connection lost."""
    engine, moment = installation.database("writer"), installation.clock.moment()
    with work_on(engine, WRITER, moment=moment, actor=SOMEBODY) as work:
        work.publish("case", something_happened())
        if twice:
            add_again(work, 1)
        if lose_it:
            together(work.session, [("SELECT pg_terminate_backend(pg_backend_pid())", ()), ("SELECT 1", ())])
        for _ in range(more):
            work.last("SELECT 1")


@pytest.mark.parametrize("more", [0, 3])
def test_a_failing_statement_raises_what_it_always_raised_and_leaves_nothing(
    installation: Installation, more: int
) -> None:
    for _ in range(2):  # the connection that failed is used again
        with pytest.raises(IntegrityError, match="uq_outbox_sequence") as failed:
            publish(installation, twice=True, more=more)
        assert not passes(failed.value)
    publish(installation)
    assert published(installation, "case") == [1]


def test_a_lost_connection_passes_and_is_not_used_again(installation: Installation) -> None:
    with pytest.raises(OperationalError) as lost:
        publish(installation, lose_it=True)
    assert lost.value.connection_invalidated
    assert passes(lost.value)
    publish(installation)
    assert published(installation, "case") == [1]
