"""A whole Felles ansvar case over every service on real Kafka: from the school's referral to what becomes of what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from tests.stories.long_story import FullCast, LongStory
from tests.system import System, eventually

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def cast(system: System) -> FullCast:
    cast = FullCast(system)
    cast.moves_in()
    return cast


def test_a_case_from_the_referral_to_aftercare(cast: FullCast) -> None:
    kim = LongStory(cast)
    begins(kim, cast)
    works_together(kim, cast)
    goes_wrong_and_is_put_right(kim, cast)
    is_changed_evaluated_and_prolonged(kim)
    is_handed_over(kim, cast)
    ends(kim, cast)
    kim.system.quiet()


def begins(kim: LongStory, cast: FullCast) -> None:
    """Referred by the school, accepted, registered with an evaluation plan; it starts when everyone has signed, not before."""
    kim.is_referred()
    assert kim.state()["referral_id"]
    ends_on = kim.registers_with()["ends_on"]
    assert ends_on == (kim.today() + relativedelta(months=6)).isoformat()
    kim.has_a_group()
    assert kim.state()["status"] == "OPENED"
    kim.everyone_signs()
    assert kim.state()["status"] == "ACTIVE"
    kim.comes_true("the beginning on the log", "referral.accepted", "evaluation.planned", "contract.started")


def works_together(kim: LongStory, cast: FullCast) -> None:
    """The group is formed, declares its secrecy, meets in time; somebody gets a task and does it."""
    for member in (cast.teacher, cast.police):
        kim.declares_secrecy(member)
    eventually(lambda: kim.deadlines("D-01"), what="the deadline of the first meeting")
    meeting = kim.calls_a_meeting(in_days=7)
    task = kim.gets_a_task(cast.teacher)
    kim.time_passes(days=7)
    kim.holds(meeting)
    kim.post(cast.teacher, "network", f"/tasks/{task}/completed", {})
    eventually(lambda: kim.deadlines("D-01")[0]["state"] == "MET", what="the first meeting in time")
    eventually(lambda: kim.deadlines("D-04"), what="the deadline of the next meeting")


def goes_wrong_and_is_put_right(kim: LongStory, cast: FullCast) -> None:
    """The school reports; the lead hears the youth, judges, takes the step that is suggested, and ends it."""
    deviation = kim.deviates()
    eventually(lambda: kim.deadlines("D-14"), what="the deadline for judging it")
    kim.follows_up(deviation)
    eventually(
        lambda: kim.deadlines("D-15") and kim.deadlines("D-15")[0]["state"] == "MET", what="followed up"
    )
    told = eventually(lambda: kim.notices(cast.coordinator), what="the lead's notices")
    assert "DEVIATION_REPORTED" in {notice["kind"] for notice in told}


def is_changed_evaluated_and_prolonged(kim: LongStory) -> None:
    """A clause is added, halfway the goals are judged with the youth, and the contract is prolonged once."""
    first = kim.clause("SCHOOL", owed_by=kim.youth_id)
    kim.proposes(clauses=[first, kim.clause("LEISURE", owed_by=kim.cast.teacher.person_id)])
    assert contract(kim)["contract_version"] == 1, "the old one is in force until everyone has signed"
    kim.everyone_signs()
    assert contract(kim)["contract_version"] == 2
    kim.time_passes(days=80)
    eventually(lambda: kim.deadlines("D-08"), what="the deadline of the midway evaluation")
    kim.evaluates("MIDWAY", 1)
    eventually(lambda: kim.deadlines("D-08")[0]["state"] == "MET", what="evaluated midway")
    starts = kim.today() - timedelta(days=87)
    kim.proposes(clauses=contract(kim)["clauses"], ends_on=starts + relativedelta(months=9))
    kim.everyone_signs()
    assert contract(kim)["ends_on"] == (starts + relativedelta(months=9)).isoformat()
    path = f"/contracts/{kim.contract_id}/changes"
    further = {"goal_refs": kim.goal_refs, "clauses": contract(kim)["clauses"]}
    later = (starts + relativedelta(months=10)).isoformat()
    assert kim.refused("contracts", path, {**further, "ends_on": later}) == "EXTENDED_ONCE"


def contract(kim: LongStory) -> dict[str, Any]:
    """The contract as its owner has it."""
    (found,) = kim.system.calls.get("contracts", f"/cases/{kim.case_id}/contracts", actor=kim.lead)
    return dict(found)


def is_handed_over(kim: LongStory, cast: FullCast) -> None:
    """Another coordinator takes over with what is open; the one who led opens nothing as lead any more."""
    joins = {"person_id": cast.second.person_id, "agency": cast.second.agency, "function": "DEPUTY"}
    kim.leads("network", f"/cases/{kim.case_id}/members", joins)

    def known() -> bool:
        return cast.second.person_id in {m["person_id"] for m in kim.has_a_group()["memberships"]}

    eventually(known, what="the deputy in the group")
    taking_over = {"to_id": cast.second.person_id}
    kim.leads("contracts", f"/cases/{kim.case_id}/lead", taking_over)
    kim.lead = cast.second
    eventually(
        lambda: "YOU_LEAD" in {notice["kind"] for notice in kim.notices(cast.second)},
        what="the new lead's notice",
    )
    waiting = eventually(
        lambda: [d for d in all_deadlines(kim) if d["state"] == "OPEN" and d["kind"].startswith("D-1")],
        what="what waits",
    )
    eventually(
        lambda: (
            {d["owner_id"] for d in all_deadlines(kim) if d["deadline_id"] == waiting[0]["deadline_id"]}
            == {cast.second.person_id}
        ),
        what="the deadlines with their new owner",
    )


def all_deadlines(kim: LongStory) -> list[dict[str, str]]:
    found = kim.system.calls.get("scheduler", f"/cases/{kim.case_id}/deadlines", actor=kim.lead)
    return list(found)


def ends(kim: LongStory, cast: FullCast) -> None:
    """Evaluated at the end, run through its time, wound up, closed with an outcome; then what is kept is decided."""
    left = (date_of(contract(kim)["ends_on"]) - kim.today()).days
    kim.time_passes(days=left - 5)
    kim.evaluates("END", 3)
    assert kim.refused("contracts", f"/contracts/{kim.contract_id}/completed") == "END_NOT_COME"
    kim.time_passes(days=6)
    kim.leads("contracts", f"/contracts/{kim.contract_id}/completed")
    assert kim.state()["status"] == "WINDING_UP"
    ref = kim.school_writes("Til stede hver dag")
    eventually(lambda: kim.answer_for(cast.teacher, ref)[0] == "PERMIT", what="the school's own words")
    closing = {"reason": "COMPLETED", "outcome": "GOALS_REACHED"}
    kim.leads("contracts", f"/cases/{kim.case_id}/closed", closing)
    assert kim.is_shut_for(cast.teacher, ref)
    eventually(lambda: kim.deadlines("D-30"), what="the deadline of what is kept")
    eventually(
        lambda: "CASE_CLOSED" in {notice["kind"] for notice in kim.notices(cast.teacher)},
        what="the group's notice",
    )
    decided = {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"}
    kim.leads("sharing", f"/cases/{kim.case_id}/retention/reviewed", decided)
    eventually(lambda: kim.deadlines("D-30")[0]["state"] == "MET", what="what is kept, reviewed")
    eventually(lambda: kim.deadlines("D-31"), what="the deadline of the removal")
    kim.leads("sharing", f"/cases/{kim.case_id}/erasure/proposed")
    kim.post(cast.leader, "sharing", f"/cases/{kim.case_id}/erasure/approved", {})
    kim.comes_true("the end on the log", "case.closed", "retention.reviewed", "case.content_erased")
    eventually(lambda: kim.deadlines("D-31")[0]["state"] == "MET", what="the content is gone")


def date_of(text: object) -> date:
    return date.fromisoformat(str(text))
