"""What sharing does about others' events beyond knowing them."""

from __future__ import annotations

from backbone.work import Reaction
from schemas.event import Event

REACTIONS: dict[type[Event], Reaction] = {}
