"""Decisions made again on an auditor's page: the real gate's decisions, in the real audit store, through the real portal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from fastapi.testclient import TestClient

from backbone import log
from backbone.calls import Calls
from backbone.database import drop_database, migrate
from backbone.log import LogRecord
from backbone.running import Process
from backbone.work import Actor
from schemas.codes import Agency, Role
from schemas.event import PARTITIONS
from services.audit import decision_records
from services.portal import sessions
from services.portal.app import SERVICE, furnish
from services.portal.neighbours import Neighbours
from services.portal.pages import ROUTERS
from services.portal.sessions import Visitor
from services.sharing.redecision_api import log_at_the_audit_service
from tests.auditing import Auditing, auditing_at
from tests.integration.sharing_office import Case, Office, an_office, settings_in
from tests.integration.test_redecide import a_consent_comes_and_goes, a_protected_case, an_end

pytestmark = pytest.mark.integration
AUDITOR = Actor("auditor-1", Agency.FYLKESKOMMUNE, frozenset({Role.AUDITOR}))
PAGE = "/kontroll/avgjorelser"


class Both(httpx.BaseTransport):
    """The network between the processes: a request goes to the one that its host names."""

    def __init__(self, **clients: TestClient) -> None:
        self._clients = clients

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._clients[request.url.host].request(
            request.method, request.url.raw_path.decode(), headers=request.headers, content=request.read()
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


class Checking:
    """The gate, the audit store with what the gate wrote, and the portal in front."""

    def __init__(self, gate: Office, auditing: Auditing) -> None:
        self.gate, self.auditing = gate, auditing
        clock = gate.process.desk.clock
        urls = {f"{name}_url": f"http://{name}" for name in ("audit", "sharing", "network", "notifications")}
        settings = auditing.settings.model_copy(update=urls)
        clients = Both(
            audit=auditing.web, sharing=gate.client, network=gate.client, notifications=gate.client
        )
        calls = Calls(settings, clock, client=httpx.Client(transport=clients))
        self.seen_as = AUDITOR
        gate.process.app.dependency_overrides[log_at_the_audit_service] = lambda: self._log(calls)
        self.portal = Process(SERVICE, ROUTERS, with_settings=settings, furnish=furnish)
        self.portal.app.state.neighbours = Neighbours(calls)

    def _log(self, calls: Calls) -> Any:
        return lambda **narrowed: calls.get("audit", "/decision-records", actor=self.seen_as, **narrowed)

    def reads(self, records: list[LogRecord]) -> None:
        """The audit service reads these from the log."""
        self.auditing.inbox.positions(log.topic_id(self.auditing.settings), range(PARTITIONS), {})
        self.auditing.inbox.take(records)

    def browser(self, role: Role = Role.AUDITOR, *, language: str = "nb") -> TestClient:
        desk = self.portal.desk
        visitor = Visitor(
            session_id="s",
            person_id=AUDITOR.person_id,
            agency=Agency.FYLKESKOMMUNE,
            roles=frozenset({role}),
            municipality_nos=(),
        )
        secret = sessions.begin(desk.engine, visitor, real_at=desk.clock.moment().real_at)
        cookies = {sessions.cookie_name(desk.settings): secret, "sprak": language}
        return TestClient(self.portal.app, follow_redirects=False, cookies=cookies)

    def asked(self) -> list[tuple[str, str, str]]:
        """What stands on the log about who looked."""
        return [
            (one["type"], one["subject"], one["data"]["purpose"])
            for one in self.auditing.published()
            if one["type"] in ("case.audited", "log.questioned")
        ]


@pytest.fixture
def checking(kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Checking]:
    folder = tmp_path / "gate"
    folder.mkdir()
    settings = settings_in(folder, database_url=database_url)
    (folder / "token").write_bytes(b"k" * 48)
    with (
        auditing_at(kafka_bootstrap, database_url, a_namespace, tmp_path) as auditing,
        an_office(settings) as gate,
    ):
        migrate(auditing.settings, "portal")
        made = Checking(gate, auditing)
        try:
            yield made
        finally:
            made.portal.desk.engine.dispose()
            drop_database(auditing.settings, f"{a_namespace}_portal")


def three_cases(checking: Checking) -> Case:
    case = a_consent_comes_and_goes(checking.gate)
    a_protected_case(checking.gate)
    an_end(checking.gate)
    checking.reads(checking.gate.the_log())
    return case


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_an_auditor_makes_the_decisions_of_a_case_again_for_a_purpose(
    checking: Checking, language: str
) -> None:
    case = three_cases(checking)
    browser = checking.browser(language=language)
    assert browser.get(PAGE).status_code == 200
    assert browser.get(f"{PAGE}?formal=&sak={case.case_id}").status_code == 422
    assert browser.get(f"{PAGE}?formal=CURIOUS&sak={case.case_id}").status_code == 422
    assert checking.asked() == [], "nothing was shown, and nothing is recorded"
    page = browser.get(f"{PAGE}?formal=COMPLAINT&sak={case.case_id}")
    assert page.status_code == 200, page.text
    said = {
        "nb": "0 ble noe annet, og 0 kunne ikke tas på nytt",
        "nn": "0 vart noko anna, og 0 kunne ikkje takast på nytt",
    }
    assert said[language] in page.text
    assert {"nb": "samtykket er trukket tilbake", "nn": "samtykket er trekt tilbake"}[language] in page.text
    assert not {"NO_BASIS", "CONSENT_WITHDRAWN", "PARTICIPATION"} & set(page.text.replace("<", " ").split())
    assert checking.asked() == [("case.audited", case.case_id, "COMPLAINT")]


def test_a_decision_that_somebody_changed_stands_first_and_one_out_of_turn_is_named(
    checking: Checking,
) -> None:
    case = a_consent_comes_and_goes(checking.gate)
    records = checking.gate.the_log()
    checking.reads(changed(records))
    browser = checking.browser()
    page = browser.get(f"{PAGE}?formal=SUPERVISION&sak={case.case_id}").text
    assert "1 ble noe annet, og 1 kunne ikke tas på nytt" in page
    assert "den ble avgjort uten å vite om det som alt sto i saken" in page
    rows = json.loads(browser.get(f"{PAGE}.json?formal=SUPERVISION&sak={case.case_id}").text)
    assert [row["again"] for row in rows[:2]] != ["SAME", "SAME"]
    assert {row["again"] for row in rows} >= {"SAME", "DECIDED_OUT_OF_TURN"}


def changed(records: list[LogRecord]) -> list[LogRecord]:
    """The log with one answer turned round, and another that says that it knew less."""
    found, wanted = list(records), ["turned", "knew less"]
    for place, record in enumerate(records):
        event = msgspec.json.decode(record.value or b"")
        if event["type"] != "opening.decided" or not wanted or not event["data"]["decisions"]:
            continue
        if wanted[0] == "knew less":
            event["data"]["known_sequences"]["sharing"] -= 1
        elif event["data"]["decisions"][0]["reason"] == "NO_BASIS":
            event["data"]["decisions"][0].update(outcome="PERMIT", reason=None, basis="OWN_CONTENT")
        else:
            continue
        wanted.pop(0)
        found[place] = record._replace(value=msgspec.json.encode(event))
    assert wanted == []
    return found


def test_what_other_rules_would_have_said_stands_beside(checking: Checking) -> None:
    case = three_cases(checking)
    browser = checking.browser()
    path = f"{PAGE}?formal=INTERNAL_CONTROL&sak={case.case_id}"
    assert "Med de andre reglene" not in browser.get(path).text
    page = browser.get(f"{path}&ingenting=1").text
    assert "Med de andre reglene ville" in page
    lines = list(
        csv.DictReader(io.StringIO(browser.get(f"{PAGE}.csv?{path.split('?')[1]}&ingenting=1").text))
    )
    assert ("PERMIT PARTICIPATION", "SAME", "DENY NO_BASIS") in {
        (line["recorded"], line["again"], line["what_if"]) for line in lines
    }
    more = browser.get(f"{path}&gruppen=IDENTITY_CONTACT&gruppen=SCHOOL_ATTENDANCE").text
    assert "Vist: de er med i nettverksgruppen" in more
    for changes in ("regler=2026.1", "alene=AGE_15", "helse=1804+1806", "dager=0"):
        assert browser.get(f"{path}&{changes}").status_code == 200
    for wrong in ("regler=1999.1", "helse=Bodo", "dager=many", "dager=400"):
        assert browser.get(f"{path}&{wrong}").status_code == 422, wrong


def test_all_cases_of_a_time_are_made_again_a_step_of_cases_at_a_time(
    checking: Checking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_records, "STEP", 20)
    three_cases(checking)
    browser = checking.browser()
    today = checking.gate.today.isoformat()
    query, decisions, places = f"formal=SUPERVISION&fra={today}&til={today}", 0, []
    for _ in range(5):
        page = browser.get(f"{PAGE}?{query}").text
        decisions += int(page.split(" avgjørelser er tatt på nytt")[0].rsplit(">", 1)[1])
        places.append(page.split("<p>Sak ")[1].split(".")[0])
        if "Fortsett med de neste sakene" not in page:
            break
        query = (
            page.split('class="ds-button" href="/kontroll/avgjorelser?')[1]
            .split('"')[0]
            .replace("&amp;", "&")
        )
    openings = [one for one in checking.gate.the_log() if b'"opening.decided"' in (one.value or b"")]
    assert decisions == len(openings)
    assert places[0].startswith("1 til")
    assert places[-1].endswith("3 av 3")
    assert len(places) > 1
    assert checking.asked() == [("log.questioned", "all-cases", "SUPERVISION")] * len(places)
    assert (
        "Ingen avgjørelser i loggen svarer til dette"
        in browser.get(f"{PAGE}?formal=SUPERVISION&til=2020-01-01").text
    )


def test_a_case_that_is_too_long_for_a_page_is_said_so(
    checking: Checking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_records, "MOST", 3)
    case = three_cases(checking)
    page = checking.browser().get(f"{PAGE}?formal=SUPERVISION&sak={case.case_id}")
    assert page.status_code == 422
    assert "felles redecide --case" in page.text
    assert checking.asked() == []


def test_nobody_but_an_auditor_has_decisions_made_again(checking: Checking) -> None:
    case = three_cases(checking)
    for role in (Role.COORDINATOR, Role.AGENCY_MEMBER, Role.OPERATOR, Role.UNIT_LEADER):
        browser = checking.browser(role)
        for path in (PAGE, f"{PAGE}?formal=COMPLAINT&sak={case.case_id}", f"{PAGE}.csv?formal=COMPLAINT"):
            assert browser.get(path).status_code == 403
        somebody = Actor("p", Agency.NAV, frozenset({role}))
        asked = {"purpose": "COMPLAINT", "case_id": case.case_id}
        assert checking.auditing.get("/decision-records", somebody, **asked).status_code == 403
        assert checking.gate.call("GET", "/redecisions?purpose=COMPLAINT", actor=somebody).status_code == 403
    assert checking.asked() == []


def test_access_is_downloaded_as_cef_and_an_address_protected_youth_warns(checking: Checking) -> None:
    case = a_consent_comes_and_goes(checking.gate)
    a_protected_case(checking.gate)
    checking.reads(checking.gate.the_log())
    browser = checking.browser()
    page = browser.get(f"/kontroll/sporsmal?formal=INCIDENT&sporsmal=OPENINGS&om={case.youth_id}").text
    assert "Last ned tilgangslinjer (CEF)" in page
    answer = browser.get("/kontroll/sporsmal.cef?formal=INCIDENT&sporsmal=OPENINGS")
    lines = answer.text.splitlines()
    assert answer.headers["content-disposition"] == 'attachment; filename="openings.cef"'
    assert all(line.startswith("CEF:0|Felles ansvar|") and "|audit:access|" in line for line in lines)
    warned = [line for line in lines if line.split("|")[6] == "WARN"]
    assert len(warned) == 2, "what was opened to whom a leader had cleared, and with the address closed"
    assert all("flexString1=Permit" in line for line in warned)
    assert {line.split("|")[6] for line in lines} == {"INFO", "WARN"}
    assert any("flexString1=Deny" in line for line in lines)
    mine = browser.get(
        f"/kontroll/sporsmal.cef?formal=INCIDENT&sporsmal=OPENINGS&om={case.youth_id}"
    ).text.splitlines()
    assert mine
    assert {part for line in mine for part in line.split() if part.startswith("duid=")} == {
        f"duid={case.youth_id}"
    }
    assert browser.get("/kontroll/sporsmal.cef?formal=INCIDENT&sporsmal=CORRECTIONS").status_code == 200, (
        "the page, which has no such file"
    )
    for elsewhere in ("/questions/CORRECTIONS/access-lines", "/questions/REDECIDED"):
        assert checking.auditing.get(elsewhere, AUDITOR, purpose="INCIDENT").status_code == 404
    asked = [
        one["data"]["about_id"] for one in checking.auditing.published() if one["type"] == "log.questioned"
    ]
    assert case.youth_id in asked
