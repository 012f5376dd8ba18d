"""Giving without consent, and acting on a duty, through the HTTP interface and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, Role
from schemas.disclosure import DisclosureFollowedUp
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    POLICE,
    STRANGER,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration
HEAD_TEACHER = Actor(
    new_id(), Agency.SKOLE_GRUNN, frozenset({Role.UNIT_LEADER}), "head teacher", "nb", frozenset({"1804"})
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office
        office.decides_the_same_again()


def a_ground(office: Office, case: Case) -> str:
    ref = new_id()
    body = {"ref": ref, "case_id": case.case_id, "about_id": case.youth_id, "category": "SCHOOL_ATTENDANCE"}
    office.post("/deposits", {**body, "content": {"text": "fordi"}}, actor=TEACHER)
    return ref


def asked_for(office: Office, case: Case, **changes: Any) -> dict[str, Any]:
    always = ("grounds_ref", "necessity_ref", "less_intrusive_ref", "proportionality_ref")
    texts = ("statutory_task_of_the_giver", "near_and_factual_link")
    return {
        "disclosure_id": new_id(),
        "basis": "OWN_TASKS",
        "about_id": case.youth_id,
        "from_agency": "SKOLE_GRUNN",
        "to_agency": "POLITI_FOREBYGGENDE",
        "categories": ["SCHOOL_ATTENDANCE"],
        "purpose": "FOLLOW_UP",
        **{name: a_ground(office, case) for name in always},
        "condition_refs": {name: a_ground(office, case) for name in texts},
        "condition_codes": {"sector_limits_checked": "NONE_APPLY"},
        "asked_by": TEACHER.person_id,
        "given_how": "IN_THE_SYSTEM",
        "given_on": office.today,
        "opens_until": office.today + timedelta(days=7),
        "youth_told_on": office.today,
        "guardians_told_on": office.today,
        **changes,
    }


def test_a_leaders_decision_opens_the_category_and_is_named_as_the_basis(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    body = asked_for(office, case)
    path = f"/cases/{case.case_id}/disclosures"
    office.post(path, body, actor=TEACHER, status=403)
    office.post(path, {**body, "asked_by": HEAD_TEACHER.person_id}, actor=HEAD_TEACHER, status=403)
    in_fauske = HEAD_TEACHER._replace(municipality_nos=frozenset({"1841"}))
    office.post(path, body, actor=in_fauske, status=403)
    office.post(path, body, actor=HEAD_TEACHER)
    seen = office.open(case, ref)
    assert (seen["content"], seen["basis"]) == ({"text": TEXT}, "OWN_TASKS")
    assert seen["disclosure_id"] == body["disclosure_id"]
    (listed,) = office.call("GET", path).json()
    assert (listed["law"], listed["provision"]) == ("FVL_1967", "§ 13 b nr. 5")
    assert office.call("GET", path, actor=STRANGER).status_code == 403


def test_after_a_withdrawal_another_basis_is_never_used_silently(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    office.say(office.a_consent(case), "withdrawn", case.signers[0])
    path, body = f"/cases/{case.case_id}/disclosures", asked_for(office, case)
    answer = office.call("POST", path, body, actor=HEAD_TEACHER)
    assert (answer.status_code, answer.json()["title"]) == (422, "DESPITE_A_NO")
    assert office.open(case, ref)["reason"] == "CONSENT_WITHDRAWN"
    office.post(path, {**body, "despite_withdrawal_ref": a_ground(office, case)}, actor=HEAD_TEACHER)
    assert office.open(case, ref)["basis"] == "OWN_TASKS"


def test_grounds_must_lie_in_the_vault_in_the_same_case(office: Office) -> None:
    case, other = office.a_case(), office.a_case()
    path = f"/cases/{case.case_id}/disclosures"
    for ref in (new_id(), a_ground(office, other)):
        answer = office.call("POST", path, asked_for(office, case, necessity_ref=ref), actor=HEAD_TEACHER)
        assert answer.json()["title"] == "NO_SUCH_TEXT"


def test_a_deferral_is_reviewed_by_the_lead_or_the_decider_only(office: Office) -> None:
    case = office.a_case()
    later = {"tell_review_on": office.today + timedelta(days=20), "deferral": "INVESTIGATION"}
    body = asked_for(office, case, youth_told_on=None, **later)
    path = f"/cases/{case.case_id}/disclosures"
    office.post(path, body, actor=HEAD_TEACHER)
    told = {"youth_told_on": office.today}
    office.post(f"{path}/{body['disclosure_id']}/reviewed", told, actor=POLICE, status=403)
    office.post(f"{path}/{body['disclosure_id']}/reviewed", told, actor=LEAD)
    (listed,) = office.call("GET", path).json()
    assert listed["youth_told_on"] == office.today.isoformat()


def test_a_disclosure_is_followed_up_once_by_the_lead_or_the_decider_only(office: Office) -> None:
    case = office.a_case()
    body = asked_for(office, case, follow_up_on=office.today + timedelta(days=7))
    path, on = f"/cases/{case.case_id}/disclosures", {"followed_up_on": office.today}
    office.post(path, body, actor=HEAD_TEACHER)
    done = f"{path}/{body['disclosure_id']}/followed-up"
    for actor in (POLICE, STRANGER):
        office.post(done, on, actor=actor, status=403)
    office.post(f"{path}/{new_id()}/followed-up", on, status=404)
    office.post(
        f"/cases/{office.a_case().case_id}/disclosures/{body['disclosure_id']}/followed-up", on, status=404
    )
    office.post(done, {"followed_up_on": office.today + timedelta(days=1)}, status=422)
    office.post(done, on, actor=HEAD_TEACHER)
    office.post(done, on, actor=LEAD, status=409)
    (listed,) = office.call("GET", path).json()
    assert listed["followed_up_on"] == office.today.isoformat()
    told = [one.event for one in office.published(case.case_id)]
    followed = [event for event in told if isinstance(event, DisclosureFollowedUp)]
    assert [event.disclosure_id for event in followed] == [body["disclosure_id"]]


@pytest.mark.parametrize("step", ["reviewed", "followed-up"])
def test_a_strictly_protected_case_is_not_there_for_a_decider_or_a_lead_who_is_not_cleared(
    office: Office, step: str
) -> None:
    case = office.a_case()
    later = {"tell_review_on": office.today + timedelta(days=20), "deferral": "INVESTIGATION"}
    body = asked_for(office, case, youth_told_on=None, follow_up_on=office.today, **later)
    path = f"/cases/{case.case_id}/disclosures"
    office.post(path, body, actor=HEAD_TEACHER)
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_6"})
    day = "youth_told_on" if step == "reviewed" else "followed_up_on"
    asked, said = f"{path}/{body['disclosure_id']}/{step}", {day: office.today}
    for actor in (HEAD_TEACHER, LEAD):
        answer = office.call("POST", asked, said, actor=actor)
        assert (answer.status_code, answer.json()["title"]) == (404, "NO_SUCH_CASE")
    cleared = {"person_id": LEAD.person_id}
    office.post(f"/cases/{case.case_id}/clearances", cleared, actor=LEADER)
    office.post(asked, said, actor=LEAD)


def test_a_duty_is_acted_on_with_nobodys_leave_and_recorded_afterwards_without_content(
    office: Office,
) -> None:
    case = office.a_case()
    act = {
        "act_id": new_id(),
        "duty": "CHILD_WELFARE_REPORT",
        "method": "TELEPHONE",
        "acted_on": office.today,
    }
    path = f"/cases/{case.case_id}/duties"
    office.post(path, act, actor=STRANGER)
    office.post(f"{path}/{act['act_id']}/confirmed", {"on": office.today}, actor=TEACHER, status=403)
    office.post(f"{path}/{act['act_id']}/confirmed", {"on": office.today}, actor=STRANGER)
    office.post(f"{path}/{act['act_id']}/answered", {"on": office.today}, actor=STRANGER)
    types = [fact.event.type for fact in office.published(case.case_id)]
    assert types[-3:] == ["duty.acted_on", "duty.confirmed", "duty.feedback_received"]


def test_the_bases_are_given_as_data_for_forms_and_for_the_page_of_rules(office: Office) -> None:
    rules = office.call("GET", "/rules/bases").json()
    assert len(rules["bases"]) == 16


def test_a_reviewer_is_a_person_and_not_a_text(office: Office) -> None:
    case = office.a_case()
    conditions = {"how_identification_was_removed": a_ground(office, case), "reviewer": new_id()}
    body = asked_for(
        office,
        case,
        basis="ANONYMISED",
        condition_refs=conditions,
        condition_codes={"group_size": "UNDER_10"},
        given_how="ORALLY",
        opens_until=None,
    )
    office.post(f"/cases/{case.case_id}/disclosures", body, actor=TEACHER)
