"""Pages for when something is not there, not allowed, or does not work just now; never a word of what was asked for."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from backbone.identity import NotLoggedIn
from backbone.inbox import passes
from backbone.logs import logger
from backbone.refusal import Refused, Sentence
from backbone.web import MALFORMED, NO_SUCH_PAGE, OUR_FAULT, TRY_AGAIN, refused_problem
from services.portal.languages import of_browser
from services.portal.page import DeclareFirst, LogIn
from services.portal.rendering import rendered

log = logger(__name__)
FOR_PROGRAMS = ("/operations/", "/health/", "/metrics", "/openapi.json")
FROM_ELSEWHERE = Sentence(
    "Forespørselen kom ikke fra en av våre egne sider, og ingenting er gjort. Gå tilbake, last siden på nytt og prøv igjen.",
    "Førespurnaden kom ikkje frå ei av våre eigne sider, og ingenting er gjort. Gå tilbake, last sida på nytt og prøv igjen.",
    "The request did not come from one of our own pages, and nothing was done. Go back, reload the page and try again.",
)


def error_page(request: Request, status: int, sentence: Sentence) -> Response:
    """A page that says what is wrong and where to go on."""
    language = of_browser(request)
    return rendered(
        "error.html", language, status=status, code=status, sentence=sentence.within(language), **NOBODY
    )


NOBODY: dict[str, object] = {
    "visitor": None,
    "me": None,
    "ways": [],
    "path": "/",
    "demo": False,
    "log_in_with": None,
    "mail_page_url": None,
    "now": None,
    "today": None,
    "note": None,
    "behind": False,
    "acts": False,
}
"""What the frame of a page needs when nobody is known."""


def furnish(app: FastAPI) -> None:
    """Answer people with pages; programs keep their problem details."""
    app.add_exception_handler(LogIn, _log_in)
    app.add_exception_handler(DeclareFirst, _declare)  # type: ignore[arg-type]
    app.add_exception_handler(Refused, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(DBAPIError, _database)  # type: ignore[arg-type]


def for_program(request: Request) -> bool:
    """True for the addresses that programs use."""
    return request.url.path.startswith(FOR_PROGRAMS)


async def _log_in(request: Request, _: Exception) -> Response:
    return RedirectResponse("/logg-inn", status_code=303)


async def _declare(request: Request, first: DeclareFirst) -> Response:
    """On to the declaration; who has just made it and comes before the view knows it keeps the note that says so."""
    query = f"?{request.url.query}" if "venter" in request.query_params else ""
    return RedirectResponse(f"/saker/{first.case_id}/taushetsplikt{query}", status_code=303)


async def _refused(request: Request, error: Refused) -> Response:
    if for_program(request):
        return refused_problem(error, of_browser(request))
    if isinstance(error, NotLoggedIn):
        return await _log_in(request, error)
    return error_page(request, error.status, error.sentence)


async def _http(request: Request, error: HTTPException) -> Response:
    if for_program(request):
        return Response(status_code=error.status_code)
    return error_page(request, error.status_code, NO_SUCH_PAGE)


async def _malformed(request: Request, _: Exception) -> Response:
    if for_program(request):
        return Response(status_code=422)
    return error_page(request, 422, MALFORMED)


async def _database(request: Request, error: DBAPIError) -> Response:
    if not passes(error):
        return broken(request, error)
    log.error("database_failed", error=type(error.orig).__name__)
    answer = error_page(request, 503, TRY_AGAIN)
    answer.headers["Retry-After"] = "2"
    return answer


def broken(request: Request, error: Exception) -> Response:
    """The page for a fault of ours, which is logged without a word of what was asked for."""
    log.error("request_failed", error=type(error).__name__, method=request.method, exc_info=error)
    return error_page(request, 500, OUR_FAULT)
