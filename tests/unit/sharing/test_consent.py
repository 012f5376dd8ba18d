"""A consent from the first question to the last answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    Programme,
    SignerExcuse,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import (
    ConsentExpired,
    ConsentGiven,
    ConsentLapsed,
    ConsentSuperseded,
    EffectiveConsentChanged,
)
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.domain.ages import age_band, months_after
from services.sharing.domain.case_file import Participation
from services.sharing.domain.consent import Consent, Said, Standing
from services.sharing.domain.consent_answers import (
    after_all,
    confirm,
    excuse,
    give,
    refuse,
    time_passes,
    unconfirmed,
    withdraw,
)
from services.sharing.domain.consent_loss import contacted
from services.sharing.domain.consent_request import request
from services.sharing.domain.withdrawal import carries_something, consequence, decides, stopped_by
from services.sharing.rules import signing_rules
from tests.unit.sharing.builders import (
    ASKED_OF,
    FATHER,
    GUARDIAN,
    TODAY,
    YOUTH,
    a_case,
    a_consent,
    a_request,
    given,
    named,
    withdrawn,
)

RULES = signing_rules()
POLICE = Agency.POLITI_FOREBYGGENDE


def ask(
    band: AgeBand | None = AgeBand.AGE_15, guardians: tuple[str, ...] = (GUARDIAN, FATHER), **changes: Any
) -> None:
    earlier = changes.pop("earlier", None)
    rules = changes.pop("rules", RULES)
    case = a_case(guardians=named(*guardians), **changes.pop("case", {}))
    request(a_request(**changes), case=case, band=band, rules=rules, earlier=earlier)


def a_yes(person: str, role: SignerRole = SignerRole.GUARDIAN, **changes: Any) -> ConsentGiven:
    fields = {"consent_id": "consent", "method": SigningMethod.PAPER, "given_on": TODAY, **changes}
    return ConsentGiven(person_id=person, role=role, **fields)


def yes_events(consent: Consent, answer: ConsentGiven, **changes: Any) -> list[Event]:
    more: dict[str, Any] = {"today": TODAY, "rules": RULES, "seen": None, "earlier": None, **changes}
    more.setdefault("decides_today", True)
    return give(consent, answer, **more)


def say_yes(consent: Consent, person: str, role: SignerRole = SignerRole.GUARDIAN, **changes: Any) -> Consent:
    answer = a_yes(person, role, **changes)
    return after_all(
        consent, yes_events(consent, msgspec.structs.replace(answer, consent_id=consent.consent_id))
    )


def take_back(consent: Consent, person: str, role: SignerRole, *, decides: bool = True) -> list[Event]:
    return withdraw(
        consent,
        person_id=person,
        role=role,
        decides_today=decides,
        consequence=WithdrawalConsequence.CONTRACT_PAUSES,
    )


def standing(consent: Consent, band: AgeBand = AgeBand.AGE_15, on: date = TODAY) -> Standing:
    deciders = [signer for signer in consent.signers if signer.role is not SignerRole.YOUTH] or ASKED_OF[1:]
    return consent.standing(
        on, band=band, rules=RULES, municipality_no="1804", deciders=deciders, agreed_until=None
    )


def test_the_last_yes_makes_it_effective_and_says_so() -> None:
    consent = given(a_consent(), YOUTH, GUARDIAN)
    events = yes_events(consent, a_yes(FATHER), seen=consent.version)
    assert [type(event) for event in events] == [ConsentGiven, EffectiveConsentChanged]
    assert events[1] == EffectiveConsentChanged(
        consent_id="consent", before=ConsentEffect.NONE, after=ConsentEffect.EFFECTIVE
    )


def test_a_withdrawal_ends_the_effect_in_the_same_breath() -> None:
    events = take_back(given(a_consent()), YOUTH, SignerRole.YOUTH)
    assert isinstance(events[1], EffectiveConsentChanged)
    assert events[1].after is ConsentEffect.NONE


def test_nobody_can_say_yes_again_once_somebody_has_taken_back_theirs() -> None:
    ended = withdrawn(given(a_consent(), YOUTH, GUARDIAN), YOUTH)
    with pytest.raises(Conflict, match="CONSENT_ENDED"):
        say_yes(ended, FATHER)


def test_a_refusal_by_one_is_a_refusal() -> None:
    consent = given(a_consent(), YOUTH)
    consent = after_all(
        consent, refuse(consent, person_id=GUARDIAN, role=SignerRole.GUARDIAN, decides_today=True)
    )
    assert standing(consent) is Standing.REFUSED
    with pytest.raises(Conflict, match="CONSENT_ENDED"):
        say_yes(consent, FATHER)


@pytest.mark.parametrize(
    ("person", "role"),
    [("stranger", SignerRole.GUARDIAN), (YOUTH, SignerRole.GUARDIAN), (GUARDIAN, SignerRole.YOUTH)],
)
def test_only_those_who_were_asked_in_that_role_can_answer(person: str, role: SignerRole) -> None:
    with pytest.raises(Refused, match="NOT_A_SIGNER"):
        say_yes(a_consent(), person, role)
    with pytest.raises(Refused, match="NOT_A_SIGNER"):
        take_back(given(a_consent()), person, role)


def test_nobody_answers_twice() -> None:
    with pytest.raises(Conflict, match="CONSENT_ALREADY_GIVEN"):
        say_yes(given(a_consent(), GUARDIAN), GUARDIAN)


def test_there_is_nothing_to_take_back_before_it_is_given() -> None:
    with pytest.raises(Refused, match="CONSENT_NOT_GIVEN"):
        take_back(a_consent(), YOUTH, SignerRole.YOUTH)
    with pytest.raises(Conflict, match="ALREADY_WITHDRAWN"):
        take_back(withdrawn(given(a_consent()), YOUTH), YOUTH, SignerRole.YOUTH)


def test_a_yes_cannot_be_dated_after_today_nor_come_after_the_end() -> None:
    with pytest.raises(Refused, match="CONSENT_IN_FUTURE"):
        say_yes(a_consent(), GUARDIAN, given_on=date(2026, 10, 2))
    with pytest.raises(Refused, match="CONSENT_EXPIRED"):
        say_yes(a_consent(valid_to=date(2026, 9, 30)), GUARDIAN)


def test_an_answer_to_an_older_version_is_stale() -> None:
    with pytest.raises(Stale):
        yes_events(a_consent(), a_yes(YOUTH, SignerRole.YOUTH), seen=7)


@pytest.mark.parametrize("band", [AgeBand.AGE_12_14, AgeBand.AGE_15, AgeBand.AGE_16_17, None])
def test_under_18_the_youth_and_every_guardian_must_be_asked(band: AgeBand | None) -> None:
    ask(band)
    for missing in ASKED_OF:
        with pytest.raises(Refused, match="SIGNERS_WRONG"):
            ask(band, signers=tuple(signer for signer in ASKED_OF if signer != missing))


def test_from_18_only_the_youth_is_asked() -> None:
    ask(AgeBand.ADULT, signers=ASKED_OF[:1])
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(AgeBand.ADULT)


def test_at_16_youths_decide_alone_about_health_only_where_the_municipality_has_switched_it_on() -> None:
    health: dict[str, Any] = {
        "kind": ConsentKind.HEALTH,
        "categories": (Category.HEALTH_MENTAL,),
        "signers": ASKED_OF[:1],
    }
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(AgeBand.AGE_16_17, **health)
    switched_on = msgspec.structs.replace(RULES, health_alone_municipalities=("1804",))
    ask(AgeBand.AGE_16_17, rules=switched_on, **health)
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(AgeBand.AGE_15, rules=switched_on, **health)


def test_a_youth_under_18_without_a_known_guardian_cannot_consent() -> None:
    with pytest.raises(Refused, match="GUARDIAN_UNKNOWN"):
        ask(guardians=(), signers=ASKED_OF[:1])


def test_nobody_is_asked_twice_and_strangers_are_not_asked() -> None:
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(signers=(*ASKED_OF, ASKED_OF[0]))
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(signers=(*ASKED_OF, Signer(person_id="uncle", role=SignerRole.GUARDIAN)))


def test_a_consent_is_never_open_ended() -> None:
    ask(valid_from=date(2026, 8, 31), valid_to=date(2027, 2, 28))
    with pytest.raises(Refused, match="VALIDITY_TOO_LONG"):
        ask(valid_from=date(2026, 8, 31), valid_to=date(2027, 3, 1))
    with pytest.raises(Refused, match="VALIDITY_BACKWARDS"):
        ask(valid_from=date(2026, 9, 2), valid_to=date(2026, 9, 1))


def test_no_consent_is_asked_for_beyond_the_end_of_what_was_agreed() -> None:
    until = {"contracts": {"contract": Participation(ends_on=date(2026, 12, 1), signed=True)}}
    ask(valid_to=date(2026, 12, 1), case=until)
    with pytest.raises(Refused, match="BEYOND_CONTRACT") as refused:
        ask(valid_to=date(2026, 12, 2), case=until)
    assert refused.value.field == "valid_to"
    assert "1.12.2026" in refused.value.sentence.nb
    ask(valid_to=date(2027, 3, 1), case={"contracts": {}})


def test_the_scope_is_never_empty_nor_about_somebody_else() -> None:
    with pytest.raises(Refused, match="SCOPE_EMPTY"):
        ask(categories=())
    with pytest.raises(Refused, match="OTHER_YOUTH"):
        ask(youth_id="another")


def test_health_is_never_bundled_with_anything_else() -> None:
    both = (Category.HEALTH_GENERAL, Category.SCHOOL_ATTENDANCE)
    with pytest.raises(Refused, match="HEALTH_APART"):
        ask(categories=both)
    with pytest.raises(Refused, match="HEALTH_ALONE"):
        ask(kind=ConsentKind.HEALTH, categories=both)


def _no(consent: Consent, person: str, role: SignerRole) -> list[Event]:
    return refuse(consent, person_id=person, role=role, decides_today=True)


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["give", "refuse", "withdraw"]), st.sampled_from(ASKED_OF)), max_size=12
)


@with_any(ANSWERS, st.sampled_from([AgeBand.AGE_12_14, AgeBand.AGE_15, AgeBand.AGE_16_17]))
def test_whatever_is_answered_a_consent_is_effective_exactly_when_everybody_says_yes_and_nobody_took_it_back(
    answers: list[tuple[str, Signer]], band: AgeBand
) -> None:
    consent, yes, ended = a_consent(), set[str](), False
    for verb, signer in answers:
        try:
            if verb == "give":
                consent = say_yes(consent, signer.person_id, signer.role)
                yes.add(signer.person_id)
            else:
                decide = _no if verb == "refuse" else take_back
                consent = after_all(consent, decide(consent, signer.person_id, signer.role))
                ended = True
        except Refused:
            continue
    everybody = len(yes) == len(ASKED_OF)
    assert (standing(consent, band) is Standing.EFFECTIVE) is (everybody and not ended)
    assert (consent.effect() is ConsentEffect.EFFECTIVE) is (everybody and not ended)
    assert consent.version == 1 + sum(2 if r.said is Said.TAKEN_BACK else 1 for r in consent.replies.values())


@with_any(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2024, 12, 31)),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2060, 1, 1)),
)
def test_an_age_band_only_ever_rises(birth_on: date, day: date) -> None:
    bands = list(AgeBand)
    before, after = age_band(birth_on, day), age_band(birth_on, months_after(day, 1))
    assert bands.index(before) <= bands.index(after)


@pytest.mark.parametrize(
    ("birth_on", "day", "band"),
    [
        (date(2008, 5, 17), date(2026, 5, 16), AgeBand.AGE_16_17),
        (date(2008, 5, 17), date(2026, 5, 17), AgeBand.ADULT),
        (date(2012, 2, 29), date(2027, 2, 28), AgeBand.AGE_12_14),
        (date(2012, 2, 29), date(2027, 3, 1), AgeBand.AGE_15),
        (date(2014, 6, 2), date(2026, 6, 1), AgeBand.UNDER_12),
        (date(2014, 6, 2), date(2026, 6, 2), AgeBand.AGE_12_14),
    ],
)
def test_a_birthday_counts_from_its_first_minute(birth_on: date, day: date, band: AgeBand) -> None:
    assert age_band(birth_on, day) is band


def test_a_yes_can_be_narrower_than_what_was_asked_and_the_narrowest_counts() -> None:
    asked = a_consent(
        categories=(Category.SCHOOL_ATTENDANCE, Category.LEISURE), to_agencies=(POLICE, Agency.NAV)
    )
    narrowed = say_yes(
        say_yes(say_yes(asked, YOUTH, SignerRole.YOUTH), GUARDIAN, only_categories=(Category.LEISURE,)),
        FATHER,
        only_to=(POLICE,),
    )
    scope: dict[str, Any] = {"from_agency": Agency.SKOLE_GRUNN, "purpose": asked.purpose, "about_id": YOUTH}
    assert narrowed.covers(to_agency=POLICE, category=Category.LEISURE, **scope)
    assert not narrowed.covers(to_agency=Agency.NAV, category=Category.LEISURE, **scope)
    assert not narrowed.covers(to_agency=POLICE, category=Category.SCHOOL_ATTENDANCE, **scope)
    with pytest.raises(Refused, match="WIDER_THAN_ASKED"):
        say_yes(a_consent(), GUARDIAN, only_to=(Agency.BUP,))


def test_a_consent_that_somebody_never_answers_lapses_after_two_weeks() -> None:
    consent = given(a_consent(requested_on=TODAY - timedelta(days=14)), YOUTH, GUARDIAN)
    assert standing(consent) is Standing.INCOMPLETE
    assert time_passes(consent, TODAY, RULES) == []
    late = TODAY + timedelta(days=1)
    assert standing(consent, on=late) is Standing.LAPSED
    assert time_passes(consent, late, RULES) == [ConsentLapsed(consent_id="consent")]
    with pytest.raises(Refused, match="CONSENT_LAPSED"):
        yes_events(consent, a_yes(FATHER), today=late)


def test_the_end_of_a_consent_is_told_once_with_its_effect() -> None:
    consent, after = given(a_consent()), date(2027, 3, 2)
    assert time_passes(consent, after - timedelta(days=1), RULES) == []
    events = time_passes(consent, after, RULES)
    assert [type(event) for event in events] == [ConsentExpired, EffectiveConsentChanged]
    assert time_passes(after_all(consent, events), after, RULES) == []


def test_a_renewal_takes_over_when_the_last_yes_makes_it_effective_and_not_before() -> None:
    old = given(a_consent(consent_id="old"))
    new = a_consent(
        consent_id="new", supersedes="old", valid_from=date(2026, 11, 1), valid_to=date(2027, 4, 30)
    )
    new = say_yes(say_yes(new, YOUTH, SignerRole.YOUTH), GUARDIAN)
    events = yes_events(new, a_yes(FATHER, consent_id="new"), earlier=old)
    superseded = events[-1]
    assert superseded == ConsentSuperseded(consent_id="old", by_consent_id="new", from_on=date(2026, 11, 1))
    replaced = old.after(superseded)
    assert standing(replaced, on=date(2026, 10, 31)) is Standing.EFFECTIVE
    assert standing(replaced, on=date(2026, 11, 1)) is Standing.SUPERSEDED


def test_only_a_consent_of_the_same_case_can_be_renewed() -> None:
    ask(supersedes="old", earlier=a_consent(consent_id="old"))
    elsewhere = msgspec.structs.replace(a_consent(consent_id="old"), case_id="another")
    for earlier in (None, elsewhere):
        with pytest.raises(Refused, match="NOTHING_TO_RENEW"):
            ask(supersedes="old", earlier=earlier)


def test_an_oral_yes_counts_at_once_and_is_to_be_confirmed_in_writing_within_two_weeks() -> None:
    oral = say_yes(given(a_consent(), YOUTH, FATHER), GUARDIAN, method=SigningMethod.ORAL_IN_MEETING)
    assert standing(oral) is Standing.EFFECTIVE
    assert unconfirmed(oral, TODAY + timedelta(days=14), RULES) == []
    late = TODAY + timedelta(days=15)
    assert unconfirmed(oral, late, RULES) == [GUARDIAN]
    told: dict[str, Any] = {
        "role": SignerRole.GUARDIAN,
        "confirmed_on": late,
        "today": late,
        "evidence_ref": None,
    }
    confirmed = after_all(oral, confirm(oral, person_id=GUARDIAN, **told))
    assert unconfirmed(confirmed, late, RULES) == []
    with pytest.raises(Conflict, match="ALREADY_CONFIRMED"):
        confirm(confirmed, person_id=GUARDIAN, **told)
    with pytest.raises(Refused, match="NOTHING_ORAL"):
        confirm(oral, person_id=FATHER, **told)


def excused(consent: Consent, person: str) -> Consent:
    more: dict[str, Any] = {
        "why": SignerExcuse.RISK_TO_YOUTH,
        "grounds_ref": "r",
        "today": TODAY,
        "rules": RULES,
        "earlier": None,
    }
    return after_all(consent, excuse(consent, person_id=person, **more))


def test_a_guardian_can_be_excused_but_never_the_last_one_nor_the_youth() -> None:
    consent = given(a_consent(), YOUTH, GUARDIAN)
    assert standing(excused(consent, FATHER)) is Standing.EFFECTIVE
    with pytest.raises(Refused, match="LAST_GUARDIAN"):
        excused(excused(a_consent(), FATHER), GUARDIAN)
    with pytest.raises(Refused, match="NOT_A_SIGNER"):
        excused(a_consent(), YOUTH)


@pytest.mark.parametrize(
    ("days", "sought"), [((0, 7, 14), True), ((0, 7, 13), False), ((0, 14), False), ((0, 0, 0, 20), True)]
)
def test_a_guardian_is_unreachable_after_three_attempts_over_two_weeks(
    days: tuple[int, ...], sought: bool
) -> None:
    consent = given(a_consent(), YOUTH, GUARDIAN)
    for day in days:
        on = TODAY + timedelta(days=day)
        for person, reached in ((FATHER, False), (GUARDIAN, True)):
            consent = after_all(
                consent, contacted(consent, person_id=person, on=on, reached=reached, today=on)
            )
    more: dict[str, Any] = {"grounds_ref": "r", "today": TODAY, "rules": RULES, "earlier": None}
    if sought:
        assert excuse(consent, person_id=FATHER, why=SignerExcuse.UNREACHABLE, **more)
    else:
        with pytest.raises(Refused, match="NOT_SOUGHT"):
            excuse(consent, person_id=FATHER, why=SignerExcuse.UNREACHABLE, **more)


def what_follows(
    consent: Consent, *others: Consent, person: str = GUARDIAN, **changes: Any
) -> WithdrawalConsequence:
    more: dict[str, Any] = {
        "programme": Programme.FA_YOUTH_CONTRACT,
        "on": TODAY,
        "band": AgeBand.AGE_15,
        "rules": RULES,
        "municipality_no": "1804",
        "deciders": ASKED_OF[1:],
        "agreed_until": None,
        **changes,
    }
    return consequence(consent, [consent, *others], person_id=person, **more)


def test_a_newer_no_in_another_consent_stops_an_older_one_as_far_as_it_goes() -> None:
    both = (Category.SCHOOL_ATTENDANCE, Category.SCHOOL_BEHAVIOUR)
    older = given(a_consent(consent_id="older", categories=both), number=3)
    lost = withdrawn(given(a_consent(consent_id="lost"), number=5), FATHER, number=7)
    (no,) = stopped_by(older, (older, lost))
    assert (no.consent_id, no.person_id, no.said) == ("lost", FATHER, Said.TAKEN_BACK)
    assert carries_something(older, (older, lost)), "school behaviour goes on"
    attendance = given(a_consent(consent_id="older"), number=3)
    assert not carries_something(attendance, (attendance, lost))
    anew = given(a_consent(consent_id="anew"), number=9, on=TODAY)
    assert stopped_by(anew, (anew, lost)) == []
    elsewhere = given(a_consent(consent_id="elsewhere", to_agencies=(Agency.NAV,)), number=3)
    assert stopped_by(elsewhere, (elsewhere, lost)) == []


def test_what_a_withdrawal_means_follows_the_table_row_by_row() -> None:
    sharing = given(a_consent())
    other = given(a_consent(consent_id="other", categories=(Category.SCHOOL_BEHAVIOUR,)))
    taking_part = given(a_consent(consent_id="part", kind=ConsentKind.PARTICIPATION))
    assert what_follows(taking_part, person=YOUTH) is WithdrawalConsequence.PARTICIPATION_ENDS
    assert what_follows(sharing, other) is WithdrawalConsequence.SHARING_NARROWED
    assert what_follows(sharing) is WithdrawalConsequence.CONTRACT_PAUSES
    others_left = withdrawn(withdrawn(given(a_consent(consent_id="a")), YOUTH), FATHER)
    assert what_follows(sharing, others_left) is WithdrawalConsequence.CASE_WINDS_UP
    sanction = {"programme": Programme.YOUTH_PENALTY}
    assert what_follows(taking_part, **sanction) is WithdrawalConsequence.EXTRA_SHARING_STOPS
    assert what_follows(given(a_consent(), YOUTH)) is WithdrawalConsequence.NOTHING_RESTED_ON_IT


def test_the_last_of_the_signers_of_one_consent_ends_the_case_by_leaving() -> None:
    consent = given(a_consent())
    assert what_follows(consent, person=FATHER) is WithdrawalConsequence.CONTRACT_PAUSES
    consent = withdrawn(consent, FATHER)
    assert what_follows(consent, person=GUARDIAN) is WithdrawalConsequence.NOTHING_RESTED_ON_IT
    consent = withdrawn(consent, GUARDIAN)
    assert what_follows(consent, person=YOUTH) is WithdrawalConsequence.CASE_WINDS_UP
    sanction = {"programme": Programme.YOUTH_PENALTY}
    assert what_follows(consent, person=YOUTH, **sanction) is WithdrawalConsequence.NOTHING_RESTED_ON_IT
    other = given(a_consent(consent_id="other", categories=(Category.SCHOOL_BEHAVIOUR,)))
    assert what_follows(consent, other, person=YOUTH) is WithdrawalConsequence.NOTHING_RESTED_ON_IT


def test_a_yes_to_what_was_never_agreed_to_ends_nothing_when_it_is_taken_back() -> None:
    assert what_follows(given(a_consent(), YOUTH), person=YOUTH) is WithdrawalConsequence.NOTHING_RESTED_ON_IT


def test_another_consent_to_the_very_same_sharing_does_not_narrow_it_but_falls_with_it() -> None:
    twin = given(a_consent(consent_id="twin"), number=3)
    assert what_follows(given(a_consent(), number=5), twin) is WithdrawalConsequence.CONTRACT_PAUSES


def test_at_18_a_guardian_has_no_say_left_to_take_back() -> None:
    mother, deciders = ASKED_OF[1], ASKED_OF[1:]
    about: dict[str, Any] = {"consent": a_consent(), "rules": RULES, "municipality_no": "1804"}
    assert decides(mother, band=AgeBand.AGE_16_17, deciders=deciders, **about)
    assert not decides(mother, band=AgeBand.ADULT, deciders=deciders, **about)
    with pytest.raises(Refused, match="NO_LONGER_DECIDES"):
        take_back(given(a_consent()), GUARDIAN, SignerRole.GUARDIAN, decides=False)
    with pytest.raises(Refused, match="NO_LONGER_DECIDES"):
        refuse(a_consent(), person_id=GUARDIAN, role=SignerRole.GUARDIAN, decides_today=False)
    with pytest.raises(Refused, match="NO_LONGER_DECIDES"):
        yes_events(a_consent(), a_yes(GUARDIAN), decides_today=False)


@pytest.mark.parametrize("band", [AgeBand.AGE_15, AgeBand.AGE_16_17, None])
def test_what_was_agreed_to_before_the_18th_birthday_is_to_be_renewed_from_that_day(
    band: AgeBand | None,
) -> None:
    as_child = given(a_consent(), band=band)
    assert standing(as_child, AgeBand.AGE_16_17) is Standing.EFFECTIVE
    assert standing(as_child, AgeBand.ADULT) is Standing.TO_BE_RENEWED
    assert standing(given(a_consent(), band=AgeBand.ADULT), AgeBand.ADULT) is Standing.EFFECTIVE


def test_one_who_was_asked_at_17_and_says_yes_at_18_has_said_it_alone() -> None:
    asked = given(a_consent(), GUARDIAN, band=AgeBand.AGE_16_17)
    assert standing(asked, AgeBand.ADULT) is Standing.INCOMPLETE
    consent = say_yes(asked, YOUTH, SignerRole.YOUTH, age_band=AgeBand.ADULT)
    assert standing(consent, AgeBand.ADULT) is Standing.EFFECTIVE
