"""The routes about registrations that somebody says are wrong."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from backbone.fields import Id, Ref
from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import STAFF
from schemas.correction_request import CorrectionRefusal, CorrectionRequested
from services.contracts.access import case_for_reading
from services.contracts.asked_corrections import REQUESTS
from services.contracts.commands import correction_requests as commands

routes = APIRouter(tags=["corrections"])


class AskForCorrection(Body):
    """Which registration is said to be wrong, by whom and when; what should stand lies in the vault. `vault_ids` are the references of the texts it names."""

    request_id: Id
    registration_id: Id
    asked_by: Id
    asked_on: date
    text_ref: Ref | None = None
    vault_ids: list[Ref] = Field(default=[], max_length=40)


class RefuseCorrection(Body):
    """Why the registration stays as it is; the words for the one who asked lie in the vault."""

    reason: CorrectionRefusal
    text_ref: Ref | None = None
    seen_version: int | None = None


@routes.post("/cases/{case_id}/correction-requests", status_code=201)
def ask_for_correction(case_id: str, body: AskForCorrection, ask: TheAsk) -> Answer:
    """Enter that somebody says a registration is wrong; every member may. A correction of it answers the request by itself."""
    ask.require(*STAFF)
    asked = CorrectionRequested(**{**dict(body), "vault_ids": tuple(body.vault_ids)})
    return ask.perform(lambda work: commands.ask_for_correction(work, asked, case_id=case_id), body)


@routes.post("/correction-requests/{request_id}/refused", status_code=201)
def refuse_correction(request_id: str, body: RefuseCorrection, ask: TheAsk) -> Answer:
    """Leave a registration as it stands, with a reason; whoever leads the case may."""
    ask.require(*STAFF)
    return ask.perform(lambda work: commands.refuse_correction(work, request_id, **dict(body)), body)


@routes.get("/cases/{case_id}/correction-requests")
def correction_requests(case_id: str, ask: TheAsk) -> list[Answer]:
    """What has been said to be wrong in a case, and whether it was answered; for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(one) for one in REQUESTS.of_case(work, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
