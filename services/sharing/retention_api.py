"""The routes of the end of a case: reviewed, handed to the archive, erased by two persons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field, StringConstraints
from starlette.responses import Response

from backbone.fields import Id
from backbone.web import Answer, Body, TheAsk, json_ready
from schemas.codes import COORDINATORS, RetentionBasis, RetentionOutcome, Role
from schemas.retention import CaseArchived, RetentionReviewed
from services.sharing import archive_export, erasure
from services.sharing.ledger import Ledger
from services.sharing.rim import TheVault, decided

routes = APIRouter(tags=["retention"])
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(examples=["5f" * 32])]


class Reviewing(Body):
    """What becomes of the content; what is kept is looked at again on a day."""

    outcome: RetentionOutcome
    basis: RetentionBasis
    look_again_on: date | None = None


class MakingPackage(Body):
    """The language of the package's own words; what lies in it is as it was written."""

    language: Literal["nb", "nn"] = "nb"


class Archiving(Body):
    """The archive's receipt: the checksum of the package that it received, and where it put the case: a text in the vault."""

    receipt_id: Id
    package_sha256: Checksum
    reference_ref: Id | None = None


@routes.post("/cases/{case_id}/retention/reviewed")
def review(case_id: Id, body: Reviewing, ask: TheAsk) -> Answer:
    """Decide what becomes of a closed case's content."""
    ask.require(*COORDINATORS)
    asked = RetentionReviewed(**body.model_dump(), reviewed_on=ask.moment.today)
    return ask.perform(lambda work: erasure.review(work, case_id=case_id, asked=asked), body)


@routes.post(
    "/cases/{case_id}/archive-packages",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "The package"}},
)
def make_package(case_id: Id, body: MakingPackage, ask: TheAsk, vault: TheVault) -> Response:
    """Make the archive's package of a closed case, and give it to the one who asks; it is kept nowhere."""
    ask.require(Role.RECORDS_OWNER)
    made = decided(
        ask,
        lambda work: archive_export.make_package(work, vault, case_id=case_id, language=body.language),
    )
    headers = {
        "Content-Disposition": 'attachment; filename="arkivpakke.zip"',
        "Cache-Control": "no-store",
        "X-Package-Sha256": made.sha256,
    }
    return Response(made.content, media_type="application/zip", headers=headers)


@routes.post("/cases/{case_id}/retention/archived")
def archive(case_id: Id, body: Archiving, ask: TheAsk) -> Answer:
    """Record the archive's receipt."""
    ask.require(*COORDINATORS, Role.RECORDS_OWNER)
    received = CaseArchived(**body.model_dump(), archived_on=ask.moment.today)
    return ask.perform(lambda work: erasure.archive(work, case_id=case_id, received=received), body)


@routes.post("/cases/{case_id}/erasure/proposed")
def propose(case_id: Id, ask: TheAsk) -> Answer:
    """Propose that the content be destroyed."""
    ask.require(*COORDINATORS)
    return ask.perform(lambda work: erasure.propose(work, case_id=case_id))


@routes.post("/cases/{case_id}/erasure/approved")
def approve(case_id: Id, ask: TheAsk, vault: TheVault) -> Answer:
    """Approve as a second person; the keys are destroyed when this is answered."""
    ask.require(Role.UNIT_LEADER)
    answer = ask.perform(lambda work: erasure.approve(work, case_id=case_id))
    desk = ask.desk
    erasure.finish_erasures(desk.engine, desk.service, vault.keys, Ledger(desk.settings), ask.moment)
    return answer


@routes.get("/cases/{case_id}/retention")
def retention(case_id: Id, ask: TheAsk) -> Any:
    """Where the case stands on its way out, the certificate's day among it: codes and dates."""
    ask.require(*COORDINATORS, Role.RECORDS_OWNER, Role.UNIT_LEADER)
    return decided(ask, lambda work: json_ready(erasure.seen(work, case_id)))
