"""A consent to share: what its events have made of it, and what it is worth on a day."""

from __future__ import annotations

import sys
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypedDict, Unpack

import msgspec

from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    EffectReason,
    Purpose,
    SignerRole,
    SigningMethod,
)
from schemas.consent import (
    ConsentConfirmed,
    ConsentExpired,
    ConsentGiven,
    ConsentLapsed,
    ConsentRefused,
    ConsentRequested,
    ConsentSignerExcused,
    ConsentSuperseded,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.consent_loss import ConsentSignerContacted
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.domain.signing import HEALTH_CATEGORIES, Requirement, SigningRules

SHARING_KINDS = frozenset({ConsentKind.SECRECY_RELEASE, ConsentKind.HEALTH, ConsentKind.EXTRA})
"""Kinds that can let content through; a yes to take part is not a yes to share."""


class Said(StrEnum):
    """What one signer has answered."""

    YES = "YES"
    NO = "NO"
    TAKEN_BACK = "TAKEN_BACK"


class Standing(StrEnum):
    """What a consent is worth on a day, and why not more."""

    EFFECTIVE = "EFFECTIVE"
    INCOMPLETE = "INCOMPLETE"
    TO_BE_RENEWED = "TO_BE_RENEWED"
    LAPSED = "LAPSED"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    CONTRACT_ENDED = "CONTRACT_ENDED"
    SUPERSEDED = "SUPERSEDED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    OTHERS_DECIDE = "OTHERS_DECIDE"


class PartTakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """That a yes was taken back for some receivers and stands for the others: where in the case's log, and on which day."""

    to_agencies: tuple[Agency, ...]
    number: int = 0
    recorded_on: date | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One signer's answer; `only_to` and `only_categories` narrow a yes. `age_band` is the youth's on the day of it.
    `number` is the answer's place among our events of the case, so that it is known what was said first.
    """

    role: SignerRole
    said: Said
    method: SigningMethod | None = None
    given_on: date | None = None
    confirmed_on: date | None = None
    only_to: tuple[Agency, ...] | None = None
    only_categories: tuple[Category, ...] | None = None
    explained_by: str | None = None
    interpreter_used: bool = False
    age_band: AgeBand | None = None
    number: int = 0
    recorded_on: date | None = None
    taken_back: tuple[PartTakenBack, ...] = ()

    def reaches(self, to_agency: Agency, category: Category) -> bool:
        """True when the answer leaves this receiver and this category in."""
        return self.leaves_in(to_agency) and self._is_about(category)

    def leaves_in(self, to_agency: Agency) -> bool:
        """True when the answer is about this receiver too, and has not been taken back for it."""
        return (self.only_to is None or to_agency in self.only_to) and not self.is_taken_back_for(to_agency)

    def is_taken_back_for(self, to_agency: Agency) -> bool:
        """True when a yes was taken back for just this receiver."""
        return any(to_agency in part.to_agencies for part in self.taken_back)

    def parts_against(self, to_agency: Agency, category: Category) -> list[PartTakenBack]:
        """Where a yes that let this through was taken back for just this receiver."""
        return [
            part for part in self.taken_back if to_agency in part.to_agencies and self._is_about(category)
        ]

    def _is_about(self, category: Category) -> bool:
        return self.only_categories is None or category in self.only_categories

    def without(self, only_to: tuple[Agency, ...] | None, **place: Any) -> Reply:
        """The answer when it is taken back: for these receivers, or wholly. `place` is where and on which day."""
        if only_to is None:
            return msgspec.structs.replace(self, said=Said.TAKEN_BACK, **place)
        part = PartTakenBack(to_agencies=only_to, **place)
        return msgspec.structs.replace(self, taken_back=(*self.taken_back, part))

    def wholly(self) -> Reply:
        """The answer as it is read where a no is always for all of it."""
        if not self.taken_back or self.said is not Said.YES:
            return msgspec.structs.replace(self, taken_back=())
        last = self.taken_back[-1]
        whole = msgspec.structs.replace(self, taken_back=())
        return whole.without(None, number=last.number, recorded_on=last.recorded_on)

    def is_yes_after(self, no: No) -> bool:
        """True for a yes said after that no: a paper signed on an earlier day is not made newer by being registered late."""
        older = None not in (self.given_on, no.recorded_on) and self.given_on < no.recorded_on  # type: ignore[operator]
        return self.said is Said.YES and self.number > no.number and not older


class Flow(TypedDict):
    """What would go from whom to whom, what for, about whom."""

    from_agency: Agency
    to_agency: Agency
    category: Category
    purpose: Purpose
    about_id: str


class No(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody said no to a sharing, or took back their yes: where in the case's log, and on which day.
    `partly` where only some receivers were taken out of it.
    """

    consent_id: str
    person_id: str
    said: Said
    number: int
    recorded_on: date | None
    partly: bool = False


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """One consent; its state is what its events say."""

    consent_id: str
    case_id: str
    kind: ConsentKind
    youth_id: str
    from_agencies: tuple[Agency, ...]
    to_agencies: tuple[Agency, ...]
    categories: tuple[Category, ...]
    purpose: Purpose
    valid_from: date
    valid_to: date
    text_version: str
    language: str
    signers: tuple[Signer, ...]
    signing_rules: str
    requested_on: date
    supersedes: str | None = None
    replies: dict[str, Reply] = {}
    excused: tuple[str, ...] = ()
    superseded_from: date | None = None
    sought_in_vain: dict[str, tuple[date, ...]] = {}
    """The days on which somebody who was asked was sought and not reached."""
    told_ended: bool = False
    others_decide: bool = False
    """Told to carry nothing any more, since others decide for the youth than those who were asked."""
    outgrown: bool = False
    """Told that the yeses no longer suffice at the youth's age; `standing` does not wait for it."""
    version: int = 1

    def covers(self, **flow: Unpack[Flow]) -> bool:
        """True when this consent is about exactly such content, going that way, for that purpose, and
        everybody who
        narrowed their yes left that in.
        """
        reached = (reply.reaches(flow["to_agency"], flow["category"]) for reply in self.replies.values())
        return self.asks_for(**flow) and all(reached)

    def asks_for(self, **flow: Unpack[Flow]) -> bool:
        """True when people were asked about exactly such content, whatever they have made of it since."""
        return (
            self.kind in SHARING_KINDS
            and flow["from_agency"] in self.from_agencies
            and flow["to_agency"] in self.to_agencies
            and flow["category"] in self.categories
            and (flow["category"] not in HEALTH_CATEGORIES or self.kind is ConsentKind.HEALTH)
            and flow["purpose"] is self.purpose
            and flow["about_id"] == self.youth_id
        )

    def noes(self, **flow: Unpack[Flow]) -> list[No]:
        """Who has said no to exactly such content here, or taken back a yes that reached it."""
        if not self.asks_for(**flow):
            return []
        way = flow["to_agency"], flow["category"]
        found: list[No] = []
        for person, reply in self.replies.items():
            if reply.said is not Said.YES and reply.reaches(*way):
                found.append(self._no(person, reply.said, reply))
            for part in reply.parts_against(*way):
                found.append(msgspec.structs.replace(self._no(person, Said.TAKEN_BACK, part), partly=True))
        return found

    def _no(self, person_id: str, said: Said, place: Reply | PartTakenBack) -> No:
        return No(
            consent_id=self.consent_id,
            person_id=person_id,
            said=said,
            number=place.number,
            recorded_on=place.recorded_on,
        )

    def says_no_to(self, agency: Agency) -> bool:
        """True when somebody has said no here to telling this receiver, or taken back their yes to it."""
        return agency in self.to_agencies and any(
            reply.said is not Said.YES or reply.is_taken_back_for(agency) for reply in self.replies.values()
        )

    def given_after(self, no: No) -> bool:
        """True when whoever said that no has said yes here since; where they were not asked, when everybody who said yes has."""
        yes = self.replies.get(no.person_id)
        said = [yes] if yes is not None else list(self.replies.values())
        return bool(said) and all(reply.is_yes_after(no) for reply in said)

    def standing(
        self,
        on: date,
        *,
        band: AgeBand | None,
        rules: SigningRules,
        municipality_no: str | None,
        deciders: Collection[Signer],
        agreed_until: date | None,
    ) -> Standing:
        """What the consent is worth on `on`, for a youth of that age band: everyone who decides that day must
        have said yes. `deciders` are those who decide for the youth that day; `agreed_until` is the last day of the
        contract or plan, which no consent outlives (None where there is none).

        One who has taken back their yes, or said no, ends it, whoever else says yes: conflict fails closed.
        """
        if self.is_taken_back():
            return Standing.WITHDRAWN
        if self._is_refused():
            return Standing.REFUSED
        if self.superseded_from is not None and on >= self.superseded_from:
            return Standing.SUPERSEDED
        if on > self.valid_to:
            return Standing.EXPIRED
        if agreed_until is not None and on > agreed_until:
            return Standing.CONTRACT_ENDED
        if self.lapses(on, rules):
            return Standing.LAPSED
        needed = rules.requirement(band, kind=self.kind, municipality_no=municipality_no)
        if needed.guardians and (self.others_decide or self.misses(deciders)):
            return Standing.OTHERS_DECIDE
        if not self._complete(needed):
            return Standing.INCOMPLETE
        if band is AgeBand.ADULT and rules.adult_says_yes_anew and not self._said_as_adult():
            return Standing.TO_BE_RENEWED
        return Standing.EFFECTIVE if on >= self.valid_from else Standing.NOT_YET_VALID

    def lapses(self, on: date, rules: SigningRules) -> bool:
        """True when somebody who was asked has not answered in time, and nobody may answer any more."""
        return not self.all_yes() and on > self.requested_on + timedelta(days=rules.lapse_after_days)

    def misses(self, deciders: Collection[Signer]) -> bool:
        """True when somebody who decides for the youth was not asked, or when nobody decides."""
        return not deciders or not set(deciders) <= set(self.signers)

    def _complete(self, needed: Requirement) -> bool:
        youths = [signer for signer in self.signers if signer.role is SignerRole.YOUTH]
        others = [signer for signer in self.signers if signer.role is not SignerRole.YOUTH]
        sides = [side for side, asked in ((youths, needed.youth), (others, needed.guardians)) if asked]
        return all(side and all(self.said_yes(signer) for signer in side) for side in sides)

    def _said_as_adult(self) -> bool:
        """True when the youth said yes after turning 18; a yes from an unknown age counts as a child's."""
        return any(
            reply.role is SignerRole.YOUTH and reply.age_band is AgeBand.ADULT
            for reply in self.replies.values()
        )

    def said_yes(self, signer: Signer) -> bool:
        """True when the signer has said yes, or has been excused."""
        reply = self.replies.get(signer.person_id)
        return signer.person_id in self.excused or (reply is not None and reply.said is Said.YES)

    def all_yes(self) -> bool:
        """True when everybody who was asked has said yes."""
        return all(self.said_yes(signer) for signer in self.signers)

    def ended(self) -> bool:
        """True when nothing can make it effective again."""
        return self.told_ended or self.is_taken_back() or self._is_refused()

    def is_taken_back(self) -> bool:
        """True when somebody has taken back their yes, or when no receiver is left whom nobody has taken out of it."""
        replies = self.replies.values()
        if any(reply.said is Said.TAKEN_BACK for reply in replies):
            return True
        return self.is_partly_taken_back() and not any(
            all(reply.leaves_in(agency) for reply in replies) for agency in self.to_agencies
        )

    def is_partly_taken_back(self) -> bool:
        """True when somebody has taken back their yes for some of the receivers."""
        return any(reply.taken_back for reply in self.replies.values())

    def _is_refused(self) -> bool:
        return any(reply.said is Said.NO for reply in self.replies.values())

    def was_agreed_to(self) -> bool:
        """True when everybody who was asked has said yes at one time, whatever they have made of it since."""
        return all(
            signer.person_id in self.excused
            or (signer.person_id in self.replies and self.replies[signer.person_id].said is not Said.NO)
            for signer in self.signers
        )

    def without_the_yes_of(self, person_id: str, only_to: tuple[Agency, ...] | None = None) -> Consent:
        """The consent when this signer's yes is taken back now (for these receivers, or wholly), after everything else that has been said."""
        reply = self.replies.get(person_id)
        if reply is None:
            return self
        return self._replied(person_id, reply.without(only_to, number=sys.maxsize))

    def with_every_no_whole(self) -> Consent:
        """The consent as the policies until 2026.5 read it: whoever took back a yes took back all of it."""
        if not self.is_partly_taken_back():
            return self
        replies = {person: reply.wholly() for person, reply in self.replies.items()}
        return msgspec.structs.replace(self, replies=replies)

    def effect(self) -> ConsentEffect:
        """What all signers who were asked have made of it together, and whether its time has been told to be
        over.
        """
        told_over = self.ended() or self.others_decide or self.outgrown
        return ConsentEffect.EFFECTIVE if self.all_yes() and not told_over else ConsentEffect.NONE

    def after(self, event: Event, *, number: int = 0, recorded_on: date | None = None) -> Consent:
        """The consent after one of its events; `number` is the event's among our events of the case."""
        change = msgspec.structs.replace
        place: dict[str, Any] = {"number": number, "recorded_on": recorded_on}
        later = change(self, version=self.version + 1)
        match event:
            case ConsentGiven():
                return later._replied(
                    event.person_id,
                    Reply(
                        role=event.role,
                        said=Said.YES,
                        method=event.method,
                        given_on=event.given_on,
                        only_to=event.only_to,
                        only_categories=event.only_categories,
                        explained_by=event.explained_by,
                        interpreter_used=event.interpreter_used,
                        age_band=event.age_band,
                        **place,
                    ),
                )
            case ConsentRefused():
                return later._replied(event.person_id, Reply(role=event.role, said=Said.NO, **place))
            case ConsentWithdrawn():
                taken_back = self.replies[event.person_id].without(event.only_to, **place)
                return later._replied(event.person_id, taken_back)
            case ConsentConfirmed():
                confirmed = change(self.replies[event.person_id], confirmed_on=event.confirmed_on)
                return later._replied(event.person_id, confirmed)
            case ConsentSignerExcused():
                return change(later, excused=(*self.excused, event.person_id))
            case ConsentSignerContacted(reached=False, person_id=person_id, contacted_on=day):
                days = (*self.sought_in_vain.get(person_id, ()), day)
                return change(later, sought_in_vain={**self.sought_in_vain, person_id: days})
            case ConsentSuperseded():
                return change(later, superseded_from=event.from_on)
            case ConsentExpired() | ConsentLapsed():
                return change(later, told_ended=True)
            case EffectiveConsentChanged(because=EffectReason.OTHERS_DECIDE):
                return change(later, others_decide=True)
            case EffectiveConsentChanged() if event.after is not self.effect():
                return change(later, outgrown=event.after is ConsentEffect.NONE)
        return self

    def _replied(self, person_id: str, reply: Reply) -> Consent:
        return msgspec.structs.replace(self, replies={**self.replies, person_id: reply})


def requested(event: ConsentRequested, *, case_id: str) -> Consent:
    """The consent that a request begins."""
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    return Consent(case_id=case_id, **fields)
