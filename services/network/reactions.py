"""What network does about what others decided."""

from __future__ import annotations

from backbone.clock import derived_id
from backbone.work import Reaction, Work
from schemas.case import CaseClosed, CaseLeadChanged
from schemas.codes import CancelReason
from schemas.contract import ContractRegistered
from schemas.event import Event, Fact
from schemas.sanction import SanctionReceived
from services.network.domain.group import form
from services.network.domain.meeting import called_off
from services.network.domain.task import hand_on
from services.network.guardian_reactions import GUARDIAN_REACTIONS
from services.network.repository import CASES, GROUPS, MEETINGS, TASKS


def on_contract_registered(work: Work, fact: Fact) -> None:
    """A contract was registered: its network group is formed, or takes in those whom the new contract names."""
    assert isinstance(fact.event, ContractRegistered)
    _form(work, fact, fact.event, fact.event.contract_id)


def on_sanction_received(work: Work, fact: Fact) -> None:
    """A sanction was received: its follow-up team (oppfølgingsteam) is formed, or takes in those who are named anew."""
    assert isinstance(fact.event, SanctionReceived)
    _form(work, fact, fact.event, fact.event.plan_id)


def _form(work: Work, fact: Fact, event: ContractRegistered | SanctionReceived, about_id: str) -> None:
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case, group = CASES.find(work, case_id), GROUPS.find(work, case_id)
    if case is None:
        return
    planned, on = case.planned_group(event), fact.envelope.recorded_on
    events: list[Event] = (
        [*form(planned, group_id=derived_id("network group", case_id), contract_id=about_id, on=on)]
        if group is None
        else [*group.take_in(planned, on=on)]
    )
    work.publish(case_id, *events, caused_by=fact.envelope.id)


def on_lead_changed(work: Work, fact: Fact) -> None:
    """Somebody took the case over: they lead the group, and the former lead leaves it."""
    assert isinstance(fact.event, CaseLeadChanged)
    case_id, event = fact.envelope.case_id, fact.event
    work.lock_case(case_id)
    group = GROUPS.find(work, case_id)
    if group is not None:
        handed = group.hand_lead(event.from_id, event.to_id, on=event.changed_on, stop_id=event.stop_id)
        tasks = hand_on(TASKS.of_case(work, case_id), event.from_id, event.to_id)
        work.publish(case_id, *handed, *tasks, caused_by=fact.envelope.id)


def on_case_closed(work: Work, fact: Fact) -> None:
    """The case is closed: no meeting of it is still to come. Whoever was called is told, except after a death."""
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    meetings = MEETINGS.of_case(work, case_id)
    off = called_off(meetings, CancelReason.NOT_NEEDED, now=work.moment.decided_at)
    work.publish(case_id, *off, caused_by=fact.envelope.id)


REACTIONS: dict[type[Event], Reaction] = {
    ContractRegistered: on_contract_registered,
    SanctionReceived: on_sanction_received,
    CaseLeadChanged: on_lead_changed,
    CaseClosed: on_case_closed,
    **GUARDIAN_REACTIONS,
}
