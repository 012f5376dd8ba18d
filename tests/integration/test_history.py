"""A correction is a replay of one case: what follows is what would have been, and a replay of the log gives the same. On real engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import msgspec
import psycopg
import pytest
from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from backbone import log
from backbone.database import plain_url
from backbone.history import remake
from backbone.inbox import Inbox
from backbone.outbox import Relay
from backbone.replay import report
from backbone.rows import Rows, Shelf
from backbone.tables import NAMING, REPLAYED, jsonb
from backbone.work import Service
from schemas.codes import CorrectionReason, VoidReason
from schemas.contract import ContractStarted
from schemas.correction import ChangedField, RegistrationCorrected, RegistrationVoided
from schemas.event import PARTITIONS, Event, Fact
from tests.plumbing import Installation, installed, publish, something_happened

pytestmark = pytest.mark.integration


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """On which days something began in a case, in the order of the log."""

    case_id: str
    days: tuple[date, ...] = ()


class DaysTable(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class DaysRow(DaysTable, table=True):
    __tablename__ = "days"
    __table_args__ = REPLAYED
    case_id: str = Field(primary_key=True)
    state: dict[str, Any] = jsonb()


class BegunRow(DaysTable, table=True):
    __tablename__ = "begun"
    __table_args__ = REPLAYED
    event_id: str = Field(primary_key=True)
    case_id: str
    day: date


DAYS = Shelf(DaysRow, Days, lambda days: {"case_id": days.case_id})


def on_started(rows: Rows, fact: Fact) -> None:
    assert isinstance(fact.event, ContractStarted)
    case_id, day = fact.envelope.case_id, fact.event.started_on
    before = DAYS.find(rows, case_id) or Days(case_id=case_id)
    DAYS.put(rows, Days(case_id=case_id, days=(*before.days, day)))
    rows.add(BegunRow, event_id=fact.envelope.id, case_id=case_id, day=day)


def a_service(name: str) -> Service:
    return Service(
        name=name,
        metadata=DaysTable.metadata,
        folds={ContractStarted: on_started},
        reactions={},
        remake=remake,
    )


WRITER, READER = a_service("writer"), a_service("reader")
DEAF = msgspec.structs.replace(READER, remake=None)
"""The broken twin: it folds what is said and does not hear that it was wrong."""
Printed = pytest.CaptureFixture[str]
MONDAY, TUESDAY = date(2026, 8, 31), date(2026, 9, 1)


class Pair:
    """A service that publishes, and one that reads what it published."""

    def __init__(self, installation: Installation, reader: Service = READER) -> None:
        self.installation, self.settings, self.reader = installation, installation.settings, reader
        self.engines = {name: installation.database(name) for name in ("writer", "reader")}
        for engine in self.engines.values():
            DaysTable.metadata.create_all(engine)

    def says(self, case_id: str, *events: Event) -> list[str]:
        """The writer publishes, and the reader reads; gives the events' ids."""
        facts = publish(self.installation, self.engines["writer"], WRITER, case_id, *events)
        relay = Relay(self.settings, "writer")
        with psycopg.connect(plain_url(self.settings.database("writer")), autocommit=True) as connection:
            relay.send_waiting(connection)
        relay._abandon()
        for name, service in (("reader", self.reader), ("writer", WRITER)):
            inbox = Inbox(
                self.engines[name], service, self.installation.clock, topic=self.settings.case_topic
            )
            positions = inbox.positions(log.topic_id(self.settings), range(PARTITIONS), {})
            for batch in log.read(self.settings, since=positions):
                inbox.take(batch)
        return [fact.envelope.id for fact in facts]

    def days(self, name: str, case_id: str) -> list[str]:
        with self.engines[name].connect() as connection:
            found = connection.exec_driver_sql("SELECT state FROM days WHERE case_id = %s", (case_id,))
            state: Any = found.scalar()
            begun = connection.exec_driver_sql("SELECT day FROM begun WHERE case_id = %s", (case_id,))
            assert sorted(state["days"]) == sorted(day.isoformat() for (day,) in begun)
        return list(state["days"])


@pytest.fixture
def installation(kafka_bootstrap: str, database_url: str, a_namespace: str) -> Iterator[Installation]:
    with installed(database_url, a_namespace, kafka_bootstrap) as made:
        yield made


def begun(day: date) -> ContractStarted:
    return something_happened(started_on=day)


def a_correction(of: str, *, was: date, now: date) -> RegistrationCorrected:
    return RegistrationCorrected(
        corrected_id=of,
        corrected_type="contract.started",
        changes=(ChangedField(field="started_on", was=was.isoformat(), now=now.isoformat()),),
        reason=CorrectionReason.WRITTEN_WRONGLY,
    )


def replayed(pair: Pair, service: Service, capsys: Printed) -> tuple[int, str]:
    code = report(pair.settings, service, wait_seconds=0.0)
    return code, capsys.readouterr().out.strip()


def test_a_corrected_day_stands_in_the_place_of_the_wrong_one_in_both_services(
    installation: Installation, capsys: Printed
) -> None:
    pair = Pair(installation)
    first, _ = pair.says("case-1", begun(MONDAY), begun(date(2026, 9, 2)))
    pair.says("case-2", begun(MONDAY))
    pair.says("case-1", a_correction(first, was=MONDAY, now=TUESDAY))
    pair.says("case-1", begun(date(2026, 9, 3)))
    for name in ("writer", "reader"):
        assert pair.days(name, "case-1") == ["2026-09-01", "2026-09-02", "2026-09-03"]
        assert pair.days(name, "case-2") == ["2026-08-31"]
    for service in (WRITER, READER):
        code, said = replayed(pair, service, capsys)
        assert code == 0, said


def test_corrected_twice_and_then_struck_leaves_nothing_of_it(
    installation: Installation, capsys: Printed
) -> None:
    pair = Pair(installation)
    first, second = pair.says("case-1", begun(MONDAY), begun(TUESDAY))
    pair.says("case-1", a_correction(first, was=MONDAY, now=TUESDAY))
    pair.says("case-1", a_correction(first, was=TUESDAY, now=date(2026, 8, 30)))
    assert pair.days("reader", "case-1") == ["2026-08-30", "2026-09-01"]
    voided = RegistrationVoided(
        voided_id=first, voided_type="contract.started", reason=VoidReason.REGISTERED_TWICE
    )
    pair.says("case-1", voided)
    assert pair.days("writer", "case-1") == pair.days("reader", "case-1") == ["2026-09-01"]
    assert second
    assert [replayed(pair, service, capsys)[0] for service in (WRITER, READER)] == [0, 0]


def test_a_correction_in_the_same_run_as_what_it_corrects_counts_too(installation: Installation) -> None:
    pair = Pair(installation)
    facts = publish(installation, pair.engines["writer"], WRITER, "case-1", begun(MONDAY))
    wrong = facts[0].envelope.id
    pair.says("case-1", a_correction(wrong, was=MONDAY, now=TUESDAY), begun(date(2026, 9, 5)))
    assert pair.days("reader", "case-1") == ["2026-09-01", "2026-09-05"]


def test_what_was_said_first_stands_in_the_history(installation: Installation) -> None:
    pair = Pair(installation)
    (wrong,) = pair.says("case-1", begun(MONDAY))
    pair.says("case-1", a_correction(wrong, was=MONDAY, now=TUESDAY))
    with pair.engines["reader"].connect() as connection:
        query = "SELECT said->'data'->>'started_on' FROM history WHERE event_id = %s"
        assert connection.exec_driver_sql(query, (wrong,)).scalar() == "2026-08-31"


def test_a_twin_that_does_not_hear_corrections_is_found_by_the_replay(
    installation: Installation, capsys: Printed
) -> None:
    pair = Pair(installation, reader=DEAF)
    (wrong,) = pair.says("case-1", begun(MONDAY))
    pair.says("case-1", a_correction(wrong, was=MONDAY, now=TUESDAY))
    assert pair.days("reader", "case-1") == ["2026-08-31"]
    code, said = replayed(pair, READER, capsys)
    assert code == 1
    assert "DIFFERS from the log" in said
