"""What others' events mean here: deadlines that begin, move, are met or fall away are said so, and what they will raise waits for its instant."""

from __future__ import annotations

from backbone.clock import derived_id
from backbone.work import Reaction, Work
from schemas.correction import CORRECTIONS
from schemas.deadline import (
    DeadlineCancelled,
    DeadlineMet,
    DeadlineMoved,
    DeadlineReopened,
    DeadlineScheduled,
)
from schemas.event import Event, Fact
from services.scheduler.domain.case import Change, DeadlineState
from services.scheduler.domain.steps import What
from services.scheduler.folds import FOLLOWED
from services.scheduler.norwegian_calendar import NORWAY
from services.scheduler.repository import case_of, queue_steps


def on_followed(work: Work, fact: Fact) -> None:
    """Say what the event changed among the case's deadlines."""
    case_id = fact.envelope.case_id
    for change in case_of(work, case_id).changes:
        what, event = _said(change, fact.envelope.id)
        turn = _turn(what, change, fact.envelope.id)
        event_id = derived_id(change.deadline.deadline_id, what.value, *turn)
        work.publish(case_id, event, caused_by=fact.envelope.id, event_id=event_id)
        queue_steps(work, change, case_id)


def _turn(what: What, change: Change, by: str) -> list[str]:
    """What tells this event from another of its kind about the same deadline: a deadline moves often, and is closed once each time it is opened."""
    again = change.deadline.reopened_by
    if what is What.MOVED:
        return [by]
    return [again] if again is not None else []


def _said(change: Change, by: str) -> tuple[What, Event]:
    deadline = change.deadline
    if change.state is DeadlineState.MET:
        met = DeadlineMet(deadline_id=deadline.deadline_id, kind=deadline.kind, met_by=by, late=change.late)
        return What.MET, met
    if change.state is DeadlineState.CANCELLED:
        cancelled = DeadlineCancelled(deadline_id=deadline.deadline_id, kind=deadline.kind, cancelled_by=by)
        return What.CANCELLED, cancelled
    if change.before is not None:
        return What.MOVED, DeadlineMoved(
            deadline_id=deadline.deadline_id,
            kind=deadline.kind,
            due_on=deadline.due_on,
            passes_at=deadline.passes_at,
            owner_id=deadline.owner_id,
            was_due_on=change.before.due_on,
            was_owner_id=change.before.owner_id,
            moved_by=by,
        )
    if deadline.reopened_by is not None:
        return What.REOPENED, DeadlineReopened(
            deadline_id=deadline.deadline_id,
            kind=deadline.kind,
            due_on=deadline.due_on,
            passes_at=deadline.passes_at,
            owner_id=deadline.owner_id,
            reopened_by=by,
        )
    return What.SCHEDULED, DeadlineScheduled(
        deadline_id=deadline.deadline_id,
        kind=deadline.kind,
        about_id=deadline.about_id,
        due_on=deadline.due_on,
        zone=str(NORWAY.zone),
        passes_at=deadline.passes_at,
        owner_id=deadline.owner_id,
        opened_by=deadline.opened_by,
        catalogue_version=deadline.catalogue_version,
    )


REACTIONS: dict[type[Event], Reaction] = dict.fromkeys((*FOLLOWED, *CORRECTIONS), on_followed)
