"""Log-in sessions: a random secret in a cookie, its digest in a row; they end after 30 idle minutes, and after 8 hours in any case."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, delete, update
from sqlmodel import Session

from backbone.clock import new_id
from backbone.rows import table_of
from backbone.settings import Settings
from backbone.work import Actor
from schemas.codes import COORDINATORS, Role
from services.portal.repository import Reach
from services.portal.tables import SessionRow

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
NOTED_EVERY = timedelta(seconds=60)


class Visitor(NamedTuple):
    """Somebody who is logged in, as the directory knew them when they logged in."""

    person_id: str
    agency: str | None
    roles: frozenset[Role]
    municipality_nos: tuple[str, ...]
    session_id: str

    def actor(self, language: str) -> Actor:
        """The visitor as the one who acts in the other services."""
        areas = frozenset(self.municipality_nos)
        return Actor(self.person_id, self.agency, self.roles, self.session_id, language, areas)

    @property
    def coordinates(self) -> bool:
        """True for those who register and lead cases."""
        return bool(self.roles.intersection(COORDINATORS))

    @property
    def reach(self) -> Reach:
        """Which cases they may see."""
        leads = Role.UNIT_LEADER in self.roles
        oversees = self.coordinates or Role.PRIVACY_OFFICER in self.roles
        return Reach(
            self.person_id,
            self.agency if oversees else None,
            self.municipality_nos,
            self.agency if leads else None,
            self.agency if Role.RECORDS_OWNER in self.roles else None,
        )


def cookie_name(settings: Settings) -> str:
    """The session cookie's name; over https one that browsers bind to this host."""
    return "__Host-felles" if is_https(settings) else "felles"


def is_https(settings: Settings) -> bool:
    """True when visitors come to us over https."""
    return settings.portal_url.startswith("https://")


def begin(engine: Engine, visitor: Visitor, *, real_at: datetime) -> str:
    """Open a session and give the cookie's secret; sessions that are over are removed meanwhile."""
    secret = secrets.token_urlsafe(32)
    row = table_of(SessionRow).c
    with Session(engine) as session, session.begin():
        session.execute(
            delete(SessionRow).where((row.seen_at < real_at - IDLE) | (row.started_at < real_at - LONGEST))
        )
        session.add(
            SessionRow(
                digest=_digest(secret),
                session_id=visitor.session_id,
                person_id=visitor.person_id,
                agency=visitor.agency,
                roles=sorted(visitor.roles),
                municipality_nos=list(visitor.municipality_nos),
                started_at=real_at,
                seen_at=real_at,
            )
        )
    return secret


def find(engine: Engine, secret: str | None, *, real_at: datetime) -> Visitor | None:
    """The visitor behind a cookie, None when there is no such session or it is over."""
    if not secret:
        return None
    with Session(engine) as session, session.begin():
        row = session.get(SessionRow, _digest(secret))
        if row is None or row.seen_at < real_at - IDLE or row.started_at < real_at - LONGEST:
            return None
        if row.seen_at < real_at - NOTED_EVERY:
            session.execute(
                update(SessionRow).where(table_of(SessionRow).c.digest == row.digest).values(seen_at=real_at)
            )
        roles = frozenset(Role(role) for role in row.roles)
        return Visitor(row.person_id, row.agency, roles, tuple(row.municipality_nos), row.session_id)


def end(engine: Engine, secret: str | None) -> None:
    """Close a session."""
    if secret:
        with Session(engine) as session, session.begin():
            session.execute(delete(SessionRow).where(table_of(SessionRow).c.digest == _digest(secret)))


def new_session_id() -> str:
    """The id by which other services know a session; it opens nothing."""
    return new_id()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
