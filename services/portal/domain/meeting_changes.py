"""What each event changes in the meetings of a case; the version of a meeting counts as its owner counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from schemas.agenda import (
    AgendaItemAdded,
    AgendaItemCarriedOver,
    AgendaItemSettled,
    InterpreterBooked,
    InterpreterDeclined,
    InterpreterNeeded,
)
from schemas.event import Event, Fact
from schemas.meeting import (
    AgendaItem,
    MeetingCalled,
    MeetingCancelled,
    MeetingHeld,
    MeetingLookedBackOn,
    MeetingMoved,
    MeetingReplied,
)
from schemas.minutes import MinutesIssued
from services.portal.domain.case_view import AgendaEntry, CaseView, Meeting
from services.portal.domain.keeping import change_one, put

replace = msgspec.structs.replace


def called(view: CaseView, event: MeetingCalled, _: Fact) -> CaseView:
    """A meeting begins."""
    meeting = Meeting(
        meeting_id=event.meeting_id,
        kind=event.kind,
        mode=event.mode,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        invited=event.invited,
        place_ref=event.place_ref,
        agenda_ref=event.agenda_ref,
        items=tuple(entry(item) for item in event.items),
    )
    return replace(view, meetings=put(view.meetings, "meeting_id", meeting))


def entry(item: AgendaItem) -> AgendaEntry:
    """An item as it stands on an agenda."""
    return AgendaEntry(item_id=item.item_id, kind=item.kind, text_ref=item.text_ref)


def held(view: CaseView, event: MeetingHeld, _: Fact) -> CaseView:
    """A meeting was held, one that was never called too."""
    known = view.meeting(event.meeting_id) or Meeting(meeting_id=event.meeting_id, kind=event.kind, version=0)
    happened = replace(
        known,
        held_on=event.held_on,
        present=event.present,
        absent=event.absent,
        reasons={absence.person_id: absence.reason for absence in event.absences},
        version=known.version + 1,
    )
    return replace(view, meetings=put(view.meetings, "meeting_id", happened))


def on_one(change: Callable[[Meeting, Any], Meeting]) -> Callable[[CaseView, Any, Fact], CaseView]:
    """A change of the meeting that the event names, whose version goes up."""

    def changed(view: CaseView, event: Any, _: Fact) -> CaseView:
        def take(meeting: Meeting) -> Meeting:
            return replace(change(meeting, event), version=meeting.version + 1)

        return replace(view, meetings=change_one(view.meetings, "meeting_id", event.meeting_id, take))

    return changed


def moved(meeting: Meeting, event: MeetingMoved) -> Meeting:
    """Another time; everybody is asked anew."""
    return replace(meeting, starts_at=event.starts_at, ends_at=event.ends_at, replies={})


def cancelled(meeting: Meeting, event: MeetingCancelled) -> Meeting:
    """It is not held."""
    return replace(meeting, cancelled_for=event.reason)


def replied(meeting: Meeting, event: MeetingReplied) -> Meeting:
    """Somebody answered."""
    return replace(meeting, replies={**meeting.replies, event.person_id: event.reply})


def item_added(meeting: Meeting, event: AgendaItemAdded) -> Meeting:
    """One more item."""
    return replace(meeting, items=(*meeting.items, entry(event.item)))


def item_settled(meeting: Meeting, event: AgendaItemSettled) -> Meeting:
    """What came of an item."""
    items = tuple(
        replace(item, outcome=event.outcome, settled_ref=event.text_ref)
        if item.item_id == event.item_id
        else item
        for item in meeting.items
    )
    return replace(meeting, items=items)


def carried_over(view: CaseView, event: AgendaItemCarriedOver, _: Fact) -> CaseView:
    """An item leaves one meeting and stands in another."""

    def leave(meeting: Meeting) -> Meeting:
        items = tuple(
            replace(item, carried_on=True) if item.item_id == event.item.item_id else item
            for item in meeting.items
        )
        return replace(meeting, items=items, version=meeting.version + 1)

    def come(meeting: Meeting) -> Meeting:
        return replace(meeting, items=(*meeting.items, entry(event.item)), version=meeting.version + 1)

    meetings = change_one(view.meetings, "meeting_id", event.from_meeting_id, leave)
    return replace(view, meetings=change_one(meetings, "meeting_id", event.to_meeting_id, come))


def interpreter_needed(meeting: Meeting, event: InterpreterNeeded) -> Meeting:
    """Somebody needs an interpreter."""
    return replace(meeting, interpreted=event.person_ids, interpreter_comes=None)


def interpreter_booked(meeting: Meeting, _: InterpreterBooked) -> Meeting:
    """One comes."""
    return replace(meeting, interpreter_comes=True)


def interpreter_declined(meeting: Meeting, _: InterpreterDeclined) -> Meeting:
    """None comes."""
    return replace(meeting, interpreter_comes=False)


def looked_back_on(meeting: Meeting, event: MeetingLookedBackOn) -> Meeting:
    """Done, learnt, smart is written down."""
    return replace(meeting, looked_back_ref=event.text_ref)


def minutes_issued(meeting: Meeting, _: MinutesIssued) -> Meeting:
    """The minutes are out."""
    return replace(meeting, minutes_issued=True)


MEETING_CHANGES: dict[type[Event], Callable[[CaseView, Any, Fact], CaseView]] = {
    MeetingCalled: called,
    MeetingHeld: held,
    MeetingMoved: on_one(moved),
    MeetingCancelled: on_one(cancelled),
    MeetingReplied: on_one(replied),
    AgendaItemAdded: on_one(item_added),
    AgendaItemSettled: on_one(item_settled),
    AgendaItemCarriedOver: carried_over,
    InterpreterNeeded: on_one(interpreter_needed),
    InterpreterBooked: on_one(interpreter_booked),
    InterpreterDeclined: on_one(interpreter_declined),
    MeetingLookedBackOn: on_one(looked_back_on),
    MinutesIssued: on_one(minutes_issued),
}
