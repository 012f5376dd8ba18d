"""The stop at the gate: set before a membership ends, so that no opening follows its end. No answer, no
end.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

from fastapi import Depends

from backbone.calls import Calls
from backbone.web import Desk, TheAsk
from backbone.work import service_actor
from schemas.codes import StopReason

SetStop = Callable[[str, str, str, StopReason], None]
"""Stop somebody's access to a case: (case_id, stop_id, person_id, reason), once for a stop_id. Raises
Refused and Unavailable when it is
not set.
"""


@lru_cache(maxsize=8)
def calls_of(desk: Desk) -> Calls:
    """The calls of this process, connections kept open."""
    return Calls(desk.settings, desk.clock)


def stop_at_the_gate(ask: TheAsk) -> SetStop:
    """Set the stop at sharing, as this service."""

    def set_stop(case_id: str, stop_id: str, person_id: str, reason: StopReason) -> None:
        body = {"case_id": case_id, "stop_id": stop_id, "person_id": person_id, "reason": reason.value}
        calls_of(ask.desk).post("sharing", "/stops", actor=service_actor("network"), body=body)

    return set_stop


TheStops = Annotated[SetStop, Depends(stop_at_the_gate)]
