"""Signed notes and checkpoints against the published vectors, and against what is not one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    NoteWrong,
    SignerKey,
    VerifierKey,
    read_checkpoint,
    read_note,
    verifier_key,
)

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann"
    " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ="
)
EXAMPLE_LINE = (
    "— example.com/foo"
    " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
)
KEY = SignerKey("log.example/3", b"s" * 32)
ROOT = bytes(range(32))


@pytest.mark.parametrize(
    ("text", "lines", "keys"),
    [
        (TEXT, (PETER_LINE, ENOCH_LINE), (PETER, ENOCH)),
        ("This is an example message.\n", (EXAMPLE_LINE,), (EXAMPLE,)),
    ],
)
def test_the_published_notes_verify_under_the_published_keys(
    text: str, lines: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    raw = str(Note(text, lines)).encode()
    note = read_note(raw)
    assert str(note).encode() == raw
    for key in keys:
        assert str(verifier_key(key)) == key
        assert note.signed_by(verifier_key(key)) == 0


def test_the_key_of_thirty_two_zeroes_is_the_published_one_and_signs_the_published_line() -> None:
    signer = SignerKey("EnochRoot", bytes(32))
    assert str(signer.verifier) == ENOCH
    assert signer.sign(TEXT) == ENOCH_LINE


def test_a_signature_of_somebody_else_says_nothing() -> None:
    assert read_note(str(Note(TEXT, (PETER_LINE,))).encode()).signed_by(verifier_key(ENOCH)) is None


def test_a_line_that_points_at_a_key_and_does_not_verify_is_a_lie() -> None:
    changed = read_note(str(Note(TEXT.replace("answer", "Answer"), (PETER_LINE,))).encode())
    with pytest.raises(NoteWrong, match="the signature of PeterNeumann is false"):
        changed.signed_by(verifier_key(PETER))


@given(st.integers(0, 2**63 - 1), st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1))
def test_a_checkpoint_is_read_back_as_it_was_signed(size: int, origin: str) -> None:
    checkpoint = Checkpoint(origin, size, ROOT)
    note = read_note(str(Note(str(checkpoint), (KEY.sign(str(checkpoint)),))).encode())
    assert read_checkpoint(note.text) == checkpoint
    assert note.signed_by(KEY.verifier) == 0


def test_a_witness_adds_a_line_with_the_time_that_it_saw() -> None:
    witness = SignerKey("witness.example", b"w" * 32, kind=COSIGNATURE)
    text = str(Checkpoint("log.example/3", 7, ROOT))
    note = Note(text, (KEY.sign(text),)).with_lines([witness.cosign(text, seconds=1_790_000_000)])
    again = read_note(str(note).encode())
    assert again.signed_by(KEY.verifier) == 0
    assert again.signed_by(witness.verifier) == 1_790_000_000
    assert witness.verifier.key_id != SignerKey("witness.example", b"w" * 32).verifier.key_id


def test_a_logs_signature_is_not_a_witnesss() -> None:
    """A key of the other kind has another id, so the one can never stand for the other."""
    text = str(Checkpoint("log.example/3", 7, ROOT))
    posing = VerifierKey(KEY.verifier.name, COSIGNATURE, KEY.verifier.public)
    assert Note(text, (KEY.sign(text),)).signed_by(posing) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\n",
        TEXT.encode() + PETER_LINE.encode() + b"\n",
        TEXT.encode() + b"\n" + PETER_LINE.encode(),
        b"text\n\n" + PETER_LINE.replace("—", "-").encode() + b"\n",
        b"text\r\n\n" + PETER_LINE.encode() + b"\n",
        b"text\n\n" + PETER_LINE.replace("wJnAM=", "wJnAN=").encode() + b"\n",
        b"\xff\n\n" + PETER_LINE.encode() + b"\n",
        b"x" * 70_000 + b"\n\n" + PETER_LINE.encode() + b"\n",
    ],
)
def test_what_is_not_a_note_is_refused(raw: bytes) -> None:
    with pytest.raises(NoteWrong):
        read_note(raw)


@pytest.mark.parametrize(
    "text",
    ["log\n007\nAAAA\n", "log\n-1\nAAAA\n", "log\n7\nAAAA\n", "log\n7\n", "\n7\nAAAA\n", "log\n7\n!!!!\n"],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteWrong):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "text", ["", "name", PETER.replace("c74f20a3", "c74f20a4"), PETER[:-4], "a b" + PETER]
)
def test_what_is_not_a_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteWrong):
        verifier_key(text)
