"""Looks at tables and log with nothing of the product's own code, and says which of the invariants do not hold (architecture: I1 to I4).

Every faults test runs it; a broken twin must make it speak (tests/faults/test_checker.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import psycopg
from kafka import KafkaConsumer, TopicPartition


class OnLog(NamedTuple):
    """A record of the log, as JSON says."""

    source: str
    case: str
    sequence: int
    event_id: str


def violations(
    *, kafka: str, topic: str, databases: Mapping[str, str], keepers: Iterable[str] = ("audit",)
) -> list[str]:
    """What does not hold, in words; empty when all does. `databases`: service → PostgreSQL URL; `keepers` apply nothing, they keep."""
    log = list(the_log(kafka, topic))
    found = []
    outboxes = {service: outbox(url) for service, url in databases.items()}
    found += _lost_or_ghosts(log, outboxes)
    first: dict[tuple[str, str, int], str] = {}
    for record in log:
        first.setdefault((record.case, record.source, record.sequence), record.event_id)
    for service, url in databases.items():
        if service not in keepers:
            found += _consumer(service, url, first)
    return found


def the_log(kafka: str, topic: str) -> Iterable[OnLog]:
    """Every record from the beginning to the end as it is now, that is JSON."""
    consumer = KafkaConsumer(bootstrap_servers=kafka, group_id=None, enable_auto_commit=False)
    try:
        parts = [
            TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]
        consumer.assign(parts)
        ends = consumer.end_offsets(parts)
        consumer.seek_to_beginning(*parts)
        while any(consumer.position(part) < ends[part] for part in parts):
            for records in consumer.poll(timeout_ms=1000).values():
                for record in records:
                    message = _json(record.value)
                    if message is not None:
                        yield OnLog(
                            message["source"], message["subject"], message["casesequence"], message["id"]
                        )
    finally:
        consumer.close()


def outbox(url: str) -> set[tuple[str, int, str]]:
    """(case, sequence, event id) of everything a service has committed."""
    with psycopg.connect(url) as connection:
        return set(connection.execute("SELECT case_id, sequence, event_id FROM outbox").fetchall())


def _lost_or_ghosts(log: list[OnLog], outboxes: Mapping[str, set[tuple[str, int, str]]]) -> list[str]:
    logged: dict[str, set[tuple[str, int, str]]] = defaultdict(set)
    for record in log:
        logged[record.source].add((record.case, record.sequence, record.event_id))
    found = []
    for service, committed in outboxes.items():
        found += [
            f"I1: {len(lost)} committed events of {service} are not on the log"
            for lost in [committed - logged[service]]
            if lost
        ]
        found += [
            f"I2: {len(ghosts)} events of {service} on the log have no committed row"
            for ghosts in [logged[service] - committed]
            if ghosts
        ]
    return found


def _consumer(service: str, url: str, first: Mapping[tuple[str, str, int], str]) -> list[str]:
    wanted = {key: event_id for key, event_id in first.items() if key[1] != service}
    with psycopg.connect(url) as connection:
        applied: dict[tuple[str, str, int], str] = {
            (case, source, sequence): event_id
            for case, source, sequence, event_id in connection.execute(
                "SELECT case_id, source, sequence, event_id FROM applied"
            )
        }
        heads = {
            (case, source): sequence
            for case, source, sequence in connection.execute(
                "SELECT case_id, source, sequence FROM source_head"
            )
        }
        parked = connection.execute("SELECT count(*) FROM parked").fetchone()
        effects = _counted_effects(connection)
    found = [
        f"I1: {service} has not applied {len(missing)} events"
        for missing in [set(wanted) - set(applied)]
        if missing
    ]
    found += [
        f"I3: {service} applied {len(other)} other events than the log's"
        for other in [{k for k, v in applied.items() if wanted.get(k, v) != v}]
        if other
    ]
    found += [f"I4: {service} has a hole in {case} from {source}" for case, source in _holes(applied, heads)]
    found += [f"I13: {service} has {parked[0]} parked events"] if parked and parked[0] else []
    per_case: dict[str, int] = defaultdict(int)
    for case, _source, _sequence in wanted:
        per_case[case] += 1
    found += [
        f"I3: {service} shows {count} effects in {case}, the log has {per_case[case]} events"
        for case, count in effects
        if count != per_case[case]
    ]
    return found


def _counted_effects(connection: psycopg.Connection[Any]) -> list[tuple[str, int]]:
    """(case, effects) where a service keeps a table with one line an event, written without an event key: twice applied is twice there."""
    exists = connection.execute("SELECT to_regclass('case_history'), to_regclass('seen')").fetchone()
    assert exists is not None
    found: list[tuple[str, int]] = []
    if exists[1]:
        found += connection.execute("SELECT case_id, count(*) FROM seen GROUP BY case_id").fetchall()
    if exists[0]:
        found += connection.execute("SELECT case_id, count(*) FROM case_history GROUP BY case_id").fetchall()
    return found


def _holes(
    applied: Mapping[tuple[str, str, int], str], heads: Mapping[tuple[str, str], int]
) -> list[tuple[str, str]]:
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for case, source, sequence in applied:
        numbers[case, source].add(sequence)
    keys = numbers.keys() | heads.keys()
    return [key for key in keys if numbers[key] != set(range(1, heads.get(key, 0) + 1))]


def _json(value: bytes | None) -> dict[str, Any] | None:
    try:
        message = json.loads(value or b"")
    except ValueError:
        return None
    return (
        message
        if isinstance(message, dict) and {"source", "subject", "casesequence", "id"} <= message.keys()
        else None
    )
