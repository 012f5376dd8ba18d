"""The written language that somebody has chosen: remembered for the person, so that it follows them from one browser to the next."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from backbone.settings import Settings
from backbone.web import language_of
from services.portal.sessions import is_https
from services.portal.tables import ChosenLanguageRow
from services.portal.texts import LANGUAGES

LANGUAGE_COOKIE = "sprak"
A_YEAR = 365 * 24 * 60 * 60
USUAL = "nb"
"""What the directory says of everybody of whom nobody has said anything else."""


def of_browser(request: Request) -> str:
    """The language of the cookie, else the browser's, else bokmål."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    asked = language_of(request.headers.get("accept-language"))
    return asked if asked in LANGUAGES else USUAL


def remember(engine: Engine, person_id: str, language: str) -> None:
    """Somebody who is logged in has chosen."""
    with Session(engine) as session, session.begin():
        session.merge(ChosenLanguageRow(person_id=person_id, language=language))


def at_log_in(engine: Engine, request: Request, person_id: str, *, written_to: str) -> str | None:
    """The language that somebody who logs in has chosen once, else the one just chosen in this browser, else the one that the
    directory says they are written to in. None when nobody has said: the browser's own goes on.
    """
    with Session(engine) as session:
        row = session.get(ChosenLanguageRow, person_id)
    if row is not None:
        return row.language
    if request.cookies.get(LANGUAGE_COOKIE) in LANGUAGES:
        return None
    return written_to if written_to in LANGUAGES and written_to != USUAL else None


def keep(answer: Response, language: str, settings: Settings) -> None:
    """Keep the language in the browser."""
    answer.set_cookie(
        LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax", secure=is_https(settings)
    )
