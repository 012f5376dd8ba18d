"""Eli's ungdomsstraff over every service on real Kafka: evaluated on the way, a new plan after a breach, and transferred in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backbone.clock import new_id
from backbone.refusal import Refused
from schemas.codes import Category
from tests.stories.sanctions import GUARDED, Konfliktraad, Sanction
from tests.system import System, eventually


@pytest.fixture(scope="module")
def cast(system: System) -> Konfliktraad:
    cast = Konfliktraad(system)
    cast.moves_in()
    return cast


def test_elis_penalty_from_the_court_to_kriminalomsorgen(system: System, cast: Konfliktraad) -> None:
    today = system.clock.moment().today
    eli = Sanction(cast, programme="YOUTH_PENALTY", born_on=today - timedelta(days=365 * 16 + 30))
    received = eli.is_received(imposed_by="COURT", months=24, offence_on=today - timedelta(days=120))
    assert received["status"] == "RECEIVED"
    eli.has_a_group()
    eli.is_found_suitable()
    eli.meets("YOUTH_PLAN")
    eli.gets_a_plan()
    (midway,) = eli.state_of("D-08", "OPEN")

    first = eli.breaks_it(severity=2)
    eli.is_warned(first)
    eli.after_breach(first, "resolved")
    leave = new_id()
    eli.of_plan(
        "travel-leaves",
        leave_id=leave,
        asked_on=eli.today().isoformat(),
        leaves_on=(eli.today() + timedelta(days=40)).isoformat(),
        returns_on=(eli.today() + timedelta(days=45)).isoformat(),
    )
    eli.state_of("D-38", "OPEN")
    eli.of_plan(f"travel-leaves/{leave}/answered", granted=False, reason="COLLIDES_WITH_MEASURES")
    eli.state_of("D-38", "MET")

    eli.time_passes(days=180)
    eli.is_evaluated("MIDWAY")
    eventually(
        lambda: [one for one in eli.state_of("D-08", "OPEN") if one["due_on"] > midway["due_on"]],
        what="the next evaluation, half a year on",
    )

    second = eli.breaks_it()
    eli.is_talked_with(second, "NEW_PLAN")
    eli.meets("YOUTH_PLAN", in_days=10)
    eli.is_tightened(second, step="U4_NEW_PLAN", kind="REPORTING")
    offence = {"offence_id": new_id(), "severity": "SERIOUS", "reported_by": "POLITI_FOREBYGGENDE"}
    assert eli.of_plan("new-offences", **offence)["status"] == "RUNNING"

    eli.time_passes(days=20)
    third = eli.breaks_it(severity=3)
    decision = eli.deposit(eli.youth_id, Category.CASE_STATUS, "TEXT", text="Overføres etter gjentatte brudd")
    sending = {
        "to": "KRIMINALOMSORG",
        "reason": "BREACH",
        "deviation_id": third,
        "decision_ref": decision,
        **GUARDED,
    }
    with pytest.raises(Refused, match="PENALTY_GOES_TO_CORRECTIONS"):
        eli.of_plan("sent-on", **{**sending, "to": "PATALEMYNDIGHET"})
    assert eli.of_plan("sent-on", **sending)["status"] == "TERMINATED"
    assert eli.case()["status"] == "WINDING_UP"
    letter = eli.is_told("SENT_ON")
    complaint = new_id()
    eli.of_plan("complaints", complaint_id=complaint, decision_id=letter, received_on=eli.today().isoformat())
    eli.state_of("D-25", "OPEN")
    eli.of_plan(f"complaints/{complaint}/answered", outcome="SENT_TO_APPEAL_BODY")
    eli.state_of("D-25", "MET")

    eli.told_in_order(
        "sanction.received",
        "suitability.assessed",
        "youth_plan.adopted",
        "oral_warning.given",
        "travel_leave.asked",
        "evaluation.held",
        "breach_conversation.held",
        "youth_plan.tightened",
        "new_offence.reported",
        "case.transferred_to_kriminalomsorgen",
        "youth_plan.terminated",
        "case.wound_up",
        "decision.delivered",
        "complaint.received",
        "complaint.answered",
    )
    trail = [event["type"] for event in eli.trail()]
    assert "consent.given" not in trail
    assert trail.count("youth_plan.terminated") == 1
    system.quiet()
