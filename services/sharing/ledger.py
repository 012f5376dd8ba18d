"""The erasure ledger: a file outside every database's back-up, that a restored one must meet before it opens
anything.

It holds case ids and days, and grows by a line an erasure. It lies beside the key-encryption key, or where
FELLES_ERASURE_LEDGER_FILE says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from backbone.settings import Settings

FILE = "erasures.jsonl"


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """A case whose keys have been destroyed."""

    case_id: str
    erased_at: datetime


class Ledger:
    """The ledger of one installation."""

    def __init__(self, settings: Settings) -> None:
        beside = settings.key_encryption_key_file
        path = settings.erasure_ledger_file or (beside.with_name(FILE) if beside is not None else None)
        if path is None:
            raise RuntimeError(
                "neither FELLES_ERASURE_LEDGER_FILE nor FELLES_KEY_ENCRYPTION_KEY_FILE is set: the erasure ledger lies there"
            )
        self.path: Path = path

    def write(self, erased: Erased) -> None:
        """Add a line, on the disk when this returns. What a crash cut short before it is closed off, so that this line stands alone."""
        line = msgspec.json.encode(erased) + b"\n"
        written = self.path.read_bytes() if self.path.exists() else b""
        torn = written and not written.endswith(b"\n")
        with self.path.open("ab") as file:
            file.write(b"\n" + line if torn else line)
            file.flush()
            os.fsync(file.fileno())

    def __iter__(self) -> Iterator[Erased]:
        """Every erasure, oldest first; a last line that a crash cut short is left out, and written again by
        who finishes it.
        """
        if not self.path.exists():
            return
        for line in self.path.read_bytes().split(b"\n"):
            try:
                yield msgspec.json.decode(line, type=Erased)
            except msgspec.DecodeError:
                continue
