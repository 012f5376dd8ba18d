"""The HTTP rim that every service has: who asks, one transaction a command, idempotency, problems as RFC 9457, health, metrics, parked events."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Protocol, cast

import msgspec
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from backbone.clock import Clock, Moment
from backbone.identity import actor_from
from backbone.inbox import Inbox, passes
from backbone.logs import logger
from backbone.openapi import PROBLEM, PROBLEMS, describe
from backbone.refusal import LANGUAGES, Conflict, NotAllowed, Refused, Sentence, Unavailable
from backbone.settings import Settings
from backbone.tables import AnswerRow
from backbone.work import Actor, Service, Work, work_on
from schemas.codes import Role

log = logger(__name__)
MAX_BODY = 1024 * 1024
Answer = dict[str, Any]


class Body(BaseModel):
    """Base of what a command takes: nothing unknown, no surrounding white space."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=20_000)


class Reading(Protocol):
    """What the desk sees of the reading of the log."""

    ready: threading.Event
    stopped_by: Exception | None

    def behind(self) -> int:
        """How many records are still to be read."""
        ...


class Desk:
    """What a route needs of its process: the service, its database, its clock, its settings, its inbox."""

    def __init__(
        self, *, settings: Settings, service: Service, engine: Engine, clock: Clock, inbox: Inbox
    ) -> None:
        self.settings, self.service, self.engine, self.clock, self.inbox = (
            settings,
            service,
            engine,
            clock,
            inbox,
        )
        self._stream: Reading | None = None
        self.needs: list[Callable[[], str | None]] = []
        """What else the service cannot do without: each says what is missing, None when nothing is."""

    def watch(self, stream: Reading) -> None:
        """Let health and numbers tell of the reading of the log."""
        self._stream = stream

    def reading(self) -> bool:
        """True when the log is being read, or when this process does not read it."""
        return self._stream is None or (self._stream.ready.is_set() and self._stream.stopped_by is None)

    def behind(self) -> int:
        """How many records are still to be read."""
        return 0 if self._stream is None else self._stream.behind()


def desk_of(request: Request) -> Desk:
    """The desk of this process."""
    return cast(Desk, request.app.state.desk)


def language_of(accept_language: Annotated[str | None, Header()] = None) -> str:
    """The language asked for, bokmål otherwise."""
    for part in (accept_language or "").lower().split(","):
        language = part.split(";")[0].strip().split("-")[0]
        if language in LANGUAGES:
            return language
        if language == "no":
            return "nb"
    return "nb"


Language = Annotated[str, Depends(language_of)]
TheDesk = Annotated[Desk, Depends(desk_of)]


def actor_of(
    desk: TheDesk, language: Language, authorization: Annotated[str | None, Header()] = None
) -> Actor:
    """Who asks. Raises NotLoggedIn."""
    return actor_from(desk.settings, authorization, language=language)


TheActor = Annotated[Actor, Depends(actor_of)]


class Ask:
    """A request by somebody: reads in a transaction of its own, commands in one that also keeps the answer under the idempotency key."""

    def __init__(
        self,
        request: Request,
        desk: TheDesk,
        actor: TheActor,
        idempotency_key: Annotated[str | None, Header(max_length=120)] = None,
    ) -> None:
        self.desk, self.actor = desk, actor
        self._key, self._path = idempotency_key, f"{request.method} {request.url.path}"

    @property
    def moment(self) -> Moment:
        """Now, by both clocks."""
        return self.desk.clock.moment()

    def require(self, *roles: Role) -> None:
        """Raise NotAllowed unless the person has one of the roles."""
        require(self.actor, *roles)

    def read(self, look: Callable[[Work], Any]) -> Any:
        """Run a read in a transaction."""
        with work_on(self.desk.engine, self.desk.service, moment=self.moment, actor=self.actor) as work:
            return look(work)

    def perform(self, command: Callable[[Work], Answer | None], request: BaseModel | None = None) -> Answer:
        """Run a command once for its idempotency key, and give its answer with the sequence numbers it made.

        Raises Conflict when the key was used for another request, Unavailable while the log is ahead of this database.
        """
        if self.desk.inbox.ghosts:
            raise Unavailable("LOG_AHEAD", LOG_AHEAD)
        digest = self._digest(request)
        with work_on(self.desk.engine, self.desk.service, moment=self.moment, actor=self.actor) as work:
            if self._key is not None and (earlier := self._earlier(work, digest)) is not None:
                return earlier
            answer = {
                **(command(work) or {}),
                "sequences": {case: {self.desk.service.name: n} for case, n in work.sequences().items()},
            }
            if self._key is not None:
                row = {"actor": self.actor.person_id, "key": self._key, "request_digest": digest}
                work.put(AnswerRow, **row, answer=answer, answered_at=work.moment.real_at)
        return answer

    def _earlier(self, work: Work, digest: str) -> Answer | None:
        _, found = work.ask(
            (
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                (f"{self.actor.person_id} {self._key}",),
            ),
            (
                "SELECT request_digest, answer::text FROM answer WHERE actor = %s AND key = %s",
                (self.actor.person_id, self._key),
            ),
        )
        if not found:
            return None
        ((earlier, answer),) = found
        if earlier != digest:
            raise Conflict("KEY_REUSED", KEY_REUSED)
        return msgspec.json.decode(answer, type=Answer)

    def _digest(self, request: BaseModel | None) -> str:
        """Keyed, so that nobody can guess a request from what is stored."""
        content = request.model_dump_json().encode() if request is not None else b""
        return hashlib.blake2b(
            self._path.encode() + b"\n" + content, key=self.desk.settings.token_key()[:64], digest_size=32
        ).hexdigest()


TheAsk = Annotated[Ask, Depends(Ask)]


def require(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the person has one of the roles."""
    if not actor.roles & set(roles):
        raise NotAllowed("ROLE", ROLE_MISSING)


def create_app(desk: Desk, *routers: APIRouter, title: str, lifespan: Any = None) -> FastAPI:
    """A service's web app, with everything that every service has."""
    app = FastAPI(
        title=title,
        version="1",
        lifespan=lifespan,
        responses=PROBLEMS,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.desk = desk
    from backbone.operations import routes as operations

    for router in (operations, *routers):
        app.include_router(router)
    app.add_exception_handler(Refused, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _malformed)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    app.add_exception_handler(DBAPIError, _database)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _broken)
    app.middleware("http")(_bounded)
    describe(app)
    return app


def problem(status: int, rule: str, sentence: str, **more: Any) -> JSONResponse:
    """An RFC 9457 problem; `detail` is for people, `rule` for programs."""
    body = {
        "type": f"urn:felles-ansvar:problem:{rule.lower()}",
        "title": rule,
        "status": status,
        "detail": sentence,
        **more,
    }
    return JSONResponse(body, status_code=status, media_type=PROBLEM)


def refused_problem(error: Refused, language: str) -> JSONResponse:
    """A refusal as a problem, in the user's language."""
    more = {"field": error.field} if error.field else {}
    current = getattr(error, "current", None)
    if current is not None:
        more["current"] = current
    return problem(error.status, error.rule, error.sentence.within(language), **more)


def _asked_language(request: Request) -> str:
    return language_of(request.headers.get("accept-language"))


async def _refused(request: Request, error: Refused) -> Response:
    return refused_problem(error, _asked_language(request))


async def _malformed(request: Request, error: RequestValidationError) -> Response:
    places = [
        {"field": ".".join(str(step) for step in found["loc"][1:]), "code": found["type"]}
        for found in error.errors()
    ]
    return problem(422, "MALFORMED", MALFORMED.within(_asked_language(request)), errors=places)


async def _http(request: Request, error: HTTPException) -> Response:
    return problem(
        error.status_code, f"HTTP_{error.status_code}", NO_SUCH_PAGE.within(_asked_language(request))
    )


async def _database(request: Request, error: DBAPIError) -> Response:
    log.error("database_failed", error=type(error.orig).__name__, path=request.scope.get("path"))
    if passes(error):
        answer = problem(503, "TRY_AGAIN", TRY_AGAIN.within(_asked_language(request)))
        answer.headers["Retry-After"] = "2"
        return answer
    return await _broken(request, error)


async def _broken(request: Request, error: Exception) -> Response:
    log.error("request_failed", error=type(error).__name__, method=request.method, exc_info=error)
    return problem(500, "OUR_FAULT", OUR_FAULT.within(_asked_language(request)))


async def _bounded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    length = request.headers.get("content-length", "0")
    if (
        not length.isdigit()
        or int(length) > MAX_BODY
        or "chunked" in request.headers.get("transfer-encoding", "")
    ):
        return problem(413, "TOO_LARGE", TOO_LARGE.within(_asked_language(request)))
    return await call_next(request)


def json_ready(value: Any) -> Any:
    """Structs, dates and enumerations as plain JSON values."""
    return msgspec.to_builtins(value)


KEY_REUSED = Sentence(
    "Denne innsendingen er alt brukt til noe annet. Last siden på nytt og prøv igjen.",
    "Denne innsendinga er alt brukt til noko anna. Last sida på nytt og prøv igjen.",
    "This submission was already used for something else. Reload the page and try again.",
)
LOG_AHEAD = Sentence(
    "Tjenesten er hentet fram fra en sikkerhetskopi og må leses inn på nytt før den tar imot noe. Driften er varslet.",
    "Tenesta er henta fram frå ein tryggingskopi og må lesast inn på nytt før ho tek imot noko. Drifta er varsla.",
    "The service was restored from a backup and must be replayed before it takes anything. Operations have been told.",
)
ROLE_MISSING = Sentence(
    "Rollen din gir ikke tilgang til dette.",
    "Rolla di gir ikkje tilgang til dette.",
    "Your role does not allow this.",
)
MALFORMED = Sentence(
    "Noe i innsendingen mangler eller har feil form. Se på feltene som er nevnt, og send på nytt.",
    "Noko i innsendinga manglar eller har feil form. Sjå på felta som er nemnde, og send på nytt.",
    "Something in the request is missing or has the wrong form. Look at the fields named, and send it again.",
)
NO_SUCH_PAGE = Sentence("Dette finnes ikke her.", "Dette finst ikkje her.", "There is no such thing here.")
TRY_AGAIN = Sentence(
    "Det gikk ikke akkurat nå, og ingenting er lagret. Prøv igjen om litt.",
    "Det gjekk ikkje akkurat no, og ingenting er lagra. Prøv igjen om litt.",
    "That did not work just now, and nothing was saved. Try again in a little while.",
)
OUR_FAULT = Sentence(
    "Noe gikk galt hos oss, og ingenting er lagret. Feilen er notert uten personopplysninger.",
    "Noko gjekk gale hos oss, og ingenting er lagra. Feilen er notert utan personopplysningar.",
    "Something went wrong on our side, and nothing was saved. The fault is noted without personal data.",
)
TOO_LARGE = Sentence("Innsendingen er for stor.", "Innsendinga er for stor.", "The request is too large.")
