"""What people may ask about a contract, one transaction each: take the lock, load, decide, publish."""

from __future__ import annotations

from datetime import date
from functools import reduce

from backbone.refusal import found
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import AgeBand, EndingReason, EvaluationKind, SignerRole, SigningMethod
from schemas.contract import Clause, ContractChangeProposed
from schemas.event import Event
from services.contracts.access import case_for_lead
from services.contracts.commands.opening import opened_by, refuse_undecided_referral
from services.contracts.commands.picked_offers import refuse_unfit_offers
from services.contracts.domain import changes
from services.contracts.domain import contract as contracts
from services.contracts.domain import evaluation as evaluations
from services.contracts.domain.case import Case
from services.contracts.domain.contract import Contract
from services.contracts.domain.evaluation_plan import EvaluationPlan, plan
from services.contracts.domain.guardians import refuse_signer, refuse_unconfirmed
from services.contracts.domain.likeness import UNASKED, Likeness
from services.contracts.domain.refusals import conflict
from services.contracts.domain.signing import grown
from services.contracts.repository import CASES, CONTRACTS, around, guardians, lock_youth
from services.contracts.tables import ContractRow


def register_contract(
    work: Work,
    asked: contracts.Application,
    *,
    case_id: str,
    municipality_no: str,
    age_band: AgeBand,
    likeness: Likeness = UNASKED,
) -> Answer:
    """Register a contract; the actor leads its case, which is opened unless an accepted referral has opened it."""
    lock_youth(work, asked.youth_id, *likeness.alike.everyone)
    work.lock_case(case_id)
    if CONTRACTS.find(work, asked.contract_id) is not None:
        raise conflict("CONTRACT_EXISTS", field="contract_id")
    registered = contracts.register(
        asked, age_band=age_band, lead_id=work.actor.person_id, today=work.moment.today
    )
    stands = guardians(work, case_id).stands
    for guardian in asked.guardian_ids:
        refuse_signer(stands, guardian)
    refuse_unconfirmed(stands, registered.signers)
    planned = contracts.first_plan(asked, registered)
    case = CASES.find(work, case_id)
    owner = case.municipality_no if case else municipality_no
    refuse_unfit_offers(work, asked.clauses, municipality_no=owner, age_band=age_band)
    if case is None:
        refuse_undecided_referral(work, case_id)
        opening = opened_by(work, asked.programme, municipality_no, asked.youth_id, likeness=likeness)
        work.publish(case_id, *opening, registered, *planned)
    else:
        _refuse_other_case(case_for_lead(work, case_id), asked)
        if any(contract.live for contract in CONTRACTS.of_case(work, case_id)):
            raise conflict("CONTRACT_RUNS", field="case_id")
        work.publish(case_id, registered, *planned)
    return {"case_id": case_id, "contract_id": asked.contract_id, "ends_on": registered.ends_on.isoformat()}


def _refuse_other_case(case: Case, asked: contracts.Application) -> None:
    case.refuse_closed()
    if (case.youth_id, case.programme) != (asked.youth_id, asked.programme):
        raise conflict("CASE_IS_OTHERS", field="case_id")


def register_signature(
    work: Work,
    contract_id: str,
    *,
    person_id: str,
    role: SignerRole,
    method: SigningMethod,
    signed_on: date,
    age_band: AgeBand,
    seen_version: int | None,
) -> Answer:
    """Register one signature on a contract; who must sign follows the youth's age today, also before anybody has told of a birthday."""
    contract = _contract(work, contract_id, seen_version)
    held = bool(around(work, contract.case_id).lost)
    older = grown(contract, age_band, on=work.moment.today, held=held)
    contract = reduce(Contract.after, older, contract)
    if role is not SignerRole.YOUTH:
        refuse_signer(guardians(work, contract.case_id).stands, person_id)
    work.publish(
        contract.case_id,
        *older,
        *contract.sign(
            person_id=person_id,
            role=role,
            method=method,
            signed_on=signed_on,
            today=work.moment.today,
            held=held,
        ),
    )
    return _standing(work, contract_id)


def propose_change(
    work: Work,
    contract_id: str,
    *,
    goal_refs: tuple[str, ...],
    clauses: tuple[Clause, ...],
    own_goal_refs: tuple[str, ...] = (),
    ends_on: date | None,
    age_band: AgeBand,
    seen_version: int | None,
) -> Answer:
    """Draw up the next version of a running contract."""
    contract = _contract(work, contract_id, seen_version)
    refuse_unfit_offers(
        work,
        clauses,
        municipality_no=found(CASES.find(work, contract.case_id)).municipality_no,
        age_band=age_band,
        standing=contract.clauses,
    )
    people = {contract.youth_id, *around(work, contract.case_id).functions, work.actor.person_id}
    stands = guardians(work, contract.case_id).stands
    (proposed,) = changes.propose(
        contract,
        goal_refs=goal_refs,
        clauses=clauses,
        own_goal_refs=own_goal_refs,
        deciding=stands.signers,
        ends_on=ends_on or contract.ends_on,
        age_band=age_band,
        people=people | {signer.person_id for signer in contract.signers},
        today=work.moment.today,
    )
    assert isinstance(proposed, ContractChangeProposed)
    refuse_unconfirmed(stands, proposed.signers)
    work.publish(contract.case_id, proposed)
    return _standing(work, contract_id)


def decline_change(work: Work, contract_id: str, *, seen_version: int | None) -> Answer:
    """Lay a proposed version aside."""
    contract = _contract(work, contract_id, seen_version)
    work.publish(contract.case_id, *changes.decline(contract, today=work.moment.today))
    return _standing(work, contract_id)


def correct_start(
    work: Work, contract_id: str, *, starts_on: date, age_band: AgeBand, seen_version: int | None
) -> Answer:
    """Put a wrong start date right."""
    contract = _contract(work, contract_id, seen_version)
    today = work.moment.today
    work.publish(
        contract.case_id, *changes.correct_start(contract, starts_on, age_band=age_band, today=today)
    )
    return _standing(work, contract_id)


def complete(work: Work, contract_id: str, *, seen_version: int | None) -> Answer:
    """The contract has run its time; its case is wound up."""
    contract = _contract(work, contract_id, seen_version)
    _end(work, contract, changes.complete(contract, today=work.moment.today))
    return _standing(work, contract_id)


def end_early(work: Work, contract_id: str, *, reason: EndingReason, seen_version: int | None) -> Answer:
    """End the contract before its time; its case is wound up."""
    contract = _contract(work, contract_id, seen_version)
    _end(work, contract, changes.end_early(contract, reason, today=work.moment.today))
    return _standing(work, contract_id)


def reject(work: Work, contract_id: str, *, seen_version: int | None) -> Answer:
    """Somebody who must sign said no."""
    contract = _contract(work, contract_id, seen_version)
    work.publish(contract.case_id, *changes.reject(contract, today=work.moment.today))
    return _standing(work, contract_id)


def plan_evaluation(
    work: Work, contract_id: str, *, evaluation: EvaluationPlan, seen_version: int | None
) -> Answer:
    """Decide, or decide anew, how and when a contract is evaluated."""
    contract = _contract(work, contract_id, seen_version)
    planned = plan(
        evaluation,
        contract_id=contract_id,
        goal_refs=contract.goal_refs,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        live=contract.live,
    )
    work.publish(contract.case_id, planned)
    return _standing(work, contract_id)


def hold_evaluation(
    work: Work,
    contract_id: str,
    *,
    evaluation_id: str,
    kind: EvaluationKind,
    held_on: date,
    goals: tuple[evaluations.GoalLevel, ...],
    text_ref: str | None,
    youth_answer_ref: str | None,
    guardians_answer_ref: str | None,
    seen_version: int | None,
) -> Answer:
    """Enter that a contract was evaluated with the youth."""
    contract = _contract(work, contract_id, seen_version)
    held = evaluations.hold(
        contract,
        evaluation_id=evaluation_id,
        kind=kind,
        held_on=held_on,
        goals=goals,
        text_ref=text_ref,
        youth_answer_ref=youth_answer_ref,
        guardians_answer_ref=guardians_answer_ref,
        today=work.moment.today,
    )
    work.publish(contract.case_id, *held)
    return _standing(work, contract_id)


def youth_of(work: Work, contract_id: str) -> tuple[str, str]:
    """The case and the youth of a contract, for those who lead it: what the age question needs."""
    contract = _contract(work, contract_id, None)
    return contract.case_id, contract.youth_id


def _contract(work: Work, contract_id: str, seen_version: int | None) -> Contract:
    case_id = work.lock_case_behind(ContractRow, contract_id)
    case_for_lead(work, case_id).refuse_closed()
    contract = found(CONTRACTS.find(work, contract_id))
    contract.refuse_stale(seen_version)
    return contract


def _end(work: Work, contract: Contract, ended: list[Event]) -> None:
    case = found(CASES.find(work, contract.case_id))
    work.publish(contract.case_id, *ended, *case.wind_up(today=work.moment.today))


def _standing(work: Work, contract_id: str) -> Answer:
    contract = found(CONTRACTS.find(work, contract_id))
    return {
        "case_id": contract.case_id,
        "contract_id": contract_id,
        "status": contract.status.value,
        "version": contract.version,
        "missing": [signer.person_id for signer in contract.unsigned],
    }
