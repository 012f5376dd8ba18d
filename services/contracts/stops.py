"""The stop at the gate: set before a membership ends, so that no opening follows its end. No answer, no
end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from backbone.web import TheAsk
from backbone.work import service_actor
from schemas.codes import StopReason
from services.contracts.ages import calls_of

SetStop = Callable[[str, str, str | None, StopReason], None]
"""Stop somebody's access to a case, or everybody's: (case_id, stop_id, person_id, reason), once for a stop_id. Raises
Refused and Unavailable when it is
not set.
"""


def stop_at_the_gate(ask: TheAsk) -> SetStop:
    """Set the stop at sharing, as this service."""

    def set_stop(case_id: str, stop_id: str, person_id: str | None, reason: StopReason) -> None:
        body = {"case_id": case_id, "stop_id": stop_id, "person_id": person_id, "reason": reason.value}
        calls_of(ask.desk).post("sharing", "/stops", actor=service_actor("contracts"), body=body)

    return set_stop


TheStops = Annotated[SetStop, Depends(stop_at_the_gate)]
