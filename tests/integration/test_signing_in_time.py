"""Birthdays and days that pass while a contract waits for signatures, over HTTP and events on real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import Clock, new_id
from schemas.codes import AgeBand
from schemas.deadline import DeadlinePassed
from schemas.protection import YouthAgeBandChanged
from services.contracts.app import ROUTERS, SERVICE
from tests.integration.rim import Rim, a_rim
from tests.integration.telling import Log
from tests.integration.test_contracts_api import (
    COORDINATOR,
    a_request,
    a_running_contract,
    a_signature,
    answer_ages,
    today,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def contracts(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Rim]:
    with a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as rim:
        answer_ages(rim, AgeBand.AGE_16_17)
        yield rim


def days_pass(rim: Rim, folder: Path, days: int) -> None:
    clock = Clock(folder / "clock.json")
    clock.move_to(rim.process.desk.clock.moment().decided_at + timedelta(days=days))
    rim.process.desk.clock = clock


def tells(rim: Rim, case_id: str, source: str, event: Any) -> None:
    Log(rim.process.desk.engine, SERVICE, rim.process.desk.clock).tell(case_id, source, event)


def signs(rim: Rim, asked: dict[str, Any], role: str, *, language: str = "nb") -> Any:
    person = asked["youth_id"] if role == "YOUTH" else asked["guardian_ids"][0]
    path = f"/contracts/{asked['contract_id']}/signatures"
    return rim.post(path, COORDINATOR, a_signature(rim, person, role), language=language)


def a_proposed_change(rim: Rim) -> dict[str, Any]:
    asked = a_running_contract(rim)
    body = {"goal_refs": ["goal-1"], "clauses": []}
    assert rim.post(f"/contracts/{asked['contract_id']}/changes", COORDINATOR, body).status == 201
    return asked


def the_contract(rim: Rim, asked: dict[str, Any]) -> dict[str, Any]:
    (shown,) = rim.get(f"/cases/{asked['case_id']}/contracts", COORDINATOR).body
    return dict(shown)


def test_a_contract_that_the_youth_has_signed_starts_on_the_18th_birthday(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    assert signs(contracts, asked, "YOUTH").body["status"] == "PARTLY_SIGNED"
    grown = YouthAgeBandChanged(youth_id=asked["youth_id"], age_band=AgeBand.ADULT)
    tells(contracts, asked["case_id"], "sharing", grown)
    assert contracts.types()[-3:] == ["contract.signers_changed", "contract.signed", "contract.started"]
    assert the_contract(contracts, asked)["status"] == "STARTED"


def test_from_midnight_the_youth_signs_alone_whether_or_not_anybody_has_told(contracts: Rim) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    answer_ages(contracts, AgeBand.ADULT)
    refused = signs(contracts, asked, "GUARDIAN", language="nn")
    assert (refused.status, refused.body["title"]) == (422, "YOUTH_SIGNS_ALONE")
    assert "dei føresette ikkje lenger signerer" in refused.body["detail"]
    assert "contract.signers_changed" not in contracts.types()
    assert signs(contracts, asked, "YOUTH").body["status"] == "STARTED"
    grown = YouthAgeBandChanged(youth_id=asked["youth_id"], age_band=AgeBand.ADULT)
    before = contracts.types()
    tells(contracts, asked["case_id"], "sharing", grown)
    assert contracts.types() == before, "told afterwards, it changes nothing more"


def test_a_proposed_version_expires_when_its_deadline_passes_and_the_one_in_force_stays(
    contracts: Rim, tmp_path: Path
) -> None:
    asked = a_proposed_change(contracts)
    signs(contracts, asked, "YOUTH")
    due_on = today(contracts) + timedelta(days=30)
    passed = DeadlinePassed(
        deadline_id=new_id(), kind="C-CHANGE", due_on=due_on, owner_id=COORDINATOR.person_id
    )
    days_pass(contracts, tmp_path, 31)
    late = signs(contracts, asked, "GUARDIAN")
    assert (late.status, late.body["title"]) == (409, "SIGNING_TIME_OVER"), (
        "whether or not the scheduler runs"
    )
    tells(contracts, asked["case_id"], "scheduler", passed)
    assert contracts.types()[-1] == "contract.change_expired"
    contract = the_contract(contracts, asked)
    assert (contract["status"], contract["contract_version"], contract["change"]) == ("STARTED", 1, None)
    again = {"goal_refs": ["goal-1"], "clauses": []}
    assert contracts.post(f"/contracts/{asked['contract_id']}/changes", COORDINATOR, again).status == 201


def test_a_contract_is_not_signed_after_its_time_when_the_scheduler_has_stopped(
    contracts: Rim, tmp_path: Path
) -> None:
    asked = a_request(contracts)
    contracts.post("/contracts", COORDINATOR, asked)
    days_pass(contracts, tmp_path, 31)
    late = signs(contracts, asked, "YOUTH", language="nn")
    assert (late.status, late.body["title"]) == (409, "SIGNING_TIME_OVER")
    assert "Fristen for å signere er ute" in late.body["detail"]
