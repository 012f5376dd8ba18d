"""Agendas, minutes, mediations, forums and group facts over HTTP on real PostgreSQL, with the replay that must give the same rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from backbone.clock import new_id
from backbone.history import as_it_counts, drop_rows, remade_tables
from backbone.identity_number import with_control_digits
from backbone.work import service_actor, work_on
from schemas.codes import Agency, ProtectionLevel, Role
from schemas.event import decode
from schemas.local_time import OSLO
from schemas.protection import AddressProtectionSet
from tests.integration.rim import Asked, somebody
from tests.integration.test_network_api import LEAD, Town, a_case, a_teacher, in_a_week, town

__all__ = ["town"]
pytestmark = pytest.mark.integration
REF = "0192f0c1-2b3a-7c4d-8e5f-6a7b8c9d0e1f"


def yesterday(town: Town, **changes: Any) -> dict[str, Any]:
    now = town.network.process.desk.clock.moment().decided_at.astimezone(OSLO)
    day = (now - timedelta(days=1)).date().isoformat()
    return in_a_week(town, starts_local=f"{day}T13:00", **changes)


def held(town: Town, case_id: str, *others: str, **changes: Any) -> dict[str, Any]:
    """A meeting that was yesterday, entered as held; nobody was away."""
    asked = yesterday(town, invited=[LEAD.person_id, *others], **changes)
    assert town.network.post(f"/cases/{case_id}/meetings", LEAD, asked).status == 201
    body = {"held_on": asked["starts_local"][:10], "present": asked["invited"]}
    assert town.network.post(f"/meetings/{asked['meeting_id']}/held", LEAD, body).status == 201
    return asked


def settle(town: Town, meeting_id: str, item_id: str) -> Asked:
    body = {"item_id": item_id, "outcome": "AGREED", "text_ref": REF}
    return town.network.post(f"/meetings/{meeting_id}/agenda/settled", LEAD, body)


def issue(town: Town, meeting_id: str, receivers: list[str], **changes: Any) -> Asked:
    body = {"receivers": receivers, "no_tasks": True, **changes}
    return town.network.post(f"/meetings/{meeting_id}/minutes/issued", LEAD, body)


def titles(*answers: Asked) -> list[str]:
    return [str(answer.body.get("title", answer.status)) for answer in answers]


def replays_the_same(town: Town) -> None:
    """Folding everything anew gives the same rows in every replayed table, those of mediations and forums too."""
    desk = town.network.process.desk
    actor, moment = service_actor("network"), desk.clock.moment()
    with work_on(desk.engine, desk.service, moment=moment, actor=actor) as work:
        tables = remade_tables(desk.service)
        before = {
            table.name: work.query(select(table).order_by(*table.primary_key)).all() for table in tables
        }
        cases = work.query(text("SELECT DISTINCT case_id FROM history")).scalars().all()
        for case_id in cases:
            history = as_it_counts(work, case_id, own=desk.service.name)
            drop_rows(work, desk.service, case_id)
            for fact, _ in history:
                if fold := desk.service.folds.get(type(fact.event)):
                    fold(work, fact)
        for table in tables:
            again = work.query(select(table).order_by(*table.primary_key)).all()
            assert again == before[table.name], table.name


def test_minutes_from_draft_to_correction(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    case_id = asked["case_id"]
    own = {"item_id": new_id(), "kind": "YOUTHS_OWN_WORDS"}
    meeting = held(town, case_id, teacher.person_id, items=[own])["meeting_id"]
    path = f"/meetings/{meeting}/minutes"
    draft = {"text_refs": [REF], "seen_version": None}
    assert titles(town.network.post(path, teacher, draft)) == ["ONLY_LEADING"]
    assert town.network.post(path, LEAD, draft).status == 201
    assert town.network.get(f"/cases/{case_id}/minutes", teacher).body == []
    task = {"task_id": new_id(), "owner_id": asked["youth_id"], "due_on": "2999-01-01"}
    early = issue(town, meeting, [teacher.person_id])
    assert (early.status, early.body["title"]) == (422, "WHO_MAY_SAY_WHAT_FIRST")
    assert settle(town, meeting, meeting).status == 201
    none = issue(town, meeting, [teacher.person_id], no_tasks=False)
    assert titles(none) == ["TASKS_OR_NONE"]
    out = issue(town, meeting, [teacher.person_id], no_tasks=False, tasks=[task], seen_version=1)
    assert (out.status, out.body["status"], out.body["number"]) == (201, "ISSUED", 1)
    assert titles(town.network.post(path, LEAD, draft)) == ["MINUTES_ALREADY_ISSUED"]
    (shown,) = town.network.get(f"/cases/{case_id}/minutes", teacher).body
    assert (shown["present"], shown["task_ids"]) == (
        [LEAD.person_id, teacher.person_id],
        [task["task_id"]],
    )
    comment = {"comment_id": new_id(), "person_id": teacher.person_id, "text_ref": REF}
    assert town.network.post(f"{path}/comments", teacher, comment).status == 201
    wait = town.network.post(f"{path}/confirmed", LEAD, {}, language="nn")
    assert (wait.status, wait.body["title"]) == (422, "COMMENTS_WAIT")
    assert "er vurderte" in wait.body["detail"]
    new = {"text_refs": [new_id()], "reason": "COMMENT_TAKEN_IN"}
    corrected = town.network.post(f"{path}/corrected", LEAD, new)
    assert (corrected.status, corrected.body["number"]) == (201, 2)
    assert town.network.post(f"{path}/confirmed", LEAD, {}).body["status"] == "CONFIRMED"
    (shown,) = town.network.get(f"/cases/{case_id}/minutes", teacher).body
    assert [version["number"] for version in shown["versions"]] == [1, 2]
    assert shown["receivers"] == [teacher.person_id]
    replays_the_same(town)


def test_what_nothing_came_of_stands_on_the_agenda_of_the_next_meeting(town: Town) -> None:
    asked = a_case(town)
    own = {"item_id": new_id(), "kind": "GOALS"}
    meeting = held(town, asked["case_id"], items=[own])["meeting_id"]
    settle(town, meeting, meeting)
    following = in_a_week(town)
    town.network.post(f"/cases/{asked['case_id']}/meetings", LEAD, following)
    town.network.post(f"/meetings/{meeting}/minutes", LEAD, {"text_refs": [REF]})
    assert issue(town, meeting, [LEAD.person_id]).status == 201
    meetings = {
        m["meeting_id"]: m for m in town.network.get(f"/cases/{asked['case_id']}/meetings", LEAD).body
    }
    assert [i["item_id"] for i in meetings[following["meeting_id"]]["items"]] == [own["item_id"]]
    late = {"item_id": new_id(), "text_ref": REF}
    assert town.network.post(f"/meetings/{following['meeting_id']}/agenda", LEAD, late).status == 201


def test_absence_is_counted_by_whose_it_was(town: Town) -> None:
    asked = a_case(town)
    youth = asked["youth_id"]
    body = yesterday(town, invited=[LEAD.person_id, youth])
    town.network.post(f"/cases/{asked['case_id']}/meetings", LEAD, body)
    attendance = {
        "held_on": body["starts_local"][:10],
        "present": [LEAD.person_id],
        "absent": [youth],
        "reasons": {youth: "NO_TRANSPORT"},
    }
    assert town.network.post(f"/meetings/{body['meeting_id']}/held", LEAD, attendance).status == 201
    count = town.network.get(f"/cases/{asked['case_id']}/attendance", LEAD).body
    assert count["absences"] == {"SERVICES": 1}


def test_an_interpreter_is_asked_for_in_the_call_and_never_the_youth(town: Town) -> None:
    asked = a_case(town)
    guardian = asked["guardian_ids"][0]
    body = in_a_week(town, invited=[LEAD.person_id, guardian], interpreted=[guardian])
    assert town.network.post(f"/cases/{asked['case_id']}/meetings", LEAD, body).status == 201
    path = f"/meetings/{body['meeting_id']}/interpreter/booked"
    refused = town.network.post(path, LEAD, {"interpreter_id": asked["youth_id"]})
    assert titles(refused) == ["FAMILY_NEVER_INTERPRETS"]
    assert town.network.post(path, LEAD, {}).status == 201
    assert "interpreter.booked" in town.network.types()


def test_the_group_never_gets_into_a_mediation_and_no_meeting_is_called_without_the_victims_yes(
    town: Town,
) -> None:
    teacher = a_teacher()
    mediator = somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)
    asked = a_case(town, teacher, mediator)
    case_id, record, victim = asked["case_id"], new_id(), new_id()
    call = in_a_week(town, kind="MEDIATION")
    path = f"/cases/{case_id}/meetings"
    assert titles(town.network.post(path, LEAD, call)) == ["VICTIM_HAS_NOT_SAID_YES"]
    for taken in (case_id, a_case(town, teacher)["case_id"]):
        over = town.network.post(f"/cases/{case_id}/mediations", mediator, {"mediation_id": taken})
        assert titles(over) == ["RECORD_EXISTS"]
    opened = town.network.post(f"/cases/{case_id}/mediations", mediator, {"mediation_id": record})
    assert opened.status == 201
    party = {"party_id": victim, "party": "VICTIM"}
    assert town.network.post(f"/mediations/{record}/parties", LEAD, party).status == 404
    assert town.network.post(f"/mediations/{record}/parties", mediator, party).status == 201
    today = town.network.process.desk.clock.moment().today.isoformat()
    says = {"says_yes": True, "method": "PAPER", "given_on": today}
    assert titles(town.network.post(path, LEAD, call)) == ["VICTIM_HAS_NOT_SAID_YES"]
    answer = town.network.post(f"/mediations/{record}/parties/{victim}/answer", mediator, says)
    assert answer.body["victims_consent"] is True
    assert town.network.post(path, LEAD, call).status == 201
    for stranger in (LEAD, teacher, somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)):
        assert town.network.get(f"/mediations/{record}", stranger).status in (403, 404)
    assert town.network.get("/mediations", LEAD).body == []
    assert [one["case_id"] for one in town.network.get("/mediations", mediator).body] == [record]
    about_the_case = [body for _, case, body in town.network._outbox(0) if case == case_id]
    assert not any(victim.encode() in body or record.encode() in body for body in about_the_case)
    replays_the_same(town)


def test_a_victim_who_takes_the_yes_back_calls_the_meeting_off_and_nobody_is_told_why(town: Town) -> None:
    mediator = somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)
    asked = a_case(town, mediator)
    case_id, record, victim = asked["case_id"], new_id(), new_id()
    town.network.post(f"/cases/{case_id}/mediations", mediator, {"mediation_id": record})
    town.network.post(f"/mediations/{record}/parties", mediator, {"party_id": victim, "party": "VICTIM"})
    today = town.network.process.desk.clock.moment().today.isoformat()
    says = {"says_yes": True, "method": "PAPER", "given_on": today}
    answer = f"/mediations/{record}/parties/{victim}/answer"
    assert town.network.post(answer, mediator, says).status == 201
    called, network = in_a_week(town, kind="RESTORATIVE"), in_a_week(town)
    for body in (called, network):
        assert town.network.post(f"/cases/{case_id}/meetings", LEAD, body).status == 201
    assert town.network.post(answer, mediator, {**says, "says_yes": False}).status == 201
    meetings = {m["meeting_id"]: m for m in town.network.get(f"/cases/{case_id}/meetings", LEAD).body}
    assert meetings[called["meeting_id"]]["status"] == "CANCELLED"
    assert meetings[called["meeting_id"]]["cancelled_for"] == "NOT_POSSIBLE"
    assert meetings[network["meeting_id"]]["status"] == "CALLED"
    replays_the_same(town)


def test_a_meeting_with_a_victim_is_not_moved_when_another_victim_has_come_and_not_said_yes(
    town: Town,
) -> None:
    mediator = somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)
    asked = a_case(town, mediator)
    case_id, record, victim = asked["case_id"], new_id(), new_id()
    town.network.post(f"/cases/{case_id}/mediations", mediator, {"mediation_id": record})
    parties = f"/mediations/{record}/parties"
    town.network.post(parties, mediator, {"party_id": victim, "party": "VICTIM"})
    today = town.network.process.desk.clock.moment().today.isoformat()
    says = {"says_yes": True, "method": "PAPER", "given_on": today}
    town.network.post(f"{parties}/{victim}/answer", mediator, says)
    called = in_a_week(town, kind="MEDIATION")
    assert town.network.post(f"/cases/{case_id}/meetings", LEAD, called).status == 201
    town.network.post(parties, mediator, {"party_id": new_id(), "party": "VICTIM"})
    later = {**in_a_week(town), "minutes": 30, "reason": "AGENCY_CANNOT"}
    moved = {name: later[name] for name in ("starts_local", "minutes", "reason")}
    answer = town.network.post(f"/meetings/{called['meeting_id']}/moved", LEAD, moved)
    assert titles(answer) == ["VICTIM_HAS_NOT_SAID_YES"]


def test_a_forum_has_members_of_its_own_and_takes_nothing_that_points_at_somebody(town: Town) -> None:
    chair = somebody(Role.YOUTH_COORDINATOR, agency=Agency.KONFLIKTRAAD)
    outsider, forum, session = a_teacher(), new_id(), new_id()
    assert town.network.post("/forums", chair, {"forum_id": forum}).status == 201
    assert town.network.get(f"/forums/{forum}", outsider).status == 404
    today = town.network.process.desk.clock.moment().today.isoformat()
    met = {"session_id": session, "held_on": today, "present": [chair.person_id]}
    assert titles(town.network.post(f"/forums/{forum}/sessions", chair, met)) == ["FORUM_SECRECY_FIRST"]
    declared = {"text_version": "2026-1"}
    assert town.network.post(f"/forums/{forum}/secrecy-declarations", chair, declared).status == 201
    assert town.network.post(f"/forums/{forum}/sessions", chair, met).status == 201
    number = next(filter(None, (with_control_digits(f"018510{n}") for n in range(123, 200))))
    matter = {"matter_id": new_id(), "themes": ["VIOLENCE"], "advice": "OTHER_MEASURE"}
    path = f"/forums/{forum}/sessions/{session}/matters"
    refused = town.network.post(path, chair, {**matter, "text": f"Han har nummer {number}"})
    assert titles(refused) == ["NAMELESS"]
    assert number not in str(refused.body)
    assert town.network.post(path, chair, {**matter, "text": "Vold på vei hjem fra skolen"}).status == 201
    shown = town.network.get(f"/forums/{forum}", chair).body
    assert shown["texts"] == {matter["matter_id"]: "Vold på vei hjem fra skolen"}
    assert not any(b"skolen" in body for _, _, body in town.network._outbox(0))
    replays_the_same(town)


def test_youths_who_are_not_to_meet_are_not_called_at_the_same_time(town: Town) -> None:
    mine, theirs = a_case(town), a_case(town)
    path = f"/cases/{mine['case_id']}/no-contact"
    body = {"other_case_id": theirs["case_id"]}
    stranger = somebody(Role.COORDINATOR)
    assert town.network.post(path, stranger, body).status == 404
    assert titles(town.network.post(path, LEAD, {"other_case_id": mine["case_id"]})) == ["SAME_CASE"]
    assert town.network.post(path, LEAD, body).status == 201
    assert titles(town.network.post(path, LEAD, body)) == ["BARRED_ALREADY"]
    first = in_a_week(town, invited=[LEAD.person_id, theirs["youth_id"]])
    assert town.network.post(f"/cases/{theirs['case_id']}/meetings", LEAD, first).status == 201
    second = in_a_week(town, invited=[LEAD.person_id, mine["youth_id"]])
    refused = town.network.post(f"/cases/{mine['case_id']}/meetings", LEAD, second)
    assert titles(refused) == ["NO_CONTACT_AT_THAT_TIME"]
    assert theirs["case_id"] not in str(refused.body)
    video = {**second, "mode": "VIDEO"}
    assert town.network.post(f"/cases/{mine['case_id']}/meetings", LEAD, video).status == 201
    assert town.network.post(f"{path}/lifted", LEAD, body).status == 201


def test_siblings_have_a_meeting_and_minutes_each_and_nobody_reads_across(town: Town) -> None:
    teacher = a_teacher()
    one, other = a_case(town, teacher), a_case(town)
    meetings = {case["case_id"]: held(town, case["case_id"]) for case in (one, other)}
    for case_id, meeting in meetings.items():
        settle(town, meeting["meeting_id"], meeting["meeting_id"])
        path = f"/meetings/{meeting['meeting_id']}/minutes"
        town.network.post(path, LEAD, {"text_refs": [new_id()]})
        assert issue(town, meeting["meeting_id"], [LEAD.person_id]).status == 201
        assert len(town.network.get(f"/cases/{case_id}/minutes", LEAD).body) == 1
    assert len(town.network.get(f"/cases/{one['case_id']}/minutes", teacher).body) == 1
    assert town.network.get(f"/cases/{other['case_id']}/minutes", teacher).status == 404
    assert town.network.get(f"/cases/{other['case_id']}/attendance", teacher).status == 404


def test_a_mentors_certificate_other_plans_and_a_declaration_on_paper(town: Town) -> None:
    teacher = a_teacher()
    asked = a_case(town, teacher)
    case_id, mentor = asked["case_id"], new_id()
    today = town.network.process.desk.clock.moment().today.isoformat()
    member = {"person_id": mentor, "agency": "FRIVILLIG_ORG", "function": "MENTOR"}
    assert town.network.post(f"/cases/{case_id}/members", LEAD, member).status == 201
    path = f"/cases/{case_id}/members/{mentor}/certificate"
    assert titles(town.network.post(path, teacher, {"shown_on": today})) == ["ONLY_LEADING"]
    assert town.network.post(path, LEAD, {"shown_on": today}).status == 201
    paper = {"text_version": "2026-1", "person_id": mentor}
    declared = f"/cases/{case_id}/secrecy-declarations"
    assert titles(town.network.post(declared, teacher, paper)) == ["ONLY_LEADING"]
    assert town.network.post(declared, LEAD, paper).status == 201
    plans = {
        "child_coordinator": "YES",
        "individual_plan": "ASKED",
        "coordinator_id": teacher.person_id,
    }
    assert town.network.post(f"/cases/{case_id}/coordination", LEAD, plans).status == 201
    group = town.network.get(f"/cases/{case_id}/group", LEAD).body
    assert group["coordination"]["child_coordinator"] == "YES"
    (shown,) = [m for m in group["memberships"] if m["person_id"] == mentor]
    assert (shown["certificate_on"], shown["declared"]) == (today, "2026-1")


def test_a_strictly_confidential_address_gets_no_place(town: Town) -> None:
    asked = a_case(town)
    desk = town.contracts.process.desk  # any service but network: the log does not care who says it
    with work_on(desk.engine, desk.service, moment=desk.clock.moment(), actor=service_actor("x")) as work:
        work.publish(asked["case_id"], AddressProtectionSet(level=ProtectionLevel.CODE_6))
    town.network.hear(town.contracts)
    body = in_a_week(town, place_ref=REF)
    path = f"/cases/{asked['case_id']}/meetings"
    assert titles(town.network.post(path, LEAD, body)) == ["NO_PLACE_FOR_PROTECTED"]
    assert town.network.post(path, LEAD, {**body, "place_ref": None}).status == 201
    (called,) = [
        decode(body).envelope.id for _, _, body in town.network._outbox(0) if b"meeting.called" in body
    ]
    right = {"event_id": called, "fields": {"place_ref": REF}, "reason": "KNOWN_LATER"}
    corrections = f"/cases/{asked['case_id']}/corrections"
    assert titles(town.network.post(corrections, LEAD, right)) == ["NO_PLACE_FOR_PROTECTED"]
    assert town.network.post(corrections, LEAD, {**right, "fields": {"mode": "VIDEO"}}).status == 201


def test_the_year_of_a_forum_is_entered_by_its_lead_and_by_nobody_else(town: Town) -> None:
    chair = somebody(Role.COORDINATOR, agency=Agency.KOMMUNE_SLT)
    member, forum, today = a_teacher(), new_id(), town.network.process.desk.clock.moment().today
    path, day = f"/forums/{forum}", today.isoformat()
    opened = town.network.post("/forums", chair, {"forum_id": forum, "kind": "STEERING"})
    assert opened.status == 201, opened.body
    session, agreement, item = new_id(), new_id(), new_id()
    ahead = (today + timedelta(days=30)).isoformat()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("sessions/planned", {"session_id": session, "meets_on": ahead}),
        (f"sessions/{session}/invitations", {"sent_on": day}),
        ("agreements", {"agreement_id": agreement, "parties": ["NAV", "BUP"], "signed_on": day}),
        (f"agreements/{agreement}/revised", {"revised_on": day}),
        (
            "year-wheel",
            {"item_id": item, "activity": "BUDGET", "month": 3, "person_id": chair.person_id},
        ),
        (f"year-wheel/{item}/done", {"done_on": day}),
        (f"sessions/{session}/cancelled", {"reason": "NOT_NEEDED"}),
        ("sessions", {"session_id": new_id(), "held_on": day, "present": [chair.person_id]}),
    ]
    for way, body in steps:
        assert town.network.post(f"{path}/{way}", member, body).status in (403, 404)
        answer = town.network.post(f"{path}/{way}", chair, body)
        assert answer.status == 201, (way, answer.body)
    assert titles(town.network.post(f"{path}/sessions/{session}/invitations", chair, {"sent_on": day})) == [
        "NOT_PLANNED"
    ]
    work = town.network.get(path, chair).body["work"]
    assert work["agreements"][agreement]["parties"] == ["NAV", "BUP"]
    assert work["wheel"][item]["next_on"].endswith("-03-31")
    assert town.network.post(f"{path}/closed", chair, {}).status == 201
    assert titles(town.network.post(f"{path}/sessions/planned", chair, steps[0][1])) == ["FORUM_CLOSED"]
    replays_the_same(town)


def test_the_list_of_forums_is_ones_own_and_a_page_long(town: Town) -> None:
    chair, other = (somebody(Role.COORDINATOR, agency=Agency.KOMMUNE_SLT) for _ in range(2))
    made = sorted(new_id() for _ in range(3))
    for forum in made:
        assert town.network.post("/forums", chair, {"forum_id": forum, "kind": "GATHERING"}).status == 201
    town.network.post("/forums", other, {"forum_id": new_id()})

    def page(query: str) -> list[str]:
        return [one["case_id"] for one in town.network.get(f"/forums{query}", chair).body]

    assert page("") == made
    assert page("?limit=2") == made[:2]
    assert page(f"?limit=2&after={made[1]}") == made[2:]
    assert town.network.get("/forums?limit=1000", chair).status == 422
