"""Done, learnt, smart (gjort, lært, lurt): what those who met take with them from a meeting that was held, not only from evaluations."""

from __future__ import annotations

from datetime import date

from schemas.event import Event
from schemas.meeting import MeetingLookedBackOn
from services.network.domain.meeting import OWN_RECORD, Meeting
from services.network.domain.refusals import conflict, refused


def look_back(meeting: Meeting, text_ref: str, *, today: date) -> list[Event]:
    """Enter it, once for a meeting; what is wrong with it is corrected afterwards. Raises Refused and Conflict."""
    if not meeting.held:
        raise conflict("NOT_HELD_YET")
    if meeting.kind in OWN_RECORD:
        raise refused("MINUTES_IN_OWN_RECORD")
    if meeting.looked_back:
        raise conflict("LOOKED_BACK_ALREADY", field="text_ref")
    return [
        MeetingLookedBackOn(
            meeting_id=meeting.meeting_id, kind=meeting.kind, looked_back_on=today, text_ref=text_ref
        )
    ]
