"""B5: 200,000 events from Kafka into case views, against a reader that only decodes them and against the `eventsourcing` library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from kafka import KafkaProducer
from sqlalchemy.engine import make_url

from backbone.bulk_reading import read_bulk
from backbone.clock import monotonic
from backbone.database import drop_database, ensure_database
from backbone.log import delete_topics, ensure_topics
from backbone.settings import Settings
from schemas import catalogue  # noqa: F401  (declares every event)
from schemas.event import NEWEST, Fact, open_event, read_envelope
from schemas.example import example_of
from services.portal.domain.case_view import CaseView
from services.portal.domain.changes import after

CASES, PAIRS, LIBRARY_CASES = 10_000, 3, 200
STORY = [
    "case.opened",
    "contract.registered",
    "contract.signature_registered",
    "contract.signed",
    "contract.started",
    "network_group.formed",
    "member.joined",
    "secrecy.declared",
    "consent.requested",
    "consent.given",
    "consent.effect_changed",
    "meeting.called",
    "meeting.held",
    "information.recorded",
    "opening.decided",
    "deviation.reported",
    "deadline.scheduled",
    "deadline.met",
    "consent.withdrawn",
    "case.audited",
]


@contextmanager
def a_long_log(kafka: str) -> Iterator[Settings]:
    """A log of its own with every case's twenty events, in order."""
    settings = Settings(namespace=f"felles_bench_{os.urandom(4).hex()}", kafka_bootstrap=kafka)
    ensure_topics(settings)
    try:
        producer = KafkaProducer(bootstrap_servers=kafka, linger_ms=20, batch_size=256 * 1024)
        examples = [example_of(NEWEST[name]) for name in STORY]
        subject = f'"subject":"{read_envelope(examples[0]).case_id}"'.encode()
        shapes = [msgspec.json.format(example, indent=-1) for example in examples]
        assert all(subject in shape for shape in shapes)
        for place, shape in enumerate(shapes, start=1):
            numbered = shape.replace(b'"casesequence":1', b'"casesequence":%d' % place)
            for number in range(CASES):
                case_id = b"%08d" % number
                value = numbered.replace(subject, b'"subject":"%b"' % case_id)
                producer.send(settings.case_topic, key=case_id, value=value)
        producer.flush(timeout=120)
        producer.close()
        yield settings
    finally:
        delete_topics(settings)


def in_turn(kafka: str, database: str) -> list[tuple[float, float, float]]:
    """Events a second: folded, only decoded, and by the library, in turn."""
    with a_long_log(kafka) as settings:
        return [(_folded(settings), _decoded(settings), library(database)) for _ in range(PAIRS)]


def _folded(settings: Settings) -> float:
    began, views, count = monotonic(), dict[str, CaseView](), 0
    for batch in read_bulk(settings):
        for record in batch:
            envelope = read_envelope(record.value)
            view = views.get(envelope.case_id) or CaseView(case_id=envelope.case_id)
            views[envelope.case_id] = after(view, Fact(envelope, open_event(envelope)))
        count += len(batch)
    assert count == CASES * len(STORY)
    assert len(views) == CASES
    assert all(view.events == len(STORY) for view in views.values())
    return count / (monotonic() - began)


def _decoded(settings: Settings) -> float:
    began, count = monotonic(), 0
    for batch in read_bulk(settings):
        for record in batch:
            open_event(read_envelope(record.value))
        count += len(batch)
    assert count == CASES * len(STORY)
    return count / (monotonic() - began)


class LibraryCase(Aggregate):
    """The same case as the library would have it: each event with the same payload, taken into a state."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}
        self.count = 0

    @event("Said")
    def say(self, type_name: str, payload: dict[str, Any]) -> None:
        """One event."""
        self.seen[type_name] = payload
        self.count += 1


def library(database: str) -> float:
    """Events a second that the library reads from PostgreSQL into its aggregates."""
    settings = Settings(namespace=f"felles_bench_{os.urandom(4).hex()}", database_url=database)
    url = settings.database("library")
    ensure_database(settings, str(url.database))
    application = _application(str(url.database), database)
    try:
        ids = [_written(application) for _ in range(LIBRARY_CASES)]
        began = monotonic()
        for case_id in ids:
            case: LibraryCase = application.repository.get(case_id)
            assert case.count == len(STORY)
        return LIBRARY_CASES * len(STORY) / (monotonic() - began)
    finally:
        application.close()
        drop_database(settings, str(url.database))


def _written(application: Application[UUID]) -> UUID:
    case = LibraryCase()
    for name in STORY:
        case.say(name, msgspec.json.decode(read_envelope(example_of(NEWEST[name])).data))
    application.save(case)
    return case.id


def _application(name: str, database: str) -> Application[UUID]:
    url = make_url(database)
    return Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": name,
            "POSTGRES_HOST": str(url.query.get("host") or url.host or "127.0.0.1"),
            "POSTGRES_PORT": str(url.port or 5432),
            "POSTGRES_USER": url.username or "postgres",
            "POSTGRES_PASSWORD": url.password or "none",
        }
    )
