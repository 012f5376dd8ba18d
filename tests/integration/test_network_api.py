"""Network over HTTP on real PostgreSQL: the group that a contract forms, who joins and leaves, meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from backbone.clock import new_id
from backbone.work import Actor, service_actor, work_on
from schemas.codes import AgeBand, Agency, Function, Role, StopReason
from schemas.deadline import DeadlinePassed
from schemas.local_time import OSLO
from schemas.network_group import MemberJoined, MemberLeft, NetworkGroupFormed
from services.contracts.app import ROUTERS as CONTRACTS_ROUTERS
from services.contracts.app import SERVICE as CONTRACTS
from services.contracts.stops import stop_at_the_gate as stop_at_the_case
from services.network.app import ROUTERS, SERVICE
from services.network.stops import SetStop, stop_at_the_gate
from tests.integration.rim import Rim, a_rim, somebody
from tests.integration.test_contracts_api import a_request, a_signature, answer_ages, today

pytestmark = pytest.mark.integration
LEAD = somebody(Role.COORDINATOR)


class Town(NamedTuple):
    """Contracts and network, and the stops that were set at the gate."""

    contracts: Rim
    network: Rim
    stops: list[tuple[str, str]]


@pytest.fixture
def town(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Town]:
    stops: list[tuple[str, str]] = []

    def remembered() -> SetStop:
        def set_stop(case_id: str, stop_id: str, person_id: str, reason: StopReason) -> None:
            stops.append((person_id, reason.value))

        return set_stop

    with (
        a_rim(database_url, a_namespace, tmp_path, CONTRACTS, CONTRACTS_ROUTERS) as contracts,
        a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as network,
    ):
        answer_ages(contracts, AgeBand.AGE_15)
        network.process.app.dependency_overrides[stop_at_the_gate] = remembered
        yield Town(contracts, network, stops)


def a_teacher() -> Actor:
    return somebody(Role.AGENCY_MEMBER, agency=Agency.SKOLE_GRUNN)


def a_case(town: Town, *members: Actor) -> dict[str, Any]:
    planned = [{"person_id": m.person_id, "agency": m.agency, "function": "SUPPORT_OWNER"} for m in members]
    asked = a_request(town.contracts, members=planned)
    assert town.contracts.post("/contracts", LEAD, asked).status == 201
    town.network.hear(town.contracts)
    town.contracts.hear(town.network)
    return asked


def in_a_week(town: Town, **changes: Any) -> dict[str, Any]:
    now: datetime = town.network.process.desk.clock.moment().decided_at.astimezone(OSLO)
    starts = (now + timedelta(days=7)).replace(hour=13, minute=0)
    return {
        "meeting_id": new_id(),
        "kind": "NETWORK",
        "mode": "IN_PERSON",
        "starts_local": starts.strftime("%Y-%m-%dT%H:%M"),
        "minutes": 60,
        "invited": [LEAD.person_id],
        **changes,
    }


def test_a_registered_contract_forms_the_group_with_everyone_in_it(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    formed, *joined = town.network.published()
    assert isinstance(formed, NetworkGroupFormed)
    functions = {j.person_id: j.function for j in joined if isinstance(j, MemberJoined)}
    assert functions == {
        LEAD.person_id: Function.LEAD,
        asked["youth_id"]: Function.YOUTH,
        asked["guardian_ids"][0]: Function.GUARDIAN,
        teacher.person_id: Function.SUPPORT_OWNER,
    }
    group = town.network.get(f"/cases/{asked['case_id']}/group", teacher)
    assert (group.status, group.body["version"]) == (200, 5)
    assert town.network.parked() == town.contracts.parked() == 0


def test_a_contract_heard_twice_forms_one_group(town: Town) -> None:
    a_case(town)
    town.network.take(town.contracts._outbox(0), "contracts")
    assert town.network.types().count("network_group.formed") == 1


def test_only_somebody_in_the_directory_joins_for_an_agency(town: Town) -> None:
    asked, nurse = a_case(town), somebody(Role.AGENCY_MEMBER, agency=Agency.SKOLEHELSETJENESTE)
    path = f"/cases/{asked['case_id']}/members"
    body = {"person_id": nurse.person_id, "agency": "SKOLEHELSETJENESTE", "function": "ADVISER"}
    assert town.network.post(path, LEAD, body).body["title"] == "NOT_IN_DIRECTORY"
    entry = {
        "person_id": nurse.person_id,
        "agency": "SKOLEHELSETJENESTE",
        "roles": ["AGENCY_MEMBER"],
        "municipality_nos": ["1804"],
    }
    assert town.network.post("/directory/people", LEAD, entry).status == 403, "nobody gives themselves a role"
    operator = somebody(Role.OPERATOR)
    nobody_is = town.network.post("/directory/people", operator, {**entry, "roles": ["SERVICE"]})
    assert nobody_is.body["title"] == "NO_SUCH_ROLE"
    assert town.network.post("/directory/people", operator, entry).status == 201
    assert town.network.get("/directory/people", nurse).body == [entry]
    assert town.network.get(f"/directory/people/{nurse.person_id}", nurse).body == entry
    assert town.network.get(f"/directory/people/{new_id()}", nurse).status == 404
    assert town.network.post(path, LEAD, {**body, "agency": "BUP"}).body["title"] == "OTHER_AGENCY"
    assert town.network.post(path, LEAD, body).status == 201
    again = town.network.post(path, LEAD, body, language="nn")
    assert (again.status, again.body["detail"]) == (409, "Personen er alt med i nettverksgruppa.")


def test_one_who_leaves_is_stopped_at_the_gate_before_the_leaving_is_written(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    leave = f"/cases/{asked['case_id']}/members/{teacher.person_id}/leave"
    assert town.network.post(leave, LEAD, {"reason": "JOB_CHANGED"}).status == 201
    assert town.stops == [(teacher.person_id, "MEMBER_LEAVES")]
    left = town.network.published()[-1]
    assert isinstance(left, MemberLeft)
    assert left.stop_id
    assert town.network.get(f"/cases/{asked['case_id']}/group", teacher).status == 404
    town.contracts.hear(town.network)
    assert town.contracts.get(f"/cases/{asked['case_id']}/contracts", teacher).status == 404


def test_no_answer_from_the_gate_means_nobody_leaves(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    town.network.process.app.dependency_overrides.clear()  # ask the gate, which nobody serves here
    town.network.process.desk.settings.sharing_url = "http://127.0.0.1:1"
    leave = f"/cases/{asked['case_id']}/members/{teacher.person_id}/leave"
    answer = town.network.post(leave, LEAD, {"reason": "JOB_CHANGED"})
    assert (answer.status, answer.body["title"]) == (503, "NOT_REACHED")
    assert "member.left" not in town.network.types()
    assert town.network.get(f"/cases/{asked['case_id']}/group", teacher).status == 200


def test_a_member_declares_secrecy_for_themselves(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    path = f"/cases/{asked['case_id']}/secrecy-declarations"
    assert town.network.post(path, teacher, {"text_version": "2026-1"}).status == 201
    assert town.network.post(path, teacher, {"text_version": "2026-1"}).status == 409
    assert town.network.post(path, a_teacher(), {"text_version": "2026-1"}).status == 404


def test_a_meeting_is_called_and_held(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    body = in_a_week(town, invited=[LEAD.person_id, asked["youth_id"], teacher.person_id])
    path = f"/cases/{asked['case_id']}/meetings"
    assert town.network.post(path, teacher, body).body["title"] == "ONLY_LEADING"
    called = town.network.post(path, LEAD, body)
    assert (called.status, called.body["status"]) == (201, "CALLED")
    twice = town.network.post(path, LEAD, {**body, "meeting_id": new_id()}, language="nn")
    assert (twice.status, twice.body["title"]) == (409, "CALLED_TWICE")
    assert "i staden for å kalle inn til to" in twice.body["detail"]
    held = {"held_on": body["starts_local"][:10], "present": body["invited"], "absent": []}
    early = town.network.post(f"/meetings/{body['meeting_id']}/held", LEAD, held)
    assert (early.status, early.body["title"]) == (422, "HELD_IN_FUTURE")
    assert town.network.types().count("meeting.called") == 1


def test_a_meeting_that_was_today_is_entered_once_as_held(town: Town) -> None:
    asked = a_case(town)
    now = town.network.process.desk.clock.moment().decided_at.astimezone(OSLO)
    day = (now - timedelta(days=1)).date().isoformat()
    body = in_a_week(town, starts_local=f"{day}T13:00")
    town.network.post(f"/cases/{asked['case_id']}/meetings", LEAD, body)
    held = {"held_on": day, "present": [LEAD.person_id], "absent": [], "seen_version": 1}
    path = f"/meetings/{body['meeting_id']}/held"
    first = town.network.post(path, LEAD, held, key="held-1")
    assert (first.status, first.body["status"], first.body["version"]) == (201, "HELD", 2)
    assert town.network.post(path, LEAD, held, key="held-1") == first
    stale = town.network.post(path, LEAD, held)
    assert (stale.status, stale.body["title"], stale.body["current"]) == (409, "STALE", 2)
    (shown,) = town.network.get(f"/cases/{asked['case_id']}/meetings", LEAD).body
    assert shown["present"] == [LEAD.person_id]


@pytest.mark.parametrize("starts", ["2027-06-01T02:30", "2027-03-28T02:00", "2027-10-31T02:59"])
def test_no_meeting_is_called_for_the_hour_in_which_clocks_change(town: Town, starts: str) -> None:
    asked = a_case(town)
    answer = town.network.post(
        f"/cases/{asked['case_id']}/meetings", LEAD, in_a_week(town, starts_local=starts)
    )
    assert (answer.status, answer.body["title"]) == (422, "NO_NIGHT_HOUR")


@pytest.mark.parametrize("starts", ["2027-06-01T12:00Z", "2027-06-01T12:00:30", "next week"])
def test_a_start_that_is_no_wall_time_is_refused(town: Town, starts: str) -> None:
    body = in_a_week(town, starts_local=starts)
    assert town.network.post(f"/cases/{new_id()}/meetings", LEAD, body).body["title"] == "MALFORMED"


def test_a_member_reports_a_deviation_when_contracts_has_heard_of_them(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    for person, role in ((asked["youth_id"], "YOUTH"), (asked["guardian_ids"][0], "GUARDIAN")):
        signature = a_signature(town.contracts, person, role)
        assert (
            town.contracts.post(f"/contracts/{asked['contract_id']}/signatures", LEAD, signature).status
            == 201
        )
    body = {
        "deviation_id": new_id(),
        "contract_id": asked["contract_id"],
        "kind": "LATE",
        "severity": 1,
        "happened_on": today(town.contracts).isoformat(),
    }
    path = f"/cases/{asked['case_id']}/deviations"
    assert town.contracts.post(path, teacher, body).status == 201
    assert town.contracts.post(path, a_teacher(), {**body, "deviation_id": new_id()}).status == 404


def test_a_signed_contract_starts_when_the_deadline_of_its_start_passes(town: Town) -> None:
    starts_on = today(town.contracts) + timedelta(days=3)
    asked = a_request(town.contracts, starts_on=starts_on.isoformat())
    town.contracts.post("/contracts", LEAD, asked)
    for person, role in ((asked["youth_id"], "YOUTH"), (asked["guardian_ids"][0], "GUARDIAN")):
        town.contracts.post(
            f"/contracts/{asked['contract_id']}/signatures", LEAD, a_signature(town.contracts, person, role)
        )
    assert town.contracts.types()[-1] == "contract.signed"
    due = DeadlinePassed(
        deadline_id="d", kind="C-START", due_on=starts_on - timedelta(days=1), owner_id=LEAD.person_id
    )
    desk = town.network.process.desk  # any service but contracts: the log does not care who says it
    with work_on(
        desk.engine, desk.service, moment=desk.clock.moment(), actor=service_actor("scheduler")
    ) as work:
        work.publish(asked["case_id"], due, due)
    town.contracts.hear(town.network)
    assert town.contracts.types().count("contract.started") == 1
    (shown,) = town.contracts.get(f"/cases/{asked['case_id']}/contracts", LEAD).body
    assert (shown["status"], shown["started_on"]) == ("STARTED", starts_on.isoformat())


def test_a_contract_does_not_start_in_a_case_that_was_closed_meanwhile(town: Town) -> None:
    starts_on = today(town.contracts) + timedelta(days=3)
    asked = a_request(town.contracts, starts_on=starts_on.isoformat())
    town.contracts.post("/contracts", LEAD, asked)
    town.contracts.process.app.dependency_overrides[stop_at_the_case] = lambda: lambda *_: None
    case = f"/cases/{asked['case_id']}"
    assert town.contracts.post(f"{case}/closed", LEAD, {"reason": "DEATH"}).status == 201
    due = DeadlinePassed(deadline_id="d", kind="C-START", due_on=starts_on, owner_id=LEAD.person_id)
    late = DeadlinePassed(deadline_id="e", kind="C-UNSIGNED", due_on=starts_on, owner_id=LEAD.person_id)
    desk, before = town.network.process.desk, town.contracts.types()
    with work_on(
        desk.engine, desk.service, moment=desk.clock.moment(), actor=service_actor("scheduler")
    ) as work:
        work.publish(asked["case_id"], due, late)
    town.contracts.hear(town.network)
    assert town.contracts.types() == before
    assert town.contracts.get(case, LEAD).body["status"] == "CLOSED"
