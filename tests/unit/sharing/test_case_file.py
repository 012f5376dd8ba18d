"""What the gate learns of a case from the others' events."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.case import CaseClosed, CaseLeadChanged, HandOver
from schemas.codes import Agency, EndingReason, Function, LeavingReason
from schemas.contract import ContractEndedEarly, ContractExtended, ContractSigned
from schemas.event import decode
from schemas.example import example_of
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
from schemas.sanction import YouthPlanAdopted, YouthPlanTightened
from services.sharing.domain.case_file import Participation
from tests.unit.sharing.builders import POLICE, a_case


def left(**changes: str) -> MemberLeft:
    return MemberLeft(
        person_id=POLICE, reason=LeavingReason.JOB_CHANGED, left_on=date(2026, 10, 1), **changes
    )


def test_a_member_who_leaves_is_gone_and_the_stop_is_explained() -> None:
    case = a_case().after(left(stop_id="s"))
    assert POLICE not in case.members
    assert case.stops_named == ("s",)


def test_a_leaving_that_names_no_stop_explains_none() -> None:
    assert a_case().after(left()).stops_named == ()


def test_whoever_joins_again_must_declare_secrecy_again() -> None:
    joined = MemberJoined(
        person_id=POLICE,
        agency=Agency.POLITI_FOREBYGGENDE,
        function=Function.CONTACT_PERSON,
        joined_on=date(2026, 10, 2),
    )
    case = a_case().after(left()).after(joined)
    assert not case.members[POLICE].declared
    assert case.after(SecrecyDeclared(person_id=POLICE, text_version="1")).members[POLICE].declared


def test_a_declaration_by_somebody_outside_the_group_makes_no_member() -> None:
    case = a_case()
    assert case.after(SecrecyDeclared(person_id="stranger", text_version="1")) == case


def test_a_contract_counts_as_signed_when_everybody_has_signed() -> None:
    unsigned = a_case(contracts={"k": Participation(ends_on=date(2027, 1, 1))})
    signed = unsigned.after(ContractSigned(contract_id="k", contract_version=1, signed_on=date(2026, 9, 1)))
    assert signed.contracts["k"].signed
    elsewhere = ContractSigned(contract_id="other", contract_version=1, signed_on=date(2026, 9, 1))
    assert unsigned.after(elsewhere) == unsigned


def test_what_was_agreed_lasts_until_the_end_in_force_as_extended_corrected_or_ended() -> None:
    case = a_case(contracts={"k": Participation(ends_on=date(2027, 1, 1), signed=True)})
    assert case.agreed_until == date(2027, 1, 1)
    extended = case.after(
        ContractExtended(
            contract_id="k",
            was_ends_on=date(2027, 1, 1),
            ends_on=date(2027, 4, 1),
            extended_on=date(2026, 12, 1),
        )
    )
    assert extended.agreed_until == date(2027, 4, 1)
    ended = ContractEndedEarly(contract_id="k", reason=EndingReason.BY_AGREEMENT, ended_on=date(2026, 11, 1))
    assert extended.after(ended).agreed_until == date(2026, 11, 1)
    assert a_case(contracts={}).agreed_until is None


def test_a_contract_that_nobody_signed_does_not_lengthen_the_one_that_everybody_did() -> None:
    signed, not_signed = (
        Participation(ends_on=date(2027, 1, 1), signed=True),
        Participation(ends_on=date(2027, 6, 1)),
    )
    assert a_case(contracts={"k": signed, "new": not_signed}).agreed_until == date(2027, 1, 1)
    assert a_case(contracts={"new": not_signed}).agreed_until == date(2027, 6, 1)


def test_a_youth_plan_ends_what_was_agreed_too_and_a_tightened_one_by_its_new_day() -> None:
    adopted = decode(example_of(YouthPlanAdopted)).event
    assert isinstance(adopted, YouthPlanAdopted)
    case = a_case(contracts={}).after(adopted)
    assert case.agreed_until == adopted.ends_on
    tightened = decode(example_of(YouthPlanTightened)).event
    assert isinstance(tightened, YouthPlanTightened)
    later = msgspec.structs.replace(tightened, plan_id=adopted.plan_id, ends_on=date(2031, 1, 1))
    assert case.after(later).agreed_until == date(2031, 1, 1)


def test_a_new_lead_takes_the_old_ones_place_and_explains_the_stop() -> None:
    changed = CaseLeadChanged(
        from_id="lead",
        to_id="new-lead",
        to_agency=Agency.KONFLIKTRAAD,
        changed_on=date(2026, 10, 1),
        hand_over=HandOver(open_task_ids=(), open_deadline_ids=(), effective_consent_ids=()),
        stop_id="s",
    )
    case = a_case().after(changed)
    assert (case.lead_id, case.owner_agency, case.stops_named) == ("new-lead", Agency.KONFLIKTRAAD, ("s",))


def test_a_closing_explains_the_stop_for_everybody_that_came_before_it() -> None:
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=date(2026, 10, 1), stop_id="s")
    case = a_case().after(closed)
    assert (case.closed_on, case.frozen, case.stops_named) == (date(2026, 10, 1), False, ("s",))
    assert a_case().after(CaseClosed(reason=EndingReason.DEATH, closed_on=date(2026, 10, 1))).frozen


def test_an_extension_or_a_correction_moves_the_end_that_the_group_sees_by() -> None:
    told: dict[str, Any] = {
        "contract_id": "contract",
        "was_ends_on": date(2027, 3, 1),
        "extended_on": date(2027, 2, 1),
    }
    extended = a_case().after(ContractExtended(ends_on=date(2027, 6, 1), **told))
    assert extended.contracts["contract"] == Participation(ends_on=date(2027, 6, 1), signed=True)
    ended = ContractEndedEarly(
        contract_id="contract", reason=EndingReason.BY_AGREEMENT, ended_on=date(2026, 12, 1)
    )
    assert a_case().after(ended).contracts["contract"].ends_on == date(2026, 12, 1)
