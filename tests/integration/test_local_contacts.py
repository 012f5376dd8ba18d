"""Who is who in a municipality, over HTTP on real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.codes import Role
from schemas.register_codes import LocalFunction
from services.network.app import ROUTERS, SERVICE
from tests.integration.rim import Rim, a_rim, somebody

pytestmark = pytest.mark.integration
LEAD, AUDITOR = somebody(Role.COORDINATOR, works_for=["1804"]), somebody(Role.AUDITOR)


@pytest.fixture
def network(database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Rim]:
    with a_rim(database_url, a_namespace, tmp_path, SERVICE, ROUTERS) as rim:
        yield rim


def test_a_municipality_enters_its_own_offices_and_no_number_is_invented(network: Rim) -> None:
    before = network.get("/directory/functions?municipality_no=1804", AUDITOR).body
    assert [one["function"] for one in before] == [function.value for function in LocalFunction]
    assert not any(one["office"] or one["reached"] for one in before)
    duty = {
        "municipality_no": "1804",
        "function": "CHILD_WELFARE_DUTY",
        "office": "Barnevernvakta",
        "reached": "75 00 00 00",
    }
    assert network.post("/directory/functions", LEAD, duty).status == 201
    after = network.get("/directory/functions?municipality_no=1804", AUDITOR).body
    assert [one["office"] for one in after if one["office"]] == ["Barnevernvakta"]
    elsewhere = network.post("/directory/functions", LEAD, {**duty, "municipality_no": "1841"})
    assert (elsewhere.status, elsewhere.body["title"]) == (403, "OTHER_MUNICIPALITY")


def test_an_office_is_not_a_person(network: Rim) -> None:
    body = {"municipality_no": "1804", "function": "NAV", "office": "Nav", "reached": "318810 90050"}
    answer = network.post("/directory/functions", LEAD, body, language="nn")
    assert (answer.status, answer.body["title"]) == (422, "NUMBER_IN_DIRECTORY")
    assert "enkeltpersonar" in answer.body["detail"]
    assert network.post("/directory/functions", LEAD, {**body, "office": "", "reached": ""}).status == 422
    assert network.post("/directory/functions", AUDITOR, body).status == 403
