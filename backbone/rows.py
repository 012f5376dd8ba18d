"""Rows in one transaction: states are read once, changed in memory, and written together by one statement a table.

The database work of a batch is bound by round trips and by the ORM's objects; this uses neither more than it must (docs/performance.md):
what waits to be written goes in one round trip, and together with what is asked next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, SQLModel

from backbone.together import Answered, Statement, together

S = TypeVar("S", bound=msgspec.Struct)
Key = tuple[Any, ...]


class Rows:
    """What one transaction has read and will write. Write with `put`, `add` and `remove`; read tables directly only through `query`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.states: dict[tuple[str, str], Any] = {}
        self._puts: dict[Table, dict[Key, Mapping[str, Any]]] = {}
        self._adds: dict[Table, list[Mapping[str, Any]]] = {}
        self._removes: dict[Table, set[Key]] = {}
        self._lasts: list[Statement] = []

    def put(self, row: type[SQLModel], **columns: Any) -> None:
        """Insert the row, or overwrite the one with the same primary key."""
        table = table_of(row)
        key = tuple([columns[name] for name in key_names(table)])
        self._puts.setdefault(table, {})[key] = columns

    def add(self, row: type[SQLModel], **columns: Any) -> None:
        """Insert the row; an equal primary key is an error of the caller."""
        self._adds.setdefault(table_of(row), []).append(columns)

    def remove(self, row: type[SQLModel], *key: Any) -> None:
        """Delete the row with this primary key, if there is one."""
        table = table_of(row)
        self._puts.get(table, {}).pop(key, None)
        self._removes.setdefault(table, set()).add(key)

    def query(self, statement: Any, parameters: Any = None) -> Any:
        """Run a SQLAlchemy statement on what has been written so far, this transaction included."""
        self.flush()
        return self.session.execute(statement, parameters)

    def last(self, statement: str, *values: Any) -> None:
        """Run a statement that answers nothing after the rows that wait, when they are written."""
        self._lasts.append((statement, values))

    def ask(self, *questions: Statement | None) -> list[Answered]:
        """What the database answers to each question (to None: nothing), once what waits is written: one round trip for all of it."""
        waiting = self._waiting()
        asked = [question for question in questions if question is not None]
        answers = iter(together(self.session, [*waiting, *asked])[len(waiting) :])
        return [next(answers) if question is not None else [] for question in questions]

    def flush(self) -> None:
        """Send everything that waits to the database."""
        waiting = self._waiting()
        if waiting:
            together(self.session, waiting)

    def _waiting(self) -> list[Statement]:
        """The statements that write what waits, which then waits no more."""
        statements: list[Statement] = [
            (delete_statement(table), _arrays(_columns(keys, len(table.primary_key))))
            for table, keys in self._removes.items()
        ]
        statements += [
            _written(table, list(puts.values()), overwrite=True) for table, puts in self._puts.items() if puts
        ]
        statements += [_written(table, adds, overwrite=False) for table, adds in self._adds.items()]
        statements += self._lasts
        self._removes, self._puts, self._adds, self._lasts = {}, {}, {}, []
        return statements


def _written(table: Table, rows: list[Mapping[str, Any]], *, overwrite: bool) -> Statement:
    names = tuple(rows[0])
    jsons = json_names(table)
    values = [[_json(row[name]) if name in jsons else row[name] for row in rows] for name in names]
    return write_statement(table, names, overwrite=overwrite), _arrays(values)


def _arrays(columns: Iterable[Iterable[Any]]) -> tuple[str, ...]:
    return tuple([array_of(column) for column in columns])


class Shelf(Generic[S]):
    """Where the states of one kind lie: a row each, the state as JSON beside the columns that queries need.

    `columns` gives the row's other columns from the state, its primary key (one text column) among them.
    """

    def __init__(
        self, row: type[SQLModel], state: type[S], columns: Callable[[S], Mapping[str, Any]]
    ) -> None:
        self.row, self.state, self.columns = row, state, columns
        self._decoder = msgspec.json.Decoder(state)

    @property
    def _table(self) -> Table:
        return table_of(self.row)

    @property
    def name(self) -> str:
        """The table's name, which its states are kept under."""
        return self._table.name

    def find(self, rows: Rows, key: str) -> S | None:
        """The state with this key, or None."""
        slot = (self._table.name, key)
        if slot not in rows.states:
            self.preload(rows, [key])
        return rows.states[slot]  # type: ignore[no-any-return]

    def preload(self, rows: Rows, keys: Iterable[str]) -> None:
        """Read the states of many keys with one query; keys without one are remembered as missing."""
        missing = [key for key in dict.fromkeys(keys) if (self._table.name, key) not in rows.states]
        if missing:
            (found,) = together(rows.session, [self.question(missing)])
            self.learn(rows, missing, found)

    def question(self, keys: Iterable[str]) -> Statement:
        """What the database is asked for the states of these keys; its answer is for `learn`."""
        (name,) = key_names(self._table)
        return (
            f'SELECT "{name}", state::text FROM "{self._table.name}" WHERE "{name}" = ANY(%s::text[])',
            (array_of(keys),),
        )

    def learn(self, rows: Rows, keys: Iterable[str], found: Answered) -> None:
        """Remember the states that were found of these keys, and the others as missing; what is known already stays as it is."""
        states: dict[str, str] = dict(found)
        for key in keys:
            state = states.get(key)
            if (self._table.name, key) not in rows.states:
                rows.states[self._table.name, key] = None if state is None else self._decoder.decode(state)

    def put(self, rows: Rows, state: S) -> S:
        """Keep the state; it is written when the transaction is."""
        columns = self.columns(state)
        key = columns[key_names(self._table)[0]]
        rows.states[self._table.name, key] = state
        rows.put(self.row, **columns, state=msgspec.Raw(msgspec.json.encode(state)))
        return state

    def of_case(self, rows: Rows, case_id: str) -> list[S]:
        """Every state of the kind in a case, oldest first (ids sort by time)."""
        (primary,) = self._table.primary_key
        return self.where(rows, self._table.c.case_id == case_id, order_by=primary)

    def where(self, rows: Rows, *conditions: Any, order_by: Any = None, limit: int | None = None) -> list[S]:
        """Every state whose row meets the conditions on its columns, at most `limit` of them."""
        from sqlalchemy import Text, cast, select

        column = self._table.c.state
        statement = select(cast(column, Text)).where(*conditions)
        if order_by is not None:
            statement = statement.order_by(order_by)
        if limit is not None:
            statement = statement.limit(limit)
        return [self._decoder.decode(state) for (state,) in rows.query(statement)]


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    return row.__table__  # type: ignore[attr-defined,no-any-return]


@lru_cache(maxsize=256)
def key_names(table: Table) -> tuple[str, ...]:
    """The names of the primary key's columns."""
    return tuple(column.name for column in table.primary_key)


@lru_cache(maxsize=256)
def json_names(table: Table) -> frozenset[str]:
    """The names of the columns that hold JSON."""
    return frozenset(column.name for column in table.columns if isinstance(column.type, JSONB))


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def array_of(values: Iterable[Any]) -> str:
    """The values as a PostgreSQL array literal: many times quicker than the driver's own, which is most of a bulk's cost."""
    listed = list(values)
    if {*map(type, listed)} == {str}:
        together = "".join(listed)
        if '"' not in together and "\\" not in together:
            return '{"' + '","'.join(listed) + '"}'
    return "{" + ",".join([_element(value) for value in listed]) + "}"


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, (date, time)):
        return f'"{value.isoformat()}"'
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    raise TypeError(f"a bulk cannot write a {type(value).__name__}")


def _columns(keys: Iterable[Key], width: int) -> list[list[Any]]:
    ordered = list(keys)
    return [[key[place] for key in ordered] for place in range(width)]


@lru_cache(maxsize=512)
def write_statement(table: Table, names: tuple[str, ...], *, overwrite: bool) -> str:
    """The bulk INSERT of these columns from one array each, in the arrays' order."""
    types = [_type(table, name) for name in names]
    arrays = ", ".join(f"%s::{'text' if kind == 'jsonb' else kind}[]" for kind in types)
    selected = ", ".join(f'u."{name}"::{kind}' for name, kind in zip(names, types, strict=True))
    listed = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table.name}" ({listed}) SELECT {selected} FROM unnest({arrays}) WITH ORDINALITY AS u({listed}, ordinality) ORDER BY u.ordinality'
    if not overwrite:
        return statement
    keys = key_names(table)
    rest = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    action = f"DO UPDATE SET {rest}" if rest else "DO NOTHING"
    quoted = ", ".join(f'"{key}"' for key in keys)
    return f"{statement} ON CONFLICT ({quoted}) {action}"


@lru_cache(maxsize=128)
def delete_statement(table: Table) -> str:
    """The bulk DELETE by primary key, from one array a key column."""
    keys = key_names(table)
    arrays = ", ".join(f"%s::{_type(table, key)}[]" for key in keys)
    listed = ", ".join(f'"{key}"' for key in keys)
    match = " AND ".join(f't."{key}" = u."{key}"' for key in keys)
    return f'DELETE FROM "{table.name}" t USING unnest({arrays}) AS u({listed}) WHERE {match}'


def _type(table: Table, name: str) -> str:
    return str(table.columns[name].type.compile(dialect=postgresql.dialect())).lower()  # type: ignore[no-untyped-call]
