"""A lifelike message of any event class, the same every time: for examples, compatibility tests and benchmarks."""

from __future__ import annotations

import types
import typing
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid5

import msgspec

from schemas.event import Envelope, Event, encode, schema_address, seal

EXAMPLE = UUID("0192f0c1-2b3a-7c4d-8e5f-6a7b8c9d0e1f")
SOURCES = {
    "case": "contracts", "contract": "contracts", "deviation": "contracts", "network_group": "network", "member": "network", "secrecy": "network",
    "agenda_item": "network", "interpreter": "network", "minutes": "network", "no_tasks": "network", "certificate": "network", "coordination": "network", "no_contact": "network", "mediation": "network", "forum": "network", "agreement": "network", "year_wheel_item": "network",
    "meeting": "network", "task": "network", "access": "sharing", "disclosure": "sharing", "duty": "sharing", "receipt": "sharing", "report": "sharing", "protection": "sharing", "clearance": "sharing", "youth": "sharing", "retention": "sharing", "personal_data_breach": "sharing", "data_subject_request": "sharing", "erasure": "sharing", "consent": "sharing", "information": "sharing", "opening": "sharing", "deadline": "scheduler",
    "document": "sharing", "private_notes": "sharing", "redacted_content": "sharing", "readers": "sharing",
}  # fmt: skip


def example_of(cls: type[Event], *, case: str = "case", sequence: int = 1) -> bytes:
    """The bytes of a whole message with plausible codes, dates and random-looking references."""
    envelope = Envelope(
        specversion="1.0",
        id=_id(cls.type, "id", case, sequence),
        source=SOURCES.get(cls.type.split(".")[0], "contracts"),
        type=cls.type,
        version=cls.version,
        time=datetime(2026, 9, 1, 8, 30, tzinfo=UTC),
        case_id=_id(case),
        datacontenttype="application/json",
        dataschema=schema_address(cls.type, cls.version),
        sequence=sequence,
        actor=_id("coordinator"),
        actor_agency="FELLES_ANSVAR",
        data=seal(_filled(cls)),
    )
    return encode(envelope)


def _filled(cls: type[Any]) -> Any:
    hints = typing.get_type_hints(cls)
    return cls(**{field.name: _value(hints[field.name], field.name) for field in msgspec.structs.fields(cls)})


def _value(hint: Any, name: str) -> Any:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _value(next(part for part in parts if part is not type(None)), name)
    if origin is tuple:
        return (_value(parts[0], name.removesuffix("s")),)
    if origin is dict:
        return {"contracts": 3, "network": 5} if parts[1] is int else {"what_it_was": _id(name)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _filled(hint)
    return _plain(hint, name)


def _plain(hint: Any, name: str) -> Any:
    if hint is bool:
        return False
    if hint is int:
        return {"youths": 24, "relapsed": 7}.get(name, 1)
    if hint is date:
        return date(2027, 2, 28) if name.startswith("ends") or name.endswith("to") else date(2026, 8, 31)
    if hint is datetime:
        return datetime(2026, 9, 14, 11, 0, tzinfo=UTC)
    return {
        "municipality_no": "1804",
        "zone": "Europe/Oslo",
        "language": "nb",
        "kind": "D-01",
        "service": "network",
        "policy_version": "2026-11",
        "corrected_type": "deviation.reported",
        "voided_type": "deviation.reported",
        "field": "happened_on",
        "period_key": "2026",
        "was": "2026-08-30",
        "now": "2026-08-31",
    }.get(name) or _id(name)


def _id(*parts: object) -> str:
    return str(uuid5(EXAMPLE, " ".join(map(str, parts))))
