"""What a row of the catalogue can say: what opens a deadline, how long it is, what closes it, who owns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from backbone.refusal import Sentence
from schemas.codes import AgeBand
from schemas.event import Event
from services.scheduler.domain.days import Calendar, months_after

if TYPE_CHECKING:
    from services.scheduler.domain.case import CaseDeadlines, Deadline

RECORDED = "recorded_on"
"""Counted from the local day on which the event was recorded, not from a date in it."""


class Happened(NamedTuple):
    """An event as the rules see it."""

    event: Event
    event_id: str
    recorded_on: date
    actor_id: str

    def day(self, name: str) -> date:
        """A date of the event by its field's name, or the day it was recorded."""
        return self.recorded_on if name == RECORDED else getattr(self.event, name)


class Unit(StrEnum):
    """What a length counts."""

    CD = "CD"
    WD = "WD"
    M = "M"


class Owner(StrEnum):
    """Whose deadline it is: the function in the network group, the case's lead when nobody has that function. REPORTER is the
    person whom the opening event names, TASK_OWNER whoever has the task, also when it changes hands.
    """

    LEAD = "LEAD"
    SECRETARY = "SECRETARY"
    CONTACT_PERSON = "CONTACT_PERSON"
    REPORTER = "REPORTER"
    TASK_OWNER = "TASK_OWNER"


class Ladder(StrEnum):
    """Who is told when. FULL: before, on the day, when it has passed, then upwards. LEADER: the same, and the leader of the unit as
    soon as it has passed, since only they can do what it waits for. OWNER: before, on the day and when it has passed, and nobody above them:
    for what no unit leads. NONE: only that it has passed.
    """

    FULL = "FULL"
    LEADER = "LEADER"
    OWNER = "OWNER"
    NONE = "NONE"


class WhenPast(StrEnum):
    """What to do with a deadline that is counted back to a day before the one it is opened on: due at once, or not at all."""

    TODAY = "TODAY"
    KEEP = "KEEP"
    SKIP = "SKIP"


class Length(NamedTuple):
    """How long, and for whom: the first that fits counts. Negative counts back from the date. The trigger day never counts."""

    number: int
    unit: Unit
    ages: frozenset[AgeBand] | None = None
    severity: int | None = None
    over_months: int | None = None
    """Only when the contract had run longer than this on the day counted from."""
    contract_under_months: int | None = None
    fast_track: bool = False
    """Only for an event that says it comes on the fast track (hurtigspor)."""

    def fits(self, happened: Happened, case: CaseDeadlines, since: date) -> bool:
        """True when this is the length for what happened in this case."""
        contract = case.contract
        if self.ages is not None and case.age_band not in self.ages:
            return False
        if self.fast_track and not getattr(happened.event, "fast_track", False):
            return False
        if self.severity is not None and getattr(happened.event, "severity", None) != self.severity:
            return False
        if self.over_months is not None and not (
            contract and since > months_after(contract.starts_on, self.over_months)
        ):
            return False
        return self.contract_under_months is None or bool(
            contract and contract.ends_on < months_after(contract.starts_on, self.contract_under_months)
        )

    def after(self, day: date, calendar: Calendar) -> date:
        """The day a deadline of this length is due when it is counted from `day`."""
        if self.unit is Unit.M:
            return months_after(day, self.number)
        if self.unit is Unit.WD:
            return calendar.working_days_after(day, self.number)
        return date.fromordinal(day.toordinal() + self.number)


Condition = Callable[[Happened, "CaseDeadlines"], bool]
Sameness = Callable[[Happened, "CaseDeadlines", "Deadline"], bool]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """An event that opens a deadline, and the date it is counted from (a field of the event, or RECORDED)."""

    on: type[Event]
    since: str = RECORDED
    where: Mapping[str, Any] = field(default_factory=dict)
    when: Condition | None = None
    counted_from: Callable[[Happened, CaseDeadlines], date | None] | None = None
    """For a date that the event itself does not carry."""
    length: Length | None = None
    """In place of the row's lengths: for an event that names the day itself."""

    def date_from(self, happened: Happened, case: CaseDeadlines) -> date | None:
        """The date to count from, or None when the event opens nothing."""
        if type(happened.event) is not self.on or not _meets(happened.event, self.where):
            return None
        if self.when is not None and not self.when(happened, case):
            return None
        return self.counted_from(happened, case) if self.counted_from else happened.day(self.since)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """An event that meets or cancels a deadline, and the date on which that happened."""

    on: type[Event]
    day: str = RECORDED
    where: Mapping[str, Any] = field(default_factory=dict)
    when: Sameness | None = None

    def applies(self, happened: Happened, case: CaseDeadlines, deadline: Deadline, about: str | None) -> bool:
        """True when what happened is this, for this deadline; `about` is the field that must name the same thing."""
        if type(happened.event) is not self.on or not _meets(happened.event, self.where):
            return False
        if self.when is not None:
            return self.when(happened, case, deadline)
        named = named_by(happened.event, about)
        return named is None or named == deadline.about_id


@dataclass(frozen=True, kw_only=True)
class Moving(Closing):
    """An event after which a deadline is counted from another date: `day` of the event."""

    length: Length | None = None
    """In place of the row's lengths: for an event that names the day itself."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A row of the catalogue."""

    kind: str
    name: Sentence
    opens: tuple[Opening, ...]
    lengths: tuple[Length, ...]
    met_by: tuple[Closing, ...] = ()
    cancelled_by: tuple[Closing, ...] = ()
    moved_by: tuple[Moving, ...] = ()
    owner: Owner = Owner.LEAD
    ladder: Ladder = Ladder.FULL
    source: str
    about: str | None = None
    """The field, of opening and closing events, that says which contract, deviation or consent the deadline is about."""
    due_by: str | None = None
    """The field of the opening event that names the day it is due, in place of a length; opens nothing when it names none."""
    within_contract: bool = False
    """Not opened when it would be due after the contract's end."""
    until_next_meeting: int | None = None
    """For this severity: due when the next network meeting is, if that is known and earlier."""
    when_past: WhenPast = WhenPast.TODAY
    statutory: bool = False
    """Set by law: one that ends on a day off moves to the next working day."""
    outlives_case: bool = False

    def length(self, happened: Happened, case: CaseDeadlines, since: date) -> Length | None:
        """The length for what happened, or None when the catalogue has none for it."""
        own = (step.length for step in self.moved_by if step.length and type(happened.event) is step.on)
        opened = (step for step in self.opens if step.date_from(happened, case) is not None)
        first = next(opened, None)
        return (
            (first and first.length)
            or next(own, None)
            or next((length for length in self.lengths if length.fits(happened, case, since)), None)
        )


def named_by(event: Event, about: str | None) -> Any:
    """What an event says it is about, by the field of that name; a youth plan stands where a contract would."""
    if about is None:
        return None
    named = getattr(event, about, None)
    return getattr(event, "plan_id", None) if named is None and about == "contract_id" else named


def _meets(event: Event, where: Mapping[str, Any]) -> bool:
    return all(
        getattr(event, name) in wanted if isinstance(wanted, tuple) else getattr(event, name) == wanted
        for name, wanted in where.items()
    )
