"""Consents follow who decides for the youth: who must be asked, whose yes still carries, and who is kept out at the gate."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from backbone.refusal import Refused
from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    EffectReason,
    Function,
    Outcome,
    SignerRole,
)
from schemas.consent import EffectiveConsentChanged
from schemas.contract import Signer
from schemas.event import Event
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    ParentalResponsibilityChanged,
)
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
)
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.consent import Consent, Standing
from services.sharing.domain.consent_answers import others_decide
from services.sharing.domain.consent_request import request
from services.sharing.domain.gate import Stop, Why, decide, in_force
from services.sharing.domain.withdrawal import decides
from services.sharing.rules import POLICIES, signing_rules
from tests.unit.sharing.builders import (
    ASKED_OF,
    FATHER,
    GUARDIAN,
    LEAD,
    TODAY,
    YOUTH,
    a_case,
    a_consent,
    a_member,
    a_question,
    a_request,
    an_item,
    given,
    knowledge,
)

RULES = signing_rules()
MOTHER = GUARDIAN
CARE = Signer(person_id="barnevern", role=SignerRole.BARNEVERN)
NAME = an_item(ref="name", category=Category.IDENTITY_CONTACT, from_agency=Agency.KOMMUNE_SLT, author_id=LEAD)
FAMILY = {person: a_member(Agency.PRIVATE_NETWORK, function=Function.GUARDIAN) for person in (MOTHER, FATHER)}


def restricted(person: str = FATHER) -> GuardianRestricted:
    return GuardianRestricted(
        person_id=person, basis=RestrictionBasis.COURT_ORDER, from_on=TODAY, stop_id=f"stop {person}"
    )


def changed(person: str, decision_maker: DecisionMaker, **said: Any) -> ParentalResponsibilityChanged:
    return ParentalResponsibilityChanged(
        person_id=person,
        decision_maker=decision_maker,
        source=ResponsibilitySource.COURT,
        from_on=TODAY,
        **said,
    )


def out_without_a_leader() -> list[Event]:
    """The father, kept out, removed and without responsibility, each on the lead's word alone."""
    gone = GuardianRemoved(
        person_id=FATHER, reason=GuardianRemoval.REPLACED, removed_on=TODAY, awaits_leader=True
    )
    lost = changed(FATHER, DecisionMaker.NO_RESPONSIBILITY, awaits_leader=True)
    return [msgspec.structs.replace(restricted(), awaits_leader=True), gone, lost]


def in_place_without_a_leader() -> list[Event]:
    """Barnevern with the care, and a setteverge, each in the parents' place on the lead's word alone."""
    verge = msgspec.structs.replace(added(CARE.person_id, DecisionMaker.SETTEVERGE), awaits_leader=True)
    return [changed(CARE.person_id, DecisionMaker.BARNEVERN, awaits_leader=True), verge]


CONFIRMED = GuardianChangeConfirmed(person_id=FATHER, confirmed_on=TODAY, grounds_ref="grounds")


def added(person: str = "grandmother", decision_maker: DecisionMaker = DecisionMaker.VERGE) -> GuardianAdded:
    return GuardianAdded(
        person_id=person, decision_maker=decision_maker, source=ResponsibilitySource.COURT, from_on=TODAY
    )


def removed(person: str = FATHER) -> GuardianRemoved:
    return GuardianRemoved(
        person_id=person, reason=GuardianRemoval.DEATH, removed_on=TODAY, stop_id=f"stop {person}"
    )


LOST = changed(FATHER, DecisionMaker.NO_RESPONSIBILITY, stop_ids=(f"stop {FATHER}",))
TAKEN_OVER = changed(CARE.person_id, DecisionMaker.BARNEVERN)


def a_case_after(*events: Event) -> CaseFile:
    case = a_case(members={**a_case().members, **FAMILY})
    for event in events:
        case = case.after(event)
    return case


def standing(consent: Consent, *events: Event, band: AgeBand = AgeBand.AGE_15) -> Standing:
    deciders = a_case_after(*events).guardians.whose_yes
    return consent.standing(
        TODAY, band=band, rules=RULES, municipality_no="1804", deciders=deciders, agreed_until=None
    )


@pytest.mark.parametrize(
    ("events", "signers"),
    [
        ((), ASKED_OF),
        ((LOST,), ASKED_OF[:2]),
        ((restricted(),), ASKED_OF[:2]),
        ((removed(),), ASKED_OF[:2]),
        ((TAKEN_OVER,), (ASKED_OF[0], CARE)),
        ((added(),), (*ASKED_OF, Signer(person_id="grandmother", role=SignerRole.GUARDIAN))),
    ],
)
def test_exactly_those_who_decide_now_are_asked(
    events: tuple[Event, ...], signers: tuple[Signer, ...]
) -> None:
    case = a_case_after(*events)
    assert request(a_request(signers=signers), case=case, band=AgeBand.AGE_15, rules=RULES)
    for others in (ASKED_OF, ASKED_OF[:2], (ASKED_OF[0], CARE)):
        if set(others) != set(signers):
            with pytest.raises(Refused, match="SIGNERS_WRONG"):
                request(a_request(signers=others), case=case, band=AgeBand.AGE_15, rules=RULES)


def test_when_the_last_who_decides_is_kept_out_there_is_nobody_to_ask() -> None:
    case = a_case_after(restricted(), restricted(MOTHER))
    with pytest.raises(Refused, match="GUARDIAN_UNKNOWN"):
        request(a_request(signers=ASKED_OF[:1]), case=case, band=AgeBand.AGE_15, rules=RULES)
    assert standing(given(a_consent()), restricted(), restricted(MOTHER)) is Standing.OTHERS_DECIDE


@pytest.mark.parametrize(
    ("event", "still"),
    [(LOST, True), (restricted(), True), (removed(), True), (TAKEN_OVER, False), (added(), False)],
)
def test_a_yes_of_all_who_decide_now_carries_and_nothing_less(event: Event, still: bool) -> None:
    worth = standing(given(a_consent()), event)
    assert worth is (Standing.EFFECTIVE if still else Standing.OTHERS_DECIDE)


def test_a_consent_that_somebody_has_not_answered_gets_no_effect_by_a_change_of_who_decides() -> None:
    half = given(a_consent(), YOUTH, MOTHER)
    assert standing(half, LOST) is Standing.INCOMPLETE


def test_an_adult_youth_decides_alone_whatever_stands_about_guardians() -> None:
    alone = given(a_consent(), band=AgeBand.ADULT)
    assert standing(alone, TAKEN_OVER, band=AgeBand.ADULT) is Standing.EFFECTIVE


def test_what_is_lost_is_told_once_and_is_lost_for_good() -> None:
    consent, deciders = given(a_consent()), a_case_after(TAKEN_OVER).guardians.signers
    (told,) = others_decide(consent, deciders=deciders, guardians_needed=True)
    assert told == EffectiveConsentChanged(
        consent_id=consent.consent_id,
        before=ConsentEffect.EFFECTIVE,
        after=ConsentEffect.NONE,
        because=EffectReason.OTHERS_DECIDE,
    )
    lost = consent.after(told)
    assert lost.effect() is ConsentEffect.NONE
    assert others_decide(lost, deciders=deciders, guardians_needed=True) == []
    assert standing(lost) is Standing.OTHERS_DECIDE, "the parents decide again, and are asked anew"
    assert others_decide(consent, deciders=deciders, guardians_needed=False) == []
    assert others_decide(a_consent(), deciders=deciders, guardians_needed=True) == []
    assert others_decide(consent, deciders=a_case().guardians.signers, guardians_needed=True) == []


@pytest.mark.parametrize("event", [LOST, restricted(), removed(), TAKEN_OVER])
def test_one_who_does_not_decide_now_neither_says_yes_nor_takes_it_back(event: Event) -> None:
    about: dict[str, Any] = {
        "consent": a_consent(),
        "band": AgeBand.AGE_15,
        "rules": RULES,
        "municipality_no": "1804",
    }
    assert decides(ASKED_OF[2], deciders=a_case().guardians.signers, **about)
    assert not decides(ASKED_OF[2], deciders=a_case_after(event).guardians.signers, **about)
    assert decides(ASKED_OF[0], deciders=a_case_after(event).guardians.signers, **about)


@pytest.mark.parametrize("out", out_without_a_leader())
def test_nobody_is_asked_anew_until_a_leader_has_confirmed_who_is_out(out: Event) -> None:
    asked: dict[str, Any] = {"band": AgeBand.AGE_15, "rules": RULES}
    for signers in (ASKED_OF, ASKED_OF[:2]):
        with pytest.raises(Refused, match="AWAITS_LEADER"):
            request(a_request(signers=signers), case=a_case_after(out), **asked)
    assert request(a_request(signers=ASKED_OF[:2]), case=a_case_after(out, CONFIRMED), **asked)
    alone = a_request(signers=ASKED_OF[:1])
    assert request(alone, case=a_case_after(out), band=AgeBand.ADULT, rules=RULES), "nobody else decides"


@pytest.mark.parametrize("out", out_without_a_leader())
def test_who_is_out_is_needed_and_heard_until_a_leader_has_confirmed_it(out: Event) -> None:
    without = given(a_consent(signers=ASKED_OF[:2]))
    assert standing(without, out) is Standing.OTHERS_DECIDE, "he should have been asked"
    assert standing(without, out, CONFIRMED) is Standing.EFFECTIVE
    assert standing(given(a_consent(), YOUTH, MOTHER), out) is Standing.INCOMPLETE
    assert standing(given(a_consent()), out) is Standing.EFFECTIVE, "he has said yes"
    about: dict[str, Any] = {"band": AgeBand.AGE_15, "rules": RULES, "municipality_no": "1804"}
    for events, heard in (([out], True), ([out, CONFIRMED], False)):
        deciders = a_case_after(*events).guardians.whose_yes
        assert decides(ASKED_OF[2], consent=a_consent(), deciders=deciders, **about) is heard


@pytest.mark.parametrize("out", out_without_a_leader())
def test_what_rested_on_the_others_yes_under_an_earlier_policy_is_decided_alike_again(out: Event) -> None:
    consents = (given(a_consent(signers=ASKED_OF[:2])),)

    def answer(*events: Event, policy: str) -> tuple[Outcome, str | None]:
        known = knowledge(case=a_case_after(*events), consents=consents, policy=POLICIES[policy])
        decision = decide(a_question(), known).decisions[0]
        return decision.outcome, decision.basis or decision.reason

    assert answer(out, policy="2026.4") == (Outcome.PERMIT, "CONSENT")
    assert answer(out, policy="2026.5") == (Outcome.DENY, Why.CONSENT_OTHERS_DECIDE)
    assert answer(out, CONFIRMED, policy="2026.5") == (Outcome.PERMIT, "CONSENT")
    assert gate(FATHER, out)[0] is gate(FATHER, out, CONFIRMED)[0] is Outcome.DENY


@pytest.mark.parametrize("place", in_place_without_a_leader())
def test_one_in_the_parents_place_must_say_yes_at_once_and_the_parents_until_a_leader_has_confirmed_it(
    place: Event,
) -> None:
    confirmed = GuardianChangeConfirmed(person_id=CARE.person_id, confirmed_on=TODAY, grounds_ref="grounds")
    (new,) = a_case_after(place).guardians.signers
    of_the_new = (ASKED_OF[0], new)
    alone = given(a_consent(signers=of_the_new))
    for consent in (given(a_consent()), alone):
        assert standing(consent, place) is Standing.OTHERS_DECIDE, "somebody has not been asked"
    assert standing(given(a_consent(signers=(*ASKED_OF, new))), place) is Standing.EFFECTIVE
    assert standing(alone, place, confirmed) is Standing.EFFECTIVE
    assert standing(given(a_consent()), place, confirmed) is Standing.OTHERS_DECIDE
    asked: dict[str, Any] = {"band": AgeBand.AGE_15, "rules": RULES}
    for signers in (ASKED_OF, of_the_new, (*ASKED_OF, new)):
        with pytest.raises(Refused, match="AWAITS_LEADER"):
            request(a_request(signers=signers), case=a_case_after(place), **asked)
    assert request(a_request(signers=of_the_new), case=a_case_after(place, confirmed), **asked)
    about: dict[str, Any] = {"consent": a_consent(), "band": AgeBand.AGE_15, "rules": RULES}
    for events, heard in (((place,), True), ((place, confirmed), False)):
        deciders = a_case_after(*events).guardians.whose_yes
        assert decides(ASKED_OF[1], deciders=deciders, municipality_no="1804", **about) is heard


def gate(person: str, *events: Event) -> tuple[Outcome, str | None]:
    question = a_question(person_id=person, agency=Agency.PRIVATE_NETWORK.value, refs=("name",))
    decision = decide(question, knowledge(NAME, case=a_case_after(*events))).decisions[0]
    return decision.outcome, decision.basis or decision.reason


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (LOST, Why.WITHOUT_RESPONSIBILITY),
        (restricted(), Why.GUARDIAN_RESTRICTED),
        (removed(), Why.GUARDIAN_REMOVED),
        (TAKEN_OVER, Why.CARE_TAKEN_OVER),
    ],
)
def test_a_guardian_who_is_kept_out_is_refused_with_the_reason(event: Event, why: Why) -> None:
    assert gate(FATHER) == (Outcome.PERMIT, "PARTICIPATION")
    assert gate(FATHER, event) == (Outcome.DENY, why)
    if event is not TAKEN_OVER:
        assert gate(MOTHER, event) == (Outcome.PERMIT, "PARTICIPATION")


def test_parents_see_what_the_care_decision_lets_them() -> None:
    told = changed(CARE.person_id, DecisionMaker.BARNEVERN, parents_informed=True)
    assert gate(FATHER, told) == (Outcome.PERMIT, "PARTICIPATION")


def test_one_who_is_let_in_again_sees_what_a_guardian_sees() -> None:
    lifted = GuardianRestrictionLifted(
        person_id=FATHER, reason=RestrictionLifting.UNFOUNDED, lifted_on=date(2026, 10, 2)
    )
    assert gate(FATHER, restricted(), lifted) == (Outcome.PERMIT, "PARTICIPATION")


@pytest.mark.parametrize("event", [LOST, restricted(), removed()])
def test_the_stop_of_a_change_is_explained_by_its_event(event: Event) -> None:
    stop = Stop(stop_id=f"stop {FATHER}", person_id=FATHER, number=7)
    assert in_force([stop], a_case_after(), FATHER)
    assert not in_force([stop], a_case_after(event), FATHER)
