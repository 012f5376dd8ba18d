"""Wall time as people write it, and the instant it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from schemas.local_time import OSLO
from services.network.domain.refusals import refused

ZONE = OSLO.key
NIGHT_FROM, NIGHT_TO = time(2), time(3)


def instant_of(local: datetime) -> datetime:
    """The UTC instant of a wall time in Norway. Raises Refused for the hour in which clocks change, on any
    day.
    """
    if NIGHT_FROM <= local.time() < NIGHT_TO:
        raise refused("NO_NIGHT_HOUR", field="starts_local")
    instant = local.replace(tzinfo=OSLO).astimezone(UTC)
    if local_of(instant) != local:
        raise refused("NO_SUCH_HOUR", field="starts_local")
    return instant


def local_of(instant: datetime) -> datetime:
    """The wall time in Norway at an instant, without a zone."""
    return instant.astimezone(OSLO).replace(tzinfo=None)


def day_of(instant: datetime) -> date:
    """The date in Norway at an instant."""
    return local_of(instant).date()
