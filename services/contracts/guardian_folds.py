"""What the events about guardians say in this service's replayed tables."""

from __future__ import annotations

from backbone.rows import Rows
from backbone.work import Fold
from schemas.event import Event, Fact
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
    PreferredLanguageSet,
)
from services.contracts.repository import GUARDIANS, guardians


def on_guardians(rows: Rows, fact: Fact) -> None:
    """Something about the guardians, or about a language."""
    GUARDIANS.put(rows, guardians(rows, fact.envelope.case_id).after(fact.event))


GUARDIAN_FOLDS: dict[type[Event], Fold] = dict.fromkeys(
    (
        GuardianAdded,
        GuardianRemoved,
        GuardianRestricted,
        GuardianChangeConfirmed,
        GuardianRestrictionLifted,
        ParentalResponsibilityChanged,
        GuardianSituationConfirmed,
        PreferredLanguageSet,
    ),
    on_guardians,
)
"""A contract or a sanction names guardians too; its own fold hands it on to `on_guardians`."""
