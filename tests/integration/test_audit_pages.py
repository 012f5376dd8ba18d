"""An auditor's pages over the real audit service: a case as it stood, and the questions."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from backbone.calls import Calls
from backbone.database import drop_database, migrate
from backbone.running import Process
from schemas.case import CaseOpened
from schemas.codes import Agency, Role
from schemas.consent import ConsentRequested
from schemas.contract import ContractRegistered
from schemas.deviation import DeviationReported
from schemas.event import Event, decode, encode
from schemas.example import example_of
from schemas.meeting import MeetingCalled
from services.portal import sessions
from services.portal.app import SERVICE, furnish
from services.portal.neighbours import Neighbours
from services.portal.pages import ROUTERS
from services.portal.sessions import Visitor
from tests.auditing import Auditing, an_event, auditing_at
from tests.integration.test_audit import an_opening

pytestmark = pytest.mark.integration
CASE = "case-1"
STORY = (CaseOpened, ContractRegistered, MeetingCalled, DeviationReported)


class Office:
    """The portal in front of the audit service."""

    def __init__(self, auditing: Auditing) -> None:
        self.auditing = auditing
        settings = auditing.settings.model_copy(
            update={f"{name}_url": "http://testserver" for name in ("audit", "network", "sharing")}
        )
        self.process = Process(SERVICE, ROUTERS, with_settings=settings, furnish=furnish)
        calls = Calls(settings, self.process.desk.clock, client=auditing.web)
        self.process.app.state.neighbours = Neighbours(calls)

    def browser(self, role: Role = Role.AUDITOR, *, language: str = "nb") -> TestClient:
        desk = self.process.desk
        visitor = Visitor(
            session_id="s",
            person_id=f"a-{role.value.lower()}",
            agency=Agency.FYLKESKOMMUNE,
            roles=frozenset({role}),
            municipality_nos=(),
        )
        secret = sessions.begin(desk.engine, visitor, real_at=desk.clock.moment().real_at)
        cookies = {sessions.cookie_name(desk.settings): secret, "sprak": language}
        return TestClient(self.process.app, follow_redirects=False, cookies=cookies)

    def put(self, *events: Event) -> None:
        self.auditing.put(*[a_record(event, place) for place, event in enumerate(events, start=1)])


def a_record(event: Event, place: int) -> tuple[bytes, bytes]:
    envelope = decode(example_of(type(event), case=CASE, sequence=place)).envelope
    changed = msgspec.structs.replace(envelope, id=f"event-{place}", source="contracts", case_id=CASE)
    return CASE.encode(), encode(changed)


@pytest.fixture
def office(kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Office]:
    with auditing_at(kafka_bootstrap, database_url, a_namespace, tmp_path) as auditing:
        migrate(auditing.settings, "portal")
        made = Office(auditing)
        try:
            yield made
        finally:
            made.process.desk.engine.dispose()
            drop_database(auditing.settings, f"{a_namespace}_portal")


def the_events() -> list[Event]:
    return [decode(example_of(one)).event for one in STORY]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_case_is_walked_from_event_to_event_without_javascript(office: Office, language: str) -> None:
    office.put(*the_events())
    browser = office.browser(language=language)
    path = f"/kontroll/{CASE}/slik-den-sto?formal=COMPLAINT"
    seen = [browser.get(f"{path}&nr={number}") for number in range(1, 5)]
    assert [page.status_code for page in seen] == [200] * 4
    texts = [page.text for page in seen]
    assert [f"{number} av 4" in text for number, text in enumerate(texts, start=1)] == [True] * 4
    assert ['rel="prev"' in text for text in texts] == [False, True, True, True]
    assert ['rel="next"' in text for text in texts] == [True, True, True, False]
    own = [[part for part in marked(text).split() if not part.startswith("section-")] for text in texts]
    assert own == [["hode"], ["kontrakten"], ["moter"], ["avvik"]]
    assert ['id="kontrakten"' in text for text in texts] == [False, True, True, True]
    assert not any(re.search(r'href="/saker|action="/saker', text) for text in texts), (
        "nothing can be done from here"
    )


def marked(text: str) -> str:
    found = re.search(r'data-changed="([^"]*)"', text)
    assert found is not None
    return found[1]


def test_without_a_purpose_nothing_is_shown_and_one_walk_is_recorded_once(office: Office) -> None:
    office.put(*the_events())
    browser = office.browser()
    for query in ("", "?formal=CURIOUS", "?formal="):
        answer = browser.get(f"/kontroll/{CASE}/slik-den-sto{query}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/kontroll/{CASE}")
    assert office.auditing.published() == []
    for number in (1, 2, 3):
        browser.get(f"/kontroll/{CASE}/slik-den-sto?formal=COMPLAINT&nr={number}")
    assert [event["data"]["purpose"] for event in office.auditing.published()] == ["COMPLAINT"]
    browser.get(f"/kontroll/{CASE}/slik-den-sto?formal=SUPERVISION&nr=1")
    assert [event["data"]["purpose"] for event in office.auditing.published()] == ["COMPLAINT", "SUPERVISION"]


def test_a_case_with_a_consent_is_shown_as_it_stood_too(office: Office) -> None:
    requested = decode(example_of(ConsentRequested)).event
    office.put(*the_events(), requested)
    page = office.browser().get(f"/kontroll/{CASE}/slik-den-sto?formal=COMPLAINT")
    assert page.status_code == 200
    assert "Nr. 5 av 5" in page.text
    assert 'id="samtykker"' in page.text


def test_a_moment_by_the_clock_and_numbers_outside_the_log_end_somewhere_sensible(office: Office) -> None:
    office.put(*the_events())
    browser = office.browser()
    for query, number in (
        ("nr=0", 1),
        ("nr=-7", 1),
        ("nr=999", 4),
        ("tid=2020-01-01T10:00", 1),
        ("tid=2030-01-01T10:00", 4),
        ("tid=nonsense", 4),
    ):
        answer = browser.get(f"/kontroll/{CASE}/slik-den-sto?formal=COMPLAINT&{query}")
        assert answer.status_code == 200
        assert f"Nr. {number} av 4" in answer.text
    assert browser.get("/kontroll/no-such-case/slik-den-sto?formal=COMPLAINT").status_code == 404


def test_nobody_but_an_auditor_gets_there(office: Office) -> None:
    office.put(*the_events())
    for role in (Role.COORDINATOR, Role.AGENCY_MEMBER, Role.OPERATOR):
        browser = office.browser(role)
        assert browser.get(f"/kontroll/{CASE}/slik-den-sto?formal=COMPLAINT").status_code == 403
        assert browser.get("/kontroll/sporsmal").status_code == 403
        assert browser.get("/kontroll/sporsmal.csv?sporsmal=OPENINGS").status_code == 403


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_questions_are_answered_on_the_page_and_as_files(office: Office, language: str) -> None:
    formula = an_opening("=cmd|x", 1, person="p1", outcome="PERMIT", basis="CASE_LEAD")
    office.auditing.put(an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CONSENT"), formula)
    browser = office.browser(language=language)
    assert browser.get("/kontroll/sporsmal").status_code == 200
    page = browser.get(
        "/kontroll/sporsmal?formal=COMPLAINT&sporsmal=OPENINGS&person=p1&etat=&sak=&fra=2026-01-01&til=2026-12-31"
    )
    assert page.status_code == 200
    assert "2 svar" in page.text
    assert 'href="/kontroll/case-a?formal=COMPLAINT"' in page.text, "stated once, and carried"
    asked_for = "/kontroll/sporsmal.{}?formal=COMPLAINT&sporsmal={}"
    as_csv = browser.get(asked_for.format("csv", "WITHOUT_CONSENT")).text
    lines = list(csv.reader(io.StringIO(as_csv)))
    assert len(lines) == 2
    assert "'=cmd|x" in lines[1]
    rows: list[dict[str, Any]] = json.loads(
        browser.get(asked_for.format("json", "OPENINGS") + "&sak=case-a").text
    )
    assert [row["case_id"] for row in rows] == ["case-a"]
    told = office.auditing.published()
    assert [one["type"] for one in told] == [*["log.questioned"] * 2, "case.audited", "log.questioned"]
    asked = [one["data"] for one in told if one["type"] == "log.questioned"]
    assert [one["question"] for one in asked] == ["OPENINGS", "WITHOUT_CONSENT", "OPENINGS"]
    assert asked[0]["person_id"] == "p1"
    assert {one["data"]["purpose"] for one in told} == {"COMPLAINT"}
    assert browser.get("/kontroll/sporsmal?formal=COMPLAINT&sporsmal=EVERYTHING").status_code == 422
    assert len(office.auditing.published()) == 4


def test_no_question_is_asked_before_its_purpose_is_chosen_and_none_is_chosen_for_anybody(
    office: Office,
) -> None:
    office.auditing.put(an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CONSENT"))
    browser = office.browser()
    for path in (
        "/kontroll/sporsmal?sporsmal=OPENINGS",
        "/kontroll/sporsmal.csv?sporsmal=OPENINGS&formal=CURIOUS",
    ):
        page = browser.get(path)
        assert page.status_code == 422
        assert "Velg hva kontrollen gjelder." in page.text
        assert "case-a" not in page.text
    assert office.auditing.published() == []


def test_a_purpose_that_was_stated_is_proposed_where_it_is_asked_for_again_and_shows_nothing_by_itself(
    office: Office,
) -> None:
    office.put(*the_events())
    browser = office.browser()
    assert re.search(r" (checked|selected)", browser.get(f"/kontroll/{CASE}").text) is None
    assert f'href="/kontroll/{CASE}"' in browser.get("/kontroll").text
    cases = browser.get("/kontroll?formal=INCIDENT").text
    ways = [f"/kontroll/{CASE}?formal=INCIDENT", "/kontroll/sporsmal?formal=INCIDENT"]
    ways.append("/kontroll/avgjorelser?valgt=INCIDENT")
    assert [way for way in ways if f'href="{way}"' not in cases] == []
    for way in ways:
        page = browser.get(way)
        assert page.status_code == 200
        assert re.findall(r'value="(\w+)" (?:checked|selected)', page.text) == ["INCIDENT"]
    assert office.auditing.published() == []


@pytest.mark.parametrize(
    "question", ["UNUSUAL", "CORRECTIONS", "PARKED", "RECEIPTS_MISSING", "DISCARDED", "DENIED"]
)
def test_every_question_has_a_page(office: Office, question: str) -> None:
    changes = [{"field": "severity", "was": 2, "now": 3}]
    corrected = {"corrected_id": "e", "corrected_type": "deviation.reported", "changes": changes}
    missing = {"receipt_id": "receipt-1", "consent_id": "c", "person_id": "p", "agency": "NAV", "refs": ["r"]}
    aside = {"service": "network", "partition": 0, "offset": 1, "reason": "HANDLED_BY_HAND"}
    office.auditing.put(
        an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CASE_LEAD"),
        an_opening("case-a", 2, person="p1", outcome="DENY", reason="NO_BASIS"),
        an_event("case-a", 3, type="registration.corrected", data={**corrected, "reason": "WRITTEN_WRONGLY"}),
        (b"case-a", b"rubbish"),
        an_event("case-a", 4, type="receipt.requested", data=missing),
        an_event("case-a", 5, type="parked_event.discarded", data=aside),
    )
    page = office.browser().get(f"/kontroll/sporsmal?formal=SUPERVISION&sporsmal={question}")
    assert page.status_code == 200
    assert "<tbody><tr>" in page.text
    assert "NOTHING_NEAR" not in page.text
