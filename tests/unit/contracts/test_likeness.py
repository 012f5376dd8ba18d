"""Is it the same youth? What is asked before a case is opened, and what is recorded of the answer."""

from __future__ import annotations

import pytest

from backbone.refusal import Conflict
from schemas.recognition import YouthCompared
from services.contracts.domain.likeness import UNASKED, Alike, Likeness

LIKELY = Alike(certain=("a",), likely=("b", "c"))


def test_everyone_is_both_the_certain_and_the_likely() -> None:
    assert LIKELY.everyone == ("a", "b", "c")
    assert UNASKED.alike.everyone == ()


def test_nothing_is_asked_where_no_case_may_be_known_of() -> None:
    assert Likeness(LIKELY).compared(set()) == []


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_is_recorded_with_the_cases_it_was_about(same: bool) -> None:
    asked = Likeness(LIKELY, same, ("case-2", "case-1"))
    assert asked.compared({"case-2", "case-1"}) == [
        YouthCompared(with_case_ids=("case-1", "case-2"), same=same)
    ]


@pytest.mark.parametrize(
    "answer",
    [
        Likeness(LIKELY),
        Likeness(LIKELY, None, ("case-1",)),
        Likeness(LIKELY, False, ("case-2",)),
    ],
)
def test_a_missing_answer_and_one_about_another_case_are_refused(answer: Likeness) -> None:
    with pytest.raises(Conflict) as refused:
        answer.compared({"case-1"})
    assert (refused.value.rule, refused.value.field) == ("SAME_YOUTH_UNANSWERED", "same_youth")
