"""Deadlines of agendas, longer contracts and requests for correction: what somebody waits to hear of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.agenda import AgendaItemAdded, AgendaItemCarriedOver
from schemas.codes import MeetingKind
from schemas.contract import (
    ContractAmended,
    ContractChangeDeclined,
    ContractChangeProposed,
    ContractExtended,
)
from schemas.correction_request import CorrectionCarriedOut, CorrectionRefused, CorrectionRequested
from schemas.event import Event
from schemas.meeting import AgendaItem, MeetingCalled, MeetingCancelled, MeetingHeld, MeetingMoved
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import END, START, Story, a_signed_contract, completed, made, opened

FRIDAY = date(2026, 10, 2)
MEETING = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)
"""Half past midnight in Norway: the meeting is on the 24th there."""


def called(**fields: object) -> MeetingCalled:
    usual: dict[str, object] = {"meeting_id": "m", "kind": MeetingKind.NETWORK, "starts_at": MEETING}
    return made(MeetingCalled, **{**usual, "items": (), "agenda_ref": None, **fields})


def a_call(**fields: object) -> Story:
    return Story().on(FRIDAY, opened(), called(**fields))


def test_an_agenda_that_did_not_come_with_the_call_is_sent_out_seven_days_before_the_local_day() -> None:
    assert a_call().due["D-03"] == date(2026, 10, 17)


def test_a_call_that_says_what_the_meeting_is_about_waits_for_nothing_more() -> None:
    item = made(AgendaItemAdded).item
    assert "D-03" not in a_call(items=(item,)).due
    assert "D-03" not in a_call(agenda_ref="text").due
    assert "D-03" not in a_call(kind=MeetingKind.MEDIATION).due


def test_an_item_on_its_own_agenda_meets_it_and_one_on_anothers_does_not() -> None:
    item: AgendaItem = made(AgendaItemAdded).item
    there = made(AgendaItemAdded, meeting_id="other", item=item)
    over = made(AgendaItemCarriedOver, item=item, from_meeting_id="m", to_meeting_id="other")
    story = a_call().on(FRIDAY, there, over)
    assert "D-03" in story.due
    story.on(FRIDAY, made(AgendaItemAdded, meeting_id="m", item=item))
    assert story.change("D-03").state is DeadlineState.MET
    carried = made(AgendaItemCarriedOver, item=item, from_meeting_id="before", to_meeting_id="m")
    assert a_call().on(FRIDAY, carried).change("D-03").state is DeadlineState.MET


def test_an_agenda_follows_the_meeting_and_is_due_at_once_when_that_is_near() -> None:
    story, soon = a_call(), MEETING - timedelta(days=18)
    moved = made(MeetingMoved, meeting_id="m", starts_at=soon, zone="Europe/Oslo")
    assert story.on(FRIDAY, moved).due["D-03"] == FRIDAY
    for end in (made(MeetingCancelled, meeting_id="m"), made(MeetingHeld, meeting_id="m", held_on=FRIDAY)):
        assert a_call().on(FRIDAY, end).change("D-03").state is DeadlineState.CANCELLED


def proposed(ends_on: date) -> ContractChangeProposed:
    return made(ContractChangeProposed, contract_id="k", ends_on=ends_on)


LONGER = proposed(END + timedelta(days=60))
DAY = END - timedelta(days=40)


def test_an_extension_is_decided_seven_days_before_the_end_it_would_move() -> None:
    assert a_signed_contract().on(DAY, LONGER).due["D-19"] == END - timedelta(days=7)
    assert "D-19" not in a_signed_contract().on(DAY, proposed(END)).due, "a change of clauses only"
    late = END - timedelta(days=3)
    assert a_signed_contract().on(late, LONGER).due["D-19"] == late


@pytest.mark.parametrize(
    "answer",
    [
        made(ContractExtended, contract_id="k", extended_on=DAY),
        made(ContractAmended, contract_id="k"),
        made(ContractChangeDeclined, contract_id="k", declined_on=DAY),
    ],
)
def test_signed_by_all_or_laid_aside_it_is_decided(answer: Event) -> None:
    assert a_signed_contract().on(DAY, LONGER, answer).change("D-19").state is DeadlineState.MET


def test_the_end_of_the_contract_ends_the_question() -> None:
    assert a_signed_contract().on(DAY, LONGER, completed()).change("D-19").state is DeadlineState.CANCELLED


def asked(request_id: str = "r") -> CorrectionRequested:
    return made(CorrectionRequested, request_id=request_id, asked_on=START)


def test_a_request_for_correction_is_answered_within_ten_working_days_of_when_it_was_said() -> None:
    story = Story().on(START + timedelta(days=2), opened(), asked())
    assert story.due["D-48"] == date(2026, 9, 15)


def test_each_request_waits_for_its_own_answer() -> None:
    story = Story().on(START, opened(), asked(), asked("s"))
    story.on(START, made(CorrectionCarriedOut, request_id="r", carried_out_on=START))
    assert story.deadline("D-48").about_id == "s"
    late = START + timedelta(days=30)
    story.on(late, made(CorrectionRefused, request_id="s", refused_on=late))
    assert (story.change("D-48").state, story.change("D-48").late) == (DeadlineState.MET, True)
