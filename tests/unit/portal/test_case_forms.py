"""The declared forms: each fits the command it becomes, is found by those it is for, and reads what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import EnumMeta
from importlib import import_module
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.datastructures import FormData

from schemas.codes import (
    Agency,
    Category,
    DeviationKind,
    Function,
    LadderStep,
    LeavingReason,
    PauseReason,
    Programme,
    Role,
    SkipReason,
)
from services.portal.case_forms import BY_SLUG, FORMS
from services.portal.command_form import Area, CommandForm, Who, offers, permitted
from services.portal.domain.case_view import CaseView, Deviation, DeviationState, Member
from services.portal.form_fields import (
    Choice,
    Code,
    Confirm,
    Day,
    DayTime,
    Field,
    NewTexts,
    Number,
    Reading,
    Record,
    Row,
    Rows,
    Several,
    Situation,
    Text,
    YesNo,
    blank_rows,
)
from services.portal.forms import Form
from services.portal.notes import NOTES
from services.portal.sessions import Visitor
from services.portal.texts import Texts

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LEAD = Visitor("lead", Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), ("1804",), "session")
TEACHER = Visitor("teacher", Agency.SKOLE_GRUNN, frozenset({Role.AGENCY_MEMBER}), ("1804",), "session")
LEADER = Visitor("leader", Agency.KOMMUNE_SLT, frozenset({Role.UNIT_LEADER}), ("1804",), "session")
OUTSIDER = Visitor("other", Agency.KOMMUNE_SLT, frozenset({Role.COORDINATOR}), ("1804",), "session")


def a_member(person_id: str, function: Function) -> Member:
    return Member(
        person_id=person_id, agency=Agency.SKOLE_GRUNN, function=function, joined_on=date(2026, 8, 1)
    )


def a_deviation(**changes: Any) -> Deviation:
    usual: dict[str, Any] = {
        "deviation_id": "dev-1",
        "kind": DeviationKind.LATE,
        "severity": 2,
        "happened_on": date(2026, 8, 20),
        "reporter_id": "teacher",
        "reporter_agency": Agency.SKOLE_GRUNN,
        "reported_at": NOON,
    }
    return Deviation(**{**usual, **changes})


def a_view(**changes: Any) -> CaseView:
    usual: dict[str, Any] = {
        "case_id": "case-1",
        "programme": Programme.FA_YOUTH_CONTRACT,
        "municipality_no": "1804",
        "owner_agency": Agency.KOMMUNE_SLT,
        "lead_id": "lead",
        "youth_id": "youth",
        "members": (a_member("teacher", Function.SUPPORT_OWNER),),
    }
    return CaseView(**{**usual, **changes})


def a_situation(visitor: Visitor = LEAD, **changes: Any) -> Situation:
    return Situation(view=a_view(**changes), visitor=visitor, people={}, t=Texts("nb"), now=NOON)


def read(field: Field, *pairs: tuple[str, str], situation: Situation | None = None) -> tuple[Any, Reading]:
    """What a field makes of what was filled in."""
    form = Form(Texts("nb"), FormData([("key", "the-key"), *pairs]))
    reading = Reading(form, situation or a_situation())
    return field.read(reading, field.name), reading


# every declared form against the service that gets its command


def described(service: str) -> dict[str, Any]:
    """The OpenAPI document of a service, as it describes itself."""
    module = import_module(f"services.{service}.app")
    app = FastAPI()
    for router in getattr(module, "ROUTERS", None) or module.ROUTERS:
        app.include_router(router)
    return app.openapi()


def without_names(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def body_of(document: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The schema of what is posted to a path, None when there is no such path."""
    found = {without_names(name): methods.get("post") for name, methods in document["paths"].items()}
    operation = found.get(without_names(path))
    if operation is None:
        return None
    if "requestBody" not in operation:
        return {"properties": {}}
    return resolved(document, operation["requestBody"]["content"]["application/json"]["schema"])


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without references and without `or null` on its outside."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return resolved(document, document["components"]["schemas"][name])
    for key in ("anyOf", "oneOf"):
        kinds = [one for one in schema.get(key, []) if one.get("type") != "null"]
        if len(kinds) == 1:
            return resolved(document, kinds[0])
    return schema


def mismatches(document: dict[str, Any], schema: dict[str, Any], fields: tuple[Field, ...]) -> Iterator[str]:
    """Where declared fields and a schema do not say the same."""
    for field in fields:
        if isinstance(field, Confirm):
            continue
        if field.body_name not in schema["properties"]:
            yield f"{field.body_name} is unknown"
            continue
        own = resolved(document, schema["properties"][field.body_name])
        if isinstance(field, Choice) and isinstance(field.codes, EnumMeta) and "enum" in own:
            offered = {value for value, _ in field.options(a_situation())}
            yield from (f"{field.name}={value}" for value in offered - set(own["enum"]))
        if isinstance(field, Rows):
            inner = resolved(document, own["items"])
            yield from (f"{field.name}.{what}" for what in mismatches(document, inner, field.fields))
            yield from (
                f"{field.name}.{one} is unknown" for one in field.ids if one not in inner["properties"]
            )
        if isinstance(field, Rows | Several | NewTexts) != (own.get("type") == "array"):
            yield f"{field.name} is a list on one side only"


def lacks(form: CommandForm, schema: dict[str, Any]) -> set[str]:
    """What the command needs and the form does not give."""
    given = {field.body_name for field in form.fields} | set(form.fixed) | set(form.ids)
    return set(schema.get("required", [])) - given


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
def test_a_form_fits_the_command_that_it_becomes(form: CommandForm) -> None:
    document = described(form.service)
    schema = body_of(document, form.path)
    assert schema is not None, f"{form.service} has no {form.path}"
    assert list(mismatches(document, schema, form.fields)) == []
    assert lacks(form, schema) == set()
    assert {*form.fixed, *form.ids} <= set(schema["properties"])
    if form.version is not None:
        assert "seen_version" in schema["properties"]


def test_a_form_that_does_not_fit_is_found() -> None:
    document = described("contracts")
    form = replace(
        BY_SLUG["hopp-over-trinn"],
        fields=(
            Choice("step", "Trinn", SkipReason),
            Text("words", "Ord"),
            Choice("reason", "Grunn", SkipReason),
        ),
    )
    schema = body_of(document, form.path) or {}
    found = set(mismatches(document, schema, form.fields))
    assert "words is unknown" in found
    assert any(one.startswith("step=") for one in found)
    assert lacks(replace(form, fields=()), schema) == {"step", "reason"}
    assert body_of(document, "/deviations/{target}/painted") is None


def test_forms_have_addresses_of_their_own_and_notes_that_nothing_else_uses() -> None:
    slugs = [form.slug for form in FORMS]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug) for slug in slugs)
    assert not set(slugs) & set(NOTES)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
def test_a_form_with_targets_names_the_target_in_its_path_or_body(form: CommandForm) -> None:
    if form.targets is None:
        assert "{target}" not in form.path
    else:
        told = "{target}" in form.path or any(callable(value) for value in form.fixed.values())
        assert told, "the command would not know what it is about"


# who is offered what


def test_who_may() -> None:
    deputy = (a_member("other", Function.DEPUTY),)
    assert permitted(Who.LEAD, a_situation(LEAD))
    assert not permitted(Who.LEAD, a_situation(OUTSIDER))
    assert permitted(Who.LEAD, a_situation(OUTSIDER, members=deputy))
    assert not permitted(Who.LEAD, a_situation(TEACHER))
    assert permitted(Who.MEMBER, a_situation(TEACHER))
    assert not permitted(Who.MEMBER, a_situation(OUTSIDER))
    assert permitted(Who.LEADER, a_situation(LEADER))
    assert not permitted(Who.LEADER, a_situation(LEADER, owner_agency=Agency.BARNEVERN))
    assert permitted(Who.UNIT_LEADER, a_situation(LEADER))
    assert not permitted(Who.UNIT_LEADER, a_situation(LEADER, lead_id="leader")), "two persons, not one twice"
    assert not permitted(Who.UNIT_LEADER, a_situation(LEAD))
    assert not permitted(Who.UNIT_LEADER, a_situation(LEADER, municipality_no="1841"))
    assert permitted(Who.COORDINATOR, a_situation(LEAD))
    assert not permitted(Who.COORDINATOR, a_situation(OUTSIDER)), (
        "a coordinator elsewhere in the agency is in no group"
    )
    assert permitted(Who.COORDINATOR, a_situation(OUTSIDER, members=(a_member("other", Function.ADVISER),)))
    assert not permitted(Who.COORDINATOR, a_situation(TEACHER))
    secretary = (a_member("teacher", Function.SECRETARY),)
    assert permitted(Who.LEADING, a_situation(TEACHER, members=secretary))
    assert not permitted(Who.LEAD, a_situation(TEACHER, members=secretary))
    assert not permitted(Who.LEADING, a_situation(TEACHER))


def test_a_member_goes_out_for_what_is_true_of_members_only() -> None:
    form = BY_SLUG["ut-av-gruppen"]
    situation = a_situation(
        members=(a_member("teacher", Function.SUPPORT_OWNER), a_member("lead", Function.LEAD))
    )
    assert [target.id for target in form.targets_now(situation)] == ["teacher"], (
        "the lead hands the case over"
    )
    (why,) = form.fields
    assert isinstance(why, Choice)
    offered = {value for value, _ in why.options(situation)}
    assert offered == set(LeavingReason) - {LeavingReason.NO_LONGER_GUARDIAN}


def test_what_is_offered_follows_what_has_happened() -> None:
    def offered(**changes: Any) -> set[str]:
        situation = a_situation(deviations=(a_deviation(**changes),))
        return {form.slug for form in FORMS if form.area is Area.DEVIATIONS and form.offered_now(situation)}

    assert offered() == {"ungdommens-forklaring", "vurder-avvik", "ikke-et-avvik"}
    judged = {"state": DeviationState.ASSESSED}
    assert offered(**judged) == {"ungdommens-forklaring"}
    assert offered(**judged, account=True) == {"ta-et-trinn", "hopp-over-trinn", "avvik-fulgt-opp"}
    assert offered(state=DeviationState.RESOLVED, account=True) == set()


def test_nothing_is_offered_in_a_closed_case_or_to_those_it_is_not_for() -> None:
    deviations = (a_deviation(),)
    of_deviations = [form for form in FORMS if form.area is Area.DEVIATIONS]
    assert offers(of_deviations, a_situation(deviations=deviations))
    assert offers(of_deviations, a_situation(deviations=deviations, closed_on=date(2026, 8, 30))) == []
    assert offers(of_deviations, a_situation(TEACHER, deviations=deviations)) == []


def test_each_open_thing_is_offered_by_itself() -> None:
    two = (a_deviation(), a_deviation(deviation_id="dev-2", kind=DeviationKind.CURFEW))
    (area,) = offers([BY_SLUG["vurder-avvik"]], a_situation(deviations=two))
    assert [offer.address for offer in area.offers] == [
        "/saker/case-1/gjor/vurder-avvik/dev-2",
        "/saker/case-1/gjor/vurder-avvik/dev-1",
    ]
    assert "Holdt ikke innetiden" in str(area.offers[0].about)


def test_the_ladder_proposes_the_first_step_that_is_neither_taken_nor_skipped() -> None:
    steps = (LadderStep.F1_TALK_WITH_CONTACT,)
    skipped = (LadderStep.F2_COORDINATOR_TALK,)
    judged = a_deviation(state=DeviationState.ASSESSED, account=True, steps=steps, skipped=skipped)
    situation = replace(a_situation(deviations=(judged,)), target="dev-1")
    (field,) = BY_SLUG["ta-et-trinn"].fields
    assert field.proposes(situation, "step") == [("step", "F3_ADJUST_OR_SUPPORT")]
    assert isinstance(field, Choice)
    assert [value for value, _ in field.options(situation)][:2] == [
        "F3_ADJUST_OR_SUPPORT",
        "F4_EXTRA_MEETING",
    ]


# what the kinds of field make of what was filled in


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (Choice("reason", "Grunn", PauseReason), "AWAY", "AWAY"),
        (Choice("reason", "Grunn", PauseReason), "SULKING", None),
        (Day("on", "Dag"), "2026-09-03", "2026-09-03"),
        (Day("on", "Dag"), "3. september", None),
        (Number("days", "Dager", least=1, most=30), "30", 30),
        (Number("days", "Dager", least=1, most=30), "31", None),
        (Number("days", "Dager", least=1, most=30), "-1", None),
        (YesNo("told", "Fortalt"), "nei", False),
        (YesNo("told", "Fortalt"), "kanskje", None),
        (Code("number", "Nummer", pattern=r"[0-9]{4}"), "1804", "1804"),
        (Code("number", "Nummer", pattern=r"[0-9]{4}"), "Kari", None),
    ],
)
def test_a_field_takes_what_it_can_and_says_what_is_wrong_with_the_rest(
    field: Field, typed: str, value: Any
) -> None:
    got, reading = read(field, (field.name, typed))
    assert got == value
    assert [problem.field for problem in reading.form.problems] == ([] if value is not None else [field.name])


@pytest.mark.parametrize(
    "field",
    [
        Choice("it", "Det", PauseReason),
        Day("it", "Det"),
        DayTime("it", "Det"),
        Number("it", "Det"),
        Text("it", "Det"),
        Record("it", "Det", parts={"a": "A"}),
        Confirm("it", "Det"),
        Rows("it", "Det", (Day("on", "Dag"),), blank_rows(2)),
    ],
    ids=lambda field: type(field).__name__,
)
def test_what_is_empty_is_asked_for_unless_it_is_optional(field: Field) -> None:
    _, reading = read(field)
    assert [problem.sentence for problem in reading.form.problems] == ["Fyll ut «Det»."]
    _, reading = read(replace(field, optional=True))
    assert reading.form.ok
    assert reading.deposits == []


def test_a_day_and_a_time_become_one_local_moment() -> None:
    field = DayTime("starts_local", "Når", proposed=lambda _: "2026-12-01T13:00")
    assert (
        read(field, ("starts_local", "2026-12-01"), ("starts_local-time", "13:00"))[0] == "2026-12-01T13:00"
    )
    _, reading = read(field, ("starts_local", "2026-12-01"), ("starts_local-time", "25:00"))
    assert [problem.field for problem in reading.form.problems] == ["starts_local-time"]
    assert dict(field.proposes(a_situation(), "starts_local"))["starts_local-time"] == "13:00"


def test_words_go_to_the_vault_and_only_their_reference_into_the_command() -> None:
    field = Text("text_ref", "Ord", category=Category.FAMILY)
    ref, reading = read(field, ("text_ref", "Bestemor henter."))
    (deposit,) = reading.deposits
    assert (deposit.ref, deposit.about_id, deposit.category) == (ref, "youth", Category.FAMILY)
    assert deposit.content == {"text": "Bestemor henter."}
    assert "Bestemor" not in ref
    assert read(field, ("text_ref", "Bestemor henter."))[0] == ref, "the same form gives the same reference"


def test_a_text_that_is_too_long_is_refused_and_not_cut() -> None:
    value, reading = read(Text("text_ref", "Ord", longest=5), ("text_ref", "seks tegn"))
    assert value is None
    assert "høyst 5 tegn" in reading.form.problems[0].sentence
    assert reading.deposits == []


def test_rows_that_are_empty_are_left_out_and_the_others_get_what_is_fixed() -> None:
    field = Rows(
        "goals",
        "Mål",
        (Number("level", "Nådd", least=0, most=3), Text("text_ref", "Ord", optional=True)),
        lambda _: [Row("a", "Mål 1", {"goal_ref": "a"}), Row("b", "Mål 2", {"goal_ref": "b"})],
        ids=("mark_id",),
    )
    rows, reading = read(field, ("goals-b-level", "2"), ("goals-b-text_ref", "Bra"))
    assert [(row["goal_ref"], row["level"]) for row in rows] == [("b", 2)]
    assert rows[0]["mark_id"] == reading.form.derived("lead", "goals", "b", "mark_id")
    assert rows[0]["text_ref"] == reading.deposits[0].ref
    _, reading = read(field, ("goals-b-level", "9"))
    assert [problem.field for problem in reading.form.problems] == ["goals-b-level"]
