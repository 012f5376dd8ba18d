"""The case: one youth in one programme, with one named contact person throughout."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.case import (
    CaseClosed,
    CaseLeadChanged,
    CaseOpened,
    CasePaused,
    CaseResumed,
    CaseTransferred,
    CaseWoundUp,
    YouthToldOfLead,
)
from schemas.codes import (
    Agency,
    CaseOutcome,
    CriminalTrack,
    EndingReason,
    MissingReason,
    PauseReason,
    Programme,
    Role,
)
from schemas.contract import ContractStarted
from schemas.decision import AftercareChecked
from schemas.event import Event
from schemas.sanction import ProsecutionAcceptanceRecorded, YouthPlanAdopted
from schemas.sanction_codes import AftercareCheck
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused
from services.contracts.domain.surroundings import Surroundings

AT_ANY_TIME = (EndingReason.DEATH, EndingReason.MOVED, EndingReason.REGISTERED_BY_MISTAKE)
"""Reasons that close a case from wherever it stands."""


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPENED = "OPENED"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    WINDING_UP = "WINDING_UP"
    CLOSED = "CLOSED"


class Remains(msgspec.Struct, frozen=True, kw_only=True):
    """What a closing looks at beside the case itself."""

    open_tasks: bool
    acute_deviation_open: bool
    end_evaluated: bool
    runs: bool
    """A contract or plan still runs, or waits for signatures or for its start."""
    has_run: bool


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its events tell it; `version` counts those that changed it."""

    case_id: str
    programme: Programme
    municipality_no: str
    owner_agency: Agency
    lead_id: str
    youth_id: str
    criminal_track: CriminalTrack = CriminalTrack.NONE
    referral_id: str | None = None
    opened_on: date | None = None
    active_on: date | None = None
    paused_until: date | None = None
    closed_on: date | None = None
    ending: EndingReason | None = None
    """Why it was closed."""
    aftercare: tuple[AftercareCheck, ...] = ()
    """The contacts after the end that have been made or declined."""
    youth_untold: bool = False
    """The case has a new lead, and nobody has recorded yet that the youth was told."""
    status: CaseStatus = CaseStatus.OPENED
    version: int = 1

    @property
    def open(self) -> bool:
        """True until the case is closed."""
        return self.status is not CaseStatus.CLOSED

    @classmethod
    def opened(cls, case_id: str, event: CaseOpened, *, on: date) -> Case:
        """The case that the event opens."""
        return cls(
            case_id=case_id,
            programme=event.programme,
            municipality_no=event.municipality_no,
            owner_agency=event.owner_agency,
            lead_id=event.lead_id,
            youth_id=event.youth_id,
            criminal_track=event.criminal_track,
            referral_id=event.referral_id,
            opened_on=on,
        )

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def refuse_closed(self) -> None:
        """Raise Conflict when the case is closed."""
        if not self.open:
            raise conflict("CASE_CLOSED")

    def pause(self, reason: PauseReason, *, until_on: date, today: date) -> list[Event]:
        """Follow-up is put on hold. Raises Refused and Conflict."""
        if self.status is not CaseStatus.ACTIVE:
            raise conflict("NOT_ACTIVE")
        refuse_pause(self.programme, reason, paused_on=today, until_on=until_on)
        return [CasePaused(reason=reason, paused_on=today, until_on=until_on)]

    def resume(self, *, today: date) -> list[Event]:
        """Follow-up goes on. Raises Conflict."""
        if self.status is not CaseStatus.PAUSED:
            raise conflict("NOT_PAUSED")
        return [CaseResumed(resumed_on=today)]

    def wind_up(self, *, today: date, unstarted: bool = False) -> list[Event]:
        """The contract or plan is over, or (`unstarted`) nothing of it shall begin; nothing when the case is past that already."""
        begun = (CaseStatus.ACTIVE, CaseStatus.PAUSED)
        if self.status not in ((CaseStatus.OPENED, *begun) if unstarted else begun):
            return []
        return [CaseWoundUp(wound_up_on=today)]

    def close(
        self,
        reason: EndingReason,
        remains: Remains,
        *,
        outcome: CaseOutcome | None,
        evaluation_missing: MissingReason | None,
        stop_id: str,
        today: date,
    ) -> list[Event]:
        """The case is closed. Raises Refused and Conflict."""
        self.refuse_closed()
        if reason not in AT_ANY_TIME:
            self._refuse_unfinished(remains, evaluation_missing)
        return [
            CaseClosed(
                reason=reason,
                closed_on=today,
                outcome=outcome,
                evaluation_missing=None if remains.end_evaluated else evaluation_missing,
                stop_id=stop_id,
            )
        ]

    def _refuse_unfinished(self, remains: Remains, evaluation_missing: MissingReason | None) -> None:
        if remains.runs:
            raise conflict("STILL_RUNS")
        if remains.open_tasks:
            raise conflict("TASKS_OPEN")
        if remains.acute_deviation_open:
            raise conflict("ACUTE_DEVIATION_OPEN")
        if remains.has_run and not remains.end_evaluated and evaluation_missing is None:
            raise refused("END_EVALUATION_MISSING", field="evaluation_missing")

    def transfer(
        self, *, to_municipality_no: str, to_agency: Agency, stop_id: str, today: date
    ) -> list[Event]:
        """The youth moves: the case closes here, and the new municipality opens its own. Raises Refused and Conflict."""
        self.refuse_closed()
        if to_municipality_no == self.municipality_no:
            raise refused("SAME_MUNICIPALITY", field="to_municipality_no")
        return [
            CaseTransferred(to_municipality_no=to_municipality_no, to_agency=to_agency, transferred_on=today),
            CaseClosed(
                reason=EndingReason.MOVED,
                closed_on=today,
                evaluation_missing=MissingReason.MOVED,
                stop_id=stop_id,
            ),
        ]

    def change_lead(
        self,
        to_id: str,
        *,
        to_agency: Agency,
        roles: Collection[Role],
        same_office: bool = False,
        around: Surroundings,
        note_ref: str | None,
        stop_id: str,
        today: date,
    ) -> list[Event]:
        """Another member who may lead such cases takes over, with what is open. A case that no contract has given a group yet goes to somebody
        of the same agency in the same municipality (`same_office`). Raises Refused and Conflict.
        """
        self.refuse_closed()
        if to_id == self.lead_id:
            raise refused("LEAD_ALREADY", field="to_id")
        if not around.functions and not same_office:
            raise refused("NEW_LEAD_ELSEWHERE", field="to_id")
        if around.functions and (to_id not in around.functions or to_id in around.family):
            raise refused("NEW_LEAD_NOT_MEMBER", field="to_id")
        if not rules_of(self.programme).lead_roles.intersection(roles):
            raise refused("NEW_LEAD_MAY_NOT_LEAD", field="to_id")
        return [
            CaseLeadChanged(
                from_id=self.lead_id,
                to_id=to_id,
                to_agency=to_agency,
                changed_on=today,
                hand_over=around.hand_over(note_ref=note_ref, today=today),
                stop_id=stop_id,
            )
        ]

    def tell_of_lead(self, *, told_on: date, today: date) -> list[Event]:
        """The youth was told who leads the case now. Raises Refused and Conflict."""
        self.refuse_closed()
        if not self.youth_untold:
            raise conflict("LEAD_KNOWN")
        if told_on > today:
            raise refused("HAPPENED_IN_FUTURE", field="told_on")
        return [YouthToldOfLead(lead_id=self.lead_id, told_on=told_on)]

    def after(self, event: Event) -> Case:
        """The case after one more event of its own; nothing opens a closed one again. That the youth was told of a new lead leaves the
        version as it is.
        """
        if isinstance(event, YouthToldOfLead):
            return replace(self, youth_untold=False)
        changed = replace(self, version=self.version + 1)
        match event:
            case ContractStarted() | YouthPlanAdopted() if not self.open:
                return changed
            case ContractStarted():
                return replace(
                    changed, status=CaseStatus.ACTIVE, active_on=self.active_on or event.started_on
                )
            case YouthPlanAdopted():
                return replace(
                    changed, status=CaseStatus.ACTIVE, active_on=self.active_on or event.adopted_on
                )
            case ProsecutionAcceptanceRecorded() if event.accepted:
                return replace(changed, criminal_track=CriminalTrack.ALTERNATIVE_ACCEPTED)
            case AftercareChecked():
                return replace(changed, aftercare=(*self.aftercare, event.check))
            case CasePaused():
                return replace(changed, status=CaseStatus.PAUSED, paused_until=event.until_on)
            case CaseResumed():
                return replace(changed, status=CaseStatus.ACTIVE, paused_until=None)
            case CaseWoundUp():
                return replace(changed, status=CaseStatus.WINDING_UP, paused_until=None)
            case CaseLeadChanged():
                return replace(changed, lead_id=event.to_id, owner_agency=event.to_agency, youth_untold=True)
            case CaseClosed():
                return replace(
                    changed, status=CaseStatus.CLOSED, closed_on=event.closed_on, ending=event.reason
                )
            case _:
                return changed


def refuse_pause(programme: Programme, reason: PauseReason, *, paused_on: date, until_on: date) -> None:
    """Raise Refused for a pause that has no end, or a too late one."""
    rules = rules_of(programme)
    days = rules.ladder_pause_days if reason is PauseReason.LADDER_STEP else rules.longest_pause_days
    longest = days.on(paused_on)
    if not paused_on < until_on <= paused_on + timedelta(days=longest):
        raise refused("PAUSE_LENGTH", field="until_on", days=longest)
