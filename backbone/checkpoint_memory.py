"""What a signer or a witness keeps to itself: its private key, and the last checkpoint it signed of each
tree.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from backbone.merkle import EMPTY_ROOT
from backbone.note import ED25519, Checkpoint, Note, SignerKey, read_checkpoint, read_note

KEY_FILE = "signing.key"
PUBLIC_KEY_FILE = "verifier-key"
SUFFIX = ".checkpoint"


class CheckpointMemory:
    """A folder that only its owner writes, and whose key only its owner reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def key(self, name: str, *, kind: int = ED25519) -> SignerKey:
        """The key, made when there is none; the public one is written beside it, to be handed to auditors."""
        path = self._folder / KEY_FILE
        if not path.exists():
            self._write(path, secrets.token_hex(32).encode(), mode=0o600)
        key = SignerKey(name, bytes.fromhex(path.read_text(encoding="ascii").strip()), kind=kind)
        self._write(self._folder / PUBLIC_KEY_FILE, f"{key.verifier}\n".encode())
        return key

    def last(self, partition: int) -> Note | None:
        """What was signed last of a partition's tree. Raises NoteWrong when the memory is damaged."""
        path = self._path(partition)
        return read_note(path.read_bytes()) if path.exists() else None

    def last_checkpoint(self, partition: int, origin: str) -> Checkpoint:
        """The tree that was signed last, the empty one when none was."""
        note = self.last(partition)
        return read_checkpoint(note.text) if note else Checkpoint(origin, 0, EMPTY_ROOT)

    def remember(self, partition: int, note: Note) -> None:
        """Keep what is about to be handed out; it is on the disk when this returns."""
        self._write(self._path(partition), str(note).encode())

    def _path(self, partition: int) -> Path:
        return self._folder / f"{partition}{SUFFIX}"

    def _write(self, path: Path, content: bytes, *, mode: int = 0o644) -> None:
        new = path.with_name(path.name + ".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
