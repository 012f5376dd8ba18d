"""Tuples of frozen things that are known by one of their fields: put one in, change one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)


def put(kept: tuple[S, ...], key: str, one: S) -> tuple[S, ...]:
    """With this one in the place of the one with the same key, or last."""
    wanted = getattr(one, key)
    for place, other in enumerate(kept):
        if getattr(other, key) == wanted:
            return (*kept[:place], one, *kept[place + 1 :])
    return (*kept, one)


def change_one(kept: tuple[S, ...], key: str, wanted: str, change: Callable[[S], S]) -> tuple[S, ...]:
    """With the one that has this key changed, if it is there."""
    for place, other in enumerate(kept):
        if getattr(other, key) == wanted:
            return (*kept[:place], change(other), *kept[place + 1 :])
    return kept
