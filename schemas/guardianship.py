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
    GuardianChangeConfirmed,
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
    GuardianChangeConfirmed,
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
    awaits_leader: bool = False
    """Kept out, and no leader has confirmed it yet."""
    until_confirmed: DecisionMaker | None = None
    """In what capacity their yes counts until a leader has confirmed the one that stands; NO_RESPONSIBILITY of one who had no say."""

    @property
    def confirmed_as(self) -> DecisionMaker:
        """In what capacity they stand as far as it is anybody's but one person's word."""
        return self.until_confirmed or self.decision_maker

    @property
    def has_confirmed_say(self) -> bool:
        """True for one who decides, or would when nobody decided in their place, and whom no leader has confirmed kept out."""
        kept_out = self.restricted is not None and not self.awaits_leader
        return self.confirmed_as is not DecisionMaker.NO_RESPONSIBILITY and not kept_out


class Guardianship(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The guardians of a case, and those of the family who were; barnevern's person stays in the group for barnevern."""

    guardians: tuple[Guardian, ...] = ()
    removed: tuple[str, ...] = ()
    removed_unconfirmed: tuple[Guardian, ...] = ()
    """Those of the removed who had a say, and whose removal no leader has confirmed yet."""

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
    def unconfirmed(self) -> tuple[Guardian, ...]:
        """Those about whom something is registered that no leader has confirmed yet, and that takes somebody's say."""
        waiting = [one for one in self.guardians if one.awaits_leader or one.until_confirmed is not None]
        return (*waiting, *self.removed_unconfirmed)

    @property
    def still_needed(self) -> tuple[Guardian, ...]:
        """Those who do not decide, and would, but for what no leader has confirmed: their yes is needed until one has. Parents are not
        as long as somebody decides in their place whom a leader has confirmed there.
        """
        in_place = any(
            one.decision_maker in IN_PARENTS_PLACE and one.confirmed_as in IN_PARENTS_PLACE
            for one in self.guardians
        )
        decides = {one.person_id for one in self.deciders}
        return tuple(
            one
            for one in (*self.guardians, *self.removed_unconfirmed)
            if one.has_confirmed_say
            and one.person_id not in decides
            and (not in_place or one.confirmed_as in IN_PARENTS_PLACE)
        )

    @property
    def needed(self) -> tuple[Guardian, ...]:
        """Those who decide, and those who do not any longer and whose yes is needed until a leader has confirmed it."""
        return (*self.deciders, *self.still_needed)

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Those who decide, as they sign."""
        return tuple(Signer(person_id=one.person_id, role=role_of(one)) for one in self.deciders)

    @property
    def whose_yes(self) -> tuple[Signer, ...]:
        """Those whose yes a consent rests on: who decides, and who fell away without a leader's confirmation; nobody when nobody decides."""
        needed = self.needed if self.deciders else ()
        return tuple(Signer(person_id=one.person_id, role=role_of(one)) for one in needed)

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
                    until_confirmed=self._until_confirmed(event),
                )
                return self._put(added)
            case GuardianRemoved():
                known = self.guardian(event.person_id)
                rest = tuple(one for one in self.guardians if one.person_id != event.person_id)
                family = known is None or known.decision_maker is not DecisionMaker.BARNEVERN
                gone = (*self.removed, event.person_id) if family else self.removed
                waiting = (*self.removed_unconfirmed, known) if event.awaits_leader and known else None
                return replace(
                    self,
                    guardians=rest,
                    removed=gone,
                    removed_unconfirmed=waiting or self.removed_unconfirmed,
                )
            case GuardianRestricted():
                return self._change(
                    event.person_id,
                    restricted=event.basis,
                    restricted_on=event.from_on,
                    awaits_leader=event.awaits_leader,
                )
            case GuardianChangeConfirmed():
                settled = self._change(event.person_id, awaits_leader=False, until_confirmed=None)
                return replace(settled, removed_unconfirmed=self._removed_without(event.person_id))
            case GuardianRestrictionLifted():
                return self._change(event.person_id, restricted=None, restricted_on=None, awaits_leader=False)
            case ParentalResponsibilityChanged():
                known = self.guardian(event.person_id) or Guardian(person_id=event.person_id)
                return self._put(
                    replace(
                        known,
                        decision_maker=event.decision_maker,
                        source=event.source,
                        since=event.from_on,
                        parents_informed=event.parents_informed,
                        until_confirmed=self._until_confirmed(event),
                    )
                )
        return self

    def _until_confirmed(self, event: GuardianAdded | ParentalResponsibilityChanged) -> DecisionMaker | None:
        """In what capacity somebody stood before this, where a leader has still to confirm it; None where nobody has."""
        if not event.awaits_leader:
            return None
        known = (*self.guardians, *self.removed_unconfirmed)
        before = (one.confirmed_as for one in known if one.person_id == event.person_id)
        return next(before, DecisionMaker.NO_RESPONSIBILITY)

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
        waiting = self._removed_without(guardian.person_id)
        rest = tuple(guardian if one.person_id == guardian.person_id else one for one in self.guardians)
        now = rest if guardian.person_id in at else (*self.guardians, guardian)
        return replace(self, guardians=now, removed=gone, removed_unconfirmed=waiting)

    def _removed_without(self, person_id: str) -> tuple[Guardian, ...]:
        return tuple(one for one in self.removed_unconfirmed if one.person_id != person_id)

    def _change(self, person_id: str, **changes: object) -> Guardianship:
        known = self.guardian(person_id)
        return self if known is None else self._put(replace(known, **changes))


def role_of(guardian: Guardian) -> SignerRole:
    """In what capacity somebody who decides signs."""
    care = guardian.decision_maker is DecisionMaker.BARNEVERN
    return SignerRole.BARNEVERN if care else SignerRole.GUARDIAN
