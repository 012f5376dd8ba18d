"""For those who check: cases by pseudonym, and the events of one, in the order of the log, for a stated purpose."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from backbone.refusal import Refused
from schemas.codes import AuditPurpose, Role
from services.portal.page import TheFields, ThePage
from services.portal.sentences import said
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)
ON_A_PAGE = 100
Stated = Annotated[str, Query(alias="formal", max_length=40)]
"""The purpose as a link or a form carries it, so that it is asked for once in a visit."""


def purpose_in(stated: str) -> AuditPurpose | None:
    """The purpose that was stated, None where nobody has; there is no purpose that goes without saying."""
    return AuditPurpose(stated) if stated in set(AuditPurpose) else None


@routes.get("/kontroll")
def cases(page: ThePage, etter: Annotated[str, Query(max_length=80)] = "", formal: Stated = "") -> Response:
    """The pseudonyms of the cases, a page at a time."""
    page.person(Role.AUDITOR)
    purpose = purpose_in(formal)
    try:
        found = page.neighbours.calls.get(
            "audit", "/cases", actor=page.actor, after=etter, limit=ON_A_PAGE + 1
        )
    except Refused as error:
        return page.show(
            "audit_cases.html",
            status=error.status,
            cases=[],
            more=None,
            purpose=purpose,
            refusal=page.t.of(error.sentence),
        )
    more = found[ON_A_PAGE - 1]["case_id"] if len(found) > ON_A_PAGE else None
    return page.show("audit_cases.html", cases=found[:ON_A_PAGE], more=more, purpose=purpose, refusal=None)


@routes.get("/kontroll/{case_id}")
def purpose(page: ThePage, case_id: str, formal: Stated = "") -> Response:
    """The question that comes first: what for. What was answered earlier in the visit is proposed, and can be changed."""
    page.person(Role.AUDITOR)
    stated = purpose_in(formal)
    form = page.form({"purpose": stated.value} if stated else None)
    return page.show("audit_purpose.html", case_id=case_id, form=form, purposes=list(AuditPurpose))


@routes.post("/kontroll/{case_id}")
def events(page: ThePage, case_id: str, fields: TheFields) -> Response:
    """Every event of the case, from the audit service's own store; the looking is recorded there first."""
    page.person(Role.AUDITOR)
    form = page.form(fields)
    chosen = form.choice("purpose", AuditPurpose, N_("Velg hva kontrollen gjelder."))
    if form.ok:
        try:
            path = f"/cases/{case_id}/events"
            found = page.neighbours.calls.get("audit", path, actor=page.actor, purpose=chosen)
            return page.show(
                "audit_events.html",
                case_id=case_id,
                purpose=chosen,
                events=found["events"],
                places={event["event_id"]: place for place, event in enumerate(found["events"], start=1)},
                people=page.neighbours.colleagues_if_any(),
                said=said,
            )
        except Refused as error:
            form.refused(error)
    return page.show(
        "audit_purpose.html", status=422, case_id=case_id, form=form, purposes=list(AuditPurpose)
    )
