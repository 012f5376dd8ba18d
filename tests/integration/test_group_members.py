"""A killed service's place in its consumer group is given free at once, by whoever knows that it is dead."""

from collections.abc import Iterator

import pytest
from kafka import KafkaConsumer

from backbone.clock import monotonic
from backbone.log import delete_topics, ensure_topics, remove_members
from backbone.settings import SERVICES, Settings

pytestmark = pytest.mark.integration


@pytest.fixture
def ours(kafka_bootstrap: str, a_namespace: str) -> Iterator[Settings]:
    made = Settings(namespace=a_namespace, kafka_bootstrap=kafka_bootstrap)
    ensure_topics(made)
    yield made
    delete_topics(made)


def _joined(ours: Settings, service: str) -> KafkaConsumer:
    """A member of the service's group that has its partitions and is never heard of again."""
    consumer = KafkaConsumer(bootstrap_servers=ours.kafka_bootstrap, group_id=ours.group(service))
    until = monotonic() + 60
    while not consumer.partitions_for_topic(ours.case_topic):  # who joins without knowing them gets none
        assert monotonic() < until
    consumer.subscribe([ours.case_topic])
    while not consumer.assignment():
        assert monotonic() < until
        consumer.poll(timeout_ms=200)
    return consumer


def test_members_are_taken_out_once_and_only_from_the_groups_named(ours: Settings) -> None:
    consumers = [_joined(ours, "contracts"), _joined(ours, "audit")]
    try:
        assert remove_members(ours, [name for name in SERVICES if name != "audit"]) == 1
        assert remove_members(ours, ["contracts"]) == 0
        assert remove_members(ours, ["audit"]) == 1
    finally:
        for consumer in consumers:
            consumer.close(autocommit=False)


def test_groups_that_never_were_have_nobody_to_take_out(ours: Settings) -> None:
    _joined(ours, "contracts").close(autocommit=False)
    assert remove_members(ours, SERVICES) == 0
