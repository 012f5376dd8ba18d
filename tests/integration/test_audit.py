"""The audit service on real Kafka and PostgreSQL: it keeps the log as it stands, and shows it to auditors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy.exc

from backbone.log import LogRecord
from backbone.replay import report
from backbone.work import Actor
from schemas.codes import Role
from schemas.event import read_envelope
from services.audit.app import SERVICE
from tests.auditing import Auditing, an_event, auditing_at

AUDITOR = Actor("auditor-1", "FYLKESKOMMUNE", frozenset({Role.AUDITOR}), "session-1")
TEACHER = Actor("teacher-1", "SKOLE_VGS", frozenset({Role.AGENCY_MEMBER}), "session-2")


@pytest.fixture
def auditing(kafka_bootstrap: str, database_url: str, a_namespace: str, tmp_path: Path) -> Iterator[Auditing]:
    with auditing_at(kafka_bootstrap, database_url, a_namespace, tmp_path) as made:
        yield made


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
    assert "audit: equal: 9 rows" in capsys.readouterr().out
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


def an_opening(case_id: str, sequence: int, *, person: str, outcome: str, **more: str) -> tuple[bytes, bytes]:
    decision = {"ref": "r", "category": "FAMILY", "from_agency": "BARNEVERN", "outcome": outcome, **more}
    data = {"person_id": person, "to_agency": "SKOLE_VGS", "purpose": "FOLLOW_UP", "decisions": [decision]}
    return an_event(case_id, sequence, data=data)


def test_questions_across_cases_are_answered_in_pseudonyms_and_are_themselves_on_the_log(
    auditing: Auditing,
) -> None:
    again = an_opening("case-b", 1, person="p2", outcome="PERMIT", basis="CASE_LEAD")
    withdrawn = {"consent_id": "c", "person_id": "y", "role": "YOUTH"}
    auditing.put(
        an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CONSENT"),
        again,
        again,
        an_event("case-c", 1, type="consent.requested", data={"consent_id": "c", "categories": ["FAMILY"]}),
        an_event("case-c", 2, type="consent.withdrawn", data=withdrawn),
        an_opening("case-c", 3, person="p1", outcome="DENY", reason="CONSENT_WITHDRAWN"),
    )

    def cases(question: str, **narrowed: str) -> list[str]:
        answer = auditing.get(f"/questions/{question}", AUDITOR, purpose="COMPLAINT", **narrowed)
        assert answer.status_code == 200, answer.text
        return [row["case_id"] for row in answer.json()["rows"]]

    assert cases("OPENINGS") == ["case-a", "case-b", "case-c"]
    assert cases("OPENINGS", person_id="p1") == ["case-a", "case-c"]
    assert cases("OPENINGS", agency="PPT") == []
    assert cases("OPENINGS", since="2026-09-02T00:00:00+02:00") == ["case-c"]
    assert cases("DENIED") == ["case-c"]
    assert cases("WITHOUT_CONSENT") == ["case-b"]
    assert cases("UNUSUAL") == ["case-a", "case-b"]
    assert cases("AFTER_WITHDRAWAL") == ["case-c"]
    assert cases("DISCARDED") == []
    questions = [event["data"] for event in auditing.published()]
    assert questions[1] == {
        "question": "OPENINGS",
        "records": 2,
        "person_id": "p1",
        "agency": None,
        "about_case": None,
        "about_id": None,
        "purpose": "COMPLAINT",
    }
    assert len(questions) == 9
    assert auditing.get("/questions/OPENINGS", TEACHER, purpose="COMPLAINT").status_code == 403
    assert auditing.get("/questions/EVERYTHING", AUDITOR, purpose="COMPLAINT").status_code == 422


def an_answer(auditing: Auditing, question: str, **narrowed: str) -> list[dict[str, Any]]:
    answer = auditing.get(f"/questions/{question}", AUDITOR, purpose="SUPERVISION", **narrowed)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_who_opened_what_about_one_youth_is_a_question_about_their_case(auditing: Auditing) -> None:
    auditing.put(
        an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CONSENT"),
        an_opening("case-b", 1, person="p1", outcome="PERMIT", basis="CONSENT"),
    )
    assert [row["case_id"] for row in an_answer(auditing, "OPENINGS", case_id="case-b")] == ["case-b"]
    looked, asked = auditing.published()
    assert (looked["type"], looked["subject"]) == ("case.audited", "case-b")
    assert looked["data"] == {"purpose": "SUPERVISION", "records": 1}
    assert (asked["data"]["about_case"], asked["data"]["purpose"]) == ("case-b", "SUPERVISION")
    an_answer(auditing, "DENIED", case_id="case-b")
    an_answer(auditing, "DENIED", case_id="no-such-case")
    assert [one["type"] for one in auditing.published()[2:]] == ["log.questioned", "log.questioned"], (
        "half an hour of looking is on the case's log once, and what is no case has none"
    )


@pytest.mark.parametrize(
    "path",
    ["/questions/OPENINGS", "/questions/OPENINGS/access-lines", "/cases/case-a/events", "/decision-records"],
)
def test_nothing_is_answered_before_a_purpose_is_stated(auditing: Auditing, path: str) -> None:
    auditing.put(an_opening("case-a", 1, person="p1", outcome="PERMIT", basis="CONSENT"))
    missing = auditing.get(path, AUDITOR)
    assert (missing.status_code, missing.json()["title"]) == (422, "PURPOSE_MISSING")
    assert missing.json()["detail"].startswith("Oppgi hva kontrollen gjelder.")
    assert auditing.get(path, AUDITOR, purpose="CURIOUS").status_code == 422
    assert auditing.get(path, TEACHER).status_code == 403, "who may not ask is told so first"
    assert auditing.published() == []
    assert auditing.get(path, AUDITOR, purpose="INCIDENT").status_code == 200
    assert [one["data"]["purpose"] for one in auditing.published()] == ["INCIDENT"]


def test_a_package_for_the_archive_is_among_what_was_opened_and_is_about_the_youth_of_the_case(
    auditing: Auditing,
) -> None:
    made = {"package_id": "k", "basis": "ARCHIVE_DUTY", "documents": 7}
    auditing.put(
        an_event("case-a", 1, type="case.opened", source="contracts", data={"youth_id": "youth-a"}),
        an_event("case-a", 2, type="case.exported_to_archive", actor="records-owner", data=made),
        an_event("case-b", 3, type="case.exported_to_archive", data={"package_id": "no package"}),
    )
    (row,) = an_answer(auditing, "OPENINGS", about_id="youth-a")
    told = {name: row[name] for name in ("person_id", "agency", "purpose", "basis", "pieces", "case_id")}
    assert told == {
        "person_id": "records-owner",
        "agency": "SKOLE_VGS",
        "purpose": "TO_ARCHIVE",
        "basis": "ARCHIVE_DUTY",
        "pieces": 7,
        "case_id": "case-a",
    }
    assert an_answer(auditing, "OPENINGS", about_id="another") == []
    assert an_answer(auditing, "WITHOUT_CONSENT") == [row]
    lines = auditing.get("/questions/OPENINGS/access-lines", AUDITOR, purpose="SUPERVISION").json()["lines"]
    assert ["7 documents handed out" in line for line in lines] == [True]


def test_receipts_that_were_asked_for_and_never_given_are_listed(auditing: Auditing) -> None:
    def asked(number: int, person: str) -> tuple[bytes, bytes]:
        told = {"receipt_id": f"receipt-{number}", "consent_id": "c", "person_id": person, "agency": "NAV"}
        return an_event("case-a", number, type="receipt.requested", data={**told, "refs": ["r", "s"]})

    given = {"receipt_id": "receipt-1", "answer": "NOT_USED_ANY_MORE", "given_on": "2026-09-05"}
    auditing.put(asked(1, "p1"), asked(2, "p2"), an_event("case-a", 3, type="receipt.given", data=given))
    (row,) = an_answer(auditing, "RECEIPTS_MISSING")
    assert (row["receipt_id"], row["person_id"], row["refs"], row["agency"]) == (
        "receipt-2",
        "p2",
        "r s",
        "NAV",
    )
    assert row["days"] >= 0
    assert an_answer(auditing, "RECEIPTS_MISSING", person_id="p1") == []


def test_what_was_put_right_is_shown_before_and_after(auditing: Auditing) -> None:
    changes = [
        {"field": "severity", "was": 2, "now": 3},
        {"field": "happened_on", "was": "2026-08-31", "now": None},
    ]
    corrected = {"corrected_id": "event-case-a-1", "corrected_type": "deviation.reported", "changes": changes}
    voided = {"voided_id": "event-case-a-1", "voided_type": "deviation.reported", "reason": "WRONG_CASE"}
    auditing.put(
        an_event(
            "case-a", 1, source="contracts", type="deviation.reported", data={"severity": 2, "kind": "CURFEW"}
        ),
        an_event("case-a", 1, type="registration.corrected", data={**corrected, "reason": "WRITTEN_WRONGLY"}),
        an_event("case-a", 2, type="registration.voided", data=voided),
    )
    first, second, third = an_answer(auditing, "CORRECTIONS")
    assert (first["how"], first["field"], first["before"], first["after"]) == ("CORRECTED", "severity", 2, 3)
    assert (first["type"], first["reason"], first["person_id"]) == (
        "deviation.reported",
        "WRITTEN_WRONGLY",
        "teacher-1",
    )
    assert (second["field"], second["before"], second["after"]) == ("happened_on", "2026-08-31", None)
    assert (third["how"], third["before"]) == ("VOIDED", {"severity": 2, "kind": "CURFEW"})
    assert an_answer(auditing, "CORRECTIONS", person_id="somebody-else") == []


def test_what_no_service_can_apply_is_told_from_the_log_alone(auditing: Auditing) -> None:
    laid_aside = {"service": "network", "partition": 0, "offset": 1, "reason": "HANDLED_BY_HAND"}
    auditing.put(
        an_event("case-a", 1, type="meeting.held", data={"meeting_id": 7}),
        (b"case-a", b"rubbish"),
        an_event("case-b", 1, type="parked_event.discarded", source="network", data=laid_aside),
        an_event("case-b", 2, type="case.resumed", source="contracts", data={}, id="one"),
        an_event("case-b", 2, type="case.resumed", source="contracts", data={}, id="another"),
    )
    rows = {row["offset"]: row for row in an_answer(auditing, "PARKED")}
    told = {offset: (row["why"], row["case_id"], row["laid_aside_by"]) for offset, row in rows.items()}
    assert told[0] == ("UNREADABLE", "case-a", None)
    assert told[1] == ("UNREADABLE", "case-a", "network")
    assert told[4] == ("FORK", "case-b", None)
    assert 2 not in told
    assert [row["service"] for row in an_answer(auditing, "DISCARDED")] == ["network"]
