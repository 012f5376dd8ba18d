"""What every test may use."""

from tests.engines import a_namespace, database_url, kafka_bootstrap

__all__ = ["a_namespace", "database_url", "kafka_bootstrap"]
