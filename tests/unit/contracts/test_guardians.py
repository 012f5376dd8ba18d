"""Guardians and who decides for the youth: every step that is allowed, every one that is refused, and what they add up to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused, Stale
from schemas.codes import Agency, Function, SignerRole
from schemas.contract import ContractRegistered, Signer
from schemas.event import Event, decode
from schemas.example import example_of
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
    PreferredLanguageSet,
)
from schemas.guardian_codes import (
    DecisionMaker,
    GuardianRemoval,
    KeptOut,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from services.contracts.domain.guardian_refusals import SAYS
from services.contracts.domain.guardians import SHOWN_BY, Guardians, refuse_signer, refuse_unconfirmed
from services.contracts.domain.surroundings import Surroundings

TODAY = date(2026, 9, 1)
D, S = DecisionMaker, ResponsibilitySource
GROUP = Surroundings(
    case_id="case",
    functions=dict.fromkeys(("barnevern", "other", "school"), Function.CONTROL_OWNER),
    agencies={"barnevern": Agency.BARNEVERN, "other": Agency.BARNEVERN, "school": Agency.FRITID},
)


def registered(*guardians: str) -> Guardians:
    """A case whose contract named these guardians."""
    fact = decode(example_of(ContractRegistered))
    signers = [Signer(person_id="youth", role=SignerRole.YOUTH)]
    signers += [Signer(person_id=one, role=SignerRole.GUARDIAN) for one in guardians]
    return Guardians(case_id="case").after(replace(fact.event, signers=tuple(signers)))


TWO = registered("mother", "father")


def after(known: Guardians, events: list[Event]) -> Guardians:
    for event in events:
        known = known.after(event)
    return known


def added(known: Guardians = TWO, person: str = "new", **said: Any) -> list[Event]:
    asked: dict[str, Any] = {
        "decision_maker": D.PARENT,
        "source": S.FOLKEREGISTER,
        "from_on": TODAY,
        "identity_ref": "ref",
        "others": frozenset({"youth", "lead", "school"}),
    }
    return known.add(person, **{**asked, **said}, today=TODAY)


def restricted(known: Guardians = TWO, person: str = "father", **said: Any) -> list[Event]:
    asked: dict[str, Any] = {
        "basis": RestrictionBasis.DANGER_TO_YOUTH,
        "from_on": TODAY,
        "grounds_ref": "grounds",
        "stop_id": "stop",
    }
    return known.restrict(person, **{**asked, **said}, today=TODAY)


def changed(known: Guardians = TWO, person: str = "father", **said: Any) -> list[Event]:
    asked: dict[str, Any] = {
        "decision_maker": D.NO_RESPONSIBILITY,
        "source": S.COURT,
        "from_on": TODAY,
        "parents_informed": False,
        "around": GROUP,
        "stop_of": {one.person_id: f"stop {one.person_id}" for one in known.stands.guardians},
    }
    return known.change(person, **{**asked, **said}, today=TODAY)


def care(known: Guardians = TWO, **said: Any) -> list[Event]:
    taken_over = {"decision_maker": D.BARNEVERN, "source": S.CARE_DECISION}
    return changed(known, "barnevern", **{**taken_over, **said})


def removed(
    known: Guardians = TWO, person: str = "father", reason: GuardianRemoval | None = None
) -> list[Event]:
    return known.remove(
        person, reason=reason or GuardianRemoval.REGISTERED_BY_MISTAKE, stop_id="stop", today=TODAY
    )


def confirmed(known: Guardians, person: str = "father") -> list[Event]:
    return known.confirm_change(person, grounds_ref="grounds", today=TODAY)


def needed(known: Guardians) -> set[str]:
    """Those whose yes a consent rests on."""
    return {one.person_id for one in known.stands.whose_yes}


def deciding(known: Guardians) -> set[str]:
    return {one.person_id for one in known.stands.deciders}


def rule_of(step: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        step(*args, **kwargs)
    assert refusal.value.sentence == SAYS[refusal.value.rule]
    return refusal.value.rule


def test_those_whom_the_contract_names_decide_together() -> None:
    assert deciding(TWO) == {"mother", "father"}
    assert [signer.role for signer in TWO.stands.signers] == [SignerRole.GUARDIAN] * 2
    again = TWO.after(replace(decode(example_of(ContractRegistered)).event, signers=TWO.stands.signers))
    assert again.stands == TWO.stands


def test_one_who_is_added_decides_too() -> None:
    known = after(TWO, added())
    assert deciding(known) == {"mother", "father", "new"}
    assert known.version == TWO.version + 1


@pytest.mark.parametrize(("decision_maker", "sources"), SHOWN_BY.items())
def test_each_capacity_is_shown_by_its_own_sources_only(
    decision_maker: DecisionMaker, sources: tuple[ResponsibilitySource, ...]
) -> None:
    alone = registered()
    for source in ResponsibilitySource:
        said = {"decision_maker": decision_maker, "source": source}
        step = care if decision_maker is D.BARNEVERN else added
        if source in sources:
            assert step(alone, **said)
        else:
            assert rule_of(step, alone, **said) == "SOURCE_DOES_NOT_SHOW"


def test_nobodys_word_takes_the_decision_from_another() -> None:
    taking = set(DecisionMaker) - {D.PARENT}
    assert all(S.DECLARED not in SHOWN_BY[one] for one in taking)


def test_what_cannot_be_added() -> None:
    assert rule_of(added, person="mother") == "GUARDIAN_ALREADY"
    assert rule_of(added, person="school") == "GUARDIAN_IN_TWO_ROLES"
    assert rule_of(added, decision_maker=D.BARNEVERN, source=S.CARE_DECISION) == "CARE_IS_A_CHANGE"
    assert rule_of(added, from_on=TODAY + timedelta(days=1)) == "FROM_DAY_AHEAD"
    assert rule_of(added, decision_maker=D.SOLE_PARENT) == "SOLE_PARENT_NOT_ALONE"


def test_one_without_responsibility_decides_nothing_and_may_not_sign() -> None:
    known = after(TWO, changed())
    assert deciding(known) == {"mother"}
    assert known.stands.kept_out("father") is KeptOut.WITHOUT_RESPONSIBILITY
    assert known.stands.told_nothing("father") is None
    assert rule_of(refuse_signer, known.stands, "father") == "WITHOUT_RESPONSIBILITY_SIGNS_NOT"
    refuse_signer(known.stands, "mother")
    alone = after(known, changed(known, "mother", decision_maker=D.SOLE_PARENT))
    assert deciding(alone) == {"mother"}
    assert rule_of(changed, alone, "father", decision_maker=D.PARENT) == "SOLE_PARENT_NOT_ALONE"


def test_the_change_names_the_stop_of_everybody_whom_it_keeps_out() -> None:
    (lost,), (taken,) = changed(), care()
    assert isinstance(lost, ParentalResponsibilityChanged)
    assert lost.stop_ids == ("stop father",)
    assert isinstance(taken, ParentalResponsibilityChanged)
    assert set(taken.stop_ids) == {"stop mother", "stop father"}
    (told,) = care(parents_informed=True)
    assert isinstance(told, ParentalResponsibilityChanged)
    assert told.stop_ids == ()


def test_barnevern_with_care_decides_in_the_parents_place_by_its_named_person() -> None:
    known = after(TWO, care())
    assert known.stands.signers == (Signer(person_id="barnevern", role=SignerRole.BARNEVERN),)
    assert known.stands.told_nothing("mother") is KeptOut.CARE_TAKEN_OVER
    assert rule_of(refuse_signer, known.stands, "mother") == "CARE_TAKEN_OVER_SIGNS_NOT"
    informed = after(TWO, care(parents_informed=True))
    assert informed.stands.kept_out("mother") is None
    assert rule_of(refuse_signer, informed.stands, "mother") == "OTHERS_DECIDE"
    assert rule_of(changed, person="school", decision_maker=D.BARNEVERN) == "CARE_BY_NAMED_PERSON"


def test_when_care_ends_the_parents_decide_again() -> None:
    known = after(TWO, care())
    assert rule_of(removed, known, "barnevern") == "REMOVAL_DOES_NOT_FIT"
    assert rule_of(changed, known, "barnevern") == "CARE_ENDS_BY_REMOVAL"
    assert rule_of(restricted, known, "barnevern") == "CARE_IS_NOT_RESTRICTED"
    ended = removed(known, "barnevern", GuardianRemoval.CARE_ENDED)
    assert isinstance(ended[0], GuardianRemoved)
    assert ended[0].stop_id is None
    assert deciding(after(known, ended)) == {"mother", "father"}
    assert after(known, ended).stands.kept_out("barnevern") is None, "still in the group, for barnevern"
    assert rule_of(removed, TWO, "father", GuardianRemoval.CARE_ENDED) == "REMOVAL_DOES_NOT_FIT"


def test_a_special_guardian_decides_in_the_parents_place() -> None:
    known = after(TWO, added(decision_maker=D.SETTEVERGE, source=S.APPOINTMENT))
    assert deciding(known) == {"new"}
    assert known.stands.kept_out("mother") is None


def test_a_restricted_guardian_is_kept_out_until_a_restriction_is_lifted() -> None:
    known = after(TWO, restricted())
    assert deciding(known) == {"mother"}
    assert known.stands.told_nothing("father") is KeptOut.GUARDIAN_RESTRICTED
    assert rule_of(refuse_signer, known.stands, "father") == "GUARDIAN_RESTRICTED_SIGNS_NOT"
    assert rule_of(restricted, known) == "RESTRICTED_ALREADY"
    lifted = known.lift("father", reason=RestrictionLifting.UNFOUNDED, today=TODAY)
    assert isinstance(lifted[0], GuardianRestrictionLifted)
    assert after(known, lifted).stands == TWO.stands
    assert rule_of(TWO.lift, "father", reason=RestrictionLifting.UNFOUNDED, today=TODAY) == "NOT_RESTRICTED"


@pytest.mark.parametrize("step", [restricted, removed])
def test_one_who_is_out_is_needed_until_a_leader_has_confirmed_it_and_then_no_more(step: Any) -> None:
    known = after(TWO, step())
    assert known.stands.told_nothing("father") is not None, "out at once, for everything he could be told"
    assert deciding(known) == {"mother"}
    assert needed(known) == {"mother", "father"}
    assert rule_of(refuse_unconfirmed, known.stands, TWO.stands.signers) == "AWAITS_LEADER"
    refuse_unconfirmed(known.stands, [Signer(person_id="youth", role=SignerRole.YOUTH)])
    said = confirmed(known)
    assert said == [GuardianChangeConfirmed(person_id="father", confirmed_on=TODAY, grounds_ref="grounds")]
    done = after(known, said)
    assert needed(done) == {"mother"}
    assert done.stands.told_nothing("father") is not None
    refuse_unconfirmed(done.stands, TWO.stands.signers)
    assert rule_of(confirmed, done) == "NOTHING_TO_CONFIRM"
    assert rule_of(confirmed, TWO) == "NOTHING_TO_CONFIRM"


@pytest.mark.parametrize("step", [restricted, removed])
def test_what_a_leader_does_needs_no_confirming(step: Any) -> None:
    said = TWO.remove("father", reason=GuardianRemoval.REPLACED, stop_id="s", by_leader=True, today=TODAY)
    by_leader = said if step is removed else restricted(by_leader=True)
    assert needed(after(TWO, by_leader)) == {"mother"}
    assert after(TWO, by_leader).stands.unconfirmed == ()


def test_one_who_is_out_and_let_in_or_added_again_waits_for_nobody() -> None:
    out = after(TWO, restricted())
    let_in = after(out, out.lift("father", reason=RestrictionLifting.UNFOUNDED, today=TODAY))
    gone = after(TWO, removed())
    back = after(gone, added(gone, "father"))
    for known in (let_in, back):
        assert known.stands.unconfirmed == ()
        assert needed(known) == deciding(known) == {"mother", "father"}


def test_removing_one_who_is_kept_out_takes_no_shorter_way() -> None:
    out = after(TWO, restricted())
    assert needed(after(out, removed(out))) == {"mother", "father"}
    settled = after(out, confirmed(out))
    assert needed(after(settled, removed(settled))) == {"mother"}, "a leader has confirmed it already"


def setteverge(known: Guardians = TWO, **said: Any) -> list[Event]:
    return added(known, **{"decision_maker": D.SETTEVERGE, "source": S.APPOINTMENT, **said})


TAKES_A_SAY = [
    pytest.param(changed, "father", {"mother"}, id="without responsibility"),
    pytest.param(care, "barnevern", {"barnevern"}, id="barnevern has the care"),
    pytest.param(setteverge, "new", {"new"}, id="a setteverge is appointed"),
]


@pytest.mark.parametrize(("step", "about", "decide"), TAKES_A_SAY)
def test_whoever_falls_away_is_needed_until_a_leader_has_confirmed_it_and_whoever_is_new_at_once(
    step: Any, about: str, decide: set[str]
) -> None:
    (said,) = step()
    assert said.awaits_leader is True
    known = after(TWO, [said])
    assert deciding(known) == decide, "what it adds and what it narrows counts at once"
    assert needed(known) == {"mother", "father"} | decide
    assert [one.person_id for one in known.stands.unconfirmed] == [about]
    assert rule_of(refuse_unconfirmed, known.stands, TWO.stands.signers) == "AWAITS_LEADER"
    assert rule_of(confirmed, known, "mother") == "NOTHING_TO_CONFIRM"
    done = after(known, confirmed(known, about))
    assert needed(done) == deciding(done) == decide
    assert done.stands.unconfirmed == ()
    refuse_unconfirmed(done.stands, TWO.stands.signers)


@pytest.mark.parametrize(("step", "about", "decide"), TAKES_A_SAY)
def test_a_change_that_a_leader_registers_needs_no_confirming(
    step: Any, about: str, decide: set[str]
) -> None:
    known = after(TWO, step(by_leader=True))
    assert (needed(known), known.stands.unconfirmed) == (decide, ())


def test_what_takes_nobodys_say_waits_for_nobody() -> None:
    taken = after(TWO, care(by_leader=True))
    steps: list[tuple[Guardians, list[Event]]] = [
        (TWO, added()),
        (TWO, added(decision_maker=D.VERGE, source=S.APPOINTMENT)),
        (TWO, added(decision_maker=D.NO_RESPONSIBILITY)),
        (TWO, changed(decision_maker=D.VERGE, source=S.APPOINTMENT)),
        (taken, changed(taken)),
        (taken, care(taken, source=S.COURT, parents_informed=True)),
        (
            after(TWO, changed(by_leader=True)),
            changed(after(TWO, changed(by_leader=True)), decision_maker=D.PARENT),
        ),
    ]
    for known, said in steps:
        assert said[0].awaits_leader is False  # type: ignore[attr-defined]
        assert after(known, said).stands.unconfirmed == ()


def test_one_whose_say_was_taken_by_mistake_gets_it_back_and_nothing_waits() -> None:
    lost = after(TWO, changed())
    back = after(lost, changed(lost, decision_maker=D.PARENT))
    verge = after(TWO, setteverge())
    gone = after(verge, removed(verge, "new"))
    taken = after(TWO, care())
    ended = after(taken, removed(taken, "barnevern", GuardianRemoval.CARE_ENDED))
    for known in (back, gone, ended):
        assert known.stands.unconfirmed == ()
        assert needed(known) == deciding(known) == {"mother", "father"}


def test_no_way_round_takes_a_say_without_a_leader() -> None:
    lost = after(TWO, changed())
    removed_after = after(lost, removed(lost))
    added_as_nobody = after(removed_after, added(removed_after, "father", decision_maker=D.NO_RESPONSIBILITY))
    shown_anew = after(lost, changed(lost, source=S.FOLKEREGISTER))
    kept_out = after(lost, restricted(lost))
    gone = after(TWO, removed())
    verge = after(gone, setteverge(gone))
    for known in (removed_after, added_as_nobody, shown_anew, kept_out):
        assert needed(known) == {"mother", "father"}
    assert needed(verge) == {"mother", "father", "new"}
    second = after(verge, setteverge(verge, person="second"))
    assert needed(second) == {"mother", "father", "new", "second"}
    alone = registered("mother")
    nobody = after(alone, restricted(alone, "mother"))
    assert needed(after(nobody, care(nobody))) == {"mother", "barnevern"}


def test_one_who_is_let_in_again_still_waits_for_a_leader_to_confirm_that_they_lost_responsibility() -> None:
    out = after(TWO, restricted())
    (plain,) = out.lift("father", reason=RestrictionLifting.UNFOUNDED, today=TODAY)
    lost = after(out, changed(out))
    (lifted,) = lost.lift("father", reason=RestrictionLifting.UNFOUNDED, today=TODAY)
    assert [plain.awaits_leader, lifted.awaits_leader] == [False, True]  # type: ignore[attr-defined]
    known = after(lost, [lifted])
    assert (needed(known), deciding(known)) == ({"mother", "father"}, {"mother"})
    assert needed(after(known, confirmed(known))) == {"mother"}


def test_of_two_changes_each_waits_for_its_own_confirming() -> None:
    lost = after(TWO, changed())
    both = after(lost, setteverge(lost))
    verge_confirmed = after(both, confirmed(both, "new"))
    assert needed(verge_confirmed) == {"new"}, "parents decide nothing beside one whom a leader has confirmed"
    loss_confirmed = after(both, confirmed(both, "father"))
    assert needed(loss_confirmed) == {"mother", "new"}


def test_removing_one_without_a_say_needs_no_confirming_and_barnevern_goes_alone_only_for_another_of_it() -> (
    None
):
    without = after(TWO, changed(by_leader=True))
    assert after(without, removed(without)).stands.unconfirmed == ()
    taken = after(TWO, care(by_leader=True))
    ended = after(taken, removed(taken, "barnevern", GuardianRemoval.CARE_ENDED))
    assert needed(ended) == {"mother", "father", "barnevern"}
    assert needed(after(ended, confirmed(ended, "barnevern"))) == {"mother", "father"}
    other = after(taken, changed(taken, "other", decision_maker=D.BARNEVERN, source=S.CARE_DECISION))
    replaced = after(other, removed(other, "barnevern", GuardianRemoval.REPLACED))
    assert (needed(replaced), replaced.stands.unconfirmed) == ({"other"}, ())


def test_with_nobody_who_decides_a_consent_rests_on_nobody_and_with_others_in_place_parents_are_not_needed() -> (
    None
):
    alone = registered("mother")
    assert needed(after(alone, restricted(alone, "mother"))) == set(), "not even on the yes of one kept out"
    out = after(TWO, restricted())
    assert needed(after(out, care(out))) == {"mother", "father", "barnevern"}
    assert needed(after(out, care(out, by_leader=True))) == {"barnevern"}
    verge = after(TWO, setteverge(by_leader=True))
    gone = after(verge, removed(verge, "new"))
    assert needed(gone) == {"mother", "father", "new"}


def test_the_last_who_decides_can_be_kept_out_and_then_nobody_decides() -> None:
    one = registered("mother")
    known = after(one, restricted(one, "mother"))
    assert deciding(known) == set()
    assert isinstance(restricted(one, "mother")[0], GuardianRestricted)


def test_the_last_who_decides_is_removed_only_when_dead() -> None:
    one = registered("mother")
    assert rule_of(removed, one, "mother") == "LAST_DECISION_MAKER"
    gone = after(one, removed(one, "mother", GuardianRemoval.DEATH))
    assert deciding(gone) == set()
    assert gone.stands.kept_out("mother") is KeptOut.GUARDIAN_REMOVED
    assert rule_of(refuse_signer, gone.stands, "mother") == "GUARDIAN_REMOVED_SIGNS_NOT"


def test_one_who_was_a_guardian_and_is_in_the_group_as_something_else_is_told_what_that_gives() -> None:
    stands = after(TWO, removed()).stands
    assert stands.told_nothing("father") is KeptOut.GUARDIAN_REMOVED
    assert stands.told_nothing("father", as_guardian=False) is None
    assert after(TWO, restricted()).stands.told_nothing("father", as_guardian=False) is not None


def test_one_who_was_removed_can_be_added_again() -> None:
    gone = after(TWO, removed())
    back = after(gone, added(gone, "father"))
    assert back.stands.kept_out("father") is None
    assert isinstance(added(gone, "father")[0], GuardianAdded)


@pytest.mark.parametrize("step", [restricted, changed, removed])
def test_nothing_is_said_about_somebody_who_is_no_guardian(step: Any) -> None:
    assert rule_of(step, TWO, "stranger") == "NOT_A_GUARDIAN"


def test_the_same_once_more_is_refused() -> None:
    assert rule_of(changed, after(TWO, changed())) == "NOTHING_CHANGED"


def test_confirming_says_that_what_stands_is_right() -> None:
    (said,) = TWO.confirm(today=TODAY)
    assert said == GuardianSituationConfirmed(confirmed_on=TODAY)
    assert after(TWO, [said]).stands == TWO.stands


def test_a_language_is_written_down_for_people_of_the_case() -> None:
    def prefer(person: str, language: SpokenLanguage, basis: LanguageBasis) -> list[Event]:
        return TWO.prefer(person, language=language, basis=basis, people=frozenset({"youth"}))

    lule = prefer("youth", SpokenLanguage.SMJ, LanguageBasis.SAMI_RIGHT)
    assert lule == [
        PreferredLanguageSet(person_id="youth", language=SpokenLanguage.SMJ, basis=LanguageBasis.SAMI_RIGHT)
    ]
    known = after(TWO, lule)
    assert known.languages == {"youth": SpokenLanguage.SMJ}
    assert prefer("father", SpokenLanguage.TI, LanguageBasis.INTERPRETER_DUTY)
    assert rule_of(prefer, "stranger", SpokenLanguage.TI, LanguageBasis.OWN_WISH) == "NOBODY_OF_THE_CASE"
    assert rule_of(prefer, "youth", SpokenLanguage.TI, LanguageBasis.SAMI_RIGHT) == "NOT_A_SAMI_LANGUAGE"


def test_a_page_that_is_out_of_date_is_told() -> None:
    TWO.refuse_stale(TWO.version)
    with pytest.raises(Stale):
        TWO.refuse_stale(TWO.version - 1)
