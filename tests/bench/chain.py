"""B8: from a commit to the receiver's inbox, at 20 events a second, over the real processes; against the same chain with empty handlers."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg

from backbone import clock
from backbone.clock import new_id
from backbone.database import plain_url
from backbone.inbox import Inbox
from backbone.log import LogRecord
from backbone.outbox import Relay
from backbone.stream import Stream
from backbone.work import work_on
from schemas.event import read_envelope
from tests.plumbing import SOMEBODY, a_service, installed, something_happened
from tests.stories.cast import Cast, Story
from tests.system import a_system, eventually

EVENTS, EVERY, CASES = 200, 0.05, 20


def milliseconds(kafka: str, database: str) -> tuple[list[float], list[float]]:
    """Milliseconds from commit to visible: (to the inbox, the floor)."""
    return to_the_inbox(kafka, database), asyncio.run(floor(kafka, database))


def to_the_inbox(kafka: str, database: str) -> list[float]:
    """A deviation is reported; how long after the answer the lead's inbox has it."""
    with tempfile.TemporaryDirectory(prefix="felles-bench-") as folder:
        namespace = f"felles_test_{os.urandom(4).hex()}"
        with a_system(kafka=kafka, database=database, namespace=namespace, folder=Path(folder)) as system:
            cast = Cast(system)
            cast.moves_in()
            stories = [_a_case(cast) for _ in range(CASES)]
            url = plain_url(system.settings.database("notifications"))
            with psycopg.connect(url, autocommit=True) as connection:
                return [_one(stories[turn % CASES], connection) for turn in range(EVENTS)][EVENTS // 10 :]


def _a_case(cast: Cast) -> Story:
    story = Story(cast)
    story.registers()
    story.has_a_group()
    story.signs()
    eventually(lambda: _reported(story), what="a first deviation")
    return story


def _reported(story: Story) -> bool:
    try:
        story.deviates()
    except Exception:
        return False
    return True


def _one(story: Story, connection: psycopg.Connection[Any]) -> float:
    before = _notices(connection)
    began = clock.monotonic()
    story.deviates()
    committed = clock.monotonic()
    while _notices(connection) == before:
        clock.pause(0.002)  # looking more often would take the processor from what is measured
    took = clock.monotonic() - committed
    clock.pause(max(0.0, EVERY - (clock.monotonic() - began)))
    return took * 1000


def _notices(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM notice WHERE kind ILIKE 'deviation%'").fetchone()
    assert row is not None
    return int(row[0])


async def floor(kafka: str, database: str) -> list[float]:
    """Outbox, relay, Kafka and Faust, and a handler that does nothing."""
    arrived: dict[str, float] = {}

    def take(run: Sequence[LogRecord], **_: Any) -> int:
        now = clock.monotonic()
        for record in run:
            arrived[read_envelope(record.value).case_id] = now
        return run[-1].offset + 1

    with installed(database, f"felles_test_{os.urandom(4).hex()}", kafka) as installation:
        engine, writer = installation.database("writer"), a_service("writer")
        inbox = Inbox(
            installation.database("reader"),
            a_service("reader"),
            installation.clock,
            topic=installation.settings.case_topic,
        )
        relay, stream = (
            Relay(installation.settings, "writer"),
            Stream(installation.settings, inbox, take=take),
        )
        relay.start()
        reading = asyncio.create_task(stream.run())
        await asyncio.to_thread(stream.ready.wait, 30)
        took = []
        for _ in range(EVENTS):
            case_id = new_id()
            with work_on(engine, writer, moment=installation.clock.moment(), actor=SOMEBODY) as work:
                work.publish(case_id, something_happened())
            committed = clock.monotonic()
            while case_id not in arrived:
                await asyncio.sleep(0.0005)
            took.append((arrived[case_id] - committed) * 1000)
            await asyncio.sleep(EVERY)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        relay.stop()
        await asyncio.to_thread(relay.join, 5)
    return took[EVENTS // 10 :]


def middle_and_tail(figures: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    return median(figures), quantiles(figures, n=100)[98]
