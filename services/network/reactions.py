"""What network does about what others decided."""

from __future__ import annotations

from backbone.clock import derived_id
from backbone.work import Reaction, Work
from schemas.case import CaseLeadChanged
from schemas.contract import ContractRegistered
from schemas.event import Event, Fact
from schemas.sanction import SanctionReceived
from services.network.domain.group import form
from services.network.guardian_reactions import GUARDIAN_REACTIONS
from services.network.repository import CASES, GROUPS


def on_contract_registered(work: Work, fact: Fact) -> None:
    """A contract was registered: its network group is formed, unless the case has one."""
    assert isinstance(fact.event, ContractRegistered)
    _form(work, fact, fact.event, fact.event.contract_id)


def on_sanction_received(work: Work, fact: Fact) -> None:
    """A sanction was received: its follow-up team (oppfølgingsteam) is formed, unless the case has one."""
    assert isinstance(fact.event, SanctionReceived)
    _form(work, fact, fact.event, fact.event.plan_id)


def _form(work: Work, fact: Fact, event: ContractRegistered | SanctionReceived, about_id: str) -> None:
    case_id = fact.envelope.case_id
    work.lock_case(case_id)
    case = CASES.find(work, case_id)
    if case is None or GROUPS.find(work, case_id) is not None:
        return
    events = form(
        case.planned_group(event),
        group_id=derived_id("network group", case_id),
        contract_id=about_id,
        on=fact.envelope.recorded_on,
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
        work.publish(case_id, *handed, caused_by=fact.envelope.id)


REACTIONS: dict[type[Event], Reaction] = {
    ContractRegistered: on_contract_registered,
    SanctionReceived: on_sanction_received,
    CaseLeadChanged: on_lead_changed,
    **GUARDIAN_REACTIONS,
}
