"""The only place that asks the machine what time it is, or for a new id.

Two times: *decision time* is what rules see (in demo mode real time plus an offset from one file, which only moves forward), *real time* is
for ids, sessions, permits, leases and retries.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
import uuid_utils

from schemas.local_time import local_date

DERIVED = UUID("6f8c9a52-5d0b-5f0e-9d3c-3b8f4a5f2a11")
"""The UUIDv5 namespace of ids that must come out the same every time."""
_DERIVED = uuid_utils.UUID(str(DERIVED))


class Moment(NamedTuple):
    """One instant seen by both clocks, both aware and in UTC; `walking` while demo data is being laid."""

    decided_at: datetime
    real_at: datetime
    walking: bool = False

    @property
    def today(self) -> date:
        """The local date that rules see."""
        return local_date(self.decided_at)


class DemoOffset(msgspec.Struct, frozen=True):
    """How far decision time is from real time; `walking` while demo data is being laid, when nothing is sent out."""

    seconds: float = 0.0
    walking: bool = False


class Clock:
    """Both times; give it the demo clock's file in demo mode, nothing otherwise."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._seen: tuple[int, int] | None = None
        self._offset = DemoOffset()

    def moment(self) -> Moment:
        """Now, by both clocks."""
        real = datetime.now(UTC)
        offset = self.offset()
        return Moment(real + timedelta(seconds=offset.seconds), real, offset.walking)

    def offset(self) -> DemoOffset:
        """The demo offset, from the file; nothing when there is no file."""
        if self._file is None:
            return self._offset
        try:
            file = self._file.stat()
            if (file.st_ino, file.st_mtime_ns) != self._seen:
                self._offset = msgspec.json.decode(self._file.read_bytes(), type=DemoOffset)
                self._seen = (file.st_ino, file.st_mtime_ns)
        except FileNotFoundError:
            self._offset, self._seen = DemoOffset(), None
        return self._offset

    def move_to(self, decided_at: datetime, *, walking: bool = False) -> Moment:
        """Move decision time forward. Raises ValueError when it would go back, RuntimeError without a demo clock."""
        if self._file is None:
            raise RuntimeError("there is no demo clock to move")
        now, before = self.moment(), self.offset()
        if decided_at < now.decided_at and self._file.exists():
            raise ValueError("the demo clock only moves forward")
        after = DemoOffset(seconds=(decided_at - now.real_at).total_seconds(), walking=walking)
        if after != before:
            new = self._file.with_suffix(".new")
            new.write_bytes(msgspec.json.encode(after))
            new.replace(self._file)
        return self.moment()


def new_id() -> str:
    """A fresh id that sorts by time (UUIDv7)."""
    return str(uuid_utils.uuid7())


def derived_id(*parts: object) -> str:
    """An id that is the same for the same parts, in any process and any year (UUIDv5)."""
    return str(uuid_utils.uuid5(_DERIVED, "\x1f".join(str(part) for part in parts)))


def monotonic() -> float:
    """Seconds on a clock that only goes forward, for waiting and measuring."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Let this thread rest."""
    time.sleep(seconds)
