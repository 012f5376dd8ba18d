"""The way out of a closed case: reviewed, archived where it must be, erased by two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backbone.refusal import Conflict, NotAllowed, Refused
from schemas.archive import CaseExportedToArchive
from schemas.codes import RetentionBasis, RetentionOutcome
from schemas.event import Event
from schemas.retention import CaseArchived, RetentionReviewed
from services.sharing.domain.gate import Why, decide
from services.sharing.domain.retention import Retention
from services.sharing.erasure import no_backup_opens_after
from tests.unit.sharing.builders import LEAD, TODAY, a_consent, a_question, given, knowledge

CHECKSUM = "5f" * 32
RECEIVED = CaseArchived(receipt_id="receipt", archived_on=TODAY, package_sha256=CHECKSUM)
MADE = CaseExportedToArchive(
    package_id="package",
    package_sha256=CHECKSUM,
    size=1000,
    basis=RetentionBasis.ARCHIVE_DUTY,
    refs=("minutes",),
    documents=1,
    left_out=0,
    agencies=(),
)


def a_review(outcome: RetentionOutcome = RetentionOutcome.DESTROY, **changes: Any) -> RetentionReviewed:
    goes = outcome is RetentionOutcome.DESTROY
    basis = RetentionBasis.NO_DUTY_TO_KEEP if goes else RetentionBasis.ARCHIVE_DUTY
    fields: dict[str, Any] = {"basis": basis, "reviewed_on": TODAY, **changes}
    return RetentionReviewed(outcome=outcome, **fields)


def after(retention: Retention, events: list[Event]) -> Retention:
    for event in events:
        retention = retention.after(event)
    return retention


def reviewed(outcome: RetentionOutcome = RetentionOutcome.DESTROY, **changes: Any) -> Retention:
    retention = Retention(case_id="case")
    return after(retention, retention.review(a_review(outcome, **changes), closed=True))


def proposed() -> Retention:
    retention = reviewed()
    return after(retention, retention.propose(person_id="lead"))


def test_two_persons_are_needed() -> None:
    with pytest.raises(NotAllowed, match="TWO_PERSONS"):
        proposed().approve(person_id="lead")
    assert proposed().approve(person_id="leader")
    with pytest.raises(Refused, match="PROPOSE_FIRST"):
        reviewed().approve(person_id="leader")


def test_nothing_is_erased_before_it_has_been_reviewed_nor_while_the_case_runs() -> None:
    with pytest.raises(Refused, match="REVIEW_FIRST"):
        Retention(case_id="case").propose(person_id="lead")
    with pytest.raises(Refused, match="CASE_NOT_CLOSED"):
        Retention(case_id="case").review(a_review(), closed=False)


def test_a_duty_to_archive_forbids_it_until_it_is_looked_at_again() -> None:
    kept = reviewed(RetentionOutcome.KEEP, basis=RetentionBasis.ARCHIVE_DUTY, look_again_on=date(2030, 1, 1))
    with pytest.raises(Refused, match="MUST_BE_KEPT"):
        kept.propose(person_id="lead")
    assert after(kept, kept.review(a_review(), closed=True)).propose(person_id="lead")


@pytest.mark.parametrize(
    ("outcome", "basis"),
    [
        (RetentionOutcome.DESTROY, RetentionBasis.ARCHIVE_DUTY),
        (RetentionOutcome.DESTROY, RetentionBasis.COMPLAINT_OPEN),
        (RetentionOutcome.ARCHIVE_THEN_REMOVE, RetentionBasis.COMPLAINT_OPEN),
        (RetentionOutcome.KEEP, RetentionBasis.NO_DUTY_TO_KEEP),
    ],
)
def test_a_decision_rests_on_nothing_that_forbids_it(
    outcome: RetentionOutcome, basis: RetentionBasis
) -> None:
    again = date(2030, 1, 1) if outcome is RetentionOutcome.KEEP else None
    with pytest.raises(Refused, match="BASIS_FORBIDS"):
        Retention(case_id="case").review(a_review(outcome, basis=basis, look_again_on=again), closed=True)


def test_what_goes_to_the_archive_is_removed_only_after_its_receipt() -> None:
    to_archive = reviewed(RetentionOutcome.ARCHIVE_THEN_REMOVE)
    with pytest.raises(Refused, match="REVIEW_FIRST"):
        to_archive.propose(person_id="lead")
    with pytest.raises(Refused, match="PACKAGE_UNKNOWN"):
        to_archive.archive(RECEIVED)
    packed = after(to_archive, to_archive.export(MADE))
    archived = after(packed, packed.archive(RECEIVED, documents={"minutes"}))
    assert archived.propose(person_id="lead", documents={"minutes"})
    with pytest.raises(Refused, match="NOT_FOR_ARCHIVE"):
        reviewed().archive(RECEIVED)


def test_the_package_that_was_received_must_hold_every_document_there_is() -> None:
    packed = after(reviewed(RetentionOutcome.ARCHIVE_THEN_REMOVE), [MADE])
    now = {"minutes", "letter"}
    with pytest.raises(Refused, match="PACKAGE_OLD"):
        packed.archive(RECEIVED, documents=now)
    archived = after(packed, packed.archive(RECEIVED, documents={"minutes"}))
    with pytest.raises(Refused, match="PACKAGE_OLD"):
        archived.propose(person_id="lead", documents=now)
    asked = after(archived, archived.propose(person_id="lead", documents={"minutes"}))
    with pytest.raises(Refused, match="PACKAGE_OLD"):
        asked.approve(person_id="leader", documents=now)


def test_a_new_review_makes_older_packages_worth_nothing() -> None:
    packed = after(reviewed(RetentionOutcome.ARCHIVE_THEN_REMOVE), [MADE])
    again = after(packed, packed.review(a_review(RetentionOutcome.ARCHIVE_THEN_REMOVE), closed=True))
    with pytest.raises(Refused, match="PACKAGE_UNKNOWN"):
        again.archive(RECEIVED)


def test_a_new_review_takes_an_older_proposal_back() -> None:
    again = proposed()
    again = after(again, again.review(a_review(), closed=True))
    with pytest.raises(Refused, match="PROPOSE_FIRST"):
        again.approve(person_id="leader")


def test_what_is_approved_is_done() -> None:
    done = after(proposed(), proposed().approve(person_id="leader"))
    again: list[Callable[[], list[Event]]] = [
        lambda: done.review(a_review(), closed=True),
        lambda: done.propose(person_id="lead"),
        lambda: done.approve(person_id="other"),
        lambda: done.archive(RECEIVED),
        lambda: done.export(MADE),
    ]
    for decide_again in again:
        with pytest.raises(Conflict, match="ERASED"):
            decide_again()


@pytest.mark.parametrize("day", [None, TODAY, TODAY - timedelta(days=1)])
def test_what_is_kept_is_looked_at_again_on_a_later_day(day: date | None) -> None:
    with pytest.raises(Refused, match="LOOK_AGAIN"):
        reviewed(RetentionOutcome.KEEP, look_again_on=day)


def test_an_erased_case_opens_nothing_to_anybody() -> None:
    known = knowledge(erased=True, consents=(given(a_consent()),))
    assert decide(a_question(), known).reason is Why.CASE_ERASED
    assert decide(a_question(person_id=LEAD), known).reason is Why.CASE_ERASED


def test_the_certificate_names_the_day_when_the_last_key_that_a_back_up_needs_is_gone() -> None:
    begun = datetime(2026, 10, 1, tzinfo=UTC)
    assert no_backup_opens_after(begun, begun + timedelta(days=10)).date() == date(2026, 12, 7)
    overdue = begun + timedelta(days=40)
    assert no_backup_opens_after(begun, overdue) == overdue + timedelta(days=36)
