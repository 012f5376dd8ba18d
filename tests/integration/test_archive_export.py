"""A closed case on its way to the archive: the package, its receipt, and what may be destroyed after it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from httpx import Response

from backbone.clock import new_id
from backbone.work import Actor
from schemas.archive import CaseExportedToArchive
from schemas.case import CaseClosed
from schemas.codes import Agency, EndingReason, Function, MeetingKind, Role
from schemas.minutes import MinutesDrafted, MinutesIssued
from schemas.network_group import MemberJoined
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    NAME,
    POLICE,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration
RECORDS = Actor(
    new_id(),
    Agency.KOMMUNE_SLT,
    frozenset({Role.RECORDS_OWNER}),
    "records session",
    "nb",
    frozenset({"1804"}),
)
SCHEMA = xmlschema.XMLSchema(Path("services/sharing/rules/arkivmelding.xsd"))
MINUTES, DRAFT, NOTE = "Referat: alle var enige", "Kladd: ikke ferdig", "Privat notat"


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        yield office


def a_text(office: Office, case: Case, text: str, actor: Actor = TEACHER, **more: Any) -> str:
    """A text of the case in the vault; gives its reference."""
    ref = new_id()
    body = {"ref": ref, "about_id": case.youth_id, "category": "CASE_STATUS", "content": {"text": text}}
    office.post(f"/cases/{case.case_id}/information", {**body, **more}, actor=actor)
    return ref


def a_case_for_the_archive(office: Office) -> Case:
    """A closed case with minutes, a final text, a draft and a note, that its review sends to the archive."""
    case = office.a_case()
    office.a_text(case)
    office.post(f"/cases/{case.case_id}/documents/{case.text_ref}/final", actor=TEACHER)
    minutes, draft = a_text(office, case, MINUTES, LEAD), a_text(office, case, DRAFT, LEAD)
    a_text(office, case, NOTE, document_class="PRIVATE_NOTE")
    meeting = new_id()
    issued = MinutesIssued(
        meeting_id=meeting,
        kind=MeetingKind.NETWORK,
        number=1,
        text_refs=(minutes,),
        present=(),
        absent=(),
        task_ids=(),
        receivers=(),
        issued_on=office.today,
    )
    office.hear("network", case.case_id, MinutesDrafted(meeting_id=meeting, text_refs=(draft,)), issued)
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=office.today)
    office.hear("contracts", case.case_id, closed)
    review = {"outcome": "ARCHIVE_THEN_REMOVE", "basis": "ARCHIVE_DUTY"}
    office.post(f"/cases/{case.case_id}/retention/reviewed", review)
    return case


def package(office: Office, case: Case, *, actor: Actor = RECORDS, status: int = 200) -> Response:
    answer = office.call("POST", f"/cases/{case.case_id}/archive-packages", {"language": "nb"}, actor=actor)
    assert answer.status_code == status, answer.text
    return answer


def receipt(office: Office, case: Case, sha256: str, *, actor: Actor = RECORDS, status: int = 200) -> Any:
    body = {"receipt_id": new_id(), "package_sha256": sha256}
    return office.post(f"/cases/{case.case_id}/retention/archived", body, actor=actor, status=status)


def test_the_package_holds_the_documents_and_their_description_and_nothing_else(office: Office) -> None:
    case = a_case_for_the_archive(office)
    answer = package(office, case)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        assert held.namelist() == [
            "arkivmelding.xml",
            "dokumenter/0001-01.txt",
            "dokumenter/0002-01.txt",
            "innhold.txt",
            "sjekksummer.sha256",
        ]
        description = held.read("arkivmelding.xml").decode()
        documents = {held.read(f"dokumenter/000{number}-01.txt").decode() for number in (1, 2)}
    SCHEMA.validate(description)
    assert documents == {TEXT, MINUTES}
    assert (description.count(NAME), description.count("<tittel>")) == (1, 5)
    everything = answer.content.decode(errors="replace")
    assert DRAFT not in everything
    assert NOTE not in everything
    assert answer.headers["cache-control"] == "no-store"


def test_the_log_tells_that_it_was_made_and_by_whom_and_nothing_of_what_it_says(office: Office) -> None:
    case = a_case_for_the_archive(office)
    answer = package(office, case)
    fact = office.published(case.case_id)[-1]
    assert isinstance(fact.event, CaseExportedToArchive)
    assert fact.envelope.actor == RECORDS.person_id
    assert fact.event.package_sha256 == hashlib.sha256(answer.content).hexdigest()
    assert answer.headers["x-package-sha256"] == fact.event.package_sha256
    assert (fact.event.documents, fact.event.left_out, fact.event.size) == (2, 1, len(answer.content))
    assert set(fact.event.agencies) == {Agency.SKOLE_GRUNN, Agency.KOMMUNE_SLT}
    for secret in (NAME, TEXT, MINUTES):
        assert secret.encode() not in b"".join(record.value or b"" for record in office.the_log())


def test_the_youths_report_tells_when_and_for_which_body_and_how_many_documents(office: Office) -> None:
    case = a_case_for_the_archive(office)
    assert office.post(f"/cases/{case.case_id}/reports")["to_archive"] == []
    package(office, case)
    review = {"outcome": "ARCHIVE_THEN_REMOVE", "basis": "ARCHIVE_DUTY"}
    office.post(f"/cases/{case.case_id}/retention/reviewed", review)
    (told,) = office.post(f"/cases/{case.case_id}/reports")["to_archive"]
    assert (told["agency"], told["basis"], told["documents"]) == ("KOMMUNE_SLT", "ARCHIVE_DUTY", 2)
    assert "person_id" not in told


def test_made_again_it_is_the_same_to_the_last_byte(office: Office) -> None:
    case = a_case_for_the_archive(office)
    assert package(office, case).content == package(office, case).content


def test_it_is_made_by_a_records_owner_of_the_owner_for_a_case_that_goes_to_the_archive(
    office: Office,
) -> None:
    case = a_case_for_the_archive(office)
    for somebody in (LEAD, LEADER, POLICE, RECORDS._replace(agency=Agency.BARNEVERN)):
        package(office, case, actor=somebody, status=403)
    office.post(
        f"/cases/{case.case_id}/retention/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"}
    )
    assert package(office, case, status=422).json()["title"] == "NOT_FOR_ARCHIVE"
    running = office.a_case()
    assert package(office, running, status=422).json()["title"] == "NOT_FOR_ARCHIVE"
    body = {"refs": None, "purpose": "FOLLOW_UP"}
    office.post(f"/cases/{case.case_id}/open", body, actor=RECORDS, status=403)


def test_the_receipt_of_a_package_with_one_changed_byte_is_refused(office: Office) -> None:
    case = a_case_for_the_archive(office)
    made = package(office, case).content
    changed = bytearray(made)
    changed[made.index(MINUTES.encode())] ^= 1
    refused = receipt(office, case, hashlib.sha256(changed).hexdigest(), status=422)
    assert (refused["title"], refused["field"]) == ("PACKAGE_UNKNOWN", "package_sha256")
    office.post(f"/cases/{case.case_id}/erasure/proposed", status=422)
    receipt(office, case, hashlib.sha256(made).hexdigest())
    office.post(f"/cases/{case.case_id}/erasure/proposed")
    office.post(f"/cases/{case.case_id}/erasure/approved", actor=LEADER)
    assert office.published(case.case_id)[-1].event.type == "case.content_erased"
    assert package(office, case, status=409).json()["title"] == "ERASED"


def test_a_document_that_came_after_the_package_keeps_the_case_from_being_destroyed(office: Office) -> None:
    case = a_case_for_the_archive(office)
    old = hashlib.sha256(package(office, case).content).hexdigest()
    office.post(f"/cases/{case.case_id}/documents/{a_text(office, case, 'Sent brev', LEAD)}/final")
    assert receipt(office, case, old, status=422)["title"] == "PACKAGE_OLD"
    new = hashlib.sha256(package(office, case).content).hexdigest()
    receipt(office, case, new)
    office.post(f"/cases/{case.case_id}/erasure/proposed")
    office.post(f"/cases/{case.case_id}/documents/{a_text(office, case, 'Enda et', LEAD)}/final")
    refused = office.post(f"/cases/{case.case_id}/erasure/approved", actor=LEADER, status=422)
    assert refused["title"] == "PACKAGE_OLD"


def test_a_case_with_an_event_that_is_not_understood_makes_no_package(office: Office) -> None:
    case = a_case_for_the_archive(office)
    joined = office.record(
        "network",
        case.case_id,
        MemberJoined(
            person_id=new_id(),
            agency=Agency.NAV,
            function=Function.OBSERVER,
            joined_on=office.today,
        ),
    )
    broken = joined._replace(value=(joined.value or b"").replace(b"OBSERVER", b"SOMETHING"))
    office.process.inbox.take([broken])
    assert package(office, case, status=409).json()["title"] == "CASE_HELD"


def test_a_document_that_does_not_open_makes_no_package_at_all(office: Office) -> None:
    case = a_case_for_the_archive(office)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET category = 'FAMILY' WHERE ref = %s", (case.text_ref,))
    assert package(office, case, status=409).json()["title"] == "DOES_NOT_OPEN"
    assert not any(isinstance(fact.event, CaseExportedToArchive) for fact in office.published(case.case_id))
