"""What is told before a birthday, and what a birthday makes of a consent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from schemas.codes import AgeBand, ConsentEffect
from schemas.consent import EffectiveConsentChanged
from services.sharing.domain.ages import Ahead, age_band, band_ahead, birthday
from services.sharing.domain.consent import Consent
from services.sharing.domain.consent_answers import after_all, age_passes, time_passes
from services.sharing.domain.consent_loss import lost
from services.sharing.rules import signing_rules
from tests.unit.sharing.builders import ASKED_OF, GUARDIAN, TODAY, a_consent, given, withdrawn

ABOUT: dict[str, Any] = {"rules": signing_rules(), "municipality_no": "1804"}
NONE, EFFECTIVE = ConsentEffect.NONE, ConsentEffect.EFFECTIVE


@pytest.mark.parametrize(
    ("age", "band", "days"), [(15, AgeBand.AGE_15, 30), (16, AgeBand.AGE_16_17, 30), (18, AgeBand.ADULT, 60)]
)
def test_a_birthday_is_told_so_many_days_before_and_not_on_the_day(
    age: int, band: AgeBand, days: int
) -> None:
    born = date(2010, 5, 5)
    on = birthday(born, age)
    assert band_ahead(born, on - timedelta(days=days)) == Ahead(band, on)
    assert band_ahead(born, on - timedelta(days=1)) == Ahead(band, on)
    assert band_ahead(born, on - timedelta(days=days + 1)) is None
    assert band_ahead(born, on) is None
    assert (age_band(born, on - timedelta(days=1)), age_band(born, on)) != (band, band)


def test_who_was_born_on_a_leap_day_turns_eighteen_on_the_first_of_march() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert age_band(date(2008, 2, 29), date(2026, 3, 1)) is AgeBand.ADULT


def told(consent: Consent, band: AgeBand) -> list[Any]:
    return age_passes(consent, TODAY, band=band, **ABOUT)


def test_a_childs_yes_loses_its_effect_at_eighteen_and_that_is_told_once() -> None:
    consent = given(a_consent())
    assert told(consent, AgeBand.AGE_16_17) == []
    said = told(consent, AgeBand.ADULT)
    assert said == [EffectiveConsentChanged(consent_id="consent", before=EFFECTIVE, after=NONE)]
    after = after_all(consent, said)
    assert (after.effect(), after.ended(), lost(after)) == (NONE, False, True)
    assert told(after, AgeBand.ADULT) == []


def test_a_yes_of_an_adult_stays() -> None:
    grown_up = given(a_consent(signers=ASKED_OF[:1]), band=AgeBand.ADULT)
    assert told(grown_up, AgeBand.ADULT) == []


def test_a_birth_date_that_was_put_right_gives_the_consent_its_effect_back() -> None:
    consent = after_all(given(a_consent()), told(given(a_consent()), AgeBand.ADULT))
    back = told(consent, AgeBand.AGE_16_17)
    assert [(event.before, event.after) for event in back] == [(NONE, EFFECTIVE)]
    assert after_all(consent, back).effect() is EFFECTIVE


def test_nothing_is_told_of_a_consent_that_waits_was_taken_back_or_was_replaced() -> None:
    for consent in (
        given(a_consent(), GUARDIAN),
        withdrawn(given(a_consent()), GUARDIAN),
        replace(given(a_consent()), superseded_from=TODAY),
    ):
        assert told(consent, AgeBand.ADULT) == []


def test_a_consent_that_was_outgrown_expires_without_losing_its_effect_twice() -> None:
    consent = after_all(given(a_consent()), told(given(a_consent()), AgeBand.ADULT))
    after = time_passes(consent, consent.valid_to + timedelta(days=1), signing_rules())
    assert [event.type for event in after] == ["consent.expired"]
