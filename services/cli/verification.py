"""Verifies records against checkpoints: roots computed anew, and every case's numbers without hole or reuse.

Memory: a tree's right edge a partition, and eight bytes an event for telling a repeat from a reused number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from backbone.leaves import leaf_hashes, leaf_of
from backbone.log import LogRecord
from backbone.merkle import Frontier, leaf_hash
from backbone.note import Checkpoint
from services.cli.checkpoint_shelf import Seen
from services.cli.findings import Finding, Kind

MARK = 8
"""Bytes of a leaf's hash that are kept of every event: a repeat is the same leaf again, a reused number another."""
SHOWN = 20
"""How many findings of one kind are told; the rest are counted."""


class _Numbered(msgspec.Struct, gc=False):
    """What of an event says which number of which case and source it is."""

    source: str
    subject: str
    casesequence: int


_numbered = msgspec.json.Decoder(_Numbered)


class Trees:
    """The tree of each partition, computed anew, held against what was signed."""

    def __init__(self, seen: Iterable[Seen], *, origins: dict[str, int]) -> None:
        self.findings: list[Finding] = []
        self._trees: dict[int, Frontier] = {}
        self._signed: dict[int, dict[int, Seen]] = {}
        self.newest: dict[int, Checkpoint] = {}
        for one in seen:
            if one.checkpoint.origin not in origins:
                self._find(
                    Kind.FALSE_CHECKPOINT,
                    f"{one.where} is about {one.checkpoint.origin}, which is not this log.",
                )
                continue
            self._expect(origins[one.checkpoint.origin], one)
        self._waiting = {partition: sorted(signed) for partition, signed in self._signed.items()}

    def _expect(self, partition: int, one: Seen) -> None:
        signed = self._signed.setdefault(partition, {})
        other = signed.setdefault(one.checkpoint.size, one)
        if other.checkpoint.root != one.checkpoint.root:
            self._find(
                Kind.CONTRADICTION,
                f"Partition {partition}: two different logs of {one.checkpoint.size} records are signed"
                f" ({other.where}, {one.where}): somebody was shown another log.",
            )
        newest = self.newest.get(partition)
        if newest is None or newest.size < one.checkpoint.size:
            self.newest[partition] = one.checkpoint

    def see(self, records: Sequence[LogRecord]) -> dict[int, bytes]:
        """Add records of one partition, in order; gives their leaf hashes by offset."""
        partition = records[0].partition
        tree = self._trees.setdefault(partition, Frontier())
        waiting = self._waiting.get(partition, [])
        begin, hashes = tree.size, list(leaf_hashes(records, size=tree.size))
        found = dict(enumerate(hashes, start=begin))
        while waiting and waiting[0] <= tree.size + len(hashes):
            size = waiting.pop(0)
            step, hashes = hashes[: size - tree.size], hashes[size - tree.size :]
            tree.append(step)
            self._compare(partition, size, tree.root())
        tree.append(hashes)
        return found

    def _compare(self, partition: int, size: int, root: bytes) -> None:
        signed = self._signed[partition][size]
        if signed.checkpoint.root != root:
            self._find(
                Kind.RECORDS_DIFFER,
                f"Partition {partition}: the first {size} records are not those that were signed ({signed.where}):"
                " at least one was changed, removed, inserted or moved.",
            )

    def end(self) -> None:
        """All records have been seen."""
        for partition, waiting in self._waiting.items():
            if waiting:
                self._find(
                    Kind.TAIL_GONE,
                    f"Partition {partition} ends after {self.size(partition)} records, and {waiting[-1]} were signed:"
                    " the end of the log is gone.",
                )

    def size(self, partition: int) -> int:
        """How many records of a partition were seen."""
        tree = self._trees.get(partition)
        return tree.size if tree else 0

    def _find(self, kind: Kind, sentence: str) -> None:
        self.findings.append(Finding(kind, sentence))


class Numbers:
    """The numbers of every case and source: each once, none left out. A repeated record is no reuse."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], bytearray] = {}
        self._ahead: dict[tuple[str, str], dict[int, bytes]] = {}
        self.findings: list[Finding] = []

    @property
    def count_of_cases(self) -> int:
        """How many cases there were."""
        return len({case_id for case_id, _ in self._ids})

    def see(self, records: Sequence[LogRecord], hashes: Mapping[int, bytes] | None = None) -> None:
        """Take in records of one partition, in order, with their leaf hashes by offset; what is no event has no
        number.
        """
        marks = hashes or {}
        for record in records:
            try:
                event = _numbered.decode(record.value or b"")
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            if 0 < event.casesequence < 2**40 and record.key == event.subject.encode():
                mark = marks.get(record.offset) or leaf_hash(leaf_of(record.key, record.value))
                self._take((event.subject, event.source), event.casesequence, mark[:MARK], record)

    def _take(self, key: tuple[str, str], number: int, digest: bytes, record: LogRecord) -> None:
        ids = self._ids.setdefault(key, bytearray())
        last = len(ids) // MARK
        if number == last + 1:
            ids += digest
            ahead = self._ahead.get(key)
            while ahead and (digest := ahead.pop(len(ids) // MARK + 1, b"")):
                ids += digest
            return
        known = (
            bytes(ids[(number - 1) * MARK : number * MARK])
            if number <= last
            else self._ahead.get(key, {}).get(number)
        )
        if not known:
            self._ahead.setdefault(key, {})[number] = digest
        elif known != digest:
            place = f"partition {record.partition}, offset {record.offset}"
            told = f"Case {key[0]}: number {number} of {key[1]} is used for two different events ({place})."
            self.findings.append(Finding(Kind.SEQUENCE_REUSED, told))

    def end(self) -> None:
        """All records have been seen."""
        for (case_id, source), ahead in self._ahead.items():
            if ahead:
                last = len(self._ids[case_id, source]) // MARK
                missing = f"number {last + 1} of {source} is missing ({min(ahead)} is there)"
                self.findings.append(Finding(Kind.SEQUENCE_HOLE, f"Case {case_id}: {missing}."))
