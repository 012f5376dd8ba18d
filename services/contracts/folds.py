"""What each event says in this service's replayed tables."""

from __future__ import annotations

from backbone.clock import OSLO
from backbone.rows import Rows
from backbone.work import Fold
from schemas.case import CaseOpened
from schemas.contract import ContractRegistered, ContractSignatureRegistered, ContractSigned, ContractStarted
from schemas.deviation import DeviationReported
from schemas.event import Event, Fact
from schemas.network_group import MemberJoined, MemberLeft
from services.contracts.domain.case import Case
from services.contracts.domain.contract import Contract
from services.contracts.domain.deviation import Deviation
from services.contracts.domain.group import Group
from services.contracts.repository import CASES, CONTRACTS, DEVIATIONS, GROUPS


def on_opened(rows: Rows, fact: Fact) -> None:
    """A case begins."""
    assert isinstance(fact.event, CaseOpened)
    CASES.put(rows, Case.opened(fact.envelope.case_id, fact.event))


def on_case(rows: Rows, fact: Fact) -> None:
    """The case goes on."""
    case = CASES.find(rows, fact.envelope.case_id)
    if case is not None:
        CASES.put(rows, case.after(fact.event))


def on_registered(rows: Rows, fact: Fact) -> None:
    """A contract begins."""
    assert isinstance(fact.event, ContractRegistered)
    registered_on = fact.envelope.time.astimezone(OSLO).date()
    CONTRACTS.put(rows, Contract.registered(fact.envelope.case_id, fact.event, on=registered_on))


def on_contract(rows: Rows, fact: Fact) -> None:
    """The contract that the event names goes on."""
    contract = CONTRACTS.find(rows, fact.event.contract_id)  # type: ignore[attr-defined]
    if contract is not None:
        CONTRACTS.put(rows, contract.after(fact.event))


def on_contract_and_case(rows: Rows, fact: Fact) -> None:
    """The contract goes on, and the case with it."""
    on_contract(rows, fact)
    on_case(rows, fact)


def on_reported(rows: Rows, fact: Fact) -> None:
    """A deviation begins."""
    assert isinstance(fact.event, DeviationReported)
    DEVIATIONS.put(rows, Deviation.reported(fact.envelope.case_id, fact.event))


def on_group(rows: Rows, fact: Fact) -> None:
    """Somebody joined or left the group around the youth."""
    group = GROUPS.find(rows, fact.envelope.case_id) or Group(case_id=fact.envelope.case_id)
    GROUPS.put(rows, group.after(fact.event))


FOLDS: dict[type[Event], Fold] = {
    CaseOpened: on_opened,
    ContractRegistered: on_registered,
    ContractSignatureRegistered: on_contract,
    ContractSigned: on_contract,
    ContractStarted: on_contract_and_case,
    DeviationReported: on_reported,
    MemberJoined: on_group,
    MemberLeft: on_group,
}
