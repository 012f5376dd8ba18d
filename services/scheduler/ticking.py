"""A tick: what is due is claimed in batches, checked under the locks of its cases, and raised once. Any number of schedulers may tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from backbone.clock import Clock, Moment, derived_id, monotonic
from backbone.inbox import passes
from backbone.logs import logger
from backbone.work import Service, Work, service_actor, work_on
from schemas.codes import EscalationLevel, ReminderStep
from schemas.deadline import DeadlineEscalated, DeadlinePassed, DeadlineReminded
from schemas.event import Event
from services.scheduler.domain.steadiness import Steadiness
from services.scheduler.domain.steps import What
from services.scheduler.repository import claim_due, drop_due, requeue_missing, still_to_raise

log = logger(__name__)
BATCH = 1000
HANDS = 2


class Ticker:
    """Raises what is due. `may_tick` says whether this process knows enough of the log to raise anything."""

    def __init__(
        self, engine: Engine, service: Service, clock: Clock, *, may_tick: Callable[[], bool] = lambda: True
    ) -> None:
        self._engine, self._service, self._clock, self._may_tick = engine, service, clock, may_tick
        self._steady: Steadiness | None = None
        self.ticked_at = monotonic()
        """When the last tick began, on the clock that only goes forward."""

    def tick(self) -> int:
        """Raise everything that is due now; gives how many. Nothing escapes: the next tick tries again."""
        self.ticked_at = monotonic()
        if not self._may_tick():
            return 0
        try:
            moment = self._believed()
            first = raise_due(self._engine, self._service, moment)
            if first is None:
                return 0
            rest = self._catch_up(moment) if first >= BATCH // 2 else self._raise_all(moment)
        except DBAPIError as error:
            log.log(30 if passes(error) else 40, "tick_failed", error=type(error.orig).__name__)
            return 0
        except Exception as error:
            log.error("tick_failed", error=type(error).__name__, exc_info=error)
            return 0
        return first + rest

    def _catch_up(self, moment: Moment) -> int:
        """After an outage: two at once, so that one writes while the other waits for the database."""
        with ThreadPoolExecutor(HANDS, thread_name_prefix="tick") as hands:
            return sum(hands.map(lambda _: self._raise_all(moment), range(HANDS)))

    def _raise_all(self, moment: Moment) -> int:
        raised = 0
        while (batch := raise_due(self._engine, self._service, moment)) is not None:
            raised += batch
            self.ticked_at = monotonic()
        return raised

    def requeue(self) -> None:
        """Queue what is missing, before the first tick."""
        with self._work() as work:
            missing = requeue_missing(work)
        if missing:
            log.warning("deadline_steps_queued_again", count=missing)

    def _work(self) -> Any:
        moment = self._clock.moment()
        return work_on(self._engine, self._service, moment=moment, actor=service_actor(self._service.name))

    def _believed(self) -> Moment:
        """Now, as far as the clock on the wall is to be believed."""
        moment, forward = self._clock.moment(), monotonic()
        before = self._steady
        self._steady = (
            Steadiness(moment.real_at, forward) if before is None else before.after(moment.real_at, forward)
        )
        if self._steady.jumped and not (before and before.jumped):
            log.error(
                "clock_jumped_ahead", seconds=round((moment.real_at - self._steady.real_at).total_seconds())
            )
        return Moment(moment.decided_at - (moment.real_at - self._steady.real_at), self._steady.real_at)


def raise_due(engine: Engine, service: Service, moment: Moment, *, limit: int = BATCH) -> int | None:
    """Raise one batch of what is due; gives how many were raised, None when nothing more could be claimed."""
    with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
        ahead = (moment.decided_at - moment.real_at).total_seconds()
        claimed = claim_due(work, decided_at=moment.decided_at, seconds_ahead=ahead, limit=limit)
        free = work.lock_free_cases(case_id for _, _, case_id in claimed)
        mine = [row for row in claimed if row[2] in free]
        if not mine:
            return None
        due = still_to_raise(work, mine, decided_at=moment.decided_at)
        publish(work, due)
        drop_due(work, mine)
        return len(due)


def publish(work: Work, due: Iterable[Any]) -> None:
    """Say each, with an id that is the same whoever says it."""
    for row in due:
        event_id = derived_id(row.deadline_id, row.what, row.due_on)
        work.publish(row.case_id, _event(row), caused_by=row.opened_by, event_id=event_id)


def _event(row: Any) -> Event:
    common = {
        "deadline_id": row.deadline_id,
        "kind": row.kind,
        "due_on": row.due_on,
        "owner_id": row.owner_id,
    }
    match What(row.what):
        case What.PASSED:
            return DeadlinePassed(**common)
        case What.BEFORE | What.ON_THE_DAY as step:
            return DeadlineReminded(**common, step=ReminderStep(step.value))
        case level:
            return DeadlineEscalated(**common, level=EscalationLevel(level.value))
