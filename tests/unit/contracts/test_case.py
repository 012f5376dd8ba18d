"""The life of a case: paused, resumed, handed over, moved, closed; and what stands in the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from backbone.refusal import Refused
from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CaseTransferred, YouthToldOfLead
from schemas.codes import (
    Agency,
    CaseOutcome,
    EndingReason,
    Function,
    MissingReason,
    PauseReason,
    Programme,
    Role,
)
from schemas.contract import ContractStarted
from services.contracts.domain.case import Case, CaseStatus, Remains
from services.contracts.domain.surroundings import Surroundings
from tests.unit.contracts.builders import CASE, LEAD, MOTHER, TEACHER, TODAY, YOUTH

OPENED = CaseOpened(
    programme=Programme.FA_YOUTH_CONTRACT,
    municipality_no="1804",
    owner_agency=Agency.FELLES_ANSVAR,
    lead_id=LEAD,
    youth_id=YOUTH,
)
STARTED = ContractStarted(contract_id="c", started_on=TODAY, ends_on=TODAY)
FINISHED = Remains(open_tasks=False, acute_deviation_open=False, end_evaluated=True, runs=False, has_run=True)
AROUND = Surroundings(
    case_id=CASE,
    functions={
        LEAD: Function.LEAD,
        TEACHER: Function.DEPUTY,
        YOUTH: Function.YOUTH,
        MOTHER: Function.GUARDIAN,
    },
    agencies={TEACHER: Agency.SKOLE_GRUNN},
    meetings={"past": datetime(2026, 11, 1, tzinfo=UTC), "next": datetime(2026, 12, 9, tzinfo=UTC)},
    tasks={"task": TEACHER},
    deadlines={"d": "D-04"},
)


def a_case(*events: Any) -> Case:
    case = Case.opened(CASE, OPENED, on=TODAY)
    for event in events:
        case = case.after(event)
    return case


def an_active_case() -> Case:
    return a_case(STARTED)


def closing(case: Case, reason: EndingReason = EndingReason.COMPLETED, **changes: Any) -> list[Any]:
    remains = {key: changes.pop(key) for key in list(changes) if key in Remains.__struct_fields__}
    asked = {"outcome": CaseOutcome.GOALS_REACHED, "evaluation_missing": None, "stop_id": "s", "today": TODAY}
    finished = {field: getattr(FINISHED, field) for field in Remains.__struct_fields__}
    return case.close(reason, Remains(**{**finished, **remains}), **{**asked, **changes})


def test_an_active_case_is_paused_and_resumed() -> None:
    case = an_active_case()
    paused = case.after(*case.pause(PauseReason.AWAY, until_on=TODAY + timedelta(days=60), today=TODAY))
    assert paused.status is CaseStatus.PAUSED
    resumed = paused.after(*paused.resume(today=TODAY))
    assert (resumed.status, resumed.paused_until) == (CaseStatus.ACTIVE, None)
    with pytest.raises(Refused, match="NOT_PAUSED"):
        resumed.resume(today=TODAY)
    with pytest.raises(Refused, match="NOT_ACTIVE"):
        paused.pause(PauseReason.AWAY, until_on=TODAY + timedelta(days=60), today=TODAY)


@pytest.mark.parametrize(
    ("reason", "days", "allowed"),
    [
        (PauseReason.AWAY, 180, True),
        (PauseReason.AWAY, 181, False),
        (PauseReason.AWAY, 0, False),
        (PauseReason.LADDER_STEP, 30, True),
        (PauseReason.LADDER_STEP, 31, False),
    ],
)
def test_a_pause_has_an_end_and_a_longest_length(reason: PauseReason, days: int, allowed: bool) -> None:
    until_on = TODAY + timedelta(days=days)
    if allowed:
        assert an_active_case().pause(reason, until_on=until_on, today=TODAY)
    else:
        with pytest.raises(Refused, match="PAUSE_LENGTH"):
            an_active_case().pause(reason, until_on=until_on, today=TODAY)


def test_a_finished_case_is_closed_with_its_outcome_and_nothing_follows() -> None:
    case = an_active_case()
    case = case.after(*case.wind_up(today=TODAY))
    (closed,) = closing(case)
    assert isinstance(closed, CaseClosed)
    after = case.after(closed)
    assert (after.status, after.open) == (CaseStatus.CLOSED, False)
    with pytest.raises(Refused, match="CASE_CLOSED"):
        closing(after)
    assert after.wind_up(today=TODAY) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("STILL_RUNS", {"runs": True}),
        ("TASKS_OPEN", {"open_tasks": True}),
        ("ACUTE_DEVIATION_OPEN", {"acute_deviation_open": True}),
        ("END_EVALUATION_MISSING", {"end_evaluated": False}),
    ],
)
def test_what_keeps_a_case_from_being_closed(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        closing(an_active_case(), **changes)


def test_an_end_evaluation_may_be_missing_for_a_reason() -> None:
    (closed,) = closing(an_active_case(), end_evaluated=False, evaluation_missing=MissingReason.NOT_WANTED)
    assert closed.evaluation_missing is MissingReason.NOT_WANTED


def test_a_case_that_never_ran_is_closed_without_an_evaluation() -> None:
    assert closing(a_case(), EndingReason.BY_AGREEMENT, end_evaluated=False, has_run=False)


@pytest.mark.parametrize(
    "reason", [EndingReason.DEATH, EndingReason.MOVED, EndingReason.REGISTERED_BY_MISTAKE]
)
def test_death_moving_and_mistakes_close_a_case_from_wherever_it_stands(reason: EndingReason) -> None:
    for case in (a_case(), an_active_case()):
        assert closing(case, reason, runs=True, open_tasks=True, end_evaluated=False)


def test_moving_to_another_municipality_closes_the_case_here() -> None:
    moved, closed = an_active_case().transfer(
        to_municipality_no="1841", to_agency=Agency.KOMMUNE_SLT, stop_id="s", today=TODAY
    )
    assert isinstance(moved, CaseTransferred)
    assert isinstance(closed, CaseClosed)
    assert closed.reason is EndingReason.MOVED
    with pytest.raises(Refused, match="SAME_MUNICIPALITY"):
        an_active_case().transfer(
            to_municipality_no="1804", to_agency=Agency.KOMMUNE_SLT, stop_id="s", today=TODAY
        )


def handed(to_id: str, *roles: Role, case: Case | None = None) -> list[Any]:
    return (case or an_active_case()).change_lead(
        to_id,
        to_agency=Agency.KOMMUNE_SLT,
        roles=roles,
        around=AROUND,
        note_ref="note",
        stop_id="s",
        today=TODAY,
    )


def test_a_new_lead_takes_over_with_all_that_is_open() -> None:
    (changed,) = handed(TEACHER, Role.COORDINATOR)
    assert isinstance(changed, CaseLeadChanged)
    assert changed.hand_over.open_task_ids == ("task",)
    assert changed.hand_over.open_deadline_ids == ("d",)
    assert changed.hand_over.next_meeting_id == "next"
    assert an_active_case().after(changed).lead_id == TEACHER


def test_it_stands_open_that_the_youth_is_to_be_told_of_a_new_lead_until_somebody_records_it() -> None:
    with pytest.raises(Refused, match="LEAD_KNOWN"):
        an_active_case().tell_of_lead(told_on=TODAY, today=TODAY)
    (changed,) = handed(TEACHER, Role.COORDINATOR)
    case = an_active_case().after(changed)
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        case.tell_of_lead(told_on=TODAY + timedelta(days=1), today=TODAY)
    (told,) = case.tell_of_lead(told_on=TODAY, today=TODAY)
    assert told == YouthToldOfLead(lead_id=TEACHER, told_on=TODAY)
    known = case.after(told)
    assert (known.youth_untold, known.version) == (False, case.version)
    with pytest.raises(Refused, match="LEAD_KNOWN"):
        known.tell_of_lead(told_on=TODAY, today=TODAY)
    assert known.after(changed).youth_untold, "the next lead is another again"


@pytest.mark.parametrize(
    ("rule", "person"),
    [
        ("LEAD_ALREADY", LEAD),
        ("NEW_LEAD_NOT_MEMBER", "stranger"),
        ("NEW_LEAD_NOT_MEMBER", YOUTH),
        ("NEW_LEAD_NOT_MEMBER", MOTHER),
    ],
)
def test_who_cannot_take_a_case_over(rule: str, person: str) -> None:
    with pytest.raises(Refused, match=rule):
        handed(person, Role.COORDINATOR)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR, Role.YOUTH_COORDINATOR}))
def test_only_a_coordinator_takes_a_case_over(role: Role) -> None:
    with pytest.raises(Refused, match="NEW_LEAD_MAY_NOT_LEAD"):
        handed(TEACHER, role)


def test_only_a_youth_coordinator_takes_a_sanction_over() -> None:
    sanction = replace(an_active_case(), programme=Programme.YOUTH_PENALTY)
    with pytest.raises(Refused, match="NEW_LEAD_MAY_NOT_LEAD"):
        handed(TEACHER, Role.COORDINATOR, case=sanction)
    assert handed(TEACHER, Role.YOUTH_COORDINATOR, case=sanction)


def test_nothing_opens_a_closed_case_again() -> None:
    closed = an_active_case().after(*closing(an_active_case()))
    assert closed.after(STARTED).status is CaseStatus.CLOSED
