"""How a contract changes and how it ends: new versions, one extension, a start date put right, the five ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from schemas.codes import AgeBand, EndingReason
from schemas.contract import (
    Clause,
    ContractChangeDeclined,
    ContractChangeProposed,
    ContractCompleted,
    ContractEndedEarly,
    ContractRejected,
    ContractStartCorrected,
    Signer,
)
from schemas.event import Event
from services.contracts.domain.calendar import add_months
from services.contracts.domain.clauses import refuse_clauses
from services.contracts.domain.contract import UNSIGNED, Contract, signers_with
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused


def propose(
    contract: Contract,
    *,
    goal_refs: tuple[str, ...],
    clauses: tuple[Clause, ...],
    ends_on: date,
    age_band: AgeBand,
    people: Collection[str],
    deciding: Collection[Signer],
    today: date,
) -> list[Event]:
    """A new version of a running contract; signed by those who must at the age of today, `deciding` being those who decide for the
    youth now. Raises Refused and Conflict.
    """
    if not contract.runs:
        raise conflict("CONTRACT_NOT_RUNNING")
    if contract.change is not None:
        raise conflict("CHANGE_WAITS")
    if not goal_refs:
        raise refused("GOAL_MISSING", field="goal_refs")
    if (goal_refs, clauses, ends_on) == (contract.goal_refs, contract.clauses, contract.ends_on):
        raise refused("NOTHING_CHANGED")
    _refuse_extension(contract, ends_on, today)
    refuse_clauses(clauses, programme=contract.programme, people=people)
    rules = rules_of(contract.programme)
    return [
        ContractChangeProposed(
            contract_id=contract.contract_id,
            to_version=contract.contract_version + 1,
            proposed_on=today,
            ends_on=ends_on,
            goal_refs=goal_refs,
            clauses=clauses,
            signers=signers_with(
                deciding,
                youth_id=contract.youth_id,
                age_band=age_band,
                guardians_sign=rules.guardians_sign.on(today),
            ),
            sign_by=today + timedelta(days=rules.unsigned_days.on(today)),
        )
    ]


def _refuse_extension(contract: Contract, ends_on: date, today: date) -> None:
    if ends_on < contract.ends_on:
        raise refused("ENDS_EARLIER", field="ends_on")
    if ends_on == contract.ends_on:
        return
    rules = rules_of(contract.programme)
    if contract.extended:
        raise conflict("EXTENDED_ONCE", field="ends_on")
    longest = rules.length_months.on(contract.starts_on)[1] + rules.extension_months.on(contract.starts_on)
    if ends_on > add_months(contract.starts_on, longest):
        raise refused(
            "EXTENSION_TOO_LONG", field="ends_on", months=rules.extension_months.on(contract.starts_on)
        )
    if today > contract.ends_on:
        raise conflict("CONTRACT_OVER")


def decline(contract: Contract, *, today: date) -> list[Event]:
    """Lay the waiting version aside. Raises Conflict."""
    if contract.change is None:
        raise conflict("NO_CHANGE_WAITS")
    return [
        ContractChangeDeclined(
            contract_id=contract.contract_id, to_version=contract.change.version, declined_on=today
        )
    ]


def correct_start(contract: Contract, starts_on: date, *, today: date) -> list[Event]:
    """Put a start date right that was written down wrongly; the end follows from it. Raises Refused and Conflict."""
    if not contract.live:
        raise conflict("CONTRACT_OVER")
    if contract.extended:
        raise conflict("EXTENDED_ONCE", field="starts_on")
    if starts_on == contract.starts_on:
        raise refused("NOTHING_CHANGED", field="starts_on")
    rules = rules_of(contract.programme)
    if starts_on < contract.registered_on - timedelta(days=rules.backdated_days.on(today)):
        raise refused("START_TOO_LONG_AGO", field="starts_on", days=rules.backdated_days.on(today))
    if contract.runs and starts_on > today:
        raise refused("START_HAS_COME", field="starts_on")
    return [
        ContractStartCorrected(
            contract_id=contract.contract_id,
            was_starts_on=contract.starts_on,
            starts_on=starts_on,
            ends_on=add_months(starts_on, rules.length_months.on(starts_on)[1]),
        )
    ]


def complete(contract: Contract, *, today: date) -> list[Event]:
    """The contract has run through its end date. Raises Conflict."""
    if not contract.runs:
        raise conflict("CONTRACT_NOT_RUNNING")
    if today <= contract.ends_on:
        raise conflict("END_NOT_COME")
    return [ContractCompleted(contract_id=contract.contract_id, completed_on=contract.ends_on)]


def end_early(contract: Contract, reason: EndingReason, *, today: date) -> list[Event]:
    """The contract ends before its time; leaving is voluntary and needs no more than a reason. Raises Refused and Conflict."""
    if not contract.live:
        raise conflict("CONTRACT_OVER")
    if reason is EndingReason.COMPLETED:
        raise refused("COMPLETED_IS_NOT_EARLY", field="reason")
    return [ContractEndedEarly(contract_id=contract.contract_id, reason=reason, ended_on=today)]


def reject(contract: Contract, *, today: date) -> list[Event]:
    """Somebody who must sign says no. Raises Conflict."""
    if contract.status not in UNSIGNED:
        raise conflict("ALREADY_SIGNED_BY_ALL")
    return [ContractRejected(contract_id=contract.contract_id, rejected_on=today)]
