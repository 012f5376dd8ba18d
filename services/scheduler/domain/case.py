"""The open deadlines of a case: a pure function of its events, the catalogue and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from schemas.case import CaseClosed, CaseOpened
from schemas.codes import AgeBand, ConsentKind, EvaluationKind, Function, MeetingKind, SigningMethod
from schemas.consent import ConsentConfirmed, ConsentGiven, ConsentRequested
from schemas.contract import (
    ContractCompleted,
    ContractEndedEarly,
    ContractRegistered,
    ContractSigned,
    ContractStarted,
)
from schemas.deviation import DeviationReported
from schemas.evaluation import EvaluationHeld
from schemas.meeting import MeetingHeld
from schemas.network_group import MemberJoined, MemberLeft
from services.scheduler.domain.days import Calendar
from services.scheduler.domain.rule import Happened, Rule, WhenPast
from services.scheduler.domain.steps import Step, What, steps


class ContractDates(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What deadlines need to know of the newest contract."""

    contract_id: str
    starts_on: date
    ends_on: date
    signed: bool = False
    ended: bool = False


class ConsentDates(msgspec.Struct, frozen=True, kw_only=True):
    """What deadlines need to know of a consent."""

    kind: ConsentKind
    valid_to: date


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
    age_band: AgeBand | None = None
    contract: ContractDates | None = None
    consents: dict[str, ConsentDates] = {}
    oral: dict[str, tuple[str, ...]] = {}
    """Consent → those whose yes was oral and is not confirmed in writing."""
    notes: tuple[str, ...] = ()
    """Deviations of severity 1: talked about in the next meeting."""
    first_meeting_held: bool = False
    end_evaluated: bool = False
    closed: bool = False
    open: tuple[Deadline, ...] = ()
    changes: tuple[Change, ...] = ()
    """What the newest event changed; replaced by the next."""

    @property
    def under_contract(self) -> bool:
        """True from the last signature until the contract's end."""
        return self.contract is not None and self.contract.signed and not self.contract.ended

    def after(self, happened: Happened, book: Book) -> CaseDeadlines:
        """The case after an event: closed deadlines gone, new ones among the open."""
        case = _remember(self, happened)
        closings = list(_closings(case, happened, book))
        gone = {change.deadline.deadline_id for change in closings}
        kept = tuple(deadline for deadline in self.open if deadline.deadline_id not in gone)
        case = replace(case, open=kept)
        openings = [] if case.closed else list(_openings(case, happened, book))
        changes = (*closings, *(Change(deadline=new, state=DeadlineState.OPEN) for new in openings))
        return replace(case, open=(*kept, *openings), changes=changes)


def _closings(case: CaseDeadlines, happened: Happened, book: Book) -> Iterator[Change]:
    rules = {rule.kind: rule for rule in book.rules}
    for deadline in case.open:
        rule = rules.get(deadline.kind)
        if rule is None:
            continue
        met = next((c for c in rule.met_by if c.closes(happened, case, deadline, rule.about)), None)
        if met is not None:
            yield Change(
                deadline=deadline, state=DeadlineState.MET, late=happened.day(met.day) > deadline.due_on
            )
        elif (isinstance(happened.event, CaseClosed) and not rule.outlives_case) or any(
            closing.closes(happened, case, deadline, rule.about) for closing in rule.cancelled_by
        ):
            yield Change(deadline=deadline, state=DeadlineState.CANCELLED)


def _openings(case: CaseDeadlines, happened: Happened, book: Book) -> Iterator[Deadline]:
    for rule in book.rules:
        about_id = getattr(happened.event, rule.about, None) if rule.about else None
        if any(deadline.kind == rule.kind and deadline.about_id == about_id for deadline in case.open):
            continue
        for opening in rule.opens:
            since = opening.date_from(happened, case)
            due_on = None if since is None else _due_on(rule, happened, case, since, book.calendar)
            if since is not None and due_on is not None:
                yield _deadline(
                    rule, happened, case, since=since, due_on=due_on, about_id=about_id, book=book
                )
                break


def _due_on(
    rule: Rule, happened: Happened, case: CaseDeadlines, since: date, calendar: Calendar
) -> date | None:
    length = rule.length(happened, case, since)
    if length is None:
        return None
    due_on = length.after(since, calendar)
    if (
        rule.until_next_meeting is not None
        and getattr(happened.event, "severity", None) == rule.until_next_meeting
    ):
        meetings = [deadline.due_on for deadline in case.open if deadline.kind in ("D-01", "D-04")]
        due_on = max(min([due_on, *meetings]), since)
    if length.number < 0 and due_on < happened.recorded_on:
        match rule.when_past:
            case WhenPast.SKIP:
                return None
            case WhenPast.TODAY:
                due_on = happened.recorded_on
    if rule.statutory:
        due_on = calendar.working_day_from(due_on)
    if rule.within_contract and (case.contract is None or due_on > case.contract.ends_on):
        return None
    return due_on


def _deadline(
    rule: Rule,
    happened: Happened,
    case: CaseDeadlines,
    *,
    since: date,
    due_on: date,
    about_id: str | None,
    book: Book,
) -> Deadline:
    owner_id = _owner(rule, case, happened)
    ladder = steps(
        ladder=rule.ladder,
        opened_on=happened.recorded_on,
        since=since,
        due_on=due_on,
        owner_leads=owner_id == case.lead_id,
        calendar=book.calendar,
    )
    return Deadline(
        deadline_id=book.name(case.case_id, rule.kind, happened.event_id),
        kind=rule.kind,
        about_id=about_id,
        owner_id=owner_id,
        opened_by=happened.event_id,
        since=since,
        due_on=due_on,
        passes_at=next(step.at for step in ladder if step.what is What.PASSED),
        catalogue_version=book.version,
        steps=ladder,
    )


def _owner(rule: Rule, case: CaseDeadlines, happened: Happened) -> str:
    holders = [person for person, function in case.members.items() if function == rule.owner.value]
    if rule.owner.value != Function.LEAD and holders:
        return min(holders)
    return case.lead_id or happened.actor_id


def _remember(case: CaseDeadlines, happened: Happened) -> CaseDeadlines:
    match happened.event:
        case CaseOpened(lead_id=lead_id):
            return replace(case, lead_id=lead_id)
        case CaseClosed():
            return replace(case, closed=True)
        case MemberJoined(person_id=person_id, function=function):
            return replace(case, members={**case.members, person_id: function})
        case MemberLeft(person_id=person_id):
            return replace(case, members={p: f for p, f in case.members.items() if p != person_id})
        case ContractRegistered(
            contract_id=contract_id, starts_on=starts_on, ends_on=ends_on, age_band=age_band
        ):
            dates = ContractDates(contract_id=contract_id, starts_on=starts_on, ends_on=ends_on)
            return replace(case, contract=dates, age_band=age_band)
        case ConsentRequested(consent_id=consent_id, kind=kind, valid_to=valid_to):
            return replace(
                case, consents={**case.consents, consent_id: ConsentDates(kind=kind, valid_to=valid_to)}
            )
        case ConsentGiven(consent_id=consent_id, person_id=person_id, method=SigningMethod.ORAL_IN_MEETING):
            waiting = dict.fromkeys((*case.oral.get(consent_id, ()), person_id))
            return replace(case, oral={**case.oral, consent_id: tuple(waiting)})
        case ConsentConfirmed(consent_id=consent_id, person_id=person_id):
            left = tuple(person for person in case.oral.get(consent_id, ()) if person != person_id)
            return replace(case, oral={**case.oral, consent_id: left})
        case DeviationReported(deviation_id=deviation_id, severity=1):
            return replace(case, notes=(*case.notes, deviation_id))
        case MeetingHeld(kind=MeetingKind.NETWORK):
            return replace(case, first_meeting_held=True)
        case MeetingHeld(kind=MeetingKind.END_EVALUATION) | EvaluationHeld(kind=EvaluationKind.END):
            return replace(case, end_evaluated=True)
    return _remember_contract(case, happened)


def _remember_contract(case: CaseDeadlines, happened: Happened) -> CaseDeadlines:
    contract = case.contract
    if contract is None or getattr(happened.event, "contract_id", None) != contract.contract_id:
        return case
    match happened.event:
        case ContractSigned():
            contract = replace(contract, signed=True)
        case ContractStarted(started_on=started_on, ends_on=ends_on):
            contract = replace(contract, starts_on=started_on, ends_on=ends_on)
        case ContractCompleted() | ContractEndedEarly():
            contract = replace(contract, ended=True)
    return replace(case, contract=contract)
