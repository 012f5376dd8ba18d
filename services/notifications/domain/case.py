"""Who is told what about a case: a pure function of its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CasePaused, CaseResumed
from schemas.codes import Agency, EndingReason, EscalationLevel, Function, Outcome
from schemas.consent import ConsentWithdrawn
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineEscalated,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReminded,
    EscalationAddressed,
)
from schemas.deviation import DeviationReported
from schemas.event import Event
from schemas.information import OpeningDecided
from schemas.meeting import MeetingCalled
from schemas.network_group import MemberJoined, MemberLeft
from schemas.protection import YouthAgeBandChanged
from schemas.receipt import ReceiptRequested

WITHOUT_LOG_IN = frozenset({Function.YOUTH, Function.GUARDIAN})
"""They are told on paper and in person; no account of theirs exists."""
SILENT_DEADLINES = ("C-",)
"""Deadlines that only make something happen by itself; nobody is told."""


class NoticeKind(StrEnum):
    """What a notice is about; the words are the pages' own."""

    MEETING_CALLED = "MEETING_CALLED"
    MEMBER_JOINED = "MEMBER_JOINED"
    DEVIATION_REPORTED = "DEVIATION_REPORTED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    DEADLINE_REMINDED = "DEADLINE_REMINDED"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    DEADLINE_MOVED = "DEADLINE_MOVED"
    RECEIPT_REQUESTED = "RECEIPT_REQUESTED"
    OTHERS_DECIDE_NOW = "OTHERS_DECIDE_NOW"
    """The youth has passed into another age band: consents are to be looked over."""
    DEADLINE_ESCALATED = "DEADLINE_ESCALATED"
    """For those who lead the unit that owns the case."""
    YOU_LEAD = "YOU_LEAD"
    """The case was handed over to the receiver, with a package of what is open."""
    LEAD_CHANGED = "LEAD_CHANGED"
    CASE_PAUSED = "CASE_PAUSED"
    CASE_RESUMED = "CASE_RESUMED"
    CASE_CLOSED = "CASE_CLOSED"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """When a meeting is, as far as a calendar outside this system may know."""

    meeting_id: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person is told; `about` holds references and codes that the pages make links and words of."""

    person_id: str
    kind: NoticeKind
    about: dict[str, Any] = {}
    invitation: Invitation | None = None
    by_mail: bool = True
    """False where another notice about the same thing is mailed already."""


class CasePeople(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case as far as telling people goes."""

    case_id: str
    lead_id: str | None = None
    owner_agency: Agency | None = None
    municipality_no: str | None = None
    staff: tuple[str, ...] = ()
    """Members with a log-in."""
    calls: dict[str, int] = {}
    """Meeting → how often it was called."""
    shown_to: dict[str, tuple[str, ...]] = {}
    """Consent → who was shown something on its strength."""
    told_of: tuple[str, ...] = ()
    """Open deadlines that somebody was told of: when one is moved, they are told the right day."""
    silent: bool = False
    """After a death nothing is sent."""

    def after(self, event: Event) -> CasePeople:
        """The case after an event."""
        match event:
            case CaseOpened():
                return replace(
                    self,
                    lead_id=event.lead_id,
                    owner_agency=event.owner_agency,
                    municipality_no=event.municipality_no,
                )
            case CaseLeadChanged():
                return replace(self, lead_id=event.to_id, owner_agency=event.to_agency)
            case CaseClosed(reason=EndingReason.DEATH):
                return replace(self, silent=True)
            case MemberJoined(person_id=person_id) if _has_log_in(event) and person_id not in self.staff:
                return replace(self, staff=(*self.staff, person_id))
            case MemberLeft(person_id=person_id):
                return replace(self, staff=tuple(person for person in self.staff if person != person_id))
            case MeetingCalled(meeting_id=meeting_id):
                return replace(self, calls={**self.calls, meeting_id: self.calls.get(meeting_id, 0) + 1})
            case DeadlineReminded(deadline_id=deadline_id) | DeadlinePassed(deadline_id=deadline_id):
                return replace(self, told_of=tuple(dict.fromkeys((*self.told_of, deadline_id))))
            case DeadlineMet(deadline_id=deadline_id) | DeadlineCancelled(deadline_id=deadline_id):
                return replace(self, told_of=tuple(which for which in self.told_of if which != deadline_id))
            case OpeningDecided():
                return replace(self, shown_to=self._shown_to(event))
        return self

    def _shown_to(self, event: OpeningDecided) -> dict[str, tuple[str, ...]]:
        permitted = {
            decision.consent_id for decision in event.decisions if decision.outcome is Outcome.PERMIT
        }
        new = {
            consent_id: (*self.shown_to.get(consent_id, ()), event.person_id)
            for consent_id in permitted
            if consent_id and event.person_id not in self.shown_to.get(consent_id, ())
        }
        return {**self.shown_to, **new}

    def notices(self, event: Event) -> tuple[Notice, ...]:
        """Who is told what about an event that has just been applied; each person once."""
        return () if self.silent else tuple(self._notices(event))

    def _notices(self, event: Event) -> Iterator[Notice]:
        match event:
            case MeetingCalled():
                yield from self._invitations(event)
            case MemberJoined(person_id=person_id) if person_id in self.staff and person_id != self.lead_id:
                yield Notice(person_id=person_id, kind=NoticeKind.MEMBER_JOINED)
            case DeviationReported(deviation_id=deviation_id, severity=severity):
                about = {"deviation_id": deviation_id, "severity": severity}
                yield from _to(self._lead(), NoticeKind.DEVIATION_REPORTED, about)
            case ConsentWithdrawn(consent_id=consent_id):
                told = dict.fromkeys([*self._lead(), *self.shown_to.get(consent_id, ())])
                yield from _to(told, NoticeKind.CONSENT_WITHDRAWN, {"consent_id": consent_id})
            case YouthAgeBandChanged():
                yield from _to(self._lead(), NoticeKind.OTHERS_DECIDE_NOW, {})
            case ReceiptRequested(person_id=person_id, receipt_id=receipt_id, consent_id=consent_id):
                about = {"receipt_id": receipt_id, "consent_id": consent_id}
                yield Notice(
                    person_id=person_id, kind=NoticeKind.RECEIPT_REQUESTED, about=about, by_mail=False
                )
            case CaseLeadChanged(from_id=from_id, to_id=to_id):
                yield Notice(person_id=to_id, kind=NoticeKind.YOU_LEAD)
                yield from _to(self._others(from_id, to_id), NoticeKind.LEAD_CHANGED, {})
            case CasePaused(until_on=until_on):
                yield from _to(
                    self._others(self.lead_id), NoticeKind.CASE_PAUSED, {"until_on": until_on.isoformat()}
                )
            case CaseResumed():
                yield from _to(self._others(self.lead_id), NoticeKind.CASE_RESUMED, {})
            case CaseClosed():
                yield from _to(self._others(), NoticeKind.CASE_CLOSED, {})
            case EscalationAddressed():
                about = {
                    "deadline_id": event.deadline_id,
                    "deadline_kind": event.kind,
                    "due_on": event.due_on.isoformat(),
                }
                yield from _to(event.person_ids, NoticeKind.DEADLINE_ESCALATED, about)
            case DeadlineReminded() | DeadlinePassed() | DeadlineEscalated() | DeadlineMoved():
                yield from self._about_deadline(event)

    def _lead(self) -> list[str]:
        return [self.lead_id] if self.lead_id else []

    def _others(self, *than: str | None) -> list[str]:
        """The lead and the members with a log-in, less these."""
        return [person for person in dict.fromkeys([*self._lead(), *self.staff]) if person not in than]

    def _invitations(self, event: MeetingCalled) -> Iterator[Notice]:
        invitation = Invitation(
            meeting_id=event.meeting_id,
            sequence=self.calls.get(event.meeting_id, 1) - 1,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            zone=event.zone,
        )
        about = {"meeting_id": event.meeting_id, "starts_at": event.starts_at.isoformat()}
        with_log_in = {*self.staff, *self._lead()}
        for person_id in dict.fromkeys(event.invited):
            if person_id in with_log_in:
                yield Notice(
                    person_id=person_id, kind=NoticeKind.MEETING_CALLED, about=about, invitation=invitation
                )

    def _about_deadline(
        self, event: DeadlineReminded | DeadlinePassed | DeadlineEscalated | DeadlineMoved
    ) -> Iterator[Notice]:
        if event.kind.startswith(SILENT_DEADLINES):
            return
        about = {
            "deadline_id": event.deadline_id,
            "deadline_kind": event.kind,
            "due_on": event.due_on.isoformat(),
        }
        if isinstance(event, DeadlineReminded):
            yield from _to([event.owner_id], NoticeKind.DEADLINE_REMINDED, about)
        elif isinstance(event, DeadlinePassed):
            yield from _to([event.owner_id], NoticeKind.DEADLINE_PASSED, about)
        elif isinstance(event, DeadlineMoved):
            if event.owner_id != event.was_owner_id or event.deadline_id in self.told_of:
                yield from _to([event.owner_id], NoticeKind.DEADLINE_MOVED, about)
        elif event.level is EscalationLevel.LEAD:
            yield from _to(self._lead(), NoticeKind.DEADLINE_PASSED, about)


def _has_log_in(event: MemberJoined) -> bool:
    return event.function not in WITHOUT_LOG_IN and event.agency is not Agency.PRIVATE_NETWORK


def _to(people: Iterable[str], kind: NoticeKind, about: dict[str, Any]) -> Iterator[Notice]:
    return (Notice(person_id=person_id, kind=kind, about=about) for person_id in people)
