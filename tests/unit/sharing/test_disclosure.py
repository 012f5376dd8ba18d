"""Giving information without consent: each basis with its own conditions, and no silent way around a no."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backbone.refusal import NotAllowed, Refused
from schemas.codes import (
    Agency,
    Category,
    DeferralGround,
    GivenHow,
    GuardiansNotTold,
    LegalBasis,
    Outcome,
    Purpose,
)
from schemas.disclosure import DisclosureDeferralReviewed, InformationDisclosed
from services.sharing.domain.bases import BasisRule, Law, Who
from services.sharing.domain.consent import Consent
from services.sharing.domain.disclosure import Decider, Disclosure, disclose, disclosed, review_deferral
from services.sharing.domain.gate import decide
from services.sharing.rules import legal_bases
from services.sharing.rules.page import page
from tests.unit.sharing.builders import (
    TODAY,
    YOUTH,
    a_consent,
    a_question,
    an_item,
    given,
    knowledge,
    withdrawn,
)

BASES = legal_bases()
ROOT = Path(__file__).resolve().parents[3]


def fitting(rule: BasisRule) -> dict[str, Any]:
    """A giver, a receiver and conditions that fit a basis."""
    return {
        "from_agency": rule.givers[0] if rule.givers else Agency.SKOLE_GRUNN,
        "to_agency": rule.receivers[0]
        if rule.receivers
        else Agency.POLITI_FOREBYGGENDE
        if not rule.givers
        else Agency.BARNEVERN,
        "categories": rule.categories or (Category.SCHOOL_ATTENDANCE,),
        "condition_refs": {name: f"text-{name}" for name in (*rule.texts, *rule.persons)},
        "condition_codes": {name: choices[0] for name, choices in rule.codes.items()},
        "given_how": GivenHow.IN_THE_SYSTEM if rule.opens else GivenHow.ORALLY,
        "opens_until": TODAY + timedelta(days=7) if rule.opens else None,
    }


def asked_for(basis: LegalBasis = LegalBasis.OWN_TASKS, **changes: Any) -> InformationDisclosed:
    fields: dict[str, Any] = {
        "disclosure_id": "disclosure",
        "basis": basis,
        "law": "",
        "provision": "",
        "bases_version": "",
        "about_id": YOUTH,
        "purpose": Purpose.FOLLOW_UP,
        "grounds_ref": "grounds",
        "necessity_ref": "necessity",
        "less_intrusive_ref": "less",
        "proportionality_ref": "proportion",
        "asked_by": "colleague",
        "decided_by": "",
        "decided_as_leader": False,
        "given_on": TODAY,
        "youth_told_on": TODAY,
        "guardians_told_on": TODAY,
        **fitting(BASES.rule(basis)),
    }
    return InformationDisclosed(**{**fields, **changes})


def decided(
    asked: InformationDisclosed, consents: tuple[Consent, ...] = (), bases: Any = BASES, **changes: Any
) -> InformationDisclosed:
    decider = Decider(person_id="decider", agency=asked.from_agency, in_case=True, leader=True)
    (event,) = disclose(
        asked,
        decider=msgspec.structs.replace(decider, **changes),
        youth_id=YOUTH,
        bases=bases,
        consents=consents,
        today=TODAY,
    )
    assert isinstance(event, InformationDisclosed)
    return event


@pytest.mark.parametrize("basis", list(LegalBasis))
def test_every_basis_can_be_used_when_all_that_it_demands_is_there(basis: LegalBasis) -> None:
    event = decided(asked_for(basis))
    assert event.provision in BASES.rule(basis).provisions.values()
    assert event.bases_version == BASES.version


@pytest.mark.parametrize(
    "rule", [rule for rule in BASES.bases if rule.texts or rule.persons], ids=lambda r: r.code
)
def test_no_basis_can_be_used_without_one_of_its_texts(rule: BasisRule) -> None:
    texts = fitting(rule)["condition_refs"]
    for missing in texts:
        less = {name: ref for name, ref in texts.items() if name != missing}
        with pytest.raises(Refused, match="CONDITIONS_MISSING"):
            decided(asked_for(rule.code, condition_refs=less))


@pytest.mark.parametrize("rule", [rule for rule in BASES.bases if rule.codes], ids=lambda r: r.code)
def test_a_code_outside_the_list_is_no_answer(rule: BasisRule) -> None:
    codes = fitting(rule)["condition_codes"]
    for name in codes:
        with pytest.raises(Refused, match="CONDITIONS_MISSING"):
            decided(asked_for(rule.code, condition_codes={**codes, name: "BECAUSE"}))
    with pytest.raises(Refused, match="CONDITIONS_MISSING"):
        decided(asked_for(rule.code, condition_codes={**codes, "other": "BECAUSE"}))


@pytest.mark.parametrize("rule", [r for r in BASES.bases if r.who is Who.LEADER], ids=lambda r: r.code)
def test_where_the_law_says_a_leader_nobody_else_decides_and_never_the_one_who_asks(rule: BasisRule) -> None:
    with pytest.raises(NotAllowed, match="LEADER_DECIDES"):
        decided(asked_for(rule.code), leader=False)
    with pytest.raises(NotAllowed, match="LEADER_DECIDES"):
        decided(asked_for(rule.code, asked_by="decider"))
    with pytest.raises(NotAllowed, match="LEADER_DECIDES"):
        decided(asked_for(rule.code, asked_by=None))


def test_a_duty_to_act_needs_neither_leader_nor_membership() -> None:
    decided(asked_for(LegalBasis.AVERT_CRIME, asked_by=None), leader=False, in_case=False)


def test_a_member_basis_needs_a_member() -> None:
    with pytest.raises(NotAllowed, match="NOT_IN_CASE"):
        decided(asked_for(LegalBasis.DANGER), in_case=False)


def test_only_the_agency_that_gives_decides() -> None:
    with pytest.raises(Refused, match="GIVER_DECIDES"):
        decided(asked_for(), agency=Agency.POLITI_FOREBYGGENDE)


@pytest.mark.parametrize(
    ("basis", "changes"),
    [
        (LegalBasis.STATUS_AND_DECISIONS, {"categories": (Category.FAMILY,)}),
        (LegalBasis.REPORT_OFFENCE, {"to_agency": Agency.NAV}),
        (LegalBasis.HEALTH_PROVISION, {"from_agency": Agency.SKOLE_GRUNN}),
        (LegalBasis.OWN_TASKS, {"categories": ()}),
    ],
)
def test_a_basis_reaches_no_further_than_it_says(basis: LegalBasis, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="OUTSIDE_BASIS"):
        decided(asked_for(basis, **changes))


def test_a_basis_that_opens_nothing_opens_nothing() -> None:
    in_system = {"given_how": GivenHow.IN_THE_SYSTEM, "opens_until": TODAY}
    with pytest.raises(Refused, match="BASIS_OPENS_NOTHING"):
        decided(asked_for(LegalBasis.CHILD_WELFARE_REPORT, **in_system))


@pytest.mark.parametrize("until", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=31)])
def test_what_is_opened_is_opened_for_a_bounded_time(until: date | None) -> None:
    with pytest.raises(Refused, match="OPENS_UNTIL"):
        decided(asked_for(opens_until=until))


def test_the_law_in_force_on_the_day_is_the_one_that_is_named() -> None:
    assert decided(asked_for()).law == "FVL_1967"
    laws = {**BASES.laws, "FVL_2025": Law(title="new", in_force_from=TODAY)}
    new = msgspec.structs.replace(BASES, laws=laws)
    assert (decided(asked_for(), bases=new).law, decided(asked_for(), bases=new).provision) == (
        "FVL_2025",
        "§ 34 (1) f",
    )
    yesterday = decided(asked_for(given_on=TODAY - timedelta(days=1)), bases=new)
    assert yesterday.law == "FVL_1967"


def test_a_basis_whose_law_is_not_in_force_cannot_be_used() -> None:
    with pytest.raises(Refused, match="BASIS_NOT_IN_FORCE"):
        decided(asked_for(LegalBasis.CHILD_WELFARE_ORDER, given_on=date(2022, 12, 31)))


def test_the_youth_is_told_or_it_is_said_why_not_and_when_that_is_looked_at_again() -> None:
    later = TODAY + timedelta(days=30)
    deferred: dict[str, Any] = {
        "youth_told_on": None,
        "tell_review_on": later,
        "deferral": DeferralGround.INVESTIGATION,
    }
    decided(asked_for(**deferred))
    for changes in (
        {"youth_told_on": None},
        {**deferred, "deferral": None},
        {**deferred, "tell_review_on": None},
        {**deferred, "youth_told_on": TODAY},
    ):
        with pytest.raises(Refused, match="YOUTH_TOLD_OR_DEFERRED"):
            decided(asked_for(**changes))
    with pytest.raises(Refused, match="REVIEW_DATE"):
        decided(asked_for(**{**deferred, "tell_review_on": TODAY + timedelta(days=91)}))


def test_the_guardians_are_told_or_it_is_said_why_not_and_what_is_followed_up_comes_after() -> None:
    not_told: dict[str, Any] = {"guardians_told_on": None, "guardians_not_told": GuardiansNotTold.KEPT_OUT}
    later = TODAY + timedelta(days=7)
    event = decided(asked_for(**not_told, follow_up_on=later, follow_up_ref="text"))
    kept = disclosed(event, case_id="case")
    assert (kept.guardians_told_on, kept.guardians_not_told) == (None, GuardiansNotTold.KEPT_OUT)
    assert kept.follow_up_on == later
    for wrong, rule in (
        ({"guardians_told_on": None}, "GUARDIANS_TOLD_OR_WHY"),
        ({**not_told, "guardians_told_on": TODAY}, "GUARDIANS_TOLD_OR_WHY"),
        ({"guardians_told_on": later}, "GIVEN_IN_FUTURE"),
        ({"follow_up_on": TODAY - timedelta(days=1)}, "FOLLOW_UP_BEFORE"),
    ):
        with pytest.raises(Refused, match=rule):
            decided(asked_for(**wrong))


def test_after_a_no_another_basis_needs_its_own_words() -> None:
    for said_no in (withdrawn(given(a_consent()), YOUTH),):
        with pytest.raises(Refused, match="DESPITE_A_NO"):
            decided(asked_for(), consents=(said_no,))
        decided(asked_for(despite_withdrawal_ref="why"), consents=(said_no,))
    decided(asked_for(), consents=(withdrawn(given(a_consent(to_agencies=(Agency.NAV,))), YOUTH),))


def a_disclosure(**changes: Any) -> Disclosure:
    return disclosed(decided(asked_for(**changes)), case_id="case")


def test_the_gate_opens_exactly_what_was_decided_while_it_was_decided_for() -> None:
    known = knowledge(disclosures=(a_disclosure(),))
    (decision,) = decide(a_question(), known).decisions
    assert (decision.outcome, decision.basis, decision.disclosure_id) == (
        Outcome.PERMIT,
        "OWN_TASKS",
        "disclosure",
    )
    for question in (
        a_question(on=TODAY + timedelta(days=8)),
        a_question(on=TODAY - timedelta(days=1)),
        a_question(purpose=Purpose.MEETING),
    ):
        assert decide(question, known).decisions[0].outcome is Outcome.DENY


@pytest.mark.parametrize(
    "changes", [{"refs": ("another",)}, {"categories": (Category.LEISURE,)}, {"to_agency": Agency.NAV}]
)
def test_the_gate_opens_nothing_beside_it(changes: dict[str, Any]) -> None:
    known = knowledge(an_item(), disclosures=(a_disclosure(**changes),))
    assert decide(a_question(), known).decisions[0].outcome is Outcome.DENY


def test_a_consent_that_was_taken_back_stays_the_reason_when_nobody_decided_otherwise() -> None:
    lost = (withdrawn(given(a_consent()), YOUTH, number=7),)
    decision = decide(a_question(), knowledge(consents=lost)).decisions[0]
    assert decision.reason == "CONSENT_WITHDRAWN"
    despite = msgspec.structs.replace(a_disclosure(despite_withdrawal_ref="why"), number=8)
    decision = decide(a_question(), knowledge(consents=lost, disclosures=(despite,))).decisions[0]
    assert decision.basis == "OWN_TASKS"


@pytest.mark.parametrize("changes", [{"number": 6}, {"number": 8, "despite_withdrawal_ref": None}])
def test_a_withdrawal_never_falls_back_on_a_disclosure_that_nobody_looked_at_again(
    changes: dict[str, Any],
) -> None:
    lost = (withdrawn(given(a_consent()), YOUTH, number=7),)
    earlier = msgspec.structs.replace(a_disclosure(despite_withdrawal_ref="an earlier no"), **changes)
    decision = decide(a_question(), knowledge(consents=lost, disclosures=(earlier,))).decisions[0]
    assert decision.reason == "CONSENT_WITHDRAWN"


def test_a_deferral_ends_when_the_youth_is_told() -> None:
    later = TODAY + timedelta(days=30)
    deferral: dict[str, Any] = {"tell_review_on": later, "deferral": DeferralGround.INVESTIGATION}
    disclosure = a_disclosure(youth_told_on=None, **deferral)
    told = DisclosureDeferralReviewed(disclosure_id="disclosure", youth_told_on=later)
    (event,) = review_deferral(disclosure, told, bases=BASES, today=later)
    assert disclosure.after(event).youth_told_on == later
    with pytest.raises(Refused, match="ALREADY_TOLD"):
        review_deferral(disclosure.after(event), told, bases=BASES, today=later)


def test_every_basis_names_its_source_and_what_a_lawyer_must_confirm() -> None:
    assert {rule.code for rule in BASES.bases} == set(LegalBasis)
    for rule in BASES.bases:
        assert rule.provisions
        assert set(rule.provisions) <= set(BASES.laws)
        assert rule.confirm


def test_the_page_of_legal_bases_is_as_the_rules_say() -> None:
    assert (ROOT / "docs" / "legal-bases.md").read_text(encoding="utf-8") == page(BASES)
