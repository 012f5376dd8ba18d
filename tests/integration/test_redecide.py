"""Recorded decisions of the gate, made again from the log alone, and a recorded outcome that somebody changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from dateutil.relativedelta import relativedelta
from kafka import KafkaProducer

from backbone.clock import new_id
from backbone.log import LogRecord, delete_topics, ensure_topics
from schemas.case import CaseClosed
from schemas.codes import Category, EndingReason, Role
from schemas.event import decode
from schemas.network_group import SecrecyDeclared
from services.sharing import redecide
from services.sharing.domain.policy import POLICY
from services.sharing.redeciding import Answer, Redeciding, Ungrounded, what_if_file
from tests.integration.sharing_office import (
    LEAD,
    LEADER,
    NETWORK,
    POLICE,
    STRANGER,
    TEACHER,
    Case,
    Office,
    an_office,
    forward,
    joined,
    left,
    settings_in,
)

pytestmark = pytest.mark.integration
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory, database_url: str
) -> Iterator[tuple[Office, list[LogRecord]]]:
    """A year's decisions of every sort, and the log that they stand on."""
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        a_consent_comes_and_goes(office)
        a_member_leaves_and_comes_back(office)
        names_in_a_list(office)
        a_protected_case(office)
        a_birthday(office)
        an_end(office)
        texts_redacted_and_destroyed(office)
        yield office, office.the_log()


def a_consent_comes_and_goes(office: Office) -> Case:
    case = office.a_case()
    ref = office.a_text(case)
    office.open(case, ref)
    consent_id = office.a_consent(case, valid_to=office.today + timedelta(days=30))
    office.open(case, ref)
    office.opening(case)
    office.opening(case, actor=TEACHER)
    office.opening(case, actor=LEAD)
    office.opening(case, ref, new_id(), actor=LEAD)
    office.opening(case, ref, actor=STRANGER)
    office.say(consent_id, "withdrawn", case.signers[1])
    office.open(case, ref)
    return case


def a_member_leaves_and_comes_back(office: Office) -> None:
    case = office.a_case(declared=False)
    ref = office.a_text(case, actor=LEAD)
    office.opening(case)
    office.hear("network", case.case_id, SecrecyDeclared(person_id=POLICE.person_id, text_version="1"))
    office.a_consent(case, from_agencies=["KOMMUNE_SLT"], valid_to=office.today + timedelta(days=3))
    office.opening(case, ref)
    body = {"case_id": case.case_id, "person_id": POLICE.person_id, "reason": "MEMBER_LEAVES"}
    stop_id = office.post("/stops", {**body, "stop_id": new_id()}, actor=NETWORK)["stop_id"]
    office.opening(case, ref)
    again = SecrecyDeclared(person_id=POLICE.person_id, text_version="1")
    on = office.today
    office.hear("network", case.case_id, left(POLICE, on, stop_id), joined(POLICE, on), again)
    office.opening(case, ref)
    forward(office, days=5)
    office.opening(case, ref)


def names_in_a_list(office: Office) -> None:
    signed, unsigned = office.a_case(), office.a_case(signed=False)
    for actor in (LEAD, POLICE, STRANGER, LEADER):
        office.post("/names", {"case_ids": [signed.case_id, unsigned.case_id]}, actor=actor)


def a_protected_case(office: Office) -> None:
    """Closed to everybody, open to whom a leader has cleared, closed but for the address, and open again."""
    case = office.a_case()
    ref = office.a_text(case, category="CASE_STATUS")
    path = f"/cases/{case.case_id}"
    office.post(f"{path}/protection", {"level": "CODE_6"})
    office.opening(case, ref)
    office.opening(case, actor=TEACHER)
    office.post(f"{path}/clearances", {"person_id": POLICE.person_id}, actor=LEADER)
    office.opening(case, ref)
    office.post(f"{path}/clearances/{POLICE.person_id}/withdrawn")
    office.opening(case, ref)
    office.post(f"{path}/protection", {"level": "CODE_7"}, actor=LEADER)
    office.opening(case, ref)
    office.post(f"{path}/protection", {"level": None}, actor=LEADER)
    office.opening(case, ref)


def a_birthday(office: Office) -> None:
    born = office.today + timedelta(days=2) - relativedelta(years=18)
    case = office.a_case(birth_on=born.isoformat())
    ref = office.a_text(case)
    office.a_consent(case, valid_to=office.today + timedelta(days=30))
    office.opening(case, ref)
    forward(office, days=2)
    office.opening(case, ref)


def an_end(office: Office) -> None:
    case = office.a_case()
    office.a_text(case)
    office.opening(case)
    closed = CaseClosed(reason=EndingReason.COMPLETED, closed_on=office.today)
    office.hear("contracts", case.case_id, closed)
    office.opening(case)
    office.opening(case, actor=LEAD)


def texts_redacted_and_destroyed(office: Office) -> None:
    """Read, then redacted, then destroyed, each followed by who may still ask; and a consent behind a text that is gone."""
    case = office.a_case()
    status, attendance = office.a_text(case, category="CASE_STATUS"), new_id()
    text = {"ref": attendance, "about_id": case.youth_id, "category": "SCHOOL_ATTENDANCE"}
    told = {**text, "content": {"text": "om en annen"}}
    office.post(f"/cases/{case.case_id}/information", told, actor=TEACHER)
    office.a_consent(case)
    everybody = (POLICE, TEACHER, LEAD)
    for actor in everybody:
        office.opening(case, status, attendance, actor=actor)
    for ref, reason in ((status, "MORE_THAN_NEEDED"), (attendance, "ABOUT_SOMEBODY_ELSE")):
        office.post(f"/cases/{case.case_id}/redactions", {"ref": ref, "reason": reason})
        for actor in everybody:
            office.opening(case, status, attendance, actor=actor)
    office.post(f"/cases/{case.case_id}/redactions/{attendance}/destroyed", actor=LEADER)
    for actor in everybody:
        office.opening(case, status, attendance, actor=actor)


def made_again(records: list[LogRecord], policy: str | None = None) -> list[Answer]:
    return Redeciding(lambda _envelope, _event: True, what_if_file(policy) if policy else None).see(records)


def changed(records: list[LogRecord], old: bytes, new: bytes, *, place: int = 0) -> list[LogRecord]:
    """The log with one record rewritten: the one that has `old`, counted from `place`."""
    at = [n for n, record in enumerate(records) if old in (record.value or b"")][place]
    rewritten = records[at]._replace(value=(records[at].value or b"").replace(old, new))
    return [*records[:at], rewritten, *records[at + 1 :]]


def test_every_decision_made_again_from_the_log_is_the_same(told: tuple[Office, list[LogRecord]]) -> None:
    answers = made_again(told[1])
    assert [answer for answer in answers if not answer.same] == []
    reasons = {
        decision.basis or decision.reason for one in answers if one.event for decision in one.event.decisions
    }
    assert reasons >= {
        *(
            "CONSENT",
            "CONSENT_WITHDRAWN",
            "CONSENT_EXPIRED",
            "CONSENT_TO_BE_RENEWED",
            "OWN_CONTENT",
            "PARTICIPATION",
        ),
        *(
            "REDACTED",
            "PROTECTED",
            "NOT_MEMBER",
            "STOPPED",
            "SECRECY_NOT_DECLARED",
            "CASE_CLOSED",
            "UNKNOWN_REFERENCE",
            "NO_BASIS",
        ),
    }
    assert len(answers) >= 20


def dropped(part: bytes) -> Callable[[list[LogRecord]], list[LogRecord]]:
    return lambda records: [one for one in records if part not in (one.value or b"")]


def rewritten(
    records: list[LogRecord],
    wanted: Callable[[dict[str, Any]], bool],
    change: Callable[[dict[str, Any]], Any],
) -> list[LogRecord]:
    """The log with the first opening that is wanted recorded otherwise."""
    found = list(records)
    for place, record in enumerate(found):
        event = msgspec.json.decode(record.value or b"")
        if event["type"] == "opening.decided" and wanted(event["data"]):
            change(event["data"])
            found[place] = record._replace(value=msgspec.json.encode(event))
            return found
    raise AssertionError("no such opening")


LIES: dict[str, tuple[Callable[[dict[str, Any]], bool], Callable[[dict[str, Any]], Any], str]] = {
    "a refusal recorded as a showing": (
        lambda opening: opening["reason"] is None and opening["decisions"][0]["reason"] == "NO_BASIS",
        lambda opening: opening["decisions"][0].update(outcome="PERMIT", reason=None, basis="OWN_CONTENT"),
        "DENY NO_BASIS",
    ),
    "a consent in place of which another basis is named": (
        lambda opening: bool(opening["decisions"]) and opening["decisions"][0]["basis"] == "CONSENT",
        lambda opening: opening["decisions"][0].update(basis="CASE_LEAD", consent_id=None),
        "PERMIT CONSENT",
    ),
    "a stranger recorded as somebody who may ask": (
        lambda opening: opening["reason"] == "NOT_MEMBER",
        lambda opening: opening.update(reason=None),
        "NOT_MEMBER as",
    ),
    "a showing to another agency": (
        lambda opening: opening["to_agency"] == "POLITI_FOREBYGGENDE" and opening["reason"] is None,
        lambda opening: opening.update(to_agency="NAV"),
        "MAY_ASK as POLITI_FOREBYGGENDE",
    ),
    "a day before the consent ended": (
        lambda opening: any(one["reason"] == "CONSENT_EXPIRED" for one in opening["decisions"]),
        lambda opening: opening.update(
            decided_on=str(date.fromisoformat(opening["decided_on"]) - timedelta(days=4))
        ),
        "PERMIT CONSENT",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_recorded_decision_that_was_changed_is_found(
    told: tuple[Office, list[LogRecord]], lie: str
) -> None:
    wanted, change, said = LIES[lie]
    answers = [answer for answer in made_again(rewritten(told[1], wanted, change)) if answer.others]
    assert len(answers) == 1
    assert any(said in other.again for other in answers[0].others)


def test_a_changed_consent_behind_a_decision_is_found(told: tuple[Office, list[LogRecord]]) -> None:
    answers = made_again(changed(told[1], b'"SCHOOL_ATTENDANCE"],"purpose"', b'"FAMILY"],"purpose"'))
    assert any("DENY NO_BASIS" in other.again for answer in answers for other in answer.others)


def test_a_decision_whose_grounds_are_gone_from_the_log_is_not_taken_for_good(
    told: tuple[Office, list[LogRecord]],
) -> None:
    assert Ungrounded.OWN_EVENTS_MISSING in unmade(dropped(b'"type":"consent.given"')(told[1]))
    assert Ungrounded.SOURCE_MISSING in unmade(dropped(b'"type":"contract.signed"')(told[1]))


def unmade(records: list[LogRecord]) -> set[Ungrounded]:
    return {answer.not_made.why for answer in made_again(records) if answer.not_made is not None}


def test_no_record_that_calls_itself_a_decision_is_passed_over(told: tuple[Office, list[LogRecord]]) -> None:
    """A second one of the same number, one by another service, and one that cannot be read: each is answered, by name."""
    records = told[1]
    whole = len(made_again(records))
    opening = next(one for one in records if b"opening.decided" in (one.value or b""))
    event = msgspec.json.decode(opening.value or b"")
    for change, why in (
        ({"id": new_id()}, Ungrounded.NUMBER_REUSED),
        ({"id": new_id(), "source": "contracts", "casesequence": 900}, Ungrounded.NOT_FROM_THE_GATE),
    ):
        added = opening._replace(offset=10_000, value=msgspec.json.encode({**event, **change}))
        assert len(made_again([*records, added])) == whole + 1
        assert unmade([*records, added]) == {why}
    broken = changed(records, b'"outcome":"DENY"', b'"outcome":"PERHAPS"')
    assert len(made_again(broken)) == whole
    assert unmade(broken) == {Ungrounded.UNREADABLE}


def test_a_policy_nobody_knows_is_told(told: tuple[Office, list[LogRecord]]) -> None:
    in_force = f'"policy_version":"{POLICY.version}"'.encode()
    answers = made_again(changed(told[1], in_force, b'"policy_version":"1999.1"'))
    (only,) = [answer.not_made for answer in answers if answer.not_made]
    assert only == (Ungrounded.UNKNOWN_POLICY, "policy 1999.1 is not known here")


def test_what_another_policy_would_have_said_is_shown_beside(told: tuple[Office, list[LogRecord]]) -> None:
    answers = made_again(told[1], 'version = "stricter"\ngroup_categories = []')
    assert [answer for answer in answers if answer.others] == []
    otherwise = {(other.recorded, other.again) for answer in answers for other in answer.what_if}
    assert ("PERMIT PARTICIPATION", "DENY NO_BASIS") in otherwise
    assert not any("OWN_CONTENT" in recorded for recorded, _ in otherwise)
    young = made_again(told[1], "[signing.bands.AGE_15]\nyouth = true\nguardians = false\nsource = 'what if'")
    assert not any(other.again == "PERMIT CONSENT" for answer in young for other in answer.others)


def test_a_redaction_that_was_taken_out_of_the_log_or_moved_is_found(
    told: tuple[Office, list[LogRecord]],
) -> None:
    """What was refused because it was redacted does not come out so from a log in which nobody redacted it."""
    records = told[1]
    redacted = next(one for one in records if b'"registration.redacted"' in (one.value or b""))
    without = [one for one in records if one is not redacted]
    assert unmade(without) == {Ungrounded.OWN_EVENTS_MISSING}
    instead = dropped_content(redacted)
    answers = made_again([instead if one is redacted else one for one in records])
    assert any(
        (other.recorded, other.again.split()[0]) == ("DENY REDACTED", "PERMIT")
        for answer in answers
        for other in answer.others
    )


def dropped_content(redacted: LogRecord) -> LogRecord:
    """The same event about a text that nobody has."""
    event = msgspec.json.decode(redacted.value or b"")
    event["data"]["ref"] = new_id()
    return redacted._replace(value=msgspec.json.encode(event))


def test_a_policy_that_is_thought_of_never_opens_what_was_redacted(
    told: tuple[Office, list[LogRecord]],
) -> None:
    everything = ", ".join(f'"{category.value}"' for category in Category)
    answers = made_again(told[1], f"group_categories = [{everything}]\ngroup_sees_days_after_end = 365")
    otherwise = [other for answer in answers for other in answer.what_if]
    assert any(other.again == "PERMIT PARTICIPATION" for other in otherwise)
    assert not any(other.recorded == "DENY REDACTED" for other in otherwise)


def test_repeated_and_unreadable_records_change_nothing(told: tuple[Office, list[LogRecord]]) -> None:
    records = [copy for one in told[1] for copy in (one, LogRecord(0, one.offset, b"x", b"rubbish"), one)]
    assert len(made_again(records)) == len(made_again(told[1]))
    assert not any(answer.others or answer.not_made for answer in made_again(records))


def test_a_year_from_kafka_in_one_command(
    told: tuple[Office, list[LogRecord]],
    kafka_bootstrap: str,
    a_namespace: str,
    tmp_path: Path,
    capsys: Printed,
) -> None:
    office, records = told
    settings = office.settings.model_copy(
        update={"kafka_bootstrap": kafka_bootstrap, "namespace": a_namespace}
    )
    ensure_topics(settings)
    try:
        producer = KafkaProducer(bootstrap_servers=kafka_bootstrap)
        for record in rewritten(records, *LIES["a refusal recorded as a showing"][:2]):
            producer.send(settings.case_topic, key=record.key, value=record.value)
        producer.flush(timeout=30)
        producer.close()
        year = str(office.today.year)
        assert redecide.run(settings, ["--year", year]) == 1
        said = capsys.readouterr().out
        assert "DECISION_DIFFERS: Case " in said
        assert "1 otherwise, 0 could not be made" in said
        assert redecide.run(settings, ["--year", "1999"]) == 2
        some = next(decode(one.value).event for one in records if b"opening.decided" in (one.value or b""))
        capsys.readouterr()
        code = redecide.run(settings, ["--opening", msgspec.to_builtins(some)["opening_id"], "--as", "csv"])
        lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert code in (0, 1)
        assert {line["opening_id"] for line in lines} == {msgspec.to_builtins(some)["opening_id"]}
        policy = tmp_path / "policy.toml"
        policy.write_text("group_categories = []\n", encoding="utf-8")
        redecide.run(settings, ["--what-if", str(policy)])
        assert "times DENY NO_BASIS in place of PERMIT PARTICIPATION" in capsys.readouterr().out
        policy.write_text("everything_is_allowed = true\n", encoding="utf-8")
        assert redecide.run(settings, ["--what-if", str(policy)]) == 2
    finally:
        delete_topics(settings)


def test_a_refusal_for_want_of_a_role_is_made_again_from_what_was_recorded_of_the_role(
    tmp_path: Path, database_url: str
) -> None:
    auditor = POLICE._replace(roles=frozenset({Role.AUDITOR}))
    with an_office(settings_in(tmp_path, database_url=database_url)) as office:
        case = office.a_case()
        body = {"refs": [office.a_text(case)], "purpose": "FOLLOW_UP"}
        assert office.call("POST", f"/cases/{case.case_id}/open", body, actor=auditor).status_code == 403
        log = office.the_log()
    (answer,) = made_again(log)
    assert answer.same
    assert answer.event is not None
    assert answer.event.reason == "NO_STAFF_ROLE"
    (lied,) = made_again(changed(log, b'"staff":false', b'"staff":true'))
    assert next(other.recorded for other in lied.others) == "NO_STAFF_ROLE as POLITI_FOREBYGGENDE"
