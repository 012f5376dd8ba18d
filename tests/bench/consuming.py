"""B1: one process reads a topic of 800-byte events from the beginning, decoding each, through our door and through bare aiokafka."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from kafka import KafkaProducer

from backbone.clock import Clock, monotonic
from backbone.inbox import Inbox
from backbone.log import LogRecord
from backbone.settings import Settings
from backbone.stream import Stream
from schemas.contract import ContractRegistered
from schemas.event import PARTITIONS, decode
from schemas.example import example_of
from tests.plumbing import a_service, installed

EVENTS = 120_000
PAIRS = 5


def pairs(kafka: str, database: str) -> list[tuple[float, float]]:
    """Events a second: (through Faust, bare aiokafka), in turn."""
    found = []
    with installed(database, f"felles_test_{os.urandom(4).hex()}", kafka) as installation:
        fill(installation.settings, EVENTS)
        engine = installation.database("reader")
        for turn in range(PAIRS + 1):
            service = a_service(f"reader{turn}")
            inbox = Inbox(engine, service, Clock(), topic=installation.settings.case_topic)
            with engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM position")
            ours = asyncio.run(through_faust(installation.settings, inbox))
            floor = asyncio.run(bare(installation.settings))
            if turn:  # the first pair warms up
                found.append((ours, floor))
    return found


def fill(settings: Settings, count: int) -> None:
    """Put events on the log, spread over the partitions."""
    producer = KafkaProducer(bootstrap_servers=settings.kafka_bootstrap, linger_ms=20, batch_size=512 * 1024)
    values = [example_of(ContractRegistered, case=f"case-{number}") for number in range(400)]
    for number in range(count):
        value = values[number % 400]
        producer.send(settings.case_topic, value=value, partition=number % PARTITIONS)
    producer.flush(timeout=60)
    producer.close()


async def through_faust(settings: Settings, inbox: Inbox) -> float:
    """The rate from the first record to the last."""
    began = ended = 0.0
    count = 0

    def take(run: Sequence[LogRecord], **_: Any) -> int:
        nonlocal began, ended, count
        began = began or monotonic()
        for record in run:
            decode(record.value)
        count += len(run)
        ended = monotonic()
        return run[-1].offset + 1

    stream = Stream(settings, inbox, take=take)
    reading = asyncio.create_task(stream.run())
    while count < EVENTS:
        await asyncio.sleep(0.02)
        assert not reading.done(), reading
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    return EVENTS / (ended - began)


async def bare(settings: Settings) -> float:
    """The floor: the same records and the same decoding, nothing else."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    await consumer.start()
    consumer.assign([TopicPartition(settings.case_topic, number) for number in range(PARTITIONS)])
    await consumer.seek_to_beginning()
    began = ended = 0.0
    count = 0
    while count < EVENTS:
        for records in (await consumer.getmany(timeout_ms=500, max_records=500)).values():
            began = began or monotonic()
            for record in records:
                decode(record.value)
            count += len(records)
            ended = monotonic()
    await consumer.stop()
    return EVENTS / (ended - began)
