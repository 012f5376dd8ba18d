"""Two versions of one table, row by row in the order of the primary key, in memory that does not grow with
them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import BigInteger, Integer, SmallInteger, Table
from sqlalchemy.dialects.postgresql import JSONB

CHUNK = 2000
NUMBERS = (Integer, BigInteger, SmallInteger)
SHOWN = 80


class Difference(NamedTuple):
    """The first row that differs: where, and what the log says it should be. What stands in the table is not
    repeated.
    """

    table: str
    case_id: str | None
    key: tuple[Any, ...]
    column: str | None
    what: str

    def __str__(self) -> str:
        case = f", case {self.case_id}" if self.case_id is not None else ""
        column = f", column {self.column}" if self.column is not None else ""
        return f"table {self.table}{case}, row {'/'.join(map(str, self.key))}{column}: {self.what}"


class Sides(NamedTuple):
    """The live tables and the replayed ones."""

    live: psycopg.Connection[Any]
    again: psycopg.Connection[Any]

    def cases(self, tables: Sequence[Table]) -> int:
        """How many cases the replayed tables are about."""
        named = [table.name for table in tables if "case_id" in table.columns]
        union = " UNION ".join(f'SELECT case_id FROM "{name}"' for name in named)
        found = self.again.execute(f"SELECT count(*) FROM ({union}) AS every".encode()).fetchone()
        return int(found[0]) if found else 0


def compare(table: Table, sides: Sides, case_id: str | None = None) -> int | Difference:
    """How many equal rows both sides have, of one case or of all, or the first that differs."""
    count, width = 0, len(table.primary_key)
    pairs = zip_longest(
        _rows(table, sides.live, "live", case_id), _rows(table, sides.again, "again", case_id)
    )
    for live, again in pairs:
        if live != again:
            return _difference(table, live, again, width)
        count += 1
    return count


class Digest(NamedTuple):
    """What a table says of a case, in short: how many rows, and SHA-256 over them in the order of their keys."""

    rows: int
    hexadecimal: str


def digest(table: Table, connection: psycopg.Connection[Any], case_id: str | None) -> Digest:
    """The canonical digest of one case's rows, or of all: the same for everybody who has the same rows."""
    count, hashed = 0, hashlib.sha256()
    for row in _rows(table, connection, "digested", case_id):
        count += 1
        hashed.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return Digest(count, hashed.hexdigest())


def rows_of(
    table: Table, connection: psycopg.Connection[Any], case_id: str | None
) -> Iterator[dict[str, Any]]:
    """The rows by the names of their columns, states as JSON says them."""
    names = _names(table)
    for row in _rows(table, connection, "shown", case_id):
        yield {
            name: json.loads(value) if isinstance(table.columns[name].type, JSONB) and value else value
            for name, value in zip(names, row, strict=True)
        }


def _rows(
    table: Table, connection: psycopg.Connection[Any], name: str, case_id: str | None = None
) -> Iterator[tuple[Any, ...]]:
    """The key's columns, then all others; numbers as numbers, the rest as text, which is canonical for jsonb
    too.
    """
    keys, names = [column.name for column in table.primary_key], _names(table)
    chosen = [_expression(table, column) for column in names]
    order = ", ".join(str(place + 1) for place in range(len(keys)))
    # a lock that was taken without anything being published leaves a head of 0, which says the same as no row
    conditions = ["sequence > 0"] if table.name == "case_head" else []
    conditions += ["case_id = %s"] if case_id is not None else []
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    query = f'SELECT {", ".join(chosen)} FROM "{table.name}"{where} ORDER BY {order}'
    with connection.cursor(name=f"{name}_{table.name}") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(query.encode(), (case_id,) if case_id is not None else None)
        yield from cursor


def _expression(table: Table, column: str) -> str:
    return (
        f'"{column}"' if isinstance(table.columns[column].type, NUMBERS) else f'"{column}"::text COLLATE "C"'
    )


def _difference(
    table: Table, live: tuple[Any, ...] | None, again: tuple[Any, ...] | None, width: int
) -> Difference:
    if live is None or (again is not None and again[:width] < live[:width]):
        assert again is not None
        return _whole(table, again, width, "the log makes this row, and the table does not have it")
    if again is None or live[:width] < again[:width]:
        return _whole(table, live, width, "the table has this row, and the log does not make it")
    names = _names(table)
    place = next(n for n, (one, other) in enumerate(zip(live, again, strict=True)) if one != other)
    column, wanted = names[place], again[place]
    if isinstance(table.columns[column].type, JSONB) and live[place] is not None and again[place] is not None:
        path, wanted = first_path(json.loads(live[place]), json.loads(again[place]))
        column += path
    return _whole(
        table, again, width, f"the log makes it {_shown(wanted)}, and the table says otherwise"
    )._replace(column=column)


def _whole(table: Table, row: tuple[Any, ...], width: int, what: str) -> Difference:
    names = _names(table)
    case_id = row[names.index("case_id")] if "case_id" in names else None
    return Difference(table.name, case_id, row[:width], None, what)


def _names(table: Table) -> list[str]:
    keys = [column.name for column in table.primary_key]
    compared = [column.name for column in table.columns if column.info.get("compared", True)]
    return keys + [name for name in compared if name not in keys]


MISSING = object()


def first_path(live: Any, again: Any) -> tuple[str, Any]:
    """Where two JSON values first differ, as `.key[index]`, and what the second has there."""
    if isinstance(live, dict) and isinstance(again, dict):
        for key in sorted(live.keys() | again.keys()):
            if live.get(key, MISSING) != again.get(key, MISSING):
                path, value = first_path(live.get(key, MISSING), again.get(key, MISSING))
                return f".{key}{path}", value
    if isinstance(live, list) and isinstance(again, list):
        for index, (one, other) in enumerate(zip_longest(live, again, fillvalue=MISSING)):
            if one != other:
                path, value = first_path(one, other)
                return f"[{index}]{path}", value
    return "", again


def _shown(value: Any) -> str:
    text = "nothing" if value is MISSING else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
