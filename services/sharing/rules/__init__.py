"""Rules that are data, with their sources beside them; read once, at the rim."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

from services.sharing.domain.bases import LegalBases
from services.sharing.domain.policy import EARLIER_POLICIES, POLICY, Policy
from services.sharing.domain.signing import SigningRules

FOLDER = Path(__file__).resolve().parent
IN_FORCE = "signing_2026_2.toml"
BASES_IN_FORCE = "bases_2026_1.toml"
POLICIES: dict[str, Policy] = {policy.version: policy for policy in (*EARLIER_POLICIES, POLICY)}
"""Every policy that ever decided anything, by its version: what was decided under one is made again under it."""


@lru_cache
def legal_bases(file: str = BASES_IN_FORCE) -> LegalBases:
    """The legal bases in one file. Raises msgspec.ValidationError when something is missing."""
    return msgspec.convert(tomllib.loads((FOLDER / file).read_text(encoding="utf-8")), LegalBases)


@lru_cache
def signing_rules(file: str = IN_FORCE) -> SigningRules:
    """The signing rules in one file. Raises msgspec.ValidationError when something is missing."""
    return msgspec.convert(tomllib.loads((FOLDER / file).read_text(encoding="utf-8")), SigningRules)


def rules_of(policy: Policy) -> SigningRules:
    """The signing rules that a policy names."""
    return signing_rules(f"signing_{policy.signing_rules.replace('.', '_')}.toml")
