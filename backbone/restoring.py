"""`python -m services.<name> restore`: bring a database that was restored from a back-up forward to what the log says.

The log holds events that this service published after the back-up was taken: they are folded and put back into the outbox, so that numbers go on where
they had come to. Of the others' events, those that the service had certainly dealt with are folded without reactions: the ones up to the
last that an event of its own names as its cause, or that was discarded. The rest is left to the service, which reads and reacts as always.
What the log never had (deposits in the vault, marks, leases, answers to idempotency keys) is as the back-up has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

import msgspec
import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from backbone.clock import Clock
from backbone.database import connect, plain_url
from backbone.inbox import Inbox, LogReplaced, read
from backbone.log import KafkaError, LogRecord, LogUnfit, log_ends, topic_id
from backbone.log import read as read_log
from backbone.outbox import try_lock
from backbone.settings import Settings
from backbone.work import Service, Work, service_actor, work_on
from schemas.event import Envelope, open_event
from schemas.operation import ParkedEventDiscarded

Place = tuple[int, int]


class NotRestored(RuntimeError):
    """The database cannot be brought forward; the message says why. Nothing was written."""


class Restored(NamedTuple):
    """What came of it: own events put back, and others' events folded."""

    own: int
    others: int


class Standing(NamedTuple):
    """What the log says since the back-up: up to where each partition had been dealt with, and what was discarded."""

    dealt_with: Mapping[int, int]
    discarded: frozenset[Place]


def report(settings: Settings, service: Service) -> int:
    """Bring one service's database forward and say what came of it; 0 when it may be started."""
    try:
        restored = restore(settings, service)
    except (NotRestored, LogReplaced, LogUnfit, KafkaError) as error:
        print(f"{service.name}: not restored: {error or type(error).__name__}")
    except (psycopg.OperationalError, OperationalError) as error:
        print(f"{service.name}: not restored: its database does not answer ({type(error).__name__})")
    else:
        print(
            f"{service.name}: {restored.own} own events put back, {restored.others} events of others folded;"
            " it may be started"
        )
        return 0
    return 1


def restore(settings: Settings, service: Service) -> Restored:
    """Bring the database forward. Safe to repeat. Raises NotRestored, LogReplaced, LogUnfit."""
    engine = connect(settings.database(service.name))
    try:
        with _nobody_else(settings, service):
            return Forward(settings, service, engine).run()
    finally:
        engine.dispose()


@contextmanager
def _nobody_else(settings: Settings, service: Service) -> Iterator[None]:
    """Hold the relay's lock, which a running service holds. Raises NotRestored."""
    with psycopg.connect(plain_url(settings.database(service.name)), autocommit=True) as connection:
        if not try_lock(connection):
            raise NotRestored("it is running; stop it first")
        yield


class Forward:
    """One bringing forward."""

    def __init__(self, settings: Settings, service: Service, engine: Engine) -> None:
        self._settings, self._engine, self._clock = settings, engine, Clock()
        self._service = msgspec.structs.replace(service, reactions={})
        self._inbox = Inbox(engine, self._service, self._clock, topic=settings.case_topic)

    def run(self) -> Restored:
        """Look at the log since the back-up, put own events back, fold what had been dealt with."""
        ends = log_ends(self._settings)
        positions = self._inbox.positions(topic_id(self._settings), ends, dict(ends))
        standing = self._look(positions, ends)
        own = others = 0
        for batch in self._since(positions, ends):
            own += self._put_back(batch)
            others += self._fold(batch, standing)
        for place in sorted(standing.discarded):
            with self._work() as work:
                self._inbox.discard(work, *place)
        return Restored(own, others)

    def _since(self, positions: Mapping[int, int], ends: Mapping[int, int]) -> Iterator[list[LogRecord]]:
        return read_log(self._settings, since=positions, until=ends)

    def _work(self) -> AbstractContextManager[Work]:
        actor = service_actor(self._service.name)
        return work_on(self._engine, self._service, moment=self._clock.moment(), actor=actor)

    def _look(self, positions: Mapping[int, int], ends: Mapping[int, int]) -> Standing:
        """Read once without writing. Raises NotRestored for a number that log and database use for different events."""
        places: dict[str, Place] = {}
        dealt_with: dict[int, int] = {}
        discarded: set[Place] = set()
        for batch in self._since(positions, ends):
            seen = [(item.record, item.envelope) for item in map(read, batch) if item.envelope is not None]
            places.update({envelope.id: (record.partition, record.offset) for record, envelope in seen})
            own = [envelope for _, envelope in seen if envelope.source == self._service.name]
            self._refuse_forks(own)
            discarded.update(_discarded_by(one) for one in own if one.type == ParkedEventDiscarded.type)
            causes = [places[one.caused_by] for one in own if one.caused_by in places]
            for partition, offset in (*causes, *discarded):
                dealt_with[partition] = max(offset, dealt_with.get(partition, -1))
        return Standing({} if self._service.keep else dealt_with, frozenset(discarded))

    def _refuse_forks(self, own: list[Envelope]) -> None:
        numbers = {(envelope.case_id, envelope.sequence): envelope.id for envelope in own}
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT case_id, sequence, event_id FROM outbox WHERE case_id = ANY(%s)",
                ([case_id for case_id, _ in numbers],),
            )
            for case_id, sequence, event_id in found:
                if numbers.get((case_id, sequence), event_id) != event_id:
                    raise NotRestored(
                        f"number {sequence} of case {case_id} is one event on the log and another one here: it took"
                        " commands after it was restored; restore the back-up again and do not start it before this"
                    )

    def _put_back(self, batch: list[LogRecord]) -> int:
        """Fold own events that the database does not know, and keep them in the outbox as sent; gives how many."""
        count = 0
        with self._work() as work:
            for record, envelope, _ in map(read, batch):
                if envelope is None or envelope.source != self._service.name:
                    continue
                head = work.lock_case(envelope.case_id)
                if envelope.sequence > head + 1:
                    raise NotRestored(
                        f"number {head + 1} of case {envelope.case_id} is neither here nor on the log since the back-up"
                    )
                if envelope.sequence == head + 1:
                    work.publish_again(envelope, open_event(envelope))
                    count += 1
                _mark_sent(work, record, envelope)
        return count

    def _fold(self, batch: list[LogRecord], standing: Standing) -> int:
        """Fold what had been dealt with, park what was discarded; gives how many records."""
        until = standing.dealt_with.get(batch[0].partition, -1)
        run = [record for record in batch if record.offset <= until]
        for part in _parts(run, standing.discarded):
            if (part[0].partition, part[0].offset) in standing.discarded:
                self._inbox.park(part[0], "discarded before the back-up was restored")
            else:
                self._inbox.take(part, accept_hole=True)
        return len(run)


def _parts(run: list[LogRecord], discarded: frozenset[Place]) -> Iterator[list[LogRecord]]:
    """The run cut so that each discarded record is alone."""
    part: list[LogRecord] = []
    for record in run:
        if (record.partition, record.offset) in discarded:
            if part:
                yield part
            yield [record]
            part = []
        else:
            part.append(record)
    if part:
        yield part


def _discarded_by(envelope: Envelope) -> Place:
    event = open_event(envelope)
    assert isinstance(event, ParkedEventDiscarded)
    return event.partition, event.offset


def _mark_sent(work: Work, record: LogRecord, envelope: Envelope) -> None:
    work.flush()
    work.session.connection().exec_driver_sql(
        'UPDATE outbox SET sent_at = %s, partition = %s, "offset" = %s WHERE event_id = %s AND sent_at IS NULL',
        (work.moment.real_at, record.partition, record.offset, envelope.id),
    )
