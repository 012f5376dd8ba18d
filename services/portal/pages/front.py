"""The front page with help in plain words, the accessibility statement, and the choice of language."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.portal import languages
from services.portal.page import TheFields, ThePage
from services.portal.texts import LANGUAGES

routes = APIRouter(include_in_schema=False)


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
        languages.keep(answer, chosen, page.desk.settings)
        if page.visitor is not None:
            languages.remember(page.desk.engine, page.visitor.person_id, chosen)
    return answer


def local_path(path: str) -> str:
    """The path when it is one of ours, the front page otherwise: nobody is sent elsewhere by our own form."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else "/"
