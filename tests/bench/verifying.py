"""B6: verifying 200,000 records (every root, every number) against a loop that only hashes their leaves."""

from __future__ import annotations

from backbone.clock import monotonic
from backbone.leaves import leaf_of
from backbone.log import LogRecord
from backbone.merkle import leaf_hash
from schemas.contract import ContractRegistered
from schemas.event import encode, read_envelope
from schemas.example import example_of
from services.cli.verification import Numbers, Trees

RECORDS, RUN, CASES = 200_000, 2000, 10_000
PAIRS = 3


def records() -> list[LogRecord]:
    """Lifelike records of one partition, every case's events numbered."""
    example = read_envelope(example_of(ContractRegistered))
    marked = encode(example)
    before = f'"subject":"{example.case_id}"'.encode()
    numbered = b'"casesequence":1'
    assert marked.count(before) == marked.count(numbered) == 1
    made = []
    for offset in range(RECORDS):
        case_id = f"{offset % CASES:08}"
        value = marked.replace(before, b'"subject":"%b"' % case_id.encode())
        value = value.replace(numbered, b'"casesequence":%d' % (offset // CASES + 1))
        made.append(LogRecord(0, offset, case_id.encode(), value))
    return made


def pairs(*, with_numbers: bool) -> list[tuple[float, float]]:
    """Records a second, verified and only hashed, in turn."""
    every = records()
    return [(_verified(every, with_numbers=with_numbers), _hashed(every)) for _ in range(PAIRS)]


def _verified(every: list[LogRecord], *, with_numbers: bool) -> float:
    began = monotonic()
    trees, numbers = Trees([], origins={}), Numbers() if with_numbers else None
    for at in range(0, len(every), RUN):
        run = every[at : at + RUN]
        hashes = trees.see(run)
        if numbers:
            numbers.see(run, hashes)
    trees.end()
    if numbers:
        numbers.end()
        assert not numbers.findings
    assert trees.size(0) == RECORDS
    return len(every) / (monotonic() - began)


def _hashed(every: list[LogRecord]) -> float:
    began = monotonic()
    for record in every:
        leaf_hash(leaf_of(record.key, record.value))
    return len(every) / (monotonic() - began)
