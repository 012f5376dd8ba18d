"""The one door to Faust. Faust keeps the group, the assignment and the rebalancing; our database keeps the position.

Two things of Faust's own Kafka consumer are replaced: where it seeks after a rebalance (our positions, not Kafka's), and how records reach the agent
(one event a *run* of a partition's records: 20 times cheaper than one event a record). A watchdog ends the process when a partition stands still.
Pinned to faust-streaming 0.15.3 and aiokafka 0.14.0; tests/integration/test_stream.py fails when another version breaks the door.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import faust
from faust.contrib.asgi import bind_to_running_loop
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from mode.supervisors import CrashingSupervisor

from backbone import clock
from backbone.ahead import LogAhead, refuse_when_ahead
from backbone.inbox import Inbox, StartsAhead, passes
from backbone.log import KafkaError, LogRecord, LogUnfit, end_offsets, read, reader, topic_id
from backbone.logs import logger
from backbone.settings import Settings

log = logger(__name__)
STANDSTILL_EXIT = 70
"""Exit code of a process that its watchdog ended; whoever runs it starts it again."""
MAX_RUN = 2000
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
STOP_SECONDS = 8.0
COMMIT_SECONDS = 10.0
"""How often Kafka is told how far the group has read: a hint that nothing depends on, and as dear as applying twenty events."""
Take = Callable[..., int]


async def _stop(app: faust.App) -> None:
    """Stop the app, however far its start had come: Faust stops only what has started, and the thread of its consumer is started first.

    That thread is no daemon: left behind, it keeps the process alive, and its member in the group, so that the successor gets no partition.
    """
    thread = getattr(app.consumer, "_thread", None)
    try:
        await asyncio.wait_for(app.stop(), STOP_SECONDS)
    except TimeoutError:
        log.warning("reading_stops_slowly", seconds=STOP_SECONDS)
    if thread is not None and thread._thread is not None:
        await asyncio.to_thread(_end, thread, thread._thread)


def _end(thread: Any, worker: threading.Thread) -> None:
    """Let the consumer's thread leave the group and end; when it does not, take its loop away. Blocks."""
    for way_out in (thread._stopped.set, thread.thread_loop.stop):
        if worker.is_alive() and not thread.thread_loop.is_closed():
            with contextlib.suppress(RuntimeError):  # it ended meanwhile
                thread.thread_loop.call_soon_threadsafe(way_out)
            worker.join(STOP_SECONDS)


class RunConsumer(driver.Consumer):
    """Faust's consumer, handing over runs of records, and seeking where the database says."""

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Called by Faust after every rebalance: committed is what our database says."""
        door: Stream = self.app.felles_door  # type: ignore[attr-defined]
        assigned = {tp.partition for tp in self.assignment() if tp.topic == door.topic}
        positions = await asyncio.to_thread(door.assigned, assigned)
        targets = {TP(door.topic, partition): offset for partition, offset in positions.items()}
        if targets:
            await self._thread.seek_wait(targets)
        return targets

    async def _drain_messages(self, fetcher: Any) -> None:
        generation_of = self.app
        while not (self.should_stop or fetcher.should_stop):
            records, active = await self._wait_next_records(1.0)
            await asyncio.sleep(0)
            if not records or self.should_stop:
                continue
            if not self.flow_active:
                await self.perform_seek()
                continue
            generation = generation_of.consumer_generation_id
            for tp, run in cast("Mapping[TP, Sequence[Any]]", records).items():
                if active is not None and tp not in active:
                    continue
                for start in range(0, len(run), MAX_RUN):
                    if not self.flow_active or generation_of.consumer_generation_id != generation:
                        break
                    part = run[start : start + MAX_RUN]
                    message = self._to_message(tp, part[-1])
                    message.value = cast(Any, part)  # aiokafka's records have what a LogRecord has
                    await self.wait_first(self.callback(message), self.suspend_flow.wait())


class RunTransport(driver.Transport):
    """Faust's Kafka transport with the consumer above."""

    Consumer = RunConsumer


class Stream:
    """Reads the case log for one service, for as long as the process lives."""

    def __init__(
        self,
        settings: Settings,
        inbox: Inbox,
        *,
        on_standstill: Callable[[], None] | None = None,
        take: Take | None = None,
    ) -> None:
        self.settings, self.inbox, self.topic = settings, inbox, settings.case_topic
        self._take = take or inbox.take
        self._on_standstill = on_standstill or (lambda: os._exit(STANDSTILL_EXIT))
        self._topic_id: str | None = None
        self.positions: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.retrying = 0
        self.stopped_by: Exception | None = None
        self.ready = threading.Event()

    def _faust(self, group: str) -> faust.App:
        app = faust.App(
            group,
            broker=f"kafka://{self.settings.kafka_bootstrap.replace(',', ';kafka://')}",
            value_serializer="raw",
            key_serializer="raw",
            web_enabled=False,
            topic_disable_leader=True,
            topic_allow_declare=False,
            table_standby_replicas=0,
            datadir=Path(tempfile.gettempdir()) / f"{group}-faust",  # Faust makes it, nothing is kept there
            stream_wait_empty=False,
            stream_buffer_maxsize=4,
            broker_commit_interval=COMMIT_SECONDS,
            broker_session_timeout=10.0,
            broker_heartbeat_interval=2.0,
            broker_request_timeout=20.0,
            broker_max_poll_records=None,
            consumer_auto_offset_reset="earliest",
            consumer_max_fetch_size=4 * 1024 * 1024,
            debug=False,
        )
        setattr(app, "felles_door", self)  # noqa: B010 - Faust's App does not declare it
        app.transport = RunTransport(app.conf.broker, app)
        topic = app.topic(self.topic, key_type=bytes, value_type=bytes)

        @app.agent(topic, concurrency=1, supervisor_strategy=CrashingSupervisor)
        async def runs(stream: Any) -> None:
            async for event in stream.noack().events():
                await self._handle(event)

        return app

    async def _handle(self, event: Any) -> None:
        """Apply one run; nothing ever escapes. What fails and passes by itself is tried again here, in ever smaller parts."""
        rest: Sequence[LogRecord] = event.value
        size, pause, hole = len(rest), FIRST_PAUSE, False
        while rest and self.stopped_by is None:
            part = rest[:size]
            partition = part[0].partition
            try:
                self.positions[partition] = await asyncio.shield(
                    asyncio.to_thread(self._take, part, accept_hole=hole)
                )
                rest, pause = rest[size:], FIRST_PAUSE
            except asyncio.CancelledError:
                raise
            except StartsAhead as ahead:
                rest = await asyncio.to_thread(self._read_again, partition, ahead.next_offset, rest)
                size, hole = max(size, len(rest)), True
            except Exception as error:
                if not passes(error):
                    self._end(error)
                    return
                await self._rest(partition, part[0].offset, error, pause)
                size, pause = max(1, size // 2), min(pause * 2, LONGEST_PAUSE)
        event.ack()

    async def _rest(self, partition: int, offset: int, error: Exception, pause: float) -> None:
        log.warning(
            "run_tried_again", partition=partition, offset=offset, error=type(error).__name__, seconds=pause
        )
        self.retrying += 1
        try:
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
        finally:
            self.retrying -= 1

    def _read_again(self, partition: int, since: int, run: Sequence[LogRecord]) -> Sequence[LogRecord]:
        """The run with what lies between our position and its start, read straight from the log."""
        until = {partition: run[-1].offset + 1}
        return [
            record for batch in read(self.settings, since={partition: since}, until=until) for record in batch
        ] or run

    def assigned(self, partitions: set[int]) -> dict[int, int]:
        """Where to read next in newly assigned partitions; a log that was replaced or cut stops the stream with an alarm."""
        consumer = reader(self.settings)
        try:
            self.ends = end_offsets(consumer, self.topic)
        finally:
            consumer.close()
        try:
            if self._topic_id is None:
                self._topic_id = topic_id(self.settings)
            self.positions = self.inbox.positions(self._topic_id, partitions, self.ends)
        except Exception as error:
            if not passes(error):
                self._end(error)
            raise
        self.ready.set()
        return dict(self.positions)

    def _end(self, error: Exception) -> None:
        self.stopped_by = error
        log.error("stream_stopped", error=type(error).__name__, reason=str(error)[:300])

    def give_up(self) -> None:
        """End the process, to be started again by whoever runs it."""
        self._on_standstill()

    def behind(self) -> int:
        """How many records this process has still to read in its partitions, as of the watchdog's last look."""
        return sum(
            max(self.ends.get(partition, 0) - offset, 0) for partition, offset in self.positions.items()
        )

    async def run(self) -> None:
        """Read until cancelled."""
        await asyncio.to_thread(self._wait_for_the_log)
        try:
            await asyncio.to_thread(refuse_when_ahead, self.settings, self.inbox)
        except LogAhead as error:
            self._end(error)
            await asyncio.Event().wait()
        ended = threading.Event()
        threading.Thread(target=self._watch, args=(ended,), name="watchdog", daemon=True).start()
        app = self._faust(self.settings.group(self.inbox.service.name))
        try:
            bind_to_running_loop(app)  # a Faust app belongs to the loop it is made in
            app.finalize()
            await app.start()
            await asyncio.Event().wait()
        finally:
            ended.set()
            await _stop(app)

    def _wait_for_the_log(self) -> None:
        """Rest until Kafka answers; meanwhile the process takes commands, which wait in the outbox."""
        pause = FIRST_PAUSE
        while self._topic_id is None:
            try:
                self._topic_id = topic_id(self.settings)
            except LogUnfit:
                raise
            except (KafkaError, OSError) as error:
                log.warning("log_not_reached", error=type(error).__name__, seconds=pause)
                clock.pause(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _watch(self, ended: threading.Event, *, every: float = 2.0, standstill: float = 10.0) -> None:
        """End the process when an assigned partition stands still while the log's end is ahead and nothing is tried again on purpose."""
        moved: dict[int, tuple[int, float]] = {}
        consumer: Any = None
        while not ended.wait(every):
            try:
                consumer = consumer or reader(self.settings)
                self.ends = end_offsets(consumer, self.topic)
            except Exception:  # no Kafka, no verdict
                if consumer is not None:
                    consumer.close()
                consumer = None
                moved = {}
                continue
            now = clock.monotonic()
            for partition, offset in dict(self.positions).items():
                last, since = moved.get(partition, (-1, now))
                if (
                    offset != last
                    or offset >= self.ends.get(partition, 0)
                    or self.retrying
                    or self.stopped_by
                ):
                    moved[partition] = (offset, now)
                elif now - since > standstill:
                    log.error(
                        "partition_stands_still",
                        partition=partition,
                        position=offset,
                        end=self.ends[partition],
                    )
                    self._on_standstill()
                    return
        if consumer is not None:
            consumer.close()
