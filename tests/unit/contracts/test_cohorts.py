"""Cohorts of the statistics: who is counted, what may be told, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Refused
from schemas.codes import Agency, EndingReason, Programme
from schemas.cohort import CohortClosed
from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition
from services.contracts.domain.case import Case, CaseStatus
from services.contracts.domain.cohort import COUNTED_BY, Cohort, Told, belongs, close, size, tellable

YEAR = 2026
OVER = date(2027, 1, 1)
THREE_YEARS_ON = date(2029, 12, 31)


def a_case(number: int = 0, **changes: Any) -> Case:
    usual: dict[str, Any] = {
        "case_id": f"case {number}",
        "youth_id": f"youth {number}",
        "programme": Programme.FA_YOUTH_CONTRACT,
        "municipality_no": "1804",
        "owner_agency": Agency.KOMMUNE_SLT,
        "lead_id": "lead",
        "status": CaseStatus.CLOSED,
        "active_on": date(2026, 2, 1),
        "closed_on": date(2026, 8, 1),
        "ending": EndingReason.COMPLETED,
    }
    return Case(**{**usual, **changes})


def closed(count: int, *, today: date = OVER) -> CohortClosed:
    return close(
        YEAR,
        municipality_no="1804",
        programme=Programme.FA_YOUTH_CONTRACT,
        cases=[a_case(number) for number in range(count)],
        today=today,
    )


def a_cohort(count: int = 24) -> Cohort:
    return Cohort.closed("cohort", closed(count))


def told(**changes: Any) -> Told:
    usual: dict[str, Any] = {
        "result": CohortResult.COUNTED,
        "measured_on": THREE_YEARS_ON,
        "relapsed": 7,
        "definition": RelapseDefinition.NEW_CHARGE,
        "agency": Agency.PATALEMYNDIGHET,
    }
    return Told(**{**usual, **changes})


def too_few(**changes: Any) -> Told:
    return told(**{"result": CohortResult.TOO_FEW, "relapsed": None, **changes})


def skipped(**changes: Any) -> Told:
    nothing = {"relapsed": None, "definition": None, "agency": None}
    why = {"result": CohortResult.SKIPPED, "skipped": CohortSkipped.NOT_HANDED_BACK}
    return told(**{**nothing, **why, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_on": None, "status": CaseStatus.ACTIVE},
        {"closed_on": date(2025, 12, 31)},
        {"closed_on": date(2027, 1, 1)},
        {"active_on": None},
        {"ending": EndingReason.DEATH},
        {"ending": EndingReason.MOVED},
        {"ending": EndingReason.REGISTERED_BY_MISTAKE},
    ],
)
def test_who_is_not_counted(changes: dict[str, Any]) -> None:
    assert belongs(a_case(), year=YEAR)
    assert not belongs(a_case(**changes), year=YEAR)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_day_of_the_year_count(day: date) -> None:
    assert belongs(a_case(closed_on=day, ending=EndingReason.CONSENT_WITHDRAWN), year=YEAR)


def test_a_youth_with_two_cases_in_the_year_counts_once() -> None:
    assert size([a_case(1), a_case(2, youth_id="youth 1"), a_case(3)], year=YEAR) == 2


def test_a_cohort_is_counted_and_says_by_which_rule() -> None:
    event = closed(24)
    assert (event.period_key, event.ends_on, event.youths) == ("2026", date(2026, 12, 31), 24)
    assert event.counted_by == COUNTED_BY
    assert not {"case_id", "youth_id", "cases"} & set(event.__struct_fields__)


def test_a_cohort_is_closed_when_its_year_is_over_and_not_before() -> None:
    with pytest.raises(Refused, match="COHORT_PERIOD_RUNS"):
        closed(24, today=date(2026, 12, 31))


def test_fewer_than_five_are_not_told_and_nothing_more_is_asked_of_them() -> None:
    assert [closed(count).youths for count in (0, 4, 5)] == [None, None, 5]
    for answer in (told(relapsed=9), too_few(), skipped()):
        with pytest.raises(Refused, match="COHORT_TOO_SMALL"):
            a_cohort(4).measure(answer, today=THREE_YEARS_ON)
    assert not a_cohort(4).waits(THREE_YEARS_ON)


def test_a_number_is_told_with_its_definition_and_who_handed_it_back() -> None:
    cohort = a_cohort()
    assert cohort.measured_from == THREE_YEARS_ON
    measured = cohort.measure(told(), today=THREE_YEARS_ON)
    assert (measured.result, measured.relapsed, measured.youths) == (CohortResult.COUNTED, 7, 24)
    assert (measured.definition, measured.agency) == (RelapseDefinition.NEW_CHARGE, Agency.PATALEMYNDIGHET)
    after = cohort.after(measured)
    assert not after.waits(THREE_YEARS_ON)
    with pytest.raises(Refused, match="COHORT_MEASURED"):
        after.measure(told(relapsed=9), today=THREE_YEARS_ON)


def test_what_was_skipped_can_still_be_measured_when_the_agency_answers_after_all() -> None:
    cohort = a_cohort()
    nothing = cohort.measure(skipped(), today=THREE_YEARS_ON)
    assert (nothing.result, nothing.skipped) == (CohortResult.SKIPPED, CohortSkipped.NOT_HANDED_BACK)
    after = cohort.after(nothing)
    assert after.waits(THREE_YEARS_ON)
    measured = after.after(after.measure(too_few(), today=THREE_YEARS_ON))
    assert (measured.result, measured.skipped) == (CohortResult.TOO_FEW, None)


@pytest.mark.parametrize(
    ("rule", "field", "answer"),
    [
        ("COHORT_TOO_EARLY", "measured_on", told(measured_on=date(2029, 12, 30))),
        ("COHORT_TOO_EARLY", "measured_on", skipped(measured_on=date(2029, 12, 30))),
        ("COHORT_RESULT_IN_FUTURE", "measured_on", told(measured_on=date(2030, 1, 1))),
        ("COHORT_MORE_THAN_ALL", "relapsed", told(relapsed=25)),
        ("COHORT_COUNT_MISSING", "relapsed", told(relapsed=None)),
        ("COHORT_COUNT_MISSING", "relapsed", told(relapsed=-1)),
        ("COHORT_DEFINITION_MISSING", "definition", told(definition=None)),
        ("COHORT_DEFINITION_MISSING", "definition", too_few(definition=None)),
        ("COHORT_AGENCY_MISSING", "agency", told(agency=None)),
        ("COHORT_OTHER_AGENCY", "agency", told(agency=Agency.SKOLE_VGS)),
        ("COHORT_REASON_MISSING", "skipped", skipped(skipped=None)),
        ("COHORT_CONTRADICTION", "result", told(skipped=CohortSkipped.NO_LEGAL_BASIS)),
        ("COHORT_CONTRADICTION", "result", too_few(relapsed=3)),
        ("COHORT_CONTRADICTION", "result", skipped(relapsed=3)),
        ("COHORT_CONTRADICTION", "result", skipped(agency=Agency.KONFLIKTRAAD)),
    ],
)
def test_what_is_refused_of_a_result(rule: str, field: str, answer: Told) -> None:
    with pytest.raises(Refused) as refusal:
        a_cohort().measure(answer, today=THREE_YEARS_ON)
    assert (refusal.value.rule, refusal.value.field) == (rule, field)
    assert "{" not in "".join(refusal.value.sentence)


def test_the_refusal_of_an_early_result_says_from_which_day() -> None:
    with pytest.raises(Refused, match=r"31\.12\.2029"):
        a_cohort().measure(told(measured_on=date(2028, 1, 1)), today=date(2028, 1, 1))


COUNTS = st.integers(0, 60)


@given(COUNTS, st.data())
def test_no_output_gives_away_fewer_than_five_neither_by_itself_nor_taken_from_the_whole(
    count: int, data: st.DataObject
) -> None:
    relapsed = data.draw(st.integers(0, count))
    cohort = a_cohort(count)
    if cohort.youths is None:
        assert count < 5
        assert closed(count) == closed(0), "nothing tells one small cohort from another"
        return
    measured = cohort.measure(told(relapsed=relapsed), today=THREE_YEARS_ON)
    assert cohort.youths == count >= 5
    if measured.relapsed is None:
        assert measured.result is CohortResult.TOO_FEW
        assert min(relapsed, count - relapsed) < 5, "nothing is hidden without need"
    else:
        assert measured.relapsed == relapsed
        assert min(measured.relapsed, measured.youths - measured.relapsed) >= 5


@given(st.integers(5, 60), st.integers(0, 4))
def test_a_hidden_number_looks_the_same_whether_few_relapsed_or_few_did_not(count: int, few: int) -> None:
    cohort = a_cohort(count)
    answers = [told(relapsed=few), told(relapsed=count - few), too_few()]
    one, other, by_the_agency = (cohort.measure(answer, today=THREE_YEARS_ON) for answer in answers)
    assert one == other == by_the_agency


@given(st.integers(-3, 200))
def test_the_rule_of_five_holds_for_any_number(count: int) -> None:
    assert tellable(count) == (count if count >= 5 else None)
    assert tellable(count, of=count) is None, "that everybody did tells of everybody"
    assert tellable(count, of=count + 4) is None
    assert tellable(count, of=count + 5) == tellable(count)
