"""Several statements in one round trip: the server runs them one after the other, each seeing what came before, and all answers come together.

On a machine whose cores are busy every round trip is two waits for a turn, and those, not the statements, are most of a short transaction's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

Statement = tuple[str, Sequence[Any]]
"""A statement as the driver takes it, and its values."""
Answered = list[tuple[Any, ...]]


def together(session: Session, statements: Sequence[Statement]) -> list[Answered]:
    """Send the statements in one go, and give the rows that each answers (none for one that answers nothing).

    After one that fails none is run; what is raised is what SQLAlchemy raises for it.
    """
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    try:
        cursors = [_sent(driver, *statements[0])] if len(statements) == 1 else _exchanged(driver, statements)
        return [cursor.fetchall() if cursor.description else [] for cursor in cursors]
    except psycopg.Error as error:
        _raise_as_sqlalchemy(connection, driver, error)


def _exchanged(driver: Any, statements: Sequence[Statement]) -> list[Any]:
    cursors: list[Any] = []
    failed: psycopg.Error | None = None
    try:
        with driver.pipeline():
            try:
                cursors.extend(_sent(driver, statement, values) for statement, values in statements)
            except psycopg.Error as error:
                failed = error  # an earlier one's, heard while sending; of the rest we hear only that it was not run
    except psycopg.Error as error:
        failed = failed or error
    if failed is not None:
        raise failed
    return cursors


def _sent(driver: Any, statement: str, values: Sequence[Any]) -> Any:
    return driver.execute(statement, values or None)


def _raise_as_sqlalchemy(connection: Connection, driver: Any, error: Any) -> NoReturn:
    """The same kinds of error for everybody, and a connection that is lost does not go back into the pool."""
    lost = connection.dialect.is_disconnect(error, driver, None)
    if lost:
        connection.invalidate(error)
    raise DBAPIError.instance(
        None, None, error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
    ) from error
