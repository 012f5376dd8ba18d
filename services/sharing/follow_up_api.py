"""The routes of what comes before and after an opening: may I, permits, receipts, the youth's report."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from backbone.clock import new_id
from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk
from schemas.codes import STAFF, Purpose, ReceiptAnswer
from services.sharing import gate, permits, receipts, reports
from services.sharing.rim import TheVault, decided, decided_for_staff

routes = APIRouter(tags=["follow-up"])


class AskingPermit(Body):
    """Which content, what for."""

    ref: Id
    purpose: Purpose


class Redeeming(Body):
    """A permit."""

    permit: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$"), Field(examples=["A" * 43])]


class GivingReceipt(Body):
    """What was done."""

    answer: ReceiptAnswer


@routes.get("/cases/{case_id}/may-share")
def may_share(
    case_id: Id, ask: TheAsk, vault: TheVault, purpose: Purpose = Purpose.FOLLOW_UP
) -> list[dict[str, Any]]:
    """What may flow between the agencies of the case, on which basis, until when."""
    ask.require(*STAFF)
    return decided(ask, lambda work: reports.flows(work, vault, case_id=case_id, purpose=purpose))


@routes.post("/cases/{case_id}/permits", status_code=201)
def permit(case_id: Id, body: AskingPermit, ask: TheAsk, vault: TheVault) -> Answer:
    """Ask for a permit to download one piece of content; the answer holds the gate's decision, and the permit
    on a yes.
    """
    told = body.model_dump()
    issued = decided_for_staff(ask, lambda work: permits.issue(work, vault, case_id=case_id, **told))
    (decision,) = issued.decided.verdict.decisions
    return {"permit": issued.permit, "outcome": decision.outcome, "reason": decision.reason}


@routes.post("/permits/redeemed")
def redeem(body: Redeeming, ask: TheAsk, vault: TheVault) -> Answer:
    """Use a permit; decided again, and handed out only when that has committed."""
    opening = decided_for_staff(ask, lambda work: permits.redeem(work, vault, permit=body.permit))
    return gate.release(vault, opening)


@routes.get("/cases/{case_id}/receipts")
def receipts_of_case(case_id: Id, ask: TheAsk, vault: TheVault) -> list[dict[str, Any]]:
    """The receipts of a case."""
    ask.require(*STAFF)
    return decided(ask, lambda work: receipts.receipts_of_case(work, vault, case_id))


@routes.get("/receipts")
def my_receipts(ask: TheAsk) -> list[dict[str, Any]]:
    """What this person has been asked for."""
    ask.require(*STAFF)
    return decided(ask, receipts.my_receipts)


@routes.post("/receipts/{receipt_id}/given")
def give_receipt(receipt_id: Id, body: GivingReceipt, ask: TheAsk) -> Answer:
    """Say what was done with content whose consent was taken back."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: receipts.give_receipt(work, receipt_id=receipt_id, answer=body.answer), body
    )


@routes.post("/cases/{case_id}/reports", status_code=201)
def report(case_id: Id, ask: TheAsk, vault: TheVault) -> Answer:
    """Make the youth's report."""
    ask.require(*STAFF)
    return decided(ask, lambda work: reports.make_report(work, vault, case_id=case_id, report_id=new_id()))
