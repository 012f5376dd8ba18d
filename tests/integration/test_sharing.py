"""The gate and the vault on a real PostgreSQL, through the HTTP interface."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from backbone.clock import new_id
from backbone.work import Actor
from schemas.case import CaseClosed
from schemas.codes import Agency, EndingReason, Outcome, Role
from schemas.consent import ConsentGiven, ConsentSignerExcused, ConsentWithdrawn, EffectiveConsentChanged
from schemas.contract import ContractEndedEarly, ContractExtended
from schemas.information import OpeningDecided
from schemas.network_group import SecrecyDeclared
from schemas.protection import YouthAgeBandAhead, YouthAgeBandChanged
from services.sharing.ages import tell_ages
from services.sharing.app import SERVICE, the_right_key
from services.sharing.clockwork import tell_what_time_did
from services.sharing.keys import WrongKeyEncryptionKey
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    NAME,
    NETWORK,
    POLICE,
    STRANGER,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    forward,
    joined,
    left,
    settings_in,
)

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office
        office.decides_the_same_again()


def test_the_police_see_the_category_before_the_withdrawal_and_not_after_and_both_are_on_record(
    office: Office,
) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    assert office.open(case, ref)["reason"] == "NO_BASIS"
    consent_id = office.a_consent(case)
    seen = office.open(case, ref)
    assert (seen["content"], seen["basis"], seen["consent_id"]) == ({"text": TEXT}, "CONSENT", consent_id)
    office.say(consent_id, "withdrawn", case.signers[1])
    after = office.open(case, ref)
    assert after["reason"] == "CONSENT_WITHDRAWN"
    assert "content" not in after
    openings = [
        fact.event for fact in office.published(case.case_id) if isinstance(fact.event, OpeningDecided)
    ]
    assert [one.decisions[0].outcome for one in openings] == [Outcome.DENY, Outcome.PERMIT, Outcome.DENY]
    assert openings[1].decisions[0].consent_id == consent_id


def test_an_opening_records_everything_it_rested_on(office: Office) -> None:
    case = office.a_case()
    office.a_text(case)
    office.opening(case)
    fact = office.published(case.case_id)[-1]
    assert isinstance(fact.event, OpeningDecided)
    assert fact.event.known_sequences == {"contracts": 3, "network": 4, "sharing": fact.envelope.sequence - 1}
    assert fact.event.policy_version == "2026.6"
    assert fact.event.age_band is not None
    assert {one.category for one in fact.event.decisions} == {"IDENTITY_CONTACT", "SCHOOL_ATTENDANCE"}


def test_a_withdrawal_says_in_the_same_transaction_what_it_does_to_the_effect(office: Office) -> None:
    case = office.a_case()
    consent_id = office.a_consent(case)
    answer = office.say(consent_id, "withdrawn", case.signers[0])
    assert answer["effect"] == "NONE"
    last = [fact.event for fact in office.published(case.case_id)][-2:]
    assert [type(event) for event in last] == [ConsentWithdrawn, EffectiveConsentChanged]


def test_a_consent_expires_by_the_calendar_whether_or_not_anybody_told(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    office.a_consent(case, valid_to=office.today + timedelta(days=3))
    forward(office, days=3)
    assert office.open(case, ref)["outcome"] == "PERMIT"
    forward(office, days=1)
    assert office.open(case, ref)["reason"] == "CONSENT_EXPIRED"


def test_a_consent_ends_with_the_contract_and_an_extension_makes_room_for_a_longer_one(
    office: Office,
) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    ends_on = office.today + timedelta(days=170)
    office.a_consent(case, valid_to=ends_on)
    ended = ContractEndedEarly(
        contract_id=case.contract_id, reason=EndingReason.COMPLETED, ended_on=office.today
    )
    extended = ContractExtended(
        contract_id=case.contract_id,
        was_ends_on=ends_on,
        ends_on=ends_on + timedelta(days=60),
        extended_on=office.today,
    )
    asked = {"consent_id": new_id(), "valid_from": office.today + timedelta(days=30)}
    with pytest.raises(AssertionError, match="BEYOND_CONTRACT"):
        office.ask_consent(case, **asked, valid_to=ends_on + timedelta(days=10))
    office.hear("contracts", case.case_id, extended)
    office.ask_consent(case, **asked, valid_to=ends_on + timedelta(days=10))
    assert office.open(case, ref)["outcome"] == "PERMIT"
    office.hear("contracts", case.case_id, ended)
    forward(office, days=1)
    assert office.open(case, ref)["reason"] == "CONTRACT_ENDED"


def test_the_group_sees_the_name_when_the_contract_is_signed_but_not_the_identity_number(
    office: Office,
) -> None:
    unsigned = office.a_case(signed=False)
    assert office.open(unsigned, unsigned.name_ref)["reason"] == "NO_BASIS"
    case = office.a_case()
    seen = office.open(case, case.name_ref)
    assert seen["content"] == {"name": NAME, "birth_on": "2011-03-04"}
    assert "national_id" in office.open(case, case.name_ref, actor=LEAD)["content"]


def test_a_stranger_learns_neither_what_lies_there_nor_that_anything_does(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    answer = office.opening(case, actor=STRANGER)
    assert (answer["reason"], answer["items"]) == ("NOT_MEMBER", [])
    named = office.opening(case, ref, actor=STRANGER)["items"]
    assert named == [{"ref": ref, "outcome": "DENY", "reason": "NOT_MEMBER"}]
    recorded = office.published(case.case_id)[-1].event
    assert isinstance(recorded, OpeningDecided)
    assert recorded.reason == "NOT_MEMBER"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OPERATOR, Role.SERVICE])
def test_who_has_no_role_of_the_staffs_is_refused_on_the_log_of_the_case_and_learns_nothing(
    office: Office, role: Role
) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    no_staff = POLICE._replace(roles=frozenset({role}))
    path, body = f"/cases/{case.case_id}", {"refs": [ref], "purpose": "FOLLOW_UP"}
    assert office.open(case, ref, actor=TEACHER)["outcome"] == "PERMIT"
    before = len(office.published(case.case_id))
    refused = office.call("POST", f"{path}/open", body, actor=no_staff)
    asked = {"ref": ref, "purpose": "FOLLOW_UP"}
    no_permit = office.call("POST", f"{path}/permits", asked, actor=no_staff)
    for answer in (refused, no_permit):
        assert (answer.status_code, answer.json()["title"]) == (403, "ROLE")
        assert ref not in answer.text
    recorded = [one.event for one in office.published(case.case_id)[before:]]
    assert len(recorded) == 2
    for event in recorded:
        assert isinstance(event, OpeningDecided)
        assert (event.person_id, event.reason, event.staff) == (POLICE.person_id, "NO_STAFF_ROLE", False)
        assert [(one.ref, one.outcome) for one in event.decisions] == [(ref, "DENY")]
    elsewhere = new_id()
    unknown = office.call("POST", f"/cases/{elsewhere}/open", body, actor=no_staff)
    assert unknown.json() == refused.json(), "the same, whether or not there is such a case"
    assert office.published(elsewhere) == []


def test_nothing_is_read_before_secrecy_is_declared(office: Office) -> None:
    case = office.a_case(declared=False)
    assert office.opening(case)["reason"] == "SECRECY_NOT_DECLARED"
    office.hear("network", case.case_id, SecrecyDeclared(person_id=POLICE.person_id, text_version="1"))
    assert office.opening(case)["reason"] is None


def test_a_stop_narrows_at_once_and_only_the_event_that_names_it_widens_again(office: Office) -> None:
    case = office.a_case()
    body = {"case_id": case.case_id, "person_id": POLICE.person_id, "reason": "MEMBER_LEAVES"}
    stop_id = office.post("/stops", {**body, "stop_id": new_id()}, actor=NETWORK)["stop_id"]
    assert office.opening(case)["reason"] == "STOPPED"
    office.hear("network", case.case_id, left(POLICE, office.today), joined(POLICE, office.today))
    assert office.opening(case)["reason"] == "STOPPED"
    office.hear(
        "network",
        case.case_id,
        left(POLICE, office.today, stop_id),
        joined(POLICE, office.today),
        SecrecyDeclared(person_id=POLICE.person_id, text_version="1"),
    )
    assert office.opening(case)["reason"] is None


def test_a_stop_is_set_by_services_only_and_once_for_its_id(office: Office) -> None:
    case = office.a_case()
    body = {
        "case_id": case.case_id,
        "person_id": POLICE.person_id,
        "reason": "MEMBER_LEAVES",
        "stop_id": new_id(),
    }
    office.post("/stops", body, status=403)
    office.post("/stops", body, actor=NETWORK)
    office.post("/stops", body, actor=NETWORK)
    assert [fact.event.type for fact in office.published(case.case_id)].count("access.stopped") == 1
    office.post("/stops", {**body, "person_id": TEACHER.person_id}, actor=NETWORK, status=409)
    office.post(f"/stops/{body['stop_id']}/lifted", actor=NETWORK)
    assert office.opening(case)["reason"] is None


def test_a_case_with_a_hole_in_its_events_releases_nothing(office: Office) -> None:
    case = office.a_case()
    ahead = office.record("network", case.case_id, left(TEACHER, office.today), skip=1)
    office.process.inbox.take([ahead])
    assert office.opening(case)["reason"] == "CASE_HELD"
    assert office.post("/names", {"case_ids": [case.case_id]}) == [{"case_id": case.case_id, "name": None}]


def test_a_reference_of_another_case_is_not_known_in_this_one(office: Office) -> None:
    one, other = office.a_case(), office.a_case()
    assert office.open(one, other.name_ref)["reason"] == "UNKNOWN_REFERENCE"


def test_an_unknown_case_is_not_found_and_leaves_nothing_on_the_log(office: Office) -> None:
    nowhere = new_id()
    office.post(f"/cases/{nowhere}/open", {"refs": None, "purpose": "FOLLOW_UP"}, status=404)
    assert office.published(nowhere) == []


def test_a_name_in_a_list_is_decided_each_time_and_recorded_once_a_session(office: Office) -> None:
    case, unknown = office.a_case(), new_id()
    asked = {"case_ids": [case.case_id, unknown]}
    for _ in range(3):
        shown = office.post("/names", asked, actor=POLICE)
        assert shown == [{"case_id": case.case_id, "name": NAME}, {"case_id": unknown, "name": None}]
    assert len(office.published(case.case_id)) == 1
    office.post("/names", asked, actor=POLICE._replace(session="another"))
    assert len(office.published(case.case_id)) == 2
    office.hear("network", case.case_id, left(POLICE, office.today))
    assert office.post("/names", asked, actor=POLICE)[0]["name"] is None
    assert len(office.published(case.case_id)) == 3
    assert office.post("/names", asked, actor=STRANGER)[0]["name"] is None


def test_a_deposit_is_made_once_and_never_changed(office: Office) -> None:
    case = office.a_case()
    ref = new_id()
    body = {
        "ref": ref,
        "case_id": case.case_id,
        "about_id": case.youth_id,
        "category": "FAMILY",
        "content": {"text": TEXT},
    }
    assert office.post("/deposits", body) == office.post("/deposits", body)
    office.post("/deposits", {**body, "content": {"text": "noe annet"}}, status=409)
    office.post("/deposits", {**body, "category": "LEISURE"}, status=409)
    office.post("/deposits", body, actor=TEACHER, status=409)


@pytest.mark.parametrize("actor", [STRANGER, LEAD._replace(agency=None), LEAD._replace(roles=frozenset())])
def test_only_those_in_the_case_lay_content_down(office: Office, actor: object) -> None:
    case = office.a_case()
    body = {"ref": new_id(), "about_id": case.youth_id, "category": "FAMILY", "content": {"text": TEXT}}
    answer = office.call("POST", f"/cases/{case.case_id}/information", body, actor=actor)  # type: ignore[arg-type]
    assert answer.status_code in (403, 422)
    with office.engine.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM content WHERE ref = %s", (body["ref"],)).scalar()
            == 0
        )


def test_the_age_band_is_told_and_the_birth_date_is_not(office: Office) -> None:
    case = office.a_case(birth_on="2011-03-04")
    path = f"/cases/{case.case_id}/age-band"
    assert office.post(path, {"youth_id": case.youth_id, "on": "2023-03-03"})["age_band"] == "UNDER_12"
    assert office.post(path, {"youth_id": case.youth_id, "on": "2029-03-04"})["age_band"] == "ADULT"
    office.post(path, {"youth_id": case.youth_id, "on": "2029-03-04"}, actor=STRANGER, status=403)
    office.post(path, {"youth_id": new_id(), "on": "2029-03-04"}, status=404)


def test_at_18_the_consent_rests_on_the_youth_alone_from_midnight(office: Office) -> None:
    turns_18_on = office.today + timedelta(days=2)
    case = office.a_case(birth_on=turns_18_on.replace(year=turns_18_on.year - 18).isoformat())
    ref = office.a_text(case)
    office.a_consent(case, consent_id=case.consent_id)
    forward(office, days=2)
    assert office.open(case, ref)["reason"] == "CONSENT_TO_BE_RENEWED"
    again = {"consent_id": new_id(), "signers": case.signers}
    with pytest.raises(AssertionError, match="SIGNERS_WRONG"):
        office.a_consent(case, **again)
    anew = new_id()
    office.a_consent(case, consent_id=anew, signers=case.signers[:1], supersedes=case.consent_id)
    opened = office.open(case, ref)
    assert (opened["outcome"], opened["consent_id"]) == ("PERMIT", anew)
    office.say(anew, "withdrawn", case.signers[0])
    assert office.open(case, ref)["outcome"] == "DENY"


def test_a_paper_from_before_the_18th_birthday_that_is_entered_after_it_opens_nothing(office: Office) -> None:
    birthday = office.today + timedelta(days=1)
    case = office.a_case(birth_on=(birthday - relativedelta(years=18)).isoformat())
    ref, signed_on = office.a_text(case), office.today
    consent_id = office.ask_consent(case)
    forward(office, days=2)
    office.say(consent_id, "given", case.signers[0], method="PAPER", given_on=signed_on)
    assert office.open(case, ref)["reason"] == "CONSENT_TO_BE_RENEWED"
    office.say(consent_id, "given", case.signers[1], method="PAPER", given_on=signed_on, status=422)


def test_consents_are_registered_by_the_lead_and_not_by_those_who_would_receive(office: Office) -> None:
    case = office.a_case()
    consent_id = office.a_consent(case)
    told = {"person_id": case.youth_id, "role": "YOUTH"}
    assert (
        office.call(
            "POST",
            f"/consents/{consent_id}/given",
            {**told, "method": "PAPER", "given_on": office.today},
            actor=POLICE,
        ).status_code
        == 403
    )
    assert office.call("POST", f"/consents/{consent_id}/withdrawn", told, actor=STRANGER).status_code == 403
    assert office.call("POST", f"/consents/{consent_id}/withdrawn", told, actor=TEACHER).is_success
    (seen,) = office.call("GET", f"/cases/{case.case_id}/consents").json()
    assert seen["standing"] == "WITHDRAWN"
    assert office.call("GET", f"/cases/{case.case_id}/consents", actor=STRANGER).status_code == 403


def test_a_repeated_idempotency_key_gives_the_first_answer_and_writes_once(office: Office) -> None:
    case = office.a_case()
    body = {"ref": new_id(), "about_id": case.youth_id, "category": "FAMILY", "content": {"text": TEXT}}
    path = f"/cases/{case.case_id}/information"
    first = office.post(path, body, key="k")
    assert office.post(path, body, key="k") == first
    assert len(office.published(case.case_id)) == 1


def test_names_of_staff_are_for_staff_and_their_addresses_for_the_services_that_send(office: Office) -> None:
    body = {"person_id": POLICE.person_id, "name": NAME, "email": "kanari@politi.example", "language": "nn"}
    office.post("/people", body, status=403)
    office.post("/people", body, actor=NETWORK)
    asked = {"person_ids": [POLICE.person_id, new_id()]}
    assert office.post("/contacts", asked, actor=TEACHER) == [{**body, "email": None}]
    assert office.post("/contacts", asked, actor=NETWORK) == [body]
    office.post("/people", {**body, "name": "Nytt Navn"}, actor=NETWORK)
    assert office.post("/contacts", asked, actor=NETWORK)[0]["name"] == "Nytt Navn"


def test_ids_cannot_carry_anything_personal(office: Office) -> None:
    case = office.a_case()
    office.post(
        f"/cases/{case.case_id}/open", {"refs": ["Kari Nordmann"], "purpose": "FOLLOW_UP"}, status=422
    )


def test_a_tampered_deposit_is_told_of_and_the_rest_is_still_shown(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET category = 'CASE_STATUS' WHERE ref = %s", (ref,))
    items = {item["ref"]: item for item in office.opening(case)["items"]}
    assert (items[ref]["content"], items[ref]["reason"]) == (None, "CONTENT_GONE")
    assert items[case.name_ref]["content"]["name"] == NAME


def test_a_start_with_another_key_encryption_key_refuses(tmp_path: Path, database_url: str) -> None:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        office.a_case()
        (tmp_path / "kek").write_text("00" * 32, encoding="utf-8")
        with pytest.raises(WrongKeyEncryptionKey), the_right_key(office.process.desk):
            pass


def test_the_end_of_a_consent_is_told_once_however_often_and_by_however_many_it_is_looked_for(
    office: Office,
) -> None:
    case = office.a_case()
    office.a_consent(case, valid_to=office.today)
    forward(office, days=1)
    told = [tell_what_time_did(office.engine, SERVICE, office.clock.moment()) for _ in range(3)]
    assert told[1:] == [0, 0]
    types = [fact.event.type for fact in office.published(case.case_id)]
    assert types[-2:] == ["consent.expired", "consent.effect_changed"]
    assert types.count("consent.expired") == 1


def test_a_renewed_consent_takes_over_from_the_old_one(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    old = office.a_consent(case)
    new = office.a_consent(case, consent_id=new_id(), supersedes=old)
    assert office.open(case, ref)["consent_id"] == new
    seen = office.call("GET", f"/cases/{case.case_id}/consents").json()
    assert {one["consent_id"]: one["standing"] for one in seen} == {old: "SUPERSEDED", new: "EFFECTIVE"}


def test_a_leader_of_the_owning_agency_excuses_a_guardian_and_the_lead_cannot(office: Office) -> None:
    case = office.a_case(guardians=2)
    consent_id = office.ask_consent(case)
    absent = case.signers[-1]
    for signer in case.signers[:-1]:
        office.say(consent_id, "given", signer, method="PAPER", given_on=office.today)
    body = {"person_id": absent.person_id, "why": "RISK_TO_YOUTH", "grounds_ref": new_id()}
    both = LEAD._replace(roles=frozenset({Role.COORDINATOR, Role.UNIT_LEADER}))
    elsewhere = LEADER._replace(agency=Agency.NAV)
    for actor in (both, elsewhere, LEAD):
        office.post(f"/consents/{consent_id}/excused", body, actor=actor, status=403)
    nowhere = office.call("POST", f"/consents/{consent_id}/excused", body, actor=LEADER)
    assert (nowhere.status_code, nowhere.json()["title"]) == (422, "NO_SUCH_TEXT")
    ground = {"ref": body["grounds_ref"], "about_id": case.youth_id, "category": "FAMILY"}
    office.post(
        f"/cases/{case.case_id}/grounds", {**ground, "content": {"text": "Ute av landet"}}, actor=LEADER
    )
    assert office.post(f"/consents/{consent_id}/excused", body, actor=LEADER)["effect"] == "EFFECTIVE"


def test_of_a_strictly_protected_case_only_a_leader_who_is_cleared_excuses_a_guardian(office: Office) -> None:
    case = office.a_case(guardians=2)
    consent_id, path = office.ask_consent(case), f"/cases/{case.case_id}"
    chief = LEADER._replace(person_id=new_id())
    ground = {"ref": new_id(), "about_id": case.youth_id, "category": "FAMILY", "content": {"text": "Fare"}}
    office.post(f"{path}/grounds", ground, actor=LEADER)
    body = {
        "person_id": case.signers[-1].person_id,
        "why": "RISK_TO_YOUTH",
        "grounds_ref": ground["ref"],
    }
    office.post(f"{path}/protection", {"level": "CODE_6"})
    office.post(f"{path}/clearances", {"person_id": LEADER.person_id}, actor=chief)
    refused = office.call("POST", f"/consents/{consent_id}/excused", body, actor=chief)
    assert (refused.status_code, refused.json()["title"]) == (404, "NO_SUCH_CASE")
    assert not [one for one in office.published(case.case_id) if isinstance(one.event, ConsentSignerExcused)]
    office.post(f"/consents/{consent_id}/excused", body, actor=LEADER)


def test_a_withdrawal_answers_with_what_it_means_for_the_case(office: Office) -> None:
    case = office.a_case()
    consent_id = office.a_consent(case)
    assert office.say(consent_id, "withdrawn", case.signers[1])["consequence"] == "CONTRACT_PAUSES"


def test_a_closed_case_opens_nothing_to_the_group_and_a_frozen_one_nothing_to_anybody(office: Office) -> None:
    case = office.a_case()
    office.hear("contracts", case.case_id, CaseClosed(reason=EndingReason.COMPLETED, closed_on=office.today))
    assert office.opening(case)["reason"] == "CASE_CLOSED"
    assert office.opening(case, actor=LEAD)["reason"] is None
    frozen = office.a_case()
    office.hear("contracts", frozen.case_id, CaseClosed(reason=EndingReason.DEATH, closed_on=office.today))
    assert office.opening(frozen, actor=LEAD)["reason"] == "CASE_CLOSED"


def test_strict_protection_closes_the_case_at_once_until_a_leader_clears_somebody_by_name(
    office: Office,
) -> None:
    case = office.a_case()
    path = f"/cases/{case.case_id}"
    office.post(f"{path}/protection", {"level": "CODE_6"}, actor=POLICE, status=403)
    office.post(f"{path}/protection", {"level": "CODE_6"})
    assert office.opening(case)["reason"] == "PROTECTED"
    assert office.opening(case, actor=LEAD)["reason"] == "PROTECTED"
    assert office.post("/names", {"case_ids": [case.case_id]})[0]["name"] is None
    office.post(f"{path}/clearances", {"person_id": LEAD.person_id}, actor=LEADER)
    assert office.opening(case, actor=LEAD)["reason"] is None
    office.post(f"{path}/protection", {"level": "CODE_7"}, status=403)
    office.post(f"{path}/clearances/{LEAD.person_id}/withdrawn", actor=LEADER)
    assert office.opening(case, actor=LEAD)["reason"] == "PROTECTED"
    office.post(f"{path}/protection", {"level": None}, actor=LEADER)
    assert office.opening(case)["reason"] is None


def test_a_leader_who_is_not_cleared_lays_down_no_grounds_in_a_strictly_protected_case(
    office: Office,
) -> None:
    case, nowhere = office.a_case(), new_id()

    def lays(actor: Actor, case_id: str = case.case_id) -> tuple[int, str]:
        body = {
            "ref": new_id(),
            "about_id": case.youth_id,
            "category": "FAMILY",
            "content": {"text": "Sagt."},
        }
        answer = office.call("POST", f"/cases/{case_id}/grounds", body, actor=actor)
        return answer.status_code, answer.json().get("title", "")

    officer = LEADER._replace(person_id=new_id(), roles=frozenset({Role.PRIVACY_OFFICER}))
    assert lays(LEADER) == lays(officer) == lays(LEAD) == (201, "")
    office.post(f"/cases/{case.case_id}/protection", {"level": "CODE_6"})
    assert lays(LEADER) == lays(LEAD) == lays(LEADER, nowhere) == (404, "NO_SUCH_CASE")
    assert lays(officer) == (201, ""), "a breach has its deadline in every case"
    chief = LEADER._replace(person_id=new_id())
    office.post(f"/cases/{case.case_id}/clearances", {"person_id": LEADER.person_id}, actor=chief)
    assert lays(LEADER) == (201, "")


def test_a_youth_who_passes_into_another_age_band_is_told_of_once_without_age_or_date(office: Office) -> None:
    turns_16_on = office.today + timedelta(days=1)
    case = office.a_case(birth_on=turns_16_on.replace(year=turns_16_on.year - 16).isoformat())
    told = [tell_ages(office.engine, SERVICE, office.vault, office.clock.moment())]
    forward(office, days=1)
    told += [tell_ages(office.engine, SERVICE, office.vault, office.clock.moment()) for _ in range(2)]
    mine = [fact.event for fact in office.published(case.case_id)]
    assert [event.age_band for event in mine if isinstance(event, YouthAgeBandChanged)] == ["AGE_16_17"]
    assert told[2] == 0


def born_so_that(turns_on: date, age: int) -> str:
    return (turns_on - relativedelta(years=age)).isoformat()


def ages_told(office: Office) -> int:
    return tell_ages(office.engine, SERVICE, office.vault, office.clock.moment())


def test_an_eighteenth_birthday_is_told_sixty_days_before_and_once(office: Office) -> None:
    turns_18_on = office.today + timedelta(days=61)
    case = office.a_case(birth_on=born_so_that(turns_18_on, 18))
    ages_told(office)
    assert [fact.event for fact in office.published(case.case_id)][-1].type != "youth.age_band_ahead"
    forward(office, days=1)
    for _ in range(2):
        ages_told(office)
    mine = [fact.event for fact in office.published(case.case_id)]
    assert [(event.age_band, event.in_days) for event in mine if isinstance(event, YouthAgeBandAhead)] == [
        ("ADULT", 60)
    ]


def test_what_rested_on_a_childs_yes_is_told_to_be_gone_on_the_eighteenth_birthday(office: Office) -> None:
    turns_18_on = office.today + timedelta(days=2)
    case = office.a_case(birth_on=born_so_that(turns_18_on, 18))
    office.a_text(case)
    office.a_consent(case)
    ages_told(office)
    assert office.open(case, case.text_ref)["outcome"] == "PERMIT"
    forward(office, days=2)
    assert office.open(case, case.text_ref)["outcome"] == "DENY", "the gate does not wait for the telling"
    for _ in range(2):
        ages_told(office)
    told = [fact.event for fact in office.published(case.case_id)]
    changes = [event for event in told if isinstance(event, EffectiveConsentChanged)]
    assert [(event.consent_id, event.before, event.after) for event in changes] == [
        (case.consent_id, "NONE", "EFFECTIVE"),
        (case.consent_id, "EFFECTIVE", "NONE"),
    ]
    contact = {"person_id": case.youth_id, "contacted_on": office.today, "reached": True}
    office.post(f"/consents/{case.consent_id}/contacts", contact)


def replies(office: Office, case: Case) -> dict[str, Any]:
    (consent,) = office.call("GET", f"/cases/{case.case_id}/consents").json()
    found: dict[str, Any] = consent["replies"]
    return found


def test_a_yes_whose_day_is_put_right_was_given_at_the_age_of_that_day(office: Office) -> None:
    case = office.a_case(birth_on=born_so_that(office.today, 16))
    office.a_consent(case)
    assert replies(office, case)[case.youth_id]["age_band"] == "AGE_16_17"
    given = next(fact for fact in office.published(case.case_id) if isinstance(fact.event, ConsentGiven))
    body = {
        "event_id": given.envelope.id,
        "fields": {"given_on": (office.today - timedelta(days=1)).isoformat()},
        "reason": "WRITTEN_WRONGLY",
    }
    office.post(f"/cases/{case.case_id}/corrections", body)
    assert replies(office, case)[case.youth_id]["age_band"] == "AGE_15"


def test_the_text_of_a_consent_is_given_in_both_written_languages(office: Office) -> None:
    texts = office.call("GET", "/consent-texts/2026-1").json()
    assert texts["nb"]["kinds"].keys() == texts["nn"]["kinds"].keys()
    assert office.call("GET", "/consent-texts/2").status_code == 404
    with pytest.raises(AssertionError, match="NO_SUCH_TEXT_VERSION"):
        office.ask_consent(office.a_case(), text_version="2")


def test_a_leader_outside_the_group_sees_the_consents_that_a_leader_decides_about(office: Office) -> None:
    case = office.a_case()
    consent_id = office.ask_consent(case)
    path = f"/cases/{case.case_id}/consents"
    seen = office.call("GET", path, actor=LEADER)
    assert [one["consent_id"] for one in seen.json()] == [consent_id]
    assert NAME not in seen.text
    assert office.call("GET", path, actor=STRANGER).status_code == 403
    elsewhere = LEADER._replace(agency=Agency.BARNEVERN)
    assert office.call("GET", path, actor=elsewhere).status_code == 403
