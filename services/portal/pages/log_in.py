"""Log in with an electronic identity, or as one of the demo people in demo mode, and log out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from backbone.refusal import NotAllowed, NotFound, Refused
from backbone.web import NO_SUCH_PAGE
from schemas.codes import Agency
from services.portal import languages, log_ins, sessions
from services.portal.neighbours import Colleague
from services.portal.open_id import LOG_IN_REFUSED, OpenId
from services.portal.page import Page, TheFields, ThePage, first_page
from services.portal.sessions import LONGEST, Visitor
from services.portal.texts import N_

routes = APIRouter(include_in_schema=False)


LOGGING_IN = "felles-innlogging"


@routes.get("/logg-inn")
def who(page: ThePage) -> Response:
    """The way to the log-in provider; in demo mode the demo people by agency, with what each is for."""
    if page.desk.settings.openid_issuer:
        return page.show("log_in_eid.html")
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
    return _open_session(page, str(fields.get("person_id", "")))


@routes.get("/logg-inn/start")
def start(page: ThePage) -> Response:
    """Go to the log-in provider, with what must come back kept for this browser."""
    provider = _provider(page)
    secret, under = log_ins.begin(page.desk.engine, real_at=page.moment.real_at)
    attempt = provider.begin(state=under.state, nonce=under.nonce, verifier=under.verifier)
    return _with_attempt(page, RedirectResponse(attempt.address, status_code=303), secret)


@routes.get("/logg-inn/retur")
def come_back(page: ThePage, state: str = "", code: str = "") -> Response:
    """Back from the provider: open a session, or ask for the first code of an identity that nobody is known by yet."""
    provider = _provider(page)
    secret = page.request.cookies.get(LOGGING_IN)
    under = log_ins.take(page.desk.engine, secret, state, real_at=page.moment.real_at)
    if under is None or not code:
        raise NotAllowed("LOG_IN", LOG_IN_REFUSED)
    known = provider.finish(code=code, nonce=under.nonce, verifier=under.verifier)
    person_id = log_ins.person_of(page.desk.engine, known)
    if person_id is not None:
        return _open_session(page, person_id)
    secret = log_ins.remember(page.desk.engine, known, real_at=page.moment.real_at)
    return _with_attempt(page, RedirectResponse("/logg-inn/kode", status_code=303), secret)


@routes.get("/logg-inn/kode")
def ask_for_code(page: ThePage) -> Response:
    """Ask for the code that the operator gave."""
    _provider(page)
    return page.show("log_in_code.html", form=page.form())


@routes.post("/logg-inn/kode")
def first_code(page: ThePage, fields: TheFields) -> Response:
    """Tie the identity to the person whom the code was given for."""
    _provider(page)
    form = page.form(fields)
    secret = page.request.cookies.get(LOGGING_IN)
    code = form.text("code", N_("Skriv koden du har fått."), longest=60)
    person_id = log_ins.use_code(page.desk.engine, secret, code, real_at=page.moment.real_at)
    if person_id is not None:
        return _open_session(page, person_id)
    if form.ok:
        form.wrong(
            "code",
            page.t(
                "Koden gjelder ikke. Logg inn på nytt og se etter skrivefeil, eller be driften om en ny kode."
            ),
        )
    return page.show("log_in_code.html", status=422, form=form)


@routes.post("/logg-ut")
def log_out(page: ThePage) -> Response:
    """Close the session."""
    sessions.end(page.desk.engine, page.secret)
    answer = RedirectResponse("/?melding=logget-ut", status_code=303)
    _drop_cookie(page, answer, sessions.cookie_name(page.desk.settings))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@routes.get("/logg-ut/elektronisk-id")
def log_out_there(page: ThePage) -> Response:
    """On to the provider, to be logged out there too."""
    back = page.desk.settings.portal_url.rstrip("/") + "/"
    return RedirectResponse(_provider(page).way_out(back) or "/", status_code=303)


def _open_session(page: Page, person_id: str) -> Response:
    """Let somebody in as the directory knows them now. Raises NotFound for somebody who is not in it, or has no role there any more."""
    page.neighbours.forget()
    colleague = page.neighbours.colleagues().get(person_id)
    if colleague is None or not colleague.roles:
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
    _set_cookie(page, answer, sessions.cookie_name(page.desk.settings), secret, lasts=LONGEST)
    _drop_cookie(page, answer, LOGGING_IN)
    language = languages.at_log_in(page.desk.engine, page.request, person_id, written_to=colleague.language)
    if language is not None:
        languages.keep(answer, language, page.desk.settings)
    return answer


def _with_attempt(page: Page, answer: Response, secret: str) -> Response:
    _set_cookie(page, answer, LOGGING_IN, secret, lasts=log_ins.ATTEMPT_LASTS)
    return answer


def _set_cookie(page: Page, answer: Response, name: str, secret: str, *, lasts: timedelta) -> None:
    answer.set_cookie(
        name,
        secret,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=sessions.is_https(page.desk.settings),
        httponly=True,
        samesite="lax",
    )


def _drop_cookie(page: Page, answer: Response, name: str) -> None:
    secure = sessions.is_https(page.desk.settings)
    answer.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")


def by_agency(people: Iterable[Colleague]) -> list[tuple[Agency, list[Colleague]]]:
    """People in groups, agencies in the order of the list of codes, names in alphabetical order."""
    ordered = sorted(people, key=lambda person: (person.name or "", person.person_id))
    groups = ((agency, [person for person in ordered if person.agency is agency]) for agency in Agency)
    return [(agency, members) for agency, members in groups if members]


def _provider(page: Page) -> OpenId:
    provider: OpenId | None = page.request.app.state.open_id
    if provider is None:
        raise NotFound("NO_SUCH_PAGE", NO_SUCH_PAGE)
    return provider


def _only_in_demo(page: Page) -> None:
    if not page.desk.settings.demo or page.desk.settings.openid_issuer:
        raise NotFound("NO_SUCH_PAGE", NO_SUCH_PAGE)
