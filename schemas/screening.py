"""Which unit a referral lies with: its screener's own, asked of the directory when it is needed and kept nowhere. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from schemas.codes import COORDINATORS


class Listed(NamedTuple):
    """Somebody in the directory."""

    person_id: str
    agency: str
    roles: Collection[str]
    municipality_nos: Collection[str]

    def screens_in(self, municipality_no: str | None) -> bool:
        """True for a coordinator of the municipality: nobody else can take a referral up."""
        return not set(COORDINATORS).isdisjoint(self.roles) and municipality_no in self.municipality_nos


def screening_agencies(
    directory: Iterable[Listed], *, screener_id: str | None, municipality_no: str | None
) -> frozenset[str]:
    """The agency whose unit answers for a referral: the screener's. When the screener no longer stands in the directory, those that have
    coordinators in the municipality: somebody must be able to find it.
    """
    everybody = list(directory)
    own = frozenset(one.agency for one in everybody if one.person_id == screener_id)
    return own or frozenset(one.agency for one in everybody if one.screens_in(municipality_no))
