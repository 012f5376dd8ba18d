"""Which processes a launcher started, on disk: so the next one can end what a killed one left."""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.children import Identity, end_stranded, identity_of


@dataclass(frozen=True)
class Entry:
    """One started process, and the signal that ends it cleanly."""

    name: str
    identity: Identity
    stop_signal: int


class Ledger:
    """Kept in one file that is replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, Entry] = {}

    def started(self, name: str, pid: int, *, stop_signal: int = signal.SIGTERM) -> None:
        """Remember a process that was just started."""
        identity = identity_of(pid)
        if identity:
            self._entries[name] = Entry(name=name, identity=identity, stop_signal=stop_signal)
            self._write()

    def ended(self, name: str) -> None:
        """Forget a process that ended."""
        if self._entries.pop(name, None):
            self._write()

    def end_stranded(self) -> list[str]:
        """End what an earlier launcher left, where it is still that very process; gives the names."""
        entries = self._read()
        if not entries:
            return []
        with ThreadPoolExecutor(len(entries)) as pool:
            ended = pool.map(lambda entry: end_stranded(entry.identity, how=entry.stop_signal), entries)
            names = [entry.name for entry, was_running in zip(entries, ended, strict=True) if was_running]
        self._path.unlink(missing_ok=True)
        return names

    def _read(self) -> list[Entry]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return [Entry(**{**item, "identity": Identity(**item["identity"])}) for item in content]
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return []

    def _write(self) -> None:
        half = self._path.with_suffix(".half")
        half.write_text(json.dumps([asdict(entry) for entry in self._entries.values()]), encoding="utf-8")
        os.replace(half, self._path)
