"""What operators did with events that a service could not understand."""

from __future__ import annotations

from schemas.codes import DiscardReason
from schemas.event import Event, event


@event("parked_event.discarded")
class ParkedEventDiscarded(Event, frozen=True, kw_only=True):
    """An operator laid an event that this service could not understand aside for good, with a reason."""

    service: str
    partition: int
    offset: int
    reason: DiscardReason
    event_id: str | None = None
