"""How a section of the case view is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from schemas.event import Event


class Section(NamedTuple):
    """What a section keeps, and what each event changes in it; the empty state is `state()`."""

    state: type[msgspec.Struct]
    changes: Mapping[type[Event], Callable[..., Any]]
