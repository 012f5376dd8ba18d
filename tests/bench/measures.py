"""What is measured, and how: the median of alternating pairs, ours and the floor in turn, so that a drifting machine moves both."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

from tests.bench import (
    chain,
    consuming,
    deadlines,
    opening,
    projecting,
    relaying,
    replaying,
    signing,
    starting,
    verifying,
)

Pair = tuple[float, float]


class Result(NamedTuple):
    """One row of the table: figures in `unit`, the ratio ours ÷ floor, and what it should be at least (or at most)."""

    what: str
    ours: float
    floor: float
    target: float
    at_least: bool = True

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def met(self) -> bool:
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target

    def line(self, name: str) -> str:
        """The row as it is printed."""
        sign = "≥" if self.at_least else "≤"
        mark = "" if self.met else "  MISSED"
        return f"{name:<4} {self.what:<64} {self.ours:>12,.1f} {self.floor:>12,.1f} {self.ratio:>7.2f} {sign + format(self.target, 'g'):>8}{mark}"


def of_pairs(what: str, pairs: list[Pair], target: float, *, at_least: bool = True) -> Result:
    """The row whose ratio is the median of the pairs' ratios, shown with the medians of both sides."""
    ratio = median(ours / floor for ours, floor in pairs)
    floor = median(floor for _, floor in pairs)
    return Result(what, ratio * floor, floor, target, at_least)


def b1(kafka: str, database: str) -> Iterator[Result]:
    yield of_pairs(
        "consume and decode through Faust ÷ bare aiokafka (events/s)", consuming.pairs(kafka, database), 0.85
    )


def b2(kafka: str, database: str) -> Iterator[Result]:
    bare, orm = projecting.pairs(database)
    yield of_pairs("inbox with position, duplicates and state ÷ bare psycopg (events/s)", bare, 0.6)
    yield of_pairs("the same ÷ ORM row by row (events/s)", orm, 20.0)


def b3(kafka: str, database: str) -> Iterator[Result]:
    yield of_pairs(
        "outbox → acknowledged → marked ÷ bare producer (events/s)", relaying.pairs(kafka, database), 0.8
    )


def b5(kafka: str, database: str) -> Iterator[Result]:
    turns = replaying.in_turn(kafka, database)
    decoded, library = (
        [(ours, floor) for ours, floor, _ in turns],
        [(ours, other) for ours, _, other in turns],
    )
    yield of_pairs("replay 200,000 events into case views ÷ only decode them (events/s)", decoded, 0.5)
    yield of_pairs("the same ÷ the eventsourcing library on PostgreSQL (events/s)", library, 5.0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Result(
        "the most memory that the process of all this ever had (MB)", peak, 1.0, 300.0, at_least=False
    )


def b6(kafka: str, database: str) -> Iterator[Result]:
    roots, both = verifying.pairs(with_numbers=False), verifying.pairs(with_numbers=True)
    yield of_pairs("recompute every root ÷ only hash the leaves (records/s)", roots, 0.5)
    yield of_pairs("the same with every case's numbers ÷ only hash the leaves", both, 0.25)


def b7(kafka: str, database: str) -> Iterator[Result]:
    empty, against_claims, against_jobs = deadlines.figures(database)
    yield Result("a tick with a million open deadlines and none due (ms)", empty, 1.0, 5.0, at_least=False)
    yield of_pairs("raising 10,000 due ÷ claiming them and nothing else (deadlines/s)", against_claims, 0.4)
    yield of_pairs("the same ÷ APScheduler's own store, its jobs left undone", against_jobs, 10.0)


def b8(kafka: str, database: str) -> Iterator[Result]:
    ours, floor = (chain.middle_and_tail(figures) for figures in chain.milliseconds(kafka, database))
    yield Result(
        "commit → visible in the inbox ÷ the chain with empty handlers (ms)",
        ours[0],
        floor[0],
        2.0,
        at_least=False,
    )
    yield Result("the same in ms: median", ours[0], 1.0, 10.0, at_least=False)
    yield Result("the same in ms: 99th percentile", ours[1], 1.0, 50.0, at_least=False)


def b11(kafka: str, database: str) -> Iterator[Result]:
    seconds, resident, proportional, by_process = starting.seconds_and_megabytes()
    yield Result("start on existing data until ready (s)", seconds, 1.0, 20.0, at_least=False)
    yield Result(
        "resident memory of everything but Kafka, shared pages once (MB)",
        proportional,
        1.0,
        900.0,
        at_least=False,
    )
    yield Result("the same, shared pages counted in every process (MB)", resident, 1.0, 900.0, at_least=False)
    print(
        "     MB by process, shared pages divided: "
        + ", ".join(f"{name} {size}" for name, size in by_process.items())
    )


def b9(kafka: str, database: str) -> Iterator[Result]:
    pairs, p99 = opening.measure(database)
    yield of_pairs(
        "open 30 references ÷ bare transaction, same reads and writes (ms)",
        opening.medians(pairs),
        2.0,
        at_least=False,
    )
    yield Result("the same, 99th percentile at 50 openings/s ÷ 25 ms", p99, 25.0, 1.0, at_least=False)


def b12(kafka: str, database: str) -> Iterator[Result]:
    took = signing.seconds(kafka, database)
    yield Result(
        "commit → signed checkpoint at 50 events/s, median (s)", median(took), 1.0, 10.0, at_least=False
    )
    yield Result("the same, the slowest of 1,500 (s)", took[-1], 1.0, 10.0, at_least=False)


ROWS: dict[str, Callable[[str, str], Iterator[Result]]] = {
    "B1": b1,
    "B2": b2,
    "B3": b3,
    "B5": b5,
    "B6": b6,
    "B7": b7,
    "B8": b8,
    "B9": b9,
    "B11": b11,
    "B12": b12,
}
