"""What can be corrected and struck, by whom, and what is said when it cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from backbone.correction_sentences import INSTEAD
from backbone.corrections import (
    Registration,
    refuse_out_of_range,
    refuse_untouchable,
    registration_in,
    right_event,
    strike,
)
from backbone.refusal import LANGUAGES, Refused
from schemas.codes import Agency, DeviationKind, VoidReason
from schemas.correctable import Instead
from schemas.correction import Mark, Resolved
from schemas.deadline import DeadlineMet
from schemas.deviation import DeviationAssessed, DeviationReported, DeviationResolved
from schemas.event import Envelope, Event, Fact, seal

TODAY = date(2026, 11, 22)
REPORTED = DeviationReported(
    deviation_id="d",
    contract_id="c",
    kind=DeviationKind.LATE,
    severity=2,
    happened_on=date(2026, 11, 2),
    reporter_id="teacher",
    reporter_agency=Agency.SKOLE_GRUNN,
)
ASSESSED = DeviationAssessed(deviation_id="d", severity=3, assessor_id="lead", assessed_on=TODAY)
RESOLVED = DeviationResolved(deviation_id="d", resolved_on=TODAY)
OTHER = DeviationResolved(deviation_id="other", resolved_on=TODAY)


def history(*events: Event, voided: tuple[int, ...] = ()) -> list[Resolved]:
    return [
        Resolved(Fact(envelope(str(n), event), event), Mark.VOIDED if n in voided else None)
        for n, event in enumerate(events)
    ]


def envelope(event_id: str, event: Event) -> Envelope:
    return Envelope(
        specversion="1.0",
        id=event_id,
        source="contracts",
        type=event.type,
        version=1,
        time=datetime(2026, 11, 3, 8, tzinfo=UTC),
        case_id="case",
        datacontenttype="application/json",
        dataschema="x",
        sequence=1,
        actor="teacher",
        data=seal(event),
    )


def registration(*events: Event, which: int = 0, voided: tuple[int, ...] = ()) -> Registration:
    return registration_in(history(*events, voided=voided), str(which))


def refusal(decide: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        decide()
    assert all(caught.value.sentence.within(language) for language in LANGUAGES)
    return caught.value


def test_what_is_not_there_is_not_found() -> None:
    assert refusal(lambda: registration(REPORTED, which=7)).rule == "NOT_REGISTERED"


@pytest.mark.parametrize(("actor", "leads"), [("teacher", False), ("lead", True)])
def test_the_one_who_registered_it_and_the_lead_may(actor: str, leads: bool) -> None:
    refuse_untouchable(registration(REPORTED), actor_id=actor, leads=leads)


def test_another_member_may_not() -> None:
    said = refusal(lambda: refuse_untouchable(registration(REPORTED), actor_id="police", leads=False))
    assert (said.rule, said.status) == ("ONLY_AUTHOR_OR_LEAD", 403)


def test_what_is_struck_is_not_touched_again() -> None:
    struck = registration(REPORTED, voided=(0,))
    said = refusal(lambda: refuse_untouchable(struck, actor_id="teacher", leads=True))
    assert (said.rule, said.status) == ("ALREADY_STRUCK", 409)


def test_right_values_make_the_right_event() -> None:
    right = right_event(
        registration(REPORTED), {"severity": 4, "happened_on": "2026-11-01", "kind": "CURFEW"}, today=TODAY
    )
    assert isinstance(right, DeviationReported)
    assert (right.severity, right.happened_on, right.kind) == (4, date(2026, 11, 1), DeviationKind.CURFEW)


@pytest.mark.parametrize(
    ("fields", "rule", "field"),
    [
        ({"reporter_id": "x"}, "NOT_CORRECTED", "reporter_id"),
        ({"nosuch": 1}, "NOT_CORRECTED", "nosuch"),
        ({"kind": "NOSUCH"}, "DOES_NOT_FIT", "kind"),
        ({"severity": "high"}, "DOES_NOT_FIT", "severity"),
        ({"happened_on": "2026-11-23"}, "IN_THE_FUTURE", "happened_on"),
        ({"severity": 2}, "NOTHING_CHANGED", None),
        ({}, "NOTHING_CHANGED", None),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(
    fields: dict[str, Any], rule: str, field: str | None
) -> None:
    said = refusal(lambda: right_event(registration(REPORTED), fields, today=TODAY))
    assert (said.rule, said.field) == (rule, field)


def test_a_number_out_of_range_is_refused() -> None:
    said = refusal(lambda: refuse_out_of_range(ASSESSED, "severity", least=1, most=2))
    assert said.field == "severity"
    refuse_out_of_range(OTHER, "severity", least=1, most=2)


def test_a_deviation_is_struck_with_everything_about_it() -> None:
    found = registration(REPORTED, ASSESSED, OTHER, RESOLVED)
    assert strike(found, VoidReason.WRONG_CASE).with_ids == ("1", "3")


def test_a_later_step_is_struck_alone_and_only_as_the_last_one() -> None:
    said = refusal(
        lambda: strike(registration(REPORTED, ASSESSED, RESOLVED, which=1), VoidReason.DID_NOT_HAPPEN)
    )
    assert (said.rule, said.status) == ("LATER_ONES_FIRST", 409)
    again = registration(REPORTED, ASSESSED, RESOLVED, which=1, voided=(2,))
    assert strike(again, VoidReason.DID_NOT_HAPPEN).with_ids == ()


def test_what_the_system_said_is_neither_corrected_nor_struck_and_the_way_is_named() -> None:
    met = registration(DeadlineMet(deadline_id="d", kind="D-14", met_by="1", late=False))
    said = refusal(lambda: strike(met, VoidReason.REGISTERED_BY_MISTAKE))
    assert said.rule == "NOT_STRUCK"
    assert "Systemet førte den" in said.sentence.nb
    assert "Systemet førte ho" in said.sentence.nn
    assert refusal(lambda: right_event(met, {"late": True}, today=TODAY)).rule == "NOT_CORRECTED"


def test_every_way_that_is_open_instead_is_told() -> None:
    assert set(INSTEAD) == set(Instead)
