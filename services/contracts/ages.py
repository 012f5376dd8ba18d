"""The age question: only the vault knows birth dates, and it answers with an age band."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated

from fastapi import Depends

from backbone.calls import Calls
from backbone.web import Desk, TheAsk
from schemas.codes import AgeBand

AgeBandOn = Callable[[str, str, date], AgeBand]
"""The age band of a youth in a case on a day: (case_id, youth_id, on). Raises Refused and Unavailable."""


@lru_cache(maxsize=8)
def calls_of(desk: Desk) -> Calls:
    """The calls of this process, connections kept open."""
    return Calls(desk.settings, desk.clock)


def age_band_at_the_gate(ask: TheAsk) -> AgeBandOn:
    """Ask the gate, on behalf of the person who asks us; before our transaction, so that no lock waits for
    an answer.
    """

    def answer(case_id: str, youth_id: str, on: date) -> AgeBand:
        body = {"youth_id": youth_id, "on": on.isoformat()}
        found = calls_of(ask.desk).post("sharing", f"/cases/{case_id}/age-band", actor=ask.actor, body=body)
        return AgeBand(found["age_band"])

    return answer


TheAges = Annotated[AgeBandOn, Depends(age_band_at_the_gate)]
