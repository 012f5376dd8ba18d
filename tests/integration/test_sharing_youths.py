"""The youth index, referrals at the gate, their purge, and the notes of consultations, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import service_actor
from schemas.codes import Agency, DeclineReason, Reason, ReferralOrigin, Urgency, YouthKnows
from schemas.deadline import DeadlinePassed
from schemas.mediation import MediationOpened
from schemas.recognition import ReferralPurged
from schemas.referral import ReferralDeclined, ReferralReceived
from services.sharing.app import SERVICE
from services.sharing.erasure import apply_ledger
from services.sharing.keys import KeyStore
from services.sharing.ledger import Ledger
from services.sharing.purging import finish_purges
from tests.integration.sharing_office import LEAD, POLICE, STRANGER, TEACHER, Office, an_office, settings_in

pytestmark = pytest.mark.integration
CONTRACTS = service_actor("contracts")
NUMBER = "31881090050"


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        yield office


def an_identity(office: Office, *, actor: Any = TEACHER, **content: str) -> dict[str, str]:
    """A youth whom somebody refers: the identity lies in the vault, no case does."""
    youth = {"case_id": new_id(), "youth_id": new_id()}
    told = {"name": "Kim Demosen", "birth_on": "2011-05-05", **content}
    body = {
        "ref": new_id(),
        "case_id": youth["case_id"],
        "about_id": youth["youth_id"],
        "category": "IDENTITY_CONTACT",
        "content": told,
        "kind": "IDENTITY",
    }
    office.post("/deposits", body, actor=actor)
    return youth


def same(office: Office, youth: dict[str, str]) -> list[str]:
    return found_by(office, youth, "youth_ids")


def likely(office: Office, youth: dict[str, str]) -> list[str]:
    return found_by(office, youth, "likely_ids")


def found_by(office: Office, youth: dict[str, str], kind: str) -> list[str]:
    return list(office.post("/youths/same", youth, actor=CONTRACTS)[kind])


def test_the_same_number_is_certain_and_the_same_name_and_birth_date_without_one_is_likely(
    office: Office,
) -> None:
    first = an_identity(office, national_id=NUMBER)
    married = an_identity(office, name="Kim Eksempelstad", national_id=NUMBER)
    unnumbered = an_identity(office, name="Demosen, KIM")
    assert same(office, first) == [married["youth_id"]]
    assert likely(office, first) == [unnumbered["youth_id"]]
    assert (same(office, unnumbered), likely(office, unnumbered)) == ([], [first["youth_id"]])
    other = an_identity(office)
    assert likely(office, other) == sorted([first["youth_id"], unnumbered["youth_id"]])


def test_siblings_twins_and_two_with_one_name_are_not_the_same(office: Office) -> None:
    youth = an_identity(office, national_id=NUMBER)
    an_identity(office, name="Bo Demosen")
    an_identity(office, birth_on="2012-05-05")
    an_identity(office, national_id="01811190019")
    assert (same(office, youth), likely(office, youth)) == ([], [])


def test_the_index_says_nothing_without_its_key_and_answers_services_only(office: Office) -> None:
    youth = an_identity(office, national_id=NUMBER)
    with office.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT name_mark, number_mark FROM youth_mark").all()
    assert {len(bytes(mark)) for mark in row} == {32}
    assert office.call("POST", "/youths/same", youth, actor=LEAD).status_code == 403


def received(office: Office, youth: dict[str, str]) -> None:
    event = ReferralReceived(
        referral_id=new_id(),
        origin=ReferralOrigin.SCHOOL,
        referrer_agency=None,
        reasons=(Reason.SCHOOL_ABSENCE,),
        urgency=Urgency.SOON,
        youth_knows=YouthKnows.YES,
        municipality_no="1804",
        assigned_to=LEAD.person_id,
        received_on=office.today,
        youth_id=youth["youth_id"],
    )
    office.hear("contracts", youth["case_id"], event)


def test_whoever_screens_a_referral_reads_it_and_nobody_else(office: Office) -> None:
    youth = an_identity(office)
    body = {"refs": None, "purpose": "FOLLOW_UP"}
    assert office.call("POST", f"/cases/{youth['case_id']}/open", body, actor=LEAD).status_code == 404
    received(office, youth)
    (item,) = office.post(f"/cases/{youth['case_id']}/open", body, actor=LEAD)["items"]
    assert (item["outcome"], item["content"]["name"]) == ("PERMIT", "Kim Demosen")
    for outsider in (POLICE, STRANGER, TEACHER):
        answer = office.call("POST", f"/cases/{youth['case_id']}/open", body, actor=outsider)
        assert "Demosen" not in answer.text
    assert office.post("/names", {"case_ids": [youth["case_id"]]}, actor=LEAD)[0]["name"] == "Kim Demosen"


def declined_and_due(office: Office, youth: dict[str, str]) -> None:
    received(office, youth)
    declined = ReferralDeclined(
        referral_id=new_id(), reason=DeclineReason.HELPED_ELSEWHERE, declined_on=office.today
    )
    office.hear("contracts", youth["case_id"], declined)
    passed = DeadlinePassed(
        deadline_id=new_id(), kind="D-32", due_on=date(2026, 1, 1), owner_id=LEAD.person_id
    )
    office.hear("scheduler", youth["case_id"], passed)


def test_what_a_declined_referral_left_is_purged_and_stays_purged_after_a_restore(office: Office) -> None:
    youth, other = an_identity(office), an_identity(office)
    declined_and_due(office, youth)
    keys, ledger = KeyStore(office.settings), Ledger(office.settings)
    assert finish_purges(office.engine, SERVICE, keys, ledger, office.clock.moment()) == 1
    purged = office.published(youth["case_id"])[-1].event
    assert isinstance(purged, ReferralPurged)
    assert (purged.keys_destroyed, purged.pieces) == (1, 1)
    assert same(office, other) == []
    with office.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT case_id FROM content").scalars().all()
    assert left == [other["case_id"]]
    assert finish_purges(office.engine, SERVICE, keys, ledger, office.clock.moment()) == 0
    assert apply_ledger(office.engine, keys, ledger) == 0


def test_a_case_that_was_opened_after_all_is_not_purged(office: Office) -> None:
    case = office.a_case()
    passed = DeadlinePassed(
        deadline_id=new_id(), kind="D-32", due_on=date(2026, 1, 1), owner_id=LEAD.person_id
    )
    office.hear("scheduler", case.case_id, passed)
    keys, ledger = KeyStore(office.settings), Ledger(office.settings)
    assert finish_purges(office.engine, SERVICE, keys, ledger, office.clock.moment()) == 0


def test_a_note_of_a_consultation_is_its_authors_and_holds_no_number(office: Office) -> None:
    note = {"consultation_id": new_id(), "text": "Elev som trekker seg unna; skolen snakker med hjemmet."}
    office.post("/consultation-notes", note, actor=TEACHER)
    asked = {"consultation_ids": [note["consultation_id"]]}
    assert office.post("/consultation-notes/open", asked, actor=TEACHER) == [note]
    assert office.post("/consultation-notes/open", asked, actor=LEAD) == []
    numbered = {"consultation_id": new_id(), "text": "Gjelder 318810 90050"}
    answer = office.call("POST", "/consultation-notes", numbered, actor=TEACHER)
    assert (answer.status_code, answer.json()["title"]) == (422, "NUMBER_IN_NOTE")
    assert "90050" not in answer.text


def test_a_mediation_takes_no_consent_to_share(office: Office) -> None:
    record = new_id()
    opened = MediationOpened(
        youth_case_id=new_id(),
        mediator_id=LEAD.person_id,
        owner_agency=Agency(LEAD.agency or ""),
        opened_on=office.today,
    )
    office.hear("network", record, opened)
    asked = {
        "consent_id": new_id(),
        "kind": "SECRECY_RELEASE",
        "youth_id": new_id(),
        "from_agencies": ["SKOLE_GRUNN"],
        "to_agencies": ["POLITI_FOREBYGGENDE"],
        "categories": ["SCHOOL_ATTENDANCE"],
        "purpose": "FOLLOW_UP",
        "valid_from": office.today.isoformat(),
        "valid_to": office.today.isoformat(),
        "text_version": "2026-1",
        "language": "nb",
        "signers": [{"person_id": new_id(), "role": "YOUTH"}],
    }
    answer = office.call("POST", f"/cases/{record}/consents", asked, actor=LEAD)
    assert (answer.status_code, answer.json()["title"]) == (422, "MEDIATION_IS_NO_CASE"), answer.text
