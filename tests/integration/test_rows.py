"""What a bulk writes is what PostgreSQL then holds, whatever signs are in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.rows import array_of
from schemas.codes import Role

pytestmark = pytest.mark.integration
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


def held(database_url: str, kind: str, values: list[Any]) -> list[Any]:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            f"SELECT x FROM unnest(%s::{kind}[]) WITH ORDINALITY AS u(x, n) ORDER BY n",
            (array_of(values),),
        )
        return [value for (value,) in rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.none() | TEXTS, max_size=8))
def test_texts_come_back_as_they_were(database_url: str, values: list[str | None]) -> None:
    assert held(database_url, "text", values) == values


@pytest.mark.parametrize(
    "text",
    ["", "NULL", "null", '"', "\\", '\\"', "{}", "{a,b}", ",", " a ", "\n", "å", "'; DROP TABLE x; --"],
)
def test_texts_that_mean_something_to_the_server_mean_nothing(database_url: str, text: str) -> None:
    assert held(database_url, "text", [text, None]) == [text, None]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("bytea", [b"", b'\x00\xff\\"', None]),
        ("bigint", [0, -1, 2**62, None]),
        ("boolean", [True, False, None]),
        ("date", [date(2026, 2, 28), date(1, 1, 1), None]),
        ("time", [time(23, 59, 59, 999999), None]),
        ("double precision", [1.5, -0.1, 1e300, float("inf")]),
        ("numeric", [Decimal("1.10"), None]),
    ],
)
def test_other_values_come_back_as_they_were(database_url: str, kind: str, values: list[Any]) -> None:
    assert held(database_url, kind, values) == values


def test_instants_keep_their_microseconds_and_their_zone(database_url: str) -> None:
    given_ones = [
        datetime(2026, 3, 29, 1, 2, 3, 4, UTC),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5.5))),
    ]
    assert held(database_url, "timestamptz", given_ones) == given_ones


def test_a_code_is_written_as_its_wire_value(database_url: str) -> None:
    assert held(database_url, "text", [Role.COORDINATOR]) == ["COORDINATOR"]


def test_what_a_bulk_cannot_write_is_an_error_of_ours() -> None:
    with pytest.raises(TypeError, match="a bulk cannot write a dict"):
        array_of([{}])
