"""Every branch of the gate, permitted and refused. Whatever is not expressly permitted is denied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.codes import AgeBand, Agency, Category, ConsentKind, Function, Outcome, Purpose, SignerRole
from schemas.consent import ConsentRefused
from services.sharing.domain.case_file import CaseFile, Participation
from services.sharing.domain.gate import Basis, Item, Knowledge, Stop, Why, decide
from services.sharing.domain.policy import POLICY
from services.sharing.rules import POLICIES, rules_of, signing_rules
from tests.unit.sharing.builders import (
    ASKED_OF,
    FATHER,
    GUARDIAN,
    LEAD,
    POLICE,
    SAID_ON,
    TEACHER,
    TODAY,
    YOUTH,
    a_case,
    a_consent,
    a_member,
    a_question,
    an_item,
    given,
    knowledge,
    withdrawn,
)

IDENTITY = an_item(
    ref="name", category=Category.IDENTITY_CONTACT, from_agency=Agency.KOMMUNE_SLT, author_id=LEAD
)


def answer(known: Knowledge, **question: Any) -> tuple[Outcome, str | None]:
    """The outcome for the first reference, with its basis or its reason."""
    decision = decide(a_question(**question), known).decisions[0]
    return decision.outcome, decision.basis or decision.reason


def test_without_any_basis_the_answer_is_no() -> None:
    assert answer(knowledge()) == (Outcome.DENY, Why.NO_BASIS)


def test_an_effective_consent_lets_exactly_its_content_through() -> None:
    verdict = decide(a_question(), knowledge(consents=(given(a_consent()),)))
    (decision,) = verdict.decisions
    assert (decision.outcome, decision.basis, decision.consent_id) == (Outcome.PERMIT, "CONSENT", "consent")
    assert verdict.to_agency is Agency.POLITI_FOREBYGGENDE


@pytest.mark.parametrize(
    "otherwise",
    [
        {"from_agencies": (Agency.BUP,)},
        {"to_agencies": (Agency.NAV,)},
        {"categories": (Category.SCHOOL_BEHAVIOUR,)},
        {"purpose": Purpose.MEETING},
        {"youth_id": "another"},
        {"kind": ConsentKind.PARTICIPATION},
    ],
)
def test_a_consent_about_anything_else_lets_nothing_through(otherwise: dict[str, Any]) -> None:
    assert answer(knowledge(consents=(given(a_consent(**otherwise)),))) == (Outcome.DENY, Why.NO_BASIS)


def test_a_consent_that_somebody_has_not_answered_lets_nothing_through() -> None:
    half = given(a_consent(), YOUTH, GUARDIAN)
    assert answer(knowledge(consents=(half,))) == (Outcome.DENY, Why.CONSENT_INCOMPLETE)


@pytest.mark.parametrize("person", [YOUTH, GUARDIAN, FATHER])
def test_one_signers_withdrawal_is_enough(person: str) -> None:
    taken_back = withdrawn(given(a_consent()), person)
    assert answer(knowledge(consents=(taken_back,))) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)


def test_the_validity_is_compared_with_the_day_of_the_question() -> None:
    known = knowledge(consents=(given(a_consent()),))
    assert answer(known, on=date(2027, 3, 1)) == (Outcome.PERMIT, Basis.CONSENT)
    assert answer(known, on=date(2027, 3, 2)) == (Outcome.DENY, Why.CONSENT_EXPIRED)
    early = knowledge(consents=(given(a_consent(valid_from=date(2026, 10, 2))),))
    assert answer(early, on=TODAY) == (Outcome.DENY, Why.CONSENT_NOT_YET_VALID)


def until(*ends: date, signed: bool = True) -> CaseFile:
    return a_case(
        contracts={f"{place}": Participation(ends_on=on, signed=signed) for place, on in enumerate(ends)}
    )


def test_a_consent_does_not_outlive_the_contract_and_the_reason_is_its_own() -> None:
    consents = (given(a_consent()),)
    over = knowledge(consents=consents, case=until(TODAY - timedelta(days=1)))
    assert answer(over) == (Outcome.DENY, Why.CONTRACT_ENDED)
    assert answer(knowledge(consents=consents, case=until(TODAY))) == (Outcome.PERMIT, Basis.CONSENT)
    extended = until(TODAY - timedelta(days=1), TODAY + timedelta(days=90))
    assert answer(knowledge(consents=consents, case=extended)) == (Outcome.PERMIT, Basis.CONSENT)
    assert answer(knowledge(consents=consents, case=until())) == (Outcome.PERMIT, Basis.CONSENT)
    taken_back = (withdrawn(given(a_consent()), YOUTH),)
    assert answer(knowledge(consents=taken_back, case=over.case)) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)


def test_what_was_let_through_after_the_contract_under_an_earlier_policy_is_decided_alike_again() -> None:
    over = until(TODAY - timedelta(days=1))
    earlier = knowledge(consents=(given(a_consent()),), case=over, policy=POLICIES["2026.3"])
    assert answer(earlier) == (Outcome.PERMIT, Basis.CONSENT)


def test_any_one_effective_consent_is_enough() -> None:
    lost = withdrawn(given(a_consent(consent_id="old")), YOUTH, number=7)
    known = knowledge(consents=(lost, given(a_consent(consent_id="new"), number=8)))
    decision = decide(a_question(), known).decisions[0]
    assert (decision.outcome, decision.consent_id) == (Outcome.PERMIT, "new")


def test_a_withdrawal_never_falls_back_on_an_older_consent() -> None:
    older = given(a_consent(consent_id="older"), number=3)
    lost = withdrawn(given(a_consent(consent_id="lost"), number=5), FATHER, number=7)
    known = knowledge(consents=(lost, older))
    decision = decide(a_question(), known).decisions[0]
    assert (decision.reason, decision.consent_id) == (Why.CONSENT_WITHDRAWN, "lost")
    refused = a_consent(consent_id="no").after(
        ConsentRefused(consent_id="no", person_id=YOUTH, role=SignerRole.YOUTH), number=7
    )
    assert answer(knowledge(consents=(older, refused))) == (Outcome.DENY, Why.CONSENT_REFUSED)


def test_whoever_said_no_must_have_said_yes_again_themselves_and_on_a_paper_that_is_not_older() -> None:
    lost = withdrawn(given(a_consent(consent_id="lost")), FATHER, number=7)
    others = given(given(a_consent(consent_id="new"), FATHER, number=6), YOUTH, GUARDIAN, number=8)
    assert answer(knowledge(consents=(lost, others))) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)
    half = given(given(a_consent(consent_id="new"), YOUTH, GUARDIAN, number=6), FATHER, number=8)
    assert answer(knowledge(consents=(lost, half))) == (Outcome.PERMIT, Basis.CONSENT)
    old_paper = given(a_consent(consent_id="new"), number=8, on=SAID_ON - timedelta(days=1))
    assert answer(knowledge(consents=(lost, old_paper))) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)
    without_him = given(a_consent(consent_id="new", signers=ASKED_OF[:1]), number=8)
    known = knowledge(consents=(lost, without_him), band=AgeBand.AGE_15)
    assert answer(known) == (Outcome.DENY, Why.CONSENT_WITHDRAWN)


def test_a_no_reaches_as_far_as_the_yes_that_was_taken_back() -> None:
    categories = (Category.SCHOOL_ATTENDANCE, Category.SCHOOL_BEHAVIOUR)
    wide = given(a_consent(consent_id="wide", categories=categories), number=3)
    narrow = withdrawn(given(a_consent(consent_id="narrow"), number=5), YOUTH, number=7)
    known = knowledge(an_item(category=Category.SCHOOL_BEHAVIOUR), consents=(narrow, wide))
    assert answer(known) == (Outcome.PERMIT, Basis.CONSENT)


def test_what_fell_back_under_the_policy_before_that_is_made_again_under_it() -> None:
    lost = withdrawn(given(a_consent(consent_id="lost"), number=5), FATHER, number=7)
    older = given(a_consent(consent_id="older"), number=3)
    known = knowledge(consents=(lost, older), policy=POLICIES["2026.2"])
    assert answer(known) == (Outcome.PERMIT, Basis.CONSENT)


def test_two_consents_are_never_added_together() -> None:
    right_receiver = given(a_consent(consent_id="a", categories=(Category.LEISURE,)))
    right_category = given(a_consent(consent_id="b", to_agencies=(Agency.NAV,)))
    known = knowledge(consents=(right_receiver, right_category))
    assert answer(known) == (Outcome.DENY, Why.NO_BASIS)


def test_health_content_needs_a_consent_of_the_health_kind() -> None:
    item = an_item(category=Category.HEALTH_MENTAL, from_agency=Agency.BUP)
    scope: dict[str, Any] = {"categories": (Category.HEALTH_MENTAL,), "from_agencies": (Agency.BUP,)}
    plain = given(a_consent(**scope))
    assert answer(knowledge(item, consents=(plain,))) == (Outcome.DENY, Why.NO_BASIS)
    health = given(a_consent(kind=ConsentKind.HEALTH, **scope))
    assert answer(knowledge(item, consents=(health,))) == (Outcome.PERMIT, Basis.CONSENT)


def test_an_agency_sees_what_itself_has_given() -> None:
    known = knowledge(
        an_item(author_id="another-teacher"),
    )
    seen = answer(known, person_id=TEACHER, agency="SKOLE_GRUNN")
    assert seen == (Outcome.PERMIT, Basis.WITHIN_BODY)


def test_private_people_are_not_one_body() -> None:
    item = an_item(from_agency=Agency.PRIVATE_NETWORK, author_id="uncle")
    case = a_case(
        members={
            "uncle": a_member(Agency.PRIVATE_NETWORK),
            "coach": a_member(Agency.PRIVATE_NETWORK),
        }
    )
    known = knowledge(item, case=case)
    assert answer(known, person_id="uncle", agency="PRIVATE_NETWORK") == (Outcome.PERMIT, Basis.OWN_CONTENT)
    assert answer(known, person_id="coach", agency="PRIVATE_NETWORK") == (Outcome.DENY, Why.NO_BASIS)


def test_a_signed_contract_opens_the_name_to_the_group() -> None:
    assert answer(knowledge(IDENTITY), refs=("name",)) == (Outcome.PERMIT, Basis.PARTICIPATION)


def test_an_unsigned_contract_opens_the_name_to_the_lead_only() -> None:
    case = a_case(contracts={"contract": Participation(ends_on=date(2027, 3, 1))})
    police = an_item(
        ref="name", category=Category.IDENTITY_CONTACT, from_agency=Agency.BARNEVERN, author_id="x"
    )
    known = knowledge(police, case=case)
    assert answer(known, refs=("name",)) == (Outcome.DENY, Why.NO_BASIS)
    as_lead = {"person_id": LEAD, "agency": Agency.KOMMUNE_SLT}
    assert answer(known, refs=("name",), **as_lead) == (Outcome.PERMIT, Basis.CASE_LEAD)


def test_the_group_sees_the_name_until_two_weeks_after_the_end() -> None:
    last = date(2027, 3, 1) + timedelta(days=14)
    assert answer(knowledge(IDENTITY), refs=("name",), on=last)[0] is Outcome.PERMIT
    assert answer(knowledge(IDENTITY), refs=("name",), on=last + timedelta(days=1)) == (
        Outcome.DENY,
        Why.NO_BASIS,
    )


def test_the_lead_sees_what_the_programme_itself_laid_down() -> None:
    item = an_item(from_agency=Agency.FELLES_ANSVAR, category=Category.FAMILY, author_id="former-lead")
    as_lead = {"person_id": LEAD, "agency": Agency.KOMMUNE_SLT}
    assert answer(knowledge(item), **as_lead) == (Outcome.PERMIT, Basis.CASE_LEAD)
    assert answer(knowledge(item)) == (Outcome.DENY, Why.NO_BASIS)


def test_the_lead_does_not_see_other_agencies_content_without_consent() -> None:
    assert answer(knowledge(), person_id=LEAD, agency="KOMMUNE_SLT") == (Outcome.DENY, Why.NO_BASIS)


@pytest.mark.parametrize(
    ("person", "agency", "why"),
    [
        ("stranger", "POLITI_FOREBYGGENDE", Why.NOT_MEMBER),
        ("stranger", None, Why.NOT_MEMBER),
        ("auditor", "no-such-agency", Why.NOT_MEMBER),
        (POLICE, "SKOLE_GRUNN", Why.OTHER_AGENCY),
        (POLICE, None, Why.OTHER_AGENCY),
        (YOUTH, None, Why.NOT_MEMBER),
    ],
)
def test_only_members_acting_for_their_own_agency_may_ask(person: str, agency: str, why: Why) -> None:
    known = knowledge(consents=(given(a_consent()),))
    verdict = decide(a_question(person_id=person, agency=agency), known)
    assert verdict.reason is why
    assert verdict.decisions[0].outcome is Outcome.DENY


def test_a_member_sees_nothing_before_the_day_they_join() -> None:
    case = a_case(members={POLICE: a_member(Agency.POLITI_FOREBYGGENDE, joined_on=TODAY + timedelta(days=1))})
    known = knowledge(case=case, consents=(given(a_consent()),))
    assert decide(a_question(), known).reason is Why.NOT_MEMBER


def test_a_member_sees_nothing_before_declaring_secrecy() -> None:
    case = a_case(members={POLICE: a_member(Agency.POLITI_FOREBYGGENDE, declared=False)})
    known = knowledge(case=case, consents=(given(a_consent()),))
    assert decide(a_question(), known).reason is Why.SECRECY_NOT_DECLARED


def test_a_case_that_is_held_releases_nothing() -> None:
    known = knowledge(held=True, consents=(given(a_consent()),))
    assert answer(known) == (Outcome.DENY, Why.CASE_HELD)
    assert answer(known, person_id=LEAD) == (Outcome.DENY, Why.CASE_HELD)


def test_a_stop_outranks_everything_until_the_event_that_names_it() -> None:
    stop = Stop(stop_id="s", person_id=POLICE, number=4)
    consented = {"consents": (given(a_consent()),)}
    assert answer(knowledge(stops=(stop,), **consented)) == (Outcome.DENY, Why.STOPPED)
    named = a_case(stops_named=("s",))
    assert answer(knowledge(stops=(stop,), case=named, **consented))[0] is Outcome.PERMIT


def test_a_stop_for_everybody_stops_the_lead_too() -> None:
    known = knowledge(IDENTITY, stops=(Stop(stop_id="s", person_id=None, number=1),))
    assert answer(known, refs=("name",), person_id=LEAD) == (Outcome.DENY, Why.STOPPED)


def test_a_stop_is_not_lifted_by_an_event_that_names_an_earlier_one() -> None:
    first = Stop(stop_id="first", person_id=POLICE, number=1)
    second = Stop(stop_id="second", person_id=POLICE, number=2)
    known = knowledge(
        stops=(first, second), case=a_case(stops_named=("first",)), consents=(given(a_consent()),)
    )
    assert answer(known) == (Outcome.DENY, Why.STOPPED)
    later = knowledge(
        stops=(first, second), case=a_case(stops_named=("second",)), consents=(given(a_consent()),)
    )
    assert answer(later)[0] is Outcome.PERMIT


def test_a_stop_for_another_person_stops_nobody_else() -> None:
    known = knowledge(stops=(Stop(stop_id="s", person_id=TEACHER, number=1),), consents=(given(a_consent()),))
    assert answer(known)[0] is Outcome.PERMIT


def test_a_log_in_without_a_role_of_the_staffs_opens_nothing_whoever_is_behind_it() -> None:
    known = knowledge(consents=(given(a_consent()),))
    assert decide(a_question(), known).reason is None
    for person in (POLICE, LEAD):
        verdict = decide(a_question(person_id=person, staff=False), known)
        assert (verdict.reason, verdict.decisions[0].outcome) == (Why.NO_STAFF_ROLE, Outcome.DENY)


def test_a_reference_of_another_case_is_unknown() -> None:
    assert answer(knowledge(), refs=("elsewhere",)) == (Outcome.DENY, Why.UNKNOWN_REFERENCE)


@pytest.mark.parametrize(("band", "seen"), [(AgeBand.AGE_16_17, True), (AgeBand.ADULT, False), (None, False)])
def test_a_guardian_in_the_group_loses_sight_when_the_youth_comes_of_age(
    band: AgeBand | None, seen: bool
) -> None:
    case = a_case(members={GUARDIAN: a_member(Agency.PRIVATE_NETWORK, function=Function.GUARDIAN)})
    verdict = decide(
        a_question(person_id=GUARDIAN, agency="PRIVATE_NETWORK", refs=("name",)),
        knowledge(IDENTITY, case=case, band=band),
    )
    assert (verdict.reason is None) is seen


def test_at_18_the_youths_own_yes_carries_the_consent_alone() -> None:
    only_youth = given(a_consent(), YOUTH)
    assert answer(knowledge(consents=(only_youth,), band=AgeBand.AGE_16_17))[1] == Why.CONSENT_INCOMPLETE
    as_adult = given(a_consent(), YOUTH, band=AgeBand.ADULT)
    assert answer(knowledge(consents=(as_adult,), band=AgeBand.ADULT)) == (Outcome.PERMIT, Basis.CONSENT)


def test_at_18_a_yes_from_before_the_birthday_carries_nothing_until_the_youth_has_said_it_anew() -> None:
    old = given(a_consent(consent_id="old"), band=AgeBand.AGE_16_17)
    new = given(a_consent(consent_id="new", signers=ASKED_OF[:1]), band=AgeBand.ADULT)
    known = knowledge(consents=(old,), band=AgeBand.ADULT)
    assert answer(known) == (Outcome.DENY, Why.CONSENT_TO_BE_RENEWED)
    renewed = knowledge(consents=(old, new), band=AgeBand.ADULT)
    assert decide(a_question(), renewed).decisions[0].consent_id == "new"


def test_what_was_decided_under_the_policy_before_that_is_made_again_under_it() -> None:
    policy = POLICIES["2026.1"]
    old = given(a_consent(), band=None)
    known = knowledge(consents=(old,), band=AgeBand.ADULT, policy=policy, rules=rules_of(policy))
    assert answer(known) == (Outcome.PERMIT, Basis.CONSENT)
    assert POLICIES[POLICY.version] is POLICY
    assert rules_of(POLICY) == signing_rules(), "what decides is what the recorded version names"


def test_at_18_what_only_guardians_agreed_to_carries_no_longer() -> None:
    only_guardians = given(a_consent(), GUARDIAN, FATHER)
    known = knowledge(consents=(only_guardians,), band=AgeBand.ADULT)
    assert answer(known) == (Outcome.DENY, Why.CONSENT_INCOMPLETE)


def test_the_answer_follows_the_order_of_the_question_and_nothing_else() -> None:
    items: list[Item] = [an_item(ref=f"r{n}") for n in range(5)]
    known = knowledge(*items, consents=(given(a_consent()),))
    question = a_question(refs=("r3", "r0", "r4"))
    assert [one.ref for one in decide(question, known).decisions] == ["r3", "r0", "r4"]
    assert decide(question, known) == decide(question, known)
