"""Stops at the gate: access narrowed at once, before the event that explains it has travelled."""

from __future__ import annotations

from schemas.codes import StopReason
from schemas.event import Event, event


@event("access.stopped")
class AccessStopped(Event, frozen=True, kw_only=True):
    """The gate was told to open nothing of the case to one person, or to anybody, until the event that names
    this stop has been applied.
    """

    stop_id: str
    person_id: str | None
    reason: StopReason


@event("access.stop_lifted")
class AccessStopLifted(Event, frozen=True, kw_only=True):
    """A stop whose reason never came about was lifted by hand."""

    stop_id: str
