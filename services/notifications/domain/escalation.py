"""Who leads the unit that owns a case: a pure reading of the directory, asked for when it is needed and kept nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from schemas.codes import Role
from schemas.deadline import EscalationAddressed
from schemas.screening import Listed, screening_agencies
from services.notifications.domain.case import CasePeople


def leaders_of(
    directory: Iterable[Listed], *, agencies: Collection[str], municipality_no: str | None
) -> tuple[str, ...]:
    """Those who lead the agencies' units in the municipality; nobody elsewhere may know of the case."""
    return tuple(
        sorted(
            one.person_id
            for one in directory
            if one.agency in agencies
            and Role.UNIT_LEADER in one.roles
            and municipality_no in one.municipality_nos
        )
    )


def leaders_around(directory: Sequence[Listed], case: CasePeople) -> tuple[str, ...]:
    """Those who lead the unit that owns the case; before there is one, the unit that its referral lies with. Only those who may be told."""
    place = case.municipality_no
    owners = (
        frozenset({case.owner_agency.value})
        if case.owner_agency
        else screening_agencies(directory, screener_id=case.screener_id, municipality_no=place)
    )
    leaders = leaders_of(directory, agencies=owners, municipality_no=place)
    return tuple(one for one in leaders if case.may_be_told(one))


def address(
    leaders: tuple[str, ...], *, deadline_id: str, kind: str, due_on: date
) -> list[EscalationAddressed]:
    """What is put before them; nothing while nobody leads the unit."""
    if not leaders:
        return []
    return [EscalationAddressed(deadline_id=deadline_id, kind=kind, due_on=due_on, person_ids=leaders)]
