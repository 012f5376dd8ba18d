"""When the machine's clock is to be believed: a deadline may be raised late, never early.

The clock on the wall is held against one that only goes forward. Jumping ahead of it is not believed until it has lasted a while
(a correction of the time, or a machine that slept, goes on for ever; a mistake is corrected). Jumping back is believed at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

TOLERANCE = timedelta(seconds=30)
BELIEVED_AFTER = 600.0
"""Seconds, on the clock that only goes forward, after which a jump ahead is believed."""


class Steadiness(NamedTuple):
    """When both clocks were last seen to agree, and since when (if so) they do not."""

    real_at: datetime
    monotonic: float
    ahead_since: float | None = None

    def after(self, real_at: datetime, monotonic: float) -> Steadiness:
        """What is known after both clocks were read again."""
        expected = self.real_at + timedelta(seconds=monotonic - self.monotonic)
        if real_at <= expected + TOLERANCE:
            return Steadiness(real_at, monotonic)
        since = self.ahead_since if self.ahead_since is not None else monotonic
        if monotonic - since >= BELIEVED_AFTER:
            return Steadiness(real_at, monotonic)
        return Steadiness(expected, monotonic, since)

    @property
    def jumped(self) -> bool:
        """True while the clock on the wall is ahead and not believed; `real_at` is then the time to go by."""
        return self.ahead_since is not None
