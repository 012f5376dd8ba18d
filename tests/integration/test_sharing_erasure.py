"""Erasure ends the content everywhere: here, in restored back-ups, and in copies of the key store once the
key-encryption key is gone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backbone.clock import new_id
from backbone.work import work_on
from schemas.case import CaseClosed
from schemas.codes import EndingReason, Role
from schemas.retention import CaseContentErased
from services.sharing import erasure
from services.sharing.app import SERVICE, the_right_key
from services.sharing.erasure import finish_erasures
from services.sharing.key_commands import destroy_ended_keys, ended_file, overdue, replace_key
from services.sharing.keys import DESTROYED_AFTER, REPLACED_AFTER, KeyStore, WrongKeyEncryptionKey
from services.sharing.ledger import Ledger
from services.sharing.vault import sealed
from services.sharing.wrapping import HeldKey, LocalKey
from services.sharing.youth_index import INDEX
from tests.canaries import dump, restore_dump
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    NAME,
    POLICE,
    TEXT,
    Case,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration
Rows = list[dict[str, Any]]


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        yield office


def a_closed_case(office: Office) -> Case:
    case = office.a_case()
    office.a_text(case)
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=office.today)
    office.hear("contracts", case.case_id, closed)
    return case


def erase(office: Office, case: Case) -> None:
    path = f"/cases/{case.case_id}"
    office.post(f"{path}/retention/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"})
    office.post(f"{path}/erasure/proposed")
    office.post(f"{path}/erasure/approved", actor=LEADER)


def back_up(engine: Engine, table: str) -> Rows:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def restore(engine: Engine, table: str, rows: Rows) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table}")
        for row in rows:
            names, places = ", ".join(row), ", ".join(["%s"] * len(row))
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values())
            )


def test_an_erased_case_has_no_keys_no_content_and_a_certificate(office: Office) -> None:
    case, other = a_closed_case(office), office.a_case()
    erase(office, case)
    certificate = office.published(case.case_id)[-1].event
    assert isinstance(certificate, CaseContentErased)
    assert (certificate.keys_destroyed, certificate.pieces) == (1, 2)
    assert (certificate.proposed_by, certificate.approved_by) == (LEAD.person_id, LEADER.person_id)
    assert office.opening(case, actor=LEAD)["reason"] == "CASE_ERASED"
    assert office.post("/names", {"case_ids": [case.case_id]}) == [{"case_id": case.case_id, "name": None}]
    assert {row["case_id"] for row in back_up(office.engine, "content")} == {other.case_id}
    assert office.open(other, other.name_ref)["content"]["name"] == NAME
    state = office.call("GET", f"/cases/{case.case_id}/retention").json()
    assert state["no_backup_opens_after"] == certificate.no_backup_opens_after.isoformat()


def test_the_one_who_proposes_does_not_approve_and_a_leader_elsewhere_does_not_either(office: Office) -> None:
    case = a_closed_case(office)
    path = f"/cases/{case.case_id}"
    office.post(f"{path}/retention/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"})
    office.post(f"{path}/erasure/approved", actor=LEADER, status=422)
    office.post(f"{path}/erasure/proposed", actor=POLICE, status=403)
    office.post(f"{path}/erasure/proposed")
    office.post(f"{path}/erasure/approved", actor=LEADER._replace(agency="NAV"), status=403)
    in_fauske = LEADER._replace(municipality_nos=frozenset({"1841"}))
    office.post(f"{path}/erasure/approved", actor=in_fauske, status=403)
    office.post(f"{path}/erasure/approved", actor=LEADER._replace(person_id=LEAD.person_id), status=403)


def test_where_a_case_stands_is_told_in_the_case_and_its_unit_only(office: Office) -> None:
    case = a_closed_case(office)
    path = f"/cases/{case.case_id}/retention"
    office.post(f"{path}/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"})
    colleague = LEAD._replace(person_id=new_id())
    for one in (LEAD, LEADER, colleague):
        assert office.call("GET", path, actor=one).json()["outcome"] == "DESTROY"
    for other in (
        LEADER._replace(agency="NAV"),
        LEADER._replace(municipality_nos=frozenset({"1841"})),
        colleague._replace(municipality_nos=frozenset({"1841"})),
        colleague._replace(roles=frozenset({Role.AUDITOR})),
    ):
        assert office.call("GET", path, actor=other).status_code == 403


@pytest.mark.parametrize("somebody_new", [False, True])
def test_an_erased_case_takes_no_more_content_about_anybody(office: Office, somebody_new: bool) -> None:
    case = a_closed_case(office)
    erase(office, case)
    body = {
        "ref": new_id(),
        "case_id": case.case_id,
        "about_id": new_id() if somebody_new else case.youth_id,
        "category": "FAMILY",
        "content": {"text": TEXT},
    }
    service = LEAD._replace(roles=LEAD.roles | {Role.SERVICE})
    answer = office.call("POST", "/deposits", body, actor=service)
    assert (answer.status_code, answer.json()["title"]) == (409, "ERASED")
    assert back_up(office.engine, "content") == []


def test_a_restored_back_up_is_erased_again_before_anything_is_opened(office: Office) -> None:
    case = a_closed_case(office)
    keys = office.vault.keys
    content, data_keys = back_up(office.engine, "content"), back_up(keys.engine, "data_key")
    erase(office, case)
    restore(office.engine, "content", content)
    restore(keys.engine, "data_key", data_keys)
    with the_right_key(office.process.desk):
        assert back_up(office.engine, "content") == []
        left = {row["case_id"]: row["wrapped"] for row in back_up(keys.engine, "data_key")}
        assert left.pop(INDEX) is not None, "the key of the youth index is nobody's"
        assert left == {case.case_id: None}


def test_a_dump_restored_by_the_servers_own_program_is_erased_again_before_anything_is_opened(
    office: Office,
) -> None:
    """The twin is a start that does not apply the ledger: there the content opens as if nothing had happened."""
    case = a_closed_case(office)
    dumps = {name: dump(office.settings, name, "--clean", "--if-exists") for name in ("sharing", "keys")}
    erase(office, case)
    erased_on = office.published(case.case_id)[-1].event
    assert isinstance(erased_on, CaseContentErased)
    for name, content in dumps.items():
        restore_dump(office.settings, name, content)
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        assert office.vault.open(sealed(work, [case.name_ref]))[case.name_ref]["name"] == NAME
    with the_right_key(office.process.desk):
        assert back_up(office.engine, "content") == []
        left = {row["case_id"]: row["wrapped"] for row in back_up(office.vault.keys.engine, "data_key")}
        assert left[case.case_id] is None
    assert office.call("POST", "/deposits", a_body(case)).json()["title"] == "ERASED"
    days = (erased_on.no_backup_opens_after - erased_on.erased_on).days
    assert days == (REPLACED_AFTER + DESTROYED_AFTER).days + 1, (
        "the key in use is as young as this installation"
    )


def a_body(case: Case) -> dict[str, Any]:
    about = {"ref": new_id(), "case_id": case.case_id, "about_id": case.youth_id}
    return {**about, "category": "FAMILY", "content": {"text": TEXT}}


def test_a_crash_after_the_approval_is_finished_by_the_clockwork_once(office: Office) -> None:
    case = a_closed_case(office)
    path = f"/cases/{case.case_id}"
    office.post(f"{path}/retention/reviewed", {"outcome": "DESTROY", "basis": "NO_DUTY_TO_KEEP"})
    office.post(f"{path}/erasure/proposed")
    ledger, keys = Ledger(office.settings), office.vault.keys
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEADER) as work:
        erasure.approve(work, case_id=case.case_id)
    assert office.opening(case, actor=LEAD)["reason"] == "CASE_ERASED"
    done = [finish_erasures(office.engine, SERVICE, keys, ledger, office.clock.moment()) for _ in range(2)]
    assert done == [1, 0]
    types = [fact.event.type for fact in office.published(case.case_id)]
    assert types.count("case.content_erased") == 1
    assert [one.case_id for one in ledger] == [case.case_id]


def test_a_new_key_encryption_key_opens_everything_and_the_running_service_takes_it_by_itself(
    office: Office, tmp_path: Path
) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    old_store = office.vault.keys
    assert replace_key(office.settings, a_new_key(tmp_path), at=office.clock.moment().real_at) == 2
    assert office.open(case, case.name_ref)["content"]["name"] == NAME
    body = {"ref": new_id(), "about_id": case.guardian_id, "category": "FAMILY", "content": {"text": TEXT}}
    office.post(f"/cases/{case.case_id}/information", body)
    assert office.open(case, ref)["reason"] == "NO_BASIS"
    fingerprints = {row["fingerprint"] for row in back_up(old_store.engine, "data_key")}
    assert fingerprints == {old_store.in_use()}
    office.vault.keys.prepare(office.clock.moment().real_at)


def test_a_replacement_that_a_crash_cut_short_can_be_done_again(office: Office, tmp_path: Path) -> None:
    office.a_case()
    new = a_new_key(tmp_path)
    keys = office.vault.keys
    at = office.clock.moment().real_at
    assert keys.replace(LocalKey(bytes.fromhex(new.read_text())), at=at) == 2
    with pytest.raises(WrongKeyEncryptionKey), the_right_key(office.process.desk):
        pass
    assert replace_key(office.settings, new, at=at) == 0
    with the_right_key(office.process.desk):
        assert not new.exists()


def test_an_earlier_copy_of_the_key_store_opens_nothing_once_its_key_is_destroyed(
    office: Office, tmp_path: Path
) -> None:
    case = a_closed_case(office)
    keys = office.vault.keys
    copy, at = back_up(keys.engine, "data_key"), office.clock.moment().real_at
    erase(office, case)
    kek = tmp_path / "kek"
    old_secret, old = bytes.fromhex(kek.read_text()), keys.fingerprint
    replace_key(office.settings, a_new_key(tmp_path), at=at)
    restore(keys.engine, "data_key", copy)
    scope = (case.case_id, case.youth_id)
    with pytest.raises(WrongKeyEncryptionKey):
        KeyStore(office.settings).many([scope])
    still_kept = KeyStore(office.settings, source=HeldKey(LocalKey(old_secret)))
    assert still_kept.many([scope]), "until its days are over, the old key with an old copy opens it"
    assert destroy_ended_keys(office.settings, at=at + DESTROYED_AFTER / 2) == []
    assert ended_file(kek, old).exists()
    assert destroy_ended_keys(office.settings, at=at + DESTROYED_AFTER) == [old]
    assert not ended_file(kek, old).exists()
    assert old_secret.hex() not in {path.read_text() for path in tmp_path.iterdir() if path.is_file()}


def test_a_lost_key_encryption_key_opens_nothing_and_says_so(office: Office, tmp_path: Path) -> None:
    office.a_case()
    (tmp_path / "kek").write_text(secrets.token_hex(32), encoding="utf-8")
    with pytest.raises(WrongKeyEncryptionKey), the_right_key(office.process.desk):
        pass


def a_new_key(folder: Path) -> Path:
    new = folder / "new-key"
    new.write_text(secrets.token_hex(32), encoding="utf-8")
    return new


def test_a_key_that_should_have_been_replaced_is_told_of_once_a_day(office: Office) -> None:
    keys, at = office.vault.keys, office.clock.moment().real_at
    assert overdue(keys, at + timedelta(days=30)) == []
    assert overdue(keys, at + timedelta(days=32)) == ["key_encryption_key_not_replaced"]
    keys.replace(LocalKey(secrets.token_bytes(32)), at=at + timedelta(days=32))
    assert overdue(keys, at + timedelta(days=33)) == []
    assert overdue(keys, at + timedelta(days=32) + DESTROYED_AFTER) == [
        "key_encryption_key_not_replaced",
        "replaced_key_not_destroyed",
    ]
