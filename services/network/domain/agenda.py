"""The agenda of a meeting: items with ids of their own; what nothing has come of goes on to the next meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from schemas.agenda import AgendaItemAdded, AgendaItemCarriedOver, AgendaItemSettled
from schemas.codes import AgendaItemKind, AgendaOutcome, MeetingKind
from schemas.event import Event
from schemas.meeting import AgendaItem
from services.network.domain.refusals import conflict, refused

if TYPE_CHECKING:
    from services.network.domain.meeting import Meeting

GROUP_KINDS = (MeetingKind.NETWORK, MeetingKind.FOLLOW_UP)
"""Meetings of the whole group: the first of them talks about who may say what."""
LONGEST_AGENDA = 30
"""A technical limit: more than one meeting gets through."""


class ItemState(StrEnum):
    """Where an item of an agenda stands in its meeting."""

    OPEN = "OPEN"
    SETTLED = "SETTLED"
    CARRIED_OVER = "CARRIED_OVER"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item as its events tell it; `settled_ref` is what was written down about it."""

    item_id: str
    kind: AgendaItemKind
    text_ref: str | None = None
    state: ItemState = ItemState.OPEN
    outcome: AgendaOutcome | None = None
    settled_ref: str | None = None

    @classmethod
    def of(cls, item: AgendaItem) -> Item:
        """The item as it is put on an agenda."""
        return cls(item_id=item.item_id, kind=item.kind, text_ref=item.text_ref)

    @property
    def open(self) -> bool:
        """True while nothing has come of it here."""
        return self.state is ItemState.OPEN

    def asked(self) -> AgendaItem:
        """The item as it stands on an agenda."""
        return AgendaItem(item_id=self.item_id, kind=self.kind, text_ref=self.text_ref)


def agenda_of_call(
    meeting_id: str, kind: MeetingKind, asked: Iterable[AgendaItem], others: Iterable[Meeting]
) -> tuple[tuple[AgendaItem, ...], list[Event]]:
    """The items of a new meeting, and what is carried over to it from earlier ones. Raises Refused.

    The group's first meeting has the fixed item "who may say what" by itself; that item has the meeting's own id.
    """
    others = list(others)
    items = tuple(asked)
    carried = [event for other in others if other.lets_go for event in carry(other, meeting_id, kind)]
    if len({item.item_id for item in items}) < len(items):
        raise refused("ITEM_TWICE", field="items")
    if len(items) > LONGEST_AGENDA:
        raise refused("AGENDA_TOO_LONG", field="items")
    if any(item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT for item in items):
        raise refused("FIXED_ITEM_COMES_BY_ITSELF", field="items")
    if kind in GROUP_KINDS and not _talked_of(others, carried):
        items = (AgendaItem(item_id=meeting_id, kind=AgendaItemKind.WHO_MAY_SAY_WHAT), *items)
    return items, carried


def _talked_of(others: Iterable[Meeting], carried: Iterable[Event]) -> bool:
    """True when some meeting that stands has the fixed item, or it is on its way to the new one."""
    fixed = AgendaItemKind.WHO_MAY_SAY_WHAT
    return any(item.kind is fixed for other in others if other.stands for item in other.items) or any(
        event.item.kind is fixed for event in carried if isinstance(event, AgendaItemCarriedOver)
    )


def carry(earlier: Meeting, to_meeting_id: str, kind: MeetingKind) -> list[Event]:
    """What nothing has come of in an earlier meeting of the same kind goes on to another."""
    if earlier.kind is not kind:
        return []
    return [
        AgendaItemCarriedOver(
            item=item.asked(), from_meeting_id=earlier.meeting_id, to_meeting_id=to_meeting_id
        )
        for item in earlier.items
        if item.open
    ]


def add(meeting: Meeting, item: AgendaItem) -> list[Event]:
    """An item for a meeting that has been called. Raises Refused and Conflict."""
    if not meeting.waits:
        raise conflict("NOT_CALLED")
    if any(known.item_id == item.item_id for known in meeting.items):
        raise refused("ITEM_TWICE", field="item_id")
    if len(meeting.items) >= LONGEST_AGENDA:
        raise refused("AGENDA_TOO_LONG", field="item_id")
    if item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT:
        raise refused("FIXED_ITEM_COMES_BY_ITSELF", field="kind")
    return [AgendaItemAdded(meeting_id=meeting.meeting_id, item=item)]


def settle(
    meeting: Meeting, item_id: str, *, outcome: AgendaOutcome, text_ref: str | None, today: date
) -> list[Event]:
    """What came of an item in a meeting that was held. Raises Refused and Conflict.

    The fixed item is never dropped, and never settled without words: the group has to be able to read what it agreed on.
    """
    if not meeting.held:
        raise conflict("NOT_HELD_YET")
    if meeting.minutes_issued:
        raise conflict("MINUTES_ALREADY_ISSUED")
    item = next((item for item in meeting.items if item.item_id == item_id), None)
    if item is None:
        raise refused("NO_SUCH_ITEM", field="item_id")
    if not item.open:
        raise conflict("ITEM_NOT_OPEN")
    fixed = item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT
    if fixed and outcome in (AgendaOutcome.DROPPED, AgendaOutcome.TALKED_ABOUT):
        raise refused("FIXED_ITEM_NEEDS_OUTCOME", field="outcome")
    if fixed and text_ref is None:
        raise refused("FIXED_ITEM_NEEDS_WORDS", field="text_ref")
    return [
        AgendaItemSettled(
            meeting_id=meeting.meeting_id,
            item_id=item_id,
            kind=item.kind,
            outcome=outcome,
            settled_on=today,
            text_ref=text_ref,
        )
    ]


def refuse_unsaid(meeting: Meeting) -> None:
    """Raise Refused while the fixed item waits for its outcome."""
    if any(item.open and item.kind is AgendaItemKind.WHO_MAY_SAY_WHAT for item in meeting.items):
        raise refused("WHO_MAY_SAY_WHAT_FIRST")


def after(items: tuple[Item, ...], event: Event, *, meeting_id: str) -> tuple[Item, ...]:
    """A meeting's items after one more event about them."""
    change = msgspec.structs.replace
    match event:
        case AgendaItemAdded():
            return (*items, Item.of(event.item))
        case AgendaItemCarriedOver() if event.to_meeting_id == meeting_id:
            return (*items, Item.of(event.item))
        case AgendaItemCarriedOver():
            gone = event.item.item_id
            return tuple(change(i, state=ItemState.CARRIED_OVER) if i.item_id == gone else i for i in items)
        case AgendaItemSettled():
            settled = {
                "state": ItemState.SETTLED,
                "outcome": event.outcome,
                "settled_ref": event.text_ref,
            }
            return tuple(change(i, **settled) if i.item_id == event.item_id else i for i in items)
    return items
