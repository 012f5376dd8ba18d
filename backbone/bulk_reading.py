"""Reads long stretches of the log: aiokafka's parser is in C, and a replay of years is bound by it (docs/performance.md). No group, no Faust."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator, Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition

from backbone.clock import monotonic
from backbone.log import LogRecord, LogUnfit, end_offsets, reader
from backbone.settings import Settings

AT_ONCE = 5000
SELDOM = (100_000, 50, 1000)
"""How seldom cycles are looked for meanwhile: events and states have none, and looking through all of them is half of a replay's time."""
_made = LogRecord._make
FETCHED = 1024 * 1024
"""Bytes of a partition in one answer; twelve of them are in memory at once."""


def read_bulk(
    settings: Settings,
    *,
    since: Mapping[int, int] | None = None,
    until: Mapping[int, int] | None = None,
    idle_seconds: float = 30.0,
) -> Iterator[list[LogRecord]]:
    """The records from `since` (the beginning) up to `until` (the end as it is now), in batches of one partition, each in order.

    Raises LogUnfit when nothing comes for `idle_seconds` although the end is not reached. Not for use inside a running event loop.
    """
    ends = dict(until) if until is not None else _ends(settings)
    loop, usual = asyncio.new_event_loop(), gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        reading = _Reading(settings, ends, idle_seconds)
        loop.run_until_complete(reading.start(since or {}))
        try:
            while reading.open:
                yield from loop.run_until_complete(reading.more())
        finally:
            loop.run_until_complete(reading.stop())
    finally:
        gc.set_threshold(*usual)
        loop.close()


def _ends(settings: Settings) -> dict[int, int]:
    consumer = reader(settings)
    try:
        return end_offsets(consumer, settings.case_topic)
    finally:
        consumer.close()


class _Reading:
    """One reading, inside its event loop."""

    def __init__(self, settings: Settings, ends: Mapping[int, int], idle_seconds: float) -> None:
        self._settings, self._idle_seconds, self._heard = settings, idle_seconds, monotonic()
        topic = settings.case_topic
        self._ends = {TopicPartition(topic, number): end for number, end in ends.items()}
        self.open: set[TopicPartition] = set()

    async def start(self, since: Mapping[int, int]) -> None:
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.kafka_bootstrap,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=FETCHED,
            fetch_max_wait_ms=100,
        )
        await self._consumer.start()
        begins = await self._consumer.beginning_offsets(list(self._ends))
        starts = {part: max(begin, since.get(part.partition, 0)) for part, begin in begins.items()}
        self.open = {part for part, end in self._ends.items() if starts[part] < end}
        self._consumer.assign(sorted(self.open))
        for part in self.open:
            self._consumer.seek(part, starts[part])

    async def more(self) -> list[list[LogRecord]]:
        found = await self._consumer.getmany(*self.open, timeout_ms=500, max_records=AT_ONCE)
        batches = []
        for part, records in found.items():
            self._heard = monotonic()
            number, end = part.partition, self._ends[part]
            if records and records[-1].offset >= end:
                records = [record for record in records if record.offset < end]
            if records:
                batches.append(list(map(_made, [(number, r.offset, r.key, r.value) for r in records])))
        self.open -= {part for part in self.open if await self._consumer.position(part) >= self._ends[part]}
        if self.open and monotonic() - self._heard > self._idle_seconds:
            left = f"{len(self.open)} partitions short of their end"
            raise LogUnfit(f"nothing more comes from {self._settings.case_topic}, {left}")
        return batches

    async def stop(self) -> None:
        await self._consumer.stop()
