"""The legal bases as data (`rules/bases_*.toml`), and which law was in force on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from schemas.codes import Agency, Category, LegalBasis


class Who(StrEnum):
    """Who decides that information is given."""

    MEMBER = "MEMBER"
    LEADER = "LEADER"
    ANYONE = "ANYONE"


class Law(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A law and when it is in force; one without a first day is not in force yet."""

    title: str
    in_force_from: date | None = None
    in_force_to: date | None = None

    def in_force(self, on: date) -> bool:
        """True when the law is in force on the day."""
        begun = self.in_force_from is not None and self.in_force_from <= on
        return begun and (self.in_force_to is None or on <= self.in_force_to)


class BasisRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One basis: its provision in each law, who decides, and what must be recorded beyond what always must."""

    code: LegalBasis
    provisions: dict[str, str]
    who: Who
    opens: bool
    confirm: str
    categories: tuple[Category, ...] | None = None
    givers: tuple[Agency, ...] | None = None
    receivers: tuple[Agency, ...] | None = None
    texts: tuple[str, ...] = ()
    codes: dict[str, tuple[str, ...]] = {}
    persons: tuple[str, ...] = ()


class LegalBases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of all of them."""

    version: str
    longest_days: int
    longest_days_source: str
    longest_deferral_days: int
    longest_deferral_source: str
    laws: dict[str, Law]
    bases: tuple[BasisRule, ...]

    def rule(self, code: LegalBasis) -> BasisRule:
        """The rule of a basis."""
        return next(rule for rule in self.bases if rule.code is code)

    def provision(self, code: LegalBasis, on: date) -> tuple[str, str] | None:
        """The law in force on the day that the basis stands in, and where; the newest when there are two."""
        found = [
            (law.in_force_from, name, self.rule(code).provisions[name])
            for name, law in self.laws.items()
            if name in self.rule(code).provisions and law.in_force(on)
        ]
        if not found:
            return None
        _, name, place = max(found, key=lambda one: one[0] or date.min)
        return name, place
