"""What the classes say, written out for others: JSON Schemas, the AsyncAPI document, docs/events.md. `python -m schemas.export [--check]`.

Schemas that are released (listed in `schemas/released.txt`) never change: change the class by declaring the next version with an upcast.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from schemas import catalogue
from schemas.event import CONTENT_TYPE, NEWEST, PARTITIONS, REGISTRY, Envelope, Event, read_envelope
from schemas.example import example_of

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT / "schemas" / "published"
EXAMPLES = ROOT / "schemas" / "examples"
RELEASED = ROOT / "schemas" / "released.txt"
EVENTS_PAGE = ROOT / "docs" / "events.md"
assert catalogue  # importing it fills the registry


def documents() -> dict[Path, str]:
    """Every generated file and what must stand in it."""
    files = {
        PUBLISHED / f"{cls.type}.v{cls.version}.json": _json(message_schema(cls)) for cls in REGISTRY.values()
    }
    files[PUBLISHED / "asyncapi.json"] = _json(asyncapi())
    files[EVENTS_PAGE] = events_page()
    return files


def message_schema(cls: type[Event]) -> dict[str, Any]:
    """The JSON Schema of a whole message: the CloudEvents attributes with this event as `data`."""
    (_envelope, payload), parts = msgspec.json.schema_components(
        [Envelope, cls], ref_template="#/$defs/{name}"
    )
    envelope_schema = parts["Envelope"]
    properties = {
        **envelope_schema["properties"],
        "specversion": {"const": "1.0"},
        "type": {"const": cls.type},
        "typeversion": {"const": cls.version},
        "data": payload,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{cls.type} version {cls.version}",
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "required": sorted({*envelope_schema["required"], "data"}),
        "$defs": {name: part for name, part in sorted(parts.items()) if name != "Envelope"},
    }


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3 document: one channel, and a message for each event in its newest version."""
    messages = {
        name: {
            "name": name,
            "title": (cls.__doc__ or "").strip(),
            "contentType": CONTENT_TYPE,
            "payload": {"$ref": f"./{name}.v{cls.version}.json"},
        }
        for name, cls in sorted(NEWEST.items())
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Felles ansvar: the case log",
            "version": "1",
            "description": "Keyed by case id; kept for ever; references and codes, never names or text.",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {
            "caseEvents": {
                "address": "{namespace}.case-events",
                "parameters": {"namespace": {"description": "which installation", "default": "felles"}},
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
                "bindings": {
                    "kafka": {
                        "partitions": PARTITIONS,
                        "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": -1},
                    }
                },
            }
        },
        "operations": {"readCaseEvents": {"action": "receive", "channel": {"$ref": "#/channels/caseEvents"}}},
        "components": {"messages": messages},
    }


def events_page() -> str:
    """The page that lists every event with its sentence and its fields."""
    lines = [
        "# Events",
        "",
        "Made from the classes in `schemas/` by `python -m schemas.export`; do not edit by hand. Every event travels in a CloudEvents 1.0 envelope",
        "(`id`, `source`, `type`, `time`, `subject` = the case, `casesequence`, `actor`, `actoragency`, `causationid`) on the topic `felles.case-events`.",
        "",
    ]
    for name, cls in sorted(NEWEST.items()):
        lines += [
            f"## {name}",
            "",
            f"`{cls.__name__}` version {cls.version}, in `{cls.__module__.replace('.', '/')}.py`. {(cls.__doc__ or '').strip()}",
            "",
        ]
        fields = msgspec.structs.fields(cls)
        if fields:
            hints = cls.__annotations__
            lines += ["| field | type | |", "|---|---|---|"]
            lines += [
                f"| `{field.encode_name}` | `{str(hints[field.name]).replace('|', 'or')}` | {'' if field.required else 'may be absent'} |"
                for field in fields
            ]
            lines.append("")
    return "\n".join(lines)


def faults() -> list[str]:
    """What is wrong with what stands in the repository: stale files, changed released schemas, events without a readable example."""
    found = [
        f"{path.relative_to(ROOT)} is stale: run `python -m schemas.export`"
        for path, text in documents().items()
        if _text(path) != text
    ]
    found += [f"{line} is released and is gone or changed" for line in _released_changed()]
    for cls in REGISTRY.values():
        path = EXAMPLES / f"{cls.type}.v{cls.version}.json"
        if not path.exists():
            found.append(
                f"{path.relative_to(ROOT)} is missing: `python -m schemas.export --example {cls.type}` makes one to edit"
            )
        elif read_envelope(path.read_bytes()).type != cls.type:
            found.append(f"{path.relative_to(ROOT)} is not a {cls.type}")
    return found


def _released_changed() -> list[str]:
    import hashlib

    lines = [
        line.split() for line in (_text(RELEASED) or "").splitlines() if line and not line.startswith("#")
    ]
    return [
        name
        for digest, name in lines
        if hashlib.sha256((_text(PUBLISHED / name) or "").encode()).hexdigest() != digest
    ]


def release() -> None:
    """Freeze every schema that stands: from now on it never changes."""
    import hashlib

    head = "# SHA-256 of every schema that is released; a released schema never changes\n"
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(PUBLISHED.glob("*.v*.json"))
    ]
    RELEASED.write_text(head + "".join(lines), encoding="utf-8")


def write_example(type_name: str) -> Path:
    """Write a lifelike example of the newest version of an event, for a person to look over."""
    cls = NEWEST[type_name]
    path = EXAMPLES / f"{cls.type}.v{cls.version}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(example_of(cls), indent=2) + b"\n")
    return path


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _json(document: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def main(arguments: list[str]) -> int:
    """Write everything, or with --check say what is stale; `--example TYPE` writes an example, `--release` freezes what stands."""
    match arguments:
        case ["--check"]:
            found = faults()
            print(
                "\n".join(found)
                or f"{len(REGISTRY)} events: schemas, examples and documents are as the classes say"
            )
            return 1 if found else 0
        case ["--example", *names]:
            for name in names:
                print(write_example(name).relative_to(ROOT))
            return 0
        case ["--release"]:
            release()
            return 0
        case []:
            for path, text in documents().items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return 0
        case _:
            print(main.__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
