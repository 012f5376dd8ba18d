"""The audit service on real Kafka and PostgreSQL: it keeps the log as it stands, and shows it to auditors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pytest
import sqlalchemy.exc
from fastapi.testclient import TestClient
from kafka import KafkaProducer

from backbone import log
from backbone.database import drop_database, migrate
from backbone.identity import token
from backbone.log import LogRecord, delete_topics, ensure_topics
from backbone.replay import report
from backbone.running import Process
from backbone.settings import Settings
from backbone.work import Actor
from schemas.codes import Role
from schemas.event import PARTITIONS, read_envelope
from services.audit import api
from services.audit.app import SERVICE

AUDITOR = Actor("auditor-1", "FYLKESKOMMUNE", frozenset({Role.AUDITOR}), "session-1")
TEACHER = Actor("teacher-1", "SKOLE_VGS", frozenset({Role.AGENCY_MEMBER}), "session-2")


class Auditing:
    """The audit service over a log that the test writes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process = Process(SERVICE, [api.routes], with_settings=settings)
        self.engine, self.inbox = self.process.desk.engine, self.process.inbox
        self.web = TestClient(self.process.app)

    def put(self, *records: tuple[bytes | None, bytes | None], partition: int = 0) -> None:
        """Records on the log, as anybody may put them there, and the service reads them."""
        producer = KafkaProducer(bootstrap_servers=self.settings.kafka_bootstrap)
        for key, value in records:
            producer.send(self.settings.case_topic, key=key, value=value, partition=partition).get(timeout=10)
        producer.close()
        self.catch_up()

    def catch_up(self) -> None:
        positions = self.inbox.positions(log.topic_id(self.settings), range(PARTITIONS), {})
        for batch in log.read(self.settings, since=positions):
            self.inbox.take(batch)

    def kept(self) -> list[tuple[Any, ...]]:
        query = 'SELECT partition, "offset", key, value FROM record ORDER BY 1, 2'
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def get(self, path: str, actor: Actor | None, **query: str) -> Any:
        headers: Mapping[str, str] = {}
        if actor is not None:
            moment = self.process.desk.clock.moment()
            headers = {"Authorization": f"Bearer {token(self.settings, actor, moment)}"}
        return self.web.get(path, params=query, headers=headers)

    def published(self) -> list[dict[str, Any]]:
        with self.engine.connect() as connection:
            bodies = connection.exec_driver_sql("SELECT body FROM outbox ORDER BY id").scalars().all()
        return [msgspec.json.decode(body) for body in bodies]


@pytest.fixture
def auditing(
    kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Auditing]:
    key = tmp_path_factory.mktemp("secret") / "token-key"
    key.write_bytes(b"k" * 48)
    settings = Settings(
        namespace=a_namespace, database_url=database_url, kafka_bootstrap=kafka_bootstrap, token_key_file=key
    )
    ensure_topics(settings)
    migrate(settings, "audit")
    made = Auditing(settings)
    try:
        yield made
    finally:
        made.engine.dispose()
        drop_database(settings, f"{a_namespace}_audit")
        delete_topics(settings)


def an_event(case_id: str, sequence: int, **more: Any) -> tuple[bytes, bytes]:
    """A record of somebody's event."""
    message = {
        "specversion": "1.0",
        "id": f"event-{case_id}-{sequence}",
        "source": "sharing",
        "type": "opening.decided",
        "typeversion": 1,
        "time": f"2026-09-0{sequence}T10:00:00Z",
        "subject": case_id,
        "datacontenttype": "application/json",
        "dataschema": "schemas/published/opening.decided.v1.json",
        "casesequence": sequence,
        "actor": "teacher-1",
        "actoragency": "SKOLE_VGS",
        "data": {
            "opening_id": "o",
            "decisions": [{"ref": "r", "basis": "CONSENT"}, {"ref": "s", "basis": "OWN"}],
        },
        **more,
    }
    return case_id.encode(), msgspec.json.encode(message)


MALFORMED: list[tuple[bytes | None, bytes | None]] = [
    (None, b"{}"),
    (b"case-a", None),
    (b"", b""),
    (b"case-a", b"\x00\xff not json"),
    (b"case-b", an_event("case-a", 1)[1]),
]


def test_every_record_is_kept_as_it_stands_malformed_and_repeated_ones_too(auditing: Auditing) -> None:
    records = [an_event("case-a", 1), *MALFORMED, an_event("case-a", 1), an_event("case-a", 2)]
    auditing.put(*records, partition=3)
    assert auditing.kept() == [(3, offset, key, value) for offset, (key, value) in enumerate(records)]
    with auditing.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM parked").scalar_one() == 0


def test_a_run_that_comes_twice_is_kept_once(auditing: Auditing) -> None:
    auditing.put(an_event("case-a", 1), an_event("case-a", 2))
    again = [LogRecord(0, offset, key, value) for _, offset, key, value in auditing.kept()]
    assert auditing.inbox.take(again) == 2
    assert len(auditing.kept()) == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE record SET value = NULL", "DELETE FROM record", "TRUNCATE record"]
)
def test_what_is_kept_cannot_be_changed_or_deleted(auditing: Auditing, statement: str) -> None:
    auditing.put(an_event("case-a", 1))
    with (
        pytest.raises(sqlalchemy.exc.ProgrammingError, match="only ever added"),
        auditing.engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert len(auditing.kept()) == 1


def test_an_auditor_sees_the_events_of_one_case_in_order_and_that_is_recorded(auditing: Auditing) -> None:
    auditing.put(
        an_event("case-a", 1), an_event("case-b", 1), an_event("case-a", 2, causationid="event-case-a-1")
    )
    answer = auditing.get("/cases/case-a/events", AUDITOR, purpose="COMPLAINT")
    assert answer.status_code == 200
    first, second = answer.json()["events"]
    assert (first["partition"], first["offset"], first["source"], first["sequence"]) == (0, 0, "sharing", 1)
    assert (first["type"], first["actor"], first["actor_agency"]) == (
        "opening.decided",
        "teacher-1",
        "SKOLE_VGS",
    )
    assert first["basis"] == "CONSENT, OWN"
    assert (second["offset"], second["caused_by"], second["repeated"]) == (2, "event-case-a-1", False)
    assert answer.json()["sequences"] == {"case-a": {"audit": 1}}
    (looked,) = auditing.published()
    assert (looked["type"], looked["subject"], looked["actor"]) == ("case.audited", "case-a", "auditor-1")
    assert looked["data"] == {"purpose": "COMPLAINT", "records": 2}


def test_a_repeat_is_shown_as_one(auditing: Auditing) -> None:
    auditing.put(an_event("case-a", 1), an_event("case-a", 1))
    events = auditing.get("/cases/case-a/events", AUDITOR, purpose="INCIDENT").json()["events"]
    assert [event["repeated"] for event in events] == [False, True]


def test_the_list_of_cases_holds_pseudonyms_and_counts_and_goes_on_by_page(auditing: Auditing) -> None:
    auditing.put(an_event("case-a", 1), an_event("case-b", 1), an_event("case-a", 2), (b"x", b"y"))
    (case_a, case_b) = auditing.get("/cases", AUDITOR).json()
    assert (case_a["case_id"], case_a["events"], case_b["case_id"], case_b["events"]) == (
        "case-a",
        2,
        "case-b",
        1,
    )
    assert case_a["first_at"].startswith("2026-09-01")
    assert case_a["last_at"].startswith("2026-09-02")
    assert [case["case_id"] for case in auditing.get("/cases", AUDITOR, after="case-a").json()] == ["case-b"]
    assert auditing.published() == []


def test_only_an_auditor_with_a_stated_purpose_sees_a_case(auditing: Auditing) -> None:
    auditing.put(an_event("case-a", 1))
    assert [
        auditing.get("/cases", None).status_code,
        auditing.get("/cases", TEACHER).status_code,
        auditing.get("/cases/case-a/events", TEACHER, purpose="COMPLAINT").status_code,
        auditing.get("/cases/case-a/events", AUDITOR).status_code,
        auditing.get("/cases/case-a/events", AUDITOR, purpose="curious").status_code,
        auditing.get("/cases/case-z/events", AUDITOR, purpose="COMPLAINT").status_code,
    ] == [401, 403, 403, 422, 422, 404]
    assert auditing.published() == []


def test_the_store_is_what_a_replay_of_the_log_gives(
    auditing: Auditing, capsys: pytest.CaptureFixture[str]
) -> None:
    auditing.put(an_event("case-a", 1), *MALFORMED, an_event("case-b", 1))
    assert report(auditing.settings, SERVICE, wait_seconds=0) == 0
    assert "audit: equal: 7 rows" in capsys.readouterr().out
    with auditing.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE record DISABLE TRIGGER record_is_append_only")
        connection.exec_driver_sql("UPDATE record SET actor = 'somebody-else' WHERE \"offset\" = 6")
    assert report(auditing.settings, SERVICE, wait_seconds=0) == 1
    assert "table record, case case-b, row 0/6, column actor" in capsys.readouterr().out


def test_what_was_looked_at_is_on_the_log_like_everything_else(auditing: Auditing) -> None:
    auditing.put(an_event("case-a", 1))
    auditing.get("/cases/case-a/events", AUDITOR, purpose="SUPERVISION")
    body = auditing.published()[0]
    auditing.put((b"case-a", msgspec.json.encode(body)))
    assert read_envelope(auditing.kept()[-1][3]).type == "case.audited"
    events = auditing.get("/cases/case-a/events", AUDITOR, purpose="SUPERVISION").json()["events"]
    assert [event["type"] for event in events] == ["opening.decided", "case.audited"]
