"""How events change the deadlines of a case: they close, move and open them, by the rules of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from schemas.case import CaseClosed
from services.scheduler.domain.case import Book, CaseDeadlines, Change, Deadline, DeadlineState
from services.scheduler.domain.days import ONE_DAY, Calendar
from services.scheduler.domain.memory import remember
from services.scheduler.domain.rule import Happened, Owner, Rule, WhenPast, named_by
from services.scheduler.domain.steps import What, steps


def after(case: CaseDeadlines, happened: Happened, book: Book) -> CaseDeadlines:
    """The case after an event: closed deadlines gone, others moved, new ones among the open."""
    case = remember(case, happened)
    closings = list(_closings(case, happened, book))
    case = _with(case, closings)
    movings = list(_movings(case, happened, book))
    case = _with(case, movings)
    openings = list(_openings(case, happened, book))
    changes = (*closings, *movings, *(Change(deadline=new, state=DeadlineState.OPEN) for new in openings))
    return replace(case, open=(*case.open, *openings), changes=changes)


def _with(case: CaseDeadlines, changes: list[Change]) -> CaseDeadlines:
    """The case with its open deadlines as the changes leave them."""
    changed = {change.deadline.deadline_id: change for change in changes}
    kept = (deadline for deadline in case.open if deadline.deadline_id not in changed)
    still = (change.deadline for change in changes if change.state is DeadlineState.OPEN)
    return replace(case, open=(*kept, *still))


def _closings(case: CaseDeadlines, happened: Happened, book: Book) -> Iterator[Change]:
    rules = {rule.kind: rule for rule in book.rules}
    for deadline in case.open:
        rule = rules.get(deadline.kind)
        if rule is None:
            continue
        met = next((c for c in rule.met_by if c.applies(happened, case, deadline, rule.about)), None)
        if met is not None:
            yield Change(
                deadline=deadline, state=DeadlineState.MET, late=happened.day(met.day) > deadline.due_on
            )
        elif (isinstance(happened.event, CaseClosed) and not rule.outlives_case) or any(
            closing.applies(happened, case, deadline, rule.about) for closing in rule.cancelled_by
        ):
            yield Change(deadline=deadline, state=DeadlineState.CANCELLED)


def _movings(case: CaseDeadlines, happened: Happened, book: Book) -> Iterator[Change]:
    rules = {rule.kind: rule for rule in book.rules}
    for deadline in case.open:
        rule = rules.get(deadline.kind)
        if rule is None:
            continue
        since = _new_since(rule, happened, case, deadline)
        due_on = deadline.due_on if since is None else _due_on(rule, happened, case, since, book.calendar)
        owner_id = _owner_after(rule, case, happened, deadline, moved=since is not None)
        if due_on is None:
            yield Change(deadline=deadline, state=DeadlineState.CANCELLED)
        elif (due_on, owner_id) != (deadline.due_on, deadline.owner_id):
            moved = replace(deadline, since=since or deadline.since, due_on=due_on, owner_id=owner_id)
            moved = _with_steps(moved, rule, happened, case, book.calendar)
            yield Change(deadline=moved, state=DeadlineState.OPEN, before=deadline)


def _new_since(rule: Rule, happened: Happened, case: CaseDeadlines, deadline: Deadline) -> date | None:
    """The date that the deadline is counted from from now on, or None when the event does not move it."""
    return next(
        (
            happened.day(moving.day)
            for moving in rule.moved_by
            if moving.applies(happened, case, deadline, rule.about)
        ),
        None,
    )


def _openings(case: CaseDeadlines, happened: Happened, book: Book) -> Iterator[Deadline]:
    for rule in book.rules:
        if case.closed and not rule.outlives_case:
            continue
        about_id = named_by(happened.event, rule.about)
        if about_id is None and rule.about == "contract_id" and case.contract is not None:
            about_id = case.contract.contract_id
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
    if rule.due_by is not None:
        return getattr(happened.event, rule.due_by, None)
    length = rule.length(happened, case, since)
    if length is None:
        return None
    due_on = length.after(since, calendar)
    if (
        rule.until_next_meeting is not None
        and getattr(happened.event, "severity", None) == rule.until_next_meeting
    ):
        meetings = [deadline.due_on for deadline in case.open if deadline.kind in ("D-01", "D-04", "D-05")]
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
    deadline = Deadline(
        deadline_id=book.name(case.case_id, rule.kind, happened.event_id),
        kind=rule.kind,
        about_id=about_id,
        owner_id=_owner(rule, case, happened),
        opened_by=happened.event_id,
        since=since,
        due_on=due_on,
        passes_at=book.calendar.first_instant(due_on + ONE_DAY),
        catalogue_version=book.version,
        steps=(),
    )
    return _with_steps(deadline, rule, happened, case, book.calendar)


def _with_steps(
    deadline: Deadline, rule: Rule, happened: Happened, case: CaseDeadlines, calendar: Calendar
) -> Deadline:
    """The deadline with the steps that its day and its owner give it from now on."""
    ladder = steps(
        ladder=rule.ladder,
        opened_on=happened.recorded_on,
        since=deadline.since,
        due_on=deadline.due_on,
        owner_leads=deadline.owner_id == case.lead_id,
        calendar=calendar,
    )
    passes_at = next(step.at for step in ladder if step.what is What.PASSED)
    return replace(deadline, steps=ladder, passes_at=passes_at)


def _owner_after(
    rule: Rule, case: CaseDeadlines, happened: Happened, deadline: Deadline, *, moved: bool
) -> str:
    """Whose an open deadline is after an event."""
    if rule.owner is Owner.TASK_OWNER and moved:
        return str(getattr(happened.event, "to_id", deadline.owner_id))
    if rule.owner in (Owner.REPORTER, Owner.TASK_OWNER):
        return deadline.owner_id
    return _owner(rule, case, happened)


def _owner(rule: Rule, case: CaseDeadlines, happened: Happened) -> str:
    """Whose deadline it is now."""
    if rule.owner is Owner.REPORTER:
        return str(getattr(happened.event, "person_id", happened.actor_id))
    if rule.owner is Owner.TASK_OWNER:
        return str(getattr(happened.event, "owner_id", happened.actor_id))
    holders = [person for person, function in case.members.items() if function.value == rule.owner.value]
    if rule.owner is not Owner.LEAD and holders:
        return min(holders)
    return case.lead_id or happened.actor_id
