"""How an old payload becomes the next version's payload: one pure function a step, never a jump."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
UPCASTS: dict[tuple[str, int], Callable[[Payload], Payload]] = {}
"""(event type, from version) → the step to the next version."""


def upcast(type_name: str, payload: Payload, *, since: int, until: int) -> Payload:
    """Carry `payload` from version `since` to `until`. Raises KeyError when a step is missing."""
    for version in range(since, until):
        payload = UPCASTS[type_name, version](payload)
    return payload
