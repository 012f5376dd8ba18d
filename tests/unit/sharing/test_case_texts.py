"""What the others' events say that a text is narrows who sees it, whatever category it was laid down under."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.case import CaseLeadChanged, HandOver
from schemas.codes import (
    Agency,
    Category,
    CorrectionReason,
    Function,
    MeetingKind,
    MeetingMode,
    Outcome,
    ProtectionLevel,
)
from schemas.correction import ChangedField, RegistrationCorrected
from schemas.event import Event
from schemas.meeting import MeetingCalled
from schemas.minutes import MinutesDrafted, MinutesIssued
from services.sharing.domain.case_file import CaseFile
from services.sharing.domain.gate import Basis, Why, decide
from services.sharing.domain.protection import Protection
from services.sharing.rules import POLICIES
from tests.unit.sharing.builders import (
    GUARDIAN,
    LEAD,
    POLICE,
    TEACHER,
    TODAY,
    a_case,
    a_member,
    a_question,
    an_item,
    knowledge,
)

SECRETARY = "secretary"
AGENCIES = {LEAD: Agency.KOMMUNE_SLT, SECRETARY: Agency.SKOLE_GRUNN}


def a_text(ref: str, author_id: str = LEAD) -> Any:
    return an_item(
        ref=ref, category=Category.CASE_STATUS, from_agency=Agency.FELLES_ANSVAR, author_id=author_id
    )


def answer(case: CaseFile, ref: str, person: str = POLICE, *, author: str = LEAD, **known: Any) -> str | None:
    """The basis on which somebody sees a text about where the case stands, or why not."""
    agency = AGENCIES.get(person, Agency.POLITI_FOREBYGGENDE)
    asked = a_question(person_id=person, agency=agency.value, refs=(ref,))
    (decision,) = decide(asked, knowledge(a_text(ref, author), case=case, **known)).decisions
    assert (decision.outcome is Outcome.PERMIT) is (decision.basis is not None)
    return decision.basis or decision.reason


def after(*events: Event) -> CaseFile:
    secretary = a_member(Agency.SKOLE_GRUNN, function=Function.SECRETARY)
    case = a_case(members={**a_case().members, SECRETARY: secretary})
    for event in events:
        case = case.after(event)
    return case


def drafted(*refs: str) -> MinutesDrafted:
    return MinutesDrafted(meeting_id="meeting", text_refs=refs)


def issued(*refs: str) -> MinutesIssued:
    people: dict[str, Any] = {"present": (LEAD,), "absent": (), "receivers": (POLICE,), "task_ids": ()}
    return MinutesIssued(
        meeting_id="meeting", kind=MeetingKind.FOLLOW_UP, number=1, text_refs=refs, issued_on=TODAY, **people
    )


def test_a_draft_is_its_writers_until_it_is_issued() -> None:
    case = after(drafted("a", "b"))
    assert answer(case, "a") == Why.NOT_ISSUED
    assert answer(case, "a", LEAD, author=SECRETARY) == Basis.CASE_LEAD
    assert answer(case, "a", SECRETARY) == Basis.PARTICIPATION
    assert answer(case, "a", author=POLICE) == Basis.PARTICIPATION
    given = case.after(issued("a", "b"))
    assert [answer(given, ref) for ref in "ab"] == [Basis.PARTICIPATION] * 2


def test_what_was_rewritten_or_not_issued_stays_with_its_writers() -> None:
    case = after(drafted("first", "same"), drafted("second", "same"), issued("third", "same"))
    assert case.texts.laid_aside == ("first", "second")
    assert [answer(case, ref) for ref in ("first", "second")] == [Why.NOT_ISSUED] * 2
    assert [answer(case, ref) for ref in ("third", "same")] == [Basis.PARTICIPATION] * 2


def test_a_word_to_the_next_lead_is_for_whoever_leads() -> None:
    package = HandOver(open_task_ids=(), open_deadline_ids=(), effective_consent_ids=(), note_ref="word")
    handed = CaseLeadChanged(
        from_id="before", to_id=LEAD, to_agency=Agency.KOMMUNE_SLT, changed_on=TODAY, hand_over=package
    )
    case = after(handed)
    assert answer(case, "word", LEAD, author="before") == Basis.CASE_LEAD
    for person in (POLICE, SECRETARY):
        assert answer(case, "word", person, author="before") == Why.FOR_LEAD


def called(place_ref: str) -> MeetingCalled:
    at = datetime(2026, 10, 5, 11, tzinfo=UTC)
    return MeetingCalled(
        meeting_id="meeting",
        kind=MeetingKind.FOLLOW_UP,
        mode=MeetingMode.IN_PERSON,
        starts_at=at,
        ends_at=at,
        zone="Europe/Oslo",
        invited=(POLICE,),
        place_ref=place_ref,
    )


def test_where_a_meeting_is_is_an_address_though_it_was_laid_down_before_the_protection() -> None:
    case = after(called("place"))
    assert answer(case, "place") == Basis.PARTICIPATION
    kept = Protection(case_id="case", level=ProtectionLevel.CODE_7)
    assert answer(case, "place", protection=kept) == Why.PROTECTED
    cleared = Protection(case_id="case", level=ProtectionLevel.CODE_7, cleared=(POLICE,))
    assert answer(case, "place", protection=cleared) == Basis.PARTICIPATION


def test_so_is_the_place_that_was_corrected_away() -> None:
    change = ChangedField(field="place_ref", was="wrong", now="right")
    corrected = RegistrationCorrected(
        corrected_id="e",
        corrected_type=MeetingCalled.type,
        changes=(change,),
        reason=CorrectionReason.WRITTEN_WRONGLY,
    )
    case = after(called("right"), corrected)
    kept = Protection(case_id="case", level=ProtectionLevel.CODE_7)
    assert {answer(case, ref, protection=kept) for ref in ("right", "wrong")} == {Why.PROTECTED}


@pytest.mark.parametrize("person", [POLICE, TEACHER, GUARDIAN])
def test_under_the_policy_before_that_a_text_was_what_its_category_said(person: str) -> None:
    member = a_member(Agency.POLITI_FOREBYGGENDE)
    case = a_case(members={person: member}).after(drafted("a"))
    assert answer(case, "a", person, policy=POLICIES["2026.2"]) == Basis.PARTICIPATION
    assert answer(case, "a", person) == Why.NOT_ISSUED
