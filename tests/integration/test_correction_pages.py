"""Putting right on the pages, over the real contracts service on real PostgreSQL: reached from the history, done, shown."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from fastapi.testclient import TestClient

from backbone.clock import new_id
from schemas.codes import Agency, Function, Role
from schemas.correction import RegistrationCorrected, RegistrationVoided
from schemas.correction_request import CorrectionRefused
from schemas.event import Event, decode, encode, seal
from schemas.example import example_of
from schemas.network_group import MemberJoined, SecrecyDeclared
from services.portal.sessions import Visitor
from tests.integration.test_case_forms import OURS, Desk, a_case_with_a_deviation, desk, hidden

pytestmark = pytest.mark.integration
__all__ = ["desk"]


def shown(browser: TestClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def registration_in(page: str, of: str) -> str:
    """The way from a line of the history to putting it right."""
    (line,) = [line for line in re.findall(r"<li>.*?</li>", page, re.DOTALL) if f'"what">{of}<' in line]
    (address,) = re.findall(r'href="(/saker/[^"]+/registrering/[^"]+)"', line)
    return str(address)


def sends(browser: TestClient, address: str, **fields: str) -> None:
    page = browser.get(address).text
    checked = dict(re.findall(r'name="(\w+)" value="([^"]*)" checked', page))
    dates = dict(re.findall(r'name="(\w+)" type="date" value="([^"]*)"', page))
    selected = dict(
        re.findall(r'<select[^>]* name="(\w+)"[^>]*>.*?<option value="([^"]*)" selected', page, re.DOTALL)
    )
    data = {**hidden(page), **checked, **dates, **selected, **fields}
    answer = browser.post(address, data=data, headers=OURS)
    assert answer.status_code == 303, answer.text


def versions_on_the_pages(desk: Desk, case_id: str) -> list[int]:
    """What the forms of the pages say that somebody saw: of the case, its contract and its deviations."""
    with desk.portal.process.desk.engine.connect() as connection:
        query = "SELECT state FROM case_view WHERE case_id = %s"
        view = connection.exec_driver_sql(query, (case_id,)).scalar_one()
    things = [view, *view["contracts"], *view.get("deviations", [])]
    return [int(thing.get("version", 1)) for thing in things]


def versions_of_the_owner(desk: Desk, case_id: str) -> list[int]:
    tables = ("case_file", "contract", "deviation")
    query = " UNION ALL ".join(
        f"SELECT {place} AS place, (state->>'version')::int AS version FROM {table} WHERE case_id = %s"
        for place, table in enumerate(tables)
    )
    with desk.contracts.process.desk.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{query} ORDER BY place", (case_id,) * len(tables))
        return [row.version for row in rows]


def test_a_deviation_is_corrected_from_the_history_and_shown_as_it_counts(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = registration_in(shown(browser, f"/saker/{case}"), "Et avvik ble meldt")
    overview = shown(browser, address)
    assert f'href="{address}/rett"' in overview
    assert f'href="{address}/stryk"' in overview
    sends(browser, f"{address}/rett", severity="4", kind="CURFEW", because="MISUNDERSTOOD")
    corrected = desk.contracts.published()[-1]
    assert isinstance(corrected, RegistrationCorrected)
    assert [(c.field, c.was, c.now) for c in corrected.changes] == [
        ("kind", "LATE", "CURFEW"),
        ("severity", 2, 4),
    ]
    desk.told()
    after = shown(browser, address)
    assert "Først ført slik: Kom for sent" in re.sub(r"\s+", " ", after)
    assert "fra «Kom for sent»" in after
    assert "Misforstått" in after
    page = shown(browser, f"/saker/{case}")
    assert "Rettet</span>" in page
    assert "En registrering ble rettet" in page
    assert versions_on_the_pages(desk, case) == versions_of_the_owner(desk, case)


def test_the_kind_of_a_guarded_deviation_stands_on_no_page_of_a_member_not_even_where_it_is_put_right(
    desk: Desk,
) -> None:
    case, _ = a_case_with_a_deviation(desk)
    coach = joins(desk, case, Agency.FRIVILLIG_ORG)
    lead = desk.browser(desk.lead)
    registration = registration_in(shown(lead, f"/saker/{case}"), "Et avvik ble meldt")
    sends(lead, f"{registration}/rett", kind="TEST_POSITIVE", because="MISUNDERSTOOD")
    desk.told()
    pages = (f"/saker/{case}", registration)
    assert ["Positiv rustest" in shown(lead, page) for page in pages] == [True, True]
    for page in (*pages, f"{registration}/feil"):
        assert "Positiv rustest" not in shown(desk.browser(coach), page)


def joins(desk: Desk, case: str, agency: Agency) -> Visitor:
    """Somebody who is in the group, and has declared secrecy."""
    who = Visitor(new_id(), agency, frozenset({Role.AGENCY_MEMBER}), ("1804",), new_id())
    fields = (
        {"person_id": who.person_id, "agency": agency, "function": Function.ADVISER},
        {"person_id": who.person_id},
    )
    kinds: tuple[type[Event], ...] = (MemberJoined, SecrecyDeclared)
    for number, (kind, said) in enumerate(zip(kinds, fields, strict=True), start=1):
        example = decode(example_of(kind, sequence=number))
        told = msgspec.structs.replace(example.event, **said)
        body = encode(msgspec.structs.replace(example.envelope, case_id=case, data=seal(told)))
        desk.portal.take([(number, case, body)], "network")
    return who


def test_a_form_that_changes_nothing_says_so_and_sends_nothing(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = registration_in(shown(browser, f"/saker/{case}"), "Et avvik ble meldt") + "/rett"
    with pytest.raises(AssertionError, match="Ingenting er endret"):
        sends(browser, address, because="MISUNDERSTOOD")
    page = browser.post(address, data=hidden(browser.get(address).text), headers=OURS)
    assert page.status_code == 422
    assert 'href="#because"' in page.text


def test_a_struck_deviation_is_gone_from_the_case_and_stands_struck_in_the_history(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = registration_in(shown(browser, f"/saker/{case}"), "Et avvik ble meldt")
    sends(browser, f"{address}/stryk", because="WRONG_CASE")
    assert isinstance(desk.contracts.published()[-1], RegistrationVoided)
    desk.told()
    page = shown(browser, f"/saker/{case}")
    assert "Ingen avvik er meldt." in page
    assert versions_on_the_pages(desk, case) == versions_of_the_owner(desk, case)
    assert "Strøket</span>" in page
    assert "Registreringen er strøket og gjelder ikke." in shown(browser, address)
    assert browser.get(f"{address}/rett").status_code == 404


def test_somebody_who_neither_registered_it_nor_leads_gets_no_form(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    lead, other = desk.browser(desk.lead), desk.browser(desk.reporter)
    address = registration_in(shown(lead, f"/saker/{case}"), "Et avvik ble meldt")
    assert "Bare den som registrerte dette" in shown(other, address)
    for form in ("rett", "stryk"):
        assert other.get(f"{address}/{form}").status_code == 403
    assert lead.get(f"/saker/{case}/registrering/ukjent").status_code == 404


def test_somebody_in_the_group_says_that_something_is_wrong_and_the_lead_answers(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    lead, other = desk.browser(desk.lead), desk.browser(desk.reporter)
    address = registration_in(shown(lead, f"/saker/{case}"), "Et avvik ble meldt")
    assert f'href="{address}/feil"' in shown(other, address)
    empty = other.post(f"{address}/feil", data=hidden(other.get(f"{address}/feil").text), headers=OURS)
    assert empty.status_code == 422
    assert 'href="#text"' in empty.text
    without_vault = {**hidden(empty.text), "text": "Det var dagen etter.", "asked_on": "2026-09-01"}
    kept = other.post(f"{address}/feil", data=without_vault, headers=OURS)
    assert (kept.status_code, "Det var dagen etter." in kept.text) == (422, True)
    lead_id = desk.lead.person_id
    body = {
        "request_id": new_id(),
        "registration_id": address.split("/")[-1],
        "asked_by": lead_id,
        "asked_on": "2026-09-01",
    }
    said = desk.contracts.post(f"/cases/{case}/correction-requests", desk.lead.actor("nb"), body)
    assert said.status == 201, said.body
    desk.told()
    page = shown(lead, f"/saker/{case}")
    assert "Meldt som feil" in page
    assert "Venter på svar" in page
    (answers,) = set(re.findall(r'href="(/saker/[^"]+/gjor/ikke-rett/[^"]+)"', shown(lead, address)))
    sends(lead, answers, reason="RIGHT_AS_IT_STANDS")
    desk.told()
    assert isinstance(desk.contracts.published()[-1], CorrectionRefused)
    assert "Det som står, er riktig" in shown(other, address)
    assert "/gjor/ikke-rett/" not in shown(lead, address)
