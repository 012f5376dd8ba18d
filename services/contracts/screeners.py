"""What this service asks the directory about referrals: who can screen one, and which unit answers for it. Asked before our
transaction, so that no lock waits for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Depends

from backbone.web import TheAsk
from backbone.work import Actor, service_actor
from schemas.screening import Listed, screening_agencies
from services.contracts.ages import calls_of
from services.contracts.domain.referral import Referral

Directory = Callable[[], Sequence[Listed]]
"""Everybody in the directory. Raises Unavailable."""


def everybody_in_the_directory(ask: TheAsk) -> Directory:
    """Ask the directory, as this service."""

    def answer() -> list[Listed]:
        found = calls_of(ask.desk).get("network", "/directory/people", actor=service_actor("contracts"))
        return [
            Listed(one["person_id"], one["agency"], one["roles"] or (), one["municipality_nos"] or ())
            for one in found
        ]

    return answer


def answers_for(actor: Actor, referral: Referral, directory: Sequence[Listed]) -> bool:
    """True for the leader of the unit that the referral lies with: somebody must find it while its screener is away."""
    place = referral.municipality_no
    units = screening_agencies(directory, screener_id=referral.assigned_to, municipality_no=place)
    return actor.agency in units and actor.leads_unit(actor.agency, place)


TheDirectory = Annotated[Directory, Depends(everybody_in_the_directory)]
