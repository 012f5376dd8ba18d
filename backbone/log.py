"""The only module that knows kafka-python: topics, the relay's producer, and reading the log from any offset."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import MemberToRemove
from kafka.errors import KafkaError as KafkaError
from kafka.errors import TopicAlreadyExistsError

from backbone.clock import monotonic
from backbone.settings import Settings
from schemas.event import CONTENT_TYPE, PARTITIONS

HEADERS = [("content-type", CONTENT_TYPE.encode())]
FOR_EVER: dict[str, str] = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}


class LogRecord(NamedTuple):
    """A record as it stands on the log."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None


class LogUnfit(RuntimeError):
    """The topic is not the one this program was built for; the message says how."""


def ensure_topics(settings: Settings) -> None:
    """Create the topics that are missing. Raises LogUnfit when the case log has another number of partitions than it must."""
    wanted: dict[str, dict[str, Any]] = {
        settings.case_topic: {"num_partitions": PARTITIONS, "replication_factor": -1, "configs": FOR_EVER},
        settings.directory_topic: {
            "num_partitions": 1,
            "replication_factor": -1,
            "configs": {"cleanup.policy": "compact"},
        },
    }
    admin = _admin(settings)
    try:
        existing = set(admin.list_topics())
        missing = {name: how for name, how in wanted.items() if name not in existing}
        if missing:
            with contextlib.suppress(TopicAlreadyExistsError):  # another process was first
                admin.create_topics(missing, wait_for_metadata=True)
        found = _described(admin, settings.case_topic)
        if len(found["partitions"]) != PARTITIONS:
            raise LogUnfit(
                f"{settings.case_topic} has {len(found['partitions'])} partitions and must have {PARTITIONS} for its whole life: "
                "cases are ordered by them. Use another FELLES_NAMESPACE, or bring the original topic back."
            )
    finally:
        admin.close()


def delete_topics(settings: Settings) -> None:
    """Delete this namespace's topics (tests and demo data only)."""
    admin = _admin(settings)
    try:
        existing = set(admin.list_topics())
        admin.delete_topics(
            [name for name in (settings.case_topic, settings.directory_topic) if name in existing]
        )
    finally:
        admin.close()


def remove_members(settings: Settings, services: Iterable[str]) -> int:
    """Take every member out of these services' consumer groups, for whoever knows that none of them runs.

    A killed process stays a member until its session is over, and its successor waits for that. Answers how many
    were taken out. Raises LogUnfit or KafkaError while Kafka does not tell of the groups, as just after its start.
    """
    admin = _admin(settings)
    try:
        removed = 0
        groups = admin.describe_groups([settings.group(name) for name in services])
        silent = [
            group for group, found in groups.items() if found["error"] and found["group_state"] != "Dead"
        ]
        if silent:
            raise LogUnfit(f"Kafka does not tell of {', '.join(silent)} yet")
        for group, found in groups.items():
            members = [MemberToRemove(member_id=member["member_id"]) for member in found["members"]]
            if members:
                removed += len(admin.remove_group_members(group, members))
        return removed
    finally:
        admin.close()


def topic_id(settings: Settings) -> str:
    """The id that Kafka gave the case log when it was created; another id means another log."""
    admin = _admin(settings)
    try:
        return str(_described(admin, settings.case_topic)["topic_id"])
    finally:
        admin.close()


def end_offsets(consumer: KafkaConsumer, topic: str) -> dict[int, int]:
    """The offset after the last record, per partition."""
    parts = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    return {part.partition: offset for part, offset in consumer.end_offsets(parts).items()}


def log_ends(settings: Settings) -> dict[int, int]:
    """The offset after the last record of the case log, per partition. Raises KafkaError while Kafka is away."""
    consumer = reader(settings)
    try:
        return end_offsets(consumer, settings.case_topic)
    finally:
        consumer.close()


def reader(settings: Settings) -> KafkaConsumer:
    """A consumer without group, for looking at the log."""
    return KafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        reconnect_backoff_max_ms=1000,
        max_poll_records=2000,
        fetch_max_wait_ms=100,
    )


def read(
    settings: Settings,
    *,
    since: Mapping[int, int] | None = None,
    until: Mapping[int, int] | None = None,
    idle_seconds: float = 30.0,
) -> Iterator[list[LogRecord]]:
    """The records from `since` (the beginning) up to `until` (the end as it is now), in batches of one partition, each partition in order.

    Raises LogUnfit when nothing comes for `idle_seconds` although the end is not reached.
    """
    consumer = reader(settings)
    try:
        ends = dict(until) if until is not None else end_offsets(consumer, settings.case_topic)
        begins = consumer.beginning_offsets([TopicPartition(settings.case_topic, number) for number in ends])
        starts = {
            part.partition: max(begin, (since or {}).get(part.partition, 0)) for part, begin in begins.items()
        }
        open_parts = {
            TopicPartition(settings.case_topic, number)
            for number, end in ends.items()
            if starts[number] < end
        }
        consumer.assign(sorted(open_parts))
        for part in open_parts:
            consumer.seek(part, starts[part.partition])
        heard = monotonic()
        while open_parts:
            for part, records in consumer.poll(timeout_ms=500).items():
                heard = monotonic()
                kept = [
                    LogRecord(part.partition, r.offset, r.key, r.value)
                    for r in records
                    if r.offset < ends[part.partition]
                ]
                if kept:
                    yield kept
            done = {part for part in open_parts if consumer.position(part) >= ends[part.partition]}
            if done:
                consumer.pause(*done)
                open_parts -= done
            if monotonic() - heard > idle_seconds:
                raise LogUnfit(
                    f"nothing more comes from {settings.case_topic}, {len(open_parts)} partitions short of their end"
                )
    finally:
        consumer.close()


class Sent(NamedTuple):
    """Where Kafka put a record that it acknowledged."""

    partition: int
    offset: int


class RelayProducer:
    """An idempotent producer with acks from all; one that failed once is abandoned, never used again."""

    def __init__(self, settings: Settings) -> None:
        self._topic = settings.case_topic
        self._producer = KafkaProducer(
            bootstrap_servers=settings.kafka_bootstrap,
            enable_idempotence=True,
            acks="all",
            linger_ms=0,  # what comes while a request is under way goes together in the next one all the same
            max_in_flight_requests_per_connection=5,
            batch_size=256 * 1024,
            reconnect_backoff_max_ms=1000,
            max_block_ms=5000,
        )

    def send(self, *, key: str, value: bytes) -> Any:
        """Hand a record over; the answer is a future for `acknowledged`. Raises KafkaError when it cannot be taken."""
        return self._producer.send(self._topic, key=key.encode(), value=value, headers=HEADERS)

    def flush(self) -> None:
        """Wait until everything handed over is answered."""
        self._producer.flush(timeout=10)

    def acknowledged(self, future: Any, *, seconds: float) -> Sent | None:
        """Where the record is, or None when Kafka has not said so in time, or said no."""
        try:
            found = future.get(timeout=max(seconds, 0.001))
        except (KafkaError, TimeoutError, AssertionError):
            return None
        return Sent(found.partition, found.offset)

    def abandon(self) -> None:
        """Let go of the producer without waiting for anything."""
        try:
            self._producer.close(timeout=0)
        except Exception:  # closing a broken producer may fail in any way; the next one starts clean
            return


def _admin(settings: Settings) -> KafkaAdminClient:
    return KafkaAdminClient(bootstrap_servers=settings.kafka_bootstrap, request_timeout_ms=15000)


def _described(admin: KafkaAdminClient, topic: str) -> dict[str, Any]:
    (found,) = [
        described for described in admin.describe_topics([topic]) if described.get("name") == topic
    ] or [None]
    if found is None or found.get("error_code"):
        raise LogUnfit(f"the topic {topic} cannot be described: is it there, and is Kafka up?")
    return dict(found)
