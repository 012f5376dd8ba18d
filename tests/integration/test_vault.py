"""What lies in the vault: ciphertext, bound to what it may be shown by, under keys that lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from backbone.clock import new_id
from backbone.refusal import Conflict
from backbone.work import work_on
from schemas.codes import Agency, Category
from services.sharing.app import SERVICE
from services.sharing.keys import KeyTampered
from services.sharing.vault import ContentTampered, Deposit, Kind, Vault, sealed
from tests.integration.sharing_office import (
    LEAD,
    NAME,
    NETWORK,
    POLICE,
    TEXT,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration
CANARIES = ("Kanari", "kanari", "04831100031", "2011-03-04", TEXT)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office


def a_deposit(**changes: Any) -> Deposit:
    fields: dict[str, Any] = {
        "ref": new_id(),
        "case_id": new_id(),
        "about_id": new_id(),
        "category": Category.FAMILY,
        "from_agency": Agency.KOMMUNE_SLT,
        "kind": Kind.TEXT,
        "author_id": new_id(),
        "content": {"text": TEXT},
    }
    return Deposit(**{**fields, **changes})


def lay(office: Office, deposit: Deposit) -> Vault:
    vault = office.vault
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        vault.lay(work, deposit, at=work.moment.decided_at)
    return vault


def read(office: Office, vault: Vault, ref: str) -> dict[str, dict[str, str]]:
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        return vault.open(sealed(work, [ref]))


def everything_in(engine: Engine) -> Iterator[tuple[str, str]]:
    """Every row of every table of a database as text, byte columns decoded as far as they are text."""
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"
        ).scalars()
        for table in list(tables):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                for value in row:
                    text = (
                        bytes(value).decode("utf-8", "replace")
                        if isinstance(value, (bytes, memoryview))
                        else str(value)
                    )
                    yield table, text


def where_canaries_are(*engines: Engine) -> set[str]:
    """The tables in which anything personal can be read."""
    return {
        table
        for engine in engines
        for table, text in everything_in(engine)
        if any(bird in text for bird in CANARIES)
    }


def test_nothing_personal_can_be_read_in_any_table_after_a_whole_case(office: Office) -> None:
    case = office.a_case()
    ref = office.a_text(case)
    office.a_consent(case)
    body = {"person_id": POLICE.person_id, "name": NAME, "email": "kanari@politi.example", "language": "nn"}
    office.post("/people", body, actor=NETWORK, key=new_id())
    office.post("/contacts", {"person_ids": [POLICE.person_id]}, actor=NETWORK)
    assert office.open(case, ref)["content"] == {"text": TEXT}
    assert office.opening(case)["items"]
    office.post("/names", {"case_ids": [case.case_id]}, actor=POLICE)
    asked = {"refs": None, "purpose": "FOLLOW_UP"}
    office.post(f"/cases/{case.case_id}/open", asked, actor=POLICE, key=new_id())
    assert where_canaries_are(office.engine, office.vault.keys.engine) == set()


def test_the_search_for_canaries_finds_one_that_is_let_out(office: Office) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE careless (body bytea)")
        connection.exec_driver_sql("INSERT INTO careless VALUES (%s)", (f'{{"name": "{NAME}"}}'.encode(),))
    assert where_canaries_are(office.engine) == {"careless"}
    with office.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE careless")


def test_what_is_laid_down_can_be_read_again(office: Office) -> None:
    deposit = a_deposit()
    vault = lay(office, deposit)
    assert read(office, vault, deposit.ref) == {deposit.ref: {"text": TEXT}}


def test_two_deposits_of_the_same_text_do_not_look_alike(office: Office) -> None:
    one, two = a_deposit(), a_deposit()
    lay(office, one)
    lay(office, two)
    with office.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT DISTINCT nonce, ciphertext FROM content WHERE ref = ANY(%s)", ([one.ref, two.ref],)
        )
        assert len(found.all()) == 2


@pytest.mark.parametrize(
    "change",
    [
        "category = 'LEISURE'",
        "from_agency = 'POLITI_FOREBYGGENDE'",
        "kind = 'IDENTITY'",
        "author_id = 'me'",
        "nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1)",
        "ciphertext = set_byte(ciphertext, 0, get_byte(ciphertext, 0) # 1)",
    ],
)
def test_whatever_is_changed_beside_the_ciphertext_or_in_it_is_found_out(office: Office, change: str) -> None:
    deposit = a_deposit()
    vault = lay(office, deposit)
    with office.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE content SET {change} WHERE ref = '{deposit.ref}'")
    with pytest.raises(ContentTampered):
        read(office, vault, deposit.ref)


def test_a_deposit_moved_to_another_case_or_person_does_not_open(office: Office) -> None:
    one, other = a_deposit(), a_deposit()
    vault = lay(office, one)
    lay(office, other)
    with office.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE content SET case_id = %s, about_id = %s WHERE ref = %s",
            (other.case_id, other.about_id, one.ref),
        )
    with pytest.raises(ContentTampered):
        read(office, vault, one.ref)


def test_a_data_key_moved_to_another_person_does_not_open(office: Office) -> None:
    one, other = a_deposit(), a_deposit()
    vault = lay(office, one)
    lay(office, other)
    with vault.keys.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE case_id = %s)"
            " WHERE case_id = %s",
            (other.case_id, one.case_id),
        )
    with pytest.raises(KeyTampered):
        read(office, vault, one.ref)


def test_the_same_deposit_twice_is_one_row_and_other_content_is_refused(office: Office) -> None:
    deposit = a_deposit()
    lay(office, deposit)
    lay(office, deposit)
    with pytest.raises(Conflict, match="REF_TAKEN"):
        lay(office, a_deposit(**{**_fields(deposit), "content": {"text": "noe annet"}}))
    with pytest.raises(Conflict, match="REF_TAKEN"):
        lay(office, a_deposit(**{**_fields(deposit), "from_agency": Agency.NAV}))
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM content WHERE ref = %s", (deposit.ref,))
        assert rows.scalar() == 1


def test_a_deposit_that_is_rolled_back_leaves_nothing_to_read(office: Office) -> None:
    deposit = a_deposit()
    with pytest.raises(RuntimeError):
        _lay_and_fail(office, deposit)
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        assert sealed(work, [deposit.ref]) == []
    lay(office, deposit)


def _lay_and_fail(office: Office, deposit: Deposit) -> None:
    with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
        office.vault.lay(work, deposit, at=work.moment.decided_at)
        raise RuntimeError


def _fields(deposit: Deposit) -> dict[str, Any]:
    return {name: getattr(deposit, name) for name in deposit.__struct_fields__}
