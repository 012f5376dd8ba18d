"""What the routes of this service share: the vault of the process, decisions outside idempotency keys, the
shapes of ids.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import Field, StringConstraints

from backbone.refusal import NotFound, Unavailable
from backbone.web import LOG_AHEAD, Ask, TheDesk
from backbone.work import Work
from schemas.codes import STAFF
from services.sharing.keys import KeyStore
from services.sharing.vault import Vault

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,40}$"), Field(examples=["2026-1"])]
Text = Annotated[str, StringConstraints(max_length=20_000)]
T = TypeVar("T")
_making = threading.Lock()


def vault_of(request: Request, desk: TheDesk) -> Vault:
    """The vault of this process, its key-encryption key checked. Raises WrongKeyEncryptionKey."""
    with _making:
        state = request.app.state
        if getattr(state, "vault", None) is None:
            keys = KeyStore(desk.settings)
            keys.prepare(desk.clock.moment().real_at)
            state.vault = Vault(keys, synthetic_only=desk.settings.demo)
        return state.vault  # type: ignore[no-any-return]


TheVault = Annotated[Vault, Depends(vault_of)]


def decided(ask: Ask, decide: Callable[[Work], T]) -> T:
    """Run a decision in a transaction of its own, committed when this returns. Raises Unavailable."""
    if ask.desk.inbox.ghosts:
        raise Unavailable("LOG_AHEAD", LOG_AHEAD)
    return ask.read(decide)  # type: ignore[no-any-return]


def decided_for_staff(ask: Ask, decide: Callable[[Work], T]) -> T:
    """The same for an opening, which is recorded for whoever asks: who has no role of the staff's is refused after that, and learns not
    even whether there is such a case. Raises NotAllowed, NotFound, Unavailable.
    """
    if ask.actor.roles.isdisjoint(STAFF):
        with suppress(NotFound):
            decided(ask, decide)
    ask.require(*STAFF)
    return decided(ask, decide)
