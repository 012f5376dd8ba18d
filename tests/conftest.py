"""What every test may use."""

import os
import sys

import pytest

from tests.engines import a_namespace, database_url, kafka_bootstrap

__all__ = ["a_namespace", "database_url", "kafka_bootstrap"]

ENDED = pytest.StashKey[int]()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how it went, for the end below."""
    session.config.stash[ENDED] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End at once: a Kafka client whose server a test took away may leave a thread that never ends, and Python would wait for it."""
    sys.stdout.flush()
    sys.stderr.flush()
    if ENDED in config.stash and not hasattr(config, "workerinput"):
        os._exit(config.stash[ENDED])
