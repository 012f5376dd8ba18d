"""The pages around the cases on real PostgreSQL, with a contracts service behind them: what is typed arrives, and is shown again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from backbone.clock import new_id
from schemas.codes import Role
from services.portal.pages import referrals
from tests.integration.test_case_forms import OURS, Desk, desk
from tests.integration.test_cohorts_api import closed_cases

__all__ = ["desk"]
pytestmark = pytest.mark.integration


def sent(browser: TestClient, path: str, **fields: Any) -> Any:
    """Open the page, and send its form with these fields."""
    key = re.search(r'name="key" value="([^"]+)"', browser.get(path).text)
    assert key is not None
    return browser.post(path, data={"key": key.group(1), **fields}, headers=OURS)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(
    "path",
    [
        "/henvendelser",
        "/henvendelser/ny",
        "/konsultasjoner",
        "/tiltak",
        "/tiltak/nytt",
        "/undersokelsen",
        "/kohorter",
        "/sporsmal",
    ],
)
def test_every_page_is_there_in_both_languages(desk: Desk, path: str, language: str) -> None:
    browser = desk.browser(desk.lead)
    browser.cookies.set("sprak", language)
    shown = browser.get(path)
    assert shown.status_code == 200
    assert f'<html lang="{language}"' in shown.text


def test_older_referrals_stand_on_the_next_page_and_each_is_found_wherever_it_stands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(referrals, "ON_A_PAGE", 1)
    browser = desk.browser(desk.lead)
    facts = {"origin": "SCHOOL", "reasons": ["THREATS"], "urgency": "SOON", "youth_knows": "NO"}
    for _ in range(2):
        asked = {**facts, "municipality_no": "1804", "assigned_to": desk.lead.person_id}
        assert sent(browser, "/henvendelser/ny", **asked).status_code == 303
    newest, older = (browser.get(f"/henvendelser?side={side}").text for side in (1, 2))
    ways = [re.findall(r'href="(/henvendelser/[0-9a-f-]{36})"', text) for text in (newest, older)]
    assert [len(found) for found in ways] == [1, 1]
    assert ways[0] != ways[1]
    assert ("Eldre henvendelser" in newest, "Nyere henvendelser" in newest) == (True, False)
    assert "Nyere henvendelser" in older
    assert [browser.get(way).status_code for (way,) in ways] == [200, 200]
    assert "Det er ikke flere henvendelser." in browser.get("/henvendelser?side=900").text
    for unknown in (new_id(), "no id at all", "x" * 300):
        assert browser.get(f"/henvendelser/{unknown}").status_code == 404


def test_a_referral_without_a_name_is_registered_taken_up_and_declined(desk: Desk) -> None:
    browser = desk.browser(desk.lead)
    facts = {
        "origin": "SCHOOL",
        "reasons": ["SCHOOL_ABSENCE", "THREATS"],
        "urgency": "SOON",
        "youth_knows": "NO",
        "municipality_no": "1804",
        "assigned_to": desk.lead.person_id,
    }
    incomplete = sent(browser, "/henvendelser/ny", **{**facts, "reasons": []})
    assert (incomplete.status_code, "Velg minst én grunn." in incomplete.text) == (422, True)
    assert sent(browser, "/henvendelser/ny", **facts).headers["location"].startswith("/henvendelser?melding=")
    found = re.search(r'href="(/henvendelser/[0-9a-f-]{36})"', browser.get("/henvendelser").text)
    assert found is not None
    one = found.group(1)
    assert "Ta den opp til siling" in browser.get(one).text
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    unsaid = browser.post(f"{one}/bekreft", data={"acknowledged_on": today}, headers=OURS)
    assert (unsaid.status_code, "Velg hvordan du sa fra." in unsaid.text) == (422, True)
    said = {"key": new_id(), "how": "TELEPHONE", "acknowledged_on": today}
    assert browser.post(f"{one}/bekreft", data=said, headers=OURS).headers["location"].startswith(one)
    assert "Før opp at du har sagt fra" not in browser.get(one).text
    assert browser.post(f"{one}/sil", data={"key": new_id()}, headers=OURS).status_code == 303
    assert "Ta imot, og opprett en sak" in browser.get(one).text
    refused = browser.post(f"{one}/ta-imot", data={"programme": "FA_YOUTH_CONTRACT"}, headers=OURS)
    assert refused.status_code == 422
    declined = browser.post(f"{one}/avsla", data={"reason": "HELPED_ELSEWHERE"}, headers=OURS)
    assert declined.status_code == 303
    told = ["received", "acknowledged", "screened", "declined"]
    assert desk.contracts.types() == [f"referral.{what}" for what in told]
    assert desk.browser(desk.reporter).get(one).status_code == 404


def test_a_consultation_is_logged_without_a_name_and_a_number_is_refused_before_it_is_sent(
    desk: Desk,
) -> None:
    browser = desk.browser(desk.reporter)
    facts = {
        "held_on": desk.contracts.process.desk.clock.moment().today.isoformat(),
        "municipality_no": "1804",
        "themes": "SCHOOL_ABSENCE",
        "age": "AGE_12_14",
        "agencies": "PPT",
        "advice": "TALK_WITH_YOUTH",
    }
    refused = sent(browser, "/konsultasjoner", **facts, note="Gjelder 318810 90050")
    assert (refused.status_code, "Ta bort nummeret" in refused.text) == (422, True)
    assert sent(browser, "/konsultasjoner", **facts).status_code == 303
    assert desk.contracts.types() == ["consultation.logged"]
    assert "Snakke med ungdommen" in browser.get("/konsultasjoner").text


def test_an_offer_is_entered_found_gone_through_and_taken_out(desk: Desk) -> None:
    browser = desk.browser(desk.lead)
    facts = {
        "municipality_no": "1804",
        "kind": "LEISURE",
        "title": "Mekkekveld",
        "provider": "Ungdomshuset",
        "provider_agency": "FRITID",
        "age_from": "13",
        "age_to": "18",
    }
    wrong = sent(browser, "/tiltak/nytt", **{**facts, "age_to": "12"})
    assert (wrong.status_code, "Alderen må gå fra yngst til eldst" in wrong.text) == (422, True)
    assert sent(browser, "/tiltak/nytt", **facts).status_code == 303
    assert "Mekkekveld" in browser.get("/tiltak?sok=mekke").text
    assert "Mekkekveld" not in browser.get("/tiltak?sok=fotball").text
    found = re.search(r'href="(/tiltak/[0-9a-f-]{36})\?', browser.get("/tiltak").text)
    assert found is not None
    one = f"{found.group(1)}?kommune=1804"
    changed = {**facts, "title": "Kodeklubb", "seen_version": "1"}
    assert sent(browser, one, **changed).status_code == 303
    stale = sent(browser, one, **changed)
    assert stale.status_code == 422
    assert sent(browser, one, **facts, deed="ended").status_code == 303
    assert "Kodeklubb" not in browser.get("/tiltak").text


def test_the_survey_is_answered_without_logging_in_with_a_code_from_a_sheet(desk: Desk) -> None:
    lead = desk.browser(desk.lead)
    sheet = sent(lead, "/undersokelsen", municipality_no="1804")
    codes = re.findall(r"<code>([A-Z2-9]{5} [A-Z2-9]{5})</code>", sheet.text)
    assert len(codes) == 20
    anybody = TestClient(desk.portal.process.app, follow_redirects=False)
    answers = {"code": codes[0], "respondent": "YOUTH", "was_heard": "4"}
    thanks = anybody.post("/sporsmal", data=answers, headers=OURS)
    assert (thanks.status_code, "Takk for svaret" in thanks.text) == (200, True)
    again = anybody.post("/sporsmal", data=answers, headers=OURS)
    assert (again.status_code, "Koden er brukt" in again.text) == (422, True)


def test_a_cohort_is_closed_and_its_result_registered_and_shown_with_what_was_counted(desk: Desk) -> None:
    browser, year = desk.browser(desk.lead), desk.contracts.process.desk.clock.moment().today.year - 5
    closed_cases(desk.contracts, 20, year=year)
    facts = {"municipality_no": "1804", "programme": "FA_YOUTH_CONTRACT"}
    incomplete = sent(browser, "/kohorter", **facts)
    assert (incomplete.status_code, "Velg hvilket år det gjelder." in incomplete.text) == (422, True)
    made = sent(browser, "/kohorter", **facts, period_key=str(year))
    assert made.status_code == 303
    one = made.headers["location"].split("?")[0]
    assert one in browser.get("/kohorter").text
    assert "Resultatet kan føres inn nå" in browser.get("/kohorter").text
    assert "Før inn resultatet" in browser.get(one).text
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    answer = {"result": "COUNTED", "measured_on": today, "relapsed": "5"}
    unsaid = sent(browser, one, **answer)
    assert (unsaid.status_code, "Velg hva som er regnet som tilbakefall" in unsaid.text) == (422, True)
    told = {**answer, "definition": "NEW_CHARGE", "agency": "PATALEMYNDIGHET"}
    assert sent(browser, one, **told).headers["location"].startswith(f"{one}?melding=")
    browser.cookies.set("sprak", "nn")
    shown = browser.get("/kohorter").text
    assert "5 av 20 (25 prosent)" in shown
    assert "Ny sikting · Påtalemakta" in shown
    assert "Før inn resultatet" not in browser.get(one).text
    assert desk.contracts.types()[-2:] == ["cohort.closed", "cohort.measured"]


def test_few_are_shown_in_words_and_never_as_a_number(desk: Desk) -> None:
    browser, year = desk.browser(desk.lead), desk.contracts.process.desk.clock.moment().today.year - 5
    closed_cases(desk.contracts, 4, year=year)
    closed_cases(desk.contracts, 12, year=year - 1)
    facts = {"municipality_no": "1804", "programme": "FA_YOUTH_CONTRACT"}
    small = sent(browser, "/kohorter", **facts, period_key=str(year)).headers["location"].split("?")[0]
    assert "Færre enn fem" in browser.get(small).text
    assert "Måles ikke, kohorten er for liten" in browser.get("/kohorter").text
    assert "Før inn resultatet" not in browser.get(small).text
    larger = sent(browser, "/kohorter", **facts, period_key=str(year - 1)).headers["location"].split("?")[0]
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    told = {"result": "COUNTED", "measured_on": today, "relapsed": "11", "definition": "NEW_REPORT"}
    assert sent(browser, larger, **told, agency="POLITI_FOREBYGGENDE").status_code == 303
    shown = browser.get("/kohorter").text
    assert "For få til å vises" in shown
    assert "11 av" not in shown


def test_cohorts_are_for_coordinators_and_one_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.browser(desk.lead).get(f"/kohorter/{new_id()}").status_code == 404
    teacher = desk.lead._replace(roles=frozenset({Role.AGENCY_MEMBER}))
    for path in ("/kohorter", f"/kohorter/{new_id()}"):
        assert desk.browser(teacher).get(path).status_code == 403
