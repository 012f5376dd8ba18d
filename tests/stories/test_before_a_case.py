"""Before and around a case, over every service on real Kafka: a consultation without a name, a referral, a youth who is known in one
municipality and unknown in the next, a contract that cannot be signed unplanned, its evaluation, and a survey that points to nobody.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.calls import CalledRefused
from backbone.clock import new_id
from backbone.work import Actor, service_actor
from schemas.codes import Agency, Category, Role
from tests.stories.cast import BODO, Cast, Story
from tests.system import System, eventually, staff

FAUSKE = "1841"


def a_coordinator_of(cast: Cast, municipality_no: str) -> Actor:
    person = staff(new_id(), Agency.KOMMUNE_SLT, Role.COORDINATOR)
    entry = {
        "person_id": person.person_id,
        "agency": person.agency,
        "roles": ["COORDINATOR"],
        "municipality_nos": [municipality_no],
    }
    cast.system.calls.post("network", "/directory/people", actor=cast.operator, body=entry)
    return person._replace(municipality_nos=frozenset({municipality_no}))


def test_from_a_consultation_without_a_name_to_a_survey_that_points_to_nobody(
    system: System, cast: Cast
) -> None:
    kim = Story(cast)
    consults(kim)
    referral = refers(kim)
    is_screened_and_taken_on(kim, referral)
    kim.registers()
    kim.has_a_group()
    is_known_here_and_nowhere_else(kim)
    cannot_be_opened_twice(kim)
    kim.signs()
    is_evaluated(kim)
    answers_the_survey(kim)
    types = eventually(
        lambda: (trail := [event["type"] for event in kim.trail()]) and "goal.assessed" in trail and trail,
        what="the trail",
    )
    assert types.index("referral.received") < types.index("referral.accepted") < types.index("case.opened")
    assert types.index("evaluation.planned") < types.index("contract.signed") < types.index("evaluation.held")
    assert types.count("case.recognised") == 1
    assert not {"consultation.logged", "survey.answered"} & set(types)
    system.quiet()


def consults(kim: Story) -> None:
    """The teacher asks without a name; what was said is the teacher's own, and a number in it is refused."""
    asked = {
        "consultation_id": new_id(),
        "municipality_no": BODO,
        "held_on": kim.today().isoformat(),
        "themes": ["SCHOOL_ABSENCE"],
        "age": "AGE_12_14",
        "agencies": ["SKOLE_GRUNN", "PPT"],
        "advice": ["REFER_TO_FELLES_ANSVAR"],
    }
    numbered = {"consultation_id": asked["consultation_id"], "text": "Gjelder 318810 90050"}
    with pytest.raises(CalledRefused, match="NUMBER_IN_NOTE"):
        kim.post(kim.cast.teacher, "sharing", "/consultation-notes", numbered)
    kim.post(kim.cast.teacher, "contracts", "/consultations", asked)
    (own,) = kim.system.calls.get("contracts", "/consultations", actor=kim.cast.teacher)
    assert own["advice"] == ["REFER_TO_FELLES_ANSVAR"]


def refers(kim: Story) -> str:
    """The teacher refers Kim to the coordinator."""
    identity = new_id()
    body = {
        "ref": identity,
        "case_id": kim.case_id,
        "about_id": kim.youth_id,
        "category": Category.IDENTITY_CONTACT,
        "kind": "IDENTITY",
        "content": {"name": kim.name, "birth_on": kim.born_on},
    }
    kim.post(kim.cast.teacher, "sharing", "/deposits", body)
    referral_id = new_id()
    asked = {
        "case_id": kim.case_id,
        "referral_id": referral_id,
        "origin": "SCHOOL",
        "referrer_agency": "SKOLE_GRUNN",
        "reasons": ["SCHOOL_ABSENCE"],
        "urgency": "ORDINARY",
        "youth_knows": "YES",
        "municipality_no": BODO,
        "assigned_to": kim.cast.coordinator.person_id,
        "concern_on": (kim.today() - timedelta(days=10)).isoformat(),
        "youth_id": kim.youth_id,
        "identity_refs": [identity],
    }
    kim.post(kim.cast.teacher, "contracts", "/referrals", asked)
    return referral_id


def is_screened_and_taken_on(kim: Story, referral_id: str) -> None:
    """The coordinator reads who it is about, screens, and takes it on; the deadline for that is met."""
    names = {"case_ids": [kim.case_id]}
    eventually(
        lambda: kim.post(kim.cast.coordinator, "sharing", "/names", names)[0]["name"] == kim.name,
        what="the name that the one who screens may see",
    )
    path = f"/referrals/{referral_id}"
    kim.post(kim.cast.coordinator, "contracts", f"{path}/screened", {"seen_version": 1})
    said = {"how": "TELEPHONE", "acknowledged_on": kim.today().isoformat()}
    kim.post(kim.cast.coordinator, "contracts", f"{path}/acknowledged", said)
    kim.post(kim.cast.coordinator, "contracts", f"{path}/accepted", {"programme": "FA_YOUTH_CONTRACT"})
    eventually(lambda: is_met(kim, "D-34"), what="the screening in time")
    eventually(lambda: is_met(kim, "D-35"), what="the word that it has come in")


def is_met(kim: Story, kind: str) -> bool:
    return [one["state"] for one in kim.deadlines(kind)] == ["MET"]


def known_to(kim: Story, who: Actor) -> Any:
    """Somebody registers the same Kim under another reference, and asks whether the youth is known."""
    other = Story(kim.cast)
    body = {
        "ref": new_id(),
        "case_id": other.case_id,
        "about_id": other.youth_id,
        "category": Category.IDENTITY_CONTACT,
        "kind": "IDENTITY",
        "content": {"name": kim.name.upper(), "birth_on": kim.born_on},
    }
    kim.post(who, "sharing", "/deposits", body)
    asked = {"case_id": other.case_id, "youth_id": other.youth_id}
    return kim.post(who, "contracts", "/youths/known", asked)["cases"]


def is_known_here_and_nowhere_else(kim: Story) -> None:
    """A colleague in Bodø is told of the case and who leads it; one in Fauske hears as much as of somebody unknown."""
    (found,) = known_to(kim, a_coordinator_of(kim.cast, BODO))
    assert (found["case_id"], found["lead_id"]) == (kim.case_id, kim.cast.coordinator.person_id)
    assert known_to(kim, a_coordinator_of(kim.cast, FAUSKE)) == []


def cannot_be_opened_twice(kim: Story) -> None:
    """Under another reference, without a number: the coordinator is asked, and when it is the same youth, there is no second case."""
    again = Story(kim.cast)
    again.name = kim.name
    with pytest.raises(CalledRefused, match="SAME_YOUTH_UNANSWERED"):
        again.registers()
    with pytest.raises(CalledRefused, match="ONE_CASE_PER_PROGRAMME"):
        again.registers(same_youth=True, compared_with=[kim.case_id])


def is_evaluated(kim: Story) -> None:
    """Midway is due on the planned day; held with the youth's own view, and done-learnt-smart in the vault."""
    (midway,) = eventually(lambda: kim.deadlines("D-08"), what="the midway evaluation's deadline")
    due_on = date.fromisoformat(midway["due_on"])
    kim.time_passes(days=(due_on - kim.today()).days - 1)
    (contract,) = kim.system.calls.get(
        "contracts", f"/cases/{kim.case_id}/contracts", actor=kim.cast.coordinator
    )
    words = kim.deposit(
        kim.youth_id, Category.CASE_STATUS, "TEXT", gjort="Møtt hver dag", laert="Rutiner", lurt="Fortsette"
    )
    goal = contract["goal_refs"][0]
    body = {
        "evaluation_id": new_id(),
        "kind": "MIDWAY",
        "held_on": kim.today().isoformat(),
        "goals": [
            {"goal_ref": goal, "level": 2, "by": "YOUTH"},
            {"goal_ref": goal, "level": 3, "by": "LEAD"},
        ],
        "text_ref": words,
        "seen_version": contract["version"],
    }
    kim.post(kim.cast.coordinator, "contracts", f"/contracts/{kim.contract_id}/evaluations", body)
    eventually(lambda: kim.deadlines("D-08")[0]["state"] == "MET", what="the evaluation in time")
    opened = kim.opens(kim.cast.coordinator, words)
    assert opened[words]["content"]["lurt"] == "Fortsette"


def answers_the_survey(kim: Story) -> None:
    """Five answer with codes from a sheet; a quarter later the sums can be seen, and never who."""
    portal, lead = service_actor("portal"), kim.cast.coordinator
    sheet = kim.post(lead, "contracts", "/surveys/codes", {"municipality_no": BODO, "count": 6})
    for code in sheet["codes"][:5]:
        body = {"code": code, "respondent": "YOUTH", "was_heard": 4, "was_useful": 3}
        kim.system.calls.post("contracts", "/surveys/answers", actor=portal, body=body)
    again = {"code": sheet["codes"][0], "respondent": "YOUTH", "was_heard": 1}
    with pytest.raises(CalledRefused, match="SURVEY_CODE_UNKNOWN"):
        kim.system.calls.post("contracts", "/surveys/answers", actor=portal, body=again)

    def results() -> Any:
        return kim.system.calls.get("contracts", "/surveys/results", actor=lead, municipality_no=BODO)

    assert results() == []
    kim.time_passes(days=95)
    (quarter,) = eventually(results, what="the quarter's sums")
    assert (quarter["count"], quarter["was_heard"], quarter["was_useful"]) == (5, 4.0, 3.0)
