"""The vault's keys under a key service: bound, rotated, destroyed, lost, and away; over HTTP and TLS against a stand-in for one."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from backbone.settings import Settings
from services.sharing.app import the_right_key
from services.sharing.key_commands import destroy_ended_keys, replace_key
from services.sharing.key_service import KeyService, KeyServiceAway
from services.sharing.keys import DESTROYED_AFTER, KeyStore, KeyTampered, WrongKeyEncryptionKey
from services.sharing.wrapping import KeyFile, LocalKey, NotUnwrapped
from tests.integration.sharing_office import NAME, TEACHER, Office, an_office, settings_in
from tests.integration.transit import Transit, a_key_service

pytestmark = pytest.mark.integration
BOUND = b"person|case"


@pytest.fixture
def transit(tmp_path: Path) -> Iterator[Transit]:
    with a_key_service(tmp_path) as transit:
        transit.make("felles")
        yield transit


def under(settings: Settings, transit: Transit, folder: Path, **more: object) -> Settings:
    """The settings, with the key service in the file's place."""
    service = {
        "key_service_url": transit.url,
        "key_service_key": "transit/felles",
        "key_service_token_file": folder / "transit-token",
        "erasure_ledger_file": folder / "erasures.jsonl",
    }
    return settings.model_copy(update={**service, **more})


@pytest.fixture
def settings(tmp_path: Path, database_url: str, transit: Transit) -> Settings:
    return under(settings_in(tmp_path, database_url=database_url), transit, tmp_path)


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    settings = settings.model_copy(update={"key_encryption_key_file": None})
    with an_office(settings) as office:
        yield office


def test_the_vault_opens_through_the_key_service_and_no_key_lies_in_a_file(
    office: Office, transit: Transit
) -> None:
    case = office.a_case()
    assert office.open(case, case.name_ref, actor=TEACHER)["content"]["name"] == NAME
    keys = office.vault.keys
    with keys.engine.connect() as connection:
        wrapped = bytes(connection.exec_driver_sql("SELECT wrapped FROM data_key LIMIT 1").scalar_one())
    assert wrapped.startswith(b"vault:v1:")
    assert "POST decrypt/felles" in transit.asked


def test_many_keys_are_asked_for_with_one_call(office: Office, transit: Transit) -> None:
    cases = [office.a_case() for _ in range(4)]
    keys = office.vault.keys
    transit.asked.clear()
    assert len(keys.many([(case.case_id, case.youth_id) for case in cases])) == 4
    assert transit.asked == ["POST decrypt/felles"]


def test_what_is_wrapped_opens_for_its_person_and_case_only(settings: Settings) -> None:
    key = KeyService(settings).current()
    wrapped = key.wrap(b"k" * 32, bound=BOUND)
    assert key.unwrap(wrapped, bound=BOUND) == b"k" * 32
    with pytest.raises(NotUnwrapped):
        key.unwrap(wrapped, bound=b"person|another case")
    with pytest.raises(NotUnwrapped):
        key.unwrap(wrapped[:-8] + b"AAAAAAA=", bound=BOUND)


def test_a_wrapped_key_that_was_moved_to_another_person_is_told_apart(office: Office) -> None:
    case, other = office.a_case(), office.a_case()
    keys = office.vault.keys
    with keys.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE case_id = %s) WHERE case_id = %s",
            (other.case_id, case.case_id),
        )
    with pytest.raises(KeyTampered):
        keys.many([(case.case_id, case.youth_id), (other.case_id, other.youth_id)])


def test_a_key_that_binds_nothing_is_not_used(settings: Settings, transit: Transit) -> None:
    transit.make("felles", derived=False)
    with pytest.raises(WrongKeyEncryptionKey, match="not derived"):
        KeyService(settings).current()


def test_rotation_wraps_every_key_anew_inside_the_service_and_ends_the_old_version_in_time(
    office: Office, transit: Transit
) -> None:
    case, at = office.a_case(), office.clock.moment().real_at
    old = office.vault.keys.fingerprint
    transit.asked.clear()
    assert replace_key(office.settings, None, at=at) == 2
    assert "POST rewrap/felles" in transit.asked
    assert not {"POST decrypt/felles", "POST encrypt/felles"} & set(transit.asked), "no key came out"
    assert office.open(case, case.name_ref, actor=TEACHER)["content"]["name"] == NAME
    assert destroy_ended_keys(office.settings, at=at + DESTROYED_AFTER / 2) == []
    assert destroy_ended_keys(office.settings, at=at + DESTROYED_AFTER) == [old]
    assert set(transit.keys["felles"]["secrets"]) == {2}
    assert office.open(case, case.name_ref, actor=TEACHER)["content"]["name"] == NAME


def test_a_copy_of_the_key_store_from_before_opens_nothing_once_its_version_is_destroyed(
    office: Office, transit: Transit
) -> None:
    case, at = office.a_case(), office.clock.moment().real_at
    keys, scope = office.vault.keys, (case.case_id, case.youth_id)
    with keys.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT wrapped, fingerprint FROM data_key WHERE case_id = %s", (case.case_id,)
        )
        wrapped, fingerprint = found.one()
    replace_key(office.settings, None, at=at)
    with keys.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE data_key SET wrapped = %s, fingerprint = %s WHERE case_id = %s",
            (wrapped, fingerprint, case.case_id),
        )
    assert KeyStore(office.settings).many([scope]), "until its days are over, it does"
    destroy_ended_keys(office.settings, at=at + DESTROYED_AFTER)
    with pytest.raises(WrongKeyEncryptionKey):
        KeyStore(office.settings).many([scope])


def test_a_rotation_that_a_crash_cut_short_is_finished_without_another(
    office: Office, transit: Transit
) -> None:
    office.a_case()
    KeyService(office.settings).rotate()
    office.vault.keys.prepare(office.clock.moment().real_at)
    assert replace_key(office.settings, None, at=office.clock.moment().real_at) == 2
    assert set(transit.keys["felles"]["secrets"]) == {1, 2}


def test_keys_move_from_the_file_to_the_key_service(
    settings: Settings, tmp_path: Path, transit: Transit
) -> None:
    before = settings.model_copy(update={"key_service_url": None, "erasure_ledger_file": None})
    with an_office(before) as office:
        case, at = office.a_case(), office.clock.moment().real_at
        scope = (case.case_id, case.youth_id)
        held, old = office.vault.keys.many([scope])[scope], office.vault.keys.fingerprint
        with pytest.raises(WrongKeyEncryptionKey):
            KeyStore(settings).prepare(at)
        assert replace_key(settings, None, at=at) == 2
        after = KeyStore(settings)
        after.prepare(at)
        assert after.many([scope])[scope] == held
        with pytest.raises(WrongKeyEncryptionKey):
            KeyStore(before, source=KeyFile(before)).many([scope])
        back = LocalKey(bytes.fromhex((tmp_path / "kek").read_text()))
        with pytest.raises(IntegrityError):
            after.replace(back, at=at)  # a key that was ended once is never used again
        assert (tmp_path / "kek").exists(), "back-ups within their time still need it"
        assert destroy_ended_keys(settings, at=at + DESTROYED_AFTER + timedelta(hours=1)) == [old]
        assert not (tmp_path / "kek").exists()
        after.engine.dispose()


def test_while_the_key_service_is_away_nothing_opens_and_it_is_said(office: Office, transit: Transit) -> None:
    case = office.a_case()
    with the_right_key(office.process.desk):
        assert "key service" not in office.call("GET", "/health/ready").text
        transit.sealed = True
        ready = office.call("GET", "/health/ready")
        assert (ready.status_code, ready.json()["title"]) == (503, "NOT_READY")
        assert "key service" in ready.json()["detail"]
        body = {"refs": [case.name_ref], "purpose": "FOLLOW_UP"}
        answer = office.call("POST", f"/cases/{case.case_id}/open", body, actor=TEACHER)
        assert (answer.status_code, answer.json()["title"]) == (503, "KEY_SERVICE_AWAY")
        assert "ikke tilgjengelige akkurat nå" in answer.json()["detail"]
        assert NAME not in answer.text
        text = {
            "ref": case.text_ref,
            "about_id": case.youth_id,
            "category": "FAMILY",
            "content": {"text": "x"},
        }
        assert (
            office.call("POST", f"/cases/{case.case_id}/information", text, actor=TEACHER).status_code == 503
        )
        transit.sealed = False
        assert "key service" not in office.call("GET", "/health/ready").text
        assert office.open(case, case.name_ref, actor=TEACHER)["content"]["name"] == NAME
    openings = [fact for fact in office.published(case.case_id) if fact.event.type == "opening.decided"]
    assert len(openings) == 1, "what was not opened is not told of as opened"


def test_a_start_without_the_key_service_ends_at_once(office: Office, transit: Transit) -> None:
    transit.sealed = True
    with pytest.raises(KeyServiceAway), the_right_key(office.process.desk):
        pass


def test_a_token_that_has_ended_is_replaced_while_the_service_runs(
    office: Office, transit: Transit, tmp_path: Path
) -> None:
    case = office.a_case()
    transit.token = secrets.token_urlsafe(16)
    body = {"refs": [case.name_ref], "purpose": "FOLLOW_UP"}
    path = f"/cases/{case.case_id}/open"
    assert office.call("POST", path, body, actor=TEACHER).json()["title"] == "KEY_SERVICE_AWAY"
    (tmp_path / "transit-token").write_text(transit.token, encoding="utf-8")
    assert office.open(case, case.name_ref, actor=TEACHER)["content"]["name"] == NAME


def test_a_key_made_anew_under_the_old_name_is_another_key(office: Office, transit: Transit) -> None:
    """The key is lost: nothing opens again, and nothing new is written under a key that did not wrap the rest."""
    office.a_case()
    transit.make("felles")
    with pytest.raises(WrongKeyEncryptionKey), the_right_key(office.process.desk):
        pass
    del transit.keys["felles"]
    with pytest.raises(WrongKeyEncryptionKey, match="has no key"):
        KeyStore(office.settings)


def test_over_tls_only_the_certificate_that_is_named_is_trusted(tmp_path: Path, database_url: str) -> None:
    with a_key_service(tmp_path, tls=True) as transit:
        transit.make("felles")
        settings = under(settings_in(tmp_path, database_url=database_url), transit, tmp_path)
        trusting = settings.model_copy(update={"key_service_ca_file": tmp_path / "transit.pem"})
        key = KeyService(trusting).current()
        assert key.unwrap(key.wrap(b"k" * 32, bound=BOUND), bound=BOUND) == b"k" * 32
        with pytest.raises(KeyServiceAway):
            KeyService(settings).current()


@pytest.mark.parametrize("url", ["http://keys.example", "http://127.0.0.1.keys.example:8200"])
def test_without_tls_it_is_reached_on_this_machine_only(settings: Settings, url: str) -> None:
    with pytest.raises(RuntimeError, match="https"):
        KeyService(settings.model_copy(update={"key_service_url": url}))
