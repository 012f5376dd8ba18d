"""Whom to call first: numbers that an installation can set itself, each with its source."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

OURS = Path(__file__).with_name("call_first.toml")


class Number(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A telephone number, whom it reaches in both languages, and where it was looked up."""

    number: str
    nb: str
    nn: str
    source: str
    checked: str

    def who(self, language: str) -> str:
        """Whom it reaches."""
        return self.nn if language == "nn" else self.nb

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return self.number.replace(" ", "")


class Numbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    numbers: tuple[Number, ...]


@cache
def numbers(file: Path | None) -> tuple[Number, ...]:
    """The numbers in the order to try them. Raises msgspec.ValidationError when the file is not as it should be."""
    return msgspec.convert(tomllib.loads((file or OURS).read_text(encoding="utf-8")), Numbers).numbers
