"""The life of a case."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import (
    Agency,
    CaseOutcome,
    CriminalTrack,
    EndingReason,
    MissingReason,
    PauseReason,
    Programme,
)
from schemas.event import Event, Sentence, event


@event("case.opened")
class CaseOpened(Event, frozen=True, kw_only=True):
    """A case was opened for a youth, with one named contact person."""

    programme: Programme
    municipality_no: str
    owner_agency: Agency
    lead_id: str
    youth_id: str
    referral_id: str | None = None
    criminal_track: CriminalTrack = CriminalTrack.NONE


@event("case.paused")
class CasePaused(Event, frozen=True, kw_only=True):
    """Follow-up was put on hold, and until when at the latest."""

    reason: PauseReason
    paused_on: date
    until_on: date


@event("case.resumed")
class CaseResumed(Event, frozen=True, kw_only=True):
    """Follow-up goes on after a pause."""

    resumed_on: date


@event("case.wound_up")
class CaseWoundUp(Event, frozen=True, kw_only=True):
    """The contract or plan is over; what remains is the end evaluation, the handing over and the closing."""

    wound_up_on: date


@event("case.closed")
class CaseClosed(Event, frozen=True, kw_only=True):
    """A case was closed; nothing is followed up in it any more.

    `stop_id` is the stop that was set at the gate before this was written; `evaluation_missing` says why no end evaluation was held.
    """

    reason: EndingReason
    closed_on: date
    outcome: CaseOutcome | None = None
    evaluation_missing: MissingReason | None = None
    stop_id: str | None = None


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """What a new lead takes over, drawn up from the case as it stood: references only; the note lies in the vault."""

    open_task_ids: tuple[str, ...]
    open_deadline_ids: tuple[str, ...]
    effective_consent_ids: tuple[str, ...]
    next_meeting_id: str | None = None
    note_ref: str | None = None


@event("case.lead_changed")
class CaseLeadChanged(Event, frozen=True, kw_only=True):
    """Another person became the case's named contact person, with a hand-over package; the youth is to be told.

    `stop_id` is the stop that was set at the gate for the one who leaves.
    """

    from_id: str
    to_id: str
    to_agency: Agency
    changed_on: date
    hand_over: HandOver
    stop_id: str | None = None


@event(
    "case.youth_told_of_lead",
    sentence=Sentence(
        "Ungdommen fikk vite hvem som leder saken nå", "Ungdommen fekk vite kven som leier saka no"
    ),
)
class YouthToldOfLead(Event, frozen=True, kw_only=True):
    """The youth was told who leads the case after it changed hands."""

    lead_id: str
    told_on: date


@event("case.transferred")
class CaseTransferred(Event, frozen=True, kw_only=True):
    """The youth moves: the case here is closed, and the new municipality opens one of its own; no content follows by itself."""

    to_municipality_no: str
    to_agency: Agency
    transferred_on: date
