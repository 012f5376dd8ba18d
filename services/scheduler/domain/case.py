"""What is known of a case as far as deadlines go, and what a deadline is. Data only: `following` says how it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from schemas.address_protection import AddressProtection
from schemas.codes import AgeBand, ConsentKind, ForumKind, Function, Programme, WithdrawalConsequence
from services.scheduler.domain.days import Calendar
from services.scheduler.domain.rule import Rule
from services.scheduler.domain.steps import Step


class ContractDates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What deadlines need to know of the newest contract, or adopted youth plan by its id."""

    contract_id: str
    starts_on: date
    ends_on: date
    signed: bool = False
    ended: bool = False
    midway_on: date | None = None
    """When the evaluation plan puts the midway evaluation."""


class ConsentDates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What deadlines need to know of a consent."""

    kind: ConsentKind
    valid_to: date
    youth_ids: tuple[str, ...] = ()
    guardian_ids: tuple[str, ...] = ()
    """Those who were asked, without the guardians whom a leader excused."""
    consequence: WithdrawalConsequence | None = None
    """What taking it back means, by the table of withdrawals."""
    renewed: bool = False
    """Another consent took over from it."""
    reached: tuple[str, ...] = ()
    """Those who have been talked with since it lost its effect."""


class Deadline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A deadline as the catalogue made it: due through the end of its local day, passed at the first instant after."""

    deadline_id: str
    kind: str
    about_id: str | None = None
    owner_id: str
    opened_by: str
    since: date
    due_on: date
    passes_at: datetime
    catalogue_version: str
    steps: tuple[Step, ...]
    reopened_by: str | None = None
    """The correction after which it waits again."""


class DeadlineState(StrEnum):
    """Where a deadline stands; that it has passed is not a state: it waits on until it is met or cancelled."""

    OPEN = "OPEN"
    MET = "MET"
    CANCELLED = "CANCELLED"


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the newest event did to a deadline."""

    deadline: Deadline
    state: DeadlineState
    late: bool = False
    before: Deadline | None = None
    """The same deadline as it was, when it was moved to another day or another owner."""


class Book(NamedTuple):
    """What decides besides the events: the catalogue's version and rules, the calendar, and how a deadline gets its id."""

    version: str
    rules: tuple[Rule, ...]
    calendar: Calendar
    name: Callable[[str, str, str], str]
    """(case id, kind, opening event's id) → deadline id."""


class CaseDeadlines(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case as far as deadlines go: what is remembered of its events, and which deadlines are open."""

    case_id: str
    lead_id: str | None = None
    members: dict[str, Function] = {}
    declared: tuple[str, ...] = ()
    """Members who have declared their duty of secrecy."""
    protection: AddressProtection = AddressProtection()
    age_band: AgeBand | None = None
    programme: Programme | None = None
    forum: ForumKind | None = None
    """Set for the stream of a forum, which is no case."""
    contract: ContractDates | None = None
    consents: dict[str, ConsentDates] = {}
    oral: dict[str, tuple[str, ...]] = {}
    """Consent → those whose yes was oral and is not confirmed in writing."""
    notes: tuple[str, ...] = ()
    """Deviations of severity 1: talked about in the next meeting."""
    end_meetings: dict[str, str] = {}
    """Called end meetings → the contract or plan that they end."""
    first_meeting_held: bool = False
    who_decides_seen_on: date | None = None
    """When who decides for the youth was last confirmed."""
    end_evaluated: bool = False
    closed: bool = False
    open: tuple[Deadline, ...] = ()
    changes: tuple[Change, ...] = ()
    """What the newest event changed; replaced by the next."""

    def told_to(self, person_id: str) -> bool:
        """True for those who may know which deadlines the case has, since each tells of something in it: the lead, and members who have
        declared their duty of secrecy (a forum has no such declaration); in a strictly protected case only those cleared by name.
        """
        declared = self.forum is not None or person_id in self.declared
        inside = person_id == self.lead_id or (person_id in self.members and declared)
        return inside and not self.protection.closes_case(person_id)

    @property
    def under_contract(self) -> bool:
        """True from the last signature until the contract's end."""
        return self.contract is not None and self.contract.signed and not self.contract.ended
