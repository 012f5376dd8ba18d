"""What every service says of its own API is true: no answer that the OpenAPI document does not name, no fault of ours, an example of
every request. Requests are made up by schemathesis from the documents themselves.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from fastapi import APIRouter
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backbone.clock import new_id
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.openapi import JSON, example_of
from backbone.running import Process
from backbone.work import Actor
from schemas.codes import Agency, Role
from tests.integration.sharing_office import settings_in

SERVICES = ("contracts", "network", "sharing", "scheduler", "notifications", "audit")


def no_fault_of_ours(_context: Any, response: Any, _case: Any) -> None:
    """503 says that nothing was saved and to try again; 500 says that we did not think of it."""
    assert response.status_code != 500, "a fault of ours"


CHECKS = [no_fault_of_ours, status_code_conformance, content_type_conformance, response_schema_conformance]
TRIES = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@asynccontextmanager
async def without_the_log(_app: Any) -> AsyncIterator[None]:
    """Nothing is read, nothing is sent: only the API is asked."""
    yield


@contextmanager
def a_process(name: str, database_url: str, folder: Path) -> Iterator[Process]:
    """One service with every router that it runs with."""
    app = importlib.import_module(f"services.{name}.app")
    chosen = settings_in(folder, database_url=database_url)
    migrate(chosen, name)
    process = Process(app.SERVICE, app.ROUTERS, with_settings=chosen)
    process.inbox.positions("topic", [0], {0: 0})
    process.app.router.lifespan_context = without_the_log
    try:
        yield process
    finally:
        process.desk.engine.dispose()
        for database in (name, *(["keys"] if name == "sharing" else [])):
            drop_database(chosen, str(chosen.database(database).database))


def headers_of(process: Process) -> dict[str, str]:
    """Somebody with every role, so that what is asked gets past the door."""
    everybody = Actor(new_id(), Agency.FELLES_ANSVAR, frozenset(Role) - {Role.SERVICE}, "a session")
    bearer = token(process.settings, everybody, process.desk.clock.moment())
    return {"Authorization": f"Bearer {bearer}"}


def unsound(app: Any, headers: dict[str, str]) -> list[str]:
    """Every operation whose answer the document does not name, or that is a fault of ours, with what was seen."""
    found = []
    app.openapi_schema = None
    for result in schemathesis.openapi.from_asgi("/openapi.json", app).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        @TRIES
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:
            found.append(f"{operation.label}: {error} {getattr(error, 'exceptions', '')}"[:1500])
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_no_answer_is_undocumented_and_none_is_a_fault_of_ours(
    name: str, database_url: str, tmp_path: Path
) -> None:
    with a_process(name, database_url, tmp_path) as process:
        found = unsound(process.app, headers_of(process))
    assert not found, "\n".join(found)


def test_a_route_that_breaks_and_one_that_answers_what_it_does_not_say_are_found(
    database_url: str, tmp_path: Path
) -> None:
    broken = APIRouter()

    @broken.get("/breaks/{number}")
    def breaks(number: int) -> dict[str, int]:
        return {"hundredth": 100 // (number - number)}

    @broken.get("/teapot", status_code=418, responses={200: {}})
    def teapot() -> dict[str, str]:
        from starlette.exceptions import HTTPException

        raise HTTPException(status_code=417)

    with a_process("scheduler", database_url, tmp_path) as process:
        process.app.include_router(broken)
        found = unsound(process.app, headers_of(process))
    assert [line.split(":")[0] for line in found] == ["GET /breaks/{number}", "GET /teapot"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_request_has_an_example_that_its_own_schema_takes(
    name: str, database_url: str, tmp_path: Path
) -> None:
    with a_process(name, database_url, tmp_path) as process:
        document = process.app.openapi()
    wrong = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get(JSON)
            if content is None:
                continue
            schema = {**content["schema"], "components": document["components"]}
            for error in jsonschema_rs.iter_errors(schema, content["example"]):
                wrong.append(f"{method} {path}: {error.message} at {error.instance_path}")
    assert not wrong, "\n".join(wrong)


def test_an_example_is_made_of_the_parts_of_its_schema() -> None:
    schemas = {"Kind": {"enum": ["SCHOOL", "LEISURE"]}}
    schema = {
        "type": "object",
        "properties": {
            "kind": {"$ref": "#/components/schemas/Kind"},
            "severity": {"type": "integer", "minimum": 1},
            "refs": {"type": "array", "default": [], "items": {"type": "string", "examples": ["A-1"]}},
        },
    }
    assert example_of(schema, schemas) == {"kind": "SCHOOL", "severity": 1, "refs": ["A-1"]}
