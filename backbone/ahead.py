"""Whether the log is ahead of the database, looked at before the service reads or reacts to anything.

A database that was restored from a back-up has forgotten events that it published. A reaction would give their numbers away again, and
every reader would hold the case for a fork.
"""

from __future__ import annotations

from backbone.inbox import Inbox
from backbone.log import read
from backbone.settings import Settings


class LogAhead(RuntimeError):
    """The log holds own events that the database does not know: it was restored from a back-up, and must be brought forward."""


def refuse_when_ahead(settings: Settings, inbox: Inbox) -> None:
    """Look for own events from our positions to the log's end. Raises LogAhead when one of them is unknown here."""
    mark = f'"source":"{inbox.service.name}"'.encode()
    for batch in read(settings, since=inbox.read_until()):
        own = [record for record in batch if record.value is not None and mark in record.value]
        if own and inbox.note_ghosts(own):
            raise LogAhead(
                f"the log has events of {inbox.service.name} that its database does not know; it was restored from a"
                f" back-up: stop it and run `felles restore {inbox.service.name}`"
            )
