"""What stands around a case in the other services, as far as this one has read: who is in the group, what is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from schemas.case import HandOver
from schemas.codes import Agency, ConsentEffect, ConsentKind, Function, MeetingKind, WithdrawalConsequence
from schemas.consent import ConsentRequested, ConsentWithdrawn, EffectiveConsentChanged
from schemas.consent_loss import ConsentLossDecided, LossDecision
from schemas.deadline import DeadlineCancelled, DeadlineMet, DeadlineReopened, DeadlineScheduled
from schemas.event import Event
from schemas.forum import ForumOpened
from schemas.local_time import local_date
from schemas.mediation import MediationOpened
from schemas.meeting import MeetingCalled, MeetingCancelled, MeetingHeld, MeetingMoved
from schemas.network_group import MemberFunctionChanged, MemberJoined, MemberLeft
from schemas.task import TaskAssigned, TaskCancelled, TaskCompleted, TaskNotDone, TaskReassigned

V = TypeVar("V")
LEADING = (Function.LEAD, Function.DEPUTY)
FAMILY = (Function.YOUTH, Function.GUARDIAN)
RESTS_ON_IT = (WithdrawalConsequence.CONTRACT_PAUSES, WithdrawalConsequence.CASE_WINDS_UP)
"""Withdrawals after which a contract that runs does not simply go on; one that has not begun does not begin."""
GOES_ON = (LossDecision.GOES_ON_WITHOUT, LossDecision.CHANGE_THE_CONTRACT)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """The present members with function and agency, and what is open: meetings, deadlines, consents."""

    case_id: str
    functions: dict[str, Function] = {}
    agencies: dict[str, Agency] = {}
    meetings: dict[str, datetime] = {}
    """Called and not yet held: when they begin."""
    first_held: dict[MeetingKind, date] = {}
    last_held: dict[MeetingKind, date] = {}
    tasks: dict[str, str] = {}
    """Open tasks: their owners."""
    deadlines: dict[str, str] = {}
    """Open deadlines: their kind in the catalogue."""
    consents: dict[str, ConsentKind] = {}
    effective: dict[str, ConsentKind] = {}
    taken: bool = False
    """The id is that of a mediation's record or of a forum: no case."""
    lost: tuple[str, ...] = ()
    """Consents that were taken back and that the follow-up rested on, until there is another or the group has decided to go on."""

    @property
    def family(self) -> frozenset[str]:
        """The youth and the guardians."""
        return frozenset(p for p, function in self.functions.items() if function in FAMILY)

    def leads(self, person_id: str) -> bool:
        """True for those who may act for the lead."""
        return self.functions.get(person_id) in LEADING

    @property
    def leading(self) -> frozenset[str]:
        """Those who may act for the lead."""
        return frozenset(p for p in self.functions if self.leads(p))

    def hand_over(self, *, note_ref: str | None, today: date) -> HandOver:
        """What a new lead takes over."""
        coming = sorted((at, meeting) for meeting, at in self.meetings.items() if local_date(at) >= today)
        return HandOver(
            open_task_ids=tuple(sorted(self.tasks)),
            open_deadline_ids=tuple(sorted(self.deadlines)),
            effective_consent_ids=tuple(sorted(self.effective)),
            next_meeting_id=coming[0][1] if coming else None,
            note_ref=note_ref,
        )

    def after(self, event: Event) -> Surroundings:
        """What stands around the case after one more event of another service."""
        match event:
            case MemberJoined():
                return replace(
                    self,
                    functions={**self.functions, event.person_id: event.function},
                    agencies={**self.agencies, event.person_id: event.agency},
                )
            case MemberFunctionChanged():
                return replace(self, functions={**self.functions, event.person_id: event.function})
            case MemberLeft():
                return replace(
                    self,
                    functions=without(self.functions, event.person_id),
                    agencies=without(self.agencies, event.person_id),
                )
            case MeetingCalled() | MeetingMoved():
                return replace(self, meetings={**self.meetings, event.meeting_id: event.starts_at})
            case MeetingCancelled():
                return replace(self, meetings=without(self.meetings, event.meeting_id))
            case MeetingHeld():
                first = {event.kind: event.held_on, **self.first_held}
                last = {**self.last_held, event.kind: event.held_on}
                waiting = without(self.meetings, event.meeting_id)
                return replace(self, meetings=waiting, first_held=first, last_held=last)
            case TaskAssigned():
                return replace(self, tasks={**self.tasks, event.task_id: event.owner_id})
            case TaskReassigned():
                return replace(self, tasks={**self.tasks, event.task_id: event.to_id})
            case TaskCompleted() | TaskNotDone() | TaskCancelled():
                return replace(self, tasks=without(self.tasks, event.task_id))
            case DeadlineScheduled() | DeadlineReopened():
                return replace(self, deadlines={**self.deadlines, event.deadline_id: event.kind})
            case DeadlineMet() | DeadlineCancelled():
                return replace(self, deadlines=without(self.deadlines, event.deadline_id))
            case ConsentRequested():
                return replace(self, consents={**self.consents, event.consent_id: event.kind})
            case EffectiveConsentChanged():
                rest = without(self.effective, event.consent_id)
                kind = self.consents.get(event.consent_id)
                if event.after is ConsentEffect.EFFECTIVE and kind is not None:
                    rest = {**rest, event.consent_id: kind}
                    found_again = tuple(one for one in self.lost if self.consents.get(one) is not kind)
                    return replace(self, effective=rest, lost=found_again)
                return replace(self, effective=rest)
            case MediationOpened() | ForumOpened():
                return replace(self, taken=True)
            case ConsentWithdrawn() if event.consequence in RESTS_ON_IT:
                return replace(self, lost=tuple(dict.fromkeys((*self.lost, event.consent_id))))
            case ConsentLossDecided() if event.decision in GOES_ON:
                return replace(self, lost=tuple(one for one in self.lost if one != event.consent_id))
            case _:
                return self


def without(of: dict[str, V], key: str) -> dict[str, V]:
    """The mapping less one key."""
    return {k: v for k, v in of.items() if k != key}
