"""What is done about a consent that lost its effect."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backbone.refusal import Conflict, Refused
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted, LossDecision
from services.sharing.domain.consent import Consent
from services.sharing.domain.consent_loss import contacted, decided, lost
from tests.unit.sharing.builders import FATHER, GUARDIAN, POLICE, TODAY, a_consent, given, withdrawn


def gone() -> Consent:
    return withdrawn(given(a_consent()), FATHER)


def test_a_consent_is_lost_when_somebody_has_taken_it_back_and_not_while_it_waits_or_counts() -> None:
    assert lost(gone())
    assert not lost(a_consent())
    assert not lost(given(a_consent()))


def test_everybody_who_was_asked_can_be_sought_out_and_reached_or_not() -> None:
    for person_id, reached in ((GUARDIAN, True), (FATHER, False)):
        (said,) = contacted(gone(), person_id=person_id, on=TODAY, reached=reached, today=TODAY)
        assert isinstance(said, ConsentSignerContacted)
        assert (said.person_id, said.reached, said.contacted_on) == (person_id, reached, TODAY)


def test_somebody_who_does_not_decide_is_not_a_contact() -> None:
    with pytest.raises(Refused, match="NOT_A_SIGNER"):
        contacted(gone(), person_id=POLICE, on=TODAY, reached=True, today=TODAY)


def test_nothing_is_resolved_about_a_consent_that_counts() -> None:
    with pytest.raises(Conflict, match="CONSENT_NOT_LOST"):
        contacted(given(a_consent()), person_id=GUARDIAN, on=TODAY, reached=True, today=TODAY)
    with pytest.raises(Conflict, match="CONSENT_NOT_LOST"):
        decided(given(a_consent()), LossDecision.END_IT, on=TODAY, text_ref=None, today=TODAY)


def test_a_day_that_has_not_come_is_refused() -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="IN_THE_FUTURE"):
        decided(gone(), LossDecision.ASK_ANEW, on=tomorrow, text_ref=None, today=TODAY)


def test_the_decision_is_recorded_with_its_reference_and_changes_the_consent_not() -> None:
    (said,) = decided(gone(), LossDecision.GOES_ON_WITHOUT, on=TODAY, text_ref="why", today=TODAY)
    assert said == ConsentLossDecided(
        consent_id="consent", decision=LossDecision.GOES_ON_WITHOUT, decided_on=TODAY, text_ref="why"
    )
    assert gone().after(said) == gone()
