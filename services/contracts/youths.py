"""What this service asks others before it opens a case: under which references the vault knows the same youth, and which
municipalities the asker works for. Both are asked before our transaction, so that no lock waits for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from backbone.calls import CalledRefused
from backbone.web import TheAsk
from backbone.work import service_actor
from services.contracts.ages import calls_of

SameYouths = Callable[[str, str], tuple[str, ...]]
"""The other references of the youth of a case: (case_id, youth_id). Raises Unavailable."""
Municipalities = Callable[[], frozenset[str]]
"""The municipalities of whoever asks. Raises Unavailable."""


def same_youths_in_the_vault(ask: TheAsk) -> SameYouths:
    """Ask the vault's index, as this service: the answer is never passed on."""

    def answer(case_id: str, youth_id: str) -> tuple[str, ...]:
        body = {"case_id": case_id, "youth_id": youth_id}
        found = calls_of(ask.desk).post(
            "sharing", "/youths/same", actor=service_actor("contracts"), body=body
        )
        return tuple(found["youth_ids"])

    return answer


def municipalities_of_the_asker(ask: TheAsk) -> Municipalities:
    """Ask the directory; somebody who does not stand there works for none."""

    def answer() -> frozenset[str]:
        path = f"/directory/people/{ask.actor.person_id}"
        try:
            found = calls_of(ask.desk).get("network", path, actor=service_actor("contracts"))
        except CalledRefused:
            return frozenset()
        return frozenset(found["municipality_nos"])

    return answer


TheSameYouths = Annotated[SameYouths, Depends(same_youths_in_the_vault)]
TheMunicipalities = Annotated[Municipalities, Depends(municipalities_of_the_asker)]
