"""A cohort of the statistics: how many were followed up and closed in a year, and how many of them relapsed within three years.

The period is the calendar year and nothing else. Municipalities here are small: half years would mostly be too few to show, and a year beside
its halves would give a small half away by subtraction. For the same reason there are no sums across programmes or municipalities, a
cohort is counted once, and it is measured by one definition once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from schemas.codes import Agency, Programme
from schemas.cohort import HAND_BACK, CohortClosed, CohortMeasured
from schemas.dated import always
from schemas.event import Event
from schemas.register_codes import CohortResult, CohortSkipped, RelapseDefinition
from services.contracts.domain.calendar import add_months
from services.contracts.domain.case import AT_ANY_TIME, Case
from services.contracts.domain.register_refusals import conflict, refused
from services.contracts.domain.survey import FEWEST

COUNTED_BY = "2026-1"
"""The version of `belongs` and `size`, which every cohort carries. Change it together with them."""
MEASURE_MONTHS = always(36, "the national status report of 2012: relapse is measured over three years")


def tellable(count: int, *, of: int | None = None) -> int | None:
    """A number that may be told, or None: fewer than five are never told, nor a part of `of` that leaves fewer than five (none included)."""
    if count < FEWEST or (of is not None and of - count < FEWEST):
        return None
    return count


def belongs(case: Case, *, year: int) -> bool:
    """True for a case that was followed up and closed in the year; not after a death or a move, nor when it was registered by mistake."""
    if case.closed_on is None or case.closed_on.year != year or case.ending in AT_ANY_TIME:
        return False
    return case.active_on is not None


def size(cases: Iterable[Case], *, year: int) -> int:
    """How many youths the cases of a year are about; somebody with two of them counts once."""
    return len({case.youth_id for case in cases if belongs(case, year=year)})


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody registers about a cohort: a number that an agency handed back, or why there is none."""

    result: CohortResult
    measured_on: date
    relapsed: int | None = None
    definition: RelapseDefinition | None = None
    agency: Agency | None = None
    skipped: CohortSkipped | None = None

    def check(self) -> Told:
        """The same, when its parts fit together. Raises Refused."""
        numbers = (self.relapsed, self.definition, self.agency)
        if self.result is CohortResult.SKIPPED:
            if self.skipped is None:
                raise refused("COHORT_REASON_MISSING", field="skipped")
            if any(part is not None for part in numbers):
                raise refused("COHORT_CONTRADICTION", field="result")
            return self
        if self.skipped is not None or (self.result is CohortResult.TOO_FEW and self.relapsed is not None):
            raise refused("COHORT_CONTRADICTION", field="result")
        if self.result is CohortResult.COUNTED and (self.relapsed is None or self.relapsed < 0):
            raise refused("COHORT_COUNT_MISSING", field="relapsed")
        if self.definition is None:
            raise refused("COHORT_DEFINITION_MISSING", field="definition")
        if self.agency is None:
            raise refused("COHORT_AGENCY_MISSING", field="agency")
        if self.agency not in HAND_BACK:
            raise refused("COHORT_OTHER_AGENCY", field="agency")
        return self


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """A closed cohort as its events tell it. `youths` is None for fewer than five."""

    cohort_id: str
    period_key: str
    municipality_no: str
    programme: Programme
    ends_on: date
    youths: int | None
    counted_by: str
    result: CohortResult | None = None
    measured_on: date | None = None
    relapsed: int | None = None
    definition: RelapseDefinition | None = None
    agency: Agency | None = None
    skipped: CohortSkipped | None = None

    @classmethod
    def closed(cls, cohort_id: str, event: CohortClosed) -> Cohort:
        """The cohort that the event closes."""
        return cls(cohort_id=cohort_id, **msgspec.structs.asdict(event))

    def after(self, event: Event) -> Cohort:
        """The cohort after an event about it."""
        if not isinstance(event, CohortMeasured):
            return self
        return replace(
            self,
            result=event.result,
            measured_on=event.measured_on,
            relapsed=event.relapsed,
            definition=event.definition,
            agency=event.agency,
            skipped=event.skipped,
        )

    @property
    def measured_from(self) -> date:
        """The first day on which three years have gone since the end of the year."""
        return add_months(self.ends_on, MEASURE_MONTHS.on(self.ends_on))

    def waits(self, today: date) -> bool:
        """True while a result can be registered: three years have gone, and no number has been handed back."""
        numbered = self.result in (CohortResult.COUNTED, CohortResult.TOO_FEW)
        return self.youths is not None and not numbered and self.measured_from <= today

    def measure(self, told: Told, *, today: date) -> CohortMeasured:
        """What is told of the cohort's relapses. A number counts for good; what was skipped can still be measured. Raises Refused and Conflict."""
        if self.youths is None:
            raise conflict("COHORT_TOO_SMALL")
        if self.result in (CohortResult.COUNTED, CohortResult.TOO_FEW):
            raise conflict("COHORT_MEASURED")
        if told.measured_on > today:
            raise refused("COHORT_RESULT_IN_FUTURE", field="measured_on")
        if told.measured_on < self.measured_from:
            raise refused("COHORT_TOO_EARLY", field="measured_on", day=f"{self.measured_from:%d.%m.%Y}")
        told.check()
        relapsed = None
        if told.relapsed is not None:
            if told.relapsed > self.youths:
                raise refused("COHORT_MORE_THAN_ALL", field="relapsed", youths=self.youths)
            relapsed = tellable(told.relapsed, of=self.youths)
        numbered = CohortResult.TOO_FEW if relapsed is None else CohortResult.COUNTED
        return CohortMeasured(
            period_key=self.period_key,
            result=CohortResult.SKIPPED if told.result is CohortResult.SKIPPED else numbered,
            measured_on=told.measured_on,
            youths=self.youths,
            relapsed=relapsed,
            definition=told.definition,
            agency=told.agency,
            skipped=told.skipped,
        )


def close(
    year: int, *, municipality_no: str, programme: Programme, cases: Iterable[Case], today: date
) -> CohortClosed:
    """The cohort of a year that is over, counted from its cases. Raises Refused."""
    ends_on = date(year, 12, 31)
    if today <= ends_on:
        raise refused("COHORT_PERIOD_RUNS", field="period_key")
    return CohortClosed(
        period_key=f"{year:04}",
        municipality_no=municipality_no,
        programme=programme,
        ends_on=ends_on,
        youths=tellable(size(cases, year=year)),
        counted_by=COUNTED_BY,
    )
