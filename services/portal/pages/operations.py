"""For operators: whether every service goes, and the events that one could not understand. No content is shown here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.settings import SERVICES
from backbone.web import NO_SUCH_PAGE
from schemas.codes import DiscardReason, Role
from services.portal.page import Page, TheFields, ThePage
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


class Report(NamedTuple):
    """How one service is: whether it is ready, the refusal when it is not, and what it has parked."""

    service: str
    refusal: str | None
    parked: list[dict[str, Any]]

    @property
    def ready(self) -> bool:
        """True when it answers and reads the log."""
        return self.refusal is None


@routes.get("/drift")
def overview(page: ThePage) -> Response:
    """Every service, and everything that is parked."""
    page.person(Role.OPERATOR)
    actor = page.actor
    with ThreadPoolExecutor(max_workers=len(SERVICES)) as pool:
        reports = list(pool.map(lambda service: _report(page, service, actor), SERVICES))
    return page.show(
        "operations.html",
        reports=reports,
        reasons=list(DiscardReason),
        eid=bool(page.desk.settings.openid_issuer),
    )


def _report(page: Page, service: str, actor: Any) -> Report:
    calls = page.neighbours.calls
    try:
        calls.get(service, "/health/ready", actor=actor)
        return Report(service, None, calls.get(service, "/operations/parked", actor=actor))
    except Refused as error:
        return Report(service, page.t.of(error.sentence), [])


@routes.post("/drift/{service}/{partition}/{offset}/prov-igjen")
def retry(page: ThePage, service: str, partition: int, offset: int) -> Response:
    """Try a parked event again."""
    path = _place(page, service, partition, offset)
    page.neighbours.calls.post(service, f"{path}/retry", actor=page.actor)
    return page.go("/drift", "prov-igjen")


@routes.post("/drift/{service}/{partition}/{offset}/legg-til-side")
def discard(page: ThePage, service: str, partition: int, offset: int, fields: TheFields) -> Response:
    """Lay a parked event aside for good, with a reason."""
    path = _place(page, service, partition, offset)
    form = page.form(fields)
    reason = form.choice("reason", DiscardReason, N_("Velg hvorfor hendelsen legges til side."))
    if not form.ok:
        return page.go("/drift", "grunn-mangler")
    page.neighbours.calls.post(
        service, f"{path}/discard", actor=page.actor, body={"reason": reason}, key=form.key
    )
    return page.go("/drift", "lagt-til-side")


def _place(page: Page, service: str, partition: int, offset: int) -> str:
    page.person(Role.OPERATOR)
    if service not in SERVICES:
        raise NotFound("NO_SUCH_SERVICE", NO_SUCH_PAGE)
    return f"/operations/parked/{partition}/{offset}"
