"""What a correction does to the deadlines of a case: open ones follow the right values, met ones stay met."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from schemas.codes import MeetingKind
from schemas.event import Event
from services.scheduler.domain.case import CaseDeadlines, Change, DeadlineState
from services.scheduler.domain.following import after
from services.scheduler.domain.recounting import Closed, count, recount
from services.scheduler.domain.rule import Happened
from tests.unit.scheduler.story import (
    BOOK,
    START,
    assessed,
    held,
    opened,
    registered,
    reported,
    signed,
    started,
)

SEVENTH, TENTH = date(2026, 9, 7), date(2026, 9, 10)


class Told:
    """A case as it was told, and what a correction of it changes."""

    def __init__(self, *days: tuple[date, Event]) -> None:
        self.told = [Happened(event, str(n), day, "somebody") for n, (day, event) in enumerate(days)]
        self.case, self.closed = CaseDeadlines(case_id="case"), dict[str, Closed]()
        for happened in self.told:
            self.case = after(self.case, happened, BOOK)
            self._note_closings(happened.event_id)
        self.struck: set[str] = set()
        self.corrections = 0

    def correct(self, which: int, **fields: Any) -> Told:
        self.told[which] = self.told[which]._replace(event=replace(self.told[which].event, **fields))
        return self._recount()

    def strike(self, which: int) -> Told:
        self.struck.add(str(which))
        return self._recount()

    def _recount(self) -> Told:
        self.corrections += 1
        by = f"correction {self.corrections}"
        kept = [(happened, BOOK) for happened in self.told if happened.event_id not in self.struck]
        counted = count("case", kept)
        self.case = recount(self.case, counted, closed=self.closed, struck=self.struck, by=by)
        for change in self.case.changes:
            if change.state is DeadlineState.OPEN:
                self.closed.pop(change.deadline.deadline_id, None)
        self._note_closings(by)
        return self

    def _note_closings(self, by: str) -> None:
        for change in self.case.changes:
            if change.state is not DeadlineState.OPEN:
                self.closed[change.deadline.deadline_id] = Closed(change.state, by)

    @property
    def due(self) -> dict[str, date]:
        return {deadline.kind: deadline.due_on for deadline in self.case.open}

    def change(self, kind: str) -> Change:
        (found,) = [change for change in self.case.changes if change.deadline.kind == kind]
        return found

    @property
    def kinds(self) -> set[str]:
        return {change.deadline.kind for change in self.case.changes}


def a_meeting_held_on(day: date) -> Told:
    return Told(
        (START, opened()),
        (START, registered()),
        (START, signed()),
        (START, started()),
        (day, held(day)),
    )


def test_a_corrected_meeting_moves_the_deadline_counted_from_it_and_leaves_the_met_one() -> None:
    case = a_meeting_held_on(TENTH)
    assert case.due["D-04"] == date(2026, 9, 24)
    case.correct(4, held_on=SEVENTH)
    assert case.due["D-04"] == date(2026, 9, 21)
    moved = case.change("D-04")
    assert moved.before is not None
    assert (moved.before.due_on, moved.state) == (date(2026, 9, 24), DeadlineState.OPEN)
    assert "D-01" not in case.kinds
    assert "D-01" not in case.due


def test_a_struck_meeting_opens_the_deadline_that_it_had_met_and_takes_the_next_away() -> None:
    case = a_meeting_held_on(TENTH).strike(4)
    assert case.due["D-01"] == date(2026, 9, 15)
    assert "D-04" not in case.due
    assert case.change("D-01").deadline.reopened_by == "correction 1"
    assert case.change("D-04").state is DeadlineState.CANCELLED


def test_a_deadline_that_was_opened_again_is_met_by_what_comes_next() -> None:
    case = a_meeting_held_on(TENTH).strike(4)
    happened = Happened(held(date(2026, 9, 14)), "again", date(2026, 9, 14), "somebody")
    later = after(case.case, happened, BOOK)
    (met,) = [change for change in later.changes if change.state is DeadlineState.MET]
    assert (met.deadline.kind, met.deadline.reopened_by, met.late) == ("D-01", "correction 1", False)


def test_a_correction_that_would_open_a_met_deadline_leaves_it_met() -> None:
    case = a_meeting_held_on(TENTH).correct(4, kind=MeetingKind.FOLLOW_UP)
    assert "D-01" not in case.due, "C.9: a correction leaves met ones"
    assert "D-05" in case.due
    assert "D-04" not in case.due


@pytest.mark.parametrize(("severity", "due_on"), [(3, date(2026, 9, 11)), (4, date(2026, 9, 9))])
def test_a_corrected_severity_gives_the_deadline_of_that_severity(severity: int, due_on: date) -> None:
    ninth = date(2026, 9, 9)
    case = Told((START, opened()), (START, registered()), (START, signed()), (ninth, reported(2)))
    assert case.due["D-14"] == date(2026, 9, 16)
    assert case.correct(3, severity=severity).due["D-14"] == due_on


def test_a_struck_deviation_takes_its_deadlines_with_it() -> None:
    case = Told((START, opened()), (START, registered()), (TENTH, reported(2)), (TENTH, assessed(TENTH)))
    assert "D-15" in case.due
    case.struck = {"3"}
    case.strike(2)
    assert "D-15" not in case.due
    assert case.change("D-15").state is DeadlineState.CANCELLED
    assert "D-14" not in case.due


def test_a_correction_of_something_else_changes_no_deadline() -> None:
    case = a_meeting_held_on(TENTH)
    before = case.due
    case.correct(4, present=("p",))
    assert case.case.changes == ()
    assert case.due == before


def test_a_twin_that_counts_met_ones_anew_is_told_from_ours() -> None:
    """The broken twin takes the case as counted, without looking at what stands."""
    case = a_meeting_held_on(TENTH)
    case.told[4] = case.told[4]._replace(event=held(SEVENTH, MeetingKind.FOLLOW_UP))
    twin = count("case", [(happened, BOOK) for happened in case.told]).case
    assert "D-01" in {deadline.kind for deadline in twin.open}
    assert "D-01" not in case._recount().due
