"""Data protection in a case, over HTTP and on the pages: the wrong document sent, and what a youth asks for about themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from schemas.codes import Agency, DeviationKind, Role
from schemas.deviation import DeviationReported
from schemas.local_time import OSLO
from tests.integration.portal_office import PortalOffice, a_portal_office, seen
from tests.integration.sharing_office import LEAD, POLICE, TEACHER, Case, forward, settings_in

pytestmark = pytest.mark.integration
OFFICER = Actor(
    new_id(),
    Agency.KOMMUNE_SLT,
    frozenset({Role.PRIVACY_OFFICER}),
    "officer's session",
    municipality_nos=frozenset({"1804"}),
)
ELSEWHERE = (
    OFFICER._replace(person_id=new_id(), agency=Agency.NAV),
    OFFICER._replace(person_id=new_id(), municipality_nos=frozenset({"1841"})),
)
ACCOUNT = "Kanarifugl: referatet gikk til feil mottaker"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[PortalOffice]:
    settings = settings_in(tmp_path_factory.mktemp("privacy"), database_url=database_url)
    with a_portal_office(settings) as office:
        for actor, name in ((LEAD, "Leda Prøve"), (TEACHER, "Lærar Prøve"), (OFFICER, "Vera Prøve")):
            office.enters(actor, name)
        yield office


def a_breach(office: PortalOffice, case: Case, *, actor: Actor = LEAD, hours_ago: int = 2) -> str:
    breach_id = new_id()
    local = office.clock.moment().decided_at.astimezone(OSLO) - timedelta(hours=hours_ago)
    body = {
        "breach_id": breach_id,
        "kind": "SENT_TO_WRONG",
        "found_local": local.replace(tzinfo=None).isoformat(timespec="minutes"),
        "persons": 1,
        "categories": ["FAMILY"],
    }
    office.post(f"/cases/{case.case_id}/privacy-breaches", body, actor=actor, status=201)
    return breach_id


def a_ground(office: PortalOffice, case: Case, actor: Actor) -> str:
    ref = new_id()
    body = {"ref": ref, "about_id": case.youth_id, "category": "CASE_STATUS", "content": {"text": ACCOUNT}}
    office.post(f"/cases/{case.case_id}/grounds", body, actor=actor)
    return ref


def types(office: PortalOffice, case: Case) -> list[str]:
    found = [fact.event.type for fact in office.published(case.case_id)]
    return [one for one in found if one.startswith(("personal_data", "data_subject"))]


def test_a_wrong_document_sent_goes_from_deviation_to_datatilsynet_and_the_youth(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    deviation = DeviationReported(
        deviation_id=new_id(),
        contract_id=case.contract_id,
        kind=DeviationKind.INFO_SHARED_OUTSIDE_SCOPE,
        severity=3,
        happened_on=office.today,
        reporter_id=TEACHER.person_id,
        reporter_agency=Agency.SKOLE_GRUNN,
    )
    office.hear("contracts", case.case_id, deviation)
    path = f"/saker/{case.case_id}/personvern"
    lead, officer = office.browser(LEAD), office.browser(OFFICER)
    assert "Det kan være et brudd på personopplysningssikkerheten" in seen(lead.get(path))
    new = f"{path}/brudd/nytt"
    filled: dict[str, Any] = {
        "kind": "SENT_TO_WRONG",
        "found_on": (office.today - timedelta(days=1)).isoformat(),
        "found_time": "10:30",
        "persons": "1",
        "categories": "FAMILY",
        "account": ACCOUNT,
    }
    assert "Skriv kort hva som skjedde." in seen(
        lead.fill(f"{new}?avvik={deviation.deviation_id}", to=new, status=422, **{**filled, "account": ""})
    )
    page = lead.fill(f"{new}?avvik={deviation.deviation_id}", to=new, **filled)
    assert "Det kan være et brudd" not in seen(page), "the deviation has been looked at"
    found = office.published(case.case_id)[-1]
    assert found.event.person_id == OFFICER.person_id, "the deadline is the privacy officer's"  # type: ignore[attr-defined]
    breach = f"{path}/brudd/{found.event.breach_id}"  # type: ignore[attr-defined]
    assert breach in officer.get("/personvern")
    assert "Personvernansvarlig eller en leder avgjør resten." in seen(lead.get(breach))
    assert "Skriv hva vurderingen bygger på." in seen(
        officer.fill(breach, to=f"{breach}/vurdert", status=422, risk="HIGH")
    )
    page = officer.fill(breach, to=f"{breach}/vurdert", risk="HIGH", grounds=ACCOUNT)
    assert "de det gjelder, skal få vite det uten opphold" in seen(page)
    not_left = {"reason": "RISK_UNLIKELY", "why_not": ACCOUNT}
    refused = officer.fill(breach, to=f"{breach}/ikke-meldt", status=422, **not_left)
    assert "Da skal det meldes til Datatilsynet." in seen(refused)
    page = officer.fill(breach, to=f"{breach}/meldt", notified_on=filled["found_on"], notified_time="23:10")
    assert "Meldt til Datatilsynet" in seen(page)
    assert "Fristen" not in seen(page)
    page = officer.fill(breach, to=f"{breach}/fortalt", told="1")
    assert "De det gjelder, fikk vite det" in seen(page)
    assert breach not in officer.get("/personvern")
    assert types(office, case) == [
        "personal_data_breach.found",
        "personal_data_breach.assessed",
        "personal_data_breach.notified",
        "personal_data_breach.persons_told",
    ]
    said = b"".join(record.value or b"" for record in office.the_log())
    assert ACCOUNT.encode() not in said


def test_a_member_may_say_it_and_only_those_who_answer_for_the_case_decide(office: PortalOffice) -> None:
    case = office.a_case()
    breach = a_breach(office, case, actor=TEACHER)
    body = {"risk": "RISK", "text_ref": new_id()}
    for somebody in (TEACHER, LEAD, *ELSEWHERE):
        office.post(f"/privacy-breaches/{breach}/assessed", body, actor=somebody, status=403)
    office.post(
        f"/privacy-breaches/{breach}/assessed",
        {**body, "text_ref": a_ground(office, case, OFFICER)},
        actor=OFFICER,
    )
    stale = {**body, "seen_version": 1}
    assert (
        office.post(f"/privacy-breaches/{breach}/assessed", stale, actor=OFFICER, status=409)["current"] == 2
    )
    for stranger in ELSEWHERE:
        assert office.call("GET", f"/cases/{case.case_id}/privacy", actor=stranger).status_code == 403
    assert office.call("GET", f"/cases/{new_id()}/privacy", actor=OFFICER).status_code == 404
    asked = office.call("POST", f"/cases/{case.case_id}/open", {"purpose": "FOLLOW_UP"}, actor=OFFICER)
    assert asked.status_code == 403, "the gate opens nothing to them"


def test_a_breach_that_was_judged_is_not_struck_and_a_judgement_rests_on_a_text_that_lies_there(
    office: PortalOffice,
) -> None:
    case = office.a_case()
    path = f"/cases/{case.case_id}/voidings"
    mistaken = a_breach(office, case)
    strike = {"event_id": office.published(case.case_id)[-1].envelope.id, "reason": "REGISTERED_BY_MISTAKE"}
    office.post(path, strike)
    told = office.call("GET", f"/cases/{case.case_id}/privacy", actor=OFFICER).json()
    assert mistaken not in {one["breach_id"] for one in told["breaches"]}, (
        "what nobody has judged can be struck"
    )
    breach = a_breach(office, case, actor=OFFICER)
    strike["event_id"] = office.published(case.case_id)[-1].envelope.id
    assessed = f"/privacy-breaches/{breach}/assessed"
    nowhere = office.post(assessed, {"risk": "RISK", "text_ref": new_id()}, actor=OFFICER, status=422)
    assert (nowhere["title"], nowhere["field"]) == ("NO_SUCH_TEXT", "text_ref")
    office.post(assessed, {"risk": "RISK", "text_ref": a_ground(office, case, OFFICER)}, actor=OFFICER)
    assert office.post(path, strike, status=409)["title"] == "LATER_ONES_FIRST"


def test_after_72_hours_a_notice_says_why_it_is_late(office: PortalOffice) -> None:
    case = office.a_case()
    breach = a_breach(office, case, hours_ago=1)
    forward(office, hours=73)
    local = office.clock.moment().decided_at.astimezone(OSLO).replace(tzinfo=None)
    body: dict[str, Any] = {"notified_local": (local - timedelta(minutes=2)).isoformat(timespec="minutes")}
    refused = office.post(f"/privacy-breaches/{breach}/notified", body, actor=OFFICER, status=422)
    assert (refused["title"], refused["field"]) == ("SAY_WHY_LATE", "late_ref")
    body["late_ref"] = a_ground(office, case, OFFICER)
    office.post(f"/privacy-breaches/{breach}/notified", body, actor=OFFICER)
    (told,) = office.call("GET", f"/cases/{case.case_id}/privacy", actor=OFFICER).json()["breaches"]
    assert told["late"] is True


def test_an_access_request_is_answered_with_the_youths_own_report(office: PortalOffice) -> None:
    case = office.a_case()
    lead, path = office.browser(LEAD), f"/saker/{case.case_id}/personvern"
    page = lead.fill(f"{path}/krav/nytt", right="ACCESS", asker="YOUTH", words=ACCOUNT)
    assert "Innsyn i egne opplysninger" in seen(page)
    request = office.published(case.case_id)[-1].event.request_id  # type: ignore[attr-defined]
    here = f"{path}/krav/{request}"
    assert f"/saker/{case.case_id}/innsyn" in lead.get(here)
    page = lead.fill(here, to=f"{here}/forlenget", reason="COMPLEX")
    assert "Fristen er forlenget" in seen(page)
    assert "Trenger dere mer tid?" not in seen(page)
    page = lead.fill(here, to=f"{here}/besvart", outcome="GRANTED", answer=ACCOUNT)
    assert "Fulgt helt ut" in seen(page)
    assert here not in office.browser(OFFICER).get("/personvern")
    office.browser(POLICE).send(f"{here}/besvart", status=422, outcome="GRANTED")


def test_a_refusal_says_why(office: PortalOffice) -> None:
    case = office.a_case()
    lead, path = office.browser(LEAD), f"/saker/{case.case_id}/personvern"
    lead.fill(f"{path}/krav/nytt", right="ERASURE", asker="GUARDIAN")
    here = f"{path}/krav/{office.published(case.case_id)[-1].event.request_id}"  # type: ignore[attr-defined]
    assert "Velg hvorfor kravet ikke blir fulgt" in seen(
        lead.fill(here, to=f"{here}/besvart", status=422, outcome="REFUSED")
    )
    page = lead.fill(here, to=f"{here}/besvart", outcome="REFUSED", ground="ARCHIVE_DUTY", answer=ACCOUNT)
    assert "Avslått" in seen(page)
    assert "plikt til å arkivere" in seen(page)


@pytest.mark.parametrize("address", ["", "/brudd/nytt", "/krav/nytt"])
def test_the_pages_come_in_nynorsk(office: PortalOffice, address: str) -> None:
    case = office.a_case()
    browser = office.browser(LEAD)
    browser.client.cookies.set("sprak", "nn")
    page = seen(browser.get(f"/saker/{case.case_id}/personvern{address}"))
    assert "saka" in page
    assert "Hvor " not in page
