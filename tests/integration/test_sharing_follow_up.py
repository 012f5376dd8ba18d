"""What comes after a withdrawal, before a sharing and around a download, through the HTTP interface and a
real PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.refusal import NotFound
from backbone.work import Actor, work_on
from schemas.codes import Agency, Outcome, Role
from schemas.event import Fact
from schemas.information import OpeningDecided
from schemas.network_group import SecrecyDeclared
from services.sharing import permits
from services.sharing.app import SERVICE
from tests.integration.sharing_office import (
    LEAD,
    POLICE,
    STRANGER,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    forward,
    joined,
    settings_in,
)
from tests.integration.test_sharing_disclosures import HEAD_TEACHER, asked_for

pytestmark = pytest.mark.integration
CHILD_WELFARE = Actor(new_id(), Agency.BARNEVERN, frozenset({Role.AGENCY_MEMBER}), "child welfare's session")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office
        office.decides_the_same_again()


def shared(office: Office) -> tuple[Case, str]:
    """A case whose text the police may see on a consent."""
    case = office.a_case()
    ref = office.a_text(case)
    office.a_consent(case)
    return case, ref


def a_permit(office: Office, case: Case, ref: str, *, actor: Actor = POLICE) -> str:
    body = {"ref": ref, "purpose": "FOLLOW_UP"}
    answer = office.post(f"/cases/{case.case_id}/permits", body, actor=actor)
    assert answer["outcome"] == "PERMIT"
    permit: str = answer["permit"]
    return permit


def redeem(office: Office, permit: str, *, actor: Actor = POLICE) -> Any:
    return office.call("POST", "/permits/redeemed", {"permit": permit}, actor=actor)


def openings(facts: list[Fact]) -> list[OpeningDecided]:
    return [fact.event for fact in facts if isinstance(fact.event, OpeningDecided)]


def test_whoever_saw_something_is_asked_what_became_of_it_and_answers(office: Office) -> None:
    case, ref = shared(office)
    office.open(case, ref)
    office.open(case, ref)
    answer = office.say(case.consent_id, "withdrawn", case.signers[0])
    assert answer["receipts"] == 1
    (asked,) = [
        one for one in office.call("GET", "/receipts", actor=POLICE).json() if one["case_id"] == case.case_id
    ]
    assert (asked["refs"], asked["answer"]) == ([ref], None)
    path = f"/receipts/{asked['receipt_id']}/given"
    office.post(path, {"answer": "NOT_USED_ANY_MORE"}, actor=TEACHER, status=403)
    office.post(path, {"answer": "NOT_USED_ANY_MORE"}, actor=POLICE)
    office.post(path, {"answer": "COPIES_DESTROYED"}, actor=POLICE, status=409)
    (seen,) = office.call("GET", f"/cases/{case.case_id}/receipts").json()
    assert seen["answer"] == "NOT_USED_ANY_MORE"
    assert office.call("GET", f"/cases/{case.case_id}/receipts", actor=TEACHER).json() == []


def test_an_oral_yes_is_confirmed_and_never_corrected_into_a_written_one(office: Office) -> None:
    case = office.a_case()
    office.ask_consent(case)
    said: dict[str, Any] = {"method": "ORAL_IN_MEETING", "given_on": office.today}
    office.say(case.consent_id, "given", case.signers[0], **said)
    given = next(f for f in reversed(office.published(case.case_id)) if f.event.type == "consent.given")
    body = {"event_id": given.envelope.id, "fields": {"method": "PAPER"}, "reason": "WRITTEN_WRONGLY"}
    refused = office.post(f"/cases/{case.case_id}/corrections", body, status=422)
    assert (refused["title"], refused["field"]) == ("ORAL_IS_CONFIRMED", "method")
    paper: dict[str, Any] = {"confirmed_on": office.today, "evidence_ref": new_id()}
    refused = office.say(case.consent_id, "confirmed", case.signers[0], status=422, **paper)
    assert (refused["title"], refused["field"]) == ("NO_SUCH_TEXT", "evidence_ref")
    office.say(case.consent_id, "confirmed", case.signers[0], confirmed_on=office.today)


def test_whoever_saw_it_on_another_consent_that_the_no_closes_is_asked_too(office: Office) -> None:
    case, ref = shared(office)
    assert office.open(case, ref)["consent_id"] == case.consent_id
    second = office.a_consent(case, consent_id=new_id())
    answer = office.say(second, "withdrawn", case.signers[0])
    assert office.open(case, ref)["outcome"] == "DENY"
    assert answer["receipts"] == 1
    (asked,) = office.call("GET", f"/cases/{case.case_id}/receipts").json()
    assert (asked["person_id"], asked["consent_id"], asked["refs"]) == (POLICE.person_id, second, [ref])


def test_a_yes_that_is_taken_back_for_one_receiver_stops_that_one_at_once_and_nobody_else(
    office: Office,
) -> None:
    case = office.a_case()
    ref, to = office.a_text(case), ["POLITI_FOREBYGGENDE", "BARNEVERN"]
    declared = SecrecyDeclared(person_id=CHILD_WELFARE.person_id, text_version="1")
    office.hear("network", case.case_id, joined(CHILD_WELFARE, office.today), declared)
    office.a_consent(case, to_agencies=to)
    assert [office.open(case, ref, actor=one)["outcome"] for one in (POLICE, CHILD_WELFARE)] == ["PERMIT"] * 2
    permit = a_permit(office, case, ref)
    youth = case.signers[0]
    refused = office.say(case.consent_id, "withdrawn", youth, only_to=["NAV"], status=422)
    assert (refused["title"], refused["field"]) == ("NOT_SHARED_WITH", "only_to")
    answer = office.say(case.consent_id, "withdrawn", youth, only_to=to[:1])
    assert (answer["consequence"], answer["effect"], answer["receipts"]) == (
        "SHARING_NARROWED",
        "EFFECTIVE",
        1,
    )
    asked = office.open(case, ref)
    assert (asked["reason"], asked.get("content")) == ("CONSENT_WITHDRAWN_FOR_AGENCY", None)
    assert redeem(office, permit).json()["items"][0]["outcome"] == "DENY"
    assert office.open(case, ref, actor=CHILD_WELFARE)["content"] == {"text": TEXT}
    (receipt,) = office.call("GET", f"/cases/{case.case_id}/receipts").json()
    assert receipt["person_id"] == POLICE.person_id
    flows = office.call("GET", f"/cases/{case.case_id}/may-share").json()
    ways = {one["to_agency"]: one["outcome"] for one in flows if one["category"] == "SCHOOL_ATTENDANCE"}
    assert ways == {"POLITI_FOREBYGGENDE": "DENY", "BARNEVERN": "PERMIT"}
    decision = {"decision": "GOES_ON_WITHOUT", "decided_on": office.today}
    office.post(f"/consents/{case.consent_id}/decision", decision)
    office.a_consent(case, consent_id=new_id())
    assert office.open(case, ref)["content"] == {"text": TEXT}
    assert office.say(case.consent_id, "withdrawn", youth)["receipts"] == 1, "child welfare, who saw the rest"


def test_a_no_to_something_else_asks_nobody(office: Office) -> None:
    case, ref = shared(office)
    office.open(case, ref)
    for other in (
        {"categories": ["LEISURE"]},
        {"to_agencies": ["NAV"]},
        {"from_agencies": ["NAV"]},
        {"purpose": "MEETING"},
    ):
        consent = office.a_consent(case, consent_id=new_id(), **other)
        assert office.say(consent, "withdrawn", case.signers[0])["receipts"] == 0


def test_nobody_is_asked_who_was_refused(office: Office) -> None:
    case, ref = shared(office)
    office.opening(case, ref, actor=STRANGER)
    assert office.say(case.consent_id, "withdrawn", case.signers[0])["receipts"] == 0


def test_a_permit_opens_once(office: Office) -> None:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    assert redeem(office, permit).json()["items"][0]["content"] == {"text": TEXT}
    assert redeem(office, permit).status_code == 404


def test_a_permit_is_of_no_use_to_anybody_else_or_in_another_session(office: Office) -> None:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    for thief in (TEACHER, LEAD, POLICE._replace(session="another")):
        assert redeem(office, permit, actor=thief).status_code == 404
    assert redeem(office, permit).status_code == 200


def test_a_permit_used_after_a_withdrawal_opens_nothing_and_says_so_on_the_log(office: Office) -> None:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    (item,) = redeem(office, permit).json()["items"]
    assert item["reason"] == "CONSENT_WITHDRAWN"
    assert "content" not in item
    assert openings(office.published(case.case_id))[-1].decisions[0].outcome is Outcome.DENY


def test_a_permit_is_void_after_a_minute_of_real_time(office: Office) -> None:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    moment = office.clock.moment()
    late = moment._replace(real_at=moment.real_at + timedelta(seconds=61))
    early = moment._replace(real_at=moment.real_at - timedelta(seconds=5))
    for wrong in (late, early):
        with pytest.raises(NotFound), work_on(office.engine, SERVICE, moment=wrong, actor=POLICE) as work:
            permits.redeem(work, office.vault, permit=permit)
    forward(office, minutes=2)
    assert redeem(office, permit).status_code == 200


def test_there_is_no_permit_for_what_may_not_be_opened(office: Office) -> None:
    case = office.a_case()
    body = {"ref": office.a_text(case), "purpose": "FOLLOW_UP"}
    answer = office.post(f"/cases/{case.case_id}/permits", body, actor=POLICE)
    assert answer == {"permit": None, "outcome": "DENY", "reason": "NO_BASIS"}
    assert redeem(office, "A" * 43).status_code == 404


def test_the_permit_itself_is_kept_nowhere(office: Office) -> None:
    case, ref = shared(office)
    permit = a_permit(office, case, ref)
    with office.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT digest FROM permit").scalars().all()
    assert all(permit.encode() not in bytes(digest) for digest in kept)


def test_may_i_answers_without_opening_or_recording(office: Office) -> None:
    case, _ = shared(office)
    before = len(office.published(case.case_id))
    flows = office.call("GET", f"/cases/{case.case_id}/may-share", actor=TEACHER).json()
    by_consent = [one for one in flows if one["basis"] == "CONSENT"]
    assert [(one["from_agency"], one["to_agency"], one["category"]) for one in by_consent] == [
        ("SKOLE_GRUNN", "POLITI_FOREBYGGENDE", "SCHOOL_ATTENDANCE")
    ]
    assert by_consent[0]["until"] == (office.today + timedelta(days=90)).isoformat()
    assert len(office.published(case.case_id)) == before
    assert office.call("GET", f"/cases/{case.case_id}/may-share", actor=STRANGER).status_code == 403


def test_the_youths_report_tells_of_every_opening_about_the_youth_and_of_nobody_else(office: Office) -> None:
    case, ref = shared(office)
    guardians = {"ref": new_id(), "case_id": case.case_id, "about_id": case.guardian_id, "kind": "IDENTITY"}
    office.post("/deposits", {**guardians, "category": "IDENTITY_CONTACT", "content": {"name": "Foresatt"}})
    office.open(case, ref)
    office.open(case, guardians["ref"])
    office.opening(case, ref, actor=STRANGER)
    report = office.post(f"/cases/{case.case_id}/reports")
    told = [(one["agency"], one["basis"] or one["reason"], one["pieces"]) for one in report["openings"]]
    assert told == [("POLITI_FOREBYGGENDE", "CONSENT", 1), ("POLITI_FOREBYGGENDE", "NOT_MEMBER", 1)]
    assert {one["person_id"] for one in report["group"]} == {POLICE.person_id, TEACHER.person_id}
    assert report["consents"][0]["standing"] == "EFFECTIVE"
    assert office.published(case.case_id)[-1].event.type == "report.made"
    office.post(f"/cases/{case.case_id}/reports", actor=TEACHER, status=403)


def test_the_report_still_tells_who_opened_a_text_that_is_gone(office: Office) -> None:
    case, ref = shared(office)
    office.open(case, ref)
    before = office.post(f"/cases/{case.case_id}/reports")["openings"]
    with office.engine.begin() as connection:  # as when what was redacted is destroyed
        connection.exec_driver_sql("DELETE FROM content WHERE ref = %s", (ref,))
    after = office.post(f"/cases/{case.case_id}/reports")["openings"]
    assert after == before
    assert [one["agency"] for one in after] == ["POLITI_FOREBYGGENDE"]


def test_the_report_tells_of_what_somebody_did_on_their_own_duty_when_the_youth_is_told_or_the_day_has_come(
    office: Office,
) -> None:
    case = office.a_case()
    act = {"duty": "CHILD_WELFARE_REPORT", "method": "TELEPHONE", "acted_on": office.today}
    path = f"/cases/{case.case_id}/duties"
    office.post(path, {**act, "act_id": new_id()}, actor=TEACHER)
    told = {"duty": "RESCUE", "act_id": new_id(), "youth_told_on": office.today}
    office.post(path, {**act, **told}, actor=POLICE)
    assert (
        office.call("POST", path, {**act, "act_id": new_id(), "deferral": "INVESTIGATION"}).status_code == 422
    )
    (now,) = office.post(f"/cases/{case.case_id}/reports")["done_on_duty"]
    assert (now["duty"], now["agency"]) == ("RESCUE", "POLITI_FOREBYGGENDE")
    assert POLICE.person_id not in str(now)
    forward(office, days=90)
    later = office.post(f"/cases/{case.case_id}/reports")["done_on_duty"]
    assert [one["duty"] for one in later] == ["CHILD_WELFARE_REPORT", "RESCUE"]


def test_what_is_deferred_is_left_out_of_the_report_until_its_day(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    later = {"tell_review_on": office.today + timedelta(days=20), "deferral": "INVESTIGATION"}
    body = asked_for(office, case, youth_told_on=None, **later)
    office.post(f"/cases/{case.case_id}/disclosures", body, actor=HEAD_TEACHER)
    assert office.open(case, ref)["basis"] == "OWN_TASKS"
    report = office.post(f"/cases/{case.case_id}/reports")
    assert (report["openings"], report["given_without_consent"]) == ([], [])
    forward(office, days=20)
    report = office.post(f"/cases/{case.case_id}/reports")
    assert [one["basis"] for one in report["openings"]] == ["OWN_TASKS"]
    assert len(report["given_without_consent"]) == 1
