"""What can be done to a log, what finds it, and the sentence that is printed. One attack no verification can
find: see the last test.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from backbone.leaves import leaf_hashes
from backbone.log import LogRecord
from backbone.log_file import ExportTruncated, from_export
from backbone.merkle import Frontier
from backbone.note import Checkpoint, Note, SignerKey
from services.cli.checkpoint_shelf import Seen, Shelf, notes_in, open_notes
from services.cli.findings import Finding, Kind
from services.cli.verification import Numbers, Trees
from services.cli.verify import verified

ORIGIN = "log.example/3"
KEY = SignerKey("log.example", b"k" * 32)
FOREIGN = SignerKey("log.example", b"f" * 32)
SIZES = (4, 10, 17)


def a_record(offset: int, case: str, number: int, *, what: str = "x", source: str = "sharing") -> LogRecord:
    event = {
        "id": f"{case}-{number}-{what}",
        "source": source,
        "subject": case,
        "casesequence": number,
        "data": what,
    }
    return LogRecord(3, offset, case.encode(), msgspec.json.encode(event))


def a_log() -> list[LogRecord]:
    """Twenty records of three cases, and one that is no event."""
    records = [a_record(n, f"case-{n % 3}", n // 3 + 1) for n in range(19)]
    return [*records, LogRecord(3, 19, b"case-0", b"\xff not an event")]


def moved(records: Iterable[LogRecord]) -> list[LogRecord]:
    """The records with offsets anew, as whoever rewrites a topic gets them."""
    return [record._replace(offset=offset) for offset, record in enumerate(records)]


def signed(records: list[LogRecord], size: int, *, key: SignerKey = KEY) -> bytes:
    tree = Frontier()
    tree.append(leaf_hashes(records[:size], size=0))
    text = str(Checkpoint(ORIGIN, size, tree.root()))
    return str(Note(text, (key.sign(text),))).encode()


def found(records: list[LogRecord], notes: list[bytes]) -> list[Finding]:
    opened = list(open_notes([(f"note {n}", raw) for n, raw in enumerate(notes)], keys=[KEY.verifier]))
    seen = [one for one in opened if isinstance(one, Seen)]
    batches = [records[at : at + 7] for at in range(0, len(records), 7)]
    more = verified(
        lambda _told: batches, seen, origins={ORIGIN: 3}, told=lambda _done, _whole: None
    ).findings
    return [*(one for one in opened if isinstance(one, Finding)), *more]


HONEST = [signed(a_log(), size) for size in SIZES]


def test_an_untouched_log_has_nothing_to_tell() -> None:
    assert found(a_log(), HONEST) == []


def changed(log: list[LogRecord]) -> list[LogRecord]:
    return [r._replace(value=(r.value or b"").replace(b"x", b"y")) if r.offset == 5 else r for r in log]


ATTACKS: dict[str, tuple[Callable[[list[LogRecord]], list[LogRecord]], Kind, str]] = {
    "a record is changed": (
        changed,
        Kind.RECORDS_DIFFER,
        "the first 10 records are not those that were signed",
    ),
    "the tail is deleted": (
        lambda log: log[:14],
        Kind.TAIL_GONE,
        "Partition 3 ends after 14 records, and 17 were signed",
    ),
    "something is inserted in the middle": (
        lambda log: moved([*log[:6], a_record(0, "case-z", 1), *log[6:]]),
        Kind.RECORDS_DIFFER,
        "the first 10 records",
    ),
    "two events are swapped": (
        lambda log: moved([*log[:8], log[9], log[8], *log[10:]]),
        Kind.RECORDS_DIFFER,
        "the first 10 records",
    ),
    "an event is removed and the rest moved up": (
        lambda log: moved([*log[:2], *log[3:]]),
        Kind.SEQUENCE_HOLE,
        "number 1 of sharing is missing (2 is there)",
    ),
    "a number is used again after the last checkpoint": (
        lambda log: [*log, a_record(20, "case-1", 2, what="another")],
        Kind.SEQUENCE_REUSED,
        "Case case-1: number 2 of sharing is used for two different events",
    ),
    "the topic is recreated": (lambda _log: [], Kind.TAIL_GONE, "Partition 3 ends after 0 records"),
    "the topic is recreated and filled with something else": (
        lambda log: [r._replace(value=b"{}") for r in log],
        Kind.RECORDS_DIFFER,
        "the first 4 records",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_done_to_the_log_is_named(attack: str) -> None:
    do, kind, sentence = ATTACKS[attack]
    findings = found(do(a_log()), HONEST)
    assert any(finding.kind is kind and sentence in finding.sentence for finding in findings), findings


def test_a_verifier_that_does_not_compare_roots_finds_no_changed_record() -> None:
    """The broken twin: what finds the change is the comparison, not something else that happens to fail."""

    class Twin(Trees):
        def _compare(self, partition: int, size: int, root: bytes) -> None:
            return

    opened = list(open_notes([("note", raw) for raw in HONEST], keys=[KEY.verifier]))
    twin = Twin([one for one in opened if isinstance(one, Seen)], origins={ORIGIN: 3})
    twin.see(changed(a_log()))
    twin.end()
    assert twin.findings == []


def test_two_logs_shown_to_two_auditors_contradict_each_other_when_their_checkpoints_meet() -> None:
    other = [*a_log()[:8], a_record(8, "case-2", 3, what="for you"), *a_log()[9:]]
    (contradiction, *_) = found(a_log(), [*HONEST, signed(other, 17)])
    assert contradiction.kind is Kind.CONTRADICTION
    assert "two different logs of 17 records are signed" in contradiction.sentence


def test_a_stolen_key_gives_itself_away_by_signing_what_was_seen_otherwise() -> None:
    """Whoever has the real key can sign another log; whoever saw an earlier checkpoint sees that they did."""
    rewritten = changed(a_log())
    findings = found(rewritten, [*HONEST, signed(rewritten, 20)])
    assert {finding.kind for finding in findings} == {Kind.RECORDS_DIFFER}


def test_a_foreign_key_is_not_trusted_and_a_false_signature_is_a_lie() -> None:
    forged = HONEST[0].replace(b"\n4\n", b"\n5\n")
    findings = found(a_log(), [signed(a_log(), 12, key=FOREIGN), forged, b"not a note"])
    assert [finding.kind for finding in findings] == [
        Kind.FOREIGN_KEY,
        Kind.FALSE_CHECKPOINT,
        Kind.FALSE_CHECKPOINT,
    ]
    assert "the signature of log.example is false" in findings[1].sentence


def test_a_checkpoint_of_another_log_is_told() -> None:
    text = str(Checkpoint("elsewhere.example/3", 4, b"\0" * 32))
    (finding,) = found(a_log(), [str(Note(text, (KEY.sign(text),))).encode()])
    assert "elsewhere.example/3, which is not this log" in finding.sentence


def test_a_repeated_record_is_no_reuse_and_a_hole_that_is_filled_is_none() -> None:
    numbers = Numbers()
    one, two, three = (a_record(n, "case-a", n) for n in (1, 2, 3))
    numbers.see([one, one, three, two, three])
    numbers.end()
    assert numbers.findings == []


def test_every_hole_is_told_with_its_case_and_source() -> None:
    numbers = Numbers()
    numbers.see(
        [a_record(0, "case-a", 1), a_record(1, "case-a", 4), a_record(2, "case-b", 2, source="network")]
    )
    numbers.end()
    assert [finding.sentence for finding in numbers.findings] == [
        "Case case-a: number 2 of sharing is missing (4 is there).",
        "Case case-b: number 1 of network is missing (2 is there).",
    ]


def test_what_was_seen_once_stays_on_the_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "seen")
    for raw in (*HONEST, *HONEST):
        shelf.keep(raw)
    assert sorted(raw for _, raw in shelf.notes()) == sorted(HONEST)
    assert len(list(notes_in(tmp_path / "seen"))) == 3


def an_export(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    return path


LINES = [
    b'{"origin":"log.example"}',
    b'{"p":3,"o":0,"k":"aw==","v":null}',
    b'{"p":4,"o":0,"k":null,"v":"dg=="}',
]


def test_an_export_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = an_export(tmp_path / "whole", [*LINES, b'{"end":{"3":1,"4":1}}'])
    batches = list(from_export(path, lambda _done, _whole: None))
    assert batches == [[LogRecord(3, 0, b"k", None)], [LogRecord(4, 0, None, b"v")]]


@pytest.mark.parametrize("cut", ["a line", "half a line", "the compressed file"])
def test_a_truncated_export_is_told_after_its_records(tmp_path: Path, cut: str) -> None:
    path = an_export(tmp_path / "cut", LINES if cut != "half a line" else [*LINES, b'{"end":{"3"'])
    if cut == "the compressed file":
        path.write_bytes(path.read_bytes()[:-12])
    reading = from_export(path, lambda _done, _whole: None)
    with pytest.raises(ExportTruncated, match="ends before its last line"):
        for _ in reading:
            pass
    findings = verified(
        lambda told: from_export(path, told), [], origins={ORIGIN: 3}, told=lambda _done, _whole: None
    ).findings
    assert [finding.kind for finding in findings] == [Kind.EXPORT_TRUNCATED]


def test_what_nobody_saw_before_it_was_rewritten_cannot_be_found() -> None:
    """With the real key, and before anybody outside has seen a checkpoint, a rewritten log is consistent with itself.

    What would find it: a witness on another machine, whose cosigned checkpoint is older than the rewriting.
    """
    rewritten = changed(a_log())
    assert found(rewritten, [signed(rewritten, size) for size in SIZES]) == []
    cosigned_before = HONEST[1]
    kinds = {
        one.kind for one in found(rewritten, [*(signed(rewritten, size) for size in SIZES), cosigned_before])
    }
    assert Kind.CONTRADICTION in kinds
