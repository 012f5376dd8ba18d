"""`felles verify`: that nothing on the log was changed or removed since it was signed, from the log itself."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backbone.clock import Clock
from backbone.log import LogRecord
from backbone.log_file import ExportTruncated, Told, from_export, from_kafka, write_export
from backbone.note import VerifierKey, verifier_key
from backbone.settings import Settings, settings
from backbone.tree_client import TreeClient, TreeNotReached
from schemas.event import PARTITIONS
from services.cli.checkpoint_shelf import Seen, Shelf, notes_in, open_notes
from services.cli.findings import Finding, Kind
from services.cli.verification import SHOWN, Numbers, Trees

Records = Callable[[Told], Iterable[list[LogRecord]]]


def add_to(commands: Any) -> None:
    """Add `verify` and `export` to the parser."""
    parser = commands.add_parser("verify", help="recompute every root and check every checkpoint ever seen")
    parser.add_argument("--export", type=Path, metavar="FILE", help="read this export; Kafka otherwise")
    parser.add_argument(
        "--key", action="append", default=[], metavar="KEY", help="a trusted verifier key, or its file"
    )
    parser.add_argument(
        "--checkpoints",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="further checkpoints, a witness's",
    )
    parser.add_argument(
        "--seen", type=Path, default=Path(".local/verified"), help="where checkpoints seen are kept"
    )
    parser.add_argument(
        "--offline", action="store_true", help="do not ask the audit service for its checkpoints"
    )
    parser.set_defaults(run=run)
    export = commands.add_parser("export", help="write the whole log to a file, to be verified elsewhere")
    export.add_argument("file", type=Path)
    export.set_defaults(run=run_export)


def run_export(chosen: argparse.Namespace) -> int:
    """Write the export."""
    with _progress() as progress:
        task = progress.add_task("Writing")
        exported_at = Clock().moment().real_at.isoformat()
        count = write_export(settings(), chosen.file, exported_at=exported_at, told=_teller(progress, task))
    print(f"{count} records are in {chosen.file}.")
    return 0


def run(chosen: argparse.Namespace) -> int:
    """Verify and print the report: 0 when all is well, 1 when something was found, 2 when there is nothing to
    go by.
    """
    using, findings = settings(), list[Finding]()
    keys = [_key(text) for text in chosen.key] or _signers_own_key(using)
    if not keys:
        print("No verifier key: give --key, the text or the file that the signer's owner gave you.")
        return 2
    shelf = Shelf(chosen.seen)
    if not chosen.offline:
        findings += _fetch(using, shelf)
    notes = [note for folder in (chosen.seen, *chosen.checkpoints) for note in notes_in(folder)]
    opened = list(open_notes(notes, keys=keys))
    findings += [one for one in opened if isinstance(one, Finding)]
    with _progress() as progress:
        trees, numbers, count, more = verified(
            lambda told: from_export(chosen.export, told) if chosen.export else from_kafka(using, told),
            [one for one in opened if isinstance(one, Seen)],
            origins={using.tree_origin(number): number for number in range(PARTITIONS)},
            told=_teller(progress, progress.add_task("Verifying")),
        )
    return _report(trees, numbers, count, [*findings, *more], keys)


def verified(
    source: Records, seen: list[Seen], *, origins: dict[str, int], told: Told
) -> tuple[Trees, Numbers, int, list[Finding]]:
    """Read everything once; gives the trees, the numbers, how many records there were, and what was found."""
    trees, numbers, count, cut = Trees(seen, origins=origins), Numbers(), 0, list[Finding]()
    try:
        for batch in source(told):
            numbers.see(batch, trees.see(batch))
            count += len(batch)
    except ExportTruncated as error:
        cut.append(Finding(Kind.EXPORT_TRUNCATED, f"{error}."))
    trees.end()
    numbers.end()
    return trees, numbers, count, [*cut, *trees.findings, *numbers.findings]


def _fetch(using: Settings, shelf: Shelf) -> Iterator[Finding]:
    """Keep every checkpoint that the audit service shows; tell where it shows less than was seen before."""
    before = {raw for _, raw in shelf.notes()}
    shown = set[bytes]()
    client = TreeClient(using.address("audit"))
    try:
        for partition in range(PARTITIONS):
            for raw in client.notes(partition):
                shown.add(raw)
                shelf.keep(raw)
    except TreeNotReached as error:
        print(f"The audit service's checkpoints were not fetched: {error}")
        return
    gone = len(before - shown)
    if gone:
        told = f"The audit service no longer shows {gone} checkpoints that it showed before: it was set back."
        yield Finding(Kind.AUDIT_BEHIND, told)


def _report(
    trees: Trees, numbers: Numbers, count: int, findings: list[Finding], keys: list[VerifierKey]
) -> int:
    print(
        f"Read: {count} records. Keys trusted: {', '.join(f'{key.name} ({key.key_id.hex()})' for key in keys)}."
    )
    for partition, newest in sorted(trees.newest.items()):
        after = trees.size(partition) - newest.size
        print(
            f"  Partition {partition}: {trees.size(partition)} records; {newest.size} signed, {max(after, 0)} after that."
        )
    unsigned = [p for p in range(PARTITIONS) if p not in trees.newest and trees.size(p)]
    if unsigned:
        print(f"  Not signed at all: partitions {', '.join(map(str, unsigned))}.")
    counted = Counter(finding.kind for finding in findings)
    for kind, number in counted.items():
        for finding in [one for one in findings if one.kind is kind][:SHOWN]:
            print(f"{kind.value}: {finding.sentence}")
        if number > SHOWN:
            print(f"{kind.value}: and {number - SHOWN} more.")
    if findings:
        print(
            f"The log does NOT stand as it was signed, or cannot be shown to: {sum(counted.values())} findings."
        )
        return 1
    if not trees.newest:
        print("There is no checkpoint to go by: nothing is proved.")
        return 2
    print(
        "Nothing was changed, removed, inserted or moved in what was signed; no case has a missing or reused number."
    )
    return 0


def _key(text: str) -> VerifierKey:
    path = Path(text)
    return verifier_key(path.read_text(encoding="utf-8") if path.is_file() else text)


def _signers_own_key(using: Settings) -> list[VerifierKey]:
    """The key that the signer itself shows: good for a look, not for proof against the signer's owner."""
    try:
        answer = httpx.get(using.address("signer") + "/key", timeout=5.0, trust_env=False)
    except httpx.HTTPError:
        return []
    print("The key was asked of the signer itself; give --key to be independent of whoever runs it.")
    return [verifier_key(answer.text)] if answer.is_success else []


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}"), TimeElapsedColumn()
    )


def _teller(progress: Progress, task: Any) -> Told:
    return lambda done, whole: progress.update(task, completed=done, total=whole or None)
