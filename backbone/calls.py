"""Calls from one process to another, on behalf of the person who asked."""

from __future__ import annotations

from typing import Any, NamedTuple

import httpx

from backbone.clock import Clock
from backbone.identity import token
from backbone.refusal import Refused, Sentence, Unavailable
from backbone.settings import Settings
from backbone.work import Actor

SECONDS = 10.0
NOT_REACHED = Sentence(
    "En del av tjenesten svarer ikke akkurat nå, og ingenting er delt. Prøv igjen om litt.",
    "Ein del av tenesta svarer ikkje akkurat no, og ingenting er delt. Prøv igjen om litt.",
    "A part of the service does not answer just now, and nothing was shared. Try again in a little while.",
)


class CalledRefused(Refused):
    """The other service said no; its sentence is passed on as it is."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        sentence = str(problem.get("detail", ""))
        super().__init__(
            str(problem.get("title", "REFUSED")),
            Sentence(sentence, sentence, sentence),
            field=problem.get("field"),
        )
        self.status, self.problem, self.current = status, problem, problem.get("current")


class Fetched(NamedTuple):
    """A file that another service gave, and what it said of it (header names in small letters)."""

    content: bytes
    headers: dict[str, str]


class Calls:
    """An HTTP client to the other services."""

    def __init__(self, settings: Settings, clock: Clock, *, client: httpx.Client | None = None) -> None:
        self._settings, self._clock = settings, clock
        self._client = client or httpx.Client(timeout=SECONDS, trust_env=False)

    def get(self, service: str, path: str, *, actor: Actor, **query: Any) -> Any:
        """Read something. Raises CalledRefused and Unavailable."""
        return self._call("GET", service, path, actor, params=query or None)

    def post(self, service: str, path: str, *, actor: Actor, body: Any = None, key: str | None = None) -> Any:
        """Ask for something, once for its idempotency key. Raises CalledRefused and Unavailable."""
        return self._call("POST", service, path, actor, json=body if body is not None else {}, key=key)

    def fetch(self, service: str, path: str, *, actor: Actor, body: Any = None) -> Fetched:
        """Ask for a file. Raises CalledRefused and Unavailable."""
        answer = self._answered("POST", service, path, actor, json=body if body is not None else {})
        return Fetched(answer.content, dict(answer.headers))

    def _call(self, method: str, service: str, path: str, actor: Actor, **more: Any) -> Any:
        answer = self._answered(method, service, path, actor, **more)
        return answer.json() if answer.content else None

    def _answered(
        self, method: str, service: str, path: str, actor: Actor, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {token(self._settings, actor, self._clock.moment())}",
            "Accept-Language": actor.language,
            **({"Idempotency-Key": key} if key else {}),
        }
        try:
            answer = self._client.request(
                method, self._settings.address(service) + path, headers=headers, **more
            )
        except httpx.HTTPError:
            raise Unavailable("NOT_REACHED", NOT_REACHED) from None
        if answer.is_success:
            return answer
        if answer.headers.get("content-type", "").startswith("application/problem+json"):
            raise CalledRefused(answer.status_code, answer.json())
        raise Unavailable("NOT_REACHED", NOT_REACHED)
