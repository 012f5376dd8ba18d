"""A consent from the first question to the last answer."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import AgeBand, Category, ConsentEffect, ConsentKind, SignerRole, SigningMethod
from schemas.consent import ConsentGiven, EffectiveConsentChanged
from schemas.contract import Signer
from services.sharing.domain.ages import age_band, months_after
from services.sharing.domain.consent import Consent, Said, Standing, request
from services.sharing.rules import signing_rules
from tests.unit.sharing.builders import (
    ASKED_OF,
    FATHER,
    GUARDIAN,
    TODAY,
    YOUTH,
    a_consent,
    a_request,
    given,
    withdrawn,
)

RULES = signing_rules()


def ask(
    band: AgeBand | None = AgeBand.AGE_15, guardians: tuple[str, ...] = (GUARDIAN, FATHER), **changes: object
) -> None:
    request(
        a_request(**changes),
        youth_id=YOUTH,
        guardian_ids=guardians,
        municipality_no="1804",
        band=band,
        rules=RULES,
    )


def say_yes(
    consent: Consent, person: str, role: SignerRole = SignerRole.GUARDIAN, on: date = TODAY
) -> Consent:
    events = consent.give(
        person_id=person, role=role, method=SigningMethod.PAPER, given_on=on, today=TODAY, seen=None
    )
    for event in events:
        consent = consent.after(event)
    return consent


def standing(consent: Consent, band: AgeBand = AgeBand.AGE_15, on: date = TODAY) -> Standing:
    return consent.standing(on, band=band, rules=RULES, municipality_no="1804")


def test_the_last_yes_makes_it_effective_and_says_so() -> None:
    consent = given(a_consent(), YOUTH, GUARDIAN)
    events = consent.give(
        person_id=FATHER,
        role=SignerRole.GUARDIAN,
        method=SigningMethod.PAPER,
        given_on=TODAY,
        today=TODAY,
        seen=consent.version,
    )
    assert [type(event) for event in events] == [ConsentGiven, EffectiveConsentChanged]
    assert events[1] == EffectiveConsentChanged(
        consent_id="consent", before=ConsentEffect.NONE, after=ConsentEffect.EFFECTIVE
    )


def test_a_withdrawal_ends_the_effect_in_the_same_breath() -> None:
    events = given(a_consent()).withdraw(person_id=YOUTH, role=SignerRole.YOUTH)
    assert isinstance(events[1], EffectiveConsentChanged)
    assert events[1].after is ConsentEffect.NONE


def test_nobody_can_say_yes_again_once_somebody_has_taken_back_theirs() -> None:
    ended = withdrawn(given(a_consent(), YOUTH, GUARDIAN), YOUTH)
    with pytest.raises(Conflict, match="CONSENT_ENDED"):
        say_yes(ended, FATHER)


def test_a_refusal_by_one_is_a_refusal() -> None:
    consent = given(a_consent(), YOUTH)
    for event in consent.refuse(person_id=GUARDIAN, role=SignerRole.GUARDIAN):
        consent = consent.after(event)
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
        given(a_consent()).withdraw(person_id=person, role=role)


def test_nobody_answers_twice() -> None:
    with pytest.raises(Conflict, match="CONSENT_ALREADY_GIVEN"):
        say_yes(given(a_consent(), GUARDIAN), GUARDIAN)


def test_there_is_nothing_to_take_back_before_it_is_given() -> None:
    with pytest.raises(Refused, match="CONSENT_NOT_GIVEN"):
        a_consent().withdraw(person_id=YOUTH, role=SignerRole.YOUTH)
    with pytest.raises(Conflict, match="ALREADY_WITHDRAWN"):
        withdrawn(given(a_consent()), YOUTH).withdraw(person_id=YOUTH, role=SignerRole.YOUTH)


def test_a_yes_cannot_be_dated_after_today_nor_come_after_the_end() -> None:
    with pytest.raises(Refused, match="CONSENT_IN_FUTURE"):
        say_yes(a_consent(), GUARDIAN, on=date(2026, 10, 2))
    with pytest.raises(Refused, match="CONSENT_EXPIRED"):
        say_yes(a_consent(valid_to=date(2026, 9, 30)), GUARDIAN)


def test_an_answer_to_an_older_version_is_stale() -> None:
    with pytest.raises(Stale):
        a_consent().give(
            person_id=YOUTH,
            role=SignerRole.YOUTH,
            method=SigningMethod.PAPER,
            given_on=TODAY,
            today=TODAY,
            seen=7,
        )


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
    health = {"kind": ConsentKind.HEALTH, "categories": (Category.HEALTH_MENTAL,), "signers": ASKED_OF[:1]}
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        ask(AgeBand.AGE_16_17, **health)  # type: ignore[arg-type]
    switched_on = msgspec.structs.replace(RULES, health_alone_municipalities=("1804",))
    arguments = {
        "youth_id": YOUTH,
        "guardian_ids": (GUARDIAN,),
        "municipality_no": "1804",
        "rules": switched_on,
    }
    assert request(a_request(**health), band=AgeBand.AGE_16_17, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="SIGNERS_WRONG"):
        request(a_request(**health), band=AgeBand.AGE_15, **arguments)  # type: ignore[arg-type]


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
                decide = consent.refuse if verb == "refuse" else consent.withdraw
                for event in decide(person_id=signer.person_id, role=signer.role):
                    consent = consent.after(event)
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
