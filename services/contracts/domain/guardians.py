"""The guardians of a case and who decides for the youth: what may be registered about them, and by what it must be shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import Agency, SignerRole
from schemas.contract import Signer
from schemas.event import Event
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    GuardianSituationConfirmed,
    ParentalResponsibilityChanged,
    PreferredLanguageSet,
)
from schemas.guardian_codes import (
    SAMI,
    DecisionMaker,
    GuardianRemoval,
    LanguageBasis,
    ResponsibilitySource,
    RestrictionBasis,
    RestrictionLifting,
    SpokenLanguage,
)
from schemas.guardianship import Guardian, Guardianship
from services.contracts.domain.guardian_refusals import conflict, refused
from services.contracts.domain.surroundings import Surroundings

REGISTER = (ResponsibilitySource.FOLKEREGISTER, ResponsibilitySource.COURT)
SHOWN_BY: dict[DecisionMaker, tuple[ResponsibilitySource, ...]] = {
    DecisionMaker.PARENT: (*REGISTER, ResponsibilitySource.DECLARED),
    DecisionMaker.SOLE_PARENT: REGISTER,
    DecisionMaker.NO_RESPONSIBILITY: REGISTER,
    DecisionMaker.BARNEVERN: (ResponsibilitySource.CARE_DECISION, ResponsibilitySource.COURT),
    DecisionMaker.VERGE: (ResponsibilitySource.APPOINTMENT, ResponsibilitySource.COURT),
    DecisionMaker.SETTEVERGE: (ResponsibilitySource.APPOINTMENT, ResponsibilitySource.COURT),
    DecisionMaker.REPRESENTATIVE: (ResponsibilitySource.APPOINTMENT,),
}
"""What shows that somebody decides in a capacity (barnelova on foreldreansvar, bvl. § 5-1, vgml. §§ 16 and 27, utlendingsloven § 98 a).
A parent's word is enough to be asked, since that only adds somebody who must say yes; it never takes the decision from another."""


class Guardians(msgspec.Struct, frozen=True, kw_only=True):
    """The guardians as this service's events tell them, and the languages people prefer; `version` counts the events."""

    case_id: str
    stands: Guardianship = Guardianship()
    languages: dict[str, SpokenLanguage] = {}
    version: int = 0

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def after(self, event: Event) -> Guardians:
        """The guardians after one more event."""
        changed = replace(self, version=self.version + 1)
        if isinstance(event, PreferredLanguageSet):
            return replace(changed, languages={**self.languages, event.person_id: event.language})
        return replace(changed, stands=self.stands.after(event))

    def add(
        self,
        person_id: str,
        *,
        decision_maker: DecisionMaker,
        source: ResponsibilitySource,
        from_on: date,
        identity_ref: str | None,
        others: frozenset[str],
        by_leader: bool = False,
        today: date,
    ) -> list[Event]:
        """Somebody is a guardian from now on; `others` are the youth, the lead and the group's staff. Unless a leader does it (`by_leader`),
        whoever does not decide any longer by it must still say yes until a leader has confirmed it (domain C.4). Raises Refused and Conflict.
        """
        if self.stands.guardian(person_id) is not None:
            raise conflict("GUARDIAN_ALREADY", field="person_id")
        if person_id in others:
            raise refused("GUARDIAN_IN_TWO_ROLES", field="person_id")
        if decision_maker is DecisionMaker.BARNEVERN:
            raise refused("CARE_IS_A_CHANGE", field="decision_maker")
        self._refuse_claim(person_id, decision_maker, source, from_on, today)
        added = GuardianAdded(
            person_id=person_id,
            decision_maker=decision_maker,
            source=source,
            from_on=from_on,
            identity_ref=identity_ref,
        )
        return [replace(added, awaits_leader=not by_leader and self._takes_a_say(added))]

    def remove(
        self, person_id: str, *, reason: GuardianRemoval, stop_id: str, by_leader: bool = False, today: date
    ) -> list[Event]:
        """Somebody is no longer a guardian; the last who decides goes only when dead. Unless a leader does it (`by_leader`), the yes of one
        who had a say stays needed until a leader has confirmed it (domain C.4). What no leader has confirmed is taken back without.
        Raises Refused and Conflict.
        """
        guardian = self._known(person_id)
        care = guardian.decision_maker is DecisionMaker.BARNEVERN
        if care is not (reason is GuardianRemoval.CARE_ENDED) and reason is not GuardianRemoval.REPLACED:
            raise refused("REMOVAL_DOES_NOT_FIT", field="reason")
        after = GuardianRemoved(
            person_id=person_id,
            reason=reason,
            removed_on=today,
            stop_id=None if care else stop_id,
            awaits_leader=self._has_a_say(guardian) and not by_leader,
        )
        if (
            reason is not GuardianRemoval.DEATH
            and self.stands.deciders
            and not self.stands.after(after).deciders
        ):
            raise refused("LAST_DECISION_MAKER", field="person_id")
        return [after]

    def restrict(
        self,
        person_id: str,
        *,
        basis: RestrictionBasis,
        from_on: date,
        grounds_ref: str,
        stop_id: str,
        by_leader: bool = False,
        today: date,
    ) -> list[Event]:
        """A guardian is kept out, the last one who decides too: then nobody decides, and nothing rests on consent. Unless a leader does it
        (`by_leader`), the guardian's yes stays needed until a leader has confirmed it. Raises Refused and Conflict.
        """
        guardian = self._known(person_id)
        if guardian.decision_maker is DecisionMaker.BARNEVERN:
            raise refused("CARE_IS_NOT_RESTRICTED", field="person_id")
        if guardian.restricted is not None:
            raise conflict("RESTRICTED_ALREADY", field="person_id")
        refuse_future(from_on, today)
        return [
            GuardianRestricted(
                person_id=person_id,
                basis=basis,
                from_on=from_on,
                stop_id=stop_id,
                grounds_ref=grounds_ref,
                awaits_leader=not by_leader,
            )
        ]

    def confirm_change(self, person_id: str, *, grounds_ref: str, today: date) -> list[Event]:
        """A leader has looked at what was registered about somebody, and stands by it. Raises Conflict when nothing waits for that."""
        if person_id not in {one.person_id for one in self.stands.unconfirmed}:
            raise conflict("NOTHING_TO_CONFIRM", field="person_id")
        return [GuardianChangeConfirmed(person_id=person_id, confirmed_on=today, grounds_ref=grounds_ref)]

    def lift(self, person_id: str, *, reason: RestrictionLifting, today: date) -> list[Event]:
        """A guardian is no longer kept out. Raises Conflict."""
        if self._known(person_id).restricted is None:
            raise conflict("NOT_RESTRICTED", field="person_id")
        lifted = GuardianRestrictionLifted(person_id=person_id, reason=reason, lifted_on=today)
        waiting = {one.person_id for one in self.stands.after(lifted).unconfirmed}
        return [replace(lifted, awaits_leader=person_id in waiting)]

    def change(
        self,
        person_id: str,
        *,
        decision_maker: DecisionMaker,
        source: ResponsibilitySource,
        from_on: date,
        parents_informed: bool,
        around: Surroundings,
        stop_of: dict[str, str],
        by_leader: bool = False,
        today: date,
    ) -> list[Event]:
        """Somebody decides in another capacity. Barnevern decides by a person who is in the group for barnevern; `stop_of` has the stop
        of each guardian. Unless a leader does it (`by_leader`), whoever does not decide any longer by it must still say yes until a leader
        has confirmed it. Raises Refused and Conflict.
        """
        known = self.stands.guardian(person_id)
        care = decision_maker is DecisionMaker.BARNEVERN
        if care:
            if around.agencies.get(person_id) is not Agency.BARNEVERN:
                raise refused("CARE_BY_NAMED_PERSON", field="person_id")
        elif known is None:
            raise refused("NOT_A_GUARDIAN", field="person_id")
        elif known.decision_maker is DecisionMaker.BARNEVERN:
            raise refused("CARE_ENDS_BY_REMOVAL", field="decision_maker")
        informed = care and parents_informed
        if known is not None and (known.decision_maker, known.source, known.parents_informed) == (
            decision_maker,
            source,
            informed,
        ):
            raise conflict("NOTHING_CHANGED", field="decision_maker")
        self._refuse_claim(person_id, decision_maker, source, from_on, today)
        changed = ParentalResponsibilityChanged(
            person_id=person_id,
            decision_maker=decision_maker,
            source=source,
            from_on=from_on,
            parents_informed=informed,
        )
        after = self.stands.after(changed)
        out = [p for p in stop_of if after.kept_out(p) is not None and self.stands.kept_out(p) is None]
        awaits = not by_leader and self._takes_a_say(changed)
        return [replace(changed, stop_ids=tuple(stop_of[person] for person in out), awaits_leader=awaits)]

    def confirm(self, *, today: date) -> list[Event]:
        """Who the guardians are and who decides has been looked at again, and stands."""
        return [GuardianSituationConfirmed(confirmed_on=today)]

    def prefer(
        self,
        person_id: str,
        *,
        language: SpokenLanguage,
        basis: LanguageBasis,
        people: frozenset[str],
    ) -> list[Event]:
        """Somebody around the youth prefers a language. Raises Refused and Conflict."""
        if person_id not in people and self.stands.guardian(person_id) is None:
            raise refused("NOBODY_OF_THE_CASE", field="person_id")
        if basis is LanguageBasis.SAMI_RIGHT and language not in SAMI:
            raise refused("NOT_A_SAMI_LANGUAGE", field="basis")
        if self.languages.get(person_id) is language:
            raise conflict("NOTHING_CHANGED", field="language")
        return [PreferredLanguageSet(person_id=person_id, language=language, basis=basis)]

    def _takes_a_say(self, event: GuardianAdded | ParentalResponsibilityChanged) -> bool:
        """True when somebody's yes is not needed after this, or something about the same person waits for a leader already."""
        after = self.stands.after(event)
        fell_away = {one.person_id for one in self.stands.needed} - {one.person_id for one in after.needed}
        return bool(fell_away) or event.person_id in {one.person_id for one in after.unconfirmed}

    def _has_a_say(self, guardian: Guardian) -> bool:
        """True for one who decides, or would when nobody decided in their place; not when a leader has confirmed them kept out. Barnevern
        has one by whom it names: not by the one it replaces.
        """
        if guardian.decision_maker is DecisionMaker.BARNEVERN:
            named = [one for one in self.stands.guardians if one.decision_maker is DecisionMaker.BARNEVERN]
            return guardian.has_confirmed_say and len(named) == 1
        return guardian.has_confirmed_say

    def _known(self, person_id: str) -> Guardian:
        guardian = self.stands.guardian(person_id)
        if guardian is None:
            raise refused("NOT_A_GUARDIAN", field="person_id")
        return guardian

    def _refuse_claim(
        self,
        person_id: str,
        decision_maker: DecisionMaker,
        source: ResponsibilitySource,
        from_on: date,
        today: date,
    ) -> None:
        refuse_future(from_on, today)
        if source not in SHOWN_BY[decision_maker]:
            raise refused("SOURCE_DOES_NOT_SHOW", field="source")
        others = [one.decision_maker for one in self.stands.guardians if one.person_id != person_id]
        alone = decision_maker is DecisionMaker.SOLE_PARENT and DecisionMaker.PARENT in others
        second = decision_maker is DecisionMaker.PARENT and DecisionMaker.SOLE_PARENT in others
        if alone or second or (decision_maker is DecisionMaker.SOLE_PARENT and decision_maker in others):
            raise refused("SOLE_PARENT_NOT_ALONE", field="decision_maker")


def refuse_unconfirmed(stands: Guardianship, signers: Iterable[Signer]) -> None:
    """Raise Refused where guardians must sign while somebody's say has fallen away without a leader's confirmation."""
    if stands.still_needed and any(one.role is not SignerRole.YOUTH for one in signers):
        raise refused("AWAITS_LEADER")


def refuse_future(from_on: date, today: date) -> None:
    """Raise Refused for a day that has not come: what is registered counts at once."""
    if from_on > today:
        raise refused("FROM_DAY_AHEAD", field="from_on")


def refuse_signer(stands: Guardianship, person_id: str) -> None:
    """Raise Refused for a guardian who may not sign."""
    why = stands.kept_out(person_id)
    if why is not None:
        raise refused(f"{why.value}_SIGNS_NOT", field="person_id")
    guardian = stands.guardian(person_id)
    if guardian is not None and guardian not in stands.deciders:
        raise refused("OTHERS_DECIDE", field="person_id")
