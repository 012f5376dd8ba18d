"""Who is told what about a case: a pure function of its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from schemas.address_protection import PROTECTION_EVENTS, AddressProtection
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CasePaused, CaseResumed
from schemas.codes import Agency, EndingReason, EscalationLevel, Function, Outcome
from schemas.consent import ConsentWithdrawn
from schemas.correction import ReadersTold
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineEscalated,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReminded,
    DeadlineReopened,
    EscalationAddressed,
)
from schemas.deviation import DeviationReported
from schemas.event import Event
from schemas.guardianship import GUARDIAN_EVENTS, Guardianship
from schemas.information import OpeningDecided
from schemas.network_group import MemberJoined, MemberLeft
from schemas.protection import ClearanceGiven, YouthAgeBandAhead, YouthAgeBandChanged
from schemas.receipt import ReceiptRequested
from schemas.referral import ReferralReassigned, ReferralReceived
from services.notifications.domain import meeting_notices
from services.notifications.domain.notice import Invitation, MeetingTime, Notice, NoticeKind

__all__ = ["CasePeople", "Invitation", "Notice", "NoticeKind"]
WITHOUT_LOG_IN = frozenset({Function.YOUTH, Function.GUARDIAN})
"""They are told on paper and in person; no account of theirs exists."""
SILENT_DEADLINES = ("C-",)
"""Deadlines that only make something happen by itself; nobody is told."""


class CasePeople(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case as far as telling people goes."""

    case_id: str
    lead_id: str | None = None
    owner_agency: Agency | None = None
    municipality_no: str | None = None
    screener_id: str | None = None
    """Who was to screen the referral that the case may become."""
    staff: tuple[str, ...] = ()
    """Members with a log-in."""
    calls: dict[str, int] = {}
    """Meeting → how often calendars were told of it: called, moved, cancelled."""
    meetings: dict[str, MeetingTime] = {}
    tasks: dict[str, str] = {}
    """Task → who has it."""
    without_log_in: tuple[str, ...] = ()
    """Members who are told in person or on paper."""
    shown_to: dict[str, tuple[str, ...]] = {}
    """Consent → who was shown something on its strength."""
    opened_for: dict[str, tuple[Agency, ...]] = {}
    """Who has been shown something → for which agencies."""
    told_of: tuple[str, ...] = ()
    """Open deadlines that somebody was told of: when one is moved, they are told the right day."""
    guardians: Guardianship = Guardianship()
    """Who of the family is kept out, and told nothing, not even by somebody else."""
    protection: AddressProtection = AddressProtection()
    """Nobody is told of a strictly protected case who is not cleared for it by name."""
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
            case ReferralReceived():
                return replace(self, screener_id=event.assigned_to, municipality_no=event.municipality_no)
            case ReferralReassigned():
                return replace(self, screener_id=event.to_id)
            case CaseLeadChanged():
                return replace(self, lead_id=event.to_id, owner_agency=event.to_agency)
            case CaseClosed(reason=EndingReason.DEATH):
                return replace(self, silent=True)
            case MemberJoined(person_id=person_id) if _has_log_in(event) and person_id not in self.staff:
                return replace(self, staff=(*self.staff, person_id))
            case MemberJoined(person_id=person_id) if not _has_log_in(event):
                outside = dict.fromkeys((*self.without_log_in, person_id))
                return replace(self, without_log_in=tuple(outside))
            case MemberLeft(person_id=person_id):
                return replace(
                    self,
                    staff=tuple(person for person in self.staff if person != person_id),
                    without_log_in=tuple(one for one in self.without_log_in if one != person_id),
                )
            case DeadlineReminded(deadline_id=deadline_id) | DeadlinePassed(deadline_id=deadline_id):
                return replace(self, told_of=tuple(dict.fromkeys((*self.told_of, deadline_id))))
            case DeadlineMet(deadline_id=deadline_id) | DeadlineCancelled(deadline_id=deadline_id):
                return replace(self, told_of=tuple(which for which in self.told_of if which != deadline_id))
            case OpeningDecided():
                return replace(self, shown_to=self._shown_to(event), opened_for=self._opened_for(event))
            case _ if isinstance(event, PROTECTION_EVENTS):
                return replace(self, protection=self.protection.after(event))
            case _ if isinstance(event, GUARDIAN_EVENTS):
                return replace(self, guardians=self.guardians.after(event))
        return meeting_notices.after(self, event)

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

    def _opened_for(self, event: OpeningDecided) -> dict[str, tuple[Agency, ...]]:
        known = self.opened_for.get(event.person_id, ())
        if event.to_agency is None or event.to_agency in known:
            return self.opened_for
        return {**self.opened_for, event.person_id: (*known, event.to_agency)}

    def _saw(self, event: ConsentWithdrawn) -> list[str]:
        """Who was shown something on the consent, for a receiver that it was taken back for."""
        return [
            person
            for person in self.shown_to.get(event.consent_id, ())
            if event.only_to is None or set(event.only_to) & set(self.opened_for.get(person, ()))
        ]

    def notices(self, event: Event) -> tuple[Notice, ...]:
        """Who is told what about an event that has just been applied; each person once."""
        told = () if self.silent else tuple(self._notices(event))
        return tuple(notice for notice in told if self.may_be_told(notice.person_id))

    def may_be_told(self, person_id: str) -> bool:
        """False for a guardian who is kept out (no time, no place, no task, and nobody is asked to pass it on), and for whoever is not
        cleared for a strictly protected case.
        """
        return self.guardians.told_nothing(person_id) is None and not self.protection.closes_case(person_id)

    def _notices(self, event: Event) -> Iterator[Notice]:
        match event:
            case MemberJoined(person_id=person_id) if person_id in self.staff and person_id != self.lead_id:
                yield Notice(person_id=person_id, kind=NoticeKind.MEMBER_JOINED)
                if self.protection.closes_case(person_id):
                    yield from _to(self._lead(), NoticeKind.CLEARANCE_NEEDED, {})
            case ClearanceGiven(person_id=person_id) if self.protection.only_for is not None:
                yield Notice(person_id=person_id, kind=NoticeKind.CLEARED)
            case DeviationReported(deviation_id=deviation_id, severity=severity):
                about = {"deviation_id": deviation_id, "severity": severity}
                yield from _to(self._lead(), NoticeKind.DEVIATION_REPORTED, about)
            case ConsentWithdrawn(consent_id=consent_id):
                told = dict.fromkeys([*self._lead(), *self._saw(event)])
                yield from _to(told, NoticeKind.CONSENT_WITHDRAWN, {"consent_id": consent_id})
            case ReadersTold(person_ids=people, because_of=because_of):
                yield from _to(people, NoticeKind.TEXT_CORRECTED, {"event_id": because_of})
            case YouthAgeBandAhead(age_band=age_band):
                yield from _to(self._lead(), NoticeKind.OTHERS_DECIDE_SOON, {"age_band": age_band.value})
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
            case (
                DeadlineReminded()
                | DeadlinePassed()
                | DeadlineEscalated()
                | DeadlineMoved()
                | DeadlineReopened()
            ):
                yield from self._about_deadline(event)
            case _:
                yield from meeting_notices.notices(self, event)

    def corrections_for(self, people: Iterable[str], corrected_id: str) -> tuple[Notice, ...]:
        """Those who were told of something that was then put right or struck are told the right thing."""
        about = {"event_id": corrected_id}
        told = [person for person in dict.fromkeys(people) if self.may_be_told(person)]
        return () if self.silent else tuple(_to(told, NoticeKind.REGISTRATION_CORRECTED, about))

    def _lead(self) -> list[str]:
        return [self.lead_id] if self.lead_id else []

    def _others(self, *than: str | None) -> list[str]:
        """The lead and the members with a log-in, less these."""
        return [person for person in dict.fromkeys([*self._lead(), *self.staff]) if person not in than]

    def _about_deadline(
        self, event: DeadlineReminded | DeadlinePassed | DeadlineEscalated | DeadlineMoved | DeadlineReopened
    ) -> Iterator[Notice]:
        if event.kind.startswith(SILENT_DEADLINES):
            return
        about = {
            "deadline_id": event.deadline_id,
            "deadline_kind": event.kind,
            "due_on": event.due_on.isoformat(),
        }
        owner = self._lead() if event.owner_id in self.without_log_in else [event.owner_id]
        if isinstance(event, DeadlineReminded):
            yield from _to(owner, NoticeKind.DEADLINE_REMINDED, about)
        elif isinstance(event, DeadlinePassed):
            yield from _to(owner, NoticeKind.DEADLINE_PASSED, about)
        elif isinstance(event, DeadlineReopened):
            yield from _to(owner, NoticeKind.DEADLINE_REOPENED, about)
        elif isinstance(event, DeadlineMoved):
            if event.owner_id != event.was_owner_id or event.deadline_id in self.told_of:
                yield from _to(owner, NoticeKind.DEADLINE_MOVED, about)
        elif event.level is EscalationLevel.LEAD:
            yield from _to(self._lead(), NoticeKind.DEADLINE_PASSED, about)


def _has_log_in(event: MemberJoined) -> bool:
    return event.function not in WITHOUT_LOG_IN and event.agency is not Agency.PRIVATE_NETWORK


def _to(people: Iterable[str], kind: NoticeKind, about: dict[str, Any]) -> Iterator[Notice]:
    return (Notice(person_id=person_id, kind=kind, about=about) for person_id in people)
