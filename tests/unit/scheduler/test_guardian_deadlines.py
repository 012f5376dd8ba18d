"""Who decides for the youth is looked at again once a year and when the case gets a new lead, and a leader confirms that a guardian is out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from schemas.case import CaseLeadChanged
from schemas.codes import AgeBand
from schemas.contract import ContractExtended, ContractStarted
from schemas.event import Event
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
)
from schemas.protection import YouthAgeBandChanged
from schemas.sanction import SanctionReceived, YouthPlanAdopted
from services.scheduler.domain.steps import What
from services.scheduler.norwegian_calendar import NORWAY
from tests.unit.scheduler.story import START, Story, a_signed_contract, made, opened, registered

YEAR = date(2027, 9, 1)
NEW_LEAD = made(CaseLeadChanged, to_id="second", changed_on=START + timedelta(days=30))


def a_plan(*, band: AgeBand = AgeBand.AGE_16_17) -> Story:
    """Two years of ungdomsstraff."""
    received = made(SanctionReceived, plan_id="plan", age_band=band)
    adopted = made(YouthPlanAdopted, plan_id="plan", adopted_on=START, ends_on=date(2028, 9, 1))
    return Story().on(START, opened(), received, adopted)


def test_it_is_due_a_year_after_the_start_where_the_follow_up_lasts_that_long() -> None:
    assert a_plan().due["D-29"] == YEAR
    started = made(ContractStarted, contract_id="contract", started_on=START)
    assert "D-29" not in a_signed_contract().on(START, started).due, "six months are over before"


def test_confirming_meets_it_and_counts_a_new_year() -> None:
    story = a_plan()
    story.on(date(2027, 3, 1), GuardianSituationConfirmed(confirmed_on=date(2027, 3, 1)))
    assert story.due["D-29"] == date(2028, 3, 1)


def test_a_new_lead_looks_within_two_weeks_in_a_short_contract_too() -> None:
    soon = NEW_LEAD.changed_on + timedelta(days=14)
    assert a_signed_contract().on(NEW_LEAD.changed_on, NEW_LEAD).due["D-29"] == soon
    assert a_plan().on(NEW_LEAD.changed_on, NEW_LEAD).due["D-29"] == soon


def test_an_adult_has_nobody_to_confirm() -> None:
    adult = made(YouthAgeBandChanged, age_band=AgeBand.ADULT)
    assert "D-29" not in a_plan().on(START + timedelta(days=3), adult).due
    alone = Story().on(START, opened(), registered(age_band=AgeBand.ADULT))
    assert "D-29" not in alone.on(NEW_LEAD.changed_on, NEW_LEAD).due


def test_an_extension_that_makes_the_contract_last_a_year_asks_again() -> None:
    longer = made(ContractExtended, contract_id="k", ends_on=YEAR, extended_on=START + timedelta(days=150))
    assert a_signed_contract().on(longer.extended_on, longer).due["D-29"] == YEAR
    seen = GuardianSituationConfirmed(confirmed_on=START + timedelta(days=90))
    story = a_signed_contract().on(seen.confirmed_on, seen)
    assert "D-29" not in story.on(longer.extended_on, longer).due, "a year from then is after the end"


OUT = [
    made(GuardianRestricted, person_id="father", awaits_leader=True),
    made(GuardianRemoved, person_id="father", awaits_leader=True),
    made(GuardianAdded, person_id="father", awaits_leader=True),
    made(ParentalResponsibilityChanged, person_id="father", awaits_leader=True),
]
CONFIRMED = made(GuardianChangeConfirmed, person_id="father", confirmed_on=START)


@pytest.mark.parametrize("out", OUT)
def test_a_leader_confirms_within_three_working_days_what_takes_a_say(out: Event) -> None:
    story = a_signed_contract().on(START, out)
    assert story.due["C4-LEADER"] == NORWAY.working_days_after(START, 3)
    for other in ("mother", "father"):
        story.on(START, replace(CONFIRMED, person_id=other))
        assert ("C4-LEADER" in story.due) is (other == "mother")


@pytest.mark.parametrize("out", OUT)
def test_the_leader_hears_of_it_the_first_working_day_after(out: Event) -> None:
    deadline = a_signed_contract().on(START, out).deadline("C4-LEADER")
    at = {step.what: step.at for step in deadline.steps}
    assert at[What.UNIT_LEADER] == NORWAY.morning(NORWAY.working_days_after(deadline.due_on, 1))
    assert What.LEAD not in at, "the lead has it already"


def test_what_a_leader_did_or_what_is_undone_needs_no_confirming() -> None:
    for out in OUT:
        assert "C4-LEADER" not in a_signed_contract().on(START, replace(out, awaits_leader=False)).due
    undone = (
        made(GuardianRestrictionLifted, person_id="father"),
        *(replace(one, awaits_leader=False) for one in OUT[1:]),
        made(YouthAgeBandChanged, age_band=AgeBand.ADULT),
    )
    for event in undone:
        assert "C4-LEADER" not in a_signed_contract().on(START, OUT[0]).on(START, event).due
    let_in = made(GuardianRestrictionLifted, person_id="father", awaits_leader=True)
    waits = a_signed_contract().on(START, OUT[0], OUT[3]).on(START, let_in)
    assert "C4-LEADER" in waits.due, "let in again, and still to be confirmed as without responsibility"
    both = a_signed_contract().on(START, *OUT[:2])
    assert "C4-LEADER" in both.due, "removing one who is kept out is no shorter way"
