"""One reader or writer of the chaos test, as a process of its own: `python -m tests.faults.chaos_worker reader|writer|relay NAMESPACE [twin]`."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys

from sqlalchemy.exc import OperationalError

from backbone import clock
from backbone import inbox as inboxes
from backbone.clock import Clock
from backbone.database import connect
from backbone.inbox import Inbox
from backbone.outbox import Relay
from backbone.rows import Rows
from backbone.settings import Settings
from backbone.stream import Stream
from backbone.work import work_on
from schemas.contract import ContractStarted
from schemas.event import Fact
from tests.plumbing import SOMEBODY, a_service, something_happened

CASES = 60


def append_seen(rows: Rows, fact: Fact) -> None:
    """An effect that is there twice when it happens twice."""
    envelope = fact.envelope
    rows.session.connection().exec_driver_sql(
        "INSERT INTO seen (event_id, case_id, source, sequence, place) VALUES (gen_random_uuid()::text, %s, %s, %s, 0)",
        (envelope.case_id, envelope.source, envelope.sequence),
    )
    if random.random() < 0.002:
        raise OperationalError("a failure that passes", None, Exception())


def read(settings: Settings, *, twin: bool) -> None:
    """Read for ever; the twin has the sequence check and the position check taken out."""
    service = a_service("reader", folds={ContractStarted: append_seen})
    inbox = Inbox(connect(settings.database("reader")), service, Clock(), topic=settings.case_topic)
    if twin:
        inboxes.Application._decide = lambda self, item, envelope: self._apply(item, envelope)  # type: ignore[method-assign]
    asyncio.run(Stream(settings, inbox).run())


def write(settings: Settings, *, busy: bool) -> None:
    """Publish for ever, with a relay beside it as in a service; not busy, it only sends what waits."""
    engine = connect(settings.database("writer"))
    writer, relay, pace = a_service("writer"), Relay(settings, "writer"), Clock()
    relay.start()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while busy:
        with work_on(engine, writer, moment=pace.moment(), actor=SOMEBODY) as work:
            work.publish(f"case-{random.randrange(CASES)}", something_happened(), something_happened())
        clock.pause(0.006)
    relay.join()


if __name__ == "__main__":
    role, namespace, *more = sys.argv[1:]
    installed = Settings(namespace=namespace)
    if role == "reader":
        read(installed, twin="twin" in more)
    else:
        write(installed, busy=role == "writer")
