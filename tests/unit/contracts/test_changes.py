"""New versions, the one extension, a start date put right, and the ways a contract ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.codes import AgeBand, ClauseKind, EndingReason, Programme, SignerRole
from schemas.contract import (
    Clause,
    ContractAmended,
    ContractChangeProposed,
    ContractCompleted,
    ContractExtended,
    ContractSigned,
    ContractStartCorrected,
)
from schemas.evaluation import EvaluationPlanned
from services.contracts.domain import changes
from services.contracts.domain.clauses import refuse_clauses
from services.contracts.domain.contract import Contract, ContractStatus, register
from services.contracts.domain.signing import expire
from tests.unit.contracts.builders import (
    CONTRACT,
    FATHER,
    LEAD,
    MOTHER,
    PLAN,
    TEACHER,
    TODAY,
    YOUTH,
    a_contract,
    a_signed_contract,
    after,
    an_application,
    signed_by,
)

PEOPLE = {YOUTH, MOTHER, FATHER, LEAD, TEACHER}
LATER = TODAY + timedelta(days=40)


def a_clause(clause_id: str = "clause-1", **changed: Any) -> Clause:
    fields = {
        "clause_id": clause_id,
        "kind": ClauseKind.SCHOOL,
        "owed_by": YOUTH,
        "controlling_owner": TEACHER,
        "supporting_owner": MOTHER,
        "text_ref": "text-1",
    }
    return Clause(**{**fields, **changed})


def proposed(contract: Contract, **changed: Any) -> Contract:
    asked = {
        "goal_refs": contract.goal_refs,
        "clauses": (a_clause(),),
        "ends_on": contract.ends_on,
        "age_band": AgeBand.AGE_15,
        "people": PEOPLE,
        "deciding": contract.signers[1:],
        "today": LATER,
    }
    return after(contract, *changes.propose(contract, **{**asked, **changed}))


def test_the_old_version_stays_in_force_until_everyone_has_signed_the_new_one() -> None:
    waiting = proposed(a_signed_contract())
    for person in (YOUTH, MOTHER):
        waiting = after(waiting, *signed_by(waiting, person, on=LATER))
        assert (waiting.contract_version, waiting.clauses) == (1, ())
    *_, signed, amended = signed_by(waiting, FATHER, on=LATER)
    assert isinstance(signed, ContractSigned)
    assert isinstance(amended, ContractAmended)
    assert (signed.contract_version, amended.added_clause_ids) == (2, ("clause-1",))
    in_force = after(waiting, *signed_by(waiting, FATHER, on=LATER))
    assert (in_force.contract_version, in_force.clauses, in_force.change) == (2, (a_clause(),), None)
    assert in_force.status is ContractStatus.STARTED


def test_a_clause_that_is_changed_and_one_that_goes_are_named() -> None:
    contract = a_contract(clauses=(a_clause("a"), a_clause("b")))
    for signer in contract.signers:
        contract = after(contract, *signed_by(contract, signer.person_id))
    waiting = proposed(contract, clauses=(a_clause("b", text_ref="text-2"),))
    for person in (YOUTH, MOTHER):
        waiting = after(waiting, *signed_by(waiting, person, on=LATER))
    amended = signed_by(waiting, FATHER, on=LATER)[-1]
    assert isinstance(amended, ContractAmended)
    assert (amended.adjusted_clause_ids, amended.closed_clause_ids) == (("b",), ("a",))


def test_one_who_has_turned_18_signs_the_new_version_alone() -> None:
    waiting = proposed(a_signed_contract(), age_band=AgeBand.ADULT)
    assert [type(event) for event in signed_by(waiting, YOUTH, on=LATER)][-1] is ContractAmended


def test_a_contract_is_extended_once_and_by_new_signatures() -> None:
    waiting = proposed(a_signed_contract(), ends_on=date(2027, 12, 1))
    for person in (YOUTH, MOTHER):
        waiting = after(waiting, *signed_by(waiting, person, on=LATER))
    assert waiting.ends_on == date(2027, 6, 1)
    events = signed_by(waiting, FATHER, on=LATER)
    extended = events[-1]
    assert isinstance(extended, ContractExtended)
    assert (extended.was_ends_on, extended.ends_on) == (date(2027, 6, 1), date(2027, 12, 1))
    with pytest.raises(Refused, match="EXTENDED_ONCE"):
        proposed(after(waiting, *events), ends_on=date(2027, 12, 2))


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("GOAL_MISSING", {"goal_refs": ()}),
        ("NOTHING_CHANGED", {"clauses": ()}),
        ("ENDS_EARLIER", {"ends_on": date(2027, 5, 31)}),
        ("EXTENSION_TOO_LONG", {"ends_on": date(2027, 12, 2)}),
        ("CONTRACT_OVER", {"ends_on": date(2027, 12, 1), "today": date(2027, 6, 2)}),
        ("GUARDIAN_MISSING", {"contract": a_signed_contract, "age_band": AgeBand.AGE_16_17}),
        ("CLAUSE_OWNER_UNKNOWN", {"people": {YOUTH}}),
    ],
)
def test_what_is_refused_in_a_change(rule: str, changed: dict[str, Any]) -> None:
    contract = a_signed_contract()
    if changed.pop("contract", None):
        contract = after(a_contract(age_band=AgeBand.ADULT))
        contract = after(contract, *signed_by(contract, YOUTH))
    with pytest.raises(Refused, match=rule):
        proposed(contract, **changed)


def test_a_change_waits_alone_and_can_be_laid_aside() -> None:
    waiting = proposed(a_signed_contract())
    with pytest.raises(Refused, match="CHANGE_WAITS"):
        proposed(waiting, clauses=())
    aside = after(waiting, *changes.decline(waiting, today=LATER))
    assert aside.change is None
    with pytest.raises(Refused, match="NO_CHANGE_WAITS"):
        changes.decline(aside, today=LATER)
    with pytest.raises(Refused, match="ALREADY_SIGNED_BY_ALL"):
        signed_by(aside, YOUTH, on=LATER)


def test_a_contract_that_does_not_run_is_not_changed() -> None:
    with pytest.raises(Refused, match="CONTRACT_NOT_RUNNING"):
        proposed(a_contract())


def test_a_start_date_put_right_moves_the_end_with_it() -> None:
    contract = a_contract(starts_on=date(2026, 12, 31))
    event, planned = changes.correct_start(contract, date(2026, 12, 30), age_band=AgeBand.AGE_15, today=TODAY)
    assert isinstance(event, ContractStartCorrected)
    assert (event.was_starts_on, event.ends_on) == (date(2026, 12, 31), date(2027, 6, 30))
    assert after(contract, event).ends_on == date(2027, 6, 30)
    assert isinstance(planned, EvaluationPlanned)
    assert (planned.midway_on, planned.end_on) == (date(2027, 3, 30), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("rule", "starts_on"),
    [
        ("NOTHING_CHANGED", TODAY),
        ("START_HAS_COME", TODAY + timedelta(days=1)),
        ("START_TOO_LONG_AGO", date(2026, 5, 1)),
        ("START_TOO_FAR_AHEAD", date(2027, 12, 2)),
    ],
)
def test_what_is_refused_when_a_start_date_is_put_right(rule: str, starts_on: date) -> None:
    with pytest.raises(Refused, match=rule):
        changes.correct_start(a_signed_contract(), starts_on, age_band=AgeBand.AGE_15, today=TODAY)


def test_nobody_comes_to_be_under_12_at_the_start_by_a_corrected_date() -> None:
    with pytest.raises(Refused, match="AGE_UNDER_12"):
        changes.correct_start(
            a_contract(), TODAY - timedelta(days=30), age_band=AgeBand.UNDER_12, today=TODAY
        )


def test_days_that_somebody_chose_for_the_evaluation_keep_their_distance_from_the_start_and_the_end() -> None:
    chosen = replace(PLAN, midway_on=TODAY + timedelta(days=40), end_on=date(2027, 5, 27))
    contract = a_contract(evaluation=chosen)
    _, planned = changes.correct_start(
        contract, TODAY + timedelta(days=10), age_band=AgeBand.AGE_15, today=TODAY
    )
    assert isinstance(planned, EvaluationPlanned)
    assert (planned.midway_on, planned.end_on) == (TODAY + timedelta(days=50), date(2027, 6, 6))


def test_a_contract_is_completed_the_day_after_its_end_and_not_before() -> None:
    contract = a_signed_contract()
    with pytest.raises(Refused, match="END_NOT_COME"):
        changes.complete(contract, today=contract.ends_on)
    (event,) = changes.complete(contract, today=contract.ends_on + timedelta(days=1))
    assert isinstance(event, ContractCompleted)
    assert event.completed_on == contract.ends_on
    over = after(contract, event)
    assert not over.live
    attempts: list[Callable[[], object]] = [
        lambda: changes.end_early(over, EndingReason.BY_AGREEMENT, today=TODAY),
        lambda: changes.correct_start(over, TODAY, age_band=AgeBand.AGE_15, today=TODAY),
        lambda: signed_by(over, YOUTH),
    ]
    for again in attempts:
        with pytest.raises(Refused, match="CONTRACT_OVER"):
            again()


def test_leaving_early_needs_no_more_than_a_reason() -> None:
    for contract in (a_contract(), a_signed_contract()):
        ended = after(contract, *changes.end_early(contract, EndingReason.BY_AGREEMENT, today=TODAY))
        assert (ended.status, ended.ended_on) == (ContractStatus.ENDED_EARLY, TODAY)
    with pytest.raises(Refused, match="COMPLETED_IS_NOT_EARLY"):
        changes.end_early(a_contract(), EndingReason.COMPLETED, today=TODAY)
    for reason in (EndingReason.DEATH, EndingReason.MOVED):
        with pytest.raises(Refused, match="CASE_ENDS_WITH_IT"):
            changes.end_early(a_signed_contract(), reason, today=TODAY)
        assert changes.end_early(a_signed_contract(), reason, today=TODAY, with_case=True)


def test_a_new_version_keeps_a_goal_in_the_youths_own_words_or_has_a_new_one() -> None:
    contract = a_signed_contract()
    asked: dict[str, Any] = {
        "clauses": (),
        "ends_on": contract.ends_on,
        "age_band": AgeBand.AGE_15,
        "people": {YOUTH},
        "deciding": [signer for signer in contract.signers if signer.role is SignerRole.GUARDIAN],
        "today": TODAY,
    }
    with pytest.raises(Refused, match="OWN_GOAL_MISSING"):
        changes.propose(contract, goal_refs=("goal-2", "theirs"), **asked)
    (kept,) = changes.propose(contract, goal_refs=("goal-1", "theirs"), **asked)
    assert isinstance(kept, ContractChangeProposed)
    assert kept.own_goal_refs == ("goal-1",)
    (new,) = changes.propose(contract, goal_refs=("theirs",), own_goal_refs=("mine",), **asked)
    assert isinstance(new, ContractChangeProposed)
    assert (new.goal_refs, new.own_goal_refs) == (("theirs", "mine"), ("mine",))
    amended = after(
        contract,
        new,
        ContractAmended(
            contract_id=CONTRACT,
            from_version=1,
            to_version=2,
            added_clause_ids=(),
            adjusted_clause_ids=(),
            closed_clause_ids=(),
        ),
    )
    assert amended.own_goal_refs == ("mine",)


def test_an_unsigned_contract_is_rejected_and_expires_after_thirty_days() -> None:
    contract = a_contract()
    assert after(contract, *changes.reject(contract, today=TODAY)).status is ContractStatus.REJECTED
    expired = after(contract, *expire(contract, today=TODAY + timedelta(days=31)))
    assert expired.status is ContractStatus.EXPIRED_UNSIGNED
    signed = a_signed_contract()
    with pytest.raises(Refused, match="ALREADY_SIGNED_BY_ALL"):
        changes.reject(signed, today=TODAY)


@pytest.mark.parametrize(
    ("rule", "clauses"),
    [
        ("CLAUSE_TWICE", (a_clause(), a_clause())),
        ("CLAUSE_OWNER_UNKNOWN", (a_clause(owed_by="stranger"),)),
        ("CLAUSE_NEEDS_BASIS", (a_clause(kind=ClauseKind.TREATMENT),)),
        ("CLAUSE_NOT_IN_PROGRAMME", (a_clause(kind=ClauseKind.DRUG_CONTROL, basis_ref="consent-1"),)),
        ("CLAUSE_NOT_IN_PROGRAMME", (a_clause(kind=ClauseKind.REPORTING),)),
    ],
)
def test_clauses_that_are_refused(rule: str, clauses: tuple[Clause, ...]) -> None:
    with pytest.raises(Refused, match=rule):
        a_contract(clauses=clauses)


def test_a_substance_contract_may_have_drug_control_on_a_basis_of_its_own_and_an_agency_owes_too() -> None:
    drug = a_clause("a", kind=ClauseKind.DRUG_CONTROL, basis_ref="consent-1")
    agency = a_clause("b", owed_by=TEACHER)
    contract = a_contract(programme=Programme.FA_SUBSTANCE_CONTRACT, clauses=(drug, agency))
    assert contract.clauses == (drug, agency)


@pytest.mark.parametrize("own", [(), ("goal-9",)])
def test_a_goal_in_the_youths_own_words_is_asked_for(own: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="OWN_GOAL_MISSING"):
        register(an_application(own_goal_refs=own), age_band=AgeBand.AGE_15, lead_id=LEAD, today=TODAY)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("clauses.1.supporting_owner", {"supporting_owner": "stranger"}),
        ("clauses.1.basis_ref", {"kind": ClauseKind.TREATMENT}),
        ("clauses.1.kind", {"kind": ClauseKind.REPORTING}),
        ("clauses", {"clause_id": "clause-1"}),
    ],
)
def test_the_refusal_of_a_clause_names_the_clause_and_what_is_wrong_with_it(
    field: str, changed: dict[str, Any]
) -> None:
    first = a_clause(clause_id="clause-1")
    people = {first.owed_by, first.controlling_owner, first.supporting_owner}
    wrong = a_clause(**{"clause_id": "clause-2", **changed})
    with pytest.raises(Refused) as refusal:
        refuse_clauses((first, wrong), programme=Programme.FA_YOUTH_CONTRACT, people=people)
    assert refusal.value.field == field
