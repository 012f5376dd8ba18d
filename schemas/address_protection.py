"""What the events about address protection add up to: how strictly a case is protected, and who is cleared for it by name. One reading and
one rule, for every service that heeds it.
"""

from __future__ import annotations

from typing import Self

import msgspec
from msgspec.structs import replace

from schemas.codes import ProtectionLevel
from schemas.event import Event
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
)

PROTECTION_EVENTS: tuple[type[Event], ...] = (
    AddressProtectionSet,
    AddressProtectionCleared,
    ClearanceGiven,
    ClearanceWithdrawn,
)
"""The events that change what stands here."""


class AddressProtection(msgspec.Struct, frozen=True, kw_only=True):
    """A case's protection and the people cleared for it."""

    level: ProtectionLevel | None = None
    cleared: tuple[str, ...] = ()

    @property
    def only_for(self) -> tuple[str, ...] | None:
        """The only people who may know of the case; None where it is not closed to anybody."""
        return self.cleared if self.level is ProtectionLevel.CODE_6 else None

    def closes_case(self, person_id: str) -> bool:
        """True when the person may see nothing of the case, not even that it is there: strictly confidential, and not cleared by name.
        Nobody is excepted, not whoever leads the case either.
        """
        return self.only_for is not None and person_id not in self.only_for

    def after(self, event: Event) -> Self:
        """The protection after one of its events."""
        match event:
            case AddressProtectionSet():
                return replace(self, level=event.level)
            case AddressProtectionCleared():
                return replace(self, level=None)
            case ClearanceGiven():
                return replace(self, cleared=(*self.cleared, event.person_id))
            case ClearanceWithdrawn():
                return replace(self, cleared=tuple(one for one in self.cleared if one != event.person_id))
        return self
