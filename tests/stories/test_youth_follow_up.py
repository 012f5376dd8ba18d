"""Ali's ungdomsoppfølging over every service on real Kafka: a breach that ends in stricter terms, and a plan that is fulfilled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backbone.clock import new_id
from backbone.refusal import Refused
from tests.stories.sanctions import Konfliktraad, Sanction
from tests.system import System, eventually


@pytest.fixture(scope="module")
def cast(system: System) -> Konfliktraad:
    cast = Konfliktraad(system)
    cast.moves_in()
    return cast


def test_alis_follow_up_from_the_decision_through_stricter_terms_to_fulfilment(
    system: System, cast: Konfliktraad
) -> None:
    today = system.clock.moment().today
    ali = Sanction(cast, programme="YOUTH_FOLLOW_UP", born_on=today - timedelta(days=365 * 16 + 200))
    ali.is_received(imposed_by="PROSECUTION", months=6, offence_on=today - timedelta(days=90))
    ali.has_a_group()
    (plan_due,) = eventually(lambda: ali.deadlines("D-02"), what="the deadline of the plan")
    assert plan_due["due_on"] == (today + timedelta(days=60)).isoformat()
    ali.declares_secrecy(cast.police)
    eventually(
        lambda: ali.opens(cast.police, ali.identity)[ali.identity]["outcome"] == "DENY",
        what="the gate's no before the plan",
    )

    ali.meets("YOUTH_PLAN")
    with pytest.raises(Refused):
        ali.of_plan(
            "adopted",
            adopted_on=ali.today().isoformat(),
            goal_refs=["g"],
            own_goal_refs=["g"],
            measures=[ali.measure()],
            confirmed=True,
        )
    ali.consents_to_taking_part()
    adopted = ali.gets_a_plan()
    assert ali.case()["status"] == "ACTIVE"
    ali.state_of("D-02", "MET")
    ali.state_of("D-05", "OPEN")
    eventually(
        lambda: ali.opens(cast.police, ali.identity)[ali.identity]["outcome"] == "PERMIT",
        what="the gate's yes to the team of a plan",
    )

    breach = ali.breaks_it()
    ali.state_of("D-39", "OPEN")
    ali.is_warned(breach)
    ali.is_talked_with(breach, "STRICTER_TERMS")
    ali.state_of("D-39", "MET")
    ali.is_tightened(breach, step="U3_STRICTER_TERMS", kind="HOME_AT_FIXED_TIME")
    ali.is_told("STRICTER_TERMS")
    ali.state_of("D-24", "OPEN")
    assert ali.after_breach(breach, "resolved")["status"] == "RESOLVED"
    ali.meets("FOLLOW_UP", in_days=14)

    ali.time_passes(days=190)
    ali.is_evaluated("END")
    assert ali.of_plan("fulfilled")["status"] == "FULFILLED"
    assert ali.case()["status"] == "WINDING_UP"
    ali.state_of("D-20", "OPEN")
    ali.time_passes(days=30)
    checked = {"check": "ONE_MONTH", "outcome": "TALKED", "checked_on": ali.today().isoformat()}
    ali.post(cast.coordinator, "contracts", f"/cases/{ali.case_id}/aftercare", checked)
    ali.state_of("D-20", "MET")
    closed = {"reason": "COMPLETED", "outcome": "GOALS_REACHED"}
    ali.post(cast.coordinator, "contracts", f"/cases/{ali.case_id}/closed", closed)

    assert adopted["status"] == "RUNNING"
    ali.told_in_order(
        "sanction.received",
        "network_group.formed",
        "consent.given",
        "youth_plan.adopted",
        "deviation.reported",
        "oral_warning.given",
        "breach_conversation.held",
        "youth_plan.tightened",
        "decision.delivered",
        "deviation.resolved",
        "youth_plan.fulfilled",
        "case.wound_up",
        "aftercare.checked",
        "case.closed",
    )
    system.quiet()


def test_a_youth_who_was_fourteen_at_the_offence_gets_no_sanction_though_older_now(
    system: System, cast: Konfliktraad
) -> None:
    today = system.clock.moment().today
    child = Sanction(cast, programme="YOUTH_FOLLOW_UP", born_on=today - timedelta(days=365 * 15 + 60))
    with pytest.raises(Refused) as refused:
        child.is_received(imposed_by="PROSECUTION", months=6, offence_on=today - timedelta(days=300))
    assert "UNDER_15_AT_OFFENCE" in str(refused.value)
    assert "arneverntjenesten" in refused.value.sentence.nb
    assert new_id() != child.plan_id
