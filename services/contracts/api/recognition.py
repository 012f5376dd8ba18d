"""The route that asks whether a youth is known, when a referral or a contract is registered."""

from __future__ import annotations

from fastapi import APIRouter

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk
from schemas.codes import COORDINATORS
from services.contracts.commands import recognition as commands
from services.contracts.youths import TheSameYouths

routes = APIRouter(tags=["referrals"])


class AskWhetherKnown(Body):
    """A youth whose identity lies in the vault, under the case it may become."""

    case_id: Id
    youth_id: Id


@routes.post("/youths/known")
def known(body: AskWhetherKnown, ask: TheAsk, same: TheSameYouths) -> Answer:
    """The cases that the youth has in the asker's own municipalities; for coordinators. Of cases elsewhere nothing is told."""
    ask.require(*COORDINATORS)
    alike = same(body.case_id, body.youth_id)
    return ask.perform(
        lambda work: commands.known_cases(work, case_id=body.case_id, youth_id=body.youth_id, alike=alike),
        body,
    )
