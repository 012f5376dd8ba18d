"""Consultations without a name, local offers, and a survey that nobody can be found by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Refused
from schemas.codes import AgeBand, Agency, ClauseKind, Reason
from schemas.register_codes import Advice, ConsultationAge, OfferStatus, Respondent
from services.contracts.domain.consultation import Consultation, log
from services.contracts.domain.local_offer import Offer
from services.contracts.domain.survey import Answers, quarter_of, summary, to_tell

TODAY = date(2026, 12, 1)


def a_consultation(**changes: Any) -> Consultation:
    asked: dict[str, Any] = {
        "consultation_id": "c",
        "logged_by": "somebody",
        "municipality_no": "1804",
        "held_on": TODAY,
        "themes": (Reason.SCHOOL_ABSENCE,),
        "age": ConsultationAge.AGE_12_14,
        "agencies": (Agency.SKOLE_GRUNN, Agency.PPT),
        "advice": (Advice.TALK_WITH_YOUTH,),
    }
    return Consultation(**{**asked, **changes})


def test_a_consultation_tells_codes_and_not_who_logged_it_nor_whom_it_was_about() -> None:
    told = log(a_consultation(), today=TODAY)
    assert (told.themes, told.age, told.advice) == (
        (Reason.SCHOOL_ABSENCE,),
        ConsultationAge.AGE_12_14,
        (Advice.TALK_WITH_YOUTH,),
    )
    assert log(a_consultation(text_ref="c"), today=TODAY).text_ref == "c", "its own note"
    assert not {"case_id", "youth_id", "name", "logged_by"} & set(told.__struct_fields__)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("CONSULTATION_IN_FUTURE", {"held_on": TODAY + timedelta(days=1)}),
        ("CONSULTATION_THEME_MISSING", {"themes": ()}),
        ("CONSULTATION_AGENCY_MISSING", {"agencies": ()}),
        ("CONSULTATION_ADVICE_MISSING", {"advice": ()}),
        ("CONSULTATION_TEXT_OF_ANOTHER", {"text_ref": "a text of a case"}),
    ],
)
def test_what_is_refused_of_a_consultation(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        log(a_consultation(**changes), today=TODAY)


def an_offer(**changes: Any) -> Offer:
    asked: dict[str, Any] = {
        "offer_id": "o",
        "municipality_no": "1804",
        "kind": ClauseKind.LEISURE,
        "title": "Mekkekveld",
        "provider": "Ungdomshuset",
        "provider_agency": Agency.FRITID,
        "age_from": 13,
        "age_to": 18,
        "contact": "75 00 00 00",
        "reviewed_on": TODAY,
    }
    return Offer(**{**asked, **changes})


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("OFFER_INCOMPLETE", {"title": ""}),
        ("OFFER_INCOMPLETE", {"provider": ""}),
        ("OFFER_AGES", {"age_from": 19}),
        ("OFFER_AGES", {"age_to": 26}),
    ],
)
def test_what_is_refused_of_an_offer(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        an_offer(**changes).check()


def test_an_offer_that_nobody_has_gone_through_for_a_year_is_flagged_until_somebody_does() -> None:
    offer = an_offer(reviewed_on=date(2025, 12, 1))
    assert not offer.stale(TODAY)
    assert offer.stale(TODAY + timedelta(days=1))
    assert not offer.reviewed(today=TODAY, seen_version=1).stale(TODAY + timedelta(days=1))


def test_an_offer_is_changed_by_its_own_municipality_from_what_was_seen_and_not_after_its_end() -> None:
    offer = an_offer()
    changed = offer.changed(an_offer(title="Kodeklubb"), seen_version=1)
    assert (changed.title, changed.version) == ("Kodeklubb", 2)
    with pytest.raises(Refused, match="STALE"):
        changed.changed(an_offer(), seen_version=1)
    with pytest.raises(Refused, match="OFFER_OF_OTHER_MUNICIPALITY"):
        offer.changed(an_offer(municipality_no="1841"), seen_version=1)
    ended = offer.ended(seen_version=1)
    assert ended.status is OfferStatus.ENDED
    with pytest.raises(Refused, match="OFFER_ENDED"):
        ended.reviewed(today=TODAY, seen_version=None)


def answers(number: int, *, quarter: str = "2026-Q3", **changes: Any) -> Answers:
    asked: dict[str, Any] = {
        "answer_id": f"{number * 7919 % 1000:04}",
        "municipality_no": "1804",
        "quarter": quarter,
        "respondent": Respondent.YOUTH,
        "was_heard": 1 + number % 4,
    }
    return Answers(**{**asked, **changes})


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("SURVEY_EMPTY", {"was_heard": None}),
        ("SURVEY_LEVEL", {"was_clear": 5}),
        ("SURVEY_LEVEL", {"was_useful": 0}),
    ],
)
def test_what_is_refused_of_an_answer(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        answers(1, **changes).check()


def test_nothing_is_told_of_a_quarter_that_runs_nor_of_fewer_than_five() -> None:
    assert to_tell([answers(n, quarter="2026-Q4") for n in range(9)], today=TODAY) == []
    assert to_tell([answers(n) for n in range(4)], today=TODAY) == []
    assert len(to_tell([answers(n) for n in range(5)], today=TODAY)) == 5


def test_the_few_of_one_quarter_are_told_with_the_next_and_carry_its_name() -> None:
    waiting = [answers(1, quarter="2026-Q2"), *(answers(n) for n in range(2, 6))]
    assert {event.quarter for event in to_tell(waiting, today=TODAY)} == {"2026-Q3"}


@given(st.permutations(range(7)))
def test_the_order_in_which_people_answered_is_not_the_order_in_which_it_is_told(order: list[int]) -> None:
    told = to_tell([answers(number) for number in order], today=TODAY)
    assert told == to_tell([answers(number) for number in range(7)], today=TODAY)


def test_a_summary_of_fewer_than_five_says_nothing_and_a_mean_of_fewer_neither() -> None:
    assert summary([answers(n) for n in range(4)]) == {"count": None}
    six = [answers(n, was_heard=n % 2 + 3, was_useful=4 if n < 4 else None) for n in range(6)]
    found = summary(six)
    assert (found["count"], found["was_heard"], found["was_useful"]) == (6, 3.5, None)


def test_quarters_sort_by_time() -> None:
    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [quarter_of(day) for day in days] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4", "2027-Q1"]


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ((13, 14), {AgeBand.AGE_12_14}),
        ((14, 15), {AgeBand.AGE_12_14, AgeBand.AGE_15}),
        ((17, 18), {AgeBand.AGE_16_17, AgeBand.ADULT}),
        ((0, 11), {AgeBand.UNDER_12}),
        ((0, 25), set(AgeBand)),
    ],
)
def test_an_offer_fits_the_bands_that_somebody_of_its_ages_may_be_in(
    ages: tuple[int, int], bands: set[AgeBand]
) -> None:
    offer = an_offer(age_from=ages[0], age_to=ages[1])
    assert {band for band in AgeBand if offer.fits(band)} == bands


@pytest.mark.parametrize(
    ("rule", "changes", "band"),
    [
        ("OFFER_UNKNOWN", {"status": OfferStatus.ENDED}, AgeBand.AGE_15),
        ("OFFER_ELSEWHERE", {"municipality_no": "1841"}, AgeBand.AGE_15),
        ("OFFER_OF_OTHER_AGE", {"age_from": 13, "age_to": 18}, AgeBand.UNDER_12),
    ],
)
def test_an_offer_is_refused_to_those_it_is_not_for(
    rule: str, changes: dict[str, Any], band: AgeBand
) -> None:
    an_offer().refuse_unfit("1804", AgeBand.AGE_15, field="clauses.0.measure_id")
    with pytest.raises(Refused) as refusal:
        an_offer(**changes).refuse_unfit("1804", band, field="clauses.0.measure_id")
    assert (refusal.value.rule, refusal.value.field) == (rule, "clauses.0.measure_id")
    assert "{" not in refusal.value.sentence.nb + refusal.value.sentence.nn
