"""The page of notices: what is new stands open, and what was read long ago is folded up."""

from __future__ import annotations

from typing import Any

from services.portal.cohort_words import OF_A_COHORT
from services.portal.pages.inbox import BEFORE_SECRECY
from services.portal.rendering import environment


def shown(*notices: dict[str, Any], undeclared: frozenset[str] = frozenset()) -> str:
    template = environment("nb").get_template("inbox.html")
    nobody: frozenset[str] = frozenset()
    values: dict[str, Any] = {"notices": notices, "refusal": None, "names": {}}
    values |= {"undeclared": undeclared, "before_secrecy": BEFORE_SECRECY, "of_a_forum": nobody}
    values |= {"of_a_cohort": OF_A_COHORT}
    return "".join(template.blocks["content"](template.new_context(values)))


def a_notice(number: int, *, read: bool) -> dict[str, Any]:
    return {
        "notice_id": f"notice-{number}",
        "case_id": f"case-{number}",
        "kind": "MEETING_CALLED",
        "at": "2026-11-20T10:00:00+00:00",
        "read": read,
    }


def test_old_notices_that_were_read_are_folded_up_and_unread_ones_never() -> None:
    open_part, folded = shown(*[a_notice(n, read=n != 30) for n in range(40)]).split("<details")
    assert 'value="case-14"' in open_part
    assert 'value="case-30"' in open_part, "an unread notice stands open however old it is"
    assert 'value="case-15"' in folded
    assert "24 eldre varsler som er lest" in folded


def test_before_secrecy_is_declared_a_member_is_told_of_the_meeting_and_of_nothing_that_happened() -> None:
    called, deviation = a_notice(1, read=False), {**a_notice(1, read=False), "kind": "DEVIATION_REPORTED"}
    page = shown(called, deviation, undeclared=frozenset({"case-1"}))
    assert "Du er invitert til møte" in page
    assert "Det er meldt et avvik" not in page
    assert "Bekreft taushetsplikten for å se hva varselet gjelder" in page


def test_a_notice_of_a_cohort_leads_to_the_cohort_and_names_no_case() -> None:
    notice = {**a_notice(1, read=False), "kind": "DEADLINE_REMINDED", "deadline_kind": "D-33"}
    page = shown(notice)
    assert 'name="cohort_id" value="case-1"' in page
    assert "Måle tilbakefall etter tre år" in page
    assert "Sak " not in page
    assert "Gå til saken" not in page


def test_a_short_list_has_nothing_folded_and_an_empty_one_says_so() -> None:
    assert "<details" not in shown(*[a_notice(n, read=True) for n in range(15)])
    assert "Ingen varsler" in shown()
