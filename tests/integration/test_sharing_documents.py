"""Documents at the gate on real PostgreSQL: private notes, versions, final texts, redaction, and those who had read what was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.case import CaseClosed
from schemas.codes import Agency, CorrectionReason, DeviationKind, EndingReason, VoidReason
from schemas.correction import ChangedField, ReadersTold, RegistrationCorrected, RegistrationVoided
from schemas.deviation import DeviationReported
from schemas.document import PrivateNotesPurged
from services.sharing.keys import KeyStore
from services.sharing.note_keys import destroy_note_keys
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    POLICE,
    TEACHER,
    Case,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as made:
        yield made


def records(
    office: Office, case: Case, *, actor: Actor = TEACHER, status: int | None = None, **more: Any
) -> str:
    """Somebody lays a text down."""
    ref = new_id()
    body = {
        "ref": ref,
        "about_id": case.youth_id,
        "category": "SCHOOL_ATTENDANCE",
        "content": {"text": "borte mandag"},
        **more,
    }
    office.post(f"/cases/{case.case_id}/information", body, actor=actor, status=status)
    return ref


def redacts(office: Office, case: Case, ref: str, reason: str = "WRONG_CASE", **more: Any) -> Any:
    return office.post(f"/cases/{case.case_id}/redactions", {"ref": ref, "reason": reason}, **more)


def outcome(office: Office, case: Case, ref: str, actor: Actor) -> tuple[str, str | None]:
    item = office.open(case, ref, actor=actor)
    return item["outcome"], item["reason"]


def refs_of(office: Office, case: Case, actor: Actor) -> set[str]:
    return {item["ref"] for item in office.opening(case, actor=actor)["items"]}


def told(office: Office, case: Case) -> list[ReadersTold]:
    return [f.event for f in office.published(case.case_id) if isinstance(f.event, ReadersTold)]


def test_a_private_note_is_opened_to_its_author_and_nobody_else_hears_of_it(office: Office) -> None:
    case = office.a_case()
    ref = records(office, case, document_class="PRIVATE_NOTE", category="CASE_STATUS")
    assert outcome(office, case, ref, TEACHER) == ("PERMIT", None)
    for other in (LEAD, POLICE):
        assert outcome(office, case, ref, other) == ("DENY", "PRIVATE_NOTE")
        assert ref not in refs_of(office, case, other)
    assert ref in refs_of(office, case, TEACHER)
    office.decides_the_same_again()


def test_a_text_is_recorded_once_and_a_final_one_never_becomes_work_in_progress_again(office: Office) -> None:
    case = office.a_case()
    ref = records(office, case, document_class="FINAL")
    body = {
        "ref": ref,
        "about_id": case.youth_id,
        "category": "SCHOOL_ATTENDANCE",
        "content": {"text": "borte mandag"},
        "document_class": "WORKING",
    }
    again = office.call("POST", f"/cases/{case.case_id}/information", body, actor=TEACHER)
    assert (again.status_code, again.json()["title"]) == (409, "REF_TAKEN")
    records(office, case, replaces=ref, status=409)
    assert ref in refs_of(office, case, TEACHER)


def test_private_notes_are_destroyed_with_their_keys_when_the_case_closes(office: Office) -> None:
    case = office.a_case()
    note = records(office, case, document_class="PRIVATE_NOTE")
    kept = records(office, case)
    office.hear(
        "contracts", case.case_id, CaseClosed(reason=EndingReason.BY_AGREEMENT, closed_on=office.today)
    )
    purged = [f.event for f in office.published(case.case_id) if isinstance(f.event, PrivateNotesPurged)]
    assert [event.refs for event in purged] == [(note,)]
    with office.engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT ref FROM content WHERE kind <> 'IDENTITY'").scalars()
        assert list(left) == [kept]
    keys = KeyStore(office.settings)
    moment = office.clock.moment()
    assert destroy_note_keys(office.engine, keys, moment.decided_at) == 1
    assert destroy_note_keys(office.engine, keys, moment.decided_at) == 0
    scopes = [(case.case_id, f"notes of {TEACHER.person_id}"), (case.case_id, case.youth_id)]
    assert list(keys.many(scopes)) == [scopes[1]]
    assert records(office, case, actor=LEAD, status=409, document_class="PRIVATE_NOTE")


def test_a_note_is_not_laid_down_as_a_plain_deposit(office: Office) -> None:
    case = office.a_case()
    body = {
        "ref": new_id(),
        "case_id": case.case_id,
        "about_id": case.youth_id,
        "category": "FAMILY",
        "content": {"text": "x"},
        "kind": "NOTE",
    }
    answer = office.post("/deposits", body, status=422)
    assert answer["title"] == "NOTE_IS_INFORMATION"


def test_work_in_progress_is_replaced_by_its_author_only_and_once(office: Office) -> None:
    case = office.a_case()
    first = records(office, case)
    records(office, case, actor=LEAD, replaces=first, status=403)
    second = records(office, case, replaces=first)
    assert {first, second} & refs_of(office, case, TEACHER) == {second}
    records(office, case, replaces=first, status=409)
    records(office, case, replaces=new_id(), status=404)


def test_a_final_text_is_not_replaced_only_corrected_by_a_new_version(office: Office) -> None:
    case = office.a_case()
    final = records(office, case)
    path = f"/cases/{case.case_id}/documents/{final}/final"
    office.post(path, actor=LEAD, status=403)
    office.post(path, actor=TEACHER)
    office.post(path, actor=TEACHER, status=409)
    records(office, case, replaces=final, status=409)
    (event_id,) = [
        f.envelope.id for f in office.published(case.case_id) if f.event.type == "information.recorded"
    ]
    new = new_id()
    correction = {"event_id": event_id, "fields": {"ref": new}, "reason": "WRITTEN_WRONGLY"}
    corrections = f"/cases/{case.case_id}/corrections"
    missing = office.post(corrections, correction, actor=TEACHER, status=422)
    assert (missing["title"], missing["field"]) == ("NEW_TEXT_MISSING", "ref")
    deposit = {"ref": new, "case_id": case.case_id, "about_id": case.youth_id}
    deposit |= {"category": "SCHOOL_ATTENDANCE", "content": {"text": "borte tirsdag"}, "kind": "TEXT"}  # type: ignore[dict-item]
    office.post("/deposits", deposit, actor=TEACHER)
    office.open(case, final, actor=LEAD)
    office.post(corrections, correction, actor=TEACHER)
    assert refs_of(office, case, TEACHER) & {final, new} == {new}
    assert office.open(case, new, actor=TEACHER)["content"] == {"text": "borte tirsdag"}
    assert office.open(case, final, actor=TEACHER)["outcome"] == "PERMIT", "what was wrong stays provable"
    office.decides_the_same_again()


def test_a_redacted_text_is_opened_to_nobody_and_its_readers_are_told(office: Office) -> None:
    case = office.a_case()
    ref = records(office, case, category="CASE_STATUS")
    assert outcome(office, case, ref, POLICE)[0] == "PERMIT"
    assert redacts(office, case, ref, actor=TEACHER, status=403)["title"] == "ONLY_LEAD_REDACTS"
    redacts(office, case, ref)
    for actor in (LEAD, POLICE, TEACHER):
        assert outcome(office, case, ref, actor) == ("DENY", "REDACTED")
    assert [event.person_ids for event in told(office, case)] == [(POLICE.person_id,)]
    assert redacts(office, case, ref, status=409)["title"] == "REDACTED_ALREADY"
    office.decides_the_same_again()


def test_destruction_takes_a_second_person_and_a_reason_that_allows_it(office: Office) -> None:
    case = office.a_case()
    ref, kept = records(office, case), records(office, case)
    path = f"/cases/{case.case_id}/redactions/{{}}/destroyed"
    assert office.post(path.format(ref), actor=LEADER, status=409)["title"] == "NOT_REDACTED"
    redacts(office, case, ref, "ABOUT_SOMEBODY_ELSE")
    redacts(office, case, kept, "MORE_THAN_NEEDED")
    office.post(path.format(ref), actor=LEAD, status=403)
    office.post(path.format(ref), actor=LEADER)
    assert office.post(path.format(ref), actor=LEADER, status=409)["title"] == "DESTROYED_ALREADY"
    assert office.post(path.format(kept), actor=LEADER, status=422)["title"] == "REDACTED_IS_KEPT"
    with office.engine.connect() as connection:
        query = "SELECT ref FROM content WHERE kind <> 'IDENTITY'"
        assert list(connection.exec_driver_sql(query).scalars()) == [kept]
    assert outcome(office, case, ref, LEAD)[0] == "DENY"


def test_a_name_is_not_redacted(office: Office) -> None:
    case = office.a_case()
    assert redacts(office, case, case.name_ref, status=422)["title"] == "IDENTITY_IS_NOT_TEXT"
    assert redacts(office, case, new_id(), status=404)["title"] == "NO_SUCH_TEXT"


def a_deviation_text(office: Office, case: Case) -> str:
    """A text that another service's event names."""
    ref = new_id()
    body = {"ref": ref, "case_id": case.case_id, "about_id": case.youth_id, "category": "CASE_STATUS"}
    office.post("/deposits", {**body, "content": {"text": "feil"}, "kind": "TEXT"}, actor=TEACHER)
    reported = DeviationReported(
        deviation_id=new_id(),
        contract_id=case.contract_id,
        kind=DeviationKind.LATE,
        severity=1,
        happened_on=office.today,
        reporter_id=TEACHER.person_id,
        reporter_agency=Agency.SKOLE_GRUNN,
        text_ref=ref,
    )
    office.hear("contracts", case.case_id, reported)
    return ref


def test_whoever_read_a_text_that_another_service_corrected_or_struck_is_told(office: Office) -> None:
    case = office.a_case()
    first, second = a_deviation_text(office, case), a_deviation_text(office, case)
    office.open(case, first, actor=POLICE)
    corrected = RegistrationCorrected(
        corrected_id=new_id(),
        corrected_type="deviation.reported",
        changes=(ChangedField(field="text_ref", was=first, now=new_id()),),
        reason=CorrectionReason.MISUNDERSTOOD,
    )
    office.hear("contracts", case.case_id, corrected)
    assert [event.person_ids for event in told(office, case)] == [(POLICE.person_id,)]
    assert refs_of(office, case, POLICE) & {first, second} == {second}
    voided = RegistrationVoided(
        voided_id=new_id(), voided_type="deviation.reported", reason=VoidReason.WRONG_CASE, refs=(second,)
    )
    office.hear("contracts", case.case_id, voided)
    assert [event.refs for event in told(office, case)] == [(first,), (second,)]
    assert second not in refs_of(office, case, LEAD)
    office.decides_the_same_again()
