"""The youth plan in the view of a case: its standing, its versions, what is to be done, and versions as the owner counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.breach import BreachConversationHeld, OralWarningGiven
from schemas.case import CaseOpened
from schemas.codes import AgeBand, MeetingKind, Programme, SignerRole
from schemas.contract import Signer
from schemas.deviation import DeviationAssessed, DeviationReported
from schemas.evaluation import EvaluationHeld
from schemas.event import Event
from schemas.meeting import MeetingCalled, MeetingHeld
from schemas.sanction import SanctionReceived, YouthPlanAdopted, YouthPlanFulfilled, YouthPlanTightened
from services.contracts.domain.youth_plan import YouthPlan
from services.portal.domain.case_view import CaseView, Status
from services.portal.domain.changes import after
from services.portal.domain.sections.plan import Plan
from services.portal.domain.tasks import TaskKind, tasks
from services.portal.sanction_words import in_programme
from services.portal.words import deadline_name
from tests.unit.portal.test_case_view import fact
from tests.unit.scheduler.story import made

START, END = date(2026, 9, 1), date(2027, 3, 1)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SIGNERS = (
    Signer(person_id="youth", role=SignerRole.YOUTH),
    Signer(person_id="mother", role=SignerRole.GUARDIAN),
)
RECEIVED = made(
    SanctionReceived,
    plan_id="p",
    programme=Programme.YOUTH_FOLLOW_UP,
    signers=SIGNERS,
    age_band=AgeBand.AGE_16_17,
)
ADOPTED = made(YouthPlanAdopted, plan_id="p", plan_version=1, adopted_on=START, ends_on=END)


def told(*events: Event) -> CaseView:
    view = CaseView(case_id="case")
    for event in (made(CaseOpened, programme=Programme.YOUTH_FOLLOW_UP), *events):
        view = after(view, fact(event))
    return view


def kinds(view: CaseView) -> list[TaskKind]:
    return [task.kind for task in tasks(view, now=NOON)]


def test_a_sanction_waits_for_its_plan_and_tells_the_family_apart() -> None:
    view = told(RECEIVED)
    assert view.status is Status.AWAITING_PLAN
    assert view.sanction
    assert view.family is not None
    assert [one.role for one in view.family.signatures] == [SignerRole.YOUTH, SignerRole.GUARDIAN]
    assert view.followed_id is None, "nothing can be broken before there is a plan"


def test_what_is_to_be_done_goes_from_the_call_to_the_adoption_and_is_then_done() -> None:
    called = made(MeetingCalled, meeting_id="m", kind=MeetingKind.YOUTH_PLAN)
    held = made(MeetingHeld, meeting_id="m", kind=MeetingKind.YOUTH_PLAN, held_on=START)
    assert kinds(told(RECEIVED)) == [TaskKind.CALL_PLAN_MEETING]
    assert TaskKind.CALL_PLAN_MEETING not in kinds(told(RECEIVED, called))
    assert TaskKind.ADOPT_PLAN in kinds(told(RECEIVED, called, held))
    assert TaskKind.ADOPT_PLAN not in kinds(told(RECEIVED, called, held, ADOPTED))


def test_a_plan_runs_to_its_end_and_keeps_every_version() -> None:
    later = END + timedelta(days=5)
    tightened = made(YouthPlanTightened, plan_id="p", to_version=2, tightened_on=START, ends_on=later)
    view = told(RECEIVED, ADOPTED, tightened)
    assert (view.status, view.ends_on, view.followed_id) == (Status.RUNNING, later, "p")
    assert [version.number for version in view.section(Plan).versions] == [1, 2]
    assert view.status_on(later + timedelta(days=1)) is Status.ENDED
    over = told(RECEIVED, ADOPTED, made(YouthPlanFulfilled, plan_id="p", fulfilled_on=END))
    assert over.status is Status.ENDED
    assert not over.section(Plan).runs


@pytest.mark.parametrize(
    "event",
    [
        made(OralWarningGiven, plan_id="p", deviation_id="d"),
        made(BreachConversationHeld, plan_id="p", deviation_id="d"),
        made(EvaluationHeld, contract_id="p"),
        ADOPTED,
    ],
    ids=lambda event: event.type,
)
def test_the_plans_version_is_that_of_its_owner(event: Event) -> None:
    owner = YouthPlan.received("case", RECEIVED).after(event)
    assert told(RECEIVED, event).section(Plan).version == owner.version


def test_a_step_of_the_plan_does_not_count_as_a_change_of_the_breach() -> None:
    reported = made(DeviationReported, deviation_id="d")
    view = told(RECEIVED, ADOPTED, reported, made(OralWarningGiven, plan_id="p", deviation_id="d"))
    assert view.deviations[0].version == 1
    assessed = after(view, fact(made(DeviationAssessed, deviation_id="d")))
    assert assessed.deviations[0].version == 2


def test_the_word_follows_the_programme() -> None:
    assert in_programme("Meld avvik", sanction=True) == "Meld brudd"
    assert in_programme("Meld avvik", sanction=False) == "Meld avvik"
    assert deadline_name("D-14", sanction=True) == "Vurdere brudd"
    assert deadline_name("D-14") == "Vurdere avvik"
