"""For operators: who can log in, and a code for somebody's first log-in with their electronic identity."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from backbone.fields import Id
from backbone.refusal import NotFound
from backbone.web import NO_SUCH_PAGE, Answer, Body, TheAsk
from schemas.codes import Role
from services.portal import log_ins
from services.portal.page import Page, TheFields, ThePage
from services.portal.pages.log_in import by_agency

routes = APIRouter(include_in_schema=False)


@routes.get("/drift/palogging")
def overview(page: ThePage) -> Response:
    """Everybody in the directory, and whether their identity is known."""
    page.person(Role.OPERATOR)
    return _overview(page)


@routes.post("/drift/palogging")
def give(page: ThePage, fields: TheFields) -> Response:
    """A new code for somebody, shown this once; what they were known by before ends."""
    operator = page.person(Role.OPERATOR)
    person_id = str(fields.get("person_id", ""))
    if person_id not in page.neighbours.colleagues():
        raise NotFound("NO_SUCH_PERSON", NO_SUCH_PAGE)
    code = log_ins.give_code(
        page.desk.engine, person_id, given_by=operator.person_id, real_at=page.moment.real_at
    )
    return _overview(page, person_id=person_id, code=code)


class FirstCode(Body):
    """Somebody in the directory."""

    person_id: Id


@routes.post("/operations/first-codes", status_code=201)
def give_from_the_server(body: FirstCode, ask: TheAsk) -> Answer:
    """A code asked for on the server itself, as for the first operator, whom nobody else can give one."""
    ask.require(Role.OPERATOR)
    code = log_ins.give_code(
        ask.desk.engine, body.person_id, given_by=ask.actor.person_id, real_at=ask.moment.real_at
    )
    return {"code": code}


def _overview(page: Page, *, person_id: str | None = None, code: str | None = None) -> Response:
    people = page.neighbours.colleagues()
    return page.show(
        "first_codes.html",
        groups=by_agency(people.values()),
        tied=log_ins.tied(page.desk.engine),
        person=people.get(person_id or ""),
        code=code,
    )
