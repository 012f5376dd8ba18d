"""The front page with help in plain words, the accessibility statement, and the choice of language."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.portal.page import LANGUAGE_COOKIE, TheFields, ThePage
from services.portal.sessions import is_https
from services.portal.texts import LANGUAGES

routes = APIRouter(include_in_schema=False)
A_YEAR = int(timedelta(days=365).total_seconds())


@routes.get("/")
def front(page: ThePage) -> Response:
    """What this is, and where to begin."""
    return page.show("front.html")


@routes.get("/hjelp")
def help_page(page: ThePage) -> Response:
    """How things are done here, in plain words."""
    return page.show("help.html")


@routes.get("/tilgjengelighet")
def accessibility(page: ThePage) -> Response:
    """How the pages meet the requirements of universal design."""
    return page.show("accessibility.html")


@routes.post("/sprak")
def choose_language(page: ThePage, fields: TheFields) -> Response:
    """Remember the language, and go back to where the visitor was."""
    chosen = str(fields.get("sprak", ""))
    answer = RedirectResponse(local_path(str(fields.get("tilbake", "/"))), status_code=303)
    if chosen in LANGUAGES:
        secure = is_https(page.desk.settings)
        answer.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure
        )
    return answer


def local_path(path: str) -> str:
    """The path when it is one of ours, the front page otherwise: nobody is sent elsewhere by our own form."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else "/"
