"""B7: deadlines in bulk: a tick with nothing due, and raising ten thousand; against a bare claim loop and APScheduler's own store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import Engine

from backbone.clock import monotonic
from backbone.database import plain_url
from services.scheduler.app import SERVICE
from services.scheduler.ticking import Ticker
from tests.integration.telling import Running, running

OPEN, DUE, STORED = 1_000_000, 10_000, 1_000
PAIRS = 3

DEADLINES = """
INSERT INTO deadline (deadline_id, case_id, kind, owner_id, opened_by, since, due_on, zone, passes_at, catalogue_version, steps, state)
SELECT gen_random_uuid()::text, 'case-' || g % 200000, 'D-01', gen_random_uuid()::text, gen_random_uuid()::text,
  current_date, current_date, 'Europe/Oslo', now() + interval '1 hour' + g * interval '1 second', 'bench', '[]', 'OPEN'
FROM generate_series(1, {count}) g
"""
STEPS = "INSERT INTO due (deadline_id, what, case_id, instant) SELECT deadline_id, 'PASSED', case_id, passes_at FROM deadline"
CASES = "INSERT INTO case_head (case_id, sequence) SELECT DISTINCT case_id, 1 FROM deadline"
COME_DUE = """
UPDATE due SET instant = now() - interval '1 second' WHERE (deadline_id, what) IN (
  SELECT deadline_id, what FROM due WHERE instant > now() ORDER BY instant LIMIT %s)
"""
CLAIM = """
WITH chosen AS (
  SELECT deadline_id, what FROM due WHERE instant <= now() ORDER BY instant LIMIT 500 FOR UPDATE SKIP LOCKED)
DELETE FROM due d USING chosen c WHERE d.deadline_id = c.deadline_id AND d.what = c.what RETURNING d.deadline_id
"""


@contextmanager
def a_full_scheduler(database: str) -> Iterator[Running]:
    """A scheduler whose database has a million open deadlines."""
    with (
        TemporaryDirectory() as folder,
        running(SERVICE, database, f"felles_bench_{os.urandom(4).hex()}", Path(folder)) as made,
    ):
        with psycopg.connect(plain_url(made.engine.url), autocommit=True) as connection:
            for statement in (DEADLINES.format(count=OPEN), STEPS, CASES, "VACUUM ANALYZE"):
                connection.execute(statement.encode())
        yield made


def figures(database: str) -> tuple[float, list[tuple[float, float]], list[tuple[float, float]]]:
    """Milliseconds of an empty tick, then (ours, floor) a second: against the claim loop, against APScheduler."""
    against_claims, against_jobs = [], []
    with a_full_scheduler(database) as made:
        ticker = Ticker(made.engine, SERVICE, made.clock)
        ticker.tick()
        empty = median(_seconds(ticker.tick) for _ in range(50)) * 1000
        for _ in range(PAIRS):
            _come_due(made)
            ours = DUE / _seconds(ticker.tick)
            _come_due(made)
            against_claims.append((ours, DUE / _seconds(lambda: _claim_all(made))))
            against_jobs.append((ours, STORED / _seconds_of_jobs(made.engine)))
    return empty, against_claims, against_jobs


def _seconds(work: object) -> float:
    began = monotonic()
    assert callable(work)
    work()
    return monotonic() - began


def _come_due(made: Running) -> None:
    with psycopg.connect(plain_url(made.engine.url), autocommit=True) as connection:
        connection.execute(COME_DUE.encode(), (DUE,))
        connection.execute(b"VACUUM due")


def _claim_all(made: Running) -> None:
    with psycopg.connect(plain_url(made.engine.url), autocommit=True) as connection:
        while connection.execute(CLAIM.encode()).fetchall():
            pass


def _seconds_of_jobs(engine: Engine) -> float:
    """A thousand due jobs through APScheduler's store: what its scheduler does with each, without what they would do."""
    from apscheduler.job import Job
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.date import DateTrigger

    store, scheduler = SQLAlchemyJobStore(engine=engine), BackgroundScheduler(timezone=UTC)
    store.start(scheduler, "default")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(STORED):
        job = Job(
            scheduler,
            id=str(number),
            func="builtins:len",
            args=((),),
            kwargs={},
            trigger=DateTrigger(at),
            executor="default",
            name="a deadline",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=at,
        )
        store.add_job(job)
    began = monotonic()
    for job in store.get_due_jobs(at + timedelta(days=1)):
        store.remove_job(job.id)
    seconds = monotonic() - began
    store.remove_all_jobs()
    return seconds
