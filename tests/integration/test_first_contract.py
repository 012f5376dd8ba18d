"""A first contract, filled in as a coordinator without JavaScript does it: goals, clauses with owners, a local offer, the evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from backbone.clock import new_id
from schemas.contract import ContractRegistered
from schemas.evaluation import EvaluationPlanned
from schemas.recognition import YouthCompared
from tests.integration.first_contract_office import FirstContractOffice
from tests.integration.portal_office import Browser, a_portal_office, seen, standing
from tests.integration.sharing_office import LEAD, POLICE, TEACHER, settings_in

pytestmark = pytest.mark.integration
BODO, FAUSKE = "1804", "1841"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[FirstContractOffice]:
    settings = settings_in(tmp_path_factory.mktemp("first-contract"), database_url=database_url)
    with a_portal_office(settings, FirstContractOffice) as made:
        assert isinstance(made, FirstContractOffice)
        for actor, name in ((LEAD, "Liv Lederud"), (TEACHER, "Ture Lærerud"), (POLICE, "Pia Patruljud")):
            made.enters(actor, name)
        yield made
        made.close()


@pytest.fixture
def office(running: FirstContractOffice) -> FirstContractOffice:
    """The office, with nothing registered since the test began, as far as the test asks."""
    running.forget()
    return running


def filled_in(office: FirstContractOffice, **changes: Any) -> dict[str, Any]:
    """The form as it is typed, without what the page proposes."""
    return {
        "municipality_no": BODO,
        "reason": "VANDALISM",
        "youth_name": f"Kanari {new_id()[-8:]}",
        "youth_birth_on": (office.today - relativedelta(years=15, months=2)).isoformat(),
        "guardian1_name": "Kari Navnesen",
        "own_goals-1-goal_ref": "Møte på skolen hver dag",
        "member": TEACHER.person_id,
        f"function_{TEACHER.person_id}": "SUPPORT_OWNER",
        **changes,
    }


def clause(number: int = 1, **changes: str) -> dict[str, str]:
    """The fields of one clause: the school owes something, the guardian helps, the lead sees to it."""
    told = {
        "kind": "SCHOOL",
        "owed_by": TEACHER.person_id,
        "controlling_owner": LEAD.person_id,
        "supporting_owner": "guardian1",
        "text_ref": "Skolen ringer hjem samme dag.",
        **changes,
    }
    return {f"clauses-{number}-{name}": value for name, value in told.items()}


def an_offer(office: FirstContractOffice, **changes: Any) -> str:
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
        **changes,
    }
    there = LEAD._replace(municipality_nos=frozenset({asked["municipality_no"]}))
    office.calls.post("contracts", "/offers", actor=there, body=asked)
    return str(asked["offer_id"])


def the_contract(office: FirstContractOffice) -> ContractRegistered:
    (found,) = [event for event in office.registered() if isinstance(event, ContractRegistered)]
    return found


def sends(browser: Browser, status: int, fields: dict[str, Any]) -> str:
    return browser.fill("/ny-kontrakt", status=status, **fields)


def test_the_form_is_short_at_first_sight(office: FirstContractOffice) -> None:
    page = office.browser(LEAD).get("/ny-kontrakt")
    assert page.count("<details") >= 9, "every clause and every goal but the first is folded up"
    assert '<details class="quiet" open' not in page
    assert "rustest" not in seen(page.split("clauses-1")[0]).lower()


def test_goals_clauses_and_the_evaluation_plan_are_given_in_one_form(office: FirstContractOffice) -> None:
    drug_test = clause(
        2,
        kind="DRUG_CONTROL",
        owed_by="youth",
        basis_ref="Kanari og Kari har sagt ja til prøver hver fredag.",
        text_ref="",
    )
    fields = filled_in(
        office,
        programme="FA_SUBSTANCE_CONTRACT",
        **clause(),
        **drug_test,
        **{"other_goals-1-goal_ref": "Færre sene kvelder ute", "other_goals-1-measure": "AGREEMENTS_KEPT"},
        midway_on=(office.today + timedelta(days=70)).isoformat(),
    )
    page = sends(office.browser(LEAD), 200, fields)
    assert "Kontrakten er registrert" in seen(page)
    found = the_contract(office)
    assert len(found.goal_refs) == 2
    assert found.own_goal_refs == found.goal_refs[:1]
    school, control = found.clauses
    guardian = next(signer.person_id for signer in found.signers if signer.role == "GUARDIAN")
    assert (school.owed_by, school.controlling_owner, school.supporting_owner) == (
        TEACHER.person_id,
        LEAD.person_id,
        guardian,
    )
    assert (control.owed_by, control.text_ref is None, control.basis_ref is None) == (
        found.youth_id,
        True,
        False,
    )
    (plan,) = [event for event in office.registered() if isinstance(event, EvaluationPlanned)]
    assert [one.goal_ref for one in plan.measures] == list(found.goal_refs)
    assert plan.midway_on == office.today + timedelta(days=70)


def test_a_goal_in_the_youths_own_words_is_asked_for_beside_its_field(office: FirstContractOffice) -> None:
    page = sends(office.browser(LEAD), 422, filled_in(office, **{"own_goals-1-goal_ref": ""}))
    assert 'id="own_goals-1-goal_ref-wrong"' in page
    assert "Kari Navnesen" in page
    assert office.registered() == []


def test_a_drug_test_without_a_basis_is_refused_beside_the_clause_it_is_about(
    office: FirstContractOffice,
) -> None:
    fields = filled_in(
        office, programme="FA_SUBSTANCE_CONTRACT", **clause(1), **clause(3, kind="DRUG_CONTROL")
    )
    page = sends(office.browser(LEAD), 422, fields)
    assert 'id="clauses-3-basis_ref-wrong"' in page
    assert "Rusprøver og behandling må ha et eget grunnlag" in seen(page)
    opened = page[: page.index('id="clauses-3-basis_ref-wrong"')].rindex("<details")
    assert page[opened:].startswith('<details class="quiet" open'), "the row with the problem is open"
    dry = filled_in(
        office, programme="FA_YOUTH_CONTRACT", **clause(1, kind="DRUG_CONTROL", basis_ref="Et ja")
    )
    assert 'id="clauses-1-kind-wrong"' in sends(office.browser(LEAD), 422, dry)
    assert office.registered() == []


def test_whoever_owes_something_must_be_among_those_filled_in(office: FirstContractOffice) -> None:
    browser = office.browser(LEAD)
    stranger = sends(browser, 422, filled_in(office, **clause(controlling_owner=POLICE.person_id)))
    assert 'id="clauses-1-controlling_owner-wrong"' in stranger
    nobody = sends(browser, 422, filled_in(office, **clause(supporting_owner="guardian2")))
    assert 'id="clauses-1-supporting_owner-wrong"' in nobody
    half = sends(browser, 422, filled_in(office, **{"clauses-2-kind": "SCHOOL"}))
    assert 'id="clauses-2-owed_by-wrong"' in half


def test_a_clause_makes_use_of_a_local_offer_and_the_page_of_the_case_shows_it(
    office: FirstContractOffice,
) -> None:
    here, old = an_offer(office), an_offer(office, title="Seniordans", age_from=20, age_to=25)
    browser = office.browser(LEAD)
    form = browser.get("/ny-kontrakt")
    assert "Mekkekveld (Ungdomshuset), 13–18 år, sist gått gjennom" in seen(form)
    refused = sends(browser, 422, filled_in(office, **clause(measure_id=old)))
    assert 'id="clauses-1-measure_id-wrong"' in refused
    assert "Tiltaket er for dem som er fra 20 til 25 år" in seen(refused)
    page = sends(browser, 200, filled_in(office, **clause(measure_id=here)))
    assert the_contract(office).clauses[0].measure_id == here
    assert "Tiltak fra registeret : Mekkekveld, Ungdomshuset (75 00 00 00)." in seen(page).replace(
        "registeret:", "registeret :"
    )


def test_a_form_that_is_sent_twice_registers_one_contract(office: FirstContractOffice) -> None:
    browser = office.browser(LEAD)
    fields = filled_in(office, key=new_id(), programme="FA_YOUTH_CONTRACT", **clause())
    fields["starts_on"] = office.today.isoformat()
    fields["own_goals-1-measure"] = "YOUTHS_OWN_VIEW"
    for _ in range(2):
        browser.send("/ny-kontrakt", **fields)
    assert the_contract(office).clauses[0].kind == "SCHOOL"


def of_kim(office: FirstContractOffice, **changes: Any) -> dict[str, Any]:
    """A form about a youth with a name and a birth date that others have too."""
    born = (office.today - relativedelta(years=14, months=3)).isoformat()
    known = {"youth_name": "Kim Likesen", "youth_birth_on": born, "programme": "FA_YOUTH_CONTRACT"}
    return filled_in(office, **(known | changes))


def test_is_this_the_same_youth_is_asked_once_and_a_no_registers_another(office: FirstContractOffice) -> None:
    browser = office.browser(LEAD)
    sends(browser, 200, of_kim(office))
    office.forget()
    asked = browser.fill("/ny-kontrakt", status=422, **of_kim(office, youth_name="Likesen, Kim"))
    said = seen(asked)
    assert "Er dette samme ungdom som i saken over?" in said
    assert "Ungdomskontrakt – ledes av Liv Lederud" in said
    assert [event.type for event in office.registered()] == ["case.recognised"]
    fields = of_kim(office) | standing(asked)
    unanswered = browser.send("/ny-kontrakt", status=422, **fields)
    assert 'id="same_youth-wrong"' in unanswered
    assert "Ungdomskontrakt – ledes av Liv Lederud" in seen(unanswered)
    fields |= standing(unanswered)
    yes = browser.send("/ny-kontrakt", status=422, **(fields | {"same_youth": "ja"}))
    assert "Ungdommen har alt en sak i dette programmet" in seen(yes)
    assert the_answers(office) == []
    page = browser.send("/ny-kontrakt", status=200, **(fields | standing(yes) | {"same_youth": "nei"}))
    assert "Kontrakten er registrert" in seen(page)
    assert "svarte på om ungdommen er kjent fra før" in seen(page)
    (answer,) = the_answers(office)
    assert (len(answer.with_case_ids), answer.same) == (1, False)


def the_answers(office: FirstContractOffice) -> list[YouthCompared]:
    return [event for event in office.registered() if isinstance(event, YouthCompared)]


def test_a_twin_and_a_youth_with_a_number_of_their_own_are_registered_without_a_question(
    office: FirstContractOffice,
) -> None:
    browser = office.browser(LEAD)
    born = (office.today - relativedelta(years=13, months=1)).isoformat()
    for name in ("Tor Tvillingsen", "Tora Tvillingsen"):
        fields = filled_in(office, youth_name=name, youth_birth_on=born, programme="FA_YOUTH_CONTRACT")
        assert "Kontrakten er registrert" in seen(sends(browser, 200, fields))
    assert the_answers(office) == []


def test_the_same_name_in_a_municipality_where_one_does_not_work_asks_nothing(
    office: FirstContractOffice,
) -> None:
    browser = office.browser(LEAD)
    born = (office.today - relativedelta(years=16, months=1)).isoformat()
    fields = filled_in(office, youth_name="Noa Nabosen", youth_birth_on=born, programme="FA_YOUTH_CONTRACT")
    sends(browser, 200, fields)
    office.forget()
    neighbour = office.browser(LEAD._replace(person_id=new_id(), municipality_nos=frozenset({FAUSKE})))
    page = sends(neighbour, 200, fields | {"municipality_no": FAUSKE})
    assert "Kontrakten er registrert" in seen(page)
    assert "case.recognised" not in [event.type for event in office.registered()]
