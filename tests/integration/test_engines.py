"""The engines that tests run on are real and are the run's own."""

import psycopg
import pytest
from kafka.admin import KafkaAdminClient


@pytest.mark.integration
def test_kafka_is_up_and_makes_no_topic_by_itself(kafka_bootstrap: str, a_namespace: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    try:
        assert f"{a_namespace}.case-events" not in admin.list_topics()
    finally:
        admin.close()


@pytest.mark.integration
def test_postgresql_is_version_18_or_what_the_environment_named(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.info.server_version >= 150000


@pytest.mark.integration
def test_postgresql_sorts_alike_on_every_machine(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select x from (values ('Å'), ('a'), ('Z')) as t(x) order by x").fetchall()
    assert [row[0] for row in rows] == ["Z", "a", "Å"]
