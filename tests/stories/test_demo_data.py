"""The demonstration on the whole system: laid through the APIs, equal to its replay, signed, verified, and
quiet for those who get notices.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from backbone.database import plain_url
from backbone.log import LogRecord, read
from backbone.tree_client import TreeClient
from backbone.working_days import working_days_between
from schemas import catalogue
from schemas.event import NEWEST, read_envelope
from schemas.local_time import OSLO
from services.cli.demo.people import AUDITOR, OPERATOR, STAFF
from services.notifications.domain.delivery import MailState
from tests.stories.every_text import Reader
from tests.system import System, eventually

pytestmark = [pytest.mark.integration, pytest.mark.slow]
A_CASE = re.compile(r"/saker/[0-9a-f-]{36}$")
NOT_SHOWN = {
    "access.stop_lifted": "a stop is lifted only when what it was set for failed half way",
    "access.reviewed": "nobody goes through who has access in the year; the deadline of it comes and passes",
    "referral.reassigned": "whoever screens is at work all the year; the referrals' own tests give one on",
    "case.youth_compared": "every youth of the year has an identity number to go by; the form's own tests ask the question",
    "contract.signers_changed": "nobody turns 18 in the year while their contract waits for signatures; an edge case tells of it",
    "contract.change_expired": "every change of the year is signed or laid aside in time; the service's own tests let one expire",
    "cohort.measured": "a cohort is measured three years after its end, and the demonstration has one year",
    "parked_event.discarded": "nothing is parked where nothing is broken",
    **dict.fromkeys(
        ("data_subject_request.received", "data_subject_request.extended", "data_subject_request.answered"),
        "nobody in the year asks about themselves in writing; the pages of it are tried with the service's own tests",
    ),
    **dict.fromkeys(
        (
            "personal_data_breach.found",
            "personal_data_breach.assessed",
            "personal_data_breach.notified",
            "personal_data_breach.not_notified",
            "personal_data_breach.persons_told",
        ),
        "a year in which nothing has gone astray",
    ),
    **dict.fromkeys(
        (
            "guardian.added",
            "guardian.removed",
            "guardian.restricted",
            "guardian.change_confirmed",
            "guardian.restriction_lifted",
            "parental_responsibility.changed",
            "guardian_situation.confirmed",
            "preferred_language.set",
        ),
        "who decides stays as it was registered in the year; three edge cases tell of it over all services",
    ),
}
"""What the demonstration leaves out, each with why. A new event is shown in it, or has its reason here."""


@pytest.fixture(scope="module")
def system(system: System) -> System:
    """The started system, with the demonstration laid in it."""
    laid = system.cli("demo")
    assert laid.returncode == 0, laid.stdout + laid.stderr
    system.quiet()
    return system


def everything(system: System) -> list[LogRecord]:
    return [record for batch in read(system.settings) for record in batch]


def sql(system: System, service: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(plain_url(system.settings.database(service))) as connection:
        answer = connection.execute(statement.encode(), values or None)
        return answer.fetchall() if answer.description else []


def test_every_case_is_on_the_log_and_nothing_was_parked(system: System) -> None:
    types = [read_envelope(record.value).type for record in everything(system)]
    assert 40 <= types.count("contract.registered") <= 50
    assert types.count("sanction.received") == 5
    assert types.count("case.transferred_to_kriminalomsorgen") == types.count("youth_plan.fulfilled") == 1
    assert types.count("meeting.held") >= 60
    assert types.count("consent.withdrawn") >= 5
    assert types.count("deadline.met") >= 10
    assert types.count("deadline.passed") >= 1
    assert types.count("opening.decided") >= 50
    assert types.count("case.closed") >= 8
    assert types.count("deviation.assessed") >= 15
    for service in system.services:
        assert system.calls.get(service, "/operations/parked", actor=OPERATOR.actor) == [], service


def test_the_demonstration_shows_every_part(system: System) -> None:
    """An event of which nothing is laid would be a page that nobody sees filled."""
    assert catalogue.__all__

    def types() -> set[str]:
        return {read_envelope(record.value).type for record in everything(system)}

    # birthdays are looked at every twenty seconds, and somebody in the year has one that changes who decides soon
    eventually(lambda: "youth.age_band_ahead" in types(), what="the birthday that is near")
    shown = types()
    assert set(NEWEST) - shown == set(NOT_SHOWN)


def test_everybody_can_open_every_page_of_their_menu_and_a_case(system: System) -> None:
    """What the pages show is as various as the year: a page that some value breaks shows here."""
    base, today = system.settings.portal_url, system.clock.moment().today
    opened: dict[str, int] = {}
    for person in STAFF:
        with httpx.Client(base_url=base, trust_env=False, timeout=60, follow_redirects=True) as browser:
            who = {"person_id": person.person_id}
            first = browser.post("/logg-inn", data=who, headers={"Origin": base})
            menu = links(first.text, str(first.url.path), today)
            cases = [
                link for link in links(browser.get("/saker").text, "/saker", today) if A_CASE.match(link)
            ]
            for path in dict.fromkeys([*menu, *cases[:2]]):
                opened[f"{person.key} {path}"] = browser.get(path).status_code
    assert len(opened) > 100
    assert {page: status for page, status in opened.items() if status != 200} == {}


def links(page: str, address: str, today: date) -> list[str]:
    """What a page links to, but for what leaves the pages or the session."""
    reader = Reader(address, today)
    reader.feed(page)
    return [link for link in reader.links if not link.startswith(("/logg-", "/demo-post"))]


def test_nobody_is_written_to_about_what_is_long_past(system: System) -> None:
    """What the mails tell of became due since the last working day before today; a Monday morning has a whole weekend to tell of."""
    today = system.clock.moment().today
    since = datetime.combine(last_working_day_before(today), time(), OSLO)
    assert [at for at in came_due(system, MailState.SENT) if at < since] == []
    assert [at for at in came_due(system, MailState.EXPIRED) if at < since], (
        "the year has much to keep quiet about"
    )
    others = "SELECT 1 FROM mail JOIN notice USING (notice_id) WHERE state = 'SENT' AND NOT starts_with(kind, 'DEADLINE')"
    assert len(sql(system, "notifications", others)) <= 10


def last_working_day_before(today: date) -> date:
    days = (today - timedelta(days=ago) for ago in range(1, 15))
    return next(day for day in days if working_days_between(day - timedelta(days=1), day))


def came_due(system: System, state: MailState) -> list[datetime]:
    """When the steps of deadlines came due that the mails in this state tell of."""
    told = "SELECT event_id FROM mail JOIN notice USING (notice_id) WHERE starts_with(kind, 'DEADLINE') AND state = %s"
    events = [row[0] for row in sql(system, "notifications", told, state)]
    raised = """SELECT step->>1 FROM raised JOIN deadline USING (deadline_id), jsonb_array_elements(steps) AS step
        WHERE event_id = ANY(%s) AND step->>0 = what AND turn = due_on::text"""
    return [datetime.fromisoformat(row[0]) for row in sql(system, "scheduler", raised, events)]


def test_no_name_or_number_of_anybody_is_on_the_log(system: System) -> None:
    whole = b"\n".join(record.value or b"" for record in everything(system)).decode()
    for person in STAFF:
        assert person.name not in whole
        assert person.email not in whole
    assert "Lundefugl" not in whole


def test_every_service_is_equal_to_its_replay_and_a_changed_column_in_two_of_them_is_named(
    system: System,
) -> None:
    replayed = system.cli("replay")
    assert replayed.returncode == 0, replayed.stdout
    assert f"All {len(system.services)} services are equal to a replay of the log." in replayed.stdout

    (contract_id, case_id) = _one(
        system, "contracts", "SELECT contract_id, case_id FROM contract ORDER BY 1 LIMIT 1"
    )
    sql(system, "contracts", f"UPDATE contract SET case_id = 'another' WHERE contract_id = '{contract_id}'")
    meeting = _one(system, "network", "SELECT meeting_id, case_id FROM meeting ORDER BY 1 LIMIT 1")
    was = f"SELECT case_id, state->>'version' FROM meeting WHERE meeting_id = '{meeting[0]}'"
    version = _one(system, "network", was)[1]
    change = "UPDATE meeting SET state = jsonb_set(state, '{version}', '99')"
    sql(system, "network", f"{change} WHERE meeting_id = '{meeting[0]}'")

    again = system.cli("replay", "contracts", "network")
    assert again.returncode == 1
    lines = again.stdout.splitlines()
    assert (
        f"contracts: DIFFERS from the log: table contract, case {case_id}, row {contract_id}, column case_id:"
        f' the log makes it "{case_id}", and the table says otherwise'
    ) in lines
    (told,) = [line for line in lines if line.startswith("network: DIFFERS")]
    assert (
        f"table meeting, case {meeting[1]}, row {meeting[0]}, column state.version: the log makes it {version},"
        in told
    )
    assert lines[-1].endswith("not: contracts, network")


def _one(system: System, service: str, query: str) -> tuple[str, str]:
    with psycopg.connect(plain_url(system.settings.database(service))) as connection:
        found = connection.execute(query.encode()).fetchone()
    assert found is not None
    return found[0], found[1]


def test_what_an_auditor_did_is_signed_within_seconds_and_the_whole_log_verifies(
    system: System, tmp_path: Path
) -> None:
    system.start_signer()
    (case, *_) = system.calls.get("audit", "/cases", actor=AUDITOR.actor)
    path = f"/cases/{case['case_id']}/events"
    system.calls.get("audit", path, actor=AUDITOR.actor, purpose="INTERNAL_CONTROL")
    trees = TreeClient(system.address("audit"))

    def covered() -> bool:
        looks = [record for record in everything(system) if b'"case.audited"' in (record.value or b"")]
        note = trees.newest_note(looks[-1].partition) if looks else None
        return note is not None and int(note.split(b"\n")[1]) > looks[-1].offset

    eventually(covered, seconds=20, what="a checkpoint over what the auditor did")
    verified = system.cli("verify", "--seen", str(tmp_path / "seen"))
    assert verified.returncode == 0, verified.stdout
    assert "Nothing was changed, removed, inserted or moved" in verified.stdout
