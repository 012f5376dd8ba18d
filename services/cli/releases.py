"""That each release in sharing has its leaf on the log, and each on the log its release in sharing; and that both say the same."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from backbone.log import LogRecord
from schemas.event import Unreadable, decode
from schemas.information import OpeningDecided, opening_digest
from services.cli.findings import Finding, Kind

ON_ITS_WAY = timedelta(seconds=60)
"""How long a release may be on its way to the log before it is missed."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A line of sharing's list; `recorded_at` is real time, None where that is long ago."""

    case_id: str
    sequence: int
    opening_id: str
    digest: str
    recorded_at: datetime | None = None


class NoReleases(RuntimeError):
    """Sharing's list could not be had; the message says why."""


class Listed(NamedTuple):
    """Sharing's list, and the instant from which what is missing on the log may still be on its way there."""

    releases: list[Release]
    listed_at: datetime


def asked_of_sharing() -> bytes:
    """The list, from sharing itself. Raises NoReleases."""
    command = [sys.executable, "-m", "services.sharing", "releases"]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        raise NoReleases("sharing's database does not answer")
    return done.stdout


def read_list(raw: bytes) -> Listed:
    """A list as sharing printed it, packed or not. Raises NoReleases."""
    try:
        text = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        first, *rest = text.splitlines()
        listed_at = msgspec.json.decode(first, type=dict[str, datetime])["listed_at"]
        return Listed([msgspec.json.decode(line, type=Release) for line in rest], listed_at)
    except (msgspec.DecodeError, KeyError, ValueError, OSError, EOFError) as error:
        raise NoReleases(f"the list of releases cannot be read ({type(error).__name__})") from None


def from_file(path: Path) -> Listed:
    """A list from a file. Raises NoReleases."""
    try:
        return read_list(path.read_bytes())
    except OSError as error:
        raise NoReleases(f"{path} cannot be read ({type(error).__name__})") from None


class Openings:
    """The openings on the log, by case and number: 8 bytes of a digest each."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], bytes] = {}

    def see(self, records: Sequence[LogRecord]) -> None:
        """Take in records of one partition."""
        for record in records:
            if b'"opening.decided"' not in (record.value or b""):
                continue
            try:
                envelope, event = decode(record.value)
            except Unreadable:
                continue
            if isinstance(event, OpeningDecided) and record.key == envelope.case_id.encode():
                digest = bytes.fromhex(opening_digest(event))[:8]
                self._found.setdefault((envelope.case_id, envelope.sequence), digest)

    def __len__(self) -> int:
        return len(self._found)

    def against(self, listed: Listed, *, read_at: datetime) -> Iterator[Finding]:
        """What the log and sharing's list do not agree on. `read_at`: when the reading of the log began, in real time."""
        known = {(one.case_id, one.sequence): one for one in listed.releases}
        for place, one in known.items():
            told = f"Case {one.case_id}: the opening {one.opening_id} (number {one.sequence} of sharing)"
            if place not in self._found:
                if one.recorded_at is None or one.recorded_at < read_at - ON_ITS_WAY:
                    yield Finding(
                        Kind.RELEASE_NOT_ON_LOG, f"{told} is in sharing and has no leaf on the log."
                    )
            elif self._found[place] != bytes.fromhex(one.digest)[:8]:
                yield Finding(
                    Kind.RELEASE_DIFFERS, f"{told} does not say in sharing what its leaf on the log says."
                )
        yield from self._unknown(known)

    def _unknown(self, known: Iterable[tuple[str, int]]) -> Iterator[Finding]:
        for case_id, sequence in self._found.keys() - set(known):
            told = f"Case {case_id}: an opening on the log (number {sequence} of sharing) is not in sharing"
            yield Finding(
                Kind.RELEASE_NOT_IN_SHARING, f"{told}: the row was removed, or the database set back."
            )
