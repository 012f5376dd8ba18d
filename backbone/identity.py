"""Who asks: a signed token of a minute's life that the portal makes from a log-in session, and that every service checks.

The token carries the originating person, also when one service asks another on their behalf.
"""

from __future__ import annotations

from datetime import timedelta

import jwt

from backbone.clock import Moment
from backbone.refusal import Refused, Sentence
from backbone.settings import Settings
from backbone.work import Actor
from schemas.codes import Role

AUDIENCE = "felles-ansvar"
LIFETIME = timedelta(seconds=60)


class NotLoggedIn(Refused):
    """There is no valid token."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "LOG_IN",
            Sentence(
                "Du må logge inn for å gjøre dette.",
                "Du må logge inn for å gjere dette.",
                "You need to log in to do this.",
            ),
        )


def token(settings: Settings, actor: Actor, moment: Moment) -> str:
    """A token that says who acts, valid for a minute of real time."""
    claims = {
        "sub": actor.person_id,
        "agency": actor.agency,
        "roles": sorted(actor.roles),
        "sid": actor.session,
        "areas": sorted(actor.municipality_nos),
        "aud": AUDIENCE,
        "iat": moment.real_at,
        "exp": moment.real_at + LIFETIME,
    }
    return jwt.encode(claims, settings.token_key(), algorithm="HS256")


def actor_from(settings: Settings, authorization: str | None, *, language: str = "nb") -> Actor:
    """The actor of a bearer token. Raises NotLoggedIn."""
    scheme, _, bearer = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotLoggedIn
    try:
        claims = jwt.decode(
            bearer,
            settings.token_key(),
            algorithms=["HS256"],
            audience=AUDIENCE,
            options={"require": ["exp", "iat", "sub", "aud"]},
        )
        roles = frozenset(Role(role) for role in claims.get("roles", []))
    except (jwt.InvalidTokenError, ValueError):
        raise NotLoggedIn from None
    areas = frozenset(map(str, claims.get("areas", [])))
    return Actor(claims["sub"], claims.get("agency"), roles, claims.get("sid"), language, areas)
