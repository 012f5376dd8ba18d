"""A case at a moment of its log: a prefix, nothing of what came later, what one event changed, and when it happened beside when it was recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from schemas.audit import CaseAudited
from schemas.case import CaseOpened
from schemas.codes import CorrectionReason, VoidReason
from schemas.contract import ContractRegistered, ContractSigned, ContractStarted
from schemas.correction import ChangedField, RegistrationCorrected, RegistrationVoided
from schemas.deadline import DeadlineMet, DeadlineScheduled
from schemas.deviation import DeviationReported
from schemas.event import Event, decode
from schemas.example import example_of
from schemas.meeting import MeetingCalled, MeetingHeld
from services.portal.domain.as_it_stood import HEAD, Changed, Entry, changes, entries_of, number_at, view_at
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after

CASE = "case-1"
BEGAN = datetime(2026, 9, 1, 10, tzinfo=UTC)
STORY: tuple[type[Event], ...] = (
    CaseOpened,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
    MeetingCalled,
    DeadlineScheduled,
    MeetingHeld,
    DeadlineMet,
    DeviationReported,
    CaseAudited,
)


def a_row(event: Event, place: int, **other: Any) -> dict[str, Any]:
    """A record as the audit service gives it."""
    return {
        "case_id": CASE,
        "event_id": f"event-{place}",
        "source": "contracts",
        "sequence": place,
        "type": event.type,
        "version": event.version,
        "time": (BEGAN + timedelta(days=place)).isoformat(),
        "actor": "somebody",
        "actor_agency": "KOMMUNE_SLT",
        "caused_by": None,
        "repeated": False,
        "data": msgspec.to_builtins(event),
        **other,
    }


def the_events(*types: type[Event]) -> list[Event]:
    return [decode(example_of(one)).event for one in types]


def entries(*events: Event) -> list[Entry]:
    return entries_of(a_row(event, place) for place, event in enumerate(events, start=1))


TOLD = entries(*the_events(*STORY))


def test_the_last_moment_is_the_case_as_it_is() -> None:
    view = CaseView(case_id=CASE)
    for entry in TOLD:
        assert entry.fact is not None
        view = after(view, entry.fact)
    assert view_at(CASE, TOLD, len(TOLD)) == view


@pytest.mark.parametrize("number", range(len(STORY) + 1))
def test_nothing_that_came_later_is_in_a_moment(number: int) -> None:
    assert view_at(CASE, TOLD, number) == view_at(CASE, TOLD[:number], number)
    assert view_at(CASE, TOLD, number).events == number


def test_before_the_contract_was_registered_there_is_none() -> None:
    assert view_at(CASE, TOLD, 1).contract is None
    contract = view_at(CASE, TOLD, 2).contract
    assert contract is not None
    assert contract.signed_on is None


def changed(number: int) -> list[Changed]:
    """What an event changed on the page, less the sections that other modules add."""
    found = changes(view_at(CASE, TOLD, number - 1), view_at(CASE, TOLD, number))
    return [one for one in found if not one.part.startswith("section-")]


def test_what_each_event_changed_is_told_part_by_part() -> None:
    assert {one.part for one in changed(1)} == {HEAD}
    assert changed(2) == [Changed("kontrakten", new=1)]
    assert changed(3) == [Changed("kontrakten", otherwise=1)]
    assert changed(5) == [Changed("moter", new=1)]
    assert changed(6) == [Changed("frister", new=1)]
    assert changed(9) == [Changed("avvik", new=1)]
    assert changed(10) == [], "that somebody looked changes nothing but the history"


def test_a_wrong_value_is_seen_until_it_was_corrected_and_not_after() -> None:
    (report,) = the_events(DeviationReported)
    assert isinstance(report, DeviationReported)
    change = ChangedField(field="severity", was=report.severity, now=4 if report.severity != 4 else 1)
    reason = next(iter(CorrectionReason))
    right = RegistrationCorrected(
        corrected_id="event-1", corrected_type=report.type, changes=(change,), reason=reason
    )
    void = RegistrationVoided(voided_id="event-1", voided_type=report.type, reason=next(iter(VoidReason)))
    told = entries(report, right, void)
    assert [view_at(CASE, told, n).deviations[0].severity for n in (1, 2)] == [report.severity, change.now]
    assert view_at(CASE, told, 3).deviations == ()
    assert changes(view_at(CASE, told, 2), view_at(CASE, told, 3)) == [Changed("avvik", gone=1)]


def test_a_moment_by_the_clock_is_the_last_that_was_recorded_by_then() -> None:
    assert number_at(TOLD, BEGAN) == 0
    assert number_at(TOLD, BEGAN + timedelta(days=3)) == 3
    assert number_at(TOLD, BEGAN + timedelta(days=3, hours=5)) == 3
    assert number_at(TOLD, BEGAN + timedelta(days=300)) == len(STORY)


def test_when_it_happened_is_told_apart_from_when_it_was_recorded() -> None:
    (report,) = the_events(DeviationReported)
    late = msgspec.structs.replace(report, happened_on=date(2026, 8, 1))
    same = msgspec.structs.replace(report, happened_on=date(2026, 9, 3))
    first, second = entries(late, same)
    assert (first.occurred_on, first.later) == (date(2026, 8, 1), True)
    assert (second.occurred_on, second.later) == (date(2026, 9, 3), False)
    (opened,) = entries(*the_events(CaseOpened))
    assert (opened.occurred_on, opened.later) == (None, False)


def test_a_repeat_and_what_cannot_be_read_keep_their_numbers_and_change_nothing() -> None:
    opened, registered = the_events(CaseOpened, ContractRegistered)
    rows = [
        a_row(opened, 1),
        a_row(opened, 1, repeated=True),
        a_row(registered, 2, data={"nonsense": True}),
        a_row(registered, 3, type="nobody.knows"),
        a_row(registered, 4),
    ]
    told = entries_of(rows)
    assert [entry.number for entry in told] == [1, 2, 3, 4, 5]
    assert [entry.fact is None for entry in told] == [False, True, True, True, False]
    assert view_at(CASE, told, 4) == view_at(CASE, told, 1)
    assert view_at(CASE, told, 5).contract is not None
