"""What several people agreed to together is what each of them agreed to."""

from __future__ import annotations

from typing import Any

from services.portal.domain.agreed import Agreed, agreed_from

ASKED: dict[str, Any] = {
    "consent_id": "c",
    "kind": "SECRECY_RELEASE",
    "from_agencies": ["SKOLE_GRUNN"],
    "to_agencies": ["POLITI_FOREBYGGENDE", "BARNEVERN"],
    "categories": ["SCHOOL_ATTENDANCE", "SCHOOL_BEHAVIOUR"],
    "purpose": "FOLLOW_UP",
    "valid_from": "2026-11-01",
    "valid_to": "2027-02-01",
    "text_version": "2026-1",
    "language": "nb",
    "signers": [{"person_id": person, "role": "GUARDIAN"} for person in ("a", "b", "c")],
    "requested_on": "2026-11-01",
    "standing": "EFFECTIVE",
}


def a_consent(**changes: Any) -> Agreed:
    (consent,) = agreed_from([ASKED | changes])
    return consent


def yes(**part: Any) -> dict[str, Any]:
    return {"said": "YES", "method": "PAPER", "given_on": "2026-11-02", **part}


def test_a_yes_to_everything_leaves_the_consent_whole() -> None:
    consent = a_consent(replies={"a": yes(), "b": yes()})
    assert (consent.receivers, consent.about) == (consent.to_agencies, consent.categories)
    assert consent.narrowed_by == ()


def test_parts_are_cut_to_what_they_have_in_common() -> None:
    replies = {"a": yes(only_to=["BARNEVERN"]), "b": yes(only_categories=["SCHOOL_ATTENDANCE"]), "c": yes()}
    consent = a_consent(replies=replies)
    assert [one.value for one in consent.receivers] == ["BARNEVERN"]
    assert [one.value for one in consent.about] == ["SCHOOL_ATTENDANCE"]
    assert consent.narrowed_by == ("a", "b")


def test_parts_with_nothing_in_common_leave_nothing() -> None:
    replies = {"a": yes(only_to=["BARNEVERN"]), "b": yes(only_to=["POLITI_FOREBYGGENDE"])}
    assert a_consent(replies=replies).receivers == ()


def test_who_has_not_answered_is_waited_for_until_the_consent_ends() -> None:
    waiting = a_consent(standing="INCOMPLETE", replies={"a": yes()}, excused=["b"])
    assert [one.person_id for one in waiting.waiting] == ["c"]
    assert waiting.takes_answers
    assert waiting.answer("b") == "EXCUSED"
    assert not a_consent(standing="LAPSED", replies={"a": yes()}).takes_answers


def test_whom_a_yes_was_taken_back_for_gets_no_more_and_the_others_stay() -> None:
    taken_out = yes(taken_back=[{"to_agencies": ["BARNEVERN"]}])
    consent = a_consent(replies={"a": taken_out, "b": yes()})
    assert [one.value for one in consent.receivers] == ["POLITI_FOREBYGGENDE"]
    assert [one.value for one in consent.no_longer_to] == ["BARNEVERN"]
    assert consent.narrowed_by == ()
    assert consent.can_be_taken_back


def test_only_a_yes_that_stands_can_be_taken_back() -> None:
    assert a_consent(replies={"a": yes()}).can_be_taken_back
    assert not a_consent(standing="INCOMPLETE").can_be_taken_back
    back = {"said": "TAKEN_BACK"}
    assert a_consent(standing="WITHDRAWN", replies={"a": yes(), "b": back}).can_be_taken_back
    assert not a_consent(standing="WITHDRAWN", replies={"a": back, "b": back}).can_be_taken_back
