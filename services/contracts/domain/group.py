"""Who stands around the youth, as far as this service has read: what decides who may report or see
something here.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from schemas.codes import Function
from schemas.event import Event
from schemas.network_group import MemberJoined, MemberLeft

LEADING = (Function.LEAD, Function.DEPUTY)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The present members and their functions."""

    case_id: str
    functions: dict[str, Function] = {}

    def after(self, event: Event) -> Group:
        """The group after somebody joined or left."""
        match event:
            case MemberJoined():
                return replace(self, functions={**self.functions, event.person_id: event.function})
            case MemberLeft():
                return replace(
                    self, functions={k: v for k, v in self.functions.items() if k != event.person_id}
                )
            case _:
                return self

    def leads(self, person_id: str) -> bool:
        """True for those who may act for the lead."""
        return self.functions.get(person_id) in LEADING
