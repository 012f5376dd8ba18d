"""What follows a withdrawal: everyone who saw something on the consent is asked to stop using it, and
answers.
"""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, ReceiptAnswer
from schemas.event import Event, event


@event("receipt.requested")
class ReceiptRequested(Event, frozen=True, kw_only=True):
    """Somebody who had opened content on a consent that was then taken back was asked to stop using it, and
    to say so.
    """

    receipt_id: str
    consent_id: str
    person_id: str
    agency: Agency
    refs: tuple[str, ...]


@event("receipt.given")
class ReceiptGiven(Event, frozen=True, kw_only=True):
    """Somebody, or a leader of theirs, said what was done with content whose consent was taken back."""

    receipt_id: str
    answer: ReceiptAnswer
    given_on: date


@event("report.made")
class ReportMade(Event, frozen=True, kw_only=True):
    """The youth's report was made: who is in the group, what was agreed, and everything opened about the
    youth.
    """

    report_id: str
    youth_id: str
    until_sequence: int
