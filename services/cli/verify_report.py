"""The report of a verification, for somebody who must decide what to believe and has read none of our documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from backbone.note import VerifierKey
from schemas.event import PARTITIONS
from services.cli.findings import Finding
from services.cli.verification import SHOWN, Trees

PROVES = """\
What this proves: whoever held the signing key, or a witness, vouched for these records in this order at the time of each checkpoint, and they are
the same records now. It does not prove that what was written was true, nor that nothing was left unwritten before the first checkpoint that somebody
outside has kept."""


class Checked(NamedTuple):
    """What was verified, with which keys, and what came of it. `releases` is a sentence."""

    source: str
    at: datetime
    keys: list[VerifierKey]
    trees: Trees
    records: int
    cases: int
    releases: str
    findings: list[Finding]


class Told(NamedTuple):
    """The report, and the exit code that says the same."""

    text: str
    code: int


def told_of(checked: Checked) -> Told:
    """The report, what it comes to first: 0 when all is well, 1 when something was found, 2 when there is nothing to go by."""
    code, verdict = _verdict(checked)
    lines = [
        f"Verification of {checked.source}, {checked.at.isoformat(timespec='seconds')}",
        f"What it comes to: {verdict}",
        *_findings(checked.findings),
        *_checked(checked),
        *_partitions(checked.trees),
    ]
    return Told("\n".join([*lines, PROVES] if code == 0 else lines), code)


def _verdict(checked: Checked) -> tuple[int, str]:
    if checked.findings:
        number = len(checked.findings)
        return 1, f"The log does NOT stand as it was signed, or cannot be shown to: {number} findings."
    if not checked.trees.newest:
        return 2, "There is no checkpoint to go by: nothing is proved."
    well = "Nothing was changed, removed, inserted or moved in what was signed; no case has a missing or reused number."
    newer = sum(_not_signed(checked.trees).values())
    if newer:
        well += f" {newer} of {checked.records} records are newer than the last signature on their part of the log, and of them this says nothing."
    return 0, well


def _not_signed(trees: Trees) -> dict[int, int]:
    """How many records of each partition no checkpoint covers."""
    signed = {number: one.size for number, one in trees.newest.items()}
    left = {number: trees.size(number) - signed.get(number, 0) for number in range(PARTITIONS)}
    return {number: count for number, count in left.items() if count > 0}


def _checked(checked: Checked) -> Iterator[str]:
    keys = ", ".join(f"{key.name} ({key.key_id.hex()})" for key in checked.keys)
    yield f"Read: {checked.records} records. Keys trusted: {keys}."
    yield f"Every event of {checked.cases} cases was counted. {checked.releases}"
    yield f"The log is kept in {PARTITIONS} parts (partitions), each signed by itself; a part without records has nothing to sign:"


def _partitions(trees: Trees) -> Iterator[str]:
    for partition, newest in sorted(trees.newest.items()):
        size = trees.size(partition)
        yield f"  Partition {partition}: {size} records; {newest.size} signed, {max(size - newest.size, 0)} after that."
    unsigned = [p for p in range(PARTITIONS) if p not in trees.newest and trees.size(p)]
    if unsigned:
        yield f"  Not signed at all: partitions {', '.join(map(str, unsigned))}."


def _findings(findings: list[Finding]) -> Iterator[str]:
    for kind, number in Counter(finding.kind for finding in findings).items():
        for finding in [one for one in findings if one.kind is kind][:SHOWN]:
            yield f"{kind.value}: {finding.sentence}"
        if number > SHOWN:
            yield f"{kind.value}: and {number - SHOWN} more."
