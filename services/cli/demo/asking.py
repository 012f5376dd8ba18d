"""One thing that somebody asks of a service in the demonstration."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import orjson

from backbone.clock import derived_id
from services.cli.demo.people import Person


class Meant(NamedTuple):
    """Which registration is put right: the newest of an event type that names this id. The walk finds its event's own id on the log."""

    type_name: str
    named: str
    field: str = "event_id"
    """What the body calls it."""


class Kept(NamedTuple):
    """A field that takes the nth of the codes that an earlier question was answered with, by the name they were kept under."""

    field: str
    name: str
    place: int


class Asked(NamedTuple):
    """Who asks what of which service, and when (aware). Without a body it is a question that is waited on."""

    at: datetime
    who: Person
    service: str
    path: str
    body: dict[str, Any] | None = None
    meant: Meant | None = None
    keeps: str | None = None
    """The name under which the codes of the answer, or the checksum of the file that it is, are kept for what is asked later."""
    kept: Kept | None = None

    @property
    def key(self) -> str:
        """The idempotency key: the same for the same thing asked."""
        return derived_id("demo asked", self.at.isoformat(), self.who.key, self.path, orjson.dumps(self.body))
