"""What becomes of a closed case of the demonstration: looked over, handed to the archive, destroyed by two persons; and the control of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schemas.codes import AuditPurpose, AuditQuestion
from services.cli.demo.asking import Asked, Kept
from services.cli.demo.people import AUDITOR, MUNICIPAL_LEADER, RECORDS_OWNER

if TYPE_CHECKING:
    from services.cli.demo.case_story import CaseStory

REVIEWED = 205
"""Days after the start on which a closed case is looked over."""
ARCHIVED_AND_GONE, ARCHIVED, KEPT, PROPOSED = 0, 1, 2, 3
"""The cases that have come so far."""


def told(case: CaseStory) -> Iterator[Asked]:
    """The oldest cases are looked over; those that closed later wait."""
    at = case.at(case.starts_on + timedelta(days=REVIEWED), hour=13)
    if case.number in (ARCHIVED_AND_GONE, ARCHIVED):
        yield _reviewed(case, at, outcome="ARCHIVE_THEN_REMOVE", basis="ARCHIVE_DUTY")
        received = at + timedelta(days=20)
        package = case.id("archive package")
        making = case.ask(
            at + timedelta(days=4), RECORDS_OWNER, "sharing", f"/cases/{case.case_id}/archive-packages"
        )
        yield making._replace(keeps=package)
        receipt = _asks(case, received, "retention/archived", receipt_id=case.id("archive receipt"))
        yield receipt._replace(kept=Kept("package_sha256", package, 0))
        if case.number == ARCHIVED_AND_GONE:
            yield from _by_two(case, received + timedelta(days=1))
    if case.number == KEPT:
        again = (at.date() + timedelta(days=120)).isoformat()
        yield _reviewed(case, at, outcome="KEEP", basis="COMPLAINT_OPEN", look_again_on=again)
    if case.number == PROPOSED:
        yield _reviewed(case, at, outcome="DESTROY", basis="DISCARD_RULE")
        yield _asks(case, at + timedelta(minutes=4), "erasure/proposed")


def destroyed(case: CaseStory, at: datetime, *, basis: str) -> Iterator[Asked]:
    """Decided and destroyed at once, which only what nobody has to keep is."""
    yield _reviewed(case, at, outcome="DESTROY", basis=basis)
    yield from _by_two(case, at + timedelta(minutes=10))


def looked_at(case: CaseStory) -> Iterator[Asked]:
    """The auditor looks at some of the cases, and asks what was shared without consent."""
    if case.number not in (6, 12, 20):
        return
    at = case.at(case.starts_on + timedelta(days=62), hour=14)
    purpose = AuditPurpose.INTERNAL_CONTROL if case.number % 4 else AuditPurpose.SUBJECT_ACCESS
    yield Asked(at, AUDITOR, "audit", f"/cases/{case.case_id}/events?purpose={purpose}")
    question = f"/questions/{AuditQuestion.WITHOUT_CONSENT}?purpose={purpose}"
    yield Asked(at + timedelta(minutes=9), AUDITOR, "audit", question)


def _by_two(case: CaseStory, at: datetime) -> Iterator[Asked]:
    """The lead proposes; a leader approves, and the keys are gone."""
    yield _asks(case, at, "erasure/proposed")
    path = f"/cases/{case.case_id}/erasure/approved"
    yield case.ask(at + timedelta(hours=1), MUNICIPAL_LEADER, "sharing", path)


def _reviewed(case: CaseStory, at: datetime, **body: str) -> Asked:
    return _asks(case, at, "retention/reviewed", **body)


def _asks(case: CaseStory, at: datetime, what: str, **body: str) -> Asked:
    return case.ask(at, case.lead, "sharing", f"/cases/{case.case_id}/{what}", **body)
