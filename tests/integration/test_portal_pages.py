"""The pages on real PostgreSQL: who gets in, what a browser must show, what the answers carry; the other services are away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from backbone.clock import Clock, new_id
from backbone.database import drop_database, migrate
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import service_actor, work_on
from schemas.case import CaseClosed, CaseOpened
from schemas.codes import Agency, EndingReason, Function, Programme, ProtectionLevel, Role
from schemas.deadline import DeadlineScheduled
from schemas.deviation import DeviationReported
from schemas.event import Event, Fact, decode
from schemas.example import example_of
from schemas.network_group import MemberJoined, SecrecyDeclared
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
)
from schemas.task import TaskAssigned
from services.portal import sessions
from services.portal.app import SERVICE, furnish
from services.portal.pages import ROUTERS
from services.portal.sessions import IDLE, LONGEST, Visitor

pytestmark = pytest.mark.integration
OURS = {"Sec-Fetch-Site": "same-origin"}
PEOPLE = {
    Role.COORDINATOR: Agency.KOMMUNE_SLT,
    Role.AGENCY_MEMBER: Agency.POLITI_FOREBYGGENDE,
    Role.AUDITOR: Agency.FYLKESKOMMUNE,
    Role.OPERATOR: Agency.FELLES_ANSVAR,
}
PAGES_OF = {
    "/saker": {Role.COORDINATOR, Role.AGENCY_MEMBER},
    "/frister": {Role.COORDINATOR, Role.AGENCY_MEMBER},
    "/ny-kontrakt": {Role.COORDINATOR},
    "/kontroll": {Role.AUDITOR},
    "/drift": {Role.OPERATOR},
}


class Portal:
    """The portal alone, with rows of its own."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def browser(self, visitor: Visitor | None = None) -> TestClient:
        """A browser, logged in as somebody when one is named."""
        desk = self.process.desk
        cookies = {}
        if visitor is not None:
            secret = sessions.begin(desk.engine, visitor, real_at=desk.clock.moment().real_at)
            cookies = {sessions.cookie_name(desk.settings): secret}
        return TestClient(
            self.process.app, raise_server_exceptions=False, follow_redirects=False, cookies=cookies
        )

    def happened(self, case_id: str, *events: Event) -> None:
        """Fold events into the view, as the reading of the log does."""
        desk = self.process.desk
        with work_on(desk.engine, SERVICE, moment=desk.clock.moment(), actor=service_actor("portal")) as work:
            for number, event in enumerate(events, start=1):
                fact = decode(example_of(type(event), case=case_id, sequence=number))
                SERVICE.fold(work, Fact(msgspec.structs.replace(fact.envelope, case_id=case_id), event))

    def set_back(self, column: str, by: timedelta) -> None:
        """Let a session have begun, or been seen, this much earlier."""
        with self.process.desk.engine.begin() as connection:
            connection.execute(text(f"UPDATE session SET {column} = {column} - :by"), {"by": by})


@pytest.fixture
def portal(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Portal]:
    key = tmp_path / "token.key"
    key.write_bytes(b"a key of the tests, long enough to sign with")
    nowhere = "http://127.0.0.1:9"
    settings = Settings(
        namespace=a_namespace,
        database_url=database_url,
        demo=True,
        demo_clock_file=tmp_path / "clock",
        token_key_file=key,
        contracts_url=nowhere,
        network_url=nowhere,
        sharing_url=nowhere,
        scheduler_url=nowhere,
        notifications_url=nowhere,
        audit_url=nowhere,
    )
    migrate(settings, "portal")
    try:
        process = Process(SERVICE, ROUTERS, with_settings=settings, furnish=furnish)
        yield Portal(process)
        process.desk.engine.dispose()
    finally:
        drop_database(settings, str(settings.database("portal").database))


def somebody(role: Role, *municipality_nos: str) -> Visitor:
    return Visitor(new_id(), PEOPLE[role], frozenset({role}), municipality_nos or ("1804",), new_id())


def a_case(portal: Portal, *and_then: Event, lead_id: str, member_id: str | None = None) -> str:
    """A case of Bodø, and what happened in it; gives the id that the example's envelope has."""
    opened = CaseOpened(
        programme=Programme.FA_YOUTH_CONTRACT,
        municipality_no="1804",
        owner_agency=Agency.KOMMUNE_SLT,
        lead_id=lead_id,
        youth_id=new_id(),
    )
    case = new_id()
    events: list[Event] = [opened]
    if member_id is not None:
        joined_on = decode(example_of(CaseOpened)).envelope.time.date()
        events.append(
            MemberJoined(
                person_id=member_id,
                agency=Agency.POLITI_FOREBYGGENDE,
                function=Function.CONTROL_OWNER,
                joined_on=joined_on,
            )
        )
    portal.happened(case, *events, *and_then)
    return case


@pytest.mark.parametrize("path", [*PAGES_OF, "/varsler", "/demoklokke", f"/saker/{new_id()}"])
def test_who_is_not_logged_in_is_sent_to_the_log_in_page(portal: Portal, path: str) -> None:
    answer = portal.browser().get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/logg-inn")


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("path", PAGES_OF)
def test_a_page_is_for_its_roles_and_no_others(portal: Portal, path: str, role: Role) -> None:
    answer = portal.browser(somebody(role)).get(path)
    assert (answer.status_code == 403) == (role not in PAGES_OF[path])


def test_a_case_is_found_by_its_lead_its_members_and_its_municipality_only(portal: Portal) -> None:
    lead, member, outsider = (
        somebody(role) for role in (Role.COORDINATOR, Role.AGENCY_MEMBER, Role.AGENCY_MEMBER)
    )
    neighbour, elsewhere = somebody(Role.COORDINATOR), somebody(Role.COORDINATOR, "1840")
    case = a_case(portal, lead_id=lead.person_id, member_id=member.person_id)
    found = {
        who: portal.browser(who).get(f"/saker/{case}").status_code
        for who in (lead, member, neighbour, elsewhere, outsider)
    }
    assert found == {lead: 200, member: 303, neighbour: 200, elsewhere: 404, outsider: 404}


OF_A_CASE = (
    "",
    "/adressesperre",
    "/samtykker",
    "/gjor/meld-avvik",
    "/gjor/ny-opplysning",
    "/handle-na",
    "/taushetsplikt",
)
LISTS = ("/saker", "/frister", "/oppgaver", "/handle-na")


def waits(owner_id: str) -> DeadlineScheduled:
    """A deadline of somebody's, so that the case stands in the lists of deadlines."""
    scheduled = decode(example_of(DeadlineScheduled)).event
    assert isinstance(scheduled, DeadlineScheduled)
    return msgspec.structs.replace(scheduled, owner_id=owner_id)


def test_a_strictly_protected_case_is_not_there_for_anybody_who_is_not_cleared_not_even_for_its_lead(
    portal: Portal,
) -> None:
    lead, neighbour = somebody(Role.COORDINATOR), somebody(Role.COORDINATOR)
    member, cleared = somebody(Role.AGENCY_MEMBER), somebody(Role.AGENCY_MEMBER)
    case = a_case(portal, lead_id=lead.person_id, member_id=member.person_id)
    portal.happened(case, joined(cleared), declared(cleared), waits(lead.person_id))
    assert case in portal.browser(lead).get("/saker").text
    protected = [AddressProtectionSet(level=ProtectionLevel.CODE_6), clearance(cleared), clearance(member)]
    portal.happened(case, *protected, ClearanceWithdrawn(person_id=member.person_id))
    for outsider in (lead, neighbour, member):
        browser = portal.browser(outsider)
        for path in OF_A_CASE:
            answer, unknown = (browser.get(f"/saker/{one}{path}") for one in (case, new_id()))
            assert (answer.status_code, answer.text) == (404, unknown.text), path
        for path in LISTS:
            assert case not in browser.get(path).text, path
        assert "0 saker" in browser.get("/saker").text
    browser = portal.browser(cleared)
    assert browser.get(f"/saker/{case}").status_code == 200
    assert all(case in browser.get(path).text for path in ("/saker", "/frister"))
    portal.happened(case, AddressProtectionCleared())
    assert portal.browser(lead).get(f"/saker/{case}").status_code == 200


def test_whoever_leads_a_strictly_protected_case_is_told_who_waits_for_a_clearance_and_what_to_do(
    portal: Portal,
) -> None:
    lead, member, waiting = (
        somebody(Role.COORDINATOR),
        somebody(Role.AGENCY_MEMBER),
        somebody(Role.AGENCY_MEMBER),
    )
    case = a_case(portal, lead_id=lead.person_id, member_id=member.person_id)
    portal.happened(case, declared(member), joined(waiting), declared(waiting))
    told = ("1 i gruppen venter på klarering og ser ikke saken", "Ikke klarert: ser ikke saken")
    assert not any(one in portal.browser(lead).get(f"/saker/{case}").text for one in told)
    portal.happened(
        case, AddressProtectionSet(level=ProtectionLevel.CODE_6), clearance(lead), clearance(member)
    )
    page = portal.browser(lead).get(f"/saker/{case}").text
    assert all(one in page for one in (*told, "Be lederen av enheten klarere dem"))
    assert page.count(told[1]) == 1
    seen = portal.browser(member).get(f"/saker/{case}")
    assert seen.status_code == 200
    assert not any(one in seen.text for one in told), "who is cleared is for the one who leads"
    portal.happened(case, clearance(waiting))
    assert not any(one in portal.browser(lead).get(f"/saker/{case}").text for one in told)


def test_a_protected_address_does_not_close_the_case(portal: Portal) -> None:
    lead = somebody(Role.COORDINATOR)
    case = a_case(portal, lead_id=lead.person_id)
    portal.happened(case, AddressProtectionSet(level=ProtectionLevel.CODE_7))
    assert portal.browser(lead).get(f"/saker/{case}").status_code == 200


def test_a_leader_of_the_unit_sees_that_a_case_waits_for_clearances_and_nothing_else_of_it(
    portal: Portal,
) -> None:
    leader, elsewhere = a_leader("1804"), a_leader("1840")
    case = a_case(portal, lead_id=new_id())
    portal.happened(case, AddressProtectionSet(level=ProtectionLevel.CODE_6))
    browser = portal.browser(leader)
    assert case in browser.get("/adressesperrer").text
    page = browser.get(f"/saker/{case}/adressesperre")
    assert page.status_code == 200
    assert f'href="/saker/{case}"' not in page.text
    assert browser.get(f"/saker/{case}").status_code == 404
    assert case not in browser.get("/saker").text
    other = portal.browser(elsewhere)
    assert other.get(f"/saker/{case}/adressesperre").status_code == 404
    assert case not in other.get("/adressesperrer").text


def test_before_secrecy_is_declared_every_page_and_list_tells_only_that_there_is_a_declaration_to_make(
    portal: Portal,
) -> None:
    lead, member = somebody(Role.COORDINATOR), somebody(Role.AGENCY_MEMBER)
    case = a_case(portal, lead_id=lead.person_id, member_id=member.person_id)
    reported = decode(example_of(DeviationReported)).event
    portal.happened(case, reported, waits(member.person_id))
    browser = portal.browser(member)
    for path in OF_A_CASE:
        answer = browser.get(f"/saker/{case}{path}")
        if path != "/taushetsplikt":
            assert (answer.status_code, answer.headers["location"]) == (303, f"/saker/{case}/taushetsplikt")
    told = [browser.get(f"/saker/{case}/taushetsplikt").text, *(browser.get(path).text for path in LISTS)]
    assert "Jeg har lest og forstått dette" in told[0]
    assert f'href="/saker/{case}/taushetsplikt"' in told[1]
    assert "Du må bekrefte taushetsplikten" in told[1]
    assert not any(case in page for page in told[2:])
    for page in told:
        main = page[page.index("<main") :]
        assert "Ungdomskontrakt" not in main
        assert "Skolefravær" not in main
    just_declared = f"/saker/{case}?melding=taushet&venter=1"
    on = browser.get(just_declared).headers["location"]
    assert "Takk. Du kan nå be om å få se" in browser.get(on).text
    narrowed = browser.get("/saker?kommune=1804").text
    assert case not in narrowed
    portal.happened(case, declared(member))
    assert browser.get(f"/saker/{case}").status_code == 200
    assert case in browser.get("/frister").text


def joined(visitor: Visitor) -> MemberJoined:
    joined_on = decode(example_of(CaseOpened)).envelope.time.date()
    agency = Agency(visitor.agency or "")
    return MemberJoined(
        person_id=visitor.person_id, agency=agency, function=Function.CONTROL_OWNER, joined_on=joined_on
    )


def declared(visitor: Visitor) -> SecrecyDeclared:
    return SecrecyDeclared(person_id=visitor.person_id, text_version="2026-1")


def clearance(visitor: Visitor) -> ClearanceGiven:
    return ClearanceGiven(person_id=visitor.person_id, given_by=new_id())


def a_leader(municipality_no: str) -> Visitor:
    return Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({Role.UNIT_LEADER}), (municipality_no,), new_id())


def test_a_case_that_is_not_theirs_looks_like_one_that_is_not_there(portal: Portal) -> None:
    case = a_case(portal, lead_id=new_id())
    browser = portal.browser(somebody(Role.AGENCY_MEMBER))
    assert browser.get(f"/saker/{case}").text == browser.get(f"/saker/{new_id()}").text


def test_a_list_shows_the_cases_that_can_be_opened(portal: Portal) -> None:
    lead = somebody(Role.COORDINATOR)
    case = a_case(portal, lead_id=lead.person_id)
    assert f'href="/saker/{case}"' in portal.browser(lead).get("/saker").text
    assert case not in portal.browser(somebody(Role.COORDINATOR, "1840")).get("/saker").text


def a_deadline(owner_id: str, kind: str, *, days: int) -> DeadlineScheduled:
    event = decode(example_of(DeadlineScheduled)).event
    assert isinstance(event, DeadlineScheduled)
    due_on = Clock().moment().today + timedelta(days=days)
    return msgspec.structs.replace(event, deadline_id=new_id(), owner_id=owner_id, kind=kind, due_on=due_on)


def test_a_members_list_tells_of_their_own_deadlines_and_tasks_and_a_coordinators_of_every(
    portal: Portal,
) -> None:
    member, lead = somebody(Role.AGENCY_MEMBER), somebody(Role.COORDINATOR)
    task = TaskAssigned(
        task_id=new_id(), owner_id=member.person_id, due_on=date(2026, 1, 9), assigned_on=date(2026, 1, 2)
    )
    theirs, own = a_deadline(lead.person_id, "D-10", days=-5), a_deadline(member.person_id, "D-12", days=9)
    ids = {"lead_id": lead.person_id, "member_id": member.person_id}
    a_case(portal, declared(member), task, theirs, own, **ids)
    seen, all_of_it = (portal.browser(one).get("/saker").text for one in (member, lead))
    assert "Din neste frist" in seen
    assert "om 9 dager" in seen
    assert "for 5 dager siden" not in seen, "somebody else's deadline is not theirs to be late with"
    assert "1 oppgave" in seen
    assert "for 5 dager siden" in all_of_it
    others = portal.browser(member).get("/frister").text.split("Frister hos andre")
    assert "om 9 dager" in others[0]
    assert "for 5 dager siden" in "".join(others[1:])


def test_a_members_list_begins_with_what_is_theirs_to_do_and_its_order_tells_of_nobody_elses_deadlines(
    portal: Portal,
) -> None:
    member, lead = somebody(Role.AGENCY_MEMBER), somebody(Role.COORDINATOR)
    ids = {"lead_id": lead.person_id, "member_id": member.person_id}
    own_later = a_case(portal, declared(member), a_deadline(member.person_id, "D-12", days=9), **ids)
    others = a_case(portal, declared(member), a_deadline(lead.person_id, "D-10", days=-5), **ids)
    own_first = a_case(portal, declared(member), a_deadline(member.person_id, "D-12", days=2), **ids)
    to_declare = a_case(portal, **ids)
    seen, leads = (portal.browser(one).get("/saker").text for one in (member, lead))
    assert in_order(seen, own_later, others, own_first, to_declare) == [
        to_declare,
        own_first,
        own_later,
        others,
    ]
    assert in_order(leads, own_later, others, own_first) == [others, own_first, own_later]


def in_order(page: str, *cases: str) -> list[str]:
    return sorted(cases, key=page.index)


def test_closed_cases_stand_last_in_the_list_whatever_they_wait_for(portal: Portal) -> None:
    lead = somebody(Role.COORDINATOR)
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=date(2026, 1, 9))
    over = a_case(portal, a_deadline(lead.person_id, "D-30", days=1), closed, lead_id=lead.person_id)
    running = a_case(portal, a_deadline(lead.person_id, "D-10", days=90), lead_id=lead.person_id)
    shown = portal.browser(lead).get("/saker").text
    assert shown.index(running) < shown.index(over)


def test_the_pages_say_so_when_the_other_services_do_not_answer(portal: Portal) -> None:
    lead = somebody(Role.COORDINATOR)
    case = a_case(portal, lead_id=lead.person_id)
    browser = portal.browser(lead)
    assert "Navnene kan ikke vises akkurat nå" in browser.get("/saker").text
    opened = browser.post(f"/saker/{case}/apne", headers=OURS)
    assert opened.status_code == 503
    assert "ingenting er delt" in opened.text


@pytest.mark.parametrize(
    ("headers", "comes_in"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_change_anything(
    portal: Portal, headers: dict[str, str], comes_in: bool
) -> None:
    answer = portal.browser().post("/sprak", data={"sprak": "nn", "tilbake": "/hjelp"}, headers=headers)
    assert answer.status_code == (303 if comes_in else 403)


@pytest.mark.parametrize("path", ["/", "/saker", "/finnes-ikke", "/logg-inn", "/static/portal.css"])
def test_every_answer_carries_the_walls(portal: Portal, path: str) -> None:
    headers = portal.browser(somebody(Role.COORDINATOR)).get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert path.startswith("/static/") or headers["cache-control"] == "no-store"


def test_a_fault_of_ours_is_a_page_with_the_walls_and_without_a_word_of_what_was_asked(
    portal: Portal,
) -> None:
    with portal.process.desk.engine.begin() as connection:
        connection.execute(text("DROP TABLE case_member"))
    answer = portal.browser(somebody(Role.COORDINATOR)).get("/saker?kommune=1804&hemmelig=Kari")
    assert answer.status_code == 500
    assert "Kari" not in answer.text
    assert "content-security-policy" in answer.headers


def test_no_page_has_a_script_or_a_style_of_its_own(portal: Portal) -> None:
    browser = portal.browser(somebody(Role.COORDINATOR))
    pages = [browser.get(path).text for path in ("/", "/hjelp", "/saker", "/ny-kontrakt", "/demoklokke")]
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.I)
    assert [found for page in pages for found in inline.findall(page)] == []


def test_a_session_ends_when_nothing_happens_and_in_any_case_in_the_evening(portal: Portal) -> None:
    for column, limit in (("seen_at", IDLE), ("started_at", LONGEST)):
        browser = portal.browser(somebody(Role.COORDINATOR))
        assert browser.get("/saker").status_code == 200
        portal.set_back(column, limit + timedelta(seconds=1))
        assert browser.get("/saker").status_code == 303


def test_who_logs_out_is_out_even_with_the_old_cookie(portal: Portal) -> None:
    browser = portal.browser(somebody(Role.COORDINATOR))
    kept = dict(browser.cookies)
    answer = browser.post("/logg-ut", headers=OURS)
    assert answer.status_code == 303
    again = TestClient(portal.process.app, follow_redirects=False, cookies=kept)
    assert again.get("/saker").status_code == 303


def test_the_cookies_secret_is_not_in_the_database(portal: Portal) -> None:
    browser = portal.browser(somebody(Role.COORDINATOR))
    (secret,) = dict(browser.cookies).values()
    assert secret is not None
    assert len(secret) >= 43
    with portal.process.desk.engine.connect() as connection:
        rows = connection.execute(text("SELECT session::text FROM session")).scalars().all()
    assert len(rows) == 1
    assert secret not in rows[0]


def test_the_log_in_page_is_for_the_demo_only(portal: Portal) -> None:
    portal.process.desk.settings.demo = False
    assert portal.browser().get("/logg-inn").status_code == 404
    assert portal.browser().post("/logg-inn", data={"person_id": "x"}, headers=OURS).status_code == 404


def test_nobody_is_sent_elsewhere_by_the_choice_of_language(portal: Portal) -> None:
    for back in ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:x"):
        answer = portal.browser().post("/sprak", data={"sprak": "nn", "tilbake": back}, headers=OURS)
        assert answer.headers["location"] == "/"


def test_the_pages_come_in_the_language_that_was_chosen(portal: Portal) -> None:
    browser = portal.browser()
    browser.post("/sprak", data={"sprak": "nn", "tilbake": "/hjelp"}, headers=OURS)
    page = browser.get("/hjelp").text
    assert '<html lang="nn"' in page
    assert "Slik brukar du sidene" in page


def test_the_demo_clock_goes_forward_only(portal: Portal) -> None:
    browser = portal.browser(somebody(Role.COORDINATOR))
    before = portal.process.desk.clock.moment().decided_at
    assert browser.post("/demoklokke", data={"dag": "2001-01-01"}, headers=OURS).status_code == 422
    assert browser.post("/demoklokke", data={"steg": "uke"}, headers=OURS).status_code == 303
    assert portal.process.desk.clock.moment().decided_at - before > timedelta(days=6)


def test_a_form_that_is_not_filled_in_keeps_what_was_typed_and_links_to_each_field(portal: Portal) -> None:
    browser = portal.browser(somebody(Role.COORDINATOR))
    answer = browser.post("/ny-kontrakt", data={"youth_name": "<b>Prøve</b>", "key": "a-key"}, headers=OURS)
    assert answer.status_code in (422, 503)
    assert "<b>Prøve</b>" not in answer.text
