"""A yes that is taken back for some receivers: nothing goes to them any more, and everything else as before."""

from __future__ import annotations

from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from backbone.refusal import Conflict, Refused
from schemas.codes import (
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    Outcome,
    Programme,
    Purpose,
    WithdrawalConsequence,
)
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.domain.consent import Consent, Standing
from services.sharing.domain.consent_answers import taken_out, withdraw
from services.sharing.domain.consent_loss import lost, narrowed
from services.sharing.domain.disclosure import Disclosure
from services.sharing.domain.gate import Knowledge, Why, decide
from services.sharing.domain.may_share import may_share
from services.sharing.domain.withdrawal import stopped_by
from services.sharing.rules import POLICIES
from tests.unit.sharing.builders import (
    ASKED_OF,
    FATHER,
    GUARDIAN,
    SAID_ON,
    TEACHER,
    TODAY,
    YOUTH,
    a_case,
    a_consent,
    a_member,
    a_question,
    given,
    knowledge,
)
from tests.unit.sharing.test_consent import standing, what_follows
from tests.unit.sharing.test_disclosure import a_disclosure, asked_for, decided

POLICE, NAV, CHILD_WELFARE = Agency.POLITI_FOREBYGGENDE, Agency.NAV, Agency.BARNEVERN
RECEIVERS = (POLICE, NAV, CHILD_WELFARE)
CATEGORIES = (Category.SCHOOL_ATTENDANCE, Category.SCHOOL_BEHAVIOUR)
NARROWED = WithdrawalConsequence.SHARING_NARROWED


def to_several(consent_id: str = "consent", *, number: int = 5, **changes: Any) -> Consent:
    """The school may tell three others, and everybody has said yes."""
    scope = {"to_agencies": RECEIVERS, "categories": CATEGORIES, **changes}
    return given(a_consent(consent_id=consent_id, **scope), number=number)


def no_of(consent: Consent, person: str, *receivers: Agency) -> list[Event]:
    (role,) = (signer.role for signer in consent.signers if signer.person_id == person)
    return withdraw(
        consent,
        person_id=person,
        role=role,
        decides_today=True,
        consequence=NARROWED,
        only_to=taken_out(consent, person, receivers),
    )


def without(consent: Consent, person: str, *receivers: Agency, number: int = 7) -> Consent:
    """The consent after this person took back their yes for these receivers."""
    for event in no_of(consent, person, *receivers):
        consent = consent.after(event, number=number, recorded_on=SAID_ON)
    return consent


def known(*consents: Consent, **changes: Any) -> Knowledge:
    members = {agency.value: a_member(agency) for agency in RECEIVERS}
    case = a_case(members={TEACHER: a_member(Agency.SKOLE_GRUNN), **members})
    return knowledge(case=case, consents=consents, **changes)


def asked_by(receiver: Agency, about: Knowledge) -> tuple[Outcome, str | None]:
    question = a_question(person_id=receiver.value, agency=receiver.value)
    decision = decide(question, about).decisions[0]
    return decision.outcome, decision.basis or decision.reason


def flowing(about: Knowledge) -> set[tuple[Agency, Category]]:
    """What goes from the school to whom on consent."""
    flows = may_share(about, purpose=Purpose.FOLLOW_UP, on=TODAY)
    return {
        (one.to_agency, one.category)
        for one in flows
        if one.outcome is Outcome.PERMIT and one.from_agency is Agency.SKOLE_GRUNN and one.basis == "CONSENT"
    }


SOME = st.lists(st.sampled_from(RECEIVERS), max_size=3)
NOES = st.lists(st.tuples(st.sampled_from(ASKED_OF), SOME), max_size=6)


@with_any(NOES, st.booleans())
def test_nothing_goes_to_those_it_was_taken_back_for_and_everything_else_goes_as_before(
    noes: list[tuple[Signer, list[Agency]]], older_too: bool
) -> None:
    consent, left = to_several(), {signer.person_id: set(RECEIVERS) for signer in ASKED_OF}
    older = (to_several("older", number=3),) if older_too else ()
    before = flowing(known(consent))
    for number, (signer, receivers) in enumerate(noes, start=7):
        person = signer.person_id
        try:
            consent = without(consent, person, *receivers, number=number)
        except Conflict:
            assert not left[person] & (set(receivers) or set(RECEIVERS))
            continue
        left[person] -= set(receivers) or set(RECEIVERS)
    over = not all(left.values())
    still = set() if over else set.intersection(*left.values())
    assert flowing(known(consent)) == {way for way in before if way[0] in still}
    if not over:
        assert flowing(known(consent, *older)) == set(product(still, CATEGORIES)), "no older yes stands in"
    assert (consent.effect() is ConsentEffect.EFFECTIVE) is bool(still)
    assert (standing(consent) is Standing.WITHDRAWN) is (not still)


def test_the_reason_says_that_it_was_taken_back_for_just_this_receiver() -> None:
    consent = without(to_several(), YOUTH, POLICE)
    assert asked_by(POLICE, known(consent)) == (Outcome.DENY, Why.CONSENT_WITHDRAWN_FOR_AGENCY)
    assert asked_by(NAV, known(consent)) == (Outcome.PERMIT, "CONSENT")
    assert (standing(consent), consent.ended()) == (Standing.EFFECTIVE, False)


def test_it_never_falls_back_on_an_older_yes_and_a_newer_one_of_everybody_opens_again() -> None:
    consent = without(to_several(), FATHER, POLICE)
    older = given(a_consent(consent_id="older"), number=3)
    assert asked_by(POLICE, known(consent, older)) == (Outcome.DENY, Why.CONSENT_WITHDRAWN_FOR_AGENCY)
    (no,) = stopped_by(older, (older, consent))
    assert (no.consent_id, no.person_id, no.partly) == ("consent", FATHER, True)
    newer = given(a_consent(consent_id="newer"), number=9)
    assert asked_by(POLICE, known(consent, newer)) == (Outcome.PERMIT, "CONSENT")


def test_a_later_no_to_the_rest_does_not_reach_what_was_agreed_to_anew() -> None:
    newer = given(a_consent(consent_id="newer"), number=9)
    consent = without(without(to_several(), FATHER, POLICE), FATHER, number=11)
    assert asked_by(POLICE, known(consent, newer)) == (Outcome.PERMIT, "CONSENT")
    assert asked_by(NAV, known(consent, newer)) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)


def test_no_earlier_disclosure_stands_in_for_it_and_a_new_one_says_why_all_the_same() -> None:
    consent = without(to_several(), YOUTH, POLICE)
    earlier: Disclosure = msgspec.structs.replace(a_disclosure(), number=6)
    assert asked_by(POLICE, known(consent, disclosures=(earlier,)))[0] is Outcome.DENY
    with pytest.raises(Refused, match="DESPITE_A_NO"):
        decided(asked_for(to_agency=POLICE), consents=(consent,))
    assert decided(asked_for(to_agency=NAV), consents=(consent,))


def test_naming_everybody_who_is_left_is_taking_it_back_wholly() -> None:
    consent = without(to_several(), YOUTH, POLICE)
    assert taken_out(consent, YOUTH, RECEIVERS) is None
    assert taken_out(consent, YOUTH, (NAV,)) == (NAV,)
    assert taken_out(consent, GUARDIAN, (NAV, POLICE)) == (POLICE, NAV)
    whole = without(consent, YOUTH, NAV, CHILD_WELFARE)
    assert (standing(whole), whole.ended()) == (Standing.WITHDRAWN, True)


def test_when_several_people_together_leave_nobody_the_consent_is_over() -> None:
    consent = without(without(to_several(), YOUTH, POLICE, NAV), FATHER, CHILD_WELFARE)
    assert (standing(consent), consent.effect()) == (Standing.WITHDRAWN, ConsentEffect.NONE)
    assert lost(consent)


def test_it_cannot_be_taken_back_for_somebody_who_was_told_nothing_nor_twice() -> None:
    consent = without(to_several(), YOUTH, POLICE)
    with pytest.raises(Refused, match="NOT_SHARED_WITH"):
        no_of(consent, YOUTH, Agency.BUP)
    with pytest.raises(Conflict, match="CONSENT_ALREADY_WITHDRAWN"):
        no_of(consent, YOUTH, POLICE)
    part = to_several(kind=ConsentKind.PARTICIPATION)
    with pytest.raises(Refused, match="NOT_SHARED_WITH"):
        no_of(part, YOUTH, POLICE)


def narrowing(consent: Consent, person: str, *receivers: Agency, **changes: Any) -> WithdrawalConsequence:
    return what_follows(consent, person=person, only_to=taken_out(consent, person, receivers), **changes)


def test_the_contract_goes_on_while_anything_is_shared_and_the_group_decides() -> None:
    assert narrowing(to_several(), YOUTH, POLICE) is NARROWED
    nearly_all = without(to_several(), YOUTH, POLICE, NAV)
    assert narrowing(nearly_all, FATHER, CHILD_WELFARE) is WithdrawalConsequence.CONTRACT_PAUSES
    unanswered = given(a_consent(to_agencies=RECEIVERS), YOUTH)
    assert narrowing(unanswered, YOUTH, POLICE) is WithdrawalConsequence.NOTHING_RESTED_ON_IT
    sanction = {"programme": Programme.YOUTH_PENALTY}
    assert narrowing(to_several(), YOUTH, POLICE, **sanction) is WithdrawalConsequence.EXTRA_SHARING_STOPS
    assert narrowed(nearly_all)
    assert not lost(nearly_all)


def test_an_earlier_policy_reads_it_as_a_no_to_all_of_it() -> None:
    before = known(without(to_several(), YOUTH, POLICE), policy=POLICIES["2026.5"])
    assert asked_by(POLICE, before) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)
    assert asked_by(NAV, before) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)
