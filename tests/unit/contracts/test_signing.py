"""Who must sign when the youth grows older while a contract waits, and what is not signed in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.codes import AgeBand, Programme
from schemas.contract import (
    ContractAmended,
    ContractChangeExpired,
    ContractExpiredUnsigned,
    ContractSigned,
    ContractSignersChanged,
    ContractStarted,
)
from schemas.dated import always
from services.contracts.domain import changes, programmes
from services.contracts.domain.contract import Contract, ContractStatus
from services.contracts.domain.signing import expire, grown
from tests.unit.contracts.builders import (
    FATHER,
    MOTHER,
    TODAY,
    YOUTH,
    a_contract,
    a_signed_contract,
    after,
    signed_by,
)
from tests.unit.contracts.test_changes import LATER, proposed

BIRTHDAY = TODAY + timedelta(days=5)
LAST = TODAY + timedelta(days=30)


def test_from_the_18th_birthday_only_the_youth_signs() -> None:
    contract = a_contract(age_band=AgeBand.AGE_16_17)
    assert grown(contract, AgeBand.AGE_16_17, on=BIRTHDAY) == []
    (changed,) = grown(contract, AgeBand.ADULT, on=BIRTHDAY)
    assert isinstance(changed, ContractSignersChanged)
    assert [signer.person_id for signer in changed.signers] == [YOUTH]
    adult = after(contract, changed)
    assert adult.version == contract.version + 1
    for guardian in (MOTHER, FATHER):
        with pytest.raises(Refused, match="YOUTH_SIGNS_ALONE"):
            signed_by(adult, guardian, on=BIRTHDAY)
    started = after(adult, *signed_by(adult, YOUTH, on=BIRTHDAY))
    assert started.status is ContractStatus.STARTED
    assert grown(started, AgeBand.ADULT, on=BIRTHDAY) == []


def test_what_the_youth_has_signed_already_is_signed_by_everyone_on_the_birthday() -> None:
    contract = after(a_contract(), *signed_by(a_contract(), YOUTH))
    contract = after(contract, *signed_by(contract, MOTHER))
    changed, signed, started = grown(contract, AgeBand.ADULT, on=BIRTHDAY)
    assert isinstance(changed, ContractSignersChanged)
    assert isinstance(signed, ContractSigned)
    assert isinstance(started, ContractStarted)
    assert (signed.signed_on, started.started_on) == (BIRTHDAY, BIRTHDAY)
    done = after(contract, changed, signed, started)
    assert [one.person_id for one in done.signatures] == [YOUTH, MOTHER], "what was signed stays written down"
    assert grown(done, AgeBand.ADULT, on=BIRTHDAY) == []


def test_a_proposed_version_that_waits_takes_effect_on_the_birthday_when_the_youth_has_signed_it() -> None:
    waiting = proposed(a_signed_contract())
    waiting = after(waiting, *signed_by(waiting, YOUTH, on=LATER))
    events = grown(waiting, AgeBand.ADULT, on=LATER + timedelta(days=1))
    assert [type(event) for event in events] == [ContractSignersChanged, ContractSigned, ContractAmended]
    assert after(waiting, *events).contract_version == 2
    untouched = proposed(a_signed_contract())
    (changed,) = grown(untouched, AgeBand.ADULT, on=LATER + timedelta(days=1))
    assert [one.person_id for one in after(untouched, changed).unsigned] == [YOUTH]


@pytest.mark.parametrize("age_band", [AgeBand.AGE_15, AgeBand.AGE_16_17])
def test_at_15_and_16_the_guardians_sign_unless_the_table_of_rules_says_otherwise(
    age_band: AgeBand, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = a_contract(age_band=AgeBand.AGE_12_14)
    assert grown(contract, age_band, on=BIRTHDAY) == []
    rules = programmes.rules_of(Programme.FA_YOUTH_CONTRACT)
    youngest = always(frozenset({AgeBand.AGE_12_14}), "a table of the tests")
    monkeypatch.setitem(
        programmes.PROGRAMMES, Programme.FA_YOUTH_CONTRACT, replace(rules, guardians_sign=youngest)
    )
    (changed,) = grown(contract, age_band, on=BIRTHDAY)
    assert [one.person_id for one in after(contract, changed).unsigned] == [YOUTH]


@pytest.mark.parametrize(
    "contract",
    [
        a_signed_contract(),
        a_contract(age_band=AgeBand.ADULT),
        after(a_contract(), *changes.reject(a_contract(), today=TODAY)),
    ],
    ids=["running", "of an adult", "rejected"],
)
def test_a_birthday_changes_nothing_where_no_guardian_is_waited_for(contract: Contract) -> None:
    assert grown(contract, AgeBand.ADULT, on=BIRTHDAY) == []


def test_a_birthday_brings_nothing_back_that_was_not_signed_in_time() -> None:
    contract = after(a_contract(), *signed_by(a_contract(), YOUTH))
    assert grown(contract, AgeBand.ADULT, on=LAST + timedelta(days=1)) == []


def test_the_last_day_for_signing_is_the_thirtieth_and_comes_with_the_registration() -> None:
    contract = a_contract()
    assert contract.sign_by == LAST
    assert expire(contract, today=LAST) == []
    assert signed_by(contract, YOUTH, on=LAST)
    assert expire(contract, today=LAST + timedelta(days=1)) == [
        ContractExpiredUnsigned(contract_id=contract.contract_id, expired_on=LAST + timedelta(days=1))
    ]
    assert expire(a_signed_contract(), today=date(2027, 3, 1)) == []


def test_who_signs_too_late_is_refused_even_when_nobody_has_told_that_the_time_is_over() -> None:
    for contract, last in ((a_contract(), LAST), (proposed(a_signed_contract()), LATER + timedelta(days=30))):
        assert signed_by(contract, MOTHER, on=last)
        with pytest.raises(Refused, match="SIGNING_TIME_OVER"):
            signed_by(contract, MOTHER, on=last, today=last + timedelta(days=1))


def test_a_proposed_version_that_is_not_signed_in_time_falls_away_and_the_one_in_force_goes_on() -> None:
    running = a_signed_contract()
    waiting = proposed(running)
    waiting = after(waiting, *signed_by(waiting, YOUTH, on=LATER))
    last = LATER + timedelta(days=30)
    assert expire(waiting, today=last) == []
    (expired,) = expire(waiting, today=last + timedelta(days=1))
    assert expired == ContractChangeExpired(
        contract_id=waiting.contract_id, to_version=2, expired_on=last + timedelta(days=1)
    )
    left = after(waiting, expired)
    assert (left.change, left.contract_version, left.clauses) == (None, 1, running.clauses)
    assert left.runs
    assert expire(left, today=last + timedelta(days=2)) == []
    assert proposed(left, today=last + timedelta(days=2)).change is not None
