"""What the gate learns of a case from the others' events."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, Function, LeavingReason
from schemas.contract import ContractSigned
from schemas.network_group import MemberJoined, MemberLeft, SecrecyDeclared
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
