"""The route that tells which local offers a case may make use of."""

from __future__ import annotations

from fastapi import APIRouter

from backbone.web import Answer, TheAsk
from schemas.codes import COORDINATORS
from services.contracts.ages import TheAges
from services.contracts.commands import picked_offers as commands

routes = APIRouter(tags=["registers"])


@routes.get("/cases/{case_id}/offers")
def fitting(case_id: str, ask: TheAsk, ages: TheAges) -> list[Answer]:
    """The local offers that fit a case now: of its municipality, open, and for the youth's age. For those who lead it."""
    ask.require(*COORDINATORS)
    youth_id = ask.read(lambda work: commands.youth_of(work, case_id))
    age_band = ages(case_id, youth_id, ask.moment.today)
    return ask.read(  # type: ignore[no-any-return]
        lambda work: commands.fitting_offers(work, case_id, age_band=age_band)
    )
