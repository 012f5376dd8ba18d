"""Signed notes and checkpoints as C2SP has them (signed-note, tlog-checkpoint, tlog-cosignature): Ed25519.

A checkpoint is a tree's name (its origin), its size and its root; a signature line names who signed, and a
witness adds a line of its own.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
COSIGNATURE = 4
NAME = re.compile(r"[^\s+\u2014]+")
DASH = "\u2014"
LONGEST_NOTE = 64 * 1024


class NoteWrong(ValueError):
    """A note is not one, or is not signed as it should be; the message says what is wrong."""


class VerifierKey(NamedTuple):
    """Whose signature, of which kind (`ED25519`, or `COSIGNATURE` of a witness), and the public key to check
    it with.
    """

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature line points at its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_to_base64(bytes([self.kind]) + self.public)}"


def verifier_key(text: str) -> VerifierKey:
    """A verifier key from its text `name+id+key`. Raises NoteWrong."""
    name, _, rest = text.strip().partition("+")
    key_id, _, key = rest.partition("+")
    raw = _from_base64(key)
    if not NAME.fullmatch(name) or len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
        raise NoteWrong("not a verifier key with Ed25519")
    found = VerifierKey(name, raw[0], raw[1:])
    if found.key_id.hex() != key_id:
        raise NoteWrong(f"the verifier key of {name} does not fit its own id")
    return found


def verifier_keys(texts: str) -> list[VerifierKey]:
    """Verifier keys with white space between them. Raises NoteWrong."""
    return [verifier_key(text) for text in texts.split()]


class SignerKey:
    """A private key with the name it signs in."""

    def __init__(self, name: str, seed: bytes, *, kind: int = ED25519) -> None:
        if not NAME.fullmatch(name):
            raise NoteWrong("a key's name has no white space, no plus sign and no dash")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifierKey(name, kind, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The signature line for a note's text, without the line's end."""
        return self._line(self._private.sign(text.encode()))

    def cosign(self, text: str, *, seconds: int) -> str:
        """A witness's signature line: that it saw this checkpoint, consistent with all it saw before, at this
        time.
        """
        stamp = seconds.to_bytes(8, "big")
        return self._line(stamp + self._private.sign(_cosigned(text, seconds)))

    def _line(self, signature: bytes) -> str:
        return f"{DASH} {self.verifier.name} {_to_base64(self.verifier.key_id + signature)}"


class Note(NamedTuple):
    """A text, ending in a line's end, and its signature lines."""

    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{line}\n" for line in self.lines)

    def with_lines(self, lines: Iterable[str]) -> Note:
        """The note with further signatures, each once."""
        return Note(self.text, tuple(dict.fromkeys((*self.lines, *lines))))

    def signed_by(self, key: VerifierKey) -> int | None:
        """None when the key has not signed; else when, in Unix seconds, 0 where signatures bear no time.

        Raises NoteWrong for a line that points at the key and does not verify.
        """
        for line in self.lines:
            _, name, blob = line.split(" ", 2)
            raw = _from_base64(blob)
            if name == key.name and raw[:4] == key.key_id:
                return self._checked(key, raw[4:])
        return None

    def line_of(self, key: VerifierKey) -> str:
        """The key's signature line, checked or not. Raises NoteWrong when there is none."""
        for line in self.lines:
            _, name, blob = line.split(" ", 2)
            if name == key.name and _from_base64(blob)[:4] == key.key_id:
                return line
        raise NoteWrong(f"{key.name} has not signed")

    def _checked(self, key: VerifierKey, signature: bytes) -> int:
        seconds, message = 0, self.text.encode()
        if key.kind == COSIGNATURE:
            seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _cosigned(self.text, seconds)
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise NoteWrong(f"the signature of {key.name} is false") from None
        return seconds


def read_note(raw: bytes) -> Note:
    """A note from its bytes. Raises NoteWrong."""
    if len(raw) > LONGEST_NOTE:
        raise NoteWrong("the note is too long")
    try:
        whole = raw.decode()
    except UnicodeDecodeError:
        raise NoteWrong("the note is not UTF-8") from None
    if any(ord(character) < 32 and character != "\n" for character in whole):
        raise NoteWrong("the note has control characters")
    text, gap, tail = whole.rpartition("\n\n")
    lines = tail.split("\n")
    if not gap or lines.pop() != "" or not lines or not all(_is_line(line) for line in lines):
        raise NoteWrong("the note has no signature lines")
    return Note(text + "\n", tuple(lines))


def _is_line(line: str) -> bool:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH or not NAME.fullmatch(parts[1]):
        return False
    try:
        return len(_from_base64(parts[2])) > 4
    except NoteWrong:
        return False


class Checkpoint(NamedTuple):
    """What is signed: the tree called `origin` had `size` leaves and this root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_to_base64(self.root)}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; further lines are extensions and left alone. Raises NoteWrong."""
    lines = text.split("\n")
    if (
        len(lines) < 4
        or not lines[0]
        or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1])
        or "" in lines[:-1]
    ):
        raise NoteWrong("the note is not a checkpoint")
    root = _from_base64(lines[2])
    if len(root) != 32:
        raise NoteWrong("the checkpoint's root is not a SHA-256")
    return Checkpoint(lines[0], int(lines[1]), root)


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _to_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteWrong("not base64") from None
    if _to_base64(raw) != text:
        raise NoteWrong("not canonical base64")
    return raw
