"""Cohorts over HTTP on real PostgreSQL: counted from the closed cases, closed once, measured after three years, and never a small number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import service_actor, work_on
from schemas.case import CaseClosed, CaseOpened
from schemas.codes import Agency, EndingReason, Programme, Role
from schemas.cohort import CohortClosed, CohortMeasured
from schemas.contract import ContractStarted
from services.contracts.app import SERVICE
from tests.integration.rim import Rim, somebody
from tests.integration.test_contracts_api import COORDINATOR, a_request, today
from tests.integration.test_registers_api import (
    BODO,
    FAUSKE,
    NEIGHBOUR,
    TEACHER,
    contracts,
    everything_stored,
    later_on,
)

__all__ = ["contracts"]
pytestmark = pytest.mark.integration
POLICE = {"definition": "NEW_REPORT", "agency": "POLITI_FOREBYGGENDE"}


def closed_cases(
    rim: Rim,
    count: int,
    *,
    year: int,
    municipality_no: str = BODO,
    programme: Programme = Programme.FA_YOUTH_CONTRACT,
    reason: EndingReason = EndingReason.COMPLETED,
) -> None:
    """So many cases that were followed up, and closed in the year."""
    desk = rim.process.desk
    for _ in range(count):
        opened = CaseOpened(
            programme=programme,
            municipality_no=municipality_no,
            owner_agency=Agency.KOMMUNE_SLT,
            lead_id=COORDINATOR.person_id,
            youth_id=new_id(),
        )
        started = ContractStarted(
            contract_id=new_id(), started_on=date(year, 1, 10), ends_on=date(year, 7, 10)
        )
        over = CaseClosed(reason=reason, closed_on=date(year, 7, 20))
        with work_on(
            desk.engine, SERVICE, moment=desk.clock.moment(), actor=service_actor("contracts")
        ) as work:
            work.publish(new_id(), opened, started, over)


def a_closing(year: int, **changes: Any) -> dict[str, Any]:
    return {
        "municipality_no": BODO,
        "programme": "FA_YOUTH_CONTRACT",
        "period_key": str(year),
        **changes,
    }


def a_result(rim: Rim, **changes: Any) -> dict[str, Any]:
    return {
        "result": "COUNTED",
        "measured_on": today(rim).isoformat(),
        "relapsed": 6,
        **POLICE,
        **changes,
    }


def test_a_cohort_is_counted_by_the_service_closed_once_and_told_without_anybody(contracts: Rim) -> None:
    year = today(contracts).year - 1
    closed_cases(contracts, 11, year=year)
    closed_cases(contracts, 6, year=year, municipality_no=FAUSKE)
    closed_cases(contracts, 7, year=year, programme=Programme.YOUTH_FOLLOW_UP)
    closed_cases(contracts, 8, year=year - 1)
    closed_cases(contracts, 3, year=year, reason=EndingReason.MOVED)
    made = contracts.post("/cohorts", COORDINATOR, a_closing(year))
    assert (made.status, made.body["youths"]) == (201, 11)
    event = contracts.published()[-1]
    assert isinstance(event, CohortClosed)
    assert (event.youths, event.municipality_no, event.ends_on) == (11, BODO, date(year, 12, 31))
    closed_cases(contracts, 1, year=year)
    again = contracts.post("/cohorts", COORDINATOR, a_closing(year), language="nn")
    assert (again.status, again.body["title"]) == (409, "COHORT_CLOSED")
    assert "rekne seg fram til enkeltpersonar" in again.body["detail"]
    (shown,) = contracts.get(f"/cohorts?municipality_no={BODO}", COORDINATOR).body
    assert (shown["youths"], shown["waits"], shown["measured_from"]) == (11, False, f"{year + 3}-12-31")
    assert contracts.get(f"/cohorts/{made.body['cohort_id']}", COORDINATOR).body == shown


def test_a_cohort_of_a_year_that_runs_and_a_number_typed_by_somebody_are_refused(contracts: Rim) -> None:
    running = contracts.post("/cohorts", COORDINATOR, a_closing(today(contracts).year))
    assert (running.status, running.body["title"]) == (422, "COHORT_PERIOD_RUNS")
    typed = contracts.post("/cohorts", COORDINATOR, a_closing(today(contracts).year - 1, youths=40))
    assert (typed.status, typed.body["title"]) == (422, "MALFORMED")
    assert contracts.types() == []


def test_the_same_request_twice_closes_once_and_two_at_once_do_too(contracts: Rim) -> None:
    year, key = today(contracts).year - 1, new_id()
    first, second = (contracts.post("/cohorts", COORDINATOR, a_closing(year), key=key) for _ in range(2))
    assert first == second
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(contracts.post, "/cohorts", COORDINATOR, a_closing(year - 1)) for _ in range(2)]
    assert sorted(one.result().status for one in asked) == [201, 409]
    assert contracts.types() == ["cohort.closed"] * 2


def test_a_cohort_of_fewer_than_five_is_not_told_anywhere(contracts: Rim) -> None:
    year = today(contracts).year - 5
    closed_cases(contracts, 4, year=year)
    made = contracts.post("/cohorts", COORDINATOR, a_closing(year))
    assert made.body["youths"] is None
    (shown,) = contracts.get(f"/cohorts?municipality_no={BODO}", COORDINATOR).body
    assert (shown["youths"], shown["waits"]) == (None, False)
    measured = contracts.post(
        f"/cohorts/{made.body['cohort_id']}/measured", COORDINATOR, a_result(contracts, relapsed=9)
    )
    assert (measured.status, measured.body["title"]) == (409, "COHORT_TOO_SMALL")


def test_a_cohort_is_measured_when_three_years_have_gone_and_not_before(
    contracts: Rim, tmp_path: Path
) -> None:
    year = today(contracts).year - 1
    closed_cases(contracts, 20, year=year)
    way = f"/cohorts/{contracts.post('/cohorts', COORDINATOR, a_closing(year)).body['cohort_id']}/measured"
    early = contracts.post(way, COORDINATOR, a_result(contracts))
    assert (early.status, early.body["title"]) == (422, "COHORT_TOO_EARLY")
    assert f"31.12.{year + 3}" in early.body["detail"]
    later_on(contracts, tmp_path, days=(date(year + 4, 1, 20) - today(contracts)).days)
    too_many = contracts.post(way, COORDINATOR, a_result(contracts, relapsed=21), language="nn")
    assert (too_many.status, too_many.body["field"]) == (422, "relapsed")
    assert "høgst 20" in too_many.body["detail"]
    skipped = {
        "result": "SKIPPED",
        "skipped": "NOT_HANDED_BACK",
        "measured_on": today(contracts).isoformat(),
    }
    assert contracts.post(way, COORDINATOR, skipped).status == 201
    key = new_id()
    first, second = (contracts.post(way, COORDINATOR, a_result(contracts), key=key) for _ in range(2))
    assert (first.status, first.body["result"]) == (201, "COUNTED")
    assert first == second
    final = contracts.post(way, COORDINATOR, a_result(contracts, relapsed=8))
    assert (final.status, final.body["title"]) == (409, "COHORT_MEASURED")
    (shown,) = contracts.get(f"/cohorts?municipality_no={BODO}", COORDINATOR).body
    assert (shown["relapsed"], shown["definition"], shown["skipped"]) == (6, "NEW_REPORT", None)
    assert contracts.types()[-2:] == ["cohort.measured"] * 2


@pytest.mark.parametrize("relapsed", [3, 17])
def test_a_number_that_would_give_few_away_is_stored_nowhere(contracts: Rim, relapsed: int) -> None:
    year = today(contracts).year - 5
    closed_cases(contracts, 20, year=year)
    made = contracts.post("/cohorts", COORDINATOR, a_closing(year)).body["cohort_id"]
    answer = contracts.post(
        f"/cohorts/{made}/measured", COORDINATOR, a_result(contracts, relapsed=relapsed), key=new_id()
    )
    assert (answer.status, answer.body["result"]) == (201, "TOO_FEW")
    event = contracts.published()[-1]
    assert isinstance(event, CohortMeasured)
    assert (event.youths, event.relapsed, event.agency) == (20, None, Agency.POLITI_FOREBYGGENDE)
    stored = everything_stored(contracts)
    assert '""relapsed"": null' in stored, "this is how a row looks when it is written out"
    assert f'""relapsed"": {relapsed}' not in stored


def test_cohorts_are_the_municipalitys_own_and_its_coordinators(contracts: Rim) -> None:
    year = today(contracts).year - 1
    refused = contracts.post("/cohorts", NEIGHBOUR, a_closing(year))
    assert (refused.status, refused.body["title"]) == (403, "COHORT_OTHER_MUNICIPALITY")
    assert contracts.get(f"/cohorts?municipality_no={BODO}", NEIGHBOUR).status == 403
    made = contracts.post("/cohorts", COORDINATOR, a_closing(year)).body["cohort_id"]
    assert contracts.get(f"/cohorts/{made}", NEIGHBOUR).status == 404
    assert contracts.post(f"/cohorts/{made}/measured", NEIGHBOUR, a_result(contracts)).status == 404
    leader = somebody(Role.UNIT_LEADER)
    for person in (TEACHER, leader):
        assert contracts.get(f"/cohorts?municipality_no={BODO}", person).status == 403
        assert contracts.get(f"/cohorts/{made}", person).status == 403
        assert contracts.post("/cohorts", person, a_closing(year - 1)).status == 403
        assert contracts.post(f"/cohorts/{made}/measured", person, a_result(contracts)).status == 403
    assert contracts.types() == ["cohort.closed"]


def test_the_id_of_a_cohort_becomes_no_case(contracts: Rim) -> None:
    made = contracts.post("/cohorts", COORDINATOR, a_closing(today(contracts).year - 1)).body["cohort_id"]
    refused = contracts.post("/contracts", COORDINATOR, a_request(contracts, case_id=made))
    assert (refused.status, refused.body["title"]) == (409, "NOT_A_CASE_ID")
