"""What may flow, asked before anything is shared: the same answers as the gate's, and no others."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.codes import Agency, Category, Outcome, Purpose
from services.sharing.domain.gate import decide
from services.sharing.domain.may_share import Flow, may_share
from services.sharing.domain.policy import GROUP_CATEGORIES
from tests.unit.sharing.builders import (
    POLICE,
    TODAY,
    YOUTH,
    a_case,
    a_consent,
    a_question,
    an_item,
    given,
    knowledge,
    withdrawn,
)
from tests.unit.sharing.test_disclosure import a_disclosure

WAY = (Agency.SKOLE_GRUNN, Agency.POLITI_FOREBYGGENDE, Category.SCHOOL_ATTENDANCE)


def way(flows: list[Flow]) -> Flow | None:
    """The flow of attendance from the school to the police."""
    return next((one for one in flows if (one.from_agency, one.to_agency, one.category) == WAY), None)


def test_a_consent_is_shown_with_its_last_day() -> None:
    flow = way(may_share(knowledge(consents=(given(a_consent()),)), purpose=Purpose.FOLLOW_UP, on=TODAY))
    assert flow is not None
    assert (flow.outcome, flow.basis, flow.until) == (Outcome.PERMIT, "CONSENT", date(2027, 3, 1))


def test_a_disclosure_is_shown_with_its_last_day() -> None:
    known = knowledge(disclosures=(a_disclosure(),))
    flow = way(may_share(known, purpose=Purpose.FOLLOW_UP, on=TODAY))
    assert flow is not None
    assert (flow.basis, flow.until) == ("OWN_TASKS", TODAY + timedelta(days=7))


def test_a_consent_that_was_taken_back_is_shown_as_just_that() -> None:
    known = knowledge(consents=(withdrawn(given(a_consent()), YOUTH),))
    flow = way(may_share(known, purpose=Purpose.FOLLOW_UP, on=TODAY))
    assert flow is not None
    assert (flow.outcome, flow.reason) == (Outcome.DENY, "CONSENT_WITHDRAWN")


def test_without_any_basis_only_what_the_group_sees_may_flow() -> None:
    flows = may_share(knowledge(), purpose=Purpose.FOLLOW_UP, on=TODAY)
    assert {one.category for one in flows} == GROUP_CATEGORIES
    assert {one.until for one in flows} == {date(2027, 3, 15)}
    assert may_share(knowledge(case=a_case(contracts={})), purpose=Purpose.FOLLOW_UP, on=TODAY) == []


def test_the_answers_are_the_gates_own() -> None:
    known = knowledge(
        *(an_item(ref=category, category=category) for category in Category),
        consents=(given(a_consent(categories=(Category.LEISURE, Category.FAMILY))),),
    )
    asked = a_question(person_id=POLICE, refs=tuple(known.items))
    permitted = {one.category for one in decide(asked, known).decisions if one.outcome is Outcome.PERMIT}
    flows = may_share(known, purpose=asked.purpose, on=asked.on)
    assert permitted == {
        one.category
        for one in flows
        if one.outcome is Outcome.PERMIT and (one.from_agency, one.to_agency) == WAY[:2]
    }
