"""Sanctions over HTTP on real PostgreSQL, contracts and network hearing each other: from the decision to where a breach ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from schemas.codes import AgeBand, Agency, Function, Role
from schemas.network_group import MemberJoined, NetworkGroupFormed
from services.contracts.ages import AgeBandOn, age_band_at_the_gate
from tests.integration.rim import Asked, somebody
from tests.integration.test_contracts_cases_api import remember_stops
from tests.integration.test_network_api import Town, in_a_week, town

__all__ = ["town"]
pytestmark = pytest.mark.integration
LEAD = somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)
POLICE = somebody(Role.AGENCY_MEMBER, agency=Agency.POLITI_FOREBYGGENDE)
GUARDED = {"guardians_told": True, "counsel": "TOLD"}


def today(town: Town) -> date:
    return town.contracts.process.desk.clock.moment().today


def a_sanction(town: Town, **changes: Any) -> dict[str, Any]:
    asked = {
        "case_id": new_id(),
        "plan_id": new_id(),
        "programme": "YOUTH_PENALTY",
        "municipality_no": "1804",
        "youth_id": new_id(),
        "guardian_ids": [new_id()],
        "imposed_by": "COURT",
        "decided_on": (today(town) - timedelta(days=7)).isoformat(),
        "offence_on": (today(town) - timedelta(days=100)).isoformat(),
        "months": 12,
        "identity_refs": ["identity-1"],
        "members": [
            {"person_id": POLICE.person_id, "agency": "POLITI_FOREBYGGENDE", "function": "CONTROL_OWNER"}
        ],
    }
    return {**asked, **changes}


def received(town: Town, **changes: Any) -> dict[str, Any]:
    asked = a_sanction(town, **changes)
    assert town.contracts.post("/sanctions", LEAD, asked).status == 201
    both_hear(town)
    return asked


def both_hear(town: Town) -> None:
    town.network.hear(town.contracts)
    town.contracts.hear(town.network)


def on(town: Town, asked: dict[str, Any], what: str, **body: Any) -> Asked:
    return town.contracts.post(f"/youth-plans/{asked['plan_id']}/{what}", LEAD, body)


def after_breach(town: Town, deviation_id: str, what: str, **body: Any) -> Asked:
    return town.contracts.post(f"/deviations/{deviation_id}/{what}", LEAD, body)


def a_measure(asked: dict[str, Any], kind: str = "SCHOOL") -> dict[str, Any]:
    return {
        "clause_id": new_id(),
        "kind": kind,
        "owed_by": asked["youth_id"],
        "controlling_owner": POLICE.person_id,
        "supporting_owner": asked["guardian_ids"][0],
        "text_ref": "measure-1",
    }


def a_plan(asked: dict[str, Any], town: Town) -> dict[str, Any]:
    return {
        "adopted_on": today(town).isoformat(),
        "goal_refs": ["goal-1"],
        "own_goal_refs": ["goal-1"],
        "measures": [a_measure(asked)],
        "confirmed": True,
    }


def plan_meeting_is_held(town: Town, asked: dict[str, Any]) -> None:
    day = (today(town) - timedelta(days=1)).isoformat()
    call = in_a_week(town, kind="YOUTH_PLAN", invited=[POLICE.person_id], starts_local=f"{day}T13:00")
    assert town.network.post(f"/cases/{asked['case_id']}/meetings", LEAD, call).status == 201
    held = {"held_on": day, "present": [POLICE.person_id]}
    answer = town.network.post(f"/meetings/{call['meeting_id']}/held", LEAD, held)
    assert answer.status == 201, answer.body
    both_hear(town)


def adopted(town: Town) -> dict[str, Any]:
    asked = received(town)
    judged = {"result": "SUITABLE", "assessed_on": today(town).isoformat(), "youth_view_ref": "view-1"}
    assert on(town, asked, "suitability", **judged).status == 201
    plan_meeting_is_held(town, asked)
    answer = on(town, asked, "adopted", **a_plan(asked, town))
    assert (answer.status, answer.body.get("status")) == (201, "RUNNING"), answer.body
    return asked


def a_breach(town: Town, asked: dict[str, Any]) -> str:
    deviation_id = new_id()
    body = {
        "deviation_id": deviation_id,
        "contract_id": asked["plan_id"],
        "kind": "SCHOOL_ABSENCE",
        "severity": 3,
        "happened_on": today(town).isoformat(),
    }
    path = f"/cases/{asked['case_id']}/deviations"
    assert town.contracts.post(path, POLICE, body).status == 201
    assert after_breach(town, deviation_id, "assessed", severity=3).status == 201
    assert after_breach(town, deviation_id, "youth-account", text_ref="own-1").status == 201
    return deviation_id


def test_a_sanction_opens_a_case_and_its_team_is_formed(town: Town) -> None:
    asked = received(town)
    formed, *joined = town.network.published()
    assert isinstance(formed, NetworkGroupFormed)
    functions = {one.person_id: one.function for one in joined if isinstance(one, MemberJoined)}
    assert functions == {
        LEAD.person_id: Function.LEAD,
        asked["youth_id"]: Function.YOUTH,
        asked["guardian_ids"][0]: Function.GUARDIAN,
        POLICE.person_id: Function.CONTROL_OWNER,
    }
    (plan,) = town.contracts.get(f"/cases/{asked['case_id']}/youth-plans", POLICE).body
    assert (plan["status"], plan["participation"]) == ("RECEIVED", "SUITABILITY")
    assert (
        town.contracts.get(f"/cases/{asked['case_id']}/youth-plans", somebody(Role.AGENCY_MEMBER)).status
        == 404
    )
    assert town.contracts.post("/sanctions", LEAD, asked).body["title"] == "PLAN_EXISTS"
    again = a_sanction(town, youth_id=asked["youth_id"])
    assert town.contracts.post("/sanctions", LEAD, again).body["title"] == "ONE_CASE_PER_PROGRAMME"


def test_only_a_youth_coordinator_takes_a_sanction_in(town: Town) -> None:
    asked = a_sanction(town)
    assert town.contracts.post("/sanctions", somebody(Role.COORDINATOR), asked).status == 403
    assert town.contracts.types() == []


def test_the_age_is_asked_of_the_gate_for_the_day_of_the_offence(town: Town) -> None:
    asked = a_sanction(town)

    def ages() -> AgeBandOn:
        def answer(case_id: str, youth_id: str, day: date) -> AgeBand:
            return AgeBand.AGE_12_14 if day.isoformat() == asked["offence_on"] else AgeBand.AGE_15

        return answer

    town.contracts.process.app.dependency_overrides[age_band_at_the_gate] = ages
    refused = town.contracts.post("/sanctions", LEAD, asked, language="nn")
    assert (refused.status, refused.body["title"]) == (422, "UNDER_15_AT_OFFENCE")
    assert "Barnevernstenesta" in refused.body["detail"]
    assert "sanction.received" not in town.contracts.types()


def test_a_plan_waits_for_its_meeting_and_then_makes_the_case_active(town: Town) -> None:
    asked = received(town)
    early = on(town, asked, "adopted", **a_plan(asked, town))
    assert early.body["title"] == "PLAN_MEETING_MISSING"
    plan_meeting_is_held(town, asked)
    assert on(town, asked, "adopted", **a_plan(asked, town)).body["title"] == "SUITABILITY_MISSING"
    adopted(town)
    assert town.contracts.parked() == town.network.parked() == 0


def test_a_breach_goes_from_warning_to_stricter_terms_and_every_step_is_a_persons(town: Town) -> None:
    asked = adopted(town)
    assert town.contracts.get(f"/cases/{asked['case_id']}", LEAD).body["status"] == "ACTIVE"
    breach = a_breach(town, asked)
    day = today(town).isoformat()
    ticked = after_breach(town, breach, "steps", step="U1_ORAL_WARNING")
    assert ticked.body["title"] == "STEP_HAS_FORM"
    assert after_breach(town, breach, "oral-warning", given_on=day).body["title"] == "WARNING_NOTE_MISSING"
    warned = after_breach(town, breach, "oral-warning", given_on=day, text_ref="note-1")
    assert (warned.status, warned.body["suggested_step"]) == (201, "U2_BREACH_TALK")
    talk = {"held_on": day, "outcome": "STRICTER_TERMS", **GUARDED, "guardians_told": False}
    assert after_breach(town, breach, "breach-conversation", **talk).body["title"] == "GUARDIANS_NOT_TOLD"
    talked = after_breach(town, breach, "breach-conversation", **{**talk, **GUARDED})
    assert talked.body["suggested_step"] == "U3_STRICTER_TERMS"
    stricter = {
        "step": "U3_STRICTER_TERMS",
        "deviation_id": breach,
        "measures": [a_measure(asked), a_measure(asked, "REPORTING")],
        **GUARDED,
    }
    assert on(town, asked, "tightened", **stricter, seen_version=1).status == 409
    assert on(town, asked, "tightened", **stricter).status == 201
    (plan,) = town.contracts.get(f"/cases/{asked['case_id']}/youth-plans", LEAD).body
    assert [version["number"] for version in plan["versions"]] == [1, 2]
    assert after_breach(town, breach, "resolved").body["status"] == "RESOLVED"


def test_a_broken_penalty_is_sent_to_kriminalomsorgen_and_the_youth_may_complain(town: Town) -> None:
    asked = adopted(town)
    breach = a_breach(town, asked)
    sending = {
        "to": "KRIMINALOMSORG",
        "reason": "BREACH",
        "deviation_id": breach,
        "decision_ref": "decision-1",
        **GUARDED,
    }
    wrong = on(town, asked, "sent-on", **{**sending, "to": "PATALEMYNDIGHET"})
    assert wrong.body["title"] == "PENALTY_GOES_TO_CORRECTIONS"
    assert on(town, asked, "sent-on", **sending).body["status"] == "TERMINATED"
    assert town.contracts.types()[-5:] == [
        "case.transferred_to_kriminalomsorgen",
        "youth_plan.terminated",
        "deviation.followed_up",
        "deviation.escalated",
        "case.wound_up",
    ]
    letter = {
        "decision_id": new_id(),
        "kind": "SENT_ON",
        "delivered_on": today(town).isoformat(),
        "method": "ON_PAPER",
        "rights_told": True,
    }
    assert on(town, asked, "decisions", **{**letter, "rights_told": False}).body["title"] == "RIGHTS_NOT_TOLD"
    assert on(town, asked, "decisions", **letter).status == 201
    complaint = new_id()
    words = {
        "complaint_id": complaint,
        "decision_id": letter["decision_id"],
        "received_on": letter["delivered_on"],
    }
    assert on(town, asked, "complaints", **words).status == 201
    answer = on(town, asked, f"complaints/{complaint}/answered", outcome="SENT_TO_APPEAL_BODY")
    assert answer.status == 201


def test_a_complaint_can_put_the_measures_on_hold_by_decision_only(town: Town) -> None:
    asked = adopted(town)
    day = today(town)
    letter = {
        "decision_id": new_id(),
        "kind": "PLAN",
        "delivered_on": day.isoformat(),
        "method": "IN_MEETING",
        "rights_told": True,
    }
    on(town, asked, "decisions", **letter)
    words = {"decision_id": letter["decision_id"], "received_on": day.isoformat()}
    case = f"/cases/{asked['case_id']}"
    assert on(town, asked, "complaints", complaint_id=new_id(), **words).status == 201
    assert town.contracts.get(case, LEAD).body["status"] == "ACTIVE"
    until = (day + timedelta(days=20)).isoformat()
    assert on(town, asked, "complaints", complaint_id=new_id(), **words, pause_until=until).status == 201
    assert town.contracts.get(case, LEAD).body["status"] == "PAUSED"


def test_a_journey_and_a_new_offence_are_written_down_and_decide_nothing(town: Town) -> None:
    asked = adopted(town)
    day, leave = today(town), new_id()
    journey = {
        "leave_id": leave,
        "asked_on": day.isoformat(),
        "leaves_on": (day + timedelta(days=40)).isoformat(),
        "returns_on": (day + timedelta(days=47)).isoformat(),
    }
    assert on(town, asked, "travel-leaves", **journey).status == 201
    no_reason = on(town, asked, f"travel-leaves/{leave}/answered", granted=False)
    assert no_reason.body["title"] == "LEAVE_REASON_MISSING"
    refused = on(town, asked, f"travel-leaves/{leave}/answered", granted=False, reason="ASKED_TOO_LATE")
    assert refused.status == 201
    offence = on(
        town,
        asked,
        "new-offences",
        offence_id=new_id(),
        severity="SERIOUS",
        reported_by="POLITI_FOREBYGGENDE",
    )
    assert offence.body["status"] == "RUNNING"


def test_death_ends_the_plan_with_the_case_and_a_received_sanction_holds_an_ordinary_closing(
    town: Town,
) -> None:
    remember_stops(town)
    asked = received(town)
    case = f"/cases/{asked['case_id']}"
    held = town.contracts.post(f"{case}/closed", LEAD, {"reason": "BY_AGREEMENT"})
    assert held.body["title"] == "STILL_RUNS"
    assert town.contracts.post(f"{case}/closed", LEAD, {"reason": "DEATH"}).status == 201
    assert town.contracts.types()[-2:] == ["youth_plan.terminated", "case.closed"]


def test_the_prosecutions_answer_stands_on_a_voluntary_case(town: Town) -> None:
    asked = received(town)
    path = f"/cases/{asked['case_id']}/prosecution-acceptance"
    body = {"accepted": True, "admitted": True, "answered_on": today(town).isoformat(), "answer_ref": "a-1"}
    assert town.contracts.post(path, LEAD, body).body["title"] == "SANCTION_IS_DECIDED"


def test_the_right_to_complain_does_not_end_with_the_case(town: Town) -> None:
    asked = adopted(town)
    remember_stops(town)
    day = today(town).isoformat()
    assert on(town, asked, "terminated", reason="DECIDED_ELSEWHERE").status == 201
    closes = {"reason": "NEW_SANCTION", "evaluation_missing": "NOT_WANTED"}
    assert town.contracts.post(f"/cases/{asked['case_id']}/closed", LEAD, closes).status == 201
    decision, complaint = new_id(), new_id()
    told = {"kind": "TERMINATION", "delivered_on": day, "method": "IN_MEETING", "rights_told": True}
    assert on(town, asked, "decisions", decision_id=decision, **told).status == 201
    says = {"complaint_id": complaint, "decision_id": decision, "received_on": day}
    assert on(town, asked, "complaints", **says).status == 201
    assert on(town, asked, f"complaints/{complaint}/answered", outcome="DECISION_STANDS").status == 201
    offence = {"offence_id": new_id(), "severity": "SERIOUS", "reported_by": "POLITI_FOREBYGGENDE"}
    assert on(town, asked, "new-offences", **offence).body["title"] == "CASE_CLOSED"
