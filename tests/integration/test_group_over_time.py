"""The group while the case goes on, over HTTP on real PostgreSQL: what becomes of meetings and tasks when somebody leaves or the case is closed,
and who comes in with a second contract.
"""

from __future__ import annotations

from typing import Any

import pytest

from backbone.clock import new_id
from schemas.codes import Role
from services.contracts.youths import Listed, listed_in_the_directory
from tests.integration.rim import somebody
from tests.integration.test_contracts_api import today
from tests.integration.test_contracts_cases_api import remember_stops
from tests.integration.test_guardians_api import add, hear, of
from tests.integration.test_network_api import LEAD, Town, a_case, a_teacher, in_a_week, town

__all__ = ["town"]
pytestmark = pytest.mark.integration


def a_task(town: Town, asked: dict[str, Any], owner_id: str) -> str:
    body = {"task_id": new_id(), "owner_id": owner_id, "due_on": today(town.contracts).isoformat()}
    assert town.network.post(of(asked, "/tasks"), LEAD, body).status == 201
    return str(body["task_id"])


def owners(town: Town, asked: dict[str, Any], actor: Any = LEAD) -> dict[str, tuple[str, str]]:
    tasks = town.network.get(of(asked, "/tasks"), actor).body
    return {one["task_id"]: (one["owner_id"], one["due_on"]) for one in tasks}


def test_the_open_tasks_of_one_who_leaves_go_to_the_lead_with_their_days(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    waiting, done = a_task(town, asked, teacher.person_id), a_task(town, asked, teacher.person_id)
    town.network.post(f"/tasks/{done}/completed", teacher, {})
    leave = of(asked, f"/members/{teacher.person_id}/leave")
    assert town.network.post(leave, LEAD, {"reason": "JOB_CHANGED"}).status == 201
    day = today(town.contracts).isoformat()
    assert owners(town, asked) == {waiting: (LEAD.person_id, day), done: (teacher.person_id, day)}
    assert town.network.types().count("task.reassigned") == 1


def test_the_tasks_of_a_removed_guardian_go_to_the_lead(town: Town) -> None:
    asked, grandmother = a_case(town), new_id()
    remember_stops(town)
    add(town, asked, grandmother, decision_maker="VERGE", source="APPOINTMENT")
    hear(town)
    task = a_task(town, asked, grandmother)
    path = of(asked, f"/guardians/{grandmother}/removed")
    assert town.contracts.post(path, LEAD, {"reason": "APPOINTMENT_ENDED"}).status == 201
    hear(town)
    assert owners(town, asked)[task][0] == LEAD.person_id


def test_a_new_lead_takes_over_the_former_leads_own_tasks(town: Town) -> None:
    second = somebody(Role.COORDINATOR)
    asked = a_case(town, second)
    remember_stops(town)
    town.contracts.process.app.dependency_overrides[listed_in_the_directory] = lambda: (
        lambda _: Listed(frozenset({Role.COORDINATOR}))
    )
    task = a_task(town, asked, LEAD.person_id)
    hear(town)
    assert town.contracts.post(of(asked, "/lead"), LEAD, {"to_id": second.person_id}).status == 201
    hear(town)
    assert owners(town, asked, second)[task][0] == second.person_id


@pytest.mark.parametrize("how", ["closed", "transferred"])
def test_no_meeting_is_still_to_come_in_a_closed_case(town: Town, how: str) -> None:
    asked, call = a_case(town), in_a_week(town)
    remember_stops(town)
    assert town.network.post(of(asked, "/meetings"), LEAD, call).status == 201
    moves = {"to_municipality_no": "1841", "to_agency": "KOMMUNE_SLT"}
    body = {"reason": "REGISTERED_BY_MISTAKE"} if how == "closed" else moves
    assert town.contracts.post(of(asked, f"/{how}"), LEAD, body).status == 201
    hear(town)
    (meeting,) = town.network.get(of(asked, "/meetings"), LEAD).body
    assert (meeting["status"], meeting["cancelled_for"]) == ("CANCELLED", "NOT_NEEDED")
    assert town.network.parked() == town.contracts.parked() == 0


def test_those_whom_a_second_contract_names_come_into_the_group_that_stands(town: Town) -> None:
    asked, nurse, father = a_case(town), a_teacher(), new_id()
    town.contracts.post(f"/contracts/{asked['contract_id']}/rejected", LEAD, {})
    again = {
        **asked,
        "contract_id": new_id(),
        "guardian_ids": [*asked["guardian_ids"], father],
        "members": [{"person_id": nurse.person_id, "agency": nurse.agency, "function": "SUPPORT_OWNER"}],
    }
    assert town.contracts.post("/contracts", LEAD, again).status == 201
    hear(town)
    group = town.network.get(of(asked, "/group"), nurse).body
    functions = [(m["person_id"], m["function"]) for m in group["memberships"]]
    assert functions == [
        (LEAD.person_id, "LEAD"),
        (asked["youth_id"], "YOUTH"),
        (asked["guardian_ids"][0], "GUARDIAN"),
        (father, "GUARDIAN"),
        (nurse.person_id, "SUPPORT_OWNER"),
    ]
    assert town.network.types().count("network_group.formed") == 1


def test_the_family_comes_in_by_what_is_registered_about_it_and_never_as_mere_members(town: Town) -> None:
    asked = a_case(town)
    for function, rule in (("YOUTH", "YOUTH_BY_CONTRACT"), ("GUARDIAN", "GUARDIAN_NOT_REGISTERED")):
        body = {"person_id": new_id(), "agency": "PRIVATE_NETWORK", "function": function}
        answer = town.network.post(of(asked, "/members"), LEAD, body)
        assert (answer.status, answer.body["title"]) == (422, rule)
    mother = asked["guardian_ids"][0]
    leave = of(asked, f"/members/{mother}/leave")
    assert town.network.post(leave, LEAD, {"reason": "OWN_WISH"}).status == 201
    back = {"person_id": mother, "agency": "PRIVATE_NETWORK", "function": "GUARDIAN"}
    assert town.network.post(of(asked, "/members"), LEAD, back).status == 201
