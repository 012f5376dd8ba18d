"""The agenda (saksliste) of a meeting, and the interpreter that somebody needs there."""

from __future__ import annotations

from datetime import date

from schemas.codes import AgendaItemKind, AgendaOutcome, InterpreterRefusal
from schemas.event import Event, event
from schemas.meeting import AgendaItem


@event("agenda_item.added")
class AgendaItemAdded(Event, frozen=True, kw_only=True):
    """An item was put on the agenda of a meeting that had been called."""

    meeting_id: str
    item: AgendaItem


@event("agenda_item.settled")
class AgendaItemSettled(Event, frozen=True, kw_only=True):
    """What came of an item was written down; the words lie in the vault under `text_ref`."""

    meeting_id: str
    item_id: str
    kind: AgendaItemKind
    outcome: AgendaOutcome
    settled_on: date
    text_ref: str | None = None


@event("agenda_item.carried_over")
class AgendaItemCarriedOver(Event, frozen=True, kw_only=True):
    """An item that nothing had come of yet went on to a later meeting."""

    item: AgendaItem
    from_meeting_id: str
    to_meeting_id: str


@event("interpreter.needed")
class InterpreterNeeded(Event, frozen=True, kw_only=True):
    """Somebody needs an interpreter in a meeting; which language lies in the vault. The youth never interprets."""

    meeting_id: str
    person_ids: tuple[str, ...]
    meeting_on: date
    language_ref: str | None = None


@event("interpreter.booked")
class InterpreterBooked(Event, frozen=True, kw_only=True):
    """An interpreter was booked for a meeting; `interpreter_id` when it is somebody whom the system knows."""

    meeting_id: str
    booked_on: date
    interpreter_id: str | None = None


@event("interpreter.declined")
class InterpreterDeclined(Event, frozen=True, kw_only=True):
    """No interpreter comes to a meeting where one had been needed, and why."""

    meeting_id: str
    reason: InterpreterRefusal
    declined_on: date
