"""Contracts over HTTP on real PostgreSQL: registered, signed, started; refused in the user's language;
asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import new_id
from schemas.codes import AgeBand, Agency, Role
from services.contracts.ages import AgeBandOn, age_band_at_the_gate
from services.contracts.app import ROUTERS, SERVICE
from services.contracts.domain.likeness import NOBODY
from services.contracts.youths import SameYouths, same_youths_in_the_vault
from tests.integration.rim import Rim, a_rim, somebody

pytestmark = pytest.mark.integration
COORDINATOR = somebody(Role.COORDINATOR)


@pytest.fixture
def contracts(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Rim]:
    with a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as rim:
        answer_ages(rim, AgeBand.AGE_15)
        yield rim


def answer_ages(rim: Rim, band: AgeBand) -> None:
    def ages() -> AgeBandOn:
        return lambda case_id, youth_id, on: band

    rim.process.app.dependency_overrides[age_band_at_the_gate] = ages
    rim.process.app.dependency_overrides.setdefault(same_youths_in_the_vault, nobody_else)


def nobody_else() -> SameYouths:
    return lambda case_id, youth_id: NOBODY


def today(rim: Rim) -> date:
    return rim.process.desk.clock.moment().today


def a_request(rim: Rim, **changes: Any) -> dict[str, Any]:
    asked = {
        "case_id": new_id(),
        "contract_id": new_id(),
        "programme": "FA_YOUTH_CONTRACT",
        "municipality_no": "1804",
        "youth_id": new_id(),
        "guardian_ids": [new_id()],
        "reason": "THEFT",
        "starts_on": today(rim).isoformat(),
        "goal_refs": ["goal-1", "goal-2"],
        "identity_refs": ["identity-1"],
        "members": [{"person_id": new_id(), "agency": "SKOLE_GRUNN", "function": "SUPPORT_OWNER"}],
        "evaluation": {"measures": [{"goal_ref": "goal-1", "measure": "YOUTHS_OWN_VIEW"}]},
    }
    return {**asked, **changes}


def a_signature(rim: Rim, person: str, role: str, **changes: Any) -> dict[str, Any]:
    return {
        "person_id": person,
        "role": role,
        "method": "PAPER",
        "signed_on": today(rim).isoformat(),
        **changes,
    }


def a_running_contract(rim: Rim) -> dict[str, Any]:
    asked = a_request(rim)
    rim.post("/contracts", COORDINATOR, asked)
    signatures = f"/contracts/{asked['contract_id']}/signatures"
    rim.post(signatures, COORDINATOR, a_signature(rim, asked["youth_id"], "YOUTH"))
    rim.post(signatures, COORDINATOR, a_signature(rim, asked["guardian_ids"][0], "GUARDIAN"))
    return asked


def test_a_contract_is_registered_signed_by_all_and_starts(contracts: Rim) -> None:
    asked = a_request(contracts)
    answer = contracts.post("/contracts", COORDINATOR, asked)
    assert answer.status == 201
    assert answer.body["sequences"] == {asked["case_id"]: {"contracts": 3}}
    signatures = f"/contracts/{asked['contract_id']}/signatures"
    first = contracts.post(signatures, COORDINATOR, a_signature(contracts, asked["youth_id"], "YOUTH"))
    assert (first.body["status"], first.body["missing"]) == ("PARTLY_SIGNED", asked["guardian_ids"])
    guardian = a_signature(contracts, asked["guardian_ids"][0], "GUARDIAN", seen_version=2)
    second = contracts.post(signatures, COORDINATOR, guardian)
    assert (second.status, second.body["status"], second.body["version"]) == (201, "STARTED", 5)
    assert contracts.types() == [
        "case.opened",
        "contract.registered",
        "evaluation.planned",
        "contract.signature_registered",
        "contract.signature_registered",
        "contract.signed",
        "contract.started",
    ]
    (shown,) = contracts.get(f"/cases/{asked['case_id']}/contracts", COORDINATOR).body
    assert (shown["status"], shown["version"], shown["ends_on"]) == ("STARTED", 5, answer.body["ends_on"])


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "når kontrakten starter"), ("nn", "når kontrakten startar")]
)
def test_one_under_12_is_refused_with_a_sentence_that_says_why(
    contracts: Rim, language: str, words: str
) -> None:
    answer_ages(contracts, AgeBand.UNDER_12)
    answer = contracts.post("/contracts", COORDINATOR, a_request(contracts), language=language)
    assert (answer.status, answer.body["title"], answer.body["field"]) == (422, "AGE_UNDER_12", "birth_on")
    assert words in answer.body["detail"]
    assert contracts.published() == []


def test_without_an_answer_about_age_nothing_is_registered(contracts: Rim) -> None:
    contracts.process.app.dependency_overrides.clear()  # ask the gate, which nobody serves here
    contracts.process.desk.settings.sharing_url = "http://127.0.0.1:1"
    answer = contracts.post("/contracts", COORDINATOR, a_request(contracts))
    assert (answer.status, answer.body["title"]) == (503, "NOT_REACHED")
    assert contracts.published() == []


def test_the_same_key_gives_the_first_answer_again_and_does_nothing_twice(contracts: Rim) -> None:
    asked, key = a_request(contracts), new_id()
    first = contracts.post("/contracts", COORDINATOR, asked, key=key)
    assert contracts.post("/contracts", COORDINATOR, asked, key=key) == first
    assert len(contracts.published()) == 3
    changed = contracts.post("/contracts", COORDINATOR, {**asked, "reason": "THREATS"}, key=key)
    assert (changed.status, changed.body["title"]) == (409, "KEY_REUSED")


def test_a_stale_version_is_a_conflict_that_names_the_current_one(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    signatures = f"/contracts/{asked['contract_id']}/signatures"
    contracts.post(
        signatures, COORDINATOR, a_signature(contracts, asked["youth_id"], "YOUTH", seen_version=1)
    )
    guardian = a_signature(contracts, asked["guardian_ids"][0], "GUARDIAN", seen_version=1)
    answer = contracts.post(signatures, COORDINATOR, guardian)
    assert (answer.status, answer.body["title"], answer.body["current"]) == (409, "STALE", 2)


def test_a_youth_has_one_open_case_a_programme_and_may_have_another_programme(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    again = a_request(contracts, youth_id=asked["youth_id"])
    answer = contracts.post("/contracts", COORDINATOR, again, language="nn")
    assert (answer.status, answer.body["title"]) == (409, "ONE_CASE_PER_PROGRAMME")
    assert "Ungdommen har alt ei sak" in answer.body["detail"]
    other = a_request(contracts, youth_id=asked["youth_id"], programme="FA_SUBSTANCE_CONTRACT")
    assert contracts.post("/contracts", COORDINATOR, other).status == 201


def test_two_registrations_at_once_open_one_case(contracts: Rim) -> None:
    youth = new_id()
    requests = [a_request(contracts, youth_id=youth) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        statuses = list(
            pool.map(lambda asked: contracts.post("/contracts", COORDINATOR, asked).status, requests)
        )
    assert sorted(statuses) == [201, 409, 409, 409, 409, 409]
    assert contracts.types() == ["case.opened", "contract.registered", "evaluation.planned"]


def test_the_two_signatures_at_once_sign_and_start_the_contract_once(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    signatures = f"/contracts/{asked['contract_id']}/signatures"
    bodies = [
        a_signature(contracts, asked["youth_id"], "YOUTH"),
        a_signature(contracts, asked["guardian_ids"][0], "GUARDIAN"),
    ] * 2
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda body: contracts.post(signatures, COORDINATOR, body).status, bodies))
    assert sorted(statuses) == [201, 201, 422, 422]
    assert contracts.types().count("contract.started") == 1


def test_only_those_around_the_youth_see_or_touch_the_contract(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    stranger = somebody(Role.COORDINATOR)
    known = contracts.get(f"/cases/{asked['case_id']}/contracts", stranger)
    unknown = contracts.get(f"/cases/{new_id()}/contracts", stranger)
    assert known == unknown
    assert known.status == 404
    body = a_signature(contracts, asked["youth_id"], "YOUTH")
    assert contracts.post(f"/contracts/{asked['contract_id']}/signatures", stranger, body).status == 404
    police = somebody(Role.AGENCY_MEMBER, agency=Agency.POLITI_FOREBYGGENDE)
    assert contracts.post("/contracts", police, a_request(contracts)).status == 403


def test_a_deviation_is_reported_once_and_only_while_the_contract_runs(contracts: Rim) -> None:
    asked = a_running_contract(contracts)
    body = {
        "deviation_id": new_id(),
        "contract_id": asked["contract_id"],
        "kind": "SCHOOL_ABSENCE",
        "severity": 2,
        "happened_on": today(contracts).isoformat(),
        "text_ref": "text-1",
    }
    path = f"/cases/{asked['case_id']}/deviations"
    assert contracts.post(path, COORDINATOR, body).status == 201
    assert contracts.post(path, COORDINATOR, body).body["title"] == "DEVIATION_EXISTS"
    early = {
        **body,
        "deviation_id": new_id(),
        "happened_on": (today(contracts) - timedelta(days=1)).isoformat(),
    }
    refused = contracts.post(path, COORDINATOR, early, language="nn")
    assert (refused.status, refused.body["title"]) == (422, "HAPPENED_OUTSIDE_CONTRACT")
    assert "utanfor tida" in refused.body["detail"]
    (shown,) = contracts.get(path, COORDINATOR).body
    assert (shown["status"], shown["reporter_id"]) == ("REPORTED", COORDINATOR.person_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"case_id": "not-an-id"},
        {"youth_id": "Kari Nordmann"},
        {"programme": "SOMETHING"},
        {"goal_refs": ["Gå på skolen hver dag"]},
        {"starts_on": "31.08.2026"},
        {"municipality_no": "18"},
        {"name": "Kari"},
    ],
)
def test_what_has_the_wrong_form_is_refused_and_nothing_is_written(
    contracts: Rim, changes: dict[str, Any]
) -> None:
    answer = contracts.post("/contracts", COORDINATOR, a_request(contracts, **changes))
    assert (answer.status, answer.body["title"]) == (422, "MALFORMED")
    assert contracts.published() == []
