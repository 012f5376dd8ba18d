"""The contract: who may have one, who signs, when it starts; each refusal by its rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.refusal import LANGUAGES, Refused, Stale
from schemas.codes import AgeBand, Agency, Function, Programme, SignerRole, SigningMethod
from schemas.contract import ContractSignatureRegistered, ContractSigned, ContractStarted, PlannedMember
from services.contracts.domain.contract import ContractStatus, register
from services.contracts.domain.refusals import SAYS
from tests.unit.contracts.builders import (
    FATHER,
    LEAD,
    MOTHER,
    TODAY,
    YOUTH,
    a_contract,
    a_signed_contract,
    after,
    an_application,
    signed_by,
)


def rule_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.rule


def test_a_contract_runs_six_calendar_months_and_is_signed_by_the_youth_and_both_guardians() -> None:
    event = register(
        an_application(starts_on=date(2027, 1, 31)), age_band=AgeBand.AGE_12_14, lead_id=LEAD, today=TODAY
    )
    assert event.ends_on == date(2027, 7, 31)
    assert [(signer.person_id, signer.role) for signer in event.signers] == [
        (YOUTH, SignerRole.YOUTH),
        (MOTHER, SignerRole.GUARDIAN),
        (FATHER, SignerRole.GUARDIAN),
    ]


def test_one_who_has_turned_18_signs_alone() -> None:
    event = register(an_application(), age_band=AgeBand.ADULT, lead_id=LEAD, today=TODAY)
    assert [signer.person_id for signer in event.signers] == [YOUTH]


@pytest.mark.parametrize(
    ("rule", "changes", "age_band"),
    [
        ("AGE_UNDER_12", {}, AgeBand.UNDER_12),
        ("PROGRAMME_HAS_PLAN", {"programme": Programme.YOUTH_FOLLOW_UP}, AgeBand.AGE_15),
        ("PROGRAMME_HAS_PLAN", {"programme": Programme.YOUTH_PENALTY}, AgeBand.AGE_15),
        ("GOAL_MISSING", {"goal_refs": ()}, AgeBand.AGE_15),
        ("START_TOO_LONG_AGO", {"starts_on": TODAY - timedelta(days=184)}, AgeBand.AGE_15),
        ("START_TOO_FAR_AHEAD", {"starts_on": date(2027, 12, 2)}, AgeBand.AGE_15),
        ("GUARDIAN_MISSING", {"guardian_ids": ()}, AgeBand.AGE_16_17),
        ("SAME_PERSON_TWICE", {"guardian_ids": (YOUTH,)}, AgeBand.AGE_15),
        ("SAME_PERSON_TWICE", {"guardian_ids": (MOTHER, MOTHER)}, AgeBand.AGE_15),
        ("SAME_PERSON_TWICE", {"guardian_ids": (LEAD,)}, AgeBand.AGE_15),
    ],
)
def test_what_is_refused_at_registration(rule: str, changes: dict[str, Any], age_band: AgeBand) -> None:
    with pytest.raises(Refused) as refusal:
        register(an_application(**changes), age_band=age_band, lead_id=LEAD, today=TODAY)
    assert rule_of(refusal) == rule


@pytest.mark.parametrize(
    ("rule", "members"),
    [
        ("MEMBER_TWICE", [("a", Agency.PPT, Function.ADVISER), ("a", Agency.BUP, Function.ADVISER)]),
        ("LEAD_IS_WHO_REGISTERS", [("a", Agency.PPT, Function.LEAD)]),
        ("GUARDIAN_OF_AGENCY", [("a", Agency.FELLES_ANSVAR, Function.GUARDIAN)]),
        ("GUARDIAN_OF_AGENCY", [("a", Agency.SKOLE_GRUNN, Function.GUARDIAN)]),
        ("FAMILY_IS_NAMED_APART", [("a", Agency.PRIVATE_NETWORK, Function.GUARDIAN)]),
        ("FAMILY_IS_NAMED_APART", [("a", Agency.SKOLE_GRUNN, Function.YOUTH)]),
    ],
)
def test_a_group_that_cannot_be_is_refused(rule: str, members: list[tuple[str, Agency, Function]]) -> None:
    planned = tuple(PlannedMember(person_id=p, agency=a, function=f) for p, a, f in members)
    with pytest.raises(Refused) as refusal:
        register(an_application(members=planned), age_band=AgeBand.AGE_15, lead_id=LEAD, today=TODAY)
    assert rule_of(refusal) == rule


def test_the_edges_of_the_start_date_are_allowed() -> None:
    for starts_on in (TODAY - timedelta(days=30), date(2027, 6, 1)):
        asked = an_application(starts_on=starts_on)
        assert register(asked, age_band=AgeBand.AGE_15, lead_id=LEAD, today=TODAY).starts_on == starts_on


def test_the_contract_starts_with_the_last_signature_when_its_start_date_has_come() -> None:
    contract = a_contract()
    for person in (YOUTH, MOTHER):
        (signature,) = signed_by(contract, person)
        contract = after(contract, signature)
        assert contract.status is ContractStatus.PARTLY_SIGNED
    events = signed_by(contract, FATHER)
    assert [type(event) for event in events] == [ContractSignatureRegistered, ContractSigned, ContractStarted]
    started = after(contract, *events)
    assert (started.status, started.started_on, started.version) == (ContractStatus.STARTED, TODAY, 6)


def test_a_contract_that_starts_later_waits_signed_for_its_start_date() -> None:
    contract = a_signed_contract(starts_on=TODAY + timedelta(days=10))
    assert contract.status is ContractStatus.SIGNED
    assert contract.start(today=TODAY + timedelta(days=9)) == []
    (started,) = contract.start(today=TODAY + timedelta(days=10))
    assert isinstance(started, ContractStarted)
    assert started.started_on == TODAY + timedelta(days=10)
    assert after(contract, started).start(today=TODAY + timedelta(days=11)) == []


def test_a_contract_signed_after_its_start_date_runs_from_the_signing_and_ends_as_agreed() -> None:
    contract = a_signed_contract(starts_on=TODAY - timedelta(days=5))
    assert (contract.started_on, contract.ends_on) == (TODAY, date(2027, 5, 26))


def test_an_unsigned_or_partly_signed_contract_does_not_start() -> None:
    contract = a_contract()
    assert contract.start(today=contract.ends_on) == []
    assert after(contract, *signed_by(contract, YOUTH)).start(today=contract.ends_on) == []


@pytest.mark.parametrize(
    ("rule", "person", "role", "signed_on"),
    [
        ("NOT_A_SIGNER", "stranger", SignerRole.GUARDIAN, TODAY),
        ("NOT_A_SIGNER", YOUTH, SignerRole.GUARDIAN, TODAY),
        ("NOT_A_SIGNER", MOTHER, SignerRole.YOUTH, TODAY),
        ("SIGNED_IN_FUTURE", YOUTH, SignerRole.YOUTH, TODAY + timedelta(days=1)),
        ("SIGNED_BEFORE_REGISTERED", YOUTH, SignerRole.YOUTH, TODAY - timedelta(days=184)),
    ],
)
def test_what_is_refused_at_signing(rule: str, person: str, role: SignerRole, signed_on: date) -> None:
    with pytest.raises(Refused) as refusal:
        a_contract().sign(
            person_id=person, role=role, method=SigningMethod.PAPER, signed_on=signed_on, today=TODAY
        )
    assert rule_of(refusal) == rule


def test_nobody_signs_twice() -> None:
    contract = a_contract()
    with pytest.raises(Refused) as refusal:
        signed_by(after(contract, *signed_by(contract, YOUTH)), YOUTH)
    assert rule_of(refusal) == "SIGNED_ALREADY"


def test_nobody_signs_what_all_have_signed() -> None:
    with pytest.raises(Refused) as refusal:
        signed_by(a_signed_contract(), YOUTH)
    assert rule_of(refusal) == "ALREADY_SIGNED_BY_ALL"


def test_nobody_signs_after_the_end() -> None:
    contract = a_contract(starts_on=TODAY - timedelta(days=170))
    late = contract.ends_on + timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        signed_by(contract, YOUTH, on=late)
    assert rule_of(refusal) == "SIGNED_AFTER_END"


def test_who_saw_an_older_version_is_told_the_current_one() -> None:
    contract = a_contract()
    after_one = after(contract, *signed_by(contract, YOUTH))
    with pytest.raises(Stale) as refusal:
        after_one.refuse_stale(1)
    assert refusal.value.current == 2
    after_one.refuse_stale(2)
    after_one.refuse_stale(None)


@pytest.mark.parametrize("rule", sorted(SAYS))
def test_every_refusal_is_a_whole_sentence_in_three_languages(rule: str) -> None:
    for language in LANGUAGES:
        sentence = SAYS[rule].within(language)
        assert sentence.endswith((".", "?"))
        assert sentence[0].isupper()
    assert SAYS[rule].en != SAYS[rule].nb
