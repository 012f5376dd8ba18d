"""Correcting and striking over HTTP on real PostgreSQL, in the two services that register most: state follows, refusals name the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from backbone.clock import new_id
from schemas.codes import AgeBand, Agency, Role
from services.contracts.app import ROUTERS, SERVICE
from services.network.app import ROUTERS as NETWORK_ROUTERS
from services.network.app import SERVICE as NETWORK
from tests.integration.rim import Asked, Rim, a_rim, somebody
from tests.integration.test_contracts_api import a_request, a_signature, answer_ages

pytestmark = pytest.mark.integration
LEAD = somebody(Role.COORDINATOR)
TEACHER = somebody(Role.AGENCY_MEMBER, agency=Agency.SKOLE_GRUNN)
POLICE = somebody(Role.AGENCY_MEMBER, agency=Agency.POLITI_FOREBYGGENDE)
STRANGER = somebody(Role.COORDINATOR)


class Office(NamedTuple):
    """Both services, and a running contract with its group."""

    contracts: Rim
    network: Rim
    case_id: str
    contract_id: str
    today: Any

    def hear(self) -> None:
        self.network.hear(self.contracts)
        self.contracts.hear(self.network)

    def last(self, rim: Rim, type_name: str) -> str:
        """The id of the newest event of a type that the service has published."""
        with rim.process.desk.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT event_id FROM outbox WHERE type = %s ORDER BY id DESC LIMIT 1", (type_name,)
            )
            return str(found.scalar_one())

    def correct(self, rim: Rim, who: Any, event_id: str, **fields: Any) -> Asked:
        body = {"event_id": event_id, "fields": fields, "reason": "WRITTEN_WRONGLY"}
        return rim.post(f"/cases/{self.case_id}/corrections", who, body)

    def void(self, rim: Rim, who: Any, event_id: str) -> Asked:
        body = {"event_id": event_id, "reason": "WRONG_CASE"}
        return rim.post(f"/cases/{self.case_id}/voidings", who, body)

    def deviates(self) -> str:
        """The teacher reports a deviation; gives the event's id."""
        body = {
            "deviation_id": new_id(),
            "contract_id": self.contract_id,
            "kind": "LATE",
            "severity": 2,
            "happened_on": self.today.isoformat(),
        }
        assert self.contracts.post(f"/cases/{self.case_id}/deviations", TEACHER, body).status == 201
        return self.last(self.contracts, "deviation.reported")

    def deviations(self) -> list[dict[str, Any]]:
        return list(self.contracts.get(f"/cases/{self.case_id}/deviations", LEAD).body)

    def meets(self) -> str:
        """A meeting was called and held; gives the id of the event that says it was held."""
        meeting_id = new_id()
        people = [TEACHER.person_id, POLICE.person_id]
        called = {
            "meeting_id": meeting_id,
            "kind": "NETWORK",
            "mode": "IN_PERSON",
            "starts_local": f"{(self.today - timedelta(days=3)).isoformat()}T13:00",
            "minutes": 60,
            "invited": people,
        }
        assert self.network.post(f"/cases/{self.case_id}/meetings", LEAD, called).status == 201
        held = {"held_on": self.today.isoformat(), "present": people}
        assert self.network.post(f"/meetings/{meeting_id}/held", LEAD, held).status == 201
        return self.last(self.network, "meeting.held")

    def meeting(self) -> dict[str, Any]:
        (found,) = self.network.get(f"/cases/{self.case_id}/meetings", LEAD).body
        return dict(found)


@pytest.fixture
def office(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Office]:
    with (
        a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as contracts,
        a_rim(database_url, a_namespace, tmp_path, NETWORK, NETWORK_ROUTERS) as network,
    ):
        answer_ages(contracts, AgeBand.AGE_15)
        members = [
            {"person_id": TEACHER.person_id, "agency": "SKOLE_GRUNN", "function": "SUPPORT_OWNER"},
            {"person_id": POLICE.person_id, "agency": "POLITI_FOREBYGGENDE", "function": "CONTROL_OWNER"},
        ]
        began = (contracts.process.desk.clock.moment().today - timedelta(days=30)).isoformat()
        asked = a_request(contracts, members=members, starts_on=began)
        assert contracts.post("/contracts", LEAD, asked).status == 201
        for person, role in ((asked["youth_id"], "YOUTH"), (asked["guardian_ids"][0], "GUARDIAN")):
            path = f"/contracts/{asked['contract_id']}/signatures"
            signature = a_signature(contracts, person, role, signed_on=began)
            assert contracts.post(path, LEAD, signature).status == 201
        made = Office(
            contracts,
            network,
            asked["case_id"],
            asked["contract_id"],
            contracts.process.desk.clock.moment().today,
        )
        made.hear()
        yield made


def test_the_one_who_reported_a_deviation_corrects_it_and_the_lead_too(office: Office) -> None:
    event_id = office.deviates()
    yesterday = (office.today - timedelta(days=1)).isoformat()
    answer = office.correct(office.contracts, TEACHER, event_id, severity=3, happened_on=yesterday)
    assert answer.status == 201, answer.body
    (deviation,) = office.deviations()
    assert (deviation["severity"], deviation["happened_on"]) == (3, yesterday)
    assert office.correct(office.contracts, LEAD, event_id, kind="CURFEW").status == 201
    (deviation,) = office.deviations()
    assert (deviation["kind"], deviation["severity"]) == ("CURFEW", 3)
    first, second = [e for e in office.contracts.published() if e.type == "registration.corrected"]
    assert [change.field for change in first.changes] == ["severity", "happened_on"]  # type: ignore[attr-defined]
    assert [(c.was, c.now) for c in second.changes] == [("LATE", "CURFEW")]  # type: ignore[attr-defined]


def test_the_kind_of_a_guarded_deviation_is_told_to_who_leads_or_reported_it_only(office: Office) -> None:
    event_id = office.deviates()
    path = f"/cases/{office.case_id}/deviations"

    def told() -> list[str | None]:
        return [office.contracts.get(path, who).body[0]["kind"] for who in (LEAD, TEACHER, POLICE)]

    assert told() == ["LATE", "LATE", "LATE"], "what was agreed with everybody is told to everybody"
    assert office.correct(office.contracts, LEAD, event_id, kind="TEST_POSITIVE").status == 201
    assert told() == ["TEST_POSITIVE", "TEST_POSITIVE", None]


def test_a_correction_of_the_report_leaves_what_was_judged_since(office: Office) -> None:
    event_id = office.deviates()
    (deviation,) = office.deviations()
    office.contracts.post(f"/deviations/{deviation['deviation_id']}/assessed", LEAD, {"severity": 1})
    assert office.correct(office.contracts, LEAD, event_id, severity=4).status == 201
    (deviation,) = office.deviations()
    assert (deviation["status"], deviation["severity"]) == ("ASSESSED", 1)


@pytest.mark.parametrize(
    ("who", "fields", "status", "rule"),
    [
        (POLICE, {"severity": 3}, 403, "ONLY_AUTHOR_OR_LEAD"),
        (STRANGER, {"severity": 3}, 404, "NOT_FOUND"),
        (LEAD, {"severity": 9}, 422, "OUT_OF_RANGE"),
        (LEAD, {"kind": "NOSUCH"}, 422, "DOES_NOT_FIT"),
        (LEAD, {"reporter_id": "x"}, 422, "NOT_CORRECTED"),
        (LEAD, {"happened_on": "2999-01-01"}, 422, "IN_THE_FUTURE"),
        (LEAD, {"severity": 2}, 422, "NOTHING_CHANGED"),
        (LEAD, {}, 422, "MALFORMED"),
    ],
)
def test_what_may_not_be_corrected_is_refused_and_nothing_is_said(
    office: Office, who: Any, fields: dict[str, Any], status: int, rule: str
) -> None:
    answer = office.correct(office.contracts, who, office.deviates(), **fields)
    assert answer.status == status
    assert answer.body["title"] == rule or status == 404
    assert "registration.corrected" not in office.contracts.types()


def test_a_struck_deviation_is_gone_with_all_that_was_done_about_it(office: Office) -> None:
    event_id = office.deviates()
    (deviation,) = office.deviations()
    office.contracts.post(f"/deviations/{deviation['deviation_id']}/assessed", LEAD, {"severity": 1})
    assert office.void(office.contracts, LEAD, event_id).status == 201
    assert office.deviations() == []
    again = office.void(office.contracts, LEAD, event_id)
    assert (again.status, again.body["title"]) == (409, "ALREADY_STRUCK")


def test_a_step_is_struck_only_as_the_last_one(office: Office) -> None:
    office.deviates()
    (deviation,) = office.deviations()
    path = f"/deviations/{deviation['deviation_id']}"
    office.contracts.post(f"{path}/assessed", LEAD, {"severity": 1})
    assessed = office.last(office.contracts, "deviation.assessed")
    office.contracts.post(f"{path}/youth-account", LEAD, {"missing": "NOT_WANTED"})
    answer = office.void(office.contracts, LEAD, assessed)
    assert (answer.status, answer.body["title"]) == (409, "LATER_ONES_FIRST")
    told = office.last(office.contracts, "youth_account.recorded")
    assert office.void(office.contracts, LEAD, told).status == 201
    assert office.void(office.contracts, LEAD, assessed).status == 201
    (deviation,) = office.deviations()
    assert (deviation["status"], deviation["account"]) == ("REPORTED", False)


def test_what_has_a_way_of_its_own_is_refused_with_that_way(office: Office) -> None:
    started = office.last(office.contracts, "contract.started")
    answer = office.void(office.contracts, LEAD, started)
    assert (answer.status, answer.body["title"]) == (422, "NOT_STRUCK")
    assert "Rett startdatoen på kontrakten" in answer.body["detail"]


def test_anothers_services_registration_is_not_corrected_here(office: Office) -> None:
    held = office.meets()
    office.hear()
    assert office.correct(office.contracts, LEAD, held, held_on=office.today.isoformat()).status == 404


def test_the_day_and_attendance_of_a_held_meeting_are_corrected_for_everybody_who_knows(
    office: Office,
) -> None:
    held = office.meets()
    day = (office.today - timedelta(days=2)).isoformat()
    office.hear()
    answer = office.correct(
        office.network,
        LEAD,
        held,
        held_on=day,
        present=[TEACHER.person_id],
        absent=[POLICE.person_id],
    )
    assert answer.status == 201, answer.body
    meeting = office.meeting()
    assert (meeting["held_on"], meeting["absent"]) == (day, [POLICE.person_id])
    office.hear()
    with office.contracts.process.desk.engine.connect() as connection:
        query = "SELECT state->'first_held'->>'NETWORK' FROM surroundings WHERE case_id = %s"
        assert connection.exec_driver_sql(query, (office.case_id,)).scalar() == day


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"held_on": "2020-01-01"}, "HELD_BEFORE_CALLED_FOR"),
        ({"present": []}, "NOBODY_PRESENT"),
        ({"present": [new_id()], "absent": []}, "ATTENDANCE_INCOMPLETE"),
        ({"absent": [TEACHER.person_id]}, "PRESENT_AND_ABSENT"),
    ],
)
def test_a_corrected_meeting_keeps_the_rules_of_a_held_one(
    office: Office, fields: dict[str, Any], rule: str
) -> None:
    answer = office.correct(office.network, LEAD, office.meets(), **fields)
    assert (answer.status, answer.body["title"]) == (422, rule)


def test_a_meeting_that_was_not_held_is_called_again(office: Office) -> None:
    assert office.void(office.network, LEAD, office.meets()).status == 201
    assert office.meeting()["status"] == "CALLED"


def test_lateness_follows_the_corrected_day_of_a_task(office: Office) -> None:
    task_id = new_id()
    tomorrow = (office.today + timedelta(days=1)).isoformat()
    body = {"task_id": task_id, "owner_id": TEACHER.person_id, "due_on": tomorrow}
    assert office.network.post(f"/cases/{office.case_id}/tasks", LEAD, body).status == 201
    assigned = office.last(office.network, "task.assigned")
    earlier = (office.today - timedelta(days=1)).isoformat()
    answer = office.correct(office.network, LEAD, assigned, due_on=earlier)
    assert (answer.status, answer.body["title"]) == (422, "DUE_IN_PAST")
    assert office.void(office.network, LEAD, assigned).status == 201
    assert office.network.get(f"/cases/{office.case_id}/tasks", LEAD).body == []


def version_of(office: Office, rim: Rim, table: str) -> int:
    with rim.process.desk.engine.connect() as connection:
        query = f"SELECT (state->>'version')::int FROM {table} WHERE case_id = %s"
        return int(connection.exec_driver_sql(query, (office.case_id,)).scalar_one())


def test_who_saw_a_deviation_before_it_was_corrected_is_told_that_it_has_changed(office: Office) -> None:
    event_id = office.deviates()
    (seen,) = office.deviations()
    assert office.correct(office.contracts, TEACHER, event_id, severity=3).status == 201
    path, judged = f"/deviations/{seen['deviation_id']}/assessed", {"severity": 2}
    stale = office.contracts.post(path, LEAD, {**judged, "seen_version": seen["version"]})
    assert stale.status == 409
    (now,) = office.deviations()
    assert office.contracts.post(path, LEAD, {**judged, "seen_version": now["version"]}).status == 201


def test_a_version_that_somebody_saw_never_comes_back_when_something_is_struck(office: Office) -> None:
    held = office.meets()
    seen = version_of(office, office.network, "meeting")
    assert office.void(office.network, LEAD, held).status == 201
    struck = version_of(office, office.network, "meeting")
    assert struck > seen
    again = {"held_on": office.today.isoformat(), "present": [TEACHER.person_id, POLICE.person_id]}
    path = f"/meetings/{office.meeting()['meeting_id']}/held"
    assert office.network.post(path, LEAD, {**again, "seen_version": seen}).status == 409
    assert office.network.post(path, LEAD, {**again, "seen_version": struck}).status == 201


def test_versions_are_the_same_when_the_log_is_folded_anew(office: Office) -> None:
    """A second correction folds the whole case again: what the first one counted stays, for what was there and what came later."""
    first = office.deviates()
    assert office.correct(office.contracts, LEAD, first, severity=3).status == 201
    later = office.deviates()
    versions = [one["version"] for one in office.deviations()]
    assert office.correct(office.contracts, LEAD, later, severity=1).status == 201
    assert [one["version"] for one in office.deviations()] == [version + 1 for version in versions]
    office.hear()
    contract = version_of(office, office.contracts, "contract")
    assert (
        office.correct(
            office.network, LEAD, office.meets(), present=[TEACHER.person_id], absent=[POLICE.person_id]
        ).status
        == 201
    )
    office.hear()
    assert version_of(office, office.contracts, "contract") == contract, (
        "another's correction counts nothing there"
    )


def says_wrong(office: Office, who: Any, event_id: str, **changes: Any) -> tuple[str, Asked]:
    """Somebody in the group enters that a registration is wrong; gives the request's id, and the answer."""
    body = {
        "request_id": new_id(),
        "registration_id": event_id,
        "asked_by": TEACHER.person_id,
        "asked_on": office.today.isoformat(),
        **changes,
    }
    return body["request_id"], office.contracts.post(
        f"/cases/{office.case_id}/correction-requests", who, body
    )


def requests_in(office: Office) -> dict[str, bool]:
    """Request → whether it has been answered."""
    found = office.contracts.get(f"/cases/{office.case_id}/correction-requests", LEAD).body
    return {one["request_id"]: one["answered"] for one in found}


def test_what_somebody_said_is_wrong_is_answered_by_the_correction_itself(office: Office) -> None:
    event_id = office.deviates()
    request_id, answer = says_wrong(office, TEACHER, event_id)
    assert answer.status == 201, answer.body
    _, refused = says_wrong(office, TEACHER, event_id)
    assert (refused.status, refused.body["title"]) == (409, "ASKED_ALREADY")
    assert requests_in(office) == {request_id: False}
    assert office.correct(office.contracts, LEAD, event_id, severity=3).status == 201
    assert requests_in(office) == {request_id: True}
    done, correction = (
        office.last(office.contracts, name) for name in ("correction.carried_out", "registration.corrected")
    )
    said = next(e for e in office.contracts.published() if e.type == "correction.carried_out")
    assert said.done_by == correction != done  # type: ignore[attr-defined]


def test_a_strike_by_another_service_answers_it_too_and_only_once(office: Office) -> None:
    held = office.meets()
    request_id, answer = says_wrong(office, POLICE, held, asked_by=POLICE.person_id)
    assert answer.status == 201, answer.body
    assert office.void(office.network, LEAD, held).status == 201
    office.hear()
    office.hear()
    assert requests_in(office) == {request_id: True}
    assert office.contracts.types().count("correction.carried_out") == 1


def test_a_request_that_is_not_followed_is_answered_with_a_reason_by_whoever_leads(office: Office) -> None:
    request_id, _ = says_wrong(office, TEACHER, office.deviates())
    path, body = f"/correction-requests/{request_id}/refused", {"reason": "RIGHT_AS_IT_STANDS"}
    assert office.contracts.post(path, TEACHER, body).status == 403
    assert office.contracts.post(path, STRANGER, body).status == 404
    assert office.contracts.post(path, LEAD, {**body, "seen_version": 9}).status == 409
    assert office.contracts.post(path, LEAD, body).status == 201
    assert requests_in(office) == {request_id: True}
    late = office.contracts.post(path, LEAD, body)
    assert (late.status, late.body["title"]) == (409, "ANSWERED_ALREADY")


def test_strangers_say_nothing_and_nobody_speaks_for_them(office: Office) -> None:
    event_id = office.deviates()
    assert says_wrong(office, STRANGER, event_id)[1].status == 404
    answer = says_wrong(office, TEACHER, event_id, asked_by=STRANGER.person_id)[1]
    assert (answer.status, answer.body["title"]) == (422, "ASKED_BY_STRANGER")
    assert requests_in(office) == {}


def test_who_reported_a_deviation_does_not_judge_it_by_correcting_another_leaders_judgement(
    office: Office,
) -> None:
    second = somebody(Role.COORDINATOR)
    joins = {"person_id": second.person_id, "agency": "FRIVILLIG_ORG", "function": "DEPUTY"}
    assert office.network.post(f"/cases/{office.case_id}/members", LEAD, joins).status == 201
    office.hear()
    report = {
        "deviation_id": new_id(),
        "contract_id": office.contract_id,
        "kind": "LATE",
        "severity": 3,
        "happened_on": office.today.isoformat(),
    }
    office.contracts.post(f"/cases/{office.case_id}/deviations", LEAD, report)
    judged = f"/deviations/{report['deviation_id']}/assessed"
    assert office.contracts.post(judged, second, {"severity": 3}).status == 201
    event_id = office.last(office.contracts, "deviation.assessed")
    refused = office.correct(office.contracts, LEAD, event_id, severity=1)
    assert (refused.status, refused.body["title"]) == (422, "REPORTER_ASSESSES")
    assert office.correct(office.contracts, second, event_id, severity=2).status == 201


def test_a_correction_says_nothing_that_a_registration_could_not(office: Office) -> None:
    long_ago = (office.today - timedelta(days=800)).isoformat()
    refused = office.correct(office.contracts, TEACHER, office.deviates(), happened_on=long_ago)
    assert refused.body["title"] == "HAPPENED_OUTSIDE_CONTRACT"
    opened = office.last(office.contracts, "case.opened")
    refused = office.correct(office.contracts, LEAD, opened, criminal_track="ALTERNATIVE_ACCEPTED")
    assert refused.body["title"] == "ACCEPTANCE_MISSING"
    assert office.correct(office.contracts, LEAD, opened, criminal_track="AFTER_MEDIATION").status == 201
    until = (office.today + timedelta(days=20)).isoformat()
    pause = {"reason": "LADDER_STEP", "until_on": until}
    assert office.contracts.post(f"/cases/{office.case_id}/paused", LEAD, pause).status == 201
    late = (office.today + timedelta(days=31)).isoformat()
    paused = office.last(office.contracts, "case.paused")
    assert office.correct(office.contracts, LEAD, paused, until_on=late).body["title"] == "PAUSE_LENGTH"
