"""Who leads the unit that owns a case: a pure reading of the directory, asked for when it is needed and kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from schemas.codes import Role
from schemas.deadline import EscalationAddressed


class Listed(NamedTuple):
    """Somebody in the directory."""

    person_id: str
    agency: str
    roles: Collection[str]
    municipality_nos: Collection[str]


def leaders_of(
    directory: Iterable[Listed], *, agency: str | None, municipality_no: str | None
) -> tuple[str, ...]:
    """Those who lead the agency's unit in the municipality; nobody elsewhere may know of the case."""
    return tuple(
        sorted(
            one.person_id
            for one in directory
            if one.agency == agency
            and Role.UNIT_LEADER in one.roles
            and municipality_no in one.municipality_nos
        )
    )


def address(
    leaders: tuple[str, ...], *, deadline_id: str, kind: str, due_on: date
) -> list[EscalationAddressed]:
    """What is put before them; nothing while nobody leads the unit."""
    if not leaders:
        return []
    return [EscalationAddressed(deadline_id=deadline_id, kind=kind, due_on=due_on, person_ids=leaders)]
