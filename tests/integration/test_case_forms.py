"""The declared case forms over the real contracts service on real PostgreSQL: offered, sent, refused, stale, sent twice."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
from dateutil.relativedelta import relativedelta
from fastapi.testclient import TestClient

from backbone.calls import Calls
from backbone.clock import new_id
from backbone.database import drop_database, migrate
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import service_actor, work_on
from schemas.case import CaseLeadChanged
from schemas.codes import AgeBand, Agency, Function, Role
from schemas.contract import ContractChangeProposed
from schemas.deviation import DeviationDismissed, DeviationReported, YouthAccountRecorded
from schemas.event import Event, Fact, decode
from schemas.example import example_of
from schemas.network_group import MemberJoined
from services.contracts.ages import AgeBandOn, age_band_at_the_gate
from services.contracts.app import ROUTERS as CONTRACTS_ROUTERS
from services.contracts.app import SERVICE as CONTRACTS
from services.contracts.youths import same_youths_in_the_vault
from services.portal import sessions
from services.portal.app import SERVICE, furnish
from services.portal.neighbours import Neighbours
from services.portal.pages import ROUTERS
from services.portal.sessions import Visitor
from tests.integration.rim import Rim, a_rim
from tests.integration.test_contracts_api import nobody_else

pytestmark = pytest.mark.integration
OURS = {"Sec-Fetch-Site": "same-origin"}


class Desk(NamedTuple):
    """The portal and the contracts service, each with rows of its own; the others are away."""

    portal: Rim
    contracts: Rim
    lead: Visitor
    reporter: Visitor

    def browser(self, visitor: Visitor) -> TestClient:
        """A browser in which somebody is logged in."""
        desk = self.portal.process.desk
        secret = sessions.begin(desk.engine, visitor, real_at=desk.clock.moment().real_at)
        cookies = {sessions.cookie_name(desk.settings): secret}
        app = self.portal.process.app
        return TestClient(app, raise_server_exceptions=False, follow_redirects=False, cookies=cookies)

    def told(self) -> None:
        """Let the portal read what the contracts service has published."""
        self.portal.hear(self.contracts)


@pytest.fixture
def desk(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Desk]:
    nowhere = dict.fromkeys(
        ("network_url", "sharing_url", "scheduler_url", "notifications_url", "audit_url"),
        "http://127.0.0.1:9",
    )
    with a_rim(database_url, a_namespace, tmp_path, CONTRACTS, CONTRACTS_ROUTERS) as contracts:
        contracts.process.app.dependency_overrides[age_band_at_the_gate] = fifteen
        contracts.process.settings.sharing_url = nowhere["sharing_url"]
        contracts.process.app.dependency_overrides[same_youths_in_the_vault] = nobody_else
        settings = Settings(
            namespace=a_namespace,
            database_url=database_url,
            demo=True,
            demo_clock_file=tmp_path / "clock",
            token_key_file=tmp_path / "token.key",
            contracts_url="http://contracts",
            **nowhere,  # type: ignore[arg-type]
        )
        migrate(settings, "portal")
        process = Process(SERVICE, ROUTERS, with_settings=settings, furnish=furnish)
        way = httpx.Client(mounts={"http://contracts": contracts.client._transport})
        process.app.state.neighbours = Neighbours(Calls(settings, process.desk.clock, client=way))
        lead = Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), ("1804",), new_id())
        other = Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), ("1804",), new_id())
        try:
            yield Desk(Rim(process), contracts, lead, other)
        finally:
            process.desk.engine.dispose()
            drop_database(settings, str(settings.database("portal").database))


def fifteen() -> AgeBandOn:
    return lambda case_id, youth_id, on: AgeBand.AGE_15


def a_contract(desk: Desk) -> dict[str, Any]:
    """A contract that is registered, as it was asked for."""
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    registered = {
        "case_id": new_id(),
        "contract_id": new_id(),
        "programme": "FA_YOUTH_CONTRACT",
        "municipality_no": "1804",
        "youth_id": new_id(),
        "guardian_ids": [new_id()],
        "reason": "THEFT",
        "starts_on": today,
        "goal_refs": ["goal-1"],
        "evaluation": {"measures": [{"goal_ref": "goal-1", "measure": "YOUTHS_OWN_VIEW"}]},
    }
    assert desk.contracts.post("/contracts", desk.lead.actor("nb"), registered).status == 201
    desk.told()
    return registered


def a_contract_to_sign(desk: Desk) -> str:
    """The case of a contract that nobody has signed."""
    return str(a_contract(desk)["case_id"])


def a_case_with_a_deviation(desk: Desk) -> tuple[str, str]:
    """A running contract, and a deviation that its lead has reported; nobody else leads, so the lead may judge it too."""
    actor = desk.lead.actor("nb")
    today = desk.contracts.process.desk.clock.moment().today.isoformat()
    asked, deviation = a_contract(desk), new_id()
    case, contract, youth = asked["case_id"], asked["contract_id"], asked["youth_id"]
    (guardian,) = asked["guardian_ids"]
    for person, role in ((youth, "YOUTH"), (guardian, "GUARDIAN")):
        signature = {"person_id": person, "role": role, "method": "PAPER", "signed_on": today}
        assert desk.contracts.post(f"/contracts/{contract}/signatures", actor, signature).status == 201
    reported = {
        "deviation_id": deviation,
        "contract_id": contract,
        "kind": "LATE",
        "severity": 2,
        "happened_on": today,
    }
    assert desk.contracts.post(f"/cases/{case}/deviations", actor, reported).status == 201
    desk.told()
    return case, deviation


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_a_form_is_offered_filled_in_and_not_offered_again(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/ikke-et-avvik/{deviation}"
    assert f'href="{address}"' in browser.get(f"/saker/{case}").text
    page = browser.get(address).text
    assert "Kom for sent" in page
    assert hidden(page)["seen_version"] == "1"
    sent = browser.post(address, data={**hidden(page), "reason": "WAS_AGREED"}, headers=OURS)
    assert sent.headers["location"].startswith(f"/saker/{case}?melding=ikke-et-avvik")
    assert desk.contracts.published()[-1] == DeviationDismissed(
        deviation_id=deviation,
        dismissed_by=desk.lead.person_id,
        dismissed_on=desk.contracts.process.desk.clock.moment().today,
        reason="WAS_AGREED",  # type: ignore[arg-type]
    )
    desk.told()
    after = browser.get(sent.headers["location"]).text
    assert "Det er ført opp at det ikke var et avvik." in html.unescape(after)
    assert f'href="{address}"' not in after
    assert browser.get(address).status_code == 409


def test_a_form_that_is_sent_twice_is_done_once_and_answered_alike(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/ungdommens-forklaring/{deviation}"
    fields = {**hidden(browser.get(address).text), "missing": "NOT_REACHED"}
    first = browser.post(address, data=fields, headers=OURS)
    desk.told()
    second = browser.post(address, data=fields, headers=OURS)
    assert (first.status_code, second.status_code) == (303, 303)
    assert sum(isinstance(event, YouthAccountRecorded) for event in desk.contracts.published()) == 1


def test_what_is_missing_is_said_beside_its_field_and_what_was_chosen_stays(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/vurder-avvik/{deviation}"
    page = browser.post(address, data={"key": "k", "text_ref": "x" * 3000, "severity": "3"}, headers=OURS)
    assert page.status_code == 422
    assert 'href="#text_ref"' in page.text
    assert 'id="text_ref-wrong"' in page.text
    assert re.search(r'value="3" checked', page.text)


def test_a_refusal_of_the_service_is_shown_in_its_own_words(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/ungdommens-forklaring/{deviation}"
    neither = browser.post(address, data=hidden(browser.get(address).text), headers=OURS)
    assert neither.status_code == 422
    assert 'href="#text_ref"' in neither.text
    assert isinstance(desk.contracts.published()[-1], DeviationReported)


def test_somebody_else_was_quicker_is_explained_and_can_be_sent_again_after_a_look(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/vurder-avvik/{deviation}"
    opened = hidden(browser.get(address).text)
    meanwhile = {"missing": "NOT_WANTED"}
    path = f"/deviations/{deviation}/youth-account"
    assert desk.contracts.post(path, desk.lead.actor("nb"), meanwhile).status == 201
    stale = browser.post(address, data={**opened, "severity": "3"}, headers=OURS)
    assert stale.status_code == 422
    assert "Står det seg, kan du sende på nytt" in stale.text
    assert hidden(stale.text)["seen_version"] == "2"
    again = browser.post(address, data={**hidden(stale.text), "severity": "3"}, headers=OURS)
    assert again.status_code == 303


def test_nothing_is_sent_on_while_the_vault_does_not_answer(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/ungdommens-forklaring/{deviation}"
    opened = hidden(browser.get(address).text)
    page = browser.post(address, data={**opened, "text_ref": "Bussen gikk ikke."}, headers=OURS)
    assert "svarer ikke akkurat nå" in page.text
    assert "Bussen gikk ikke." in page.text
    assert hidden(page.text)["key"] == opened["key"], "nobody knows whether it was done: the same key"
    assert isinstance(desk.contracts.published()[-1], DeviationReported)


def test_a_form_is_closed_to_those_it_is_not_for(desk: Desk) -> None:
    case, deviation = a_case_with_a_deviation(desk)
    address = f"/saker/{case}/gjor/vurder-avvik/{deviation}"
    assert desk.browser(desk.reporter).get(address).status_code == 403
    elsewhere = Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), ("1840",), new_id())
    assert desk.browser(elsewhere).get(address).status_code == 404
    assert desk.browser(desk.lead).get(f"/saker/{case}/gjor/finnes-ikke").status_code == 404
    assert desk.browser(desk.lead).get(f"/saker/{case}/gjor/vurder-avvik").status_code == 404


def sends(desk: Desk, case: str, slug: str, *, target: str = "", **fields: str) -> httpx.Response:
    """The lead opens a form, fills it in and sends it; the portal then reads what came of it."""
    browser = desk.browser(desk.lead)
    address = f"/saker/{case}/gjor/{slug}" + (f"/{target}" if target else "")
    opened = browser.get(address)
    assert opened.status_code == 200, opened.text
    answer: httpx.Response = browser.post(address, data={**hidden(opened.text), **fields}, headers=OURS)
    desk.told()
    return answer


def types_since(desk: Desk, number: int) -> list[str]:
    return desk.contracts.types()[number:]


def test_a_contract_is_prolonged_when_everyone_has_signed_again(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    before = len(desk.contracts.types())
    today = desk.contracts.process.desk.clock.moment().today
    later = (today + relativedelta(months=9)).isoformat()
    assert sends(desk, case, "forleng-kontrakten", ends_on=later).status_code == 303
    page = desk.browser(desk.lead).get(f"/saker/{case}").text
    assert "En ny utgave venter på underskrift" in page
    targets = re.findall(rf'href="/saker/{case}/gjor/underskrift-pa-endringen/([^"]+)"', page)
    assert len(targets) == 2
    for target in targets:
        signed = sends(
            desk, case, "underskrift-pa-endringen", target=target, method="PAPER", signed_on=today.isoformat()
        )
        assert signed.status_code == 303, signed.text
    assert types_since(desk, before) == [
        "contract.change_proposed",
        "contract.signature_registered",
        "contract.signature_registered",
        "contract.signed",
        "contract.amended",
        "contract.extended",
    ]
    after = desk.browser(desk.lead).get(f"/saker/{case}").text
    assert "Utgave 2, forlenget" in after
    assert "forleng-kontrakten" not in after


def test_an_extension_that_is_too_long_is_refused_beside_the_date(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    today = desk.contracts.process.desk.clock.moment().today
    refused = sends(desk, case, "forleng-kontrakten", ends_on=(today + relativedelta(months=30)).isoformat())
    assert refused.status_code == 422
    assert 'id="ends_on-wrong"' in refused.text


def test_goals_can_be_dropped_and_clauses_with_an_owner_for_control_and_one_for_support_added(
    desk: Desk,
) -> None:
    case, _ = a_case_with_a_deviation(desk)
    me = desk.lead.person_id
    clause = {
        "new_clauses-1-kind": "SCHOOL",
        "new_clauses-1-owed_by": me,
        "new_clauses-1-controlling_owner": me,
        "new_clauses-1-supporting_owner": me,
    }
    assert sends(desk, case, "endre-kontrakten", kept_goals="goal-1", **clause).status_code == 303
    proposed = desk.contracts.published()[-1]
    assert isinstance(proposed, ContractChangeProposed)
    assert proposed.goal_refs == ("goal-1",)
    assert [(one.kind, one.controlling_owner) for one in proposed.clauses] == [("SCHOOL", me)]
    half = {"new_clauses-1-kind": "SCHOOL"}
    assert sends(desk, case, "legg-bort-endringen").status_code == 303
    unfinished = sends(desk, case, "endre-kontrakten", kept_goals="goal-1", **half)
    assert 'id="new_clauses-1-owed_by-wrong"' in unfinished.text


def an_offer(desk: Desk, **changes: object) -> str:
    """A local offer that somebody has entered in the register."""
    asked = {
        "offer_id": new_id(),
        "municipality_no": "1804",
        "kind": "LEISURE",
        "title": "Mekkekveld",
        "provider": "Ungdomshuset",
        "provider_agency": "FRITID",
        "age_from": 13,
        "age_to": 18,
        **changes,
    }
    assert desk.contracts.post("/offers", desk.lead.actor("nb"), asked).status == 201
    return str(asked["offer_id"])


def test_a_new_clause_picks_a_local_offer_that_fits_and_a_refusal_stands_beside_its_row(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    me, here, grown = desk.lead.person_id, an_offer(desk), an_offer(desk, title="Seniordans", age_from=17)
    clause = {
        "new_clauses-2-kind": "LEISURE",
        "new_clauses-2-owed_by": me,
        "new_clauses-2-controlling_owner": me,
        "new_clauses-2-supporting_owner": me,
    }
    form = desk.browser(desk.lead).get(f"/saker/{case}/gjor/endre-kontrakten").text
    assert "Mekkekveld (Ungdomshuset), 13–18 år, sist gått gjennom" in form
    assert "Seniordans" not in form
    other = sends(desk, case, "endre-kontrakten", **clause, **{"new_clauses-2-measure_id": grown})
    assert 'id="new_clauses-2-measure_id-wrong"' in other.text
    treatment = {**clause, "new_clauses-2-kind": "TREATMENT"}
    unfounded = sends(desk, case, "endre-kontrakten", kept_goals="goal-1", **treatment)
    assert 'id="new_clauses-2-basis_ref-wrong"' in unfounded.text, (
        "the only clause of the body is the second row"
    )
    chosen = {**clause, "new_clauses-2-measure_id": here}
    assert sends(desk, case, "endre-kontrakten", kept_goals="goal-1", **chosen).status_code == 303
    proposed = desk.contracts.published()[-1]
    assert isinstance(proposed, ContractChangeProposed)
    assert [one.measure_id for one in proposed.clauses] == [here]


def test_what_only_some_may_do_is_shown_to_them_only(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    ways = (
        *("/mote/nytt", "/samtykke/nytt", "/mekling/ny", "/gjor/sett-pa-vent"),
        *("/gjor/meld-avvik", "/gjor/ny-opplysning"),
    )
    colleague = desk.browser(desk.reporter)
    page = colleague.get(f"/saker/{case}").text
    assert [way for way in ways if f'href="/saker/{case}{way}"' in page] == []
    assert [way for way in ways if colleague.get(f"/saker/{case}{way}").status_code != 403] == []
    own = desk.browser(desk.lead).get(f"/saker/{case}").text
    assert [way for way in ways if f'href="/saker/{case}{way}"' not in own] == []


def test_a_signature_is_registered_from_the_list_of_those_who_have_not_signed(desk: Desk) -> None:
    case = a_contract_to_sign(desk)
    page = desk.browser(desk.lead).get(f"/saker/{case}").text
    targets = dict.fromkeys(re.findall(rf'href="/saker/{case}/gjor/underskrift/([^"]+)"', page))
    assert len(targets) == 2
    assert [page.count(f"/gjor/underskrift/{target}") for target in targets] == [1, 1], "one way to a thing"
    today = desk.contracts.process.desk.clock.moment().today
    early = (today - timedelta(days=3000)).isoformat()
    first, second = targets
    assert 'id="signed_on-wrong"' in sends(desk, case, "underskrift", target=first, method="PAPER").text
    refused = sends(desk, case, "underskrift", target=first, method="PAPER", signed_on=early)
    assert 'id="signed_on-wrong"' in refused.text
    for target in (first, second):
        signed = sends(
            desk, case, "underskrift", target=target, method="ORAL_IN_MEETING", signed_on=today.isoformat()
        )
        assert signed.headers["location"].startswith(f"/saker/{case}?melding=underskrift")
    assert types_since(desk, -2) == ["contract.signed", "contract.started"]
    assert desk.browser(desk.reporter).get(f"/saker/{case}/gjor/underskrift/{first}").status_code == 403


def test_a_case_is_put_on_hold_and_taken_up_again(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    today = desk.contracts.process.desk.clock.moment().today
    far = (today + timedelta(days=400)).isoformat()
    too_long = sends(desk, case, "sett-pa-vent", reason="AWAY", until_on=far)
    assert 'id="until_on-wrong"' in too_long.text
    assert sends(desk, case, "sett-pa-vent", reason="AWAY").status_code == 422
    until = (today + timedelta(days=20)).isoformat()
    assert sends(desk, case, "sett-pa-vent", reason="AWAY", until_on=until).status_code == 303
    assert "På vent" in desk.browser(desk.lead).get(f"/saker/{case}").text
    assert desk.browser(desk.lead).get(f"/saker/{case}/gjor/sett-pa-vent").status_code == 409
    assert sends(desk, case, "ta-opp-igjen").status_code == 303
    assert types_since(desk, -2) == ["case.paused", "case.resumed"]


def test_a_contract_is_ended_and_the_case_can_not_be_closed_without_saying_why_nothing_was_evaluated(
    desk: Desk,
) -> None:
    case, _ = a_case_with_a_deviation(desk)
    assert sends(desk, case, "avslutt-kontrakten", reason="BY_AGREEMENT").status_code == 303
    refused = sends(desk, case, "avslutt-saken", reason="BY_AGREEMENT", outcome="OTHER_HELP")
    assert 'id="evaluation_missing-wrong"' in refused.text
    away = sends(
        desk,
        case,
        "avslutt-saken",
        reason="BY_AGREEMENT",
        outcome="OTHER_HELP",
        evaluation_missing="NOT_WANTED",
    )
    assert away.status_code == 422, "the gate must have stopped everybody before a case is closed"
    assert "svarer ikke akkurat nå" in away.text


def test_a_start_date_is_put_right(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    today = desk.contracts.process.desk.clock.moment().today
    sent = sends(desk, case, "rett-startdatoen", starts_on=(today - timedelta(days=3)).isoformat())
    assert sent.status_code == 303
    planned_anew = "evaluation.planned"
    assert desk.contracts.types()[-2:] == ["contract.start_corrected", planned_anew]


def test_what_goes_with_the_case_is_shown_before_it_is_handed_over(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    joined = MemberJoined(
        person_id=desk.reporter.person_id,
        agency=Agency.KOMMUNE_SLT,
        function=Function.DEPUTY,
        joined_on=desk.contracts.process.desk.clock.moment().today,
    )
    say(desk, case, joined)
    page = desk.browser(desk.lead).get(f"/saker/{case}/gjor/bytt-leder").text
    assert "Dette følger med" in page
    assert "Kom for sent" in page
    assert f'value="{desk.reporter.person_id}"' in page
    unsure = sends(desk, case, "bytt-leder", to_id=desk.reporter.person_id)
    assert "Ungdommen skal vite hvem som leder saken" in unsure.text
    leader = Visitor(new_id(), Agency.KOMMUNE_SLT, frozenset({Role.UNIT_LEADER}), ("1804",), new_id())
    assert desk.browser(leader).get(f"/saker/{case}/gjor/bytt-leder").status_code == 200
    assert desk.browser(leader).get(f"/saker/{case}/gjor/avslutt-saken").status_code == 403


def test_that_the_youth_was_told_of_a_new_lead_is_entered_when_there_is_one(desk: Desk) -> None:
    case, _ = a_case_with_a_deviation(desk)
    form = "Ungdommen vet hvem som leder saken"
    assert form not in desk.browser(desk.lead).get(f"/saker/{case}").text
    handed = decode(example_of(CaseLeadChanged)).event
    say(desk, case, msgspec.structs.replace(handed, to_id=desk.lead.person_id))
    assert form in desk.browser(desk.lead).get(f"/saker/{case}").text
    assert "Når?" in desk.browser(desk.lead).get(f"/saker/{case}/gjor/ungdommen-vet").text


def say(desk: Desk, case: str, event: Event) -> None:
    """Let the portal read an event of another service."""
    process = desk.portal.process
    moment = process.desk.clock.moment()
    with work_on(process.desk.engine, SERVICE, moment=moment, actor=service_actor("network")) as work:
        fact = decode(example_of(type(event), case=case))
        envelope = msgspec.structs.replace(fact.envelope, case_id=case)
        SERVICE.fold(work, Fact(envelope, event))
