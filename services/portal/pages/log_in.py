"""Log in as one of the demo people (demo mode only), and log out."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from backbone.refusal import NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Agency
from services.portal import sessions
from services.portal.neighbours import Colleague
from services.portal.page import Page, TheFields, ThePage, first_page
from services.portal.sessions import LONGEST, Visitor

routes = APIRouter(include_in_schema=False)


@routes.get("/logg-inn")
def who(page: ThePage) -> Response:
    """The demo people by agency, with what each is for."""
    _only_in_demo(page)
    try:
        people = page.neighbours.colleagues().values()
    except Refused as error:
        return page.show("log_in.html", status=503, groups=[], sentence=page.t.of(error.sentence))
    return page.show("log_in.html", groups=by_agency(people), sentence=None)


@routes.post("/logg-inn")
def log_in(page: ThePage, fields: TheFields) -> Response:
    """Open a session for a demo person."""
    _only_in_demo(page)
    page.neighbours.forget()
    colleague = page.neighbours.colleagues().get(str(fields.get("person_id", "")))
    if colleague is None:
        raise NotFound("NO_SUCH_PERSON", NO_SUCH_PAGE)
    sessions.end(page.desk.engine, page.secret)
    visitor = Visitor(
        colleague.person_id,
        colleague.agency,
        colleague.roles,
        colleague.municipality_nos,
        sessions.new_session_id(),
    )
    secret = sessions.begin(page.desk.engine, visitor, real_at=page.moment.real_at)
    answer = RedirectResponse(first_page(visitor), status_code=303)
    settings = page.desk.settings
    answer.set_cookie(
        sessions.cookie_name(settings),
        secret,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=sessions.is_https(settings),
        httponly=True,
        samesite="lax",
    )
    return answer


@routes.post("/logg-ut")
def log_out(page: ThePage) -> Response:
    """Close the session."""
    sessions.end(page.desk.engine, page.secret)
    answer = RedirectResponse("/?melding=logget-ut", status_code=303)
    settings = page.desk.settings
    answer.delete_cookie(
        sessions.cookie_name(settings),
        path="/",
        secure=sessions.is_https(settings),
        httponly=True,
        samesite="lax",
    )
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def by_agency(people: Iterable[Colleague]) -> list[tuple[Agency, list[Colleague]]]:
    """People in groups, agencies in the order of the list of codes, names in alphabetical order."""
    ordered = sorted(people, key=lambda person: (person.name or "", person.person_id))
    groups = ((agency, [person for person in ordered if person.agency is agency]) for agency in Agency)
    return [(agency, members) for agency, members in groups if members]


def _only_in_demo(page: Page) -> None:
    if not page.desk.settings.demo:
        raise NotFound("NO_SUCH_PAGE", NO_SUCH_PAGE)
