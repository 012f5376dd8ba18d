"""A sanction on the pages, over the real contracts service: registered words, the plan, its forms, brudd and oppfølgingsteam."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from backbone.clock import new_id
from schemas.codes import Agency, ClauseKind, Function, LadderStep, Programme, Role
from schemas.contract import Clause
from schemas.decision import ComplaintReceived, DecisionDelivered, TravelLeaveAsked
from schemas.event import Envelope, Event, encode, schema_address, seal
from schemas.network_group import MemberJoined
from schemas.sanction import Safeguards, YouthPlanAdopted, YouthPlanTightened
from schemas.sanction_codes import Counsel, DecisionKind, DeliveryMethod, ParticipationBasis
from services.portal.sessions import Visitor
from tests.integration.test_case_forms import OURS, Desk, desk, hidden

__all__ = ["desk"]
pytestmark = pytest.mark.integration
LEAD = Visitor(new_id(), Agency.KONFLIKTRAAD, frozenset({Role.YOUTH_COORDINATOR}), ("1804",), new_id())


def received(desk: Desk) -> dict[str, Any]:
    """A sanction that LEAD has taken in, with the youth and the mother in the team."""
    today = desk.contracts.process.desk.clock.moment().today
    asked = {
        "case_id": new_id(),
        "plan_id": new_id(),
        "programme": "YOUTH_FOLLOW_UP",
        "municipality_no": "1804",
        "youth_id": new_id(),
        "guardian_ids": [new_id()],
        "imposed_by": "PROSECUTION",
        "decided_on": today.isoformat(),
        "offence_on": (today - timedelta(days=50)).isoformat(),
        "months": 9,
        "days": 10,
        "identity_refs": ["identity-1"],
    }
    answer = desk.contracts.post("/sanctions", LEAD.actor("nb"), asked)
    assert answer.status == 201, answer.body
    desk.told()
    return asked


def said(desk: Desk, asked: dict[str, Any], source: str, first: int, *events: Event) -> None:
    """The portal reads what a service says next about the case."""
    rows = []
    for sequence, event in enumerate(events, start=first):
        envelope = Envelope(
            specversion="1.0",
            id=new_id(),
            source=source,
            type=event.type,
            version=event.version,
            time=desk.portal.process.desk.clock.moment().decided_at,
            case_id=asked["case_id"],
            datacontenttype="application/json",
            dataschema=schema_address(event.type, event.version),
            sequence=sequence,
            actor=LEAD.person_id,
            data=seal(event),
        )
        rows.append((sequence, asked["case_id"], encode(envelope)))
    desk.portal.take(rows, source)
    assert desk.portal.parked() == 0


def measure(asked: dict[str, Any], kind: ClauseKind) -> Clause:
    youth = asked["youth_id"]
    return Clause(
        clause_id=new_id(), kind=kind, owed_by=youth, controlling_owner=youth, supporting_owner=youth
    )


def adopted_and_tightened(desk: Desk, asked: dict[str, Any]) -> None:
    """The plan as it stands after a breach, with a decision told, a complaint and a journey."""
    day, plan_id = desk.portal.process.desk.clock.moment().today, asked["plan_id"]
    ends_on, school = day + timedelta(days=200), measure(asked, ClauseKind.SCHOOL)
    said(
        desk,
        asked,
        "contracts",
        3,
        YouthPlanAdopted(
            plan_id=plan_id,
            programme=Programme.YOUTH_FOLLOW_UP,
            plan_version=1,
            adopted_on=day - timedelta(days=10),
            ends_on=ends_on,
            goal_refs=("goal-1",),
            own_goal_refs=("goal-1",),
            measures=(school,),
            participation=ParticipationBasis.CONSENT,
            confirmed_by=LEAD.person_id,
        ),
        YouthPlanTightened(
            plan_id=plan_id,
            to_version=2,
            step=LadderStep.U3_STRICTER_TERMS,
            deviation_id=new_id(),
            tightened_on=day,
            ends_on=ends_on,
            measures=(school, measure(asked, ClauseKind.REPORTING)),
            safeguards=Safeguards(guardians_told=True, counsel=Counsel.TOLD),
        ),
        DecisionDelivered(
            decision_id="d-1",
            plan_id=plan_id,
            kind=DecisionKind.STRICTER_TERMS,
            delivered_on=day,
            method=DeliveryMethod.IN_MEETING,
        ),
        ComplaintReceived(complaint_id="c-1", decision_id="d-1", plan_id=plan_id, received_on=day),
        TravelLeaveAsked(
            leave_id="l-1",
            plan_id=plan_id,
            leaves_on=day + timedelta(days=30),
            returns_on=day + timedelta(days=35),
            asked_on=day,
        ),
    )


def test_a_received_sanction_is_shown_in_its_own_words_and_offers_its_own_forms(desk: Desk) -> None:
    asked = received(desk)
    browser = desk.browser(LEAD)
    page = browser.get(f"/saker/{asked['case_id']}").text
    for words in (
        "Venter på ungdomsplan",
        "Ungdomsplanen",
        "Oppfølgingsteamet",
        "Brudd",
        "9 måneder og 10 dager",
    ):
        assert words in page, words
    assert "Nettverksgruppen" not in page
    assert "Kall inn til ungdomsplanmøtet" in page
    assert f'href="/saker/{asked["case_id"]}/gjor/vedta-planen"' in page
    assert "gjor/endre-kontrakten" not in page
    nynorsk = browser.get(
        f"/saker/{asked['case_id']}", headers={"Accept-Language": "nn"}, params={"sprak": "nn"}
    )
    assert nynorsk.status_code == 200


def test_every_offered_form_of_a_running_plan_opens(desk: Desk) -> None:
    asked = received(desk)
    members = [
        MemberJoined(
            person_id=person,
            agency=Agency.PRIVATE_NETWORK,
            function=function,
            joined_on=desk.portal.process.desk.clock.moment().today,
        )
        for person, function in (
            (asked["youth_id"], Function.YOUTH),
            (asked["guardian_ids"][0], Function.GUARDIAN),
        )
    ]
    said(desk, asked, "network", 1, *members)
    adopted_and_tightened(desk, asked)
    browser = desk.browser(LEAD)
    page = browser.get(f"/saker/{asked['case_id']}").text
    for words in (
        "Utgave 2",
        "Møte til avtalt tid",
        "Tidligere utgaver av planen",
        "ikke besvart ennå",
        "Foresatt",
    ):
        assert words in page, words
    forms = sorted(set(re.findall(r'href="(/saker/[^"]+/gjor/[^"]+)"', page)))
    assert {form.split("/gjor/")[1].split("/")[0] for form in forms} >= {
        "avslutt-planen",
        "evaluer-planen",
        "meld-avgjorelse",
        "nytt-lovbrudd",
        "registrer-klage",
        "send-saken-over",
        "sok-om-reise",
        "svar-pa-klagen",
        "svar-pa-reise",
    }
    for form in forms:
        assert browser.get(form).status_code == 200, form


def test_a_form_of_a_sanction_becomes_one_command_however_often_it_is_sent(desk: Desk) -> None:
    asked = received(desk)
    browser = desk.browser(LEAD)
    address = f"/saker/{asked['case_id']}/gjor/nytt-lovbrudd"
    filled = {
        **hidden(browser.get(address).text),
        "severity": "SERIOUS",
        "reported_by": "POLITI_FOREBYGGENDE",
    }
    for _ in range(2):
        sent = browser.post(address, data=filled, headers=OURS)
        assert sent.status_code == 303, sent.text
    assert desk.contracts.types().count("new_offence.reported") == 1
    desk.told()
    assert "1 nytt lovbrudd" in browser.get(f"/saker/{asked['case_id']}").text


def test_the_registration_is_for_youth_coordinators(desk: Desk) -> None:
    browser = desk.browser(LEAD)
    empty = browser.get("/ny-ungdomssak")
    assert empty.status_code == 200
    assert "15 til 17 år" in empty.text
    assert desk.browser(desk.lead).get("/ny-ungdomssak").status_code == 403
