"""Every checkpoint that a verifier ever saw, kept for the next time: what was shown once cannot be unshown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from backbone.checkpoint_memory import SUFFIX
from backbone.note import Checkpoint, Note, NoteWrong, VerifierKey, read_checkpoint, read_note
from services.cli.findings import Finding, Kind


class Seen(NamedTuple):
    """A checkpoint with who signed it, and where it was seen."""

    checkpoint: Checkpoint
    where: str


class Shelf:
    """A folder of notes, one file each, named by what they say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, raw: bytes) -> None:
        """Keep a note; the same one once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{hashlib.sha256(raw).hexdigest()[:32]}{SUFFIX}"
        if not path.exists():
            path.write_bytes(raw)

    def notes(self) -> Iterator[tuple[str, bytes]]:
        """Every note with its file's name."""
        yield from notes_in(self._folder)


def notes_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The notes in a folder: a shelf's, a signer's or a witness's."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield path.name, path.read_bytes()


def open_notes(notes: Iterable[tuple[str, bytes]], *, keys: list[VerifierKey]) -> Iterator[Seen | Finding]:
    """Each note's checkpoint when a trusted key has signed it, else what is wrong with it."""
    for where, raw in notes:
        try:
            note = read_note(raw)
            checkpoint = read_checkpoint(note.text)
            signed = any(note.signed_by(key) is not None for key in keys)
        except NoteWrong as error:
            yield Finding(Kind.FALSE_CHECKPOINT, f"The checkpoint {where} is not valid: {error}.")
            continue
        if signed:
            yield Seen(checkpoint, where)
        else:
            yield _foreign(note, checkpoint, where)


def _foreign(note: Note, checkpoint: Checkpoint, where: str) -> Finding:
    names = ", ".join(line.split(" ")[1] for line in note.lines)
    told = f"of {checkpoint.size} records of {checkpoint.origin}"
    return Finding(
        Kind.FOREIGN_KEY, f"The checkpoint {where} {told} is signed by no key that you trust (by {names})."
    )
