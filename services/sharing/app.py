"""What sharing is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backbone import running
from backbone.corrections import correction_routes
from backbone.history import remake
from backbone.refusal import Unavailable
from backbone.versions import newer_after_corrections
from backbone.web import Desk
from backbone.work import Service
from services.sharing import (
    api,
    consent_api,
    consent_loss_api,
    decision_api,
    disclosure_api,
    document_api,
    follow_up_api,
    privacy_api,
    protection_api,
    redecision_api,
    retention_api,
    youth_api,
)
from services.sharing.clockwork import clockwork
from services.sharing.corrections import corrections
from services.sharing.erasure import apply_ledger
from services.sharing.folds import FOLDS
from services.sharing.keys import KeyStore
from services.sharing.ledger import Ledger
from services.sharing.reactions import REACTIONS
from services.sharing.repository import CONSENTS
from services.sharing.tables import Table
from services.sharing.unnamed import note_names

SERVICE = Service(
    name="sharing",
    metadata=Table.metadata,
    folds=newer_after_corrections(FOLDS, "sharing", [CONSENTS]),
    reactions=REACTIONS,
    remake=remake,
    hears=note_names,
)
ROUTERS = [
    api.routes,
    consent_api.routes,
    consent_loss_api.routes,
    decision_api.routes,
    redecision_api.routes,
    disclosure_api.routes,
    follow_up_api.routes,
    privacy_api.routes,
    protection_api.routes,
    retention_api.routes,
    youth_api.routes,
    document_api.routes,
    correction_routes(corrections),
]


@contextmanager
def the_right_key(desk: Desk) -> Iterator[None]:
    """Refuse to start with another key-encryption key than the one that wrapped the data keys, and erase
    again what a
    restored back-up has brought back.
    """
    keys = KeyStore(desk.settings)
    keys.prepare(desk.clock.moment().real_at)
    apply_ledger(desk.engine, keys, Ledger(desk.settings))
    desk.needs.append(lambda: _key_missing(keys))
    yield
    keys.engine.dispose()


def _key_missing(keys: KeyStore) -> str | None:
    """What is missing while the key-encryption key cannot be had."""
    try:
        keys.check_source()
    except Unavailable:
        return "the key service does not answer"
    except (OSError, RuntimeError):
        return "the key-encryption key in use is not to be had"
    return None


def main() -> None:
    """Serve, replay, or print the API."""
    running.main(SERVICE, ROUTERS, companions=[the_right_key, clockwork])
