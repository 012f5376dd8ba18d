"""B3: a full outbox to Kafka, acknowledged and marked; against the bare producer with the same settings and the same bytes."""

from __future__ import annotations

import os

import psycopg
from sqlalchemy import Engine

from backbone.clock import Clock, monotonic
from backbone.database import plain_url
from backbone.log import RelayProducer
from backbone.outbox import Relay
from backbone.settings import Settings
from backbone.work import work_on
from schemas.contract import ContractRegistered
from schemas.event import decode
from schemas.example import example_of
from tests.plumbing import SOMEBODY, a_service, installed

EVENTS, CASES = 20_000, 400
PAIRS = 5


def pairs(kafka: str, database: str) -> list[tuple[float, float]]:
    """Events a second: (the relay, the bare producer), in turn."""
    found = []
    with installed(database, f"felles_test_{os.urandom(4).hex()}", kafka) as installation:
        engine = installation.database("writer")
        bodies = fill(engine, Clock())
        for turn in range(PAIRS + 1):
            with engine.begin() as connection:
                connection.exec_driver_sql(
                    'UPDATE outbox SET sent_at = NULL, partition = NULL, "offset" = NULL'
                )
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE outbox")
            ours, floor = relay(installation.settings), bare(installation.settings, bodies)
            if turn:
                found.append((ours, floor))
    return found


def fill(engine: Engine, clock: Clock) -> list[tuple[str, bytes]]:
    """An outbox of events as a service publishes them."""
    event = decode(example_of(ContractRegistered)).event
    writer = a_service("writer")
    for start in range(0, EVENTS, 1000):
        with work_on(engine, writer, moment=clock.moment(), actor=SOMEBODY) as work:
            for number in range(start, start + 1000):
                work.publish(f"case-{number % CASES}", event)
    with engine.connect() as connection:
        return [
            (case, bytes(body))
            for case, body in connection.exec_driver_sql("SELECT case_id, body FROM outbox ORDER BY id")
        ]


def relay(settings: Settings) -> float:
    """The relay's own sending, called directly so that nothing but it is timed."""
    sender = Relay(settings, "writer")
    with psycopg.connect(plain_url(settings.database("writer")), autocommit=True) as connection:
        began = monotonic()
        marked = 0
        while marked < EVENTS:
            marked += sender.send_waiting(connection)
        took = monotonic() - began
    sender._abandon()
    return EVENTS / took


def bare(settings: Settings, bodies: list[tuple[str, bytes]]) -> float:
    """The floor: hand everything over, wait for every acknowledgement."""
    producer = RelayProducer(settings)
    began = monotonic()
    futures = [producer.send(key=case, value=body) for case, body in bodies]
    assert all(producer.acknowledged(future, seconds=30) for future in futures)
    took = monotonic() - began
    producer.abandon()
    return EVENTS / took
