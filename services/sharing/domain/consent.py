"""A consent to share: asked for, answered by each who must, taken back; and what it is worth on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from backbone.refusal import Conflict, Refused, Sentence, Stale
from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    Purpose,
    SignerRole,
    SigningMethod,
)
from schemas.consent import (
    ConsentGiven,
    ConsentRefused,
    ConsentRequested,
    ConsentWithdrawn,
    EffectiveConsentChanged,
)
from schemas.contract import Signer
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.ages import months_after
from services.sharing.domain.signing import HEALTH_CATEGORIES, SigningRules, required_signers

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
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One signer's answer."""

    role: SignerRole
    said: Said
    method: SigningMethod | None = None
    given_on: date | None = None


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
    replies: dict[str, Reply] = {}
    version: int = 1

    def covers(
        self, *, from_agency: Agency, to_agency: Agency, category: Category, purpose: Purpose, about_id: str
    ) -> bool:
        """True when this consent is about exactly such content, going that way, for that purpose."""
        return (
            self.kind in SHARING_KINDS
            and from_agency in self.from_agencies
            and to_agency in self.to_agencies
            and category in self.categories
            and (category not in HEALTH_CATEGORIES or self.kind is ConsentKind.HEALTH)
            and purpose is self.purpose
            and about_id == self.youth_id
        )

    def standing(
        self, on: date, *, band: AgeBand | None, rules: SigningRules, municipality_no: str | None
    ) -> Standing:
        """What the consent is worth on `on`, for a youth of that age band: everyone who decides that day must
        have said yes.

        One who has taken back their yes, or said no, ends it, whoever else says yes: conflict fails closed.
        """
        said = {reply.said for reply in self.replies.values()}
        if Said.TAKEN_BACK in said:
            return Standing.WITHDRAWN
        if Said.NO in said:
            return Standing.REFUSED
        if on > self.valid_to:
            return Standing.EXPIRED
        if not self._complete(band=band, rules=rules, municipality_no=municipality_no):
            return Standing.INCOMPLETE
        return Standing.EFFECTIVE if on >= self.valid_from else Standing.NOT_YET_VALID

    def _complete(self, *, band: AgeBand | None, rules: SigningRules, municipality_no: str | None) -> bool:
        needed = rules.requirement(band, kind=self.kind, municipality_no=municipality_no)
        deciding = {
            role
            for role, decides in ((SignerRole.YOUTH, needed.youth), (SignerRole.GUARDIAN, needed.guardians))
            if decides
        }
        asked = [signer for signer in self.signers if signer.role in deciding]
        everyone_asked = deciding == {signer.role for signer in asked}
        return everyone_asked and all(self._said_yes(signer) for signer in asked)

    def _said_yes(self, signer: Signer) -> bool:
        reply = self.replies.get(signer.person_id)
        return reply is not None and reply.said is Said.YES

    def effect(self) -> ConsentEffect:
        """What all signers who were asked have made of it together, whatever the day."""
        return (
            ConsentEffect.EFFECTIVE
            if all(self._said_yes(signer) for signer in self.signers)
            else ConsentEffect.NONE
        )

    def give(
        self,
        *,
        person_id: str,
        role: SignerRole,
        method: SigningMethod,
        given_on: date,
        today: date,
        seen: int | None,
    ) -> list[Event]:
        """One signer says yes. Raises Refused, Stale."""
        self._check_seen(seen)
        self._check_open(person_id, role)
        if given_on > today:
            raise Refused("CONSENT_IN_FUTURE", sentences.CONSENT_IN_FUTURE, field="given_on")
        if today > self.valid_to:
            raise Refused("CONSENT_EXPIRED", sentences.CONSENT_IS_EXPIRED)
        given = ConsentGiven(
            consent_id=self.consent_id, person_id=person_id, role=role, method=method, given_on=given_on
        )
        return self._with_effect(given)

    def refuse(self, *, person_id: str, role: SignerRole) -> list[Event]:
        """One signer says no. Raises Refused."""
        self._check_open(person_id, role)
        return self._with_effect(ConsentRefused(consent_id=self.consent_id, person_id=person_id, role=role))

    def withdraw(self, *, person_id: str, role: SignerRole) -> list[Event]:
        """One signer takes back their yes; never refused for being late or stale. Raises Refused."""
        self._check_signer(person_id, role)
        reply = self.replies.get(person_id)
        if reply is None or reply.said is Said.NO:
            raise Refused("CONSENT_NOT_GIVEN", sentences.CONSENT_NOT_GIVEN, field="person_id")
        if reply.said is Said.TAKEN_BACK:
            raise Conflict("CONSENT_ALREADY_WITHDRAWN", sentences.ALREADY_WITHDRAWN)
        return self._with_effect(ConsentWithdrawn(consent_id=self.consent_id, person_id=person_id, role=role))

    def _with_effect(self, event: Event) -> list[Event]:
        before, after = self.effect(), self.after(event).effect()
        if before is after:
            return [event]
        return [event, EffectiveConsentChanged(consent_id=self.consent_id, before=before, after=after)]

    def _check_seen(self, seen: int | None) -> None:
        if seen is not None and seen != self.version:
            raise Stale(current=self.version)

    def _check_signer(self, person_id: str, role: SignerRole) -> None:
        if Signer(person_id=person_id, role=role) not in self.signers:
            raise Refused("NOT_A_SIGNER", sentences.NOT_A_SIGNER, field="person_id")

    def _check_open(self, person_id: str, role: SignerRole) -> None:
        self._check_signer(person_id, role)
        said = {reply.said for reply in self.replies.values()}
        if Said.TAKEN_BACK in said or Said.NO in said:
            raise Conflict("CONSENT_ENDED", sentences.CONSENT_ENDED)
        if person_id in self.replies:
            raise Conflict("CONSENT_ALREADY_GIVEN", sentences.ALREADY_GIVEN)

    def after(self, event: Event) -> Consent:
        """The consent after one of its events."""
        match event:
            case ConsentGiven():
                reply = Reply(role=event.role, said=Said.YES, method=event.method, given_on=event.given_on)
                return self._replied(event.person_id, reply)
            case ConsentRefused():
                return self._replied(event.person_id, Reply(role=event.role, said=Said.NO))
            case ConsentWithdrawn():
                earlier = self.replies[event.person_id]
                return self._replied(event.person_id, msgspec.structs.replace(earlier, said=Said.TAKEN_BACK))
        return self

    def _replied(self, person_id: str, reply: Reply) -> Consent:
        return msgspec.structs.replace(
            self, replies={**self.replies, person_id: reply}, version=self.version + 1
        )


def requested(event: ConsentRequested, *, case_id: str) -> Consent:
    """The consent that a request begins."""
    fields = {name: getattr(event, name) for name in event.__struct_fields__}
    return Consent(case_id=case_id, **fields)


def request(
    event: ConsentRequested,
    *,
    youth_id: str | None,
    guardian_ids: tuple[str, ...],
    municipality_no: str | None,
    band: AgeBand | None,
    rules: SigningRules,
) -> list[Event]:
    """Ask for a consent: the case's own youth, everyone who must sign, a bounded time, health apart. Raises
    Refused.
    """
    if event.youth_id != youth_id:
        _refuse("OTHER_YOUTH", sentences.OTHER_YOUTH, "youth_id")
    if not (event.from_agencies and event.to_agencies and event.categories):
        _refuse("SCOPE_EMPTY", sentences.SCOPE_EMPTY, "categories")
    _check_kind(event)
    _check_validity(event, rules)
    needed = rules.requirement(band, kind=event.kind, municipality_no=municipality_no)
    required = required_signers(needed, youth_id=event.youth_id, guardian_ids=guardian_ids)
    if needed.guardians and not guardian_ids:
        _refuse("GUARDIAN_UNKNOWN", sentences.GUARDIAN_UNKNOWN, "signers")
    if frozenset(event.signers) != required or len(set(event.signers)) != len(event.signers):
        _refuse("SIGNERS_WRONG", sentences.SIGNERS_WRONG, "signers")
    return [event]


def _check_kind(event: ConsentRequested) -> None:
    health = HEALTH_CATEGORIES & set(event.categories)
    if health and event.kind is not ConsentKind.HEALTH:
        _refuse("HEALTH_APART", sentences.HEALTH_APART, "categories")
    if event.kind is ConsentKind.HEALTH and health != set(event.categories):
        _refuse("HEALTH_ALONE", sentences.HEALTH_APART, "categories")


def _check_validity(event: ConsentRequested, rules: SigningRules) -> None:
    longest = months_after(event.valid_from, rules.longest_validity_months)
    if event.valid_to < event.valid_from:
        _refuse("VALIDITY_BACKWARDS", sentences.VALIDITY_BACKWARDS, "valid_to")
    if event.valid_to > longest:
        _refuse("VALIDITY_TOO_LONG", sentences.VALIDITY_TOO_LONG, "valid_to")


def _refuse(rule: str, sentence: Sentence, field: str) -> None:
    raise Refused(rule, sentence, field=field)
