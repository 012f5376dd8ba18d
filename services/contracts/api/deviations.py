"""The routes about deviations."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from backbone.web import Answer, Body, TheAsk, json_ready
from backbone.work import Work
from schemas.codes import DeviationKind
from services.contracts.access import case_for_reading
from services.contracts.api.fields import MEMBERS, Id, Ref
from services.contracts.commands import deviations as commands
from services.contracts.domain.deviation import Report
from services.contracts.repository import DEVIATIONS, all_of

routes = APIRouter(tags=["deviations"])


class ReportDeviation(Body):
    """Something that did not go as agreed; the account lies in the vault."""

    deviation_id: Id
    contract_id: Id
    kind: DeviationKind
    severity: int
    happened_on: date
    text_ref: Ref | None = None


@routes.post("/cases/{case_id}/deviations", status_code=201)
def report(case_id: str, body: ReportDeviation, ask: TheAsk) -> Answer:
    """Report a deviation; every member of the case may."""
    ask.require(*MEMBERS)
    asked = Report(**body.model_dump(exclude={"contract_id"}))
    return ask.perform(
        lambda work: commands.report_deviation(work, asked, case_id=case_id, contract_id=body.contract_id),
        body,
    )


@routes.get("/cases/{case_id}/deviations")
def deviations(case_id: str, ask: TheAsk) -> list[Answer]:
    """The deviations of a case, for its members."""

    def look(work: Work) -> list[Answer]:
        case_for_reading(work, case_id)
        return [json_ready(deviation) for deviation in all_of(work, DEVIATIONS, case_id)]

    return ask.read(look)  # type: ignore[no-any-return]
