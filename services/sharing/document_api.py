"""The routes about texts as documents: made final, redacted, and what was redacted destroyed."""

from __future__ import annotations

from fastapi import APIRouter

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk
from schemas.codes import STAFF, RedactionReason, Role
from services.sharing import documents
from services.sharing.rim import TheVault

routes = APIRouter(tags=["documents"])


class Redacting(Body):
    """Which text is closed to everybody, and why."""

    ref: Id
    reason: RedactionReason


@routes.post("/cases/{case_id}/documents/{ref}/final", status_code=201)
def finalise(case_id: Id, ref: Id, ask: TheAsk, vault: TheVault) -> Answer:
    """Make one's own work in progress final."""
    ask.require(*STAFF)
    return ask.perform(lambda work: documents.finalise(work, vault, case_id=case_id, ref=ref))


@routes.post("/cases/{case_id}/redactions", status_code=201)
def redact(case_id: Id, body: Redacting, ask: TheAsk, vault: TheVault) -> Answer:
    """Close a text to everybody; only the lead does."""
    ask.require(*STAFF)
    return ask.perform(
        lambda work: documents.redact(work, vault, case_id=case_id, ref=body.ref, reason=body.reason), body
    )


@routes.post("/cases/{case_id}/redactions/{ref}/destroyed", status_code=201)
def destroy(case_id: Id, ref: Id, ask: TheAsk) -> Answer:
    """Approve that a redacted text is destroyed, as a second person."""
    ask.require(Role.UNIT_LEADER)
    return ask.perform(lambda work: documents.destroy(work, case_id=case_id, ref=ref))
