"""Can every message that was ever published still be read, and is it what the published schema says?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from jsonschema import Draft202012Validator

from schemas import export
from schemas.event import NEWEST, REGISTRY, Event, Unreadable, decode, encode, event, read_envelope
from schemas.upcasts import UPCASTS

EXAMPLES = sorted(export.EXAMPLES.glob("*.json"))


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_every_example_ever_published_opens_as_the_newest_class(path: Path) -> None:
    fact = decode(path.read_bytes())
    assert type(fact.event) is NEWEST[fact.envelope.type]


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_every_example_is_what_its_published_schema_says(path: Path) -> None:
    assert list(validator(path.name).iter_errors(json.loads(path.read_bytes()))) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_every_example_is_a_cloudevent_to_the_sdk_of_others(path: Path) -> None:
    message = KafkaMessage(
        headers={"content-type": b"application/cloudevents+json"}, key=None, value=path.read_bytes()
    )
    found = from_structured(message, JSONFormat(), CloudEvent)
    envelope = read_envelope(path.read_bytes())
    assert (found.get_id(), found.get_type(), found.get_subject()) == (
        envelope.id,
        envelope.type,
        envelope.case_id,
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=named)
def test_what_is_read_is_written_back_the_same(path: Path) -> None:
    envelope = read_envelope(path.read_bytes())
    assert json.loads(encode(envelope)) == json.loads(path.read_bytes())


def test_a_field_that_changes_its_type_is_found() -> None:
    message = json.loads((export.EXAMPLES / "contract.registered.v1.json").read_bytes())
    message["data"]["contract_version"] = "first"
    assert list(validator("contract.registered.v1.json").iter_errors(message))
    with pytest.raises(Unreadable, match="does not fit"):
        decode(json.dumps(message).encode())


def test_a_version_that_nobody_declared_is_not_guessed_at() -> None:
    message = json.loads((export.EXAMPLES / "contract.signed.v1.json").read_bytes())
    with pytest.raises(Unreadable, match="newer than this program knows"):
        decode(json.dumps({**message, "typeversion": 99}).encode())


def test_an_old_version_is_carried_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemas.event.REGISTRY", REGISTRY | {})
    monkeypatch.setattr("schemas.event.NEWEST", NEWEST | {})

    @event("greeting.said")
    class GreetingSaidV1(Event, frozen=True, kw_only=True):
        words: str

    @event("greeting.said", version=2)
    class GreetingSaid(Event, frozen=True, kw_only=True):
        words: str
        loudly: bool

    monkeypatch.setitem(UPCASTS, ("greeting.said", 1), lambda payload: {**payload, "loudly": False})
    message = json.loads((export.EXAMPLES / "contract.signed.v1.json").read_bytes())
    old = json.dumps({**message, "type": "greeting.said", "data": {"words": "hei"}}).encode()
    assert decode(old).event == GreetingSaid(words="hei", loudly=False)
    assert GreetingSaidV1.version == 1


def test_a_released_schema_that_is_changed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "contract.signed.v1.json"
    digest = hashlib.sha256((export.PUBLISHED / name).read_bytes()).hexdigest()
    released = tmp_path / "released.txt"
    monkeypatch.setattr(export, "RELEASED", released)
    monkeypatch.setattr(export, "ROOT", tmp_path.parent)
    released.write_text(f"{digest}  {name}\n")
    assert export._released_changed() == []
    released.write_text(f"{'0' * 64}  {name}\n")
    assert export._released_changed() == [name]


def test_no_event_has_a_field_for_what_belongs_in_the_vault() -> None:
    personal = ("name", "birth", "address", "email", "phone", "text", "note", "national", "identity_number")
    allowed = ("_ref", "_refs", "_version")
    found = [
        f"{cls.type}.{field.name}"
        for cls in REGISTRY.values()
        for field in msgspec.structs.fields(cls)
        if any(word in field.name for word in personal) and not field.name.endswith(allowed)
    ]
    assert found == []


def validator(name: str) -> Any:
    return Draft202012Validator(json.loads((export.PUBLISHED / name).read_bytes()))
