"""Somebody says that a registration is wrong: who may, what answers it, and that it is answered once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.refusal import Conflict, Refused, Stale
from schemas.codes import CorrectionReason, RedactionReason, VoidReason
from schemas.correction import RegistrationCorrected, RegistrationRedacted, RegistrationVoided
from schemas.correction_request import CorrectionRefusal, CorrectionRefused, CorrectionRequested
from schemas.event import Event
from services.contracts.domain.correction_request import CorrectionRequest, ask, carried_out

TODAY = date(2026, 9, 10)
GROUP = {"youth", "mother", "teacher"}


def a_word(request_id: str = "r", asked_by: str = "mother", asked_on: date = TODAY) -> CorrectionRequested:
    return CorrectionRequested(
        request_id=request_id,
        registration_id="wrong",
        asked_by=asked_by,
        asked_on=asked_on,
        vault_ids=("text",),
    )


def a_request(word: CorrectionRequested | None = None) -> CorrectionRequest:
    return CorrectionRequest.asked("case", word or a_word())


def corrected(which: str) -> Event:
    reason = CorrectionReason.ASKED_FOR
    return RegistrationCorrected(corrected_id=which, corrected_type="x.y", changes=(), reason=reason)


def struck(which: str, *others: str) -> Event:
    reason = VoidReason.DID_NOT_HAPPEN
    return RegistrationVoided(voided_id=which, voided_type="x.y", reason=reason, with_ids=others)


def closed(ref: str) -> Event:
    return RegistrationRedacted(ref=ref, reason=RedactionReason.ASKED_FOR, decided_by="lead")


def test_the_family_and_the_group_may_say_so_and_others_may_not() -> None:
    for person in sorted(GROUP):
        assert ask(a_word(asked_by=person), may_ask=GROUP, others=(), today=TODAY)
    with pytest.raises(Refused) as refused:
        ask(a_word(asked_by="neighbour"), may_ask=GROUP, others=(), today=TODAY)
    assert (refused.value.rule, refused.value.field) == ("ASKED_BY_STRANGER", "asked_by")


def test_nobody_has_said_it_tomorrow() -> None:
    with pytest.raises(Refused, match="ASKED_IN_FUTURE"):
        ask(a_word(asked_on=TODAY + timedelta(days=1)), may_ask=GROUP, others=(), today=TODAY)


def test_the_same_person_says_the_same_again_only_when_it_was_answered() -> None:
    open_one = a_request()
    with pytest.raises(Conflict):
        ask(a_word("s"), may_ask=GROUP, others=[open_one], today=TODAY)
    assert ask(a_word("s", asked_by="youth"), may_ask=GROUP, others=[open_one], today=TODAY)
    (refused,) = open_one.refuse(
        CorrectionRefusal.RIGHT_AS_IT_STANDS, text_ref=None, today=TODAY, seen_version=1
    )
    assert ask(a_word("s"), may_ask=GROUP, others=[open_one.after(refused)], today=TODAY)


@pytest.mark.parametrize(
    "done", [corrected("wrong"), struck("wrong"), struck("first", "wrong"), closed("text")]
)
def test_what_puts_it_right_answers_it_once(done: Event) -> None:
    (answer,) = carried_out([a_request()], done, done_by="event", today=TODAY)
    assert carried_out([a_request().after(answer)], done, done_by="event", today=TODAY) == []


@given(st.text(min_size=1).filter(lambda which: which not in ("wrong", "text")))
def test_what_puts_something_else_right_does_not(which: str) -> None:
    for done in (corrected(which), struck(which, which), closed(which)):
        assert carried_out([a_request()], done, done_by="event", today=TODAY) == []


def test_a_refusal_says_why_once_and_not_to_an_old_page() -> None:
    request, why = a_request(), CorrectionRefusal.SOMEBODYS_OWN_WORDS
    (refused,) = request.refuse(why, text_ref=None, today=TODAY, seen_version=None)
    assert refused == CorrectionRefused(request_id="r", reason=why, refused_on=TODAY)
    with pytest.raises(Conflict):
        request.after(refused).refuse(why, text_ref=None, today=TODAY, seen_version=2)
    with pytest.raises(Stale):
        request.after(refused).refuse(why, text_ref=None, today=TODAY, seen_version=1)
