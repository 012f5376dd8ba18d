"""Log-in with an electronic identity: the whole way of a browser, and every way a log-in must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient
from sqlalchemy import text

from backbone.clock import new_id
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor
from schemas.codes import Agency, Role
from services.portal import log_ins, sessions
from services.portal.app import SERVICE, furnish
from services.portal.neighbours import Colleague
from services.portal.open_id import OpenId
from services.portal.pages import ROUTERS
from services.portal.sessions import Visitor
from tests.integration.log_in_provider import CLIENT, ISSUER, SECRET, Provider

pytestmark = pytest.mark.integration
OURS = {"Sec-Fetch-Site": "same-origin"}
TEACHER = Colleague(new_id(), Agency.SKOLE_GRUNN, frozenset({Role.AGENCY_MEMBER}), ("1804",), "Lærar Demosen")


class Known:
    """The directory, with one person in it: what lies outside the portal."""

    def __init__(self, somebody: Colleague = TEACHER) -> None:
        self._somebody = somebody

    def colleagues(self) -> dict[str, Colleague]:
        return {self._somebody.person_id: self._somebody}

    colleagues_if_any = colleagues

    def forget(self) -> None:
        pass

    def unread(self, _actor: Any) -> None:
        return None


class House:
    """The portal with a log-in provider behind it."""

    def __init__(self, process: Process, provider: Provider) -> None:
        self.process, self.provider = process, provider
        self.engine = process.desk.engine

    def browser(self) -> TestClient:
        return TestClient(self.process.app, raise_server_exceptions=False, follow_redirects=False)

    def code(self) -> str:
        real_at = self.process.desk.clock.moment().real_at
        return log_ins.give_code(self.engine, TEACHER.person_id, given_by=new_id(), real_at=real_at)

    def comes_back(self, browser: TestClient, subject: str = "subject-1") -> Any:
        """From the button through the provider and back."""
        start = browser.get("/logg-inn/start")
        assert start.status_code == 303
        state, code = self.provider.logs_in(start.headers["location"], subject)
        return browser.get("/logg-inn/retur", params={"state": state, "code": code})

    def known_teacher(self) -> None:
        """The teacher has logged in before."""
        browser = self.browser()
        assert self.comes_back(browser).headers["location"] == "/logg-inn/kode"
        done = browser.post("/logg-inn/kode", data={"code": self.code()}, headers=OURS)
        assert done.status_code == 303

    def set_back(self, table: str, column: str, by: timedelta) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(f"UPDATE {table} SET {column} = {column} - :by"), {"by": by})


@pytest.fixture
def settings(a_namespace: str, database_url: str, tmp_path: Path) -> Settings:
    (tmp_path / "token.key").write_bytes(b"a key of the tests, long enough to sign with")
    (tmp_path / "secret").write_text(SECRET)
    return Settings(
        namespace=a_namespace,
        database_url=database_url,
        token_key_file=tmp_path / "token.key",
        openid_issuer=ISSUER,
        openid_client_id=CLIENT,
        openid_client_secret_file=tmp_path / "secret",
        openid_acr="level-high level-highest",
    )


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    migrate(settings, "portal")
    try:
        provider = Provider()
        process = Process(SERVICE, ROUTERS, with_settings=settings, furnish=furnish)
        process.app.state.neighbours = Known()
        process.app.state.open_id = OpenId(settings, client=TestClient(provider.app, base_url=ISSUER))
        yield House(process, provider)
        process.desk.engine.dispose()
    finally:
        drop_database(settings, str(settings.database("portal").database))


def is_in(browser: TestClient) -> bool:
    return "felles" in browser.cookies


def test_the_first_time_a_code_is_asked_for_and_then_never_again(house: House) -> None:
    browser, code = house.browser(), house.code()
    assert house.comes_back(browser).headers["location"] == "/logg-inn/kode"
    assert not is_in(browser)
    wrong = browser.post("/logg-inn/kode", data={"code": "12ab-34cd-56ef-78ab-90cd-12ef"}, headers=OURS)
    assert (wrong.status_code, is_in(browser)) == (422, False)
    right = browser.post("/logg-inn/kode", data={"code": f" {code.upper()} "}, headers=OURS)
    assert (right.headers["location"], is_in(browser)) == ("/varsler", True)

    later = house.browser()
    assert house.comes_back(later).headers["location"] == "/varsler"
    visitor = sessions.find(
        house.engine, later.cookies["felles"], real_at=house.process.desk.clock.moment().real_at
    )
    assert visitor is not None
    assert (visitor.person_id, visitor.roles) == (TEACHER.person_id, TEACHER.roles)


def language_of_front_page(browser: TestClient) -> str:
    return str(re.findall(r'<html lang="(\w+)"', browser.get("/").text)[0])


def chooses(browser: TestClient, language: str) -> None:
    browser.post("/sprak", data={"sprak": language, "tilbake": "/"}, headers=OURS)


def test_the_language_that_somebody_chose_follows_them_to_another_browser(house: House) -> None:
    house.known_teacher()
    first = house.browser()
    house.comes_back(first)
    assert language_of_front_page(first) == "nb"
    chooses(first, "nn")
    second = house.browser()
    assert language_of_front_page(second) == "nb", "before the log-in nobody knows who it is"
    house.comes_back(second)
    assert language_of_front_page(second) == "nn"


def test_what_was_just_chosen_in_the_browser_stands_until_the_person_chooses(house: House) -> None:
    house.known_teacher()
    browser = house.browser()
    chooses(browser, "nn")
    house.comes_back(browser)
    assert language_of_front_page(browser) == "nn"
    other = house.browser()
    house.comes_back(other)
    assert language_of_front_page(other) == "nb", (
        "a choice before the log-in is the browser's, not the person's"
    )


def test_somebody_who_is_written_to_in_nynorsk_reads_nynorsk_from_the_first_log_in(house: House) -> None:
    house.process.app.state.neighbours = Known(TEACHER._replace(language="nn"))
    house.known_teacher()
    browser = house.browser()
    house.comes_back(browser)
    assert language_of_front_page(browser) == "nn"
    chooses(browser, "nb")
    house.comes_back(browser)
    assert language_of_front_page(browser) == "nb", "their own choice goes before the directory's"


def test_a_code_works_once_and_only_for_a_while(house: House) -> None:
    code = house.code()
    first, second = house.browser(), house.browser()
    house.comes_back(first)
    house.comes_back(second, "subject-2")
    assert first.post("/logg-inn/kode", data={"code": code}, headers=OURS).status_code == 303
    assert second.post("/logg-inn/kode", data={"code": code}, headers=OURS).status_code == 422
    late = house.code()
    house.set_back("first_code", "given_at", log_ins.CODE_LASTS + timedelta(minutes=1))
    assert second.post("/logg-inn/kode", data={"code": late}, headers=OURS).status_code == 422


def test_a_new_code_ends_what_the_person_was_known_by(house: House) -> None:
    house.known_teacher()
    house.code()
    assert house.comes_back(house.browser()).headers["location"] == "/logg-inn/kode"


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another client"},
        {"iss": "https://another.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"acr": "level-low"},
        {"acr": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
        {"azp": "another client"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_log_in_lets_nobody_in(house: House, changes: dict[str, Any]) -> None:
    house.known_teacher()
    house.provider.changes = changes
    browser = house.browser()
    assert house.comes_back(browser).status_code == 403
    assert not is_in(browser)


def test_a_token_that_another_key_signed_lets_nobody_in(house: House) -> None:
    house.known_teacher()
    house.provider.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert house.comes_back(house.browser()).status_code == 403
    # the old trick: the public key, which anybody has, taken for a shared secret
    house.provider.algorithm = "HS256"
    house.provider.signs_with = "a shared secret that is long enough for this algorithm"
    assert house.comes_back(house.browser()).status_code == 403


def test_an_unsigned_token_lets_nobody_in(house: House) -> None:
    house.known_teacher()
    house.provider._id_token = lambda asked: jwt.encode(  # type: ignore[method-assign]
        {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "subject-1",
            "nonce": asked["nonce"],
            "iat": 1,
            "exp": 9_999_999_999,
        },
        None,  # type: ignore[arg-type]
        algorithm="none",
        headers={"kid": "one"},
    )
    assert house.comes_back(house.browser()).status_code == 403


def test_only_the_browser_that_began_can_finish_and_only_once(house: House) -> None:
    house.known_teacher()
    browser, other = house.browser(), house.browser()
    state, code = house.provider.logs_in(browser.get("/logg-inn/start").headers["location"], "subject-1")
    back = {"state": state, "code": code}
    assert other.get("/logg-inn/retur", params=back).status_code == 403
    assert browser.get("/logg-inn/retur", params={**back, "state": "another"}).status_code == 403
    assert browser.get("/logg-inn/retur", params=back).status_code == 403  # a wrong state ended the attempt
    assert not is_in(browser)
    assert house.comes_back(browser).status_code == 303
    again = {"state": state, "code": "code-9"}
    assert browser.get("/logg-inn/retur", params=again).status_code == 403


def test_a_log_in_that_took_too_long_is_begun_anew(house: House) -> None:
    house.known_teacher()
    browser = house.browser()
    state, code = house.provider.logs_in(browser.get("/logg-inn/start").headers["location"], "subject-1")
    house.set_back("log_in_attempt", "started_at", log_ins.ATTEMPT_LASTS + timedelta(seconds=1))
    assert browser.get("/logg-inn/retur", params={"state": state, "code": code}).status_code == 403


def test_a_code_that_the_provider_does_not_know_lets_nobody_in(house: House) -> None:
    browser = house.browser()
    state, _ = house.provider.logs_in(browser.get("/logg-inn/start").headers["location"], "subject-1")
    answer = browser.get("/logg-inn/retur", params={"state": state, "code": "made-up"})
    assert (answer.status_code, is_in(browser)) == (403, False)


def test_we_show_the_provider_who_we_are(house: House, tmp_path: Path, settings: Settings) -> None:
    house.known_teacher()
    assert house.provider.client_shown[-1].startswith("Basic ")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(pem)
    signing = settings.model_copy(update={"openid_private_key_file": tmp_path / "key.pem"})
    house.process.app.state.open_id = OpenId(signing, client=TestClient(house.provider.app, base_url=ISSUER))
    assert house.comes_back(house.browser()).status_code == 303
    shown = jwt.decode(
        house.provider.client_shown[-1], key.public_key(), algorithms=["RS256"], audience=f"{ISSUER}/token"
    )
    assert (shown["iss"], shown["sub"]) == (CLIENT, CLIENT)


def test_what_is_kept_of_an_identity_tells_nobody_who_it_is(house: House) -> None:
    house.known_teacher()
    with house.engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM log_in")).all())
    assert "subject-1" not in kept


def test_nobody_logs_in_as_a_demo_person_where_identities_are_electronic(house: House) -> None:
    house.process.desk.settings.demo = True
    browser = house.browser()
    assert "/logg-inn/start" in browser.get("/logg-inn").text
    answer = browser.post("/logg-inn", data={"person_id": TEACHER.person_id}, headers=OURS)
    assert (answer.status_code, is_in(browser)) == (404, False)


def test_who_logs_out_can_go_on_to_log_out_there_too(house: House) -> None:
    answer = house.browser().get("/logg-ut/elektronisk-id")
    assert answer.headers["location"].startswith(f"{ISSUER}/end?client_id={CLIENT}")


def test_the_first_operators_code_comes_from_the_server(house: House) -> None:
    process = house.process
    asks = Actor("operator:command-line", None, frozenset({Role.OPERATOR}))
    other = Actor(new_id(), Agency.SKOLE_GRUNN, frozenset({Role.AGENCY_MEMBER}))
    browser = house.browser()
    for actor, status in ((other, 403), (asks, 201)):
        bearer = token(process.settings, actor, process.desk.clock.moment())
        answer = browser.post(
            "/operations/first-codes",
            json={"person_id": TEACHER.person_id},
            headers={"Authorization": f"Bearer {bearer}"},
        )
        assert answer.status_code == status
    house.comes_back(browser)
    assert (
        browser.post("/logg-inn/kode", data={"code": answer.json()["code"]}, headers=OURS).status_code == 303
    )


def test_an_operator_gives_codes_on_the_page_and_nobody_else(house: House) -> None:
    for role, status in ((Role.OPERATOR, 200), (Role.COORDINATOR, 403)):
        visitor = Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({role}), ("1804",), new_id())
        real_at = house.process.desk.clock.moment().real_at
        browser = house.browser()
        browser.cookies.set("felles", sessions.begin(house.engine, visitor, real_at=real_at))
        answer = browser.post("/drift/palogging", data={"person_id": TEACHER.person_id}, headers=OURS)
        assert answer.status_code == status
    found = re.search(r"([0-9a-f]{4}-){5}[0-9a-f]{4}", browser.get("/drift/palogging").text)
    assert found is None  # shown once, never again
