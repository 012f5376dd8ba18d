"""The portal: its view of the cases, and its pages."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request
from starlette.responses import Response

from backbone import running
from backbone.calls import Calls
from backbone.work import Service
from services.portal import errors, security
from services.portal.folds import FOLDS
from services.portal.neighbours import Neighbours
from services.portal.open_id import OpenId
from services.portal.pages import ROUTERS
from services.portal.remaking import remake
from services.portal.tables import Table

SERVICE = Service(name="portal", metadata=Table.metadata, folds=FOLDS, reactions={}, remake=remake)
STATIC = Path(__file__).parent / "static"


def furnish(app: FastAPI) -> None:
    """What makes a service's web app one for people: static files, walls, pages for errors, the way to the other services."""
    desk = app.state.desk
    app.state.neighbours = Neighbours(Calls(desk.settings, desk.clock))
    app.state.open_id = OpenId(desk.settings) if desk.settings.openid_issuer else None
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.middleware("http")(security.guard(_from_elsewhere, errors.broken))
    errors.furnish(app)


def _from_elsewhere(request: Request) -> Response:
    return errors.error_page(request, 403, errors.FROM_ELSEWHERE)


def main() -> None:
    """Run the portal."""
    running.main(SERVICE, ROUTERS, furnish=furnish)
