"""The registers over HTTP on real PostgreSQL: consultations without a name, local offers, the survey, and youths who are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backbone.clock import Clock, new_id
from backbone.work import service_actor
from schemas.codes import AgeBand, Agency, Role
from schemas.event import Event, decode
from schemas.example import example_of
from schemas.forum import ForumOpened
from schemas.mediation import MediationOpened
from schemas.recognition import YouthCompared
from services.contracts.app import ROUTERS, SERVICE
from services.contracts.domain.likeness import Alike
from services.contracts.youths import SameYouths, same_youths_in_the_vault
from tests.integration.rim import Rim, a_rim, somebody
from tests.integration.telling import Log
from tests.integration.test_contracts_api import COORDINATOR, a_request, answer_ages, today
from tests.integration.test_contracts_cases_api import a_referral

pytestmark = pytest.mark.integration
TEACHER = somebody(Role.AGENCY_MEMBER, agency=Agency.SKOLE_GRUNN)
PORTAL = service_actor("portal")
BODO, FAUSKE = "1804", "1841"
NEIGHBOUR = somebody(Role.COORDINATOR, works_for=[FAUSKE])


@pytest.fixture
def contracts(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Rim]:
    with a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as rim:
        answer_ages(rim, AgeBand.AGE_15)
        yield rim


def are_the_same(rim: Rim, *youth_ids: str, likely: bool = False) -> None:
    """The vault's answer for every one of these: all the others."""

    def alike(case_id: str, youth_id: str) -> Alike:
        others = tuple(y for y in youth_ids if youth_id in youth_ids and y != youth_id)
        return Alike(likely=others) if likely else Alike(certain=others)

    def answered() -> SameYouths:
        return alike

    rim.process.app.dependency_overrides[same_youths_in_the_vault] = answered


def a_consultation(rim: Rim, **changes: Any) -> dict[str, Any]:
    asked = {
        "consultation_id": new_id(),
        "municipality_no": BODO,
        "held_on": today(rim).isoformat(),
        "themes": ["SCHOOL_ABSENCE"],
        "age": "AGE_12_14",
        "agencies": ["SKOLE_GRUNN", "PPT"],
        "advice": ["TALK_WITH_YOUTH"],
    }
    return {**asked, **changes}


def test_anybody_who_is_logged_in_logs_a_consultation_and_sees_their_own_only(contracts: Rim) -> None:
    asked = a_consultation(contracts)
    auditor = somebody(Role.AUDITOR, agency=Agency.KOMMUNE_SLT)
    for person in (TEACHER, auditor):
        assert contracts.post("/consultations", person, {**asked, "consultation_id": new_id()}).status == 201
    (own,) = contracts.get("/consultations", TEACHER).body
    assert (own["themes"], own["advice"]) == (["SCHOOL_ABSENCE"], ["TALK_WITH_YOUTH"])
    assert contracts.types() == ["consultation.logged"] * 2
    again = {**asked, "consultation_id": own["consultation_id"]}
    assert contracts.post("/consultations", TEACHER, again).body["title"] == "CONSULTATION_EXISTS"
    refused = contracts.post("/consultations", TEACHER, a_consultation(contracts, advice=[]), language="nn")
    assert (refused.body["title"], "Vel kva råd" in refused.body["detail"]) == (
        "CONSULTATION_ADVICE_MISSING",
        True,
    )


def test_a_consultation_has_no_room_for_a_name_or_a_case(contracts: Rim) -> None:
    for extra in ({"case_id": new_id()}, {"youth_id": new_id()}, {"name": "Kim Demosen"}, {"text": "Kim"}):
        answer = contracts.post("/consultations", TEACHER, a_consultation(contracts, **extra))
        assert (answer.status, answer.body["title"]) == (422, "MALFORMED")


def an_offer(**changes: Any) -> dict[str, Any]:
    asked = {
        "offer_id": new_id(),
        "municipality_no": BODO,
        "kind": "LEISURE",
        "title": "Mekkekveld",
        "provider": "Ungdomshuset",
        "provider_agency": "FRITID",
        "age_from": 13,
        "age_to": 18,
        "contact": "75 00 00 00",
    }
    return {**asked, **changes}


def test_a_local_offer_is_entered_changed_gone_through_and_taken_out(contracts: Rim) -> None:
    asked = an_offer()
    path = f"/offers/{asked['offer_id']}"
    assert contracts.post("/offers", TEACHER, asked).status == 403
    assert contracts.post("/offers", COORDINATOR, asked).body["version"] == 1
    assert contracts.post("/offers", COORDINATOR, asked).body["title"] == "OFFER_EXISTS"
    changed = contracts.post(path, COORDINATOR, {**asked, "title": "Kodeklubb", "seen_version": 1})
    assert (changed.status, changed.body["version"]) == (201, 2)
    stale = contracts.post(f"{path}/reviewed", COORDINATOR, {"seen_version": 1})
    assert (stale.status, stale.body["current"]) == (409, 2)
    (shown,) = contracts.get(f"/offers?municipality_no={BODO}", TEACHER).body
    assert (shown["title"], shown["stale"], shown["status"]) == ("Kodeklubb", False, "OPEN")
    assert contracts.get(f"/offers?municipality_no={FAUSKE}", TEACHER).body == []
    elsewhere = contracts.post(f"{path}/ended", NEIGHBOUR, {})
    assert (elsewhere.status, elsewhere.body["title"]) == (403, "OFFER_OF_OTHER_MUNICIPALITY")
    assert contracts.post(f"{path}/ended", COORDINATOR, {}).body["status"] == "ENDED"
    assert contracts.published() == []


def test_a_local_offer_holds_nothing_that_names_somebody(contracts: Rim) -> None:
    answer = contracts.post("/offers", COORDINATOR, an_offer(contact="Spør etter 318810 90050"))
    assert (answer.status, answer.body["title"]) == (422, "NUMBER_IN_REGISTER")


def test_a_clause_makes_use_of_an_offer_that_is_in_the_register_and_of_no_other(contracts: Rim) -> None:
    offer = an_offer()
    contracts.post("/offers", COORDINATOR, offer)
    asked = a_request(contracts)
    owners = dict.fromkeys(("owed_by", "controlling_owner", "supporting_owner"), asked["youth_id"])
    clause = {"clause_id": new_id(), "kind": "LEISURE", "measure_id": new_id(), **owners}
    unknown = contracts.post("/contracts", COORDINATOR, {**asked, "clauses": [clause]})
    assert (unknown.status, unknown.body["title"]) == (422, "OFFER_UNKNOWN")
    chosen = {**clause, "measure_id": offer["offer_id"]}
    assert contracts.post("/contracts", COORDINATOR, {**asked, "clauses": [chosen]}).status == 201
    (shown,) = contracts.get(f"/cases/{asked['case_id']}/contracts", COORDINATOR).body
    assert shown["clauses"][0]["measure_id"] == offer["offer_id"]


def test_an_offer_is_chosen_only_for_a_youth_of_its_municipality_and_its_age(contracts: Rim) -> None:
    fits = an_offer(age_from=15, age_to=18)
    elsewhere, grown, gone = an_offer(municipality_no=FAUSKE), an_offer(age_from=16), an_offer()
    for offer in (fits, elsewhere, grown, gone):
        assert contracts.post("/offers", COORDINATOR, offer).status == 201
    assert contracts.post(f"/offers/{gone['offer_id']}/ended", COORDINATOR, {}).status == 201
    asked = a_request(contracts)
    owners = dict.fromkeys(("owed_by", "controlling_owner", "supporting_owner"), asked["youth_id"])

    def with_offers(*offers: dict[str, Any]) -> dict[str, Any]:
        clause = {"kind": "LEISURE", **owners}
        chosen = [{**clause, "clause_id": new_id(), "measure_id": one["offer_id"]} for one in offers]
        return {**asked, "clauses": chosen}

    for offer, rule in (
        (elsewhere, "OFFER_ELSEWHERE"),
        (grown, "OFFER_OF_OTHER_AGE"),
        (gone, "OFFER_UNKNOWN"),
    ):
        refused = contracts.post("/contracts", COORDINATOR, with_offers(fits, offer), language="nn")
        assert (refused.status, refused.body["title"]) == (422, rule)
        assert refused.body["field"] == "clauses.1.measure_id"
    assert contracts.post("/contracts", COORDINATOR, with_offers(fits)).status == 201
    shown = contracts.get(f"/cases/{asked['case_id']}/offers", COORDINATOR).body
    assert [one["offer_id"] for one in shown] == [fits["offer_id"]], (
        "another municipality's, age and time are left out"
    )
    assert contracts.get(f"/cases/{asked['case_id']}/offers", TEACHER).status == 403
    stranger = somebody(Role.COORDINATOR, agency=Agency.KOMMUNE_SLT)
    assert contracts.get(f"/cases/{asked['case_id']}/offers", stranger).status == 404


def some_codes(rim: Rim, count: int) -> list[str]:
    answer = rim.post("/surveys/codes", COORDINATOR, {"municipality_no": BODO, "count": count}, key=new_id())
    assert answer.status == 201
    return list(answer.body["codes"])


def answered(rim: Rim, code: str, **changes: Any) -> Any:
    body = {"code": code, "respondent": "YOUTH", "was_heard": 4, "was_useful": 3, **changes}
    return rim.post("/surveys/answers", PORTAL, body)


def everything_stored(rim: Rim) -> str:
    """Every row of every table, as text."""
    with rim.process.desk.engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).scalars()
        return "\n".join(
            str(tuple(row))
            for table in list(tables)
            for row in connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t')
        )


def test_the_survey_is_answered_once_a_code_and_told_when_the_quarter_is_over(
    contracts: Rim, tmp_path: Path
) -> None:
    codes = some_codes(contracts, 6)
    assert len(set(codes)) == 6
    assert not any(code in everything_stored(contracts) for code in codes)
    assert answered(contracts, codes[0].lower()[:5] + " " + codes[0][5:]).status == 201
    again = answered(contracts, codes[0])
    assert (again.status, again.body["title"]) == (422, "SURVEY_CODE_UNKNOWN")
    for code in codes[1:]:
        assert answered(contracts, code, respondent="GUARDIAN").status == 201
    assert contracts.types() == []
    assert contracts.get(f"/surveys/results?municipality_no={BODO}", COORDINATOR).body == []
    later_on(contracts, tmp_path, days=95)
    (quarter,) = contracts.get(f"/surveys/results?municipality_no={BODO}", COORDINATOR).body
    assert (quarter["count"], quarter["was_heard"], quarter["was_clear"]) == (6, 4.0, None)
    assert contracts.types() == ["survey.answered"] * 6
    stored = everything_stored(contracts)
    assert COORDINATOR.person_id not in stored, "nobody stands beside the answers, nor beside the codes"


def test_codes_and_answers_are_the_municipalitys_own_and_answers_come_from_the_portal(contracts: Rim) -> None:
    refused = contracts.post("/surveys/codes", NEIGHBOUR, {"municipality_no": BODO, "count": 1})
    assert (refused.status, refused.body["title"]) == (403, "SURVEY_OTHER_MUNICIPALITY")
    assert contracts.get(f"/surveys/results?municipality_no={BODO}", NEIGHBOUR).status == 403
    body = {"code": "ABCDEFGHJK", "respondent": "YOUTH", "was_heard": 4}
    assert contracts.post("/surveys/answers", TEACHER, body).status == 403


def later_on(rim: Rim, folder: Path, *, days: int) -> None:
    clock = Clock(folder / "clock.json")
    clock.move_to(rim.process.desk.clock.moment().decided_at + timedelta(days=days))
    rim.process.desk.clock = clock


def known(rim: Rim, asked: dict[str, Any], **who: Any) -> Any:
    body = {"case_id": asked["case_id"], "youth_id": asked["youth_id"]}
    return rim.post("/youths/known", who.get("by", COORDINATOR), body)


def test_a_coordinator_is_told_of_the_youths_case_here_and_it_is_written_in_that_case(contracts: Rim) -> None:
    first, second = a_request(contracts), a_referral()
    contracts.post("/contracts", COORDINATOR, first)
    are_the_same(contracts, first["youth_id"], second["youth_id"])
    other = somebody(Role.COORDINATOR)
    found = known(contracts, second, by=other)
    lead = COORDINATOR.person_id
    assert found.body["cases"] == [
        {"case_id": first["case_id"], "programme": "FA_YOUTH_CONTRACT", "lead_id": lead, "likely": False}
    ]
    assert contracts.types()[-1] == "case.recognised"
    assert known(contracts, second, by=TEACHER).status == 403


def test_another_municipality_gets_the_same_answer_for_a_known_youth_as_for_an_unknown(
    contracts: Rim,
) -> None:
    first, second, unknown = a_request(contracts), a_referral(), a_referral()
    contracts.post("/contracts", COORDINATOR, first)
    are_the_same(contracts, first["youth_id"], second["youth_id"])
    before = contracts.types()
    assert known(contracts, second, by=NEIGHBOUR) == known(contracts, unknown, by=NEIGHBOUR)
    assert contracts.types() == before


def test_one_case_a_youth_and_programme_holds_under_every_reference_of_the_youth(contracts: Rim) -> None:
    first = a_request(contracts)
    second = a_request(contracts, municipality_no=FAUSKE)
    referral = a_referral()
    are_the_same(contracts, first["youth_id"], second["youth_id"], referral["youth_id"])
    assert contracts.post("/contracts", COORDINATOR, first).status == 201
    refused = contracts.post("/contracts", somebody(Role.COORDINATOR), second)
    assert (refused.status, refused.body["title"]) == (409, "CANNOT_OPEN")
    assert BODO not in str(refused.body)
    referral["assigned_to"] = COORDINATOR.person_id
    path = f"/referrals/{referral['referral_id']}"
    contracts.post("/referrals", TEACHER, referral)
    contracts.post(f"{path}/screened", COORDINATOR, {})
    accepted = contracts.post(f"{path}/accepted", COORDINATOR, {"programme": "FA_YOUTH_CONTRACT"})
    assert (accepted.status, accepted.body["title"]) == (409, "ONE_CASE_PER_PROGRAMME")
    other = contracts.post(f"{path}/accepted", COORDINATOR, {"programme": "FA_SUBSTANCE_CONTRACT"})
    assert other.status == 201


def test_a_youth_that_likely_is_the_same_is_asked_about_and_the_answer_is_recorded(contracts: Rim) -> None:
    first, second = a_request(contracts), a_request(contracts)
    contracts.post("/contracts", COORDINATOR, first)
    are_the_same(contracts, first["youth_id"], second["youth_id"], likely=True)
    other = somebody(Role.COORDINATOR)
    asked = contracts.post("/contracts", other, second)
    assert (asked.status, asked.body["title"], asked.body["field"]) == (
        409,
        "SAME_YOUTH_UNANSWERED",
        "same_youth",
    )
    (told,) = known(contracts, second, by=other).body["cases"]
    assert (told["case_id"], told["likely"]) == (first["case_id"], True)
    elsewhere = {"same_youth": False, "compared_with": [new_id()]}
    assert contracts.post("/contracts", other, {**second, **elsewhere}).body["title"] == asked.body["title"]
    answer = {"compared_with": [first["case_id"]]}
    yes = contracts.post("/contracts", other, {**second, **answer, "same_youth": True})
    assert (yes.status, yes.body["title"]) == (409, "CANNOT_OPEN"), "one case a youth and programme"
    no = contracts.post("/contracts", other, {**second, **answer, "same_youth": False})
    assert no.status == 201
    (recorded,) = [event for event in contracts.published() if isinstance(event, YouthCompared)]
    assert (recorded.with_case_ids, recorded.same) == ((first["case_id"],), False)


def test_the_same_youth_in_another_programme_is_recorded_as_the_same(contracts: Rim) -> None:
    first, referral = a_request(contracts), a_referral()
    contracts.post("/contracts", COORDINATOR, first)
    are_the_same(contracts, first["youth_id"], referral["youth_id"], likely=True)
    referral["assigned_to"] = COORDINATOR.person_id
    path = f"/referrals/{referral['referral_id']}"
    contracts.post("/referrals", TEACHER, referral)
    contracts.post(f"{path}/screened", COORDINATOR, {})
    body = {"programme": "FA_SUBSTANCE_CONTRACT"}
    assert contracts.post(f"{path}/accepted", COORDINATOR, body).body["title"] == "SAME_YOUTH_UNANSWERED"
    answer = {"same_youth": True, "compared_with": [first["case_id"]]}
    assert contracts.post(f"{path}/accepted", COORDINATOR, {**body, **answer}).status == 201
    recorded = contracts.published()[-1]
    assert isinstance(recorded, YouthCompared)
    assert recorded.same


def test_a_likely_youth_of_another_municipality_is_a_new_one_and_nothing_is_asked(contracts: Rim) -> None:
    first, second = a_request(contracts), a_request(contracts, municipality_no=FAUSKE)
    contracts.post("/contracts", COORDINATOR, first)
    are_the_same(contracts, first["youth_id"], second["youth_id"], likely=True)
    opened = contracts.post("/contracts", NEIGHBOUR, second)
    assert opened.status == 201, opened.body
    assert "case.youth_compared" not in contracts.types()
    assert "case.recognised" not in contracts.types()


@pytest.mark.parametrize("kind", [MediationOpened, ForumOpened])
def test_the_id_of_a_mediation_or_a_forum_becomes_no_case(contracts: Rim, kind: type[Event]) -> None:
    other = new_id()
    Log(contracts.process.desk.engine, SERVICE, contracts.process.desk.clock).tell(
        other, "network", decode(example_of(kind)).event
    )
    refused = contracts.post("/contracts", COORDINATOR, a_request(contracts, case_id=other), language="nn")
    assert (refused.status, refused.body["title"], refused.body["field"]) == (409, "NOT_A_CASE_ID", "case_id")
    assert "ei mekling, eit forum" in refused.body["detail"]
    referral = a_referral(case_id=other, assigned_to=COORDINATOR.person_id)
    assert contracts.post("/referrals", TEACHER, referral).body["title"] == "NOT_A_CASE_ID"
    assert contracts.published() == []


def test_a_consultation_becomes_no_case_and_names_no_text_of_another(contracts: Rim) -> None:
    asked = a_consultation(contracts)
    astray = contracts.post("/consultations", TEACHER, {**asked, "text_ref": new_id()}, language="nn")
    assert (astray.status, astray.body["title"]) == (422, "CONSULTATION_TEXT_OF_ANOTHER")
    assert "sitt eige notat" in astray.body["detail"]
    own = {**asked, "text_ref": asked["consultation_id"]}
    assert contracts.post("/consultations", TEACHER, own).status == 201
    case = a_request(contracts, case_id=asked["consultation_id"])
    assert contracts.post("/contracts", COORDINATOR, case).body["title"] == "NOT_A_CASE_ID"
