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
from services.contracts.domain.contract import AHEAD_MONTHS, UNSIGNED, Contract, signers_with
from services.contracts.domain.evaluation_plan import EvaluationPlan, plan
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused

WITH_CASE = (EndingReason.DEATH, EndingReason.MOVED)
"""Endings of the case as a whole: nothing of it goes on, and after a death nobody is sent anything."""


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
    own_goal_refs: tuple[str, ...] = (),
) -> list[Event]:
    """A new version of a running contract; signed by those who must at the age of today, `deciding` being those who decide for the
    youth now. A goal in the youth's own words stays, or is among the new ones (`own_goal_refs`). Raises Refused and Conflict.
    """
    if not contract.runs:
        raise conflict("CONTRACT_NOT_RUNNING")
    if contract.change is not None:
        raise conflict("CHANGE_WAITS")
    goal_refs = tuple(dict.fromkeys((*goal_refs, *own_goal_refs)))
    if not goal_refs:
        raise refused("GOAL_MISSING", field="goal_refs")
    own = tuple(ref for ref in goal_refs if ref in (*contract.own_goal_refs, *own_goal_refs))
    if not own:
        raise refused("OWN_GOAL_MISSING", field="own_goal_refs")
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
            own_goal_refs=own,
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


def correct_start(contract: Contract, starts_on: date, *, age_band: AgeBand, today: date) -> list[Event]:
    """Put a start date right that was written down wrongly; the end and the plan for the evaluation follow from it. `age_band` is that of
    the right date, for which the same holds as when a contract is registered. Raises Refused and Conflict.
    """
    if not contract.live:
        raise conflict("CONTRACT_OVER")
    if contract.extended:
        raise conflict("EXTENDED_ONCE", field="starts_on")
    if starts_on == contract.starts_on:
        raise refused("NOTHING_CHANGED", field="starts_on")
    if age_band is AgeBand.UNDER_12:
        raise refused("AGE_UNDER_12", field="starts_on")
    if starts_on > add_months(contract.registered_on, AHEAD_MONTHS):
        raise refused("START_TOO_FAR_AHEAD", field="starts_on")
    rules = rules_of(contract.programme)
    if starts_on < contract.registered_on - timedelta(days=rules.backdated_days.on(today)):
        raise refused("START_TOO_LONG_AGO", field="starts_on", days=rules.backdated_days.on(today))
    if contract.runs and starts_on > today:
        raise refused("START_HAS_COME", field="starts_on")
    ends_on = add_months(starts_on, rules.length_months.on(starts_on)[1])
    corrected = ContractStartCorrected(
        contract_id=contract.contract_id,
        was_starts_on=contract.starts_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return [corrected, *_planned_anew(contract, starts_on=starts_on, ends_on=ends_on)]


def _planned_anew(contract: Contract, *, starts_on: date, ends_on: date) -> list[Event]:
    """The plan for the evaluation after another start: as far from it as before, as nothing else is known of what was meant."""
    planned = contract.evaluation
    if planned is None:
        return []
    by_themselves = EvaluationPlan(measures=planned.measures)
    usual = plan(
        by_themselves,
        contract_id=contract.contract_id,
        goal_refs=contract.goal_refs,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
    )
    moved = starts_on - contract.starts_on
    asked = EvaluationPlan(
        measures=planned.measures,
        midway_on=None if planned.midway_on == usual.midway_on else min(planned.midway_on + moved, ends_on),
        end_on=None if planned.end_on == usual.end_on else ends_on + (planned.end_on - contract.ends_on),
    )
    return [
        plan(
            asked,
            contract_id=contract.contract_id,
            goal_refs=contract.goal_refs,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    ]


def complete(contract: Contract, *, today: date) -> list[Event]:
    """The contract has run through its end date. Raises Conflict."""
    if not contract.runs:
        raise conflict("CONTRACT_NOT_RUNNING")
    if today <= contract.ends_on:
        raise conflict("END_NOT_COME")
    return [ContractCompleted(contract_id=contract.contract_id, completed_on=contract.ends_on)]


def end_early(
    contract: Contract, reason: EndingReason, *, today: date, with_case: bool = False
) -> list[Event]:
    """The contract ends before its time; leaving is voluntary and needs no more than a reason. `with_case` when its case is closed, which is
    the way after a death or a moving. Raises Refused and Conflict.
    """
    if not contract.live:
        raise conflict("CONTRACT_OVER")
    if reason is EndingReason.COMPLETED:
        raise refused("COMPLETED_IS_NOT_EARLY", field="reason")
    if reason in WITH_CASE and not with_case:
        raise refused("CASE_ENDS_WITH_IT", field="reason")
    return [ContractEndedEarly(contract_id=contract.contract_id, reason=reason, ended_on=today)]


def reject(contract: Contract, *, today: date) -> list[Event]:
    """Somebody who must sign says no. Raises Conflict."""
    if contract.status not in UNSIGNED:
        raise conflict("ALREADY_SIGNED_BY_ALL")
    return [ContractRejected(contract_id=contract.contract_id, rejected_on=today)]
