"""Guardians on the pages: registered by forms, shown with what holds now, and closed to whoever is kept out."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, Function, Role
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
    PreferredLanguageSet,
)
from schemas.guardian_codes import (
    DecisionMaker,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from schemas.network_group import MemberJoined
from services.contracts.stops import stop_at_the_gate
from tests.integration.portal_office import PortalOffice, a_portal_office, seen
from tests.integration.sharing_office import LEAD, LEADER, Case, joined, settings_in
from tests.integration.test_case_forms import OURS, Desk, a_case_with_a_deviation, desk, hidden

__all__ = ["desk"]
pytestmark = pytest.mark.integration
CARETAKER = Actor(new_id(), Agency.BARNEVERN, frozenset({Role.AGENCY_MEMBER}), "caretaker's session")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[PortalOffice]:
    settings = settings_in(tmp_path_factory.mktemp("guardian-office"), database_url=database_url)
    with a_portal_office(settings) as office:
        office.enters(LEAD, "Leda Prøve")
        office.enters(CARETAKER, "Omsorg Prøve")
        office.enters(LEADER, "Sjef Prøve")
        yield office


def restricted(case: Case, office: PortalOffice) -> GuardianRestricted:
    return GuardianRestricted(
        person_id=case.guardian_id,
        basis=RestrictionBasis.DANGER_TO_YOUTH,
        from_on=office.today,
        stop_id=new_id(),
    )


def in_the_group(case: Case, office: PortalOffice) -> MemberJoined:
    return MemberJoined(
        person_id=case.guardian_id,
        agency=Agency.PRIVATE_NETWORK,
        function=Function.GUARDIAN,
        joined_on=office.today,
    )


def test_who_decides_is_registered_confirmed_and_a_language_written_down_by_forms(desk: Desk) -> None:
    desk.contracts.process.app.dependency_overrides[stop_at_the_gate] = lambda: lambda *_: None
    case, _ = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    (guardian,) = desk.contracts.get(f"/cases/{case}/guardians", desk.lead.actor("nb")).body["deciders"]

    def sends(slug: str, **fields: Any) -> Any:
        address = f"/saker/{case}/gjor/{slug}"
        assert f'href="{address}"' in browser.get(f"/saker/{case}").text
        opened = hidden(browser.get(address).text)
        return browser.post(address, data={**opened, **fields}, headers=OURS)

    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    word_only = sends(
        f"endre-foreldreansvar/{guardian}",
        decision_maker="NO_RESPONSIBILITY",
        source="DECLARED",
        from_on=today,
    )
    assert word_only.status_code == 422
    assert "klage til statsforvalteren" in html.unescape(word_only.text)
    lost = sends(
        f"endre-foreldreansvar/{guardian}", decision_maker="NO_RESPONSIBILITY", source="COURT", from_on=today
    )
    assert lost.status_code == 303
    desk.told()
    page = seen(browser.get(f"/saker/{case}").text)
    assert "Ingen bestemmer for ungdommen nå." in page
    assert "Bestemmer ikke Forelder uten foreldreansvar · Dom eller rettsforlik" in page
    assert sends("bekreft-foresatte").status_code == 303
    desk.told()
    youth = desk.contracts.get(f"/cases/{case}", desk.lead.actor("nb")).body["youth_id"]
    assert sends("sprak", person_id=youth, language="SMJ", basis="SAMI_RIGHT").status_code == 303
    desk.told()
    page = seen(browser.get(f"/saker/{case}").text)
    assert "Ungdommen: lulesamisk Har rett til å bruke samisk etter sameloven." in page
    assert "Sist bekreftet" in page
    kinds = [type(event) for event in desk.contracts.published()[-3:]]
    assert kinds == [ParentalResponsibilityChanged, GuardianSituationConfirmed, PreferredLanguageSet]


def test_a_new_guardians_name_is_laid_down_as_that_persons_identity_before_anything_is_said(
    desk: Desk,
) -> None:
    case, _ = a_case_with_a_deviation(desk)
    browser, address = desk.browser(desk.lead), f"/saker/{case}/gjor/ny-foresatt"
    opened = hidden(browser.get(address).text)
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    fields = {"decision_maker": "PARENT", "source": "FOLKEREGISTER", "from_on": today}
    unnamed = browser.post(address, data={**opened, **fields, "identity_ref-contact": "1"}, headers=OURS)
    assert unnamed.status_code == 422
    assert "Skriv navnet til den foresatte." in html.unescape(unnamed.text)
    named = {"identity_ref-name": "Bo Prøve", "identity_ref-contact": ""}
    away = browser.post(address, data={**opened, **fields, **named}, headers=OURS)
    assert away.status_code == 422, "the vault does not answer here, and so nothing is registered"
    assert not any(isinstance(event, GuardianAdded) for event in desk.contracts.published())


def test_a_restricted_guardian_is_shown_with_the_duty_to_report_and_finds_no_case(
    office: PortalOffice,
) -> None:
    case = office.a_case(guardians=2)
    office.hear("network", case.case_id, in_the_group(case, office))
    guardian = Actor(case.guardian_id, Agency.PRIVATE_NETWORK, frozenset({Role.AGENCY_MEMBER}), "a session")
    theirs = office.browser(guardian)
    theirs.get(f"/saker/{case.case_id}")
    office.hear("contracts", case.case_id, restricted(case, office))
    theirs.get(f"/saker/{case.case_id}", status=404)
    assert case.case_id not in theirs.get("/saker")
    page = seen(office.browser(LEAD).get(f"/saker/{case.case_id}"))
    assert "Vurder meldeplikten etter barnevernsloven § 13-2." in page
    assert "Holdes utenfor" in page
    asked = office.browser(LEAD).get(f"/saker/{case.case_id}/samtykke/nytt")
    assert f"answer_{case.guardian_id}" not in asked
    assert f"answer_{case.signers[2].person_id}" in asked
    lifted = GuardianRestrictionLifted(
        person_id=case.guardian_id, reason=RestrictionLifting.UNFOUNDED, lifted_on=office.today
    )
    office.hear("contracts", case.case_id, lifted)
    theirs.get(f"/saker/{case.case_id}")
    assert case.case_id in theirs.get("/saker")


def test_the_case_says_what_waits_for_a_leader_who_gets_the_form_and_whose_grounds_are_laid_down(
    office: PortalOffice,
) -> None:
    case = office.a_case(guardians=2)
    office.hear("contracts", case.case_id, replace(restricted(case, office), awaits_leader=True))
    address = f"/saker/{case.case_id}/gjor/bekreft-endring-foresatt/{case.guardian_id}"
    page = office.browser(LEAD).get(f"/saker/{case.case_id}")
    assert "Venter på at en leder bekrefter" in seen(page)
    assert address not in page, "who leads the case does not confirm it"
    leader = office.browser(LEADER)
    assert address in leader.get(f"/saker/{case.case_id}")
    before = len(office.between.asked)
    form = hidden(leader.get(address))
    leader.send(address, **form, grounds_ref="Barnevernet har sagt det.", status=422)
    assert office.between.asked[before:].count(f"/cases/{case.case_id}/grounds") == 1
    with office.engine.connect() as connection:
        laid = connection.exec_driver_sql(
            "SELECT category FROM content WHERE case_id = %s AND author_id = %s",
            (case.case_id, LEADER.person_id),
        )
        assert [category for (category,) in laid] == ["FAMILY"], "laid down by one who is not in the case"
    confirmed = GuardianChangeConfirmed(
        person_id=case.guardian_id, confirmed_on=office.today, grounds_ref=new_id()
    )
    office.hear("contracts", case.case_id, confirmed)
    page = office.browser(LEAD).get(f"/saker/{case.case_id}")
    assert "Holdes utenfor" in seen(page)
    assert "Venter på at en leder bekrefter" not in seen(page)


def test_barnevern_with_care_is_asked_by_its_name_and_the_youths_language_is_proposed(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    office.hear("network", case.case_id, joined(CARETAKER, office.today))
    care = ParentalResponsibilityChanged(
        person_id=CARETAKER.person_id,
        decision_maker=DecisionMaker.BARNEVERN,
        source=ResponsibilitySource.CARE_DECISION,
        from_on=office.today,
        awaits_leader=True,
    )
    sami = PreferredLanguageSet(
        person_id=case.youth_id, language=SpokenLanguage.SMA, basis=LanguageBasis.SAMI_RIGHT
    )
    office.hear("contracts", case.case_id, care, sami)
    waits = "Venter på at en leder bekrefter en endring i hvem som bestemmer."
    address = f"/saker/{case.case_id}/gjor/bekreft-endring-foresatt/{CARETAKER.person_id}"
    assert waits in seen(office.browser(LEAD).get(f"/saker/{case.case_id}"))
    assert "i stedet for andre" in office.browser(LEADER).get(address)
    confirmed = GuardianChangeConfirmed(
        person_id=CARETAKER.person_id, confirmed_on=office.today, grounds_ref=new_id()
    )
    office.hear("contracts", case.case_id, confirmed)
    assert waits not in seen(office.browser(LEAD).get(f"/saker/{case.case_id}"))
    page = office.browser(LEAD).get(f"/saker/{case.case_id}")
    assert "Omsorg Prøve" in seen(page)
    assert "Barnevernet har omsorgen · Vedtak om omsorgsovertakelse" in seen(page)
    form = office.browser(LEAD).get(f"/saker/{case.case_id}/samtykke/nytt")
    assert f"answer_{CARETAKER.person_id}" in form
    assert f"answer_{case.guardian_id}" not in form
    assert '<option value="sma" selected>' in form
