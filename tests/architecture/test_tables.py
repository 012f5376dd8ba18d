"""Every table says whether a replay of the log gives it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from sqlalchemy import Column, MetaData, Table, Text

from backbone.database import service_metadata
from backbone.history import remade_tables
from backbone.settings import SERVICES
from backbone.tables import BackboneTable

WRITTEN_BY_NO_FOLD = {"named", "heard", "issued"}
"""Sets that only grow, written from every envelope: a correction takes nothing out of them."""
WITH_TABLES = [
    name for name in SERVICES if find_spec(f"services.{name}") and find_spec(f"services.{name}.tables")
]


def undeclared(metadata: MetaData) -> list[str]:
    """The tables that are neither replayed nor working."""
    return [
        table.name for table in metadata.sorted_tables if not isinstance(table.info.get("replayed"), bool)
    ]


def test_the_backbones_tables_are_declared() -> None:
    assert undeclared(BackboneTable.metadata) == []


@pytest.mark.parametrize("service", WITH_TABLES)
def test_a_services_tables_are_declared(service: str) -> None:
    assert undeclared(service_metadata(service)) == []


def test_a_table_that_says_nothing_is_found() -> None:
    metadata = MetaData()
    Table("said", metadata, Column("id", Text, primary_key=True), info={"replayed": False})
    Table("unsaid", metadata, Column("id", Text, primary_key=True))
    assert undeclared(metadata) == ["unsaid"]


@pytest.mark.parametrize("service", ["backbone", *WITH_TABLES])
def test_a_replayed_table_has_a_primary_key_of_text_and_numbers(service: str) -> None:
    """The comparison walks both versions in the order of the key, which must be the same order twice."""
    metadata = BackboneTable.metadata if service == "backbone" else service_metadata(service)
    for table in metadata.sorted_tables:
        if table.info.get("replayed"):
            kinds = {type(column.type).__name__ for column in table.primary_key}
            assert kinds, table.name
            assert kinds <= {"AutoString", "Integer", "BigInteger"}, table.name


@pytest.mark.parametrize("service", WITH_TABLES)
def test_a_replayed_table_says_which_case_its_rows_are_about(service: str) -> None:
    """A correction makes the rows of one case anew, and must find every one of them."""
    app = import_module(f"services.{service}.app")
    if app.SERVICE.remake is not None:
        replayed = {table.name for table in app.SERVICE.metadata.sorted_tables if table.info.get("replayed")}
        assert replayed - {table.name for table in remade_tables(app.SERVICE)} <= WRITTEN_BY_NO_FOLD
