"""The youth's age band on the day of a yes, when that day turns out to have been another: whether it was a grown-up's follows from it."""

from __future__ import annotations

from datetime import date

from backbone.work import Work
from schemas.codes import AgeBand
from services.sharing.gate import band_of_youth
from services.sharing.repository import CASE_FILES
from services.sharing.vault import Vault


def band_on(work: Work, vault: Vault, case_id: str, day: date) -> AgeBand | None:
    """The youth's age band on a day, by the birth date that is known now."""
    case = CASE_FILES.find(work, case_id)
    return band_of_youth(work, vault, case, day) if case is not None else None
