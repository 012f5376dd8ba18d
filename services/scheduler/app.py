"""The scheduler as a thing that runs. The only module that knows APScheduler, which is its clock and keeps no deadlines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from backbone import running
from backbone.clock import monotonic
from backbone.logs import logger
from backbone.web import Desk
from backbone.work import Service
from services.scheduler.api import routes
from services.scheduler.folds import FOLDS
from services.scheduler.reactions import REACTIONS
from services.scheduler.remaking import CORRECTION_FOLDS, remake
from services.scheduler.repository import CASES, OVERDUE
from services.scheduler.tables import Table
from services.scheduler.ticking import Ticker

log = logger(__name__)
SERVICE = Service(
    name="scheduler",
    metadata=Table.metadata,
    folds={**FOLDS, **CORRECTION_FOLDS},
    reactions=REACTIONS,
    by_case=(CASES,),
    remake=remake,
    numbers={"felles_deadline_steps_overdue": OVERDUE},
)
ROUTERS = [routes]
FAR_BEHIND = 1000
"""Records; with more than these to read, what is due may have been met already, and late beats early."""
SILENCE = 10.0
"""Seconds without a tick after which the clock is nudged: it waits by the time on the wall, which may have been set back."""


@contextmanager
def ticking(desk: Desk) -> Iterator[Ticker]:
    """Tick every second for as long as the process runs."""
    ticker = Ticker(desk.engine, desk.service, desk.clock, may_tick=lambda: knows_enough(desk))
    ticker.requeue()
    clockwork = BackgroundScheduler(
        timezone=UTC,
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    clockwork.add_job(ticker.tick, "interval", seconds=1, id="tick")
    clockwork.start()
    over = threading.Event()
    nudging = threading.Thread(target=_nudge, args=(clockwork, ticker, over), name="nudge", daemon=True)
    nudging.start()
    try:
        yield ticker
    finally:
        over.set()
        clockwork.shutdown(wait=True)
        nudging.join(2)


def knows_enough(desk: Desk) -> bool:
    """True while the log is being read, nearly to its end, and is not ahead of our own outbox."""
    return desk.reading() and desk.behind() <= FAR_BEHIND and not desk.inbox.ghosts


def _nudge(clockwork: BackgroundScheduler, ticker: Ticker, over: threading.Event) -> None:
    while not over.wait(SILENCE / 2):
        if monotonic() - ticker.ticked_at > SILENCE:
            log.warning("clock_stood_still")
            clockwork.reschedule_job("tick", trigger="interval", seconds=1)


def main() -> None:
    """`python -m services.scheduler`"""
    running.main(SERVICE, ROUTERS, companions=[ticking])
