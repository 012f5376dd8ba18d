"""What is due when a consent loses its effect: talking with those who decide, and the group's decision."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.codes import (
    AgeBand,
    Agency,
    SignerExcuse,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.consent import ConsentExpired, ConsentSignerExcused, ConsentWithdrawn
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted, LossDecision
from schemas.contract import Signer
from schemas.event import Event
from services.scheduler.domain.case import DeadlineState
from tests.unit.scheduler.story import (
    END,
    START,
    Story,
    a_signed_contract,
    ended_early,
    given,
    loses_effect,
    made,
    requested,
    superseded,
    takes_effect,
)

MONDAY = date(2026, 9, 7)
ASKED = (
    Signer(person_id="youth", role=SignerRole.YOUTH),
    Signer(person_id="mother", role=SignerRole.GUARDIAN),
    Signer(person_id="father", role=SignerRole.GUARDIAN),
)


def asked(consent_id: str = "s", signers: tuple[Signer, ...] = ASKED) -> Event:
    return made(type(requested("s", END)), consent_id=consent_id, valid_to=END, signers=signers)


def no_of(person_id: str, consequence: WithdrawalConsequence, *only_to: Agency) -> Event:
    who: dict[str, str] = {"consent_id": "s", "person_id": person_id}
    return made(ConsentWithdrawn, **who, consequence=consequence, only_to=only_to or None)


def taken_back(consequence: WithdrawalConsequence) -> list[Event]:
    return [no_of("father", consequence), loses_effect()]


def after_taking_back(consequence: WithdrawalConsequence) -> Story:
    story = a_signed_contract().on(START, asked(), takes_effect())
    return story.on(MONDAY, *taken_back(consequence))


def reached(person_id: str, *, yes: bool = True) -> ConsentSignerContacted:
    return made(ConsentSignerContacted, consent_id="s", person_id=person_id, contacted_on=MONDAY, reached=yes)


@pytest.mark.parametrize(
    ("consequence", "decided_by", "talked_by"),
    [
        (WithdrawalConsequence.SHARING_NARROWED, date(2026, 9, 14), None),
        (WithdrawalConsequence.CONTRACT_PAUSES, date(2026, 9, 21), date(2026, 9, 9)),
        (WithdrawalConsequence.EXTRA_SHARING_STOPS, date(2026, 9, 21), date(2026, 9, 9)),
        (WithdrawalConsequence.CASE_WINDS_UP, None, None),
        (WithdrawalConsequence.PARTICIPATION_ENDS, None, None),
    ],
)
def test_what_is_due_after_a_withdrawal_stands_in_the_table_of_withdrawals(
    consequence: WithdrawalConsequence, decided_by: date | None, talked_by: date | None
) -> None:
    due = after_taking_back(consequence).due
    assert due.get("D-11") == decided_by
    assert due.get("D-11-CONTACT") == talked_by


def test_working_days_are_counted_for_the_first_contact() -> None:
    friday = date(2026, 9, 11)
    story = a_signed_contract().on(START, asked(), takes_effect())
    assert story.on(friday, loses_effect()).due["D-11-CONTACT"] == date(2026, 9, 15)


def test_a_consent_that_runs_out_is_resolved_as_one_that_somebody_took_back() -> None:
    story = a_signed_contract().on(START, asked(), takes_effect())
    story.on(MONDAY, made(ConsentExpired, consent_id="s"), loses_effect())
    assert {"D-11", "D-11-CONTACT"} <= set(story.due)


def test_a_consent_that_was_renewed_leaves_nothing_to_resolve() -> None:
    story = a_signed_contract().on(START, asked(), takes_effect(), asked("new"), takes_effect("new"))
    story.on(MONDAY, superseded(MONDAY), loses_effect())
    assert not {"D-11", "D-11-CONTACT"} & set(story.due)


def test_first_contact_is_made_when_both_guardians_have_been_reached_and_not_before() -> None:
    story = after_taking_back(WithdrawalConsequence.CONTRACT_PAUSES)
    story.on(MONDAY, reached("mother"), reached("youth"), reached("father", yes=False))
    assert "D-11-CONTACT" in story.due
    change = story.on(MONDAY, reached("father")).change("D-11-CONTACT")
    assert (change.state, change.late) == (DeadlineState.MET, False)
    assert "D-11" in story.due, "to have talked is not to have decided"


def test_a_guardian_whom_a_leader_excused_is_not_waited_for() -> None:
    excused = made(ConsentSignerExcused, consent_id="s", person_id="father", excuse=SignerExcuse.UNREACHABLE)
    story = a_signed_contract().on(START, asked(), excused, takes_effect())
    story.on(MONDAY, loses_effect(), reached("mother"))
    assert "D-11-CONTACT" not in story.due


def test_from_eighteen_years_it_is_the_youth_who_is_talked_with() -> None:
    story = a_signed_contract(age_band=AgeBand.ADULT).on(START, asked(), takes_effect())
    assert "D-11-CONTACT" not in story.on(MONDAY, loses_effect(), reached("youth")).due


def test_who_was_reached_about_an_earlier_loss_is_reached_anew() -> None:
    story = after_taking_back(WithdrawalConsequence.CONTRACT_PAUSES)
    story.on(MONDAY, reached("mother"), takes_effect(), loses_effect(), reached("father"))
    assert "D-11-CONTACT" in story.due


def test_the_decision_of_the_group_meets_the_deadline_and_ends_the_contacts() -> None:
    story = after_taking_back(WithdrawalConsequence.CONTRACT_PAUSES)
    decided = made(
        ConsentLossDecided, consent_id="s", decision=LossDecision.ASK_ANEW, decided_on=date(2026, 9, 22)
    )
    story.on(date(2026, 9, 22), decided)
    assert (story.change("D-11").state, story.change("D-11").late) == (DeadlineState.MET, True)
    assert story.change("D-11-CONTACT").state is DeadlineState.CANCELLED


def test_a_decision_about_another_consent_meets_nothing() -> None:
    story = after_taking_back(WithdrawalConsequence.CONTRACT_PAUSES)
    assert "D-11" in story.on(MONDAY, made(ConsentLossDecided, consent_id="other")).due


def test_the_end_of_the_contract_ends_both() -> None:
    story = after_taking_back(WithdrawalConsequence.CONTRACT_PAUSES).on(MONDAY, ended_early(MONDAY))
    assert not {"D-11", "D-11-CONTACT"} & set(story.due)


def test_taken_back_for_some_receivers_the_group_decides_in_a_week_and_the_rest_goes_on() -> None:
    narrowed = no_of("father", WithdrawalConsequence.SHARING_NARROWED, Agency.NAV)
    oral = given(START, SigningMethod.ORAL_IN_MEETING, person_id="mother")
    story = a_signed_contract().on(START, asked(), oral, takes_effect()).on(MONDAY, narrowed)
    assert story.due["D-11"] == date(2026, 9, 14)
    assert "D-11-CONTACT" not in story.due
    assert "D-10" in story.due, "an oral yes that stands for the others is still to be confirmed"
    story.on(MONDAY, made(ConsentLossDecided, consent_id="s", decided_on=MONDAY))
    assert "D-11" not in story.due
    later = story.on(date(2026, 10, 1), loses_effect())
    assert {"D-11", "D-11-CONTACT"} <= set(later.due), "its end later is no narrowing"
