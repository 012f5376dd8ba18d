"""What may happen to a referral, and in which order."""

from datetime import timedelta
from typing import Any

import pytest

from backbone.refusal import Conflict, Refused
from schemas.codes import (
    AgeBand,
    Agency,
    DeclineReason,
    Programme,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Urgency,
    YouthKnows,
)
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralReassigned,
    ReferralReceived,
    ReferralScreened,
)
from services.contracts.domain.referral import Enquiry, Referral, ReferralStatus, receive
from tests.unit.contracts.builders import CASE, LEAD, TEACHER, TODAY, YOUTH


def an_enquiry(**changes: Any) -> Enquiry:
    asked = {
        "referral_id": "referral",
        "origin": ReferralOrigin.SCHOOL,
        "referrer_agency": Agency.SKOLE_GRUNN,
        "reasons": (Reason.SCHOOL_ABSENCE,),
        "urgency": Urgency.ORDINARY,
        "youth_knows": YouthKnows.YES,
        "municipality_no": "1804",
        "assigned_to": LEAD,
        "youth_id": YOUTH,
    }
    return Enquiry(**{**asked, **changes})


def a_referral(status: ReferralStatus = ReferralStatus.RECEIVED, **changes: Any) -> Referral:
    (event,) = receive(an_enquiry(**changes), today=TODAY)
    assert isinstance(event, ReferralReceived)
    referral = Referral.received(CASE, event, by=TEACHER)
    if status is not ReferralStatus.RECEIVED:
        referral = referral.after(*referral.screen(youth_id=None, today=TODAY))
    return referral


def test_an_undecided_referral_is_given_to_another_coordinator_of_the_municipality() -> None:
    referral = a_referral(ReferralStatus.SCREENING)
    (event,) = referral.reassign("second", screeners={LEAD, "second"}, today=TODAY)
    assert event == ReferralReassigned(
        referral_id="referral", from_id=LEAD, to_id="second", reassigned_on=TODAY
    )
    given_on = referral.after(event)
    assert (given_on.assigned_to, given_on.status) == ("second", ReferralStatus.SCREENING)


@pytest.mark.parametrize(
    ("rule", "to_id"),
    [("REFERRAL_IS_THEIRS", LEAD), ("SCREENER_NOT_HERE", "elsewhere"), ("SCREENER_NOT_HERE", YOUTH)],
)
def test_whom_a_referral_is_not_given_to(rule: str, to_id: str) -> None:
    with pytest.raises(Refused, match=rule):
        a_referral().reassign(to_id, screeners={LEAD, YOUTH}, today=TODAY)


def test_a_decided_referral_is_given_to_nobody() -> None:
    referral = a_referral()
    (withdrawn,) = referral.withdraw(today=TODAY)
    with pytest.raises(Conflict, match="REFERRAL_DECIDED"):
        referral.after(withdrawn).reassign("second", screeners={"second"}, today=TODAY)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("REASON_MISSING", {"reasons": ()}),
        ("HAPPENED_IN_FUTURE", {"concern_on": TODAY.replace(year=2027)}),
        ("SAME_PERSON_TWICE", {"assigned_to": YOUTH}),
    ],
)
def test_what_is_refused_when_a_referral_comes_in(rule: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=rule):
        receive(an_enquiry(**changes), today=TODAY)


def test_a_referral_is_screened_and_then_accepted() -> None:
    referral = a_referral(ReferralStatus.SCREENING)
    (event,) = referral.accept(Programme.FA_YOUTH_CONTRACT, age_band=AgeBand.AGE_12_14, today=TODAY)
    assert isinstance(event, ReferralAccepted)
    assert referral.after(event).status is ReferralStatus.ACCEPTED
    assert referral.version == 2


def test_an_anonymous_referral_gets_to_know_its_youth_in_screening_or_never_becomes_a_case() -> None:
    anonymous = a_referral(youth_id=None)
    unknown = anonymous.after(*anonymous.screen(youth_id=None, today=TODAY))
    with pytest.raises(Refused, match="YOUTH_UNKNOWN"):
        unknown.accept(Programme.FA_YOUTH_CONTRACT, age_band=AgeBand.AGE_15, today=TODAY)
    (event,) = anonymous.screen(youth_id=YOUTH, today=TODAY)
    assert isinstance(event, ReferralScreened)
    assert anonymous.after(event).accept(Programme.FA_YOUTH_CONTRACT, age_band=AgeBand.AGE_15, today=TODAY)


def test_one_under_12_is_never_accepted() -> None:
    with pytest.raises(Refused, match="AGE_UNDER_12"):
        a_referral(ReferralStatus.SCREENING).accept(
            Programme.FA_YOUTH_CONTRACT, age_band=AgeBand.UNDER_12, today=TODAY
        )


def decisions(referral: Referral) -> dict[str, Any]:
    reason = DeclineReason.HELPED_ELSEWHERE
    return {
        "accept": lambda: referral.accept(Programme.FA_YOUTH_CONTRACT, age_band=AgeBand.AGE_15, today=TODAY),
        "decline": lambda: referral.decline(reason, today=TODAY),
        "redirect": lambda: referral.redirect(reason, Agency.BARNEVERN, today=TODAY),
    }


@pytest.mark.parametrize("decision", ["accept", "decline", "redirect"])
def test_nothing_is_decided_without_screening(decision: str) -> None:
    with pytest.raises(Refused, match="REFERRAL_UNSCREENED"):
        decisions(a_referral())[decision]()


@pytest.mark.parametrize("first", ["accept", "decline", "redirect", "withdraw"])
def test_what_is_decided_stays_decided(first: str) -> None:
    referral = a_referral(ReferralStatus.SCREENING)
    events = referral.withdraw(today=TODAY) if first == "withdraw" else decisions(referral)[first]()
    decided = referral.after(*events)
    for again in decisions(decided).values():
        with pytest.raises(Refused, match="REFERRAL_DECIDED"):
            again()
    with pytest.raises(Refused, match="REFERRAL_DECIDED"):
        decided.withdraw(today=TODAY)
    with pytest.raises(Refused, match="REFERRAL_SCREENED"):
        decided.screen(youth_id=None, today=TODAY)


def test_a_referral_is_withdrawn_before_or_during_screening() -> None:
    for status in (ReferralStatus.RECEIVED, ReferralStatus.SCREENING):
        referral = a_referral(status)
        assert referral.after(*referral.withdraw(today=TODAY)).status is ReferralStatus.WITHDRAWN


def test_whoever_referred_is_told_once_that_it_has_come_in_and_before_or_after_it_is_decided() -> None:
    for status in (ReferralStatus.RECEIVED, ReferralStatus.SCREENING):
        referral = a_referral(status)
        (told,) = referral.acknowledge(ReportMethod.TELEPHONE, on=TODAY, today=TODAY)
        assert isinstance(told, ReferralAcknowledged)
        after = referral.after(told)
        assert (after.acknowledged_on, after.status) == (TODAY, status)
        with pytest.raises(Conflict, match="REFERRAL_ACKNOWLEDGED"):
            after.acknowledge(ReportMethod.TELEPHONE, on=TODAY, today=TODAY)


def test_nobody_was_told_tomorrow_or_of_a_referral_that_was_taken_back() -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="HAPPENED_IN_FUTURE"):
        a_referral().acknowledge(ReportMethod.TELEPHONE, on=tomorrow, today=TODAY)
    gone = a_referral().after(*a_referral().withdraw(today=TODAY))
    with pytest.raises(Conflict, match="REFERRAL_DECIDED"):
        gone.acknowledge(ReportMethod.TELEPHONE, on=TODAY, today=TODAY)
