"""Every event says what can be put right about it, and a correction counts as it should."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from schemas import catalogue
from schemas.codes import Agency, CorrectionReason, DeviationKind, VoidReason
from schemas.correctable import CORRECTABLE, Instead, Strike, can
from schemas.correction import (
    Mark,
    RegistrationCorrected,
    RegistrationVoided,
    changes_between,
    corrected,
    resolved,
    with_values,
)
from schemas.deviation import DeviationReported, DeviationResolved
from schemas.event import NEWEST, Envelope, Event, Fact, seal
from services.portal.correction_words import FIELDS

REPORTED = DeviationReported(
    deviation_id="d",
    contract_id="c",
    kind=DeviationKind.LATE,
    severity=2,
    happened_on=date(2026, 11, 2),
    reporter_id="p",
    reporter_agency=Agency.SKOLE_GRUNN,
)


def a_fact(event_id: str, event: Event) -> Fact:
    envelope = Envelope(
        specversion="1.0",
        id=event_id,
        source="contracts",
        type=event.type,
        version=event.version,
        time=datetime(2026, 11, 3, 8, tzinfo=UTC),
        case_id="case",
        datacontenttype="application/json",
        dataschema="x",
        sequence=1,
        actor="p",
        data=seal(event),
    )
    return Fact(envelope, event)


def a_correction(*right: Event, of: str = "1") -> RegistrationCorrected:
    return RegistrationCorrected(
        corrected_id=of,
        corrected_type="deviation.reported",
        changes=changes_between(*right),
        reason=CorrectionReason.WRITTEN_WRONGLY,
    )


def test_every_event_says_what_can_be_put_right_about_it() -> None:
    assert catalogue.__all__
    missing = sorted(event.type for event in set(NEWEST.values()) - set(CORRECTABLE))
    assert missing == [], "add one line for each to schemas/correctable.py"


@pytest.mark.parametrize("event", CORRECTABLE, ids=lambda event: event.__name__)
def test_what_can_be_put_right_is_there_and_has_a_word(event: type[Event]) -> None:
    rule = CORRECTABLE[event]
    names = {field.name for field in msgspec.structs.fields(event)}
    assert set(rule.fields) <= names
    assert rule.about is None or rule.about in names
    assert set(rule.fields) <= set(FIELDS)


def test_a_line_that_does_not_say_what_else_to_do_is_not_taken() -> None:
    with pytest.raises(TypeError):
        can("severity")
    with pytest.raises(TypeError):
        can("severity", strike=Strike.WHOLE)
    with pytest.raises(TypeError):
        can("severity", strike=Strike.ALONE, instead=Instead.END)


def test_changes_between_two_events_make_the_second_of_the_first() -> None:
    right = with_values(REPORTED, {"severity": 4, "happened_on": "2026-11-01"})
    changes = changes_between(REPORTED, right)
    assert [(change.field, change.was, change.now) for change in changes] == [
        ("severity", 2, 4),
        ("happened_on", "2026-11-02", "2026-11-01"),
    ]
    assert corrected(REPORTED, changes) == right


@pytest.mark.parametrize("wrong", [{"severity": "grave"}, {"kind": "NOSUCH"}, {"happened_on": "soon"}])
def test_a_value_that_does_not_fit_is_not_taken(wrong: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        with_values(REPORTED, wrong)


def test_a_correction_counts_from_the_first_fact_on_and_the_last_one_wins() -> None:
    second, third = (with_values(REPORTED, {"severity": level}) for level in (3, 4))
    facts = [
        a_fact("1", REPORTED),
        a_fact("2", a_correction(REPORTED, second)),
        a_fact("3", a_correction(second, third)),
    ]
    first = next(resolved(facts))
    assert (first.fact.event, first.mark) == (third, Mark.CORRECTED)
    assert facts[0].event == REPORTED, "what was said first stands on the log"


def test_what_is_struck_is_marked_with_all_that_falls_with_it() -> None:
    voided = RegistrationVoided(
        voided_id="1",
        voided_type="deviation.reported",
        reason=VoidReason.WRONG_CASE,
        with_ids=("2",),
    )
    facts = [
        a_fact("1", REPORTED),
        a_fact("2", DeviationResolved(deviation_id="d", resolved_on=date(2026, 11, 3))),
        a_fact("3", voided),
    ]
    assert [one.mark for one in resolved(facts)] == [Mark.VOIDED, Mark.VOIDED, None]
