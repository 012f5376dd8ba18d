"""Address protection: strictly confidential (code 6) closes the whole case to everybody who is not cleared by
name; confidential (code 7) the address.
"""

from __future__ import annotations

from backbone.refusal import Conflict, Refused
from schemas.address_protection import AddressProtection
from schemas.codes import Category, ProtectionLevel
from schemas.event import Event
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
)
from services.sharing.domain import sentences


class Protection(AddressProtection, frozen=True, kw_only=True):
    """A case's protection and the people cleared for it, and what may be done about it."""

    case_id: str

    def closes(self, category: Category, person_id: str) -> bool:
        """True when the person may not see such content."""
        if person_id in self.cleared or self.level is None:
            return False
        return self.level is ProtectionLevel.CODE_6 or category is Category.ADDRESS

    def set(self, level: ProtectionLevel) -> list[Event]:
        """Set or change the level. Raises Conflict."""
        if level is self.level:
            raise Conflict("PROTECTION_SET", sentences.PROTECTION_AS_IT_IS)
        return [AddressProtectionSet(level=level)]

    def lift(self) -> list[Event]:
        """Lift the protection. Raises Conflict."""
        if self.level is None:
            raise Conflict("NOT_PROTECTED", sentences.PROTECTION_AS_IT_IS)
        return [AddressProtectionCleared()]

    def clear(self, *, person_id: str, by: str) -> list[Event]:
        """Clear somebody by name; nobody clears themselves. Raises Refused, Conflict."""
        if person_id == by:
            raise Refused("OWN_CLEARANCE", sentences.OWN_CLEARANCE, field="person_id")
        if person_id in self.cleared:
            raise Conflict("CLEARED", sentences.PROTECTION_AS_IT_IS)
        return [ClearanceGiven(person_id=person_id, given_by=by)]

    def withdraw(self, *, person_id: str) -> list[Event]:
        """Take a clearance back. Raises Conflict."""
        if person_id not in self.cleared:
            raise Conflict("NOT_CLEARED", sentences.PROTECTION_AS_IT_IS)
        return [ClearanceWithdrawn(person_id=person_id)]
