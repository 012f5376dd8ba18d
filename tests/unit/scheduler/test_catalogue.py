"""Each row of the catalogue: what opens it, when it is due, what meets it, what cancels it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.codes import (
    AgeBand,
    EndingReason,
    EvaluationKind,
    Function,
    MeetingKind,
    RetentionOutcome,
    SigningMethod,
)
from schemas.contract import ContractEndedEarly
from schemas.protection import AddressProtectionCleared, AddressProtectionSet, YouthAgeBandChanged
from schemas.receipt import ReceiptGiven, ReceiptRequested
from schemas.retention import CaseContentErased, RetentionReviewed
from services.scheduler.catalogue import CATALOGUES, RULES_2026_11, catalogue_at, name_of
from services.scheduler.domain.case import DeadlineState
from services.scheduler.folds import FOLLOWED
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    assessed,
    called,
    closed,
    completed,
    confirmed,
    ended_early,
    evaluated,
    given,
    held,
    joined,
    loses_effect,
    made,
    opened,
    registered,
    reported,
    requested,
    resolved,
    signed,
    started,
    superseded,
    takes_effect,
    withdrawn,
)


def test_every_row_names_only_events_that_the_scheduler_follows() -> None:
    for rule in RULES_2026_11:
        named = {step.on for step in rule.opens} | {step.on for step in (*rule.met_by, *rule.cancelled_by)}
        assert named <= set(FOLLOWED), rule.kind


def test_every_kind_stands_once_and_has_a_source_and_a_name_in_three_languages() -> None:
    for catalogue in CATALOGUES:
        kinds = [rule.kind for rule in catalogue.rules]
        assert len(kinds) == len(set(kinds))
        assert all(rule.source and all(rule.name) for rule in catalogue.rules)


def test_the_catalogue_in_force_is_the_newest_one_that_had_begun() -> None:
    assert catalogue_at(datetime(2020, 1, 1, tzinfo=UTC)) is CATALOGUES[0]
    assert catalogue_at(datetime(2099, 1, 1, tzinfo=UTC)) is CATALOGUES[-1]


def test_a_kind_that_no_catalogue_has_is_called_by_its_kind() -> None:
    assert name_of("D-01").nb == "Første nettverksmøte"
    assert name_of("D-99").nn == "D-99"


@pytest.mark.parametrize(
    ("age_band", "due_on"),
    [
        (AgeBand.AGE_12_14, date(2026, 9, 11)),
        (AgeBand.AGE_15, date(2026, 9, 15)),
        (AgeBand.AGE_16_17, date(2026, 9, 15)),
        (AgeBand.ADULT, date(2026, 9, 15)),
    ],
)
def test_the_first_network_meeting_is_due_14_days_after_the_last_signature_and_10_for_the_youngest(
    age_band: AgeBand, due_on: date
) -> None:
    assert a_signed_contract(age_band=age_band).due["D-01"] == due_on


def test_a_deadline_passes_at_the_first_instant_after_its_local_day() -> None:
    deadline = a_signed_contract().deadline("D-01")
    assert deadline.passes_at == datetime(2026, 9, 15, 22, tzinfo=UTC)


def test_nothing_is_due_before_everyone_has_signed() -> None:
    assert set(Story().on(START, opened(), registered()).due) == {"C-UNSIGNED"}


def test_the_first_meeting_is_met_by_a_network_meeting_and_by_no_other_kind() -> None:
    story = a_signed_contract().on(date(2026, 9, 9), held(date(2026, 9, 9), MeetingKind.FOLLOW_UP))
    assert "D-01" in story.due
    story.on(date(2026, 9, 10), held(date(2026, 9, 10)))
    assert "D-01" not in story.due
    assert story.change("D-01").state is DeadlineState.MET
    assert not story.change("D-01").late


def test_a_meeting_held_in_time_is_in_time_though_it_was_written_down_later() -> None:
    story = a_signed_contract().on(date(2026, 9, 20), held(date(2026, 9, 15)))
    assert not story.change("D-01").late


def test_a_meeting_held_after_the_day_is_late() -> None:
    assert a_signed_contract().on(date(2026, 9, 20), held(date(2026, 9, 16))).change("D-01").late


def test_no_first_meeting_is_waited_for_when_the_group_had_met_before_the_last_signature() -> None:
    story = Story().on(START, opened(), registered(), held(START), signed())
    assert "D-01" not in story.due


def test_signing_again_does_not_begin_a_second_deadline() -> None:
    story = a_signed_contract()
    before = story.deadline("D-01")
    assert story.on(date(2026, 9, 5), signed(date(2026, 9, 5))).deadline("D-01") == before


@pytest.mark.parametrize(
    ("age_band", "met_on", "due_on"),
    [
        (AgeBand.AGE_15, date(2026, 9, 10), date(2026, 9, 24)),
        (AgeBand.AGE_15, date(2026, 11, 1), date(2026, 11, 15)),
        (AgeBand.AGE_15, date(2026, 11, 2), date(2026, 11, 30)),
        (AgeBand.AGE_12_14, date(2026, 9, 10), date(2026, 9, 24)),
        (AgeBand.AGE_12_14, date(2026, 11, 2), date(2026, 11, 23)),
    ],
)
def test_the_next_meeting_is_due_after_14_days_in_the_first_two_months_and_then_less_often(
    age_band: AgeBand, met_on: date, due_on: date
) -> None:
    assert a_signed_contract(age_band=age_band).on(met_on, held(met_on)).due["D-04"] == due_on


def test_each_meeting_meets_the_last_next_meeting_and_begins_another() -> None:
    story = a_signed_contract().on(date(2026, 9, 10), held(date(2026, 9, 10)))
    first = story.deadline("D-04")
    story.on(date(2026, 9, 22), held(date(2026, 9, 22)))
    assert [change.state for change in story.case.changes] == [DeadlineState.MET, DeadlineState.OPEN]
    assert story.deadline("D-04").deadline_id != first.deadline_id


def test_no_next_meeting_is_waited_for_past_the_end_of_the_contract_or_without_one() -> None:
    late = END - timedelta(days=10)
    assert "D-04" not in a_signed_contract().on(late, held(late)).due
    assert "D-04" not in Story().on(START, opened(), registered(), held(START)).due


def test_follow_up_meetings_are_due_a_month_after_the_last() -> None:
    day = date(2026, 10, 31)
    assert a_signed_contract().on(day, held(day, MeetingKind.FOLLOW_UP)).due["D-05"] == date(2026, 11, 30)


def test_midway_is_three_months_from_the_start_and_met_by_the_midway_evaluation() -> None:
    story = a_signed_contract()
    assert story.due["D-08"] == date(2026, 12, 1)
    day = date(2026, 11, 20)
    assert "D-08" not in story.on(day, evaluated(day, EvaluationKind.MIDWAY)).due


def test_midway_of_a_contract_from_the_last_of_august_is_the_last_of_november() -> None:
    story = Story().on(date(2026, 8, 31), opened(), registered(), started(date(2026, 8, 31)))
    assert story.due["D-08"] == date(2026, 11, 30)


def test_the_end_is_prepared_30_days_before_and_the_end_meeting_booked_14_days_before() -> None:
    story = a_signed_contract(ends_on=date(2027, 2, 28))
    assert (story.due["D-16"], story.due["D-17"]) == (date(2027, 1, 29), date(2027, 2, 14))


def test_a_contract_shorter_than_three_months_is_prepared_14_days_before_and_has_no_midway() -> None:
    story = a_signed_contract(ends_on=date(2026, 10, 31))
    assert story.due["D-16"] == date(2026, 10, 17)
    assert "D-08" not in story.due


def test_a_booked_end_meeting_meets_both() -> None:
    story = a_signed_contract().on(date(2027, 1, 10), called(MeetingKind.END_EVALUATION))
    assert {"D-16", "D-17"}.isdisjoint(story.due)


def test_the_end_evaluation_is_due_within_14_days_of_the_end_unless_it_was_held() -> None:
    assert a_signed_contract().on(END, completed()).due["D-18"] == date(2027, 3, 15)
    evaluated_in_time = a_signed_contract().on(END, held(END, MeetingKind.END_EVALUATION), completed())
    assert "D-18" not in evaluated_in_time.due
    day = date(2026, 11, 10)
    story = a_signed_contract().on(day, ended_early(day))
    assert story.due == {"D-18": date(2026, 11, 24)}
    assert story.on(day, evaluated(day, EvaluationKind.END)).due == {}


def test_death_cancels_everything_and_begins_nothing() -> None:
    day = date(2026, 11, 10)
    story = a_signed_contract().on(day, ended_early(day, EndingReason.DEATH), closed())
    assert set(story.due) == {"D-30"}, "only what the records owner has to do"


def test_closing_the_case_cancels_what_is_open_and_only_its_own_end_is_followed_up_after_it() -> None:
    story = a_signed_contract().on(END, closed())
    cancelled = {
        change.deadline.kind for change in story.case.changes if change.state is DeadlineState.CANCELLED
    }
    assert cancelled == {"D-01", "D-08", "D-16", "D-17", "D-36", "S-ENDED"}
    assert set(story.on(END, reported(4), signed()).due) == {"D-30"}


def test_a_closed_case_is_reviewed_after_six_months_and_then_ended_within_thirty_days() -> None:
    story = Story().on(START, opened()).on(END, closed())
    assert story.due == {"D-30": date(2027, 9, 1)}
    day = date(2027, 8, 20)
    review = made(RetentionReviewed, outcome=RetentionOutcome.DESTROY, reviewed_on=day, look_again_on=None)
    assert story.on(day, review).due == {"D-31": date(2027, 9, 19)}
    assert story.on(day, made(CaseContentErased, erased_on=day)).due == {}


def test_a_case_that_is_kept_is_looked_at_again_on_the_day_that_was_set() -> None:
    day, again = date(2027, 8, 20), date(2028, 8, 20)
    keep = made(RetentionReviewed, outcome=RetentionOutcome.KEEP, reviewed_on=day, look_again_on=again)
    story = Story().on(START, opened()).on(END, closed()).on(day, keep)
    assert story.due == {"D-30": again}


def test_who_saw_something_on_a_withdrawn_consent_answers_within_14_days() -> None:
    asked = made(ReceiptRequested, receipt_id="q", person_id="police")
    story = a_signed_contract().on(START, asked)
    assert (story.deadline("C4-RECEIPT").owner_id, story.due["C4-RECEIPT"]) == ("police", date(2026, 9, 15))
    assert "C4-RECEIPT" not in story.on(START, made(ReceiptGiven, receipt_id="q", given_on=START)).due


@pytest.mark.parametrize(
    ("severity", "due_on"),
    [(4, date(2026, 9, 4)), (3, date(2026, 9, 8)), (2, date(2026, 9, 11)), (1, date(2026, 9, 15))],
)
def test_a_deviation_is_assessed_the_sooner_the_more_serious_it_is(severity: int, due_on: date) -> None:
    story = a_signed_contract().on(date(2026, 9, 4), reported(severity))
    assert story.due["D-14"] == due_on


def test_a_note_with_no_meeting_ahead_waits_28_days() -> None:
    story = Story().on(START, opened(), reported(1))
    assert story.due == {"D-14": date(2026, 9, 29)}


def test_a_note_is_done_with_when_the_group_has_met_and_a_serious_deviation_is_not() -> None:
    day = date(2026, 9, 4)
    story = a_signed_contract().on(day, reported(1, "note"), reported(3, "serious")).on(day, held(day))
    assert [deadline.about_id for deadline in story.case.open if deadline.kind == "D-14"] == ["serious"]


def test_assessing_one_deviation_leaves_the_other_and_begins_its_follow_up() -> None:
    day = date(2026, 9, 4)
    story = a_signed_contract().on(day, reported(2, "a"), reported(2, "b"), assessed(day, "a"))
    assert story.deadline("D-14").about_id == "b"
    assert story.due["D-15"] == date(2026, 9, 18)
    assert "D-15" not in story.on(day, resolved(day)).due


def test_a_contract_signed_before_its_start_waits_for_the_start() -> None:
    day = date(2026, 8, 25)
    story = Story().on(day, opened(), registered(), signed(day))
    start = story.deadline("C-START")
    assert start.passes_at == datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert [step.what for step in start.steps] == ["PASSED"]
    assert "C-START" not in story.on(START, started()).due


def test_a_contract_signed_on_its_start_or_later_does_not_wait_for_it() -> None:
    assert "C-START" not in Story().on(START, opened(), registered(), signed(START)).due


def test_consent_is_renewed_30_days_before_it_runs_out_by_one_that_takes_over() -> None:
    story = a_signed_contract().on(START, requested("s", END), takes_effect("s"))
    assert story.due["D-09"] == date(2027, 1, 30)
    day = date(2027, 1, 20)
    story.on(day, requested("new", END + timedelta(days=90)), takes_effect("new"), superseded(day))
    assert [d.about_id for d in story.case.open if d.kind == "D-09"] == ["new"]
    assert "D-11" not in story.due


def test_a_consent_of_less_than_30_days_is_not_renewed() -> None:
    soon = START + timedelta(days=20)
    assert "D-09" not in a_signed_contract().on(START, requested("s", soon), takes_effect("s")).due


def test_what_should_have_been_prepared_already_is_due_at_once() -> None:
    story = a_signed_contract(ends_on=START + timedelta(days=10))
    assert (story.due["D-16"], story.due["D-17"]) == (START, START)


def test_oral_consent_is_confirmed_in_writing_within_14_days_by_everybody_who_gave_it() -> None:
    oral = SigningMethod.ORAL_IN_MEETING
    story = a_signed_contract().on(START, given(START, oral), given(START, oral, person_id="mother"))
    assert story.due["D-10"] == date(2026, 9, 15)
    story.on(START, confirmed(START, "another"), confirmed(START, person_id="mother"))
    assert "D-10" in story.due
    assert "D-10" not in story.on(START, confirmed(START)).due


def test_withdrawing_ends_what_was_to_be_confirmed_and_begins_what_is_to_be_resolved() -> None:
    story = a_signed_contract().on(START, requested("s", END), given(START, SigningMethod.ORAL_IN_MEETING))
    story.on(START, takes_effect(), withdrawn(), loses_effect())
    assert {"D-09", "D-10"}.isdisjoint(story.due)
    assert story.due["D-11"] == date(2026, 9, 15)
    assert "D-11" not in story.on(START, requested("new", END), takes_effect("new")).due


def test_the_lead_owns_a_deadline_and_it_keeps_its_id_in_every_replay() -> None:
    first, again = a_signed_contract().deadline("D-01"), a_signed_contract().deadline("D-01")
    assert first == again
    assert (first.owner_id, first.opened_by) == ("lead", "event 3")


def test_members_who_join_do_not_take_over_the_leads_deadlines() -> None:
    story = Story().on(START, opened(), joined("someone", Function.SECRETARY), registered(), signed())
    assert story.deadline("D-01").owner_id == "lead"


def test_another_contracts_events_do_not_change_this_contracts_dates() -> None:
    other = ContractEndedEarly(contract_id="other", reason=EndingReason.MOVED, ended_on=START)
    story = a_signed_contract().on(START, other)
    assert story.case.under_contract
    assert "D-08" in story.due


def test_address_protection_is_checked_again_every_three_months_while_it_is_set() -> None:
    protection = made(AddressProtectionSet)
    story = a_signed_contract().on(START, protection)
    assert story.due["D-37"] == date(2026, 12, 1)
    again = date(2026, 11, 20)
    assert story.on(again, protection).due["D-37"] == date(2027, 2, 20)
    assert "D-37" not in story.on(again, AddressProtectionCleared()).due


def test_a_youth_who_is_no_longer_among_the_youngest_meets_as_the_older_do() -> None:
    day = date(2026, 11, 2)
    story = a_signed_contract(age_band=AgeBand.AGE_12_14)
    story.on(day, made(YouthAgeBandChanged, age_band=AgeBand.AGE_15), held(day))
    assert story.due["D-04"] == date(2026, 11, 30)
