"""Long stretches of the log, read from and to any place."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from kafka import KafkaProducer

from backbone.bulk_reading import read_bulk
from backbone.log import LogRecord, LogUnfit, delete_topics, ensure_topics, read
from backbone.settings import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
def log(kafka_bootstrap: str, a_namespace: str) -> Iterator[Settings]:
    settings = Settings(namespace=a_namespace, kafka_bootstrap=kafka_bootstrap)
    ensure_topics(settings)
    producer = KafkaProducer(bootstrap_servers=kafka_bootstrap)
    for number in range(700):
        key, value = (None, b"no key") if number == 9 else (b"case-%d" % number, b"%d" % number)
        producer.send(settings.case_topic, key=key, value=value, partition=number % 3)
    producer.send(settings.case_topic, key=b"gone", value=None, partition=0)
    producer.flush(timeout=30)
    producer.close()
    yield settings
    delete_topics(settings)


def every(batches: Iterator[list[LogRecord]]) -> list[LogRecord]:
    return sorted(record for batch in batches for record in batch)


def test_everything_is_read_in_order_and_as_the_other_reader_reads_it(log: Settings) -> None:
    batches = list(read_bulk(log))
    for batch in batches:
        assert len({record.partition for record in batch}) == 1
        offsets = [record.offset for record in batch]
        assert offsets == sorted(offsets)
    found = every(iter(batches))
    assert found == every(read(log))
    assert len(found) == 701
    assert {record.key for record in found if record.value in (b"no key", None)} == {None, b"gone"}


def test_a_stretch_is_read_from_and_to_its_places_and_no_further(log: Settings) -> None:
    until = {0: 100, 1: 5, 2: 0}
    found = every(read_bulk(log, since={0: 90, 1: 5}, until=until))
    assert [(record.partition, record.offset) for record in found] == [
        (0, offset) for offset in range(90, 100)
    ]


def test_an_empty_stretch_ends_at_once(log: Settings) -> None:
    assert list(read_bulk(log, until={})) == []
    assert list(read_bulk(log, since={0: 50}, until={0: 50})) == []


def test_an_end_that_never_comes_is_told(log: Settings) -> None:
    with pytest.raises(LogUnfit, match="1 partitions short of their end"):
        list(read_bulk(log, until={0: 10_000}, idle_seconds=1.0))


def test_a_reading_that_is_left_early_leaves_nothing_behind(log: Settings) -> None:
    usual = gc.get_threshold()
    reading = read_bulk(log)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert gc.get_threshold() == usual
    assert len(every(read_bulk(log))) == 701
