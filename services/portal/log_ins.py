"""Log-ins under way, and which person of the directory an electronic identity belongs to.

The first time, staff type a code that the operator gave them for their own place in the directory; from then on the identity is known.
What is kept of it is a digest of an opaque subject. Codes and attempts work once, and not for long.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from backbone.rows import table_of
from services.portal.open_id import Known
from services.portal.tables import FirstCodeRow, LogInAttemptRow, LogInRow

ATTEMPT_LASTS = timedelta(minutes=10)
CODE_LASTS = timedelta(hours=72)


class Under(NamedTuple):
    """A log-in that was begun in this browser."""

    state: str
    nonce: str
    verifier: str


def begin(engine: Engine, *, real_at: datetime) -> tuple[str, Under]:
    """A new attempt: the secret for the browser's cookie, and what goes to the provider. Old attempts are removed."""
    secret = secrets.token_urlsafe(32)
    under = Under(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    with Session(engine) as session, session.begin():
        session.execute(
            delete(LogInAttemptRow).where(table_of(LogInAttemptRow).c.started_at < real_at - ATTEMPT_LASTS)
        )
        session.add(LogInAttemptRow(digest=_digest(secret), started_at=real_at, **under._asdict()))
    return secret, under


def take(engine: Engine, secret: str | None, state: str, *, real_at: datetime) -> Under | None:
    """The attempt that this browser began with that state, once; None when there is none or it took too long."""
    if not secret:
        return None
    with Session(engine) as session, session.begin():
        row = session.get(LogInAttemptRow, _digest(secret), with_for_update=True)
        if row is None:
            return None
        session.delete(row)
        fresh = row.started_at >= real_at - ATTEMPT_LASTS
        ours = secrets.compare_digest(row.state, state)
        return Under(row.state, row.nonce, row.verifier) if fresh and ours else None


def remember(engine: Engine, known: Known, *, real_at: datetime) -> str:
    """Keep an identity that nobody is known by yet until its code is typed: the secret for the browser's cookie."""
    secret = secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        session.add(
            LogInAttemptRow(
                digest=_digest(secret),
                started_at=real_at,
                state="",
                nonce="",
                verifier="",
                identity=identity_of(known),
            )
        )
    return secret


def person_of(engine: Engine, known: Known) -> str | None:
    """The person whose identity this is, None when nobody has been said to be."""
    with Session(engine) as session:
        row = session.get(LogInRow, identity_of(known))
        return row.person_id if row is not None else None


def give_code(engine: Engine, person_id: str, *, given_by: str, real_at: datetime) -> str:
    """A code for the person's first log-in; an earlier one ends, and so does the identity the person was known by."""
    code = "-".join(secrets.token_hex(2) for _ in range(6))
    with Session(engine) as session, session.begin():
        session.execute(delete(FirstCodeRow).where(table_of(FirstCodeRow).c.person_id == person_id))
        session.execute(delete(LogInRow).where(table_of(LogInRow).c.person_id == person_id))
        session.add(
            FirstCodeRow(digest=_digest(code), person_id=person_id, given_by=given_by, given_at=real_at)
        )
    return code


def use_code(engine: Engine, secret: str | None, code: str, *, real_at: datetime) -> str | None:
    """Tie the identity that waits in this browser to the person the code was given for; gives the person, None when it does not hold."""
    if not secret:
        return None
    with Session(engine) as session, session.begin():
        waiting = session.get(LogInAttemptRow, _digest(secret), with_for_update=True)
        given = session.get(FirstCodeRow, _digest(code.strip().lower()), with_for_update=True)
        if waiting is None or waiting.identity is None or waiting.started_at < real_at - ATTEMPT_LASTS:
            return None
        if given is None or given.given_at < real_at - CODE_LASTS:
            return None
        session.add(LogInRow(identity=waiting.identity, person_id=given.person_id, tied_at=real_at))
        session.delete(given)
        session.delete(waiting)
        return str(given.person_id)


def tied(engine: Engine) -> Collection[str]:
    """Everybody who has logged in with an identity of their own."""
    with Session(engine) as session:
        return set(session.exec(select(col(LogInRow.person_id))).all())


def identity_of(known: Known) -> str:
    """What is kept of an identity."""
    return _digest(f"{known.issuer}\0{known.subject}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
