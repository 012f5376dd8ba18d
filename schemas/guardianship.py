"""What the events about guardians add up to: who decides for the youth, and who is kept out. One reading, for every service that heeds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from schemas.codes import SignerRole
from schemas.contract import ContractRegistered, Signer
from schemas.event import Event
from schemas.guardian import (
    GuardianAdded,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    ParentalResponsibilityChanged,
)
from schemas.guardian_codes import DecisionMaker, KeptOut, ResponsibilitySource, RestrictionBasis
from schemas.sanction import SanctionReceived

PARENTS = frozenset({DecisionMaker.PARENT, DecisionMaker.SOLE_PARENT, DecisionMaker.NO_RESPONSIBILITY})
IN_PARENTS_PLACE = frozenset({DecisionMaker.BARNEVERN, DecisionMaker.SETTEVERGE})
"""They decide, and nobody else, as long as there is one: care that is taken over (bvl. § 5-1), a conflict of interest (vgml. § 27)."""
GUARDIAN_EVENTS: tuple[type[Event], ...] = (
    ContractRegistered,
    SanctionReceived,
    GuardianAdded,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    ParentalResponsibilityChanged,
)
"""The events that change what stands here."""


class Guardian(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One guardian; `since` is None for those who were named when the case was registered."""

    person_id: str
    decision_maker: DecisionMaker = DecisionMaker.PARENT
    source: ResponsibilitySource = ResponsibilitySource.DECLARED
    since: date | None = None
    restricted: RestrictionBasis | None = None
    restricted_on: date | None = None
    parents_informed: bool = False


class Guardianship(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The guardians of a case, and those of the family who were; barnevern's person stays in the group for barnevern."""

    guardians: tuple[Guardian, ...] = ()
    removed: tuple[str, ...] = ()

    def guardian(self, person_id: str) -> Guardian | None:
        """The guardian with this id, when they are one."""
        return next((one for one in self.guardians if one.person_id == person_id), None)

    @property
    def family(self) -> tuple[str, ...]:
        """Those who are or were guardians themselves; barnevern's named person is not of the family."""
        now = [one.person_id for one in self.guardians if one.decision_maker is not DecisionMaker.BARNEVERN]
        return (*now, *self.removed)

    @property
    def deciders(self) -> tuple[Guardian, ...]:
        """Those who decide for the youth today; nobody, when the last one cannot."""
        free = [
            one
            for one in self.guardians
            if one.restricted is None and one.decision_maker is not DecisionMaker.NO_RESPONSIBILITY
        ]
        in_place = [one for one in self.guardians if one.decision_maker in IN_PARENTS_PLACE]
        return tuple(one for one in (in_place or free) if one in free)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Those who decide, as they sign."""
        return tuple(Signer(person_id=one.person_id, role=role_of(one)) for one in self.deciders)

    @property
    def care_taken_over(self) -> bool:
        """True while the child welfare service decides in the parents' place."""
        return any(one.decision_maker is DecisionMaker.BARNEVERN for one in self.guardians)

    @property
    def parents_informed(self) -> bool:
        """False only when care is taken over by a decision that does not let the parents know."""
        care = [one for one in self.guardians if one.decision_maker is DecisionMaker.BARNEVERN]
        return all(one.parents_informed for one in care)

    def kept_out(self, person_id: str) -> KeptOut | None:
        """Why somebody who is or was a guardian is kept out of the case; None for everybody else."""
        if person_id in self.removed:
            return KeptOut.GUARDIAN_REMOVED
        one = self.guardian(person_id)
        if one is None:
            return None
        if one.restricted is not None:
            return KeptOut.GUARDIAN_RESTRICTED
        if one.decision_maker in PARENTS and not self.parents_informed:
            return KeptOut.CARE_TAKEN_OVER
        return (
            KeptOut.WITHOUT_RESPONSIBILITY if one.decision_maker is DecisionMaker.NO_RESPONSIBILITY else None
        )

    def told_nothing(self, person_id: str, *, as_guardian: bool = True) -> KeptOut | None:
        """Why somebody is told of no meeting, task or minutes. A parent without responsibility may still take part in a group that wants it;
        one who was a guardian, and is in the group as something else (not `as_guardian`), is told what that gives.
        """
        why = self.kept_out(person_id)
        if why is KeptOut.WITHOUT_RESPONSIBILITY or (why is KeptOut.GUARDIAN_REMOVED and not as_guardian):
            return None
        return why

    def after(self, event: Event) -> Guardianship:
        """What stands after one more event."""
        match event:
            case ContractRegistered() | SanctionReceived():
                return self._named(event.signers)
            case GuardianAdded():
                added = Guardian(
                    person_id=event.person_id,
                    decision_maker=event.decision_maker,
                    source=event.source,
                    since=event.from_on,
                )
                return self._put(added)
            case GuardianRemoved():
                known = self.guardian(event.person_id)
                rest = tuple(one for one in self.guardians if one.person_id != event.person_id)
                family = known is None or known.decision_maker is not DecisionMaker.BARNEVERN
                gone = (*self.removed, event.person_id) if family else self.removed
                return replace(self, guardians=rest, removed=gone)
            case GuardianRestricted():
                return self._change(event.person_id, restricted=event.basis, restricted_on=event.from_on)
            case GuardianRestrictionLifted():
                return self._change(event.person_id, restricted=None, restricted_on=None)
            case ParentalResponsibilityChanged():
                known = self.guardian(event.person_id) or Guardian(person_id=event.person_id)
                return self._put(
                    replace(
                        known,
                        decision_maker=event.decision_maker,
                        source=event.source,
                        since=event.from_on,
                        parents_informed=event.parents_informed,
                    )
                )
        return self

    def _named(self, signers: Iterable[Signer]) -> Guardianship:
        """Those who were named when the case was registered, and are not known otherwise already."""
        known = {one.person_id for one in self.guardians} | set(self.removed)
        new = [
            Guardian(person_id=signer.person_id)
            for signer in signers
            if signer.role is SignerRole.GUARDIAN and signer.person_id not in known
        ]
        return replace(self, guardians=(*self.guardians, *new)) if new else self

    def _put(self, guardian: Guardian) -> Guardianship:
        at = [one.person_id for one in self.guardians]
        gone = tuple(person for person in self.removed if person != guardian.person_id)
        if guardian.person_id not in at:
            return replace(self, guardians=(*self.guardians, guardian), removed=gone)
        rest = tuple(guardian if one.person_id == guardian.person_id else one for one in self.guardians)
        return replace(self, guardians=rest, removed=gone)

    def _change(self, person_id: str, **changes: object) -> Guardianship:
        known = self.guardian(person_id)
        return self if known is None else self._put(replace(known, **changes))


def role_of(guardian: Guardian) -> SignerRole:
    """In what capacity somebody who decides signs."""
    care = guardian.decision_maker is DecisionMaker.BARNEVERN
    return SignerRole.BARNEVERN if care else SignerRole.GUARDIAN
