"""The waiting time and the evaluations of a case, as the case page tells them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from schemas.case import CaseLeadChanged, CaseOpened
from schemas.codes import ConsentEffect, EvaluationKind, MeetingKind
from schemas.consent import EffectiveConsentChanged
from schemas.contract import ContractRegistered, ContractStarted
from schemas.evaluation import EvaluationHeld, EvaluationPlanned, GoalAssessed
from schemas.event import Event, Fact, decode
from schemas.example import example_of
from schemas.meeting import MeetingHeld
from schemas.referral import ReferralReceived
from schemas.sanction import SanctionReceived
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after
from services.portal.domain.sections.evaluations import Evaluations
from services.portal.domain.sections.waiting import Waiting


def told(view: CaseView, cls: type[Event], *, on: date = date(2026, 9, 1), **fields: Any) -> CaseView:
    """The view after an event like the example, with these fields, recorded at noon of a day."""
    fact = decode(example_of(cls))
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return after(view, Fact(replace(fact.envelope, time=noon), replace(fact.event, **fields)))


def a_case() -> CaseView:
    view = CaseView(case_id="case")
    view = told(
        view, ReferralReceived, received_on=date(2026, 9, 5), concern_on=date(2026, 9, 1), youth_id="youth"
    )
    return told(view, CaseOpened, on=date(2026, 9, 8))


def days(view: CaseView) -> dict[str, int | None]:
    return {step.name: step.days for step in view.section(Waiting).milestones()}


def test_the_clock_runs_from_the_concern_to_each_first_step() -> None:
    view = a_case()
    assert days(view) == {"referred": 4, "consented": None, "met": None, "measure": None}
    assert view.section(Waiting).waited(date(2026, 9, 11)) == 10
    view = told(view, EffectiveConsentChanged, on=date(2026, 9, 10), after=ConsentEffect.EFFECTIVE)
    view = told(view, MeetingHeld, kind=MeetingKind.NETWORK, held_on=date(2026, 9, 15))
    view = told(view, ContractRegistered)
    view = told(view, ContractStarted, started_on=date(2026, 9, 21))
    assert days(view) == {"referred": 4, "consented": 9, "met": 14, "measure": 20}
    assert view.section(Waiting).waited(date(2027, 1, 1)) == 20


def test_the_first_of_each_counts_and_a_new_lead_changes_nothing() -> None:
    view = told(a_case(), MeetingHeld, kind=MeetingKind.NETWORK, held_on=date(2026, 9, 15))
    before = days(view)
    view = told(view, CaseLeadChanged, on=date(2026, 10, 1))
    view = told(view, MeetingHeld, kind=MeetingKind.NETWORK, held_on=date(2026, 10, 15))
    assert days(view) == before


def test_an_offence_begins_the_clock_and_a_case_without_a_referral_begins_at_its_opening() -> None:
    opened = told(CaseView(case_id="case"), CaseOpened, on=date(2026, 9, 8))
    assert opened.section(Waiting).began_on == date(2026, 9, 8)
    sanctioned = told(opened, SanctionReceived, offence_on=date(2026, 5, 1))
    assert sanctioned.section(Waiting).began_on == date(2026, 5, 1)
    assert CaseView(case_id="new").section(Waiting).waited(date(2026, 9, 8)) is None


def test_an_evaluation_shows_its_plan_what_was_held_and_what_is_left() -> None:
    view = told(a_case(), ContractRegistered)
    view = told(view, EvaluationPlanned, midway_on=date(2026, 12, 1), end_on=date(2027, 3, 1))
    assert view.section(Evaluations).midway_on == date(2026, 12, 1)
    view = told(view, EvaluationHeld, evaluation_id="e", kind=EvaluationKind.MIDWAY)
    view = told(view, GoalAssessed, evaluation_id="e", goal_ref="g", level=2)
    state = view.section(Evaluations)
    assert [(one.kind, one.levels[0].level) for one in state.held] == [(EvaluationKind.MIDWAY, 2)]
    assert state.left == (EvaluationKind.END,)


def test_a_new_contract_in_the_case_is_evaluated_anew() -> None:
    view = told(told(a_case(), ContractRegistered), EvaluationHeld, kind=EvaluationKind.END)
    assert told(view, ContractRegistered, contract_id="next").section(Evaluations) == Evaluations()
