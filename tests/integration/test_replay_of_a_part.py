"""Replay of one case, and of what stood on the log by an instant or an event, against the tables that stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from backbone.log import read
from backbone.replay import command
from backbone.work import Service
from schemas.event import Envelope, read_envelope
from tests.integration.test_replay import READER, WRITER, Pair
from tests.plumbing import installed

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def pair(kafka_bootstrap: str, database_url: str, a_namespace: str) -> Iterator[Pair]:
    with installed(database_url, a_namespace, kafka_bootstrap) as installation:
        made = Pair(installation)
        made.happen("case-a", "case-b", "case-a", "case-c", "case-a", "case-b")
        yield made


def replayed(pair: Pair, service: Service, capsys: Printed, *options: str) -> tuple[int, list[str]]:
    code = command(pair.settings, service, options)
    return code, capsys.readouterr().out.splitlines()


def on_the_log(pair: Pair, case_id: str) -> list[Envelope]:
    records = [record for batch in read(pair.settings) for record in batch if record.key == case_id.encode()]
    return [read_envelope(record.value) for record in sorted(records, key=lambda one: one.offset)]


def test_one_case_alone_is_replayed_and_equal(pair: Pair, capsys: Printed) -> None:
    code, said = replayed(pair, READER, capsys, "--case", "case-a")
    assert code == 0
    assert said[-1] == "reader: equal: 5 rows of 5 tables, 1 cases, 3 events replayed"
    assert sum(line.startswith("reader: times: 1 rows, SHA-256 ") for line in said) == 1


def test_a_difference_in_one_case_is_named_and_one_in_another_case_is_not_its_matter(
    pair: Pair, capsys: Printed
) -> None:
    pair.sql("reader", "UPDATE times SET count = 9 WHERE case_id = 'case-b'")
    assert replayed(pair, READER, capsys, "--case", "case-a")[0] == 0
    code, said = replayed(pair, READER, capsys, "--case", "case-b")
    assert code == 1
    assert "DIFFERS from the log: table times, case case-b" in said[-1]
    assert replayed(pair, WRITER, capsys, "--case", "case-b")[0] == 0


def test_two_replays_give_the_same_digests_and_a_changed_row_another(pair: Pair, capsys: Printed) -> None:
    def digests() -> list[str]:
        return [line for line in replayed(pair, READER, capsys, "--case", "case-c")[1] if "SHA-256" in line]

    first = digests()
    assert digests() == first
    pair.happen("case-c")
    assert digests() != first


def test_a_case_up_to_an_event_is_as_it_stood_then(pair: Pair, capsys: Printed) -> None:
    events = on_the_log(pair, "case-a")
    options = ("--case", "case-a", "--until", events[1].id, "--show")
    for service in (WRITER, READER):
        code, said = replayed(pair, service, capsys, *options)
        assert code == 0
        rows = [json.loads(line) for line in said if line.startswith("{")]
        (times,) = [row for row in rows if row["table"] == "times"]
        assert (times["case_id"], times["count"], times["state"]["count"]) == ("case-a", 2, 2)
        assert any("has changed since: table times, case case-a" in line for line in said)
        assert said[-1].startswith(f"{service.name}: as it stood, case case-a up to partition ")
        assert said[-1].endswith(": 2 events replayed")


def test_the_last_event_leaves_nothing_out_and_is_compared(pair: Pair, capsys: Printed) -> None:
    last = on_the_log(pair, "case-a")[-1]
    assert "equal" in replayed(pair, READER, capsys, "--case", "case-a", "--until", last.id)[1][-1]
    pair.sql("reader", "UPDATE times SET count = 9 WHERE case_id = 'case-a'")
    assert replayed(pair, READER, capsys, "--case", "case-a", "--until", last.id)[0] == 1


def test_everything_up_to_an_instant_is_as_it_stood_then(pair: Pair, capsys: Printed) -> None:
    first = on_the_log(pair, "case-a")[0].time
    code, said = replayed(pair, READER, capsys, "--until", first.isoformat())
    assert code == 0
    assert said[-1].endswith(f"the whole log up to {first.isoformat()}: 1 events replayed")
    before = (first - timedelta(hours=1)).isoformat()
    assert replayed(pair, READER, capsys, "--until", before)[1][-1].endswith("0 events replayed")
    after = (first + timedelta(days=1)).isoformat()
    assert "reader: equal" in replayed(pair, READER, capsys, "--until", after)[1][-1]


@pytest.mark.parametrize("until", ["no-such-event", "2026-09-01", "2026-09-01T10:00:00"])
def test_what_is_neither_an_instant_nor_an_event_of_the_log_is_told(
    pair: Pair, capsys: Printed, until: str
) -> None:
    code, said = replayed(pair, READER, capsys, "--until", until)
    assert code == 1
    assert said == [f"reader: not replayed: the log has no event {until}"]


def test_nothing_of_a_replay_is_left_behind_and_nothing_is_published(pair: Pair, capsys: Printed) -> None:
    before = msgspec.json.encode([envelope.id for envelope in on_the_log(pair, "case-a")])
    replayed(pair, WRITER, capsys, "--case", "case-a")
    assert msgspec.json.encode([envelope.id for envelope in on_the_log(pair, "case-a")]) == before
    with pair.engines["writer"].connect() as connection:
        query = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'replay%%'"
        assert connection.exec_driver_sql(query).scalar_one() == 0
