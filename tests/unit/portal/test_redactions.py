"""Redacted texts in the view of a case: which may be destroyed, by whom, and what is left of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from schemas.codes import RedactionReason
from schemas.correction import RedactedContentDestroyed, RegistrationRedacted
from schemas.event import Event, Fact, decode
from schemas.example import example_of
from services.portal.case_forms import BY_SLUG
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after
from services.portal.domain.sections.redactions import Redactions
from services.portal.form_fields import Situation
from services.portal.sessions import Visitor
from tests.unit.portal.test_case_forms import LEADER, a_situation, a_view


def told(view: CaseView, event_type: type[Event], **fields: Any) -> CaseView:
    """The view after an event like the example, recorded at noon of a day."""
    fact = decode(example_of(event_type))
    noon = datetime(2026, 9, 2, 12, tzinfo=UTC)
    return after(view, Fact(replace(fact.envelope, time=noon), replace(fact.event, **fields)))


def redacted(
    ref: str, reason: RedactionReason, *, by: str = "lead", before: CaseView | None = None
) -> CaseView:
    return told(before or a_view(), RegistrationRedacted, ref=ref, reason=reason, decided_by=by)


def offered(view: CaseView, visitor: Visitor = LEADER) -> list[str]:
    usual = a_situation(visitor)
    situation = Situation(view=view, visitor=visitor, people={}, t=usual.t, now=usual.now)
    return [target.id for target in BY_SLUG["slett-sladdet-tekst"].targets_now(situation)]


def test_what_should_never_have_lain_there_may_be_destroyed_and_the_rest_follows_the_case() -> None:
    view = redacted("wrong", RedactionReason.WRONG_CASE)
    view = redacted("kept", RedactionReason.MORE_THAN_NEEDED, before=view)
    assert offered(view) == ["wrong"]


def test_whoever_redacted_a_text_does_not_destroy_it() -> None:
    assert offered(redacted("wrong", RedactionReason.WRONG_CASE, by="leader")) == []


def test_it_is_offered_also_when_the_case_is_closed() -> None:
    view = redacted("wrong", RedactionReason.NO_RIGHT_TO_HAVE_IT)
    assert offered(replace(view, closed_on=date(2026, 9, 3))) == ["wrong"]


def test_of_what_was_destroyed_stands_who_and_when_and_nothing_is_offered() -> None:
    view = redacted("wrong", RedactionReason.ABOUT_SOMEBODY_ELSE)
    view = told(view, RedactedContentDestroyed, ref="wrong", proposed_by="lead", approved_by="leader")
    one = view.section(Redactions).texts["wrong"]
    assert (one.by, one.destroyed_by, one.destroyed_on) == ("lead", "leader", date(2026, 9, 2))
    assert not one.may_be_destroyed
    assert offered(view) == []
