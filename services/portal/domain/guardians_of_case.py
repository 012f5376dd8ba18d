"""What the pages know of a case's guardians, who decides, and preferred languages."""

from __future__ import annotations

from datetime import date

import msgspec

from schemas.guardian_codes import SpokenLanguage
from schemas.guardianship import Guardianship


class GuardiansOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands beside the youth now; `version` counts the events as their owner does."""

    stands: Guardianship = Guardianship()
    languages: dict[str, SpokenLanguage] = {}
    confirmed_on: date | None = None
    version: int = 0
