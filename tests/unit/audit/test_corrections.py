"""What was put right, a line for each field, before and after."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.codes import CorrectionReason, RedactionReason, VoidReason
from schemas.correction import (
    ChangedField,
    RedactedContentDestroyed,
    RegistrationCorrected,
    RegistrationRedacted,
    RegistrationVoided,
)
from schemas.event import Event
from services.audit.domain.corrections import How, Line, lines

AT = datetime(2026, 9, 2, tzinfo=UTC)
REASON = next(iter(CorrectionReason))


def told(event: Event, **before: dict[str, Any]) -> list[Line]:
    return list(lines(event, at=AT, case_id="case", actor="p", before=before))


def test_a_correction_is_a_line_for_each_field() -> None:
    changes = (ChangedField(field="a", was=1, now=2), ChangedField(field="b", was=("x",), now=()))
    event = RegistrationCorrected(corrected_id="e", corrected_type="t", changes=changes, reason=REASON)
    first, second = told(event)
    assert (first.how, first.field, first.before, first.after, first.reason) == (
        How.CORRECTED,
        "a",
        1,
        2,
        REASON,
    )
    assert (second.field, second.before, second.after) == ("b", ("x",), ())


def test_what_was_struck_is_shown_as_it_was_with_all_that_fell_with_it() -> None:
    event = RegistrationVoided(
        voided_id="e", voided_type="t", reason=next(iter(VoidReason)), with_ids=("f", "gone")
    )
    first, second, third = told(event, e={"type": "t", "x": 1}, f={"type": "u", "y": 2})
    assert (first.about, first.type, first.before, first.after) == ("e", "t", {"x": 1}, None)
    assert (second.about, second.type, second.before) == ("f", "u", {"y": 2})
    assert (third.about, third.type, third.before) == ("gone", None, None)


def test_a_text_that_was_closed_and_one_that_was_destroyed() -> None:
    (closed,) = told(RegistrationRedacted(ref="r", reason=next(iter(RedactionReason)), decided_by="p"))
    (gone,) = told(RedactedContentDestroyed(ref="r", proposed_by="p", approved_by="q"))
    assert (closed.how, closed.about) == (How.REDACTED, "r")
    assert (gone.how, gone.before, gone.after) == (How.DESTROYED, "REDACTED", "DESTROYED")
