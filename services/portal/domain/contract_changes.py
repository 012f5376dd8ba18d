"""What the events of a contract change in the view: its signatures, its versions, its dates, its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec.structs import replace

from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeExpired,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractExpiredUnsigned,
    ContractExtended,
    ContractRegistered,
    ContractRejected,
    ContractSignatureRegistered,
    ContractSigned,
    ContractSignersChanged,
    ContractStartCorrected,
    ContractStarted,
)
from schemas.contract import Signer as Signing
from schemas.evaluation import EvaluationHeld
from schemas.event import Event, Fact
from services.portal.domain.case_view import CaseView, Contract, ProposedChange, Signature
from services.portal.domain.keeping import change_one, put

Change = Callable[[CaseView, Any, Fact], CaseView]


def _changed(view: CaseView, contract_id: str, change: Callable[[Contract], Contract]) -> CaseView:
    return replace(view, contracts=change_one(view.contracts, "contract_id", contract_id, change))


def _unsigned(signers: tuple[Signing, ...]) -> tuple[Signature, ...]:
    return tuple(Signature(person_id=signer.person_id, role=signer.role) for signer in signers)


def _signed_by(
    signatures: tuple[Signature, ...], event: ContractSignatureRegistered
) -> tuple[Signature, ...]:
    signed = Signature(
        person_id=event.person_id, role=event.role, method=event.method, signed_on=event.signed_on
    )
    return tuple(signed if one.person_id == event.person_id else one for one in signatures)


def _registered(view: CaseView, event: ContractRegistered, _: Fact) -> CaseView:
    contract = Contract(
        contract_id=event.contract_id,
        programme=event.programme,
        age_band=event.age_band,
        reason=event.reason,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        goal_refs=event.goal_refs,
        own_goal_refs=event.own_goal_refs,
        clauses=event.clauses,
        identity_refs=event.identity_refs,
        signatures=_unsigned(event.signers),
        planned=event.members,
        contract_version=event.contract_version,
    )
    return replace(view, contracts=put(view.contracts, "contract_id", contract))


def _signature(view: CaseView, event: ContractSignatureRegistered, _: Fact) -> CaseView:
    def sign(contract: Contract) -> Contract:
        change = contract.change
        if change is not None and event.contract_version == change.version:
            return replace(contract, change=replace(change, signatures=_signed_by(change.signatures, event)))
        return replace(contract, signatures=_signed_by(contract.signatures, event))

    return _changed(view, event.contract_id, sign)


def _signers_changed(view: CaseView, event: ContractSignersChanged, _: Fact) -> CaseView:
    people = {signer.person_id for signer in event.signers}

    def still(signatures: tuple[Signature, ...]) -> tuple[Signature, ...]:
        return tuple(one for one in signatures if one.signed_on is not None or one.person_id in people)

    def change(contract: Contract) -> Contract:
        waiting = contract.change
        if waiting is not None and event.contract_version == waiting.version:
            return replace(contract, change=replace(waiting, signatures=still(waiting.signatures)))
        return replace(contract, signatures=still(contract.signatures))

    return _changed(view, event.contract_id, change)


def _signed(view: CaseView, event: ContractSigned, _: Fact) -> CaseView:
    def sign(contract: Contract) -> Contract:
        return replace(contract, signed_on=contract.signed_on or event.signed_on)

    return _changed(view, event.contract_id, sign)


def _started(view: CaseView, event: ContractStarted, _: Fact) -> CaseView:
    def start(contract: Contract) -> Contract:
        return replace(contract, started_on=event.started_on, ends_on=event.ends_on)

    return _changed(view, event.contract_id, start)


def _proposed(view: CaseView, event: ContractChangeProposed, _: Fact) -> CaseView:
    change = ProposedChange(
        version=event.to_version,
        ends_on=event.ends_on,
        goal_refs=event.goal_refs,
        clauses=event.clauses,
        signatures=_unsigned(event.signers),
        proposed_on=event.proposed_on,
        own_goal_refs=event.own_goal_refs,
    )
    return _changed(view, event.contract_id, lambda contract: replace(contract, change=change))


def _laid_aside(view: CaseView, event: ContractChangeDeclined | ContractChangeExpired, _: Fact) -> CaseView:
    return _changed(view, event.contract_id, lambda contract: replace(contract, change=None))


def _amended(view: CaseView, event: ContractAmended, _: Fact) -> CaseView:
    def amend(contract: Contract) -> Contract:
        new = contract.change
        if new is None:
            return replace(contract, contract_version=event.to_version)
        return replace(
            contract,
            contract_version=event.to_version,
            goal_refs=new.goal_refs,
            own_goal_refs=new.own_goal_refs,
            clauses=new.clauses,
            signatures=new.signatures,
            change=None,
        )

    return _changed(view, event.contract_id, amend)


def _extended(view: CaseView, event: ContractExtended, _: Fact) -> CaseView:
    def extend(contract: Contract) -> Contract:
        return replace(contract, ends_on=event.ends_on, extended=True)

    return _changed(view, event.contract_id, extend)


def _start_corrected(view: CaseView, event: ContractStartCorrected, _: Fact) -> CaseView:
    def correct(contract: Contract) -> Contract:
        return replace(contract, starts_on=event.starts_on, ends_on=event.ends_on)

    return _changed(view, event.contract_id, correct)


def _evaluated(view: CaseView, event: EvaluationHeld, _: Fact) -> CaseView:
    def evaluate(contract: Contract) -> Contract:
        return replace(contract, evaluated=(*contract.evaluated, event.kind))

    return _changed(view, event.contract_id, evaluate)


def _rejected(view: CaseView, event: ContractRejected, _: Fact) -> CaseView:
    return _ended(view, event.contract_id, event.rejected_on)


def _expired_unsigned(view: CaseView, event: ContractExpiredUnsigned, _: Fact) -> CaseView:
    return _ended(view, event.contract_id, event.expired_on)


def _completed(view: CaseView, event: ContractCompleted, _: Fact) -> CaseView:
    return _ended(view, event.contract_id, event.completed_on)


def _ended_early(view: CaseView, event: ContractEndedEarly, _: Fact) -> CaseView:
    return _ended(view, event.contract_id, event.ended_on)


def _ended(view: CaseView, contract_id: str, ended_on: date) -> CaseView:
    def end(contract: Contract) -> Contract:
        return replace(contract, ended_on=ended_on, change=None)

    return _changed(view, contract_id, end)


CONTRACT_CHANGES: dict[type[Event], Change] = {
    ContractRegistered: _registered,
    ContractSignatureRegistered: _signature,
    ContractSigned: _signed,
    ContractStarted: _started,
    ContractChangeProposed: _proposed,
    ContractChangeDeclined: _laid_aside,
    ContractChangeExpired: _laid_aside,
    ContractSignersChanged: _signers_changed,
    ContractAmended: _amended,
    ContractExtended: _extended,
    ContractStartCorrected: _start_corrected,
    EvaluationHeld: _evaluated,
    ContractRejected: _rejected,
    ContractExpiredUnsigned: _expired_unsigned,
    ContractCompleted: _completed,
    ContractEndedEarly: _ended_early,
}
