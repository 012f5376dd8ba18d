"""From referral to closed case over HTTP on real PostgreSQL, contracts and network hearing each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import AgeBand, Agency, Role
from schemas.network_group import MemberLeft
from services.contracts.stops import stop_at_the_gate
from services.contracts.youths import Listed, listed_in_the_directory
from tests.integration.rim import Asked, somebody
from tests.integration.test_contracts_api import a_request, a_signature, answer_ages, today
from tests.integration.test_network_api import LEAD, Town, a_case, a_teacher, town

__all__ = ["town"]
pytestmark = pytest.mark.integration


def a_referral(**changes: Any) -> dict[str, Any]:
    asked = {
        "case_id": new_id(),
        "referral_id": new_id(),
        "origin": "SCHOOL",
        "referrer_agency": "SKOLE_GRUNN",
        "reasons": ["SCHOOL_ABSENCE"],
        "urgency": "SOON",
        "youth_knows": "YES",
        "municipality_no": "1804",
        "assigned_to": LEAD.person_id,
        "youth_id": new_id(),
        "text_ref": "text-1",
    }
    return {**asked, **changes}


def remember_stops(town: Town) -> list[tuple[str | None, str]]:
    stops: list[tuple[str | None, str]] = []

    def remembered() -> Any:
        return lambda case_id, stop_id, person_id, reason: stops.append((person_id, reason.value))

    town.contracts.process.app.dependency_overrides[stop_at_the_gate] = remembered
    return stops


def signed(town: Town, asked: dict[str, Any]) -> None:
    for person, role in ((asked["youth_id"], "YOUTH"), (asked["guardian_ids"][0], "GUARDIAN")):
        signature = a_signature(town.contracts, person, role)
        path = f"/contracts/{asked['contract_id']}/signatures"
        assert town.contracts.post(path, LEAD, signature).status == 201


def test_a_referral_becomes_a_case_and_its_contract_joins_that_case(town: Town) -> None:
    teacher, referral = a_teacher(), a_referral()
    path = f"/referrals/{referral['referral_id']}"
    assert town.contracts.post("/referrals", teacher, referral).status == 201
    assert town.contracts.post("/referrals", teacher, referral).status == 409
    unscreened = town.contracts.post(
        f"{path}/accepted", LEAD, {"programme": "FA_YOUTH_CONTRACT"}, language="nn"
    )
    assert (unscreened.status, unscreened.body["title"]) == (409, "REFERRAL_UNSCREENED")
    assert "Førespurnaden må silast" in unscreened.body["detail"]
    early = a_request(town.contracts, case_id=referral["case_id"], youth_id=referral["youth_id"])
    assert town.contracts.post("/contracts", LEAD, early).body["title"] == "REFERRAL_OPEN"
    other = somebody(Role.COORDINATOR)
    assert town.contracts.post(f"{path}/screened", other, {}).status == 404
    assert town.contracts.get("/referrals", other).body == []
    assert town.contracts.post(f"{path}/screened", LEAD, {"seen_version": 1}).status == 201
    accepted = town.contracts.post(f"{path}/accepted", LEAD, {"programme": "FA_YOUTH_CONTRACT"})
    assert (accepted.status, accepted.body["status"]) == (201, "ACCEPTED")
    assert town.contracts.post("/contracts", LEAD, early).status == 201
    assert town.contracts.types().count("case.opened") == 1
    again = {**early, "contract_id": new_id()}
    assert town.contracts.post("/contracts", LEAD, again).body["title"] == "CONTRACT_RUNS"
    assert [r["status"] for r in town.contracts.get("/referrals", teacher).body] == ["ACCEPTED"]


def test_one_under_12_is_not_accepted(town: Town) -> None:
    referral = a_referral()
    path = f"/referrals/{referral['referral_id']}"
    town.contracts.post("/referrals", LEAD, referral)
    town.contracts.post(f"{path}/screened", LEAD, {})
    answer_ages(town.contracts, AgeBand.UNDER_12)
    refused = town.contracts.post(f"{path}/accepted", LEAD, {"programme": "FA_YOUTH_CONTRACT"})
    assert (refused.status, refused.body["title"]) == (422, "AGE_UNDER_12")
    assert "case.opened" not in town.contracts.types()


def test_whoever_has_no_part_in_the_other_case_is_told_nothing_of_it(town: Town) -> None:
    asked = a_case(town)
    elsewhere = a_request(town.contracts, youth_id=asked["youth_id"], municipality_no="1841")
    answer = town.contracts.post("/contracts", somebody(Role.COORDINATOR), elsewhere)
    assert (answer.status, answer.body["title"]) == (409, "CANNOT_OPEN")
    assert "1804" not in str(answer.body)


def test_a_case_is_handed_over_and_the_group_follows(town: Town) -> None:
    teacher, second = a_teacher(), somebody(Role.COORDINATOR)
    asked, stops = a_case(town, teacher, second), remember_stops(town)
    listed = {teacher.person_id: teacher.roles, second.person_id: second.roles}
    town.contracts.process.app.dependency_overrides[listed_in_the_directory] = lambda: (
        lambda person_id: Listed(listed.get(person_id, frozenset()))
    )
    path = f"/cases/{asked['case_id']}/lead"
    refused = town.contracts.post(path, LEAD, {"to_id": new_id()})
    assert refused.body["title"] == "NEW_LEAD_NOT_MEMBER"
    refused = town.contracts.post(path, LEAD, {"to_id": teacher.person_id})
    assert refused.body["title"] == "NEW_LEAD_MAY_NOT_LEAD"
    assert town.contracts.post(path, LEAD, {"to_id": second.person_id, "note_ref": "note-1"}).status == 201
    assert stops == [(LEAD.person_id, "LEAD_CHANGES")]
    town.network.hear(town.contracts)
    left = town.network.published()[-1]
    assert isinstance(left, MemberLeft)
    assert left.person_id == LEAD.person_id
    assert left.stop_id is not None
    town.contracts.hear(town.network)
    assert town.contracts.get(f"/cases/{asked['case_id']}", LEAD).status == 404
    case = town.contracts.get(f"/cases/{asked['case_id']}", second).body
    assert (case["lead_id"], case["youth_untold"]) == (second.person_id, True)
    told = {"told_on": today(town.contracts).isoformat()}
    assert town.contracts.post(f"{path}-told", teacher, told).status == 403
    assert town.contracts.post(f"{path}-told", second, told).status == 201
    assert town.contracts.types()[-1] == "case.youth_told_of_lead"
    again = town.contracts.post(f"{path}-told", second, told, language="nn")
    assert (again.status, again.body["title"]) == (409, "LEAD_KNOWN")
    assert "ungdommen veit kven som leier saka" in again.body["detail"]


def test_a_case_is_opened_only_in_a_municipality_that_the_coordinator_works_for(town: Town) -> None:
    elsewhere = LEAD._replace(municipality_nos=frozenset({"1841"}))
    answer = town.contracts.post("/contracts", elsewhere, a_request(town.contracts))
    assert (answer.status, answer.body["title"], answer.body["field"]) == (
        422,
        "OTHER_MUNICIPALITY",
        "municipality_no",
    )


def test_a_case_is_paused_resumed_ended_and_closed_and_nothing_more_can_be_done(town: Town) -> None:
    asked, stops = a_case(town), remember_stops(town)
    signed(town, asked)
    case = f"/cases/{asked['case_id']}"
    until = today(town.contracts).replace(year=today(town.contracts).year + 2).isoformat()
    long = town.contracts.post(f"{case}/paused", LEAD, {"reason": "AWAY", "until_on": until})
    assert long.body["title"] == "PAUSE_LENGTH"
    running = town.contracts.post(f"{case}/closed", LEAD, {"reason": "BY_AGREEMENT"})
    assert (running.status, running.body["title"]) == (409, "STILL_RUNS")
    ended = town.contracts.post(
        f"/contracts/{asked['contract_id']}/ended-early", LEAD, {"reason": "BY_AGREEMENT"}
    )
    assert (ended.status, ended.body["status"]) == (201, "ENDED_EARLY")
    assert town.contracts.types()[-2:] == ["contract.ended_early", "case.wound_up"]
    unevaluated = town.contracts.post(f"{case}/closed", LEAD, {"reason": "BY_AGREEMENT"}, language="nn")
    assert unevaluated.body["title"] == "END_EVALUATION_MISSING"
    why = {"reason": "BY_AGREEMENT", "evaluation_missing": "NOT_WANTED"}
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["status"] == "CLOSED"
    assert stops == [(None, "CASE_CLOSES")]
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["title"] == "CASE_CLOSED"
    town.network.hear(town.contracts)
    body = {"person_id": new_id(), "agency": "PRIVATE_NETWORK", "function": "OBSERVER"}
    assert town.network.post(f"{case}/members", LEAD, body).body["title"] == "CASE_CLOSED"
    assert (
        town.contracts.post("/contracts", LEAD, a_request(town.contracts, youth_id=asked["youth_id"])).status
        == 201
    )


def test_no_answer_from_the_gate_means_the_case_stays_open(town: Town) -> None:
    asked = a_case(town)
    town.contracts.process.desk.settings.sharing_url = "http://127.0.0.1:1"
    answer = town.contracts.post(f"/cases/{asked['case_id']}/closed", LEAD, {"reason": "DEATH"})
    assert (answer.status, answer.body["title"]) == (503, "NOT_REACHED")
    assert "case.closed" not in town.contracts.types()


def test_moving_ends_the_contract_and_closes_the_case_here(town: Town) -> None:
    asked = a_case(town)
    remember_stops(town)
    body = {"to_municipality_no": "1841", "to_agency": "KOMMUNE_SLT"}
    moved = town.contracts.post(f"/cases/{asked['case_id']}/transferred", LEAD, body)
    assert (moved.status, moved.body["status"]) == (201, "CLOSED")
    assert town.contracts.types()[-3:] == ["contract.ended_early", "case.transferred", "case.closed"]


def test_a_running_contract_gets_a_new_version_when_all_have_signed_it(town: Town) -> None:
    asked = a_case(town)
    signed(town, asked)
    path = f"/contracts/{asked['contract_id']}"
    clause = {
        "clause_id": new_id(),
        "kind": "LEISURE",
        "owed_by": asked["members"][0]["person_id"] if asked["members"] else LEAD.person_id,
        "controlling_owner": LEAD.person_id,
        "supporting_owner": asked["guardian_ids"][0],
        "text_ref": "text-1",
    }
    change = {"goal_refs": asked["goal_refs"], "clauses": [clause]}
    assert town.contracts.post(f"{path}/changes", LEAD, change).status == 201
    assert town.contracts.post(f"{path}/changes", LEAD, change).body["title"] == "CHANGE_WAITS"
    signed(town, asked)
    assert town.contracts.types()[-1] == "contract.amended"
    (shown,) = town.contracts.get(f"/cases/{asked['case_id']}/contracts", LEAD).body
    assert (shown["contract_version"], shown["status"]) == (2, "STARTED")
    assert [c["kind"] for c in shown["clauses"]] == ["LEISURE"]


def test_a_deviation_is_followed_up_step_by_step_and_the_case_waits_for_its_tasks(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    signed(town, asked)
    remember_stops(town)
    day = today(town.contracts).isoformat()
    report = {
        "deviation_id": new_id(),
        "contract_id": asked["contract_id"],
        "kind": "LATE",
        "severity": 2,
        "happened_on": day,
    }
    case, path = f"/cases/{asked['case_id']}", f"/deviations/{report['deviation_id']}"
    assert town.contracts.post(f"{case}/deviations", teacher, report).status == 201
    assert town.contracts.post(f"{path}/assessed", teacher, {"severity": 2}).status == 403
    judged = town.contracts.post(f"{path}/assessed", LEAD, {"severity": 2})
    assert judged.body["suggested_step"] == "F1_TALK_WITH_CONTACT"
    early = town.contracts.post(f"{path}/resolved", LEAD, {}, language="nn")
    assert (early.status, early.body["title"]) == (422, "ACCOUNT_MISSING")
    assert town.contracts.post(f"{path}/youth-account", LEAD, {"text_ref": "text-2"}).status == 201
    assert town.contracts.post(f"{path}/steps", LEAD, {"step": "F1_TALK_WITH_CONTACT"}).status == 201
    assert town.contracts.post(f"{path}/resolved", LEAD, {}).body["status"] == "RESOLVED"
    task = {"task_id": new_id(), "owner_id": teacher.person_id, "due_on": day}
    assert town.network.post(f"{case}/tasks", LEAD, task).status == 201
    town.contracts.hear(town.network)
    town.contracts.post(f"/contracts/{asked['contract_id']}/ended-early", LEAD, {"reason": "BY_AGREEMENT"})
    why = {"reason": "BY_AGREEMENT", "evaluation_missing": "NOT_WANTED"}
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["title"] == "TASKS_OPEN"
    done = f"/tasks/{task['task_id']}/completed"
    assert town.network.post(done, a_teacher(), {}).status == 404
    assert town.network.post(done, teacher, {"seen_version": 1}).body["status"] == "DONE"
    town.contracts.hear(town.network)
    assert town.contracts.post(f"{case}/closed", LEAD, why).status == 201
    assert town.contracts.parked() == town.network.parked() == 0


def test_a_case_is_not_closed_around_a_contract_that_waits_for_its_start(town: Town) -> None:
    starts_on = (today(town.contracts) + timedelta(days=3)).isoformat()
    asked = a_request(town.contracts, starts_on=starts_on)
    remember_stops(town)
    assert town.contracts.post("/contracts", LEAD, asked).status == 201
    case, why = f"/cases/{asked['case_id']}", {"reason": "BY_AGREEMENT"}
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["title"] == "STILL_RUNS"
    signed(town, asked)
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["title"] == "STILL_RUNS"
    ended = town.contracts.post(f"/contracts/{asked['contract_id']}/ended-early", LEAD, why)
    assert (ended.status, ended.body["status"]) == (201, "ENDED_EARLY")
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["status"] == "CLOSED"


def test_the_end_evaluation_of_one_contract_does_not_close_the_next(town: Town) -> None:
    asked = a_case(town)
    remember_stops(town)
    signed(town, asked)
    held = {
        "evaluation_id": new_id(),
        "kind": "END",
        "held_on": today(town.contracts).isoformat(),
        "goals": [{"goal_ref": asked["goal_refs"][0], "level": 2, "by": "YOUTH"}],
    }
    first = f"/contracts/{asked['contract_id']}"
    assert town.contracts.post(f"{first}/ended-early", LEAD, {"reason": "BY_AGREEMENT"}).status == 201
    assert town.contracts.post(f"{first}/evaluations", LEAD, held).status == 201
    again = {**asked, "contract_id": new_id()}
    assert town.contracts.post("/contracts", LEAD, again).status == 201
    signed(town, again)
    town.contracts.post(f"/contracts/{again['contract_id']}/ended-early", LEAD, {"reason": "BY_AGREEMENT"})
    case, why = f"/cases/{asked['case_id']}", {"reason": "BY_AGREEMENT"}
    assert town.contracts.post(f"{case}/closed", LEAD, why).body["title"] == "END_EVALUATION_MISSING"
    missing = {**why, "evaluation_missing": "NOT_WANTED"}
    assert town.contracts.post(f"{case}/closed", LEAD, missing).status == 201


def test_a_corrected_start_is_asked_about_the_age_on_that_day(town: Town) -> None:
    asked = a_case(town)
    answer_ages(town.contracts, AgeBand.UNDER_12)
    right = {"starts_on": (today(town.contracts) - timedelta(days=60)).isoformat()}
    path = f"/contracts/{asked['contract_id']}/start-corrected"
    answer = town.contracts.post(path, LEAD, right)
    assert (answer.status, answer.body["title"], answer.body["field"]) == (422, "AGE_UNDER_12", "starts_on")
    answer_ages(town.contracts, AgeBand.AGE_12_14)
    assert town.contracts.post(path, LEAD, right).status == 201
    assert town.contracts.types()[-2:] == ["contract.start_corrected", "evaluation.planned"]


def test_a_case_without_a_group_goes_to_a_colleague_when_the_lead_is_gone(town: Town) -> None:
    referral, boss, second = a_referral(), somebody(Role.UNIT_LEADER), somebody(Role.COORDINATOR)
    stops = remember_stops(town)
    path = f"/referrals/{referral['referral_id']}"
    town.contracts.post("/referrals", LEAD, referral)
    town.contracts.post(f"{path}/screened", LEAD, {})
    assert town.contracts.post(f"{path}/accepted", LEAD, {"programme": "FA_YOUTH_CONTRACT"}).status == 201
    here = Listed(second.roles, Agency.FELLES_ANSVAR, frozenset({"1804"}))
    elsewhere = (
        here._replace(municipality_nos=frozenset({"1841"})),
        here._replace(agency=Agency.KOMMUNE_SLT),
    )
    case = f"/cases/{referral['case_id']}"

    def asks(who: Actor, listed: Listed) -> Asked:
        town.contracts.process.app.dependency_overrides[listed_in_the_directory] = lambda: lambda _: listed
        return town.contracts.post(f"{case}/lead", who, {"to_id": second.person_id})

    for one in elsewhere:
        assert asks(boss, one).body["title"] == "NEW_LEAD_ELSEWHERE"
    assert asks(boss, here._replace(roles=frozenset())).body["title"] == "NEW_LEAD_MAY_NOT_LEAD"
    assert asks(boss, here).status == 201
    assert stops == [(LEAD.person_id, "LEAD_CHANGES")]
    town.network.hear(town.contracts)
    contract = a_request(
        town.contracts, case_id=referral["case_id"], youth_id=referral["youth_id"], members=[]
    )
    assert town.contracts.post("/contracts", LEAD, contract).status == 404
    assert town.contracts.post("/contracts", second, contract).status == 201
    town.network.hear(town.contracts)
    group = town.network.get(f"{case}/group", second).body
    assert (group["memberships"][0]["person_id"], group["memberships"][0]["function"]) == (
        second.person_id,
        "LEAD",
    )
