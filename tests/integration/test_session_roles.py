"""A session that was begun before somebody's roles changed, on the portal with a real directory behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, Role
from services.portal import page
from tests.integration.portal_office import Browser, PortalOffice, a_portal_office
from tests.integration.sharing_office import LEADER, settings_in

pytestmark = pytest.mark.integration
OPERATES = frozenset({Role.OPERATOR})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[PortalOffice]:
    settings = settings_in(tmp_path_factory.mktemp("roles"), database_url=database_url)
    with a_portal_office(settings) as office:
        yield office


def logged_in(office: PortalOffice, actor: Actor) -> Browser:
    office.enters(actor, "Vera Prøve")
    return office.browser(actor)


def an_operator() -> Actor:
    return Actor(new_id(), Agency.KOMMUNE_SLT, OPERATES, "s", "nb", frozenset({"1804"}))


def test_a_role_that_was_taken_away_is_gone_from_the_session_too(office: PortalOffice) -> None:
    operator = an_operator()
    browser = logged_in(office, operator)
    browser.get("/drift")
    office.enters(operator._replace(roles=frozenset({Role.AGENCY_MEMBER})), "Vera Prøve")
    browser.client.follow_redirects = False
    assert browser.client.get("/drift").headers["location"] == "/logg-inn", "none of the roles is left"


def test_somebody_with_another_role_left_goes_on_with_that_one(office: PortalOffice) -> None:
    both = an_operator()._replace(roles=OPERATES | {Role.AGENCY_MEMBER})
    browser = logged_in(office, both)
    browser.get("/drift")
    office.enters(both._replace(roles=frozenset({Role.AGENCY_MEMBER})), "Vera Prøve")
    browser.get("/drift", status=403)
    browser.get("/saker")


def test_whoever_left_sees_no_case_and_cannot_log_in(office: PortalOffice) -> None:
    case = office.a_case()
    leader = LEADER._replace(person_id=new_id())
    browser = logged_in(office, leader)
    browser.get(f"/saker/{case.case_id}")
    office.enters(leader._replace(roles=frozenset()), "Vera Prøve")
    browser.client.follow_redirects = False
    assert browser.client.get(f"/saker/{case.case_id}").headers["location"] == "/logg-inn"
    browser.send("/logg-inn", person_id=leader.person_id, status=404)


def test_a_twin_that_believes_the_session_lets_the_former_operator_in(
    office: PortalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "as_listed", lambda visitor, people: visitor)
    operator = an_operator()
    browser = logged_in(office, operator)
    office.enters(operator._replace(roles=frozenset()), "Vera Prøve")
    browser.get("/drift")
