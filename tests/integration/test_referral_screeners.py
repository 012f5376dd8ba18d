"""A referral whose screener is away: who finds it, who can give it to another coordinator, and who can read it then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, Role
from schemas.screening import Listed
from services.contracts.screeners import everybody_in_the_directory
from tests.integration.first_contract_office import FirstContractOffice
from tests.integration.portal_office import a_portal_office, seen
from tests.integration.rim import Asked, somebody
from tests.integration.sharing_office import LEAD as SCREENER
from tests.integration.sharing_office import TEACHER, settings_in
from tests.integration.test_contracts_cases_api import a_referral
from tests.integration.test_network_api import LEAD, Town, a_teacher, town

__all__ = ["town"]
pytestmark = pytest.mark.integration
BODO, FAUSKE = frozenset({"1804"}), frozenset({"1841"})


def listed(town: Town, *people: Actor) -> None:
    """Those who stand in the directory."""
    entries = [Listed(p.person_id, p.agency or "", p.roles, p.municipality_nos) for p in people]
    town.contracts.process.app.dependency_overrides[everybody_in_the_directory] = lambda: lambda: entries


def a_boss(agency: Agency = Agency.FELLES_ANSVAR, works_for: frozenset[str] = BODO) -> Actor:
    return somebody(Role.UNIT_LEADER, agency=agency, works_for=works_for)


def given(town: Town, referral: dict[str, Any], by: Actor, to: Actor) -> Asked:
    path = f"/referrals/{referral['referral_id']}/reassigned"
    return town.contracts.post(path, by, {"to_id": to.person_id})


def received_on(town: Town, referral_id: str, day: date) -> None:
    change = "UPDATE referral SET state = jsonb_set(state, '{received_on}', to_jsonb(%s::text)) WHERE referral_id = %s"
    with town.contracts.process.desk.engine.begin() as connection:
        connection.exec_driver_sql(change, (day.isoformat(), referral_id))


def seen_by(town: Town, who: Actor) -> list[str]:
    return [one["referral_id"] for one in town.contracts.get("/referrals", who).body]


def test_the_leader_of_the_screeners_unit_finds_it_and_gives_it_to_another(town: Town) -> None:
    boss, second, referral = a_boss(), somebody(Role.COORDINATOR), a_referral()
    listed(town, LEAD, boss, second)
    town.contracts.post("/referrals", a_teacher(), referral)
    path, which = f"/referrals/{referral['referral_id']}", referral["referral_id"]
    assert seen_by(town, boss) == [which]
    assert town.contracts.post(f"{path}/screened", second, {}).status == 404
    assert given(town, referral, boss, second).status == 201
    assert (seen_by(town, second), seen_by(town, LEAD)) == ([which], [])
    assert town.contracts.post(f"{path}/screened", LEAD, {}).status == 404
    assert town.contracts.post(f"{path}/screened", second, {}).status == 201
    declined = town.contracts.post(f"{path}/declined", second, {"reason": "HELPED_ELSEWHERE"})
    assert declined.status == 201
    assert seen_by(town, boss) == [], "what is decided waits for nobody"


def test_referrals_are_listed_a_page_at_a_time_the_newest_first_and_found_by_their_case(town: Town) -> None:
    boss, teacher = a_boss(), a_teacher()
    listed(town, LEAD, boss, teacher)
    sent = []
    for _ in range(3):
        sent.append(a_referral())
        assert town.contracts.post("/referrals", teacher, sent[-1]).status == 201
    newest = [one["referral_id"] for one in sent]
    for days, which in enumerate(newest):  # the one with the lowest id came last
        received_on(town, which, date(2026, 9, 30) - timedelta(days=days))
    for who in (teacher, boss):
        pages = [town.contracts.get(f"/referrals?limit=2&skip={skip}", who).body for skip in (0, 2, 4)]
        assert [[one["referral_id"] for one in page] for page in pages] == [newest[:2], newest[2:], []]
        (found,) = town.contracts.get(f"/referrals?case_id={sent[0]['case_id']}", who).body
        assert found["referral_id"] == newest[0]
        (second,) = town.contracts.get(f"/referrals?referral_id={newest[1]}", who).body
        assert second["case_id"] == sent[1]["case_id"]
    assert town.contracts.get(f"/referrals?referral_id={newest[1]}", a_teacher()).body == []
    assert town.contracts.get("/referrals?limit=0", teacher).status == 422


def test_no_other_leader_or_coordinator_knows_of_it(town: Town) -> None:
    others = [
        a_boss(Agency.BARNEVERN),
        a_boss(works_for=FAUSKE),
        somebody(Role.COORDINATOR),
        a_teacher(),
    ]
    referral = a_referral()
    listed(town, LEAD, *others)
    town.contracts.post("/referrals", a_teacher(), referral)
    for other in others:
        assert seen_by(town, other) == []
        assert given(town, referral, other, others[2]).status == 404


def test_whoever_received_it_may_ask_somebody_else_but_only_a_coordinator_of_the_municipality(
    town: Town,
) -> None:
    teacher, second = a_teacher(), somebody(Role.COORDINATOR)
    elsewhere, referral = somebody(Role.COORDINATOR, works_for=FAUSKE), a_referral()
    listed(town, LEAD, teacher, second, elsewhere)
    town.contracts.post("/referrals", teacher, referral)
    for wrong in (elsewhere, teacher):
        answer = given(town, referral, teacher, wrong)
        assert (answer.status, answer.body["title"]) == (422, "SCREENER_NOT_HERE")
    assert given(town, referral, teacher, LEAD).body["title"] == "REFERRAL_IS_THEIRS"
    assert given(town, referral, teacher, second).status == 201


def test_one_whose_screener_has_left_the_directory_is_found_all_the_same(town: Town) -> None:
    boss, second, referral = a_boss(), somebody(Role.COORDINATOR), a_referral(assigned_to=new_id())
    elsewhere = a_boss(Agency.BARNEVERN)
    listed(town, boss, second, elsewhere)
    town.contracts.post("/referrals", a_teacher(), referral)
    assert seen_by(town, boss) == [referral["referral_id"]]
    assert seen_by(town, elsewhere) == []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[FirstContractOffice]:
    settings = settings_in(tmp_path_factory.mktemp("screeners"), database_url=database_url)
    with a_portal_office(settings, FirstContractOffice) as made:
        assert isinstance(made, FirstContractOffice)
        yield made
        made.close()


def test_the_leader_gives_it_on_from_the_page_without_reading_it(office: FirstContractOffice) -> None:
    agency, name = SCREENER.agency or "", "Kanari Kvitvær"
    boss = Actor(new_id(), agency, frozenset({Role.UNIT_LEADER}), municipality_nos=BODO)
    second = Actor(new_id(), agency, frozenset({Role.COORDINATOR}), municipality_nos=BODO)
    screener = SCREENER._replace(municipality_nos=BODO)
    for actor, called in ((screener, "Liv Lederud"), (second, "Siri Silud"), (boss, "Eli Enhetsud")):
        office.enters(actor, called)
    received = office.browser(TEACHER._replace(municipality_nos=BODO)).fill(
        "/henvendelser/ny",
        origin="SCHOOL",
        reasons="SCHOOL_ABSENCE",
        urgency="ACUTE",
        youth_knows="YES",
        municipality_no="1804",
        assigned_to=SCREENER.person_id,
        name=name,
        birth_on="2011-02-03",
        text="Er mye borte",
    )
    assert "Liv Lederud" in received
    leader = office.browser(boss)
    found = re.search(r'href="(/henvendelser/[0-9a-f-]{36})"', leader.get("/henvendelser"))
    assert found is not None
    page = leader.get(found.group(1))
    assert name not in page
    assert "Vis innholdet" not in page
    assert "trekker den" not in page
    assert "Siri Silud" in seen(page)
    leader.fill(found.group(1), to=f"{found.group(1)}/gi-videre", to_id=second.person_id)
    new = office.browser(second)
    assert "Ta den opp til siling" in new.get(found.group(1))
    assert name in new.get("/henvendelser")
    assert name not in office.browser(screener).get("/henvendelser")
