"""Values of the configuration that have a source, and days on which they are in force. Numbers that no source gives are the product's own
defaults and say so.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

import msgspec

V = TypeVar("V")
OUR_CHOICE = "product default"


class Sourced(msgspec.Struct, Generic[V], frozen=True):
    """A value of the configuration, the source it rests on, and the first and last day on which it is in force."""

    value: V
    source: str
    from_on: date = date.min
    to_on: date = date.max


class Dated(msgspec.Struct, Generic[V], frozen=True):
    """A value as the law versions have it, oldest first: without holes and without overlap."""

    versions: tuple[Sourced[V], ...]

    def on(self, day: date) -> V:
        """The value in force on a day."""
        return self.version_on(day).value

    def version_on(self, day: date) -> Sourced[V]:
        """The value in force on a day, with its source."""
        return next(version for version in self.versions if version.from_on <= day <= version.to_on)


def always(value: V, source: str) -> Dated[V]:
    """A value that is the same in every version known here."""
    return Dated((Sourced(value, source),))
