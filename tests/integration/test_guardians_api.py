"""Guardians over HTTP on real PostgreSQL, contracts and network hearing each other: who decides, who is kept out, and what of it network heeds."""

from __future__ import annotations

from typing import Any

import pytest

from backbone.clock import new_id
from backbone.refusal import Sentence, Unavailable
from backbone.work import Actor
from schemas.codes import Agency, Function, LeavingReason, Role
from schemas.guardian import GuardianChangeConfirmed, GuardianRestricted, ParentalResponsibilityChanged
from schemas.network_group import MemberJoined, MemberLeft
from services.contracts.stops import stop_at_the_gate
from tests.integration.rim import Asked, somebody
from tests.integration.test_contracts_api import today
from tests.integration.test_contracts_cases_api import remember_stops
from tests.integration.test_network_api import LEAD, Town, a_case, a_teacher, in_a_week, town

__all__ = ["town"]
pytestmark = pytest.mark.integration
LEADER = somebody(Role.UNIT_LEADER)


def title(asked: Asked) -> tuple[int, str]:
    return asked.status, asked.body["title"]


def hear(town: Town) -> None:
    town.network.hear(town.contracts)
    town.contracts.hear(town.network)


def of(asked: dict[str, Any], path: str = "") -> str:
    return f"/cases/{asked['case_id']}{path}"


def confirm(town: Town, asked: dict[str, Any], person: str, actor: Actor = LEADER) -> Asked:
    path = of(asked, f"/guardians/{person}/change-confirmed")
    return town.contracts.post(path, actor, {"grounds_ref": new_id()})


def restrict(town: Town, asked: dict[str, Any], actor: Actor = LEAD, **changes: Any) -> Asked:
    body = {
        "basis": "DANGER_TO_YOUTH",
        "from_on": today(town.contracts).isoformat(),
        "grounds_ref": new_id(),
        **changes,
    }
    return town.contracts.post(of(asked, f"/guardians/{asked['guardian_ids'][0]}/restricted"), actor, body)


def add(town: Town, asked: dict[str, Any], person: str, **changes: Any) -> Asked:
    body = {
        "person_id": person,
        "decision_maker": "PARENT",
        "source": "FOLKEREGISTER",
        "from_on": today(town.contracts).isoformat(),
        "identity_ref": new_id(),
        **changes,
    }
    return town.contracts.post(of(asked, "/guardians"), LEAD, body)


def change(town: Town, asked: dict[str, Any], person: str, **changes: Any) -> Asked:
    body = {
        "person_id": person,
        "decision_maker": "NO_RESPONSIBILITY",
        "source": "COURT",
        "from_on": today(town.contracts).isoformat(),
        **changes,
    }
    return town.contracts.post(of(asked, "/parental-responsibility"), LEAD, body)


def test_a_guardian_is_added_joins_the_group_and_leaves_it_when_removed(town: Town) -> None:
    asked, stops, grandmother = a_case(town), remember_stops(town), new_id()
    added = add(town, asked, grandmother, decision_maker="VERGE", source="APPOINTMENT")
    assert (added.status, added.body["deciders"]) == (201, [*asked["guardian_ids"], grandmother])
    hear(town)
    joined = town.network.published()[-1]
    assert isinstance(joined, MemberJoined)
    assert (joined.person_id, joined.function) == (grandmother, Function.GUARDIAN)
    path = of(asked, f"/guardians/{grandmother}/removed")
    stale = town.contracts.post(path, LEAD, {"reason": "APPOINTMENT_ENDED", "seen_version": 1})
    assert stale.status == 409
    assert town.contracts.post(path, LEAD, {"reason": "APPOINTMENT_ENDED"}).status == 201
    assert stops == [(grandmother, "GUARDIAN_REMOVED")]
    hear(town)
    left = town.network.published()[-1]
    assert isinstance(left, MemberLeft)
    assert (left.person_id, left.reason) == (grandmother, LeavingReason.NO_LONGER_GUARDIAN)
    shown = town.contracts.get(of(asked, "/guardians"), LEAD).body
    assert (shown["deciders"], shown["version"]) == (asked["guardian_ids"], 3)


def test_only_who_leads_registers_and_only_another_leader_lets_in_again(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    remember_stops(town)
    father = asked["guardian_ids"][0]
    assert restrict(town, asked, teacher).status == 403
    assert restrict(town, asked, somebody(Role.COORDINATOR)).status == 404
    assert town.contracts.get(of(asked, "/guardians"), somebody(Role.COORDINATOR)).status == 404
    assert restrict(town, asked).status == 201
    assert title(restrict(town, asked)) == (409, "RESTRICTED_ALREADY")
    lift, body = of(asked, f"/guardians/{father}/restriction-lifted"), {"reason": "UNFOUNDED"}
    assert title(town.contracts.post(lift, LEAD, body)) == (403, "ONLY_UNIT_LEADER")
    elsewhere = somebody(Role.UNIT_LEADER, agency=Agency.KOMMUNE_SLT)
    neighbour = LEADER._replace(person_id=new_id(), municipality_nos=frozenset({"1806"}))
    for other in (elsewhere, neighbour):
        assert town.contracts.post(lift, other, body).status == 404
    assert town.contracts.post(lift, LEADER, body).body["deciders"] == [father]


def test_nobody_signs_anything_new_until_another_leader_has_confirmed_who_is_out(town: Town) -> None:
    asked = a_case(town)
    remember_stops(town)
    (mother,), father = asked["guardian_ids"], new_id()
    assert add(town, asked, father).status == 201
    body = {"reason": "REPLACED"}
    assert town.contracts.post(of(asked, f"/guardians/{father}/removed"), LEAD, body).status == 201
    assert town.contracts.published()[-1].awaits_leader is True  # type: ignore[attr-defined]
    again = {**asked, "contract_id": new_id()}
    assert title(town.contracts.post("/contracts", LEAD, again)) == (422, "AWAITS_LEADER")
    path, grounds = of(asked, f"/guardians/{father}/change-confirmed"), {"grounds_ref": new_id()}
    assert title(town.contracts.post(path, LEAD, grounds)) == (403, "ONLY_UNIT_LEADER")
    assert (
        town.contracts.post(path, somebody(Role.UNIT_LEADER, agency=Agency.KOMMUNE_SLT), grounds).status
        == 404
    )
    assert town.contracts.post(path, LEADER, {**grounds, "seen_version": 1}).status == 409
    assert town.contracts.post(path, LEADER, grounds).body["deciders"] == [mother]
    event = town.contracts.published()[-1]
    assert isinstance(event, GuardianChangeConfirmed)
    assert (event.person_id, event.grounds_ref) == (father, grounds["grounds_ref"])
    assert title(town.contracts.post(path, LEADER, grounds)) == (409, "NOTHING_TO_CONFIRM")
    assert title(town.contracts.post("/contracts", LEAD, again)) == (409, "CONTRACT_RUNS")


@pytest.mark.parametrize("decision_maker", ["NO_RESPONSIBILITY", "SETTEVERGE"])
def test_nobody_signs_anything_new_until_another_leader_has_confirmed_whose_say_falls_away(
    town: Town, decision_maker: str
) -> None:
    asked, other = a_case(town), new_id()
    remember_stops(town)
    (mother,) = asked["guardian_ids"]
    if decision_maker == "SETTEVERGE":
        said = add(town, asked, other, decision_maker=decision_maker, source="APPOINTMENT")
    else:
        assert add(town, asked, other).status == 201
        said = change(town, asked, other)
    decide = [other] if decision_maker == "SETTEVERGE" else [mother]
    assert (said.status, said.body["deciders"]) == (201, decide)
    assert town.contracts.published()[-1].awaits_leader is True  # type: ignore[attr-defined]
    again = {**asked, "contract_id": new_id(), "guardian_ids": decide}
    assert title(town.contracts.post("/contracts", LEAD, again)) == (422, "AWAITS_LEADER")
    assert title(confirm(town, asked, other, LEAD)) == (403, "ONLY_UNIT_LEADER")
    assert title(confirm(town, asked, mother)) == (409, "NOTHING_TO_CONFIRM")
    assert confirm(town, asked, other).body["deciders"] == decide
    assert title(town.contracts.post("/contracts", LEAD, again)) == (409, "CONTRACT_RUNS")


def test_a_guardian_kept_out_by_a_leader_who_does_not_lead_the_case_is_confirmed_by_that(town: Town) -> None:
    asked = a_case(town)
    remember_stops(town)
    assert restrict(town, asked, LEADER).status == 201
    event = town.contracts.published()[-1]
    assert isinstance(event, GuardianRestricted)
    assert event.awaits_leader is False


def test_the_stop_is_set_before_anything_commits_and_no_stop_means_no_restriction(town: Town) -> None:
    asked = a_case(town)

    def unreachable() -> Any:
        def set_stop(*_: Any) -> None:
            raise Unavailable("SHARING_AWAY", Sentence("Borte.", "Borte.", "Away."))

        return set_stop

    town.contracts.process.app.dependency_overrides[stop_at_the_gate] = unreachable
    assert restrict(town, asked).status == 503
    assert "guardian.restricted" not in town.contracts.types()
    stops = remember_stops(town)
    assert restrict(town, asked).status == 201
    assert stops == [(asked["guardian_ids"][0], "GUARDIAN_RESTRICTED")]
    event = town.contracts.published()[-1]
    assert isinstance(event, GuardianRestricted)
    assert event.stop_id
    assert event.awaits_leader is True


def test_a_restricted_guardian_is_called_to_nothing_given_nothing_and_reads_nothing(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    remember_stops(town)
    father = asked["guardian_ids"][0]
    guardian = Actor(father, Agency.PRIVATE_NETWORK.value, frozenset({Role.AGENCY_MEMBER}))
    before = in_a_week(town, invited=[LEAD.person_id, teacher.person_id, father])
    assert town.network.post(of(asked, "/meetings"), LEAD, before).status == 201
    assert town.network.get(of(asked, "/meetings"), guardian).status == 200
    restrict(town, asked)
    hear(town)
    for path in ("/group", "/meetings", "/minutes", "/tasks", "/attendance"):
        assert title(town.network.get(of(asked, path), guardian)) == (403, "GUARDIAN_RESTRICTED")
        assert town.network.get(of(asked, path), teacher).status == 200
    refused = "GUARDIAN_RESTRICTED"
    call = in_a_week(town, kind="FOLLOW_UP", invited=[LEAD.person_id, father])
    assert title(town.network.post(of(asked, "/meetings"), LEAD, call)) == (422, refused)
    assert (
        town.network.post(of(asked, "/meetings"), LEAD, {**call, "invited": [LEAD.person_id]}).status == 201
    )
    reply = {"person_id": father, "answer": "COMES"}
    assert title(town.network.post(f"/meetings/{before['meeting_id']}/replies", LEAD, reply)) == (
        422,
        refused,
    )
    task = {"task_id": new_id(), "owner_id": father, "due_on": today(town.contracts).isoformat()}
    assert title(town.network.post(of(asked, "/tasks"), LEAD, task)) == (422, refused)
    task["owner_id"] = teacher.person_id
    assert town.network.post(of(asked, "/tasks"), LEAD, task).status == 201
    to_father = {"to_id": father, "due_on": task["due_on"]}
    path = f"/tasks/{task['task_id']}/reassigned"
    assert title(town.network.post(path, LEAD, to_father)) == (422, refused)
    members = town.network.get(of(asked, "/group"), teacher).body["memberships"]
    assert father in {one["person_id"] for one in members}, "others still see who is in the group"
    town.contracts.post(
        of(asked, f"/guardians/{father}/restriction-lifted"), LEADER, {"reason": "DANGER_OVER"}
    )
    hear(town)
    assert town.network.get(of(asked, "/meetings"), guardian).status == 200


def test_barnevern_with_care_decides_by_its_named_person_and_parents_are_told_by_the_decision(
    town: Town,
) -> None:
    caretaker = somebody(Role.AGENCY_MEMBER, agency=Agency.BARNEVERN)
    asked, stops = a_case(town, caretaker), remember_stops(town)
    father = asked["guardian_ids"][0]
    care = {"decision_maker": "BARNEVERN", "source": "CARE_DECISION"}
    assert title(change(town, asked, father, **care)) == (422, "CARE_BY_NAMED_PERSON")
    assert title(change(town, asked, caretaker.person_id, **{**care, "source": "DECLARED"})) == (
        422,
        "SOURCE_DOES_NOT_SHOW",
    )
    taken = change(town, asked, caretaker.person_id, **care)
    assert taken.body["deciders"] == [caretaker.person_id]
    assert stops == [(father, "CARE_TAKEN_OVER")]
    event = town.contracts.published()[-1]
    assert isinstance(event, ParentalResponsibilityChanged)
    assert len(event.stop_ids) == 1
    assert event.awaits_leader is True
    hear(town)
    call = in_a_week(town, invited=[LEAD.person_id, caretaker.person_id, father])
    assert title(town.network.post(of(asked, "/meetings"), LEAD, call)) == (422, "CARE_TAKEN_OVER")
    assert change(town, asked, caretaker.person_id, **care, parents_informed=True).status == 201
    hear(town)
    assert town.network.post(of(asked, "/meetings"), LEAD, call).status == 201
    signature = {"person_id": father, "role": "GUARDIAN", "method": "PAPER"}
    signature["signed_on"] = today(town.contracts).isoformat()
    path = f"/contracts/{asked['contract_id']}/signatures"
    assert title(town.contracts.post(path, LEAD, signature)) == (422, "OTHERS_DECIDE")
    assert title(confirm(town, asked, caretaker.person_id, LEAD)) == (403, "ONLY_UNIT_LEADER")
    assert confirm(town, asked, caretaker.person_id).body["deciders"] == [caretaker.person_id]
    ended = of(asked, f"/guardians/{caretaker.person_id}/removed")
    assert town.contracts.post(ended, LEAD, {"reason": "CARE_ENDED"}).body["deciders"] == [father]
    hear(town)
    group = town.network.get(of(asked, "/group"), caretaker)
    assert group.status == 200, "barnevern stays in the group"


def test_a_parents_own_word_takes_nothing_from_the_other(town: Town) -> None:
    asked = a_case(town)
    remember_stops(town)
    (mother,) = asked["guardian_ids"]
    father = new_id()
    assert add(town, asked, father, source="DECLARED").status == 201
    refused = change(town, asked, father, source="DECLARED")
    assert title(refused) == (422, "SOURCE_DOES_NOT_SHOW")
    assert "statsforvalteren" in refused.body["detail"]
    assert change(town, asked, father).body["deciders"] == [mother]


def test_the_situation_is_confirmed_and_a_language_is_written_down(town: Town) -> None:
    asked = a_case(town)
    youth = asked["youth_id"]
    assert town.contracts.post(of(asked, "/guardians/confirmed"), LEAD, {"seen_version": 1}).status == 201
    language = {"person_id": youth, "language": "SMJ", "basis": "SAMI_RIGHT"}
    assert town.contracts.post(of(asked, "/languages"), LEAD, language).status == 201
    assert title(town.contracts.post(of(asked, "/languages"), LEAD, language)) == (409, "NOTHING_CHANGED")
    stranger = {**language, "person_id": new_id()}
    assert title(town.contracts.post(of(asked, "/languages"), LEAD, stranger)) == (422, "NOBODY_OF_THE_CASE")
    assert town.contracts.get(of(asked, "/guardians"), LEAD).body["languages"] == {youth: "SMJ"}
    assert town.contracts.types()[-2:] == ["guardian_situation.confirmed", "preferred_language.set"]
