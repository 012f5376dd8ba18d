"""What differs between the programmes, as configuration: each value with where it comes from."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from schemas.codes import Programme, Role

V = TypeVar("V")
OUR_CHOICE = "product default"


class Sourced(msgspec.Struct, Generic[V], frozen=True):
    """A value of the configuration and the source it rests on."""

    value: V
    source: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What one programme asks for. Months are calendar months; days are calendar days."""

    voluntary: bool
    length_months: Sourced[tuple[int, int]]
    """Shortest and longest first term."""
    lead_roles: frozenset[Role]
    extension_months: Sourced[int]
    """Longest single extension; 0 when the programme knows none."""
    unsigned_days: Sourced[int] = Sourced(30, OUR_CHOICE)
    backdated_days: Sourced[int] = Sourced(183, OUR_CHOICE)
    """How long after the fact something may be entered from paper: a contract that still runs can be taken in."""


_CONTRACT = Rules(
    voluntary=True,
    length_months=Sourced((6, 6), "Felles ansvar, Nordland politidistrikt: the contract lasts six months"),
    lead_roles=frozenset({Role.COORDINATOR, Role.YOUTH_COORDINATOR}),
    extension_months=Sourced(6, OUR_CHOICE),
)
PROGRAMMES: dict[Programme, Rules] = {
    Programme.FA_YOUTH_CONTRACT: _CONTRACT,
    Programme.FA_SUBSTANCE_CONTRACT: _CONTRACT,
    Programme.YOUTH_FOLLOW_UP: Rules(
        voluntary=False,
        length_months=Sourced((1, 12), "SLT handbook: ungdomsoppfølging lasts at most one year"),
        lead_roles=frozenset({Role.YOUTH_COORDINATOR}),
        extension_months=Sourced(0, "the decision sets the length"),
    ),
    Programme.YOUTH_PENALTY: Rules(
        voluntary=False,
        length_months=Sourced((6, 36), "konfliktraadet.no: ungdomsstraff lasts six months to three years"),
        lead_roles=frozenset({Role.YOUTH_COORDINATOR}),
        extension_months=Sourced(0, "the decision sets the length"),
    ),
}


def rules_of(programme: Programme) -> Rules:
    """The rules of a programme."""
    return PROGRAMMES[programme]
