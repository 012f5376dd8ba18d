"""After a command: the page waits until its view has what the answer says was published, for two seconds at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from backbone.clock import monotonic, pause

LONGEST_SECONDS = 2.0
LOOK_EVERY = 0.05


def caught_up(engine: Engine, answer: Mapping[str, Any] | None, *, seconds: float = LONGEST_SECONDS) -> bool:
    """True as soon as the view has reached the sequence numbers in a service's answer, False when the time is up."""
    wanted = [
        (case_id, source, int(number))
        for case_id, sources in ((answer or {}).get("sequences") or {}).items()
        for source, number in sources.items()
    ]
    until = monotonic() + seconds
    while wanted:
        wanted = [one for one in wanted if _head(engine, *one[:2]) < one[2]]
        if not wanted:
            break
        if monotonic() >= until:
            return False
        pause(LOOK_EVERY)
    return True


def _head(engine: Engine, case_id: str, source: str) -> int:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT sequence FROM source_head WHERE case_id = %s AND source = %s", (case_id, source)
        )
        return int(found.scalar() or 0)
