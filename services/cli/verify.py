"""`felles verify`: that nothing on the log was changed or removed since it was signed, from the log itself."""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from backbone.clock import Clock
from backbone.log import LogRecord
from backbone.log_file import ExportTruncated, Told, exported_at, from_export, from_kafka, write_export
from backbone.note import NoteWrong, VerifierKey, verifier_key
from backbone.settings import Settings, settings
from backbone.tree_client import TreeClient, TreeNotReached
from schemas.event import PARTITIONS
from services.cli.checkpoint_shelf import Seen, Shelf, notes_in, open_notes
from services.cli.findings import Finding, Kind
from services.cli.releases import Listed, NoReleases, Openings, asked_of_sharing, from_file, read_list
from services.cli.verification import Numbers, Trees
from services.cli.verify_report import Checked, told_of

Records = Callable[[Told], Iterable[list[LogRecord]]]


class Verified(NamedTuple):
    """What one reading of the log gave."""

    trees: Trees
    numbers: Numbers
    openings: Openings
    records: int
    findings: list[Finding]


def add_to(commands: Any) -> None:
    """Add `verify` and `export` to the parser."""
    parser = commands.add_parser("verify", help="recompute every root and check every checkpoint ever seen")
    add = parser.add_argument
    add("--export", type=Path, metavar="FILE", help="read this export; Kafka otherwise")
    add("--key", action="append", default=[], metavar="KEY", help="a trusted verifier key, or its file")
    add(
        "--checkpoints",
        action="append",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="further checkpoints, a witness's",
    )
    add("--seen", type=Path, default=Path(".local/verified"), help="where checkpoints seen are kept")
    add("--offline", action="store_true", help="do not ask the audit service for its checkpoints")
    add(
        "--releases",
        nargs="?",
        type=Path,
        const=Path("-"),
        metavar="FILE",
        help="hold every release against sharing's own list: this file's, or asked of sharing now",
    )
    add("--report", type=Path, metavar="FILE", help="write the report to this file too")
    parser.set_defaults(run=run)
    export = commands.add_parser("export", help="write the whole log to a file, to be verified elsewhere")
    export.add_argument("file", type=Path)
    export.add_argument("--releases", type=Path, metavar="FILE", help="write sharing's list of releases too")
    export.add_argument(
        "--checkpoints",
        type=Path,
        metavar="FOLDER",
        help="write every signed checkpoint that the audit service shows too",
    )
    export.set_defaults(run=run_export)


def run_export(chosen: argparse.Namespace) -> int:
    """Write the checkpoints, the export, and sharing's list after it: what is signed is in the export, and what is in that is in the list."""
    if chosen.checkpoints is not None and not _write_checkpoints(chosen.checkpoints):
        return 1
    with _progress() as progress:
        task = progress.add_task("Writing")
        at = Clock().moment().real_at.isoformat()
        count = write_export(settings(), chosen.file, exported_at=at, told=_teller(progress, task))
    print(f"{count} records are in {chosen.file}.")
    if chosen.releases is not None:
        try:
            raw = asked_of_sharing()
        except NoReleases as error:
            print(f"The releases were not written: {error}.")
            return 1
        chosen.releases.write_bytes(gzip.compress(raw))
        print(f"{len(read_list(raw).releases)} releases are in {chosen.releases}.")
    return 0


def _write_checkpoints(folder: Path) -> bool:
    shelf, client, count = Shelf(folder), TreeClient(settings().address("audit")), 0
    try:
        for partition in range(PARTITIONS):
            for raw in client.notes(partition):
                shelf.keep(raw)
                count += 1
    except TreeNotReached as error:
        print(f"The checkpoints were not written: {error}")
        return False
    print(f"{count} checkpoints are in {folder}.")
    return True


def run(chosen: argparse.Namespace) -> int:
    """Verify and print the report: 0 when all is well, 1 when something was found, 2 when there is nothing to
    go by.
    """
    using, findings = settings(), list[Finding]()
    try:
        keys = [_key(text) for text in chosen.key] or _signers_own_key(using)
    except NoteWrong as error:
        print(f"--key is neither a verifier key nor a file with one: {error}.")
        return 2
    if not keys:
        print("No verifier key: give --key, the text or the file that the signer's owner gave you.")
        return 2
    shelf = Shelf(chosen.seen)
    if not chosen.offline:
        findings += _fetch(using, shelf)
    notes = [note for folder in (chosen.seen, *chosen.checkpoints) for note in notes_in(folder)]
    opened = list(open_notes(notes, keys=keys))
    findings += [one for one in opened if isinstance(one, Finding)]
    began = (exported_at(chosen.export) if chosen.export else None) or Clock().moment().real_at
    with _progress() as progress:
        found = verified(
            lambda told: from_export(chosen.export, told) if chosen.export else from_kafka(using, told),
            [one for one in opened if isinstance(one, Seen)],
            origins=_origins(using, keys),
            told=_teller(progress, progress.add_task("Verifying")),
        )
    compared, more = _releases(chosen.releases, found.openings, read_at=began)
    checked = Checked(
        source=chosen.export.name if chosen.export else f"the topic {using.case_topic}",
        at=Clock().moment().real_at,
        keys=keys,
        trees=found.trees,
        records=found.records,
        cases=found.numbers.count_of_cases,
        releases=compared,
        findings=[*findings, *found.findings, *more],
    )
    told = told_of(checked)
    print(told.text)
    if chosen.report is not None:
        chosen.report.write_text(told.text + "\n", encoding="utf-8")
    return told.code


def _origins(using: Settings, keys: list[VerifierKey]) -> dict[str, int]:
    """The names of this log's trees: what is set here, and what a trusted key is for, so that another machine needs no settings."""
    logs = {using.log_origin, *(key.name for key in keys)}
    return {f"{log}/{number}": number for log in logs for number in range(PARTITIONS)}


def verified(source: Records, seen: list[Seen], *, origins: dict[str, int], told: Told) -> Verified:
    """Read everything once."""
    trees, numbers, openings = Trees(seen, origins=origins), Numbers(), Openings()
    count, cut = 0, list[Finding]()
    try:
        for batch in source(told):
            numbers.see(batch, trees.see(batch))
            openings.see(batch)
            count += len(batch)
    except ExportTruncated as error:
        cut.append(Finding(Kind.EXPORT_TRUNCATED, f"{error}."))
    trees.end()
    numbers.end()
    return Verified(trees, numbers, openings, count, [*cut, *trees.findings, *numbers.findings])


def _releases(file: Path | None, openings: Openings, *, read_at: datetime) -> tuple[str, list[Finding]]:
    """A sentence about what was compared, and what was found. The list is had after the log was read: what is on the log is in it."""
    if file is None:
        return "Releases were not held against sharing's own list (--releases).", []
    try:
        listed: Listed = read_list(asked_of_sharing()) if file == Path("-") else from_file(file)
    except NoReleases as error:
        return f"Releases were NOT held against sharing's own list: {error}.", []
    found = list(openings.against(listed, read_at=read_at))
    told = (
        f"{len(openings)} openings on the log were held against {len(listed.releases)} in sharing, both ways."
    )
    return told, found


def _fetch(using: Settings, shelf: Shelf) -> Iterator[Finding]:
    """Keep every checkpoint that the audit service shows; tell where it shows less than was seen before."""
    before = {_said(raw) for _, raw in shelf.notes()}
    shown = set[bytes]()
    client = TreeClient(using.address("audit"))
    try:
        for partition in range(PARTITIONS):
            for raw in client.notes(partition):
                shown.add(_said(raw))
                shelf.keep(raw)
    except TreeNotReached as error:
        print(f"The audit service's checkpoints were not fetched: {error}")
        return
    gone = len(before - shown)
    if gone:
        told = f"The audit service no longer shows {gone} checkpoints that it showed before: it was set back."
        yield Finding(Kind.AUDIT_BEHIND, told)


def _said(raw: bytes) -> bytes:
    """What a note says, whoever has signed it by now."""
    return raw.rpartition(b"\n\n")[0]


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
