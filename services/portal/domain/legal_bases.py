"""The legal bases as the sharing service's rules have them: what the forms are made of."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.codes import Agency, Category, LegalBasis


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """A law, and when it is in force."""

    title: str
    in_force_from: date | None = None
    in_force_to: date | None = None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """One basis: who decides, whether it opens anything here, and what it demands beyond what always is recorded."""

    code: LegalBasis
    provisions: dict[str, str]
    who: str
    opens: bool
    confirm: str
    categories: tuple[Category, ...] | None = None
    givers: tuple[Agency, ...] | None = None
    receivers: tuple[Agency, ...] | None = None
    texts: tuple[str, ...] = ()
    codes: dict[str, tuple[str, ...]] = {}
    persons: tuple[str, ...] = ()

    def given_by(self, agency: str | None) -> bool:
        """True when the agency may give on it."""
        return self.givers is None or agency in self.givers


class Bases(msgspec.Struct, frozen=True, kw_only=True):
    """One version of all of them."""

    version: str
    longest_days: int
    longest_deferral_days: int
    laws: dict[str, Law]
    bases: tuple[Basis, ...]

    def basis(self, code: str) -> Basis | None:
        """The basis of a code."""
        return next((one for one in self.bases if one.code == code), None)

    def provision(self, basis: Basis, on: date) -> tuple[str, str] | None:
        """The law in force on the day, and the place in it; the newest when there are two."""
        found = [
            (law.in_force_from, name, basis.provisions[name])
            for name, law in self.laws.items()
            if name in basis.provisions
            and law.in_force_from is not None
            and law.in_force_from <= on
            and (law.in_force_to is None or on <= law.in_force_to)
        ]
        if not found:
            return None
        _, name, place = max(found)
        return name, place
