"""Cohorts of the statistics (kohorter): a stream a cohort, with numbers of at least five and never a person or a case."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, Programme
from schemas.event import Event, Sentence, event
from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition

HAND_BACK = (
    Agency.POLITI_FOREBYGGENDE,
    Agency.PATALEMYNDIGHET,
    Agency.KONFLIKTRAAD,
    Agency.KRIMINALOMSORG,
)
"""Who keeps registers of reports, charges and sanctions, and so can count in them."""


@event("cohort.closed", sentence=Sentence("En kohort ble lukket", "Ein kohort vart lukka"))
class CohortClosed(Event, frozen=True, kw_only=True):
    """How many were followed up in a programme of a municipality and had their case closed in a year. `period_key` is the year.

    `youths` is None for fewer than five. `counted_by` is the version of the rule that says who is counted.
    """

    period_key: str
    municipality_no: str
    programme: Programme
    ends_on: date
    youths: int | None
    counted_by: str


@event(
    "cohort.measured",
    sentence=Sentence("Tilbakefall i en kohort ble målt", "Tilbakefall i ein kohort vart målt"),
)
class CohortMeasured(Event, frozen=True, kw_only=True):
    """What became of a cohort three years after its end, as an agency handed it back in one number, or why nobody did.

    `relapsed` of `youths`, by `definition`. It is told only when at least five relapsed and at least five did not; otherwise
    it is None, and nothing says which of the two were few.
    """

    period_key: str
    result: CohortResult
    measured_on: date
    youths: int
    relapsed: int | None = None
    definition: RelapseDefinition | None = None
    agency: Agency | None = None
    skipped: CohortSkipped | None = None
