"""Where things lie: the repository, its local data, and the cache that checkouts share."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LOCAL = REPOSITORY / ".local"
KAFKA_LOCK = REPOSITORY / "deploy" / "kafka" / "jars.lock"
KAFKA_LOGGING = REPOSITORY / "deploy" / "kafka" / "log4j2.properties"


def cache() -> Path:
    """The folder for what was downloaded; `XDG_CACHE_HOME` moves it as everywhere else."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "felles-ansvar"
