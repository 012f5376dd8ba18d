"""Who must sign a consent, by the youth's age: rules that are data (`rules/signing_*.toml`), read at the rim
and given in.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from schemas.codes import AgeBand, Category, ConsentKind, SignerRole
from schemas.contract import Signer

HEALTH_CATEGORIES = frozenset({Category.HEALTH_GENERAL, Category.HEALTH_MENTAL, Category.DRUG_TEST})
"""Categories that only a consent of the health kind can carry."""


class Requirement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who decides in one age band, and where that comes from."""

    youth: bool
    guardians: bool
    source: str


class SigningRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of the rules. `health_alone_municipalities` have switched on that youths of 16 and 17
    decide alone about health. With `adult_says_yes_anew` a yes from before the 18th birthday carries nothing after it.
    """

    version: str
    longest_validity_months: int
    longest_validity_source: str
    confirm_oral_within_days: int
    confirm_oral_source: str
    lapse_after_days: int
    lapse_source: str
    bands: dict[AgeBand, Requirement]
    health_alone: Requirement
    health_alone_municipalities: tuple[str, ...] = ()
    unreachable_attempts: int = 3
    unreachable_within_days: int = 14
    """A guardian is unreachable after so many attempts on days that span so many days."""
    unreachable_source: str = ""
    adult_says_yes_anew: bool = False
    adult_says_yes_anew_source: str = ""

    def requirement(
        self, band: AgeBand | None, *, kind: ConsentKind, municipality_no: str | None
    ) -> Requirement:
        """Who decides for a youth of this age; when the age is not known, everyone does."""
        if band is None:
            return Requirement(youth=True, guardians=True, source="the age is not known: the strictest rule")
        if (
            kind is ConsentKind.HEALTH
            and band is AgeBand.AGE_16_17
            and municipality_no in self.health_alone_municipalities
        ):
            return self.health_alone
        return self.bands[band]


def required_signers(
    requirement: Requirement, *, youth_id: str, deciders: Iterable[Signer]
) -> frozenset[Signer]:
    """Everyone whose yes is needed; `deciders` are those who decide for the youth under 18."""
    signers = {Signer(person_id=youth_id, role=SignerRole.YOUTH)} if requirement.youth else set()
    if requirement.guardians:
        signers |= set(deciders)
    return frozenset(signers)
