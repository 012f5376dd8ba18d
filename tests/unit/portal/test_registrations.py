"""What a registration in the history can be shown as and asked for: marks, fields, values."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from starlette.datastructures import FormData

from schemas.codes import Agency, DeviationKind, MeetingKind
from schemas.correctable import CORRECTABLE
from schemas.deviation import DeviationReported
from schemas.event import NEWEST, Envelope, Event, Fact, decode, seal
from schemas.example import example_of
from schemas.meeting import MeetingHeld
from services.portal.correction_fields import asked_of, proposed, right_values
from services.portal.forms import Form
from services.portal.registrations import back_dated, has_way
from services.portal.texts import LANGUAGES, Texts

NB = Texts("nb")
REPORTED = DeviationReported(
    deviation_id="d",
    contract_id="c",
    kind=DeviationKind.LATE,
    severity=2,
    happened_on=date(2026, 11, 2),
    reporter_id="p",
    reporter_agency=Agency.SKOLE_GRUNN,
)
HELD = MeetingHeld(
    meeting_id="m", kind=MeetingKind.NETWORK, held_on=date(2026, 11, 2), present=("a", "b"), absent=("c",)
)
PEOPLE = {"a": "Anne", "b": "Bo", "c": "Cato", "d": "Dina"}


def a_fact(event: Event, recorded_at: datetime) -> Fact:
    envelope = Envelope(
        specversion="1.0",
        id="1",
        source="contracts",
        type=event.type,
        version=1,
        time=recorded_at,
        case_id="case",
        datacontenttype="application/json",
        dataschema="x",
        sequence=1,
        actor="p",
        data=seal(event),
    )
    return Fact(envelope, event)


def a_form(event: Event, **typed: str | list[str]) -> Form:
    """The form as it is opened, with some of it typed over."""
    asked = asked_of(NB, event, CORRECTABLE[type(event)].fields, people=PEOPLE, own=True)
    kept = [pair for pair in proposed(event, asked) if pair[0] not in typed]
    new = [
        (name, one) for name, told in typed.items() for one in (told if isinstance(told, list) else [told])
    ]
    return Form(NB, FormData([*kept, *new]))


def right(event: Event, **typed: str | list[str]) -> dict[str, object]:
    asked = asked_of(NB, event, CORRECTABLE[type(event)].fields, people=PEOPLE, own=True)
    form = a_form(event, **typed)
    values = right_values(form, event, asked)
    assert form.ok, form.problems
    return values


def test_a_form_sent_as_it_was_opened_changes_nothing() -> None:
    assert right(REPORTED) == {}
    assert right(HELD) == {}


def test_only_what_was_changed_is_sent() -> None:
    assert right(REPORTED, severity="4", happened_on="2026-11-01") == {
        "severity": 4,
        "happened_on": "2026-11-01",
    }


def test_whoever_is_not_ticked_as_present_was_absent() -> None:
    assert right(HELD, present=["a"]) == {"present": ["a"], "absent": ["b", "c"]}


def test_what_is_no_answer_is_said_beside_its_field() -> None:
    asked = asked_of(NB, REPORTED, CORRECTABLE[DeviationReported].fields, people={}, own=True)
    form = a_form(REPORTED, severity="9", happened_on="i går")
    right_values(form, REPORTED, asked)
    assert {problem.field for problem in form.problems} == {"severity", "happened_on"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", [e for e in NEWEST.values() if CORRECTABLE[e].fields], ids=lambda e: e.type)
def test_every_field_that_can_be_corrected_can_be_asked(event: type[Event], language: str) -> None:
    said = decode(example_of(event)).event
    fields = CORRECTABLE[event].fields
    asked = asked_of(Texts(language), said, fields, people=PEOPLE, own=True)
    assert {one.name for one in asked} >= set(fields) - {"absent"}
    assert all(one.label for one in asked)


@pytest.mark.parametrize(
    ("recorded_at", "day"),
    [
        (datetime(2026, 11, 2, 9, tzinfo=UTC), None),
        (datetime(2026, 11, 3, 9, tzinfo=UTC), None),
        (datetime(2026, 11, 4, 9, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_what_was_recorded_more_than_a_working_day_later_is_marked(
    recorded_at: datetime, day: date | None
) -> None:
    assert back_dated(a_fact(REPORTED, recorded_at)) == day


def test_a_weekend_in_between_is_no_delay() -> None:
    friday = DeviationReported(**{name: getattr(REPORTED, name) for name in REPORTED.__struct_fields__} | {
        "happened_on": date(2026, 11, 6)
    })  # fmt: skip
    assert back_dated(a_fact(friday, datetime(2026, 11, 9, 9, tzinfo=UTC))) is None


def test_lines_that_only_tell_what_the_system_did_have_no_way_to_be_put_right() -> None:
    assert not has_way("deadline.met", {})
    assert not has_way("opening.decided", {"refs": ["x"]})
    assert has_way("deviation.reported", {})
    assert has_way("information.recorded", {"ref": "x"})
