"""What every service's OpenAPI document says beside its routes: the refusals they share, and an example of every request body."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

JSON = "application/json"
PROBLEM = "application/problem+json"
Schema = dict[str, Any]


class Place(BaseModel):
    """A field that was missing or had the wrong form."""

    field: str
    code: str


class Problem(BaseModel):
    """A refusal (RFC 9457): `detail` is a sentence for people in the language asked for, `title` the rule, for programs."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    current: int | None = None
    errors: list[Place] | None = None


_MEANINGS = {
    401: "Nobody is logged in, or the token is not ours.",
    403: "The person's role, agency or part in the case does not allow it.",
    404: "There is no such thing, or none that this person may know of.",
    409: "It was done already, the version seen is stale (`current` is the newest), or the idempotency key was used for another request.",
    413: "The request is too large.",
    422: "A rule refuses it, or a field is missing or has the wrong form.",
    503: "Not just now; nothing was saved. Try again with the same idempotency key.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": meaning, "content": {PROBLEM: {"schema": Problem.model_json_schema()}}}
    for status, meaning in _MEANINGS.items()
}
"""The refusals that any route may answer with."""


def describe(app: FastAPI) -> None:
    """Let the app's OpenAPI document carry an example of every request body."""
    plain = app.openapi

    def with_examples() -> Schema:
        if app.openapi_schema is None:
            document = plain()
            schemas = document.get("components", {}).get("schemas", {})
            for path in document["paths"].values():
                for operation in path.values():
                    content = operation.get("requestBody", {}).get("content", {})
                    if JSON in content:
                        content[JSON].setdefault("example", example_of(content[JSON]["schema"], schemas))
        return app.openapi_schema or {}

    app.openapi = with_examples  # type: ignore[method-assign]


def example_of(schema: Schema, schemas: Schema) -> Any:
    """A value that the schema takes: its own example or default where it names one, else one made of its parts; the same every time."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    for given in ("examples", "enum"):
        if schema.get(given):
            return schema[given][0]
    for given in ("const", "example", "default"):
        if schema.get(given) not in (None, [], {}):
            return schema[given]
    for choices in ("anyOf", "oneOf"):
        if choices in schema:
            return example_of(schema[choices][0], schemas)
    if "allOf" in schema:
        return example_of(schema["allOf"][0], schemas)
    return _made(schema, schemas)


def _made(schema: Schema, schemas: Schema) -> Any:
    kind = schema.get("type")
    if kind == "object":
        named = {name: example_of(part, schemas) for name, part in schema.get("properties", {}).items()}
        others = schema.get(
            "additionalProperties", next(iter(schema.get("patternProperties", {}).values()), None)
        )
        return named or ({"text": example_of(others, schemas)} if isinstance(others, dict) else {})
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas)] * max(1, schema.get("minItems", 1))
    if kind == "integer":
        return int(schema.get("minimum", 1))
    if kind == "boolean":
        return False
    if kind == "null":
        return None
    dates = {"date": "2026-08-31", "date-time": "2026-09-14T13:00:00+02:00", "uuid": EXAMPLE_ID}
    return dates.get(schema.get("format", ""), "tekst")


EXAMPLE_ID = "0192f0c1-2b3a-7c4d-8e5f-6a7b8c9d0e1f"
