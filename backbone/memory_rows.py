"""The states that folds make, without a database: for reading a log that nobody's tables are at hand for."""

from __future__ import annotations

from typing import Any, cast

from sqlmodel import Session, SQLModel

from backbone.rows import Rows


class _AllRead(dict[tuple[str, str], Any]):
    """Every state is known: those that no fold has written are not there."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: tuple[str, str]) -> None:
        return None


class MemoryRows(Rows):
    """What folds write on shelves is kept in `states`; rows without a state are dropped. Nothing can be queried."""

    def __init__(self) -> None:
        super().__init__(cast(Session, None))
        self.states = _AllRead()

    def put(self, row: type[SQLModel], **columns: Any) -> None:
        """Drop the row: a shelf has kept its state."""

    def add(self, row: type[SQLModel], **columns: Any) -> None:
        """Drop the row."""

    def remove(self, row: type[SQLModel], *key: Any) -> None:
        """Nothing to remove: a fold that removes a state says so in `states`."""

    def query(self, statement: Any, parameters: Any = None) -> Any:
        """Raises RuntimeError: a fold that queries cannot run without its database."""
        raise RuntimeError("nothing can be queried here: there is no database")

    def flush(self) -> None:
        """Nothing waits."""

    def shelf(self, table: str) -> list[Any]:
        """Every state of one table, in the order of their keys."""
        return [
            state for (name, _), state in sorted(self.states.items()) if name == table and state is not None
        ]
