"""Giving information without consent: the decision, its conditions, and what it opens for how long. Never a
silent way around a no.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Unpack

import msgspec

from backbone.refusal import NotAllowed, Refused, Sentence
from schemas.codes import Agency, Category, GivenHow, GuardiansNotTold, LegalBasis, Purpose
from schemas.disclosure import (
    DisclosureDeferralReviewed,
    DisclosureFollowedUp,
    DutyActedOn,
    InformationDisclosed,
)
from schemas.event import Event
from services.sharing.domain import sentences
from services.sharing.domain.bases import BasisRule, LegalBases, Who
from services.sharing.domain.consent import Consent, Flow, No


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """A disclosure as the gate sees it, and what the youth has been told of it. `number` is its place among our events of the case."""

    disclosure_id: str
    case_id: str
    basis: LegalBasis
    about_id: str
    from_agency: Agency
    to_agency: Agency
    categories: tuple[Category, ...]
    purpose: Purpose
    given_on: date
    decided_by: str
    provision: str
    law: str
    refs: tuple[str, ...] | None = None
    opens_until: date | None = None
    youth_told_on: date | None = None
    tell_review_on: date | None = None
    guardians_told_on: date | None = None
    guardians_not_told: GuardiansNotTold | None = None
    follow_up_on: date | None = None
    followed_up_on: date | None = None
    despite_withdrawal_ref: str | None = None
    number: int = 0

    def decided_despite(self, no: No) -> bool:
        """True when somebody decided this after that no, and said in so many words why all the same."""
        return self.despite_withdrawal_ref is not None and self.number > no.number

    def covers(self, *, ref: str, on: date, **flow: Unpack[Flow]) -> bool:
        """True when this disclosure opens exactly such content on the day."""
        return (
            self.opens_until is not None
            and self.given_on <= on <= self.opens_until
            and (flow["from_agency"], flow["to_agency"], flow["purpose"], flow["about_id"])
            == (self.from_agency, self.to_agency, self.purpose, self.about_id)
            and flow["category"] in self.categories
            and (self.refs is None or ref in self.refs)
        )

    def after(self, event: Event) -> Disclosure:
        """The disclosure after a review of its deferral, or after it was followed up."""
        if isinstance(event, DisclosureFollowedUp):
            return msgspec.structs.replace(self, followed_up_on=event.followed_up_on)
        if isinstance(event, DisclosureDeferralReviewed):
            return msgspec.structs.replace(
                self, youth_told_on=event.youth_told_on, tell_review_on=event.tell_review_on
            )
        return self


def disclosed(event: InformationDisclosed, *, case_id: str, number: int = 0) -> Disclosure:
    """The disclosure that an event tells of."""
    names = set(Disclosure.__struct_fields__) - {"case_id", "number", "followed_up_on"}
    return Disclosure(case_id=case_id, number=number, **{name: getattr(event, name) for name in names})


class Decider(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides, as the case and the log-in have them."""

    person_id: str
    agency: Agency
    in_case: bool
    leader: bool


def disclose(
    asked: InformationDisclosed,
    *,
    decider: Decider,
    youth_id: str | None,
    bases: LegalBases,
    consents: Iterable[Consent],
    today: date,
) -> list[Event]:
    """Decide that information is given. Raises Refused, NotAllowed."""
    rule = bases.rule(asked.basis)
    provision = bases.provision(asked.basis, asked.given_on)
    if provision is None:
        _refuse("BASIS_NOT_IN_FORCE", sentences.BASIS_NOT_IN_FORCE, "basis")
        raise AssertionError
    if asked.about_id != youth_id:
        _refuse("OTHER_YOUTH", sentences.OTHER_YOUTH, "about_id")
    _check_decider(rule, decider, asked)
    _check_scope(rule, asked, decider)
    _check_conditions(rule, asked)
    _check_times(rule, asked, bases, today)
    _check_not_around_a_no(asked, consents)
    law, place = provision
    return [
        msgspec.structs.replace(
            asked,
            law=law,
            provision=place,
            bases_version=bases.version,
            decided_by=decider.person_id,
            decided_as_leader=rule.who is Who.LEADER,
        )
    ]


def act(asked: DutyActedOn, *, bases: LegalBases, today: date) -> list[Event]:
    """Somebody acted on a duty of their own. The youth is told, or it is said when that is looked at again; where nothing is said,
    as late as a deferral may last, since whoever acts at once has not thought of it yet. Raises Refused.
    """
    if asked.acted_on > today:
        _refuse("GIVEN_IN_FUTURE", sentences.GIVEN_IN_FUTURE, "acted_on")
    if (asked.youth_told_on, asked.tell_review_on, asked.deferral) == (None, None, None):
        latest = today + timedelta(days=bases.longest_deferral_days)
        return [msgspec.structs.replace(asked, tell_review_on=latest)]
    _check_telling(asked, bases, today)
    return [asked]


def review_deferral(
    disclosure: Disclosure, review: DisclosureDeferralReviewed, *, bases: LegalBases, today: date
) -> list[Event]:
    """Tell the youth now, or say when to look again. Raises Refused."""
    if disclosure.youth_told_on is not None:
        _refuse("ALREADY_TOLD", sentences.YOUTH_ALREADY_TOLD, "youth_told_on")
    _check_telling(review, bases, today)
    return [review]


def _check_decider(rule: BasisRule, decider: Decider, asked: InformationDisclosed) -> None:
    if rule.who is Who.LEADER and not (decider.leader and asked.asked_by not in (None, decider.person_id)):
        raise NotAllowed("LEADER_DECIDES", sentences.LEADER_DECIDES)
    if rule.who is Who.MEMBER and not decider.in_case:
        raise NotAllowed("NOT_IN_CASE", sentences.NOT_IN_CASE)


def _check_scope(rule: BasisRule, asked: InformationDisclosed, decider: Decider) -> None:
    if asked.from_agency is not decider.agency or asked.to_agency is asked.from_agency:
        _refuse("GIVER_DECIDES", sentences.GIVER_DECIDES, "from_agency")
    for name, allowed, given in (
        ("categories", rule.categories, set(asked.categories)),
        ("from_agency", rule.givers, {asked.from_agency}),
        ("to_agency", rule.receivers, {asked.to_agency}),
    ):
        if not given or (allowed is not None and not given <= set(allowed)):
            _refuse("OUTSIDE_BASIS", sentences.OUTSIDE_BASIS, name)


def _check_conditions(rule: BasisRule, asked: InformationDisclosed) -> None:
    wanted = {*rule.texts, *rule.persons}
    if set(asked.condition_refs) != wanted:
        _refuse("CONDITIONS_MISSING", sentences.CONDITIONS_MISSING, "condition_refs")
    fits = all(asked.condition_codes.get(name) in choices for name, choices in rule.codes.items())
    if set(asked.condition_codes) != set(rule.codes) or not fits:
        _refuse("CONDITIONS_MISSING", sentences.CONDITIONS_MISSING, "condition_codes")


def _check_times(rule: BasisRule, asked: InformationDisclosed, bases: LegalBases, today: date) -> None:
    if asked.given_on > today:
        _refuse("GIVEN_IN_FUTURE", sentences.GIVEN_IN_FUTURE, "given_on")
    opens = asked.given_how is GivenHow.IN_THE_SYSTEM
    if opens and not rule.opens:
        _refuse("BASIS_OPENS_NOTHING", sentences.BASIS_OPENS_NOTHING, "given_how")
    if opens != (asked.opens_until is not None):
        _refuse("OPENS_UNTIL", sentences.OPENS_UNTIL, "opens_until")
    longest = timedelta(days=bases.longest_days)
    if asked.opens_until is not None and not asked.given_on <= asked.opens_until <= asked.given_on + longest:
        _refuse("OPENS_UNTIL", sentences.OPENS_UNTIL, "opens_until")
    _check_telling(asked, bases, today)
    if (asked.guardians_told_on is None) == (asked.guardians_not_told is None):
        _refuse("GUARDIANS_TOLD_OR_WHY", sentences.GUARDIANS_TOLD_OR_WHY, "guardians_told_on")
    if asked.guardians_told_on is not None and asked.guardians_told_on > today:
        _refuse("GIVEN_IN_FUTURE", sentences.GIVEN_IN_FUTURE, "guardians_told_on")
    if asked.follow_up_on is not None and asked.follow_up_on < asked.given_on:
        _refuse("FOLLOW_UP_BEFORE", sentences.FOLLOW_UP_BEFORE, "follow_up_on")


def _check_telling(
    told: InformationDisclosed | DisclosureDeferralReviewed | DutyActedOn, bases: LegalBases, today: date
) -> None:
    deferred = told.tell_review_on is not None and told.deferral is not None
    if (told.youth_told_on is not None) == deferred or (told.tell_review_on is None) != (
        told.deferral is None
    ):
        _refuse("YOUTH_TOLD_OR_DEFERRED", sentences.YOUTH_TOLD_OR_DEFERRED, "youth_told_on")
    last = today + timedelta(days=bases.longest_deferral_days)
    if told.tell_review_on is not None and not today < told.tell_review_on <= last:
        _refuse("REVIEW_DATE", sentences.REVIEW_DATE, "tell_review_on")
    if told.youth_told_on is not None and told.youth_told_on > today:
        _refuse("GIVEN_IN_FUTURE", sentences.GIVEN_IN_FUTURE, "youth_told_on")


def _check_not_around_a_no(asked: InformationDisclosed, consents: Iterable[Consent]) -> None:
    """Where somebody has said no to the same sharing, the giver says in so many words why it is done all the
    same.
    """
    said_no = any(
        consent.says_no_to(asked.to_agency)
        and asked.from_agency in consent.from_agencies
        and set(asked.categories) & set(consent.categories)
        for consent in consents
    )
    if said_no and asked.despite_withdrawal_ref is None:
        _refuse("DESPITE_A_NO", sentences.DESPITE_A_NO, "despite_withdrawal_ref")


def _refuse(rule: str, sentence: Sentence, field: str) -> None:
    raise Refused(rule, sentence, field=field)
