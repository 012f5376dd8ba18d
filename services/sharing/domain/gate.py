"""The gate's decision: one pure function of a question and of what is known. Whatever is not expressly
permitted is denied.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from schemas.codes import AgeBand, Agency, Category, ConsentKind, Function, LegalBasis, Outcome, Purpose
from schemas.information import ReferenceDecision
from services.sharing.domain.case_file import CaseFile, Membership
from services.sharing.domain.case_texts import CaseTexts
from services.sharing.domain.consent import Consent, Flow, No, Said, Standing
from services.sharing.domain.disclosure import Disclosure
from services.sharing.domain.document import Document
from services.sharing.domain.policy import POLICY, Policy
from services.sharing.domain.protection import Protection
from services.sharing.domain.signing import SigningRules


class Basis(StrEnum):
    """Why content was let through."""

    WITHIN_BODY = "WITHIN_BODY"
    OWN_CONTENT = "OWN_CONTENT"
    CASE_LEAD = "CASE_LEAD"
    PARTICIPATION = "PARTICIPATION"
    CONSENT = "CONSENT"


class Why(StrEnum):
    """Why content was not let through."""

    NO_STAFF_ROLE = "NO_STAFF_ROLE"
    CASE_HELD = "CASE_HELD"
    STOPPED = "STOPPED"
    CASE_CLOSED = "CASE_CLOSED"
    CASE_ERASED = "CASE_ERASED"
    NOT_MEMBER = "NOT_MEMBER"
    PROTECTED = "PROTECTED"
    OTHER_AGENCY = "OTHER_AGENCY"
    SECRECY_NOT_DECLARED = "SECRECY_NOT_DECLARED"
    CERTIFICATE_NOT_SHOWN = "CERTIFICATE_NOT_SHOWN"
    YOUTH_IS_ADULT = "YOUTH_IS_ADULT"
    GUARDIAN_RESTRICTED = "GUARDIAN_RESTRICTED"
    GUARDIAN_REMOVED = "GUARDIAN_REMOVED"
    CARE_TAKEN_OVER = "CARE_TAKEN_OVER"
    WITHOUT_RESPONSIBILITY = "WITHOUT_RESPONSIBILITY"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    REDACTED = "REDACTED"
    PRIVATE_NOTE = "PRIVATE_NOTE"
    NOT_ISSUED = "NOT_ISSUED"
    FOR_LEAD = "FOR_LEAD"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    CONSENT_WITHDRAWN_FOR_AGENCY = "CONSENT_WITHDRAWN_FOR_AGENCY"
    CONSENT_REFUSED = "CONSENT_REFUSED"
    CONSENT_EXPIRED = "CONSENT_EXPIRED"
    CONTRACT_ENDED = "CONTRACT_ENDED"
    CONSENT_SUPERSEDED = "CONSENT_SUPERSEDED"
    CONSENT_LAPSED = "CONSENT_LAPSED"
    CONSENT_OTHERS_DECIDE = "CONSENT_OTHERS_DECIDE"
    CONSENT_INCOMPLETE = "CONSENT_INCOMPLETE"
    CONSENT_TO_BE_RENEWED = "CONSENT_TO_BE_RENEWED"
    CONSENT_NOT_YET_VALID = "CONSENT_NOT_YET_VALID"
    NO_BASIS = "NO_BASIS"


WHY_NOT_CONSENT = {
    Standing.WITHDRAWN: Why.CONSENT_WITHDRAWN,
    Standing.REFUSED: Why.CONSENT_REFUSED,
    Standing.EXPIRED: Why.CONSENT_EXPIRED,
    Standing.CONTRACT_ENDED: Why.CONTRACT_ENDED,
    Standing.SUPERSEDED: Why.CONSENT_SUPERSEDED,
    Standing.LAPSED: Why.CONSENT_LAPSED,
    Standing.OTHERS_DECIDE: Why.CONSENT_OTHERS_DECIDE,
    Standing.TO_BE_RENEWED: Why.CONSENT_TO_BE_RENEWED,
    Standing.INCOMPLETE: Why.CONSENT_INCOMPLETE,
    Standing.NOT_YET_VALID: Why.CONSENT_NOT_YET_VALID,
}
"""In the order of what a reader most needs to know."""
WHY_NO = {Said.TAKEN_BACK: Why.CONSENT_WITHDRAWN, Said.NO: Why.CONSENT_REFUSED}


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of content as the gate sees it: everything but what it says."""

    ref: str
    category: Category
    from_agency: Agency
    about_id: str
    author_id: str


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A stop for one person, or for everybody (`person_id` None); `number` orders the stops of a case."""

    stop_id: str
    person_id: str | None
    number: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants to see what, what for, on which local date. `agency` is the one that the log-in claims; `staff` is False where it has no
    role of those who follow youths up.
    """

    person_id: str
    agency: str | None
    purpose: Purpose
    refs: tuple[str, ...]
    on: date
    staff: bool = True


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a decision may rest on, read at one instant under the lock of the case."""

    case: CaseFile
    rules: SigningRules
    items: dict[str, Item]
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    stops: tuple[Stop, ...] = ()
    held: bool = False
    erased: bool = False
    protection: Protection | None = None
    band: AgeBand | None = None
    documents: dict[str, Document] = {}
    policy: Policy = POLICY


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The gate's answer: for the whole case (`reason`) and for each reference."""

    to_agency: Agency | None
    decisions: tuple[ReferenceDecision, ...]
    reason: Why | None = None


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """Who would receive, once it is clear that they may ask at all."""

    person_id: str
    agency: Agency | None
    lead: bool
    by_consent_only: bool = False
    """True where taking part opens nothing: mentors, and private people outside the family."""


def decide(question: Question, knowledge: Knowledge) -> Verdict:
    """Decide every reference. Pure: the same question and knowledge give the same answer, today and in ten
    years.
    """
    receiver = receiver_of(question, knowledge)
    protection = knowledge.protection
    if not isinstance(receiver, Why) and protection and protection.closes_case(question.person_id):
        receiver = Why.PROTECTED
    if isinstance(receiver, Why):
        decisions = tuple(_denied(ref, knowledge.items.get(ref), receiver) for ref in question.refs)
        return Verdict(to_agency=_agency(question, knowledge), decisions=decisions, reason=receiver)
    decisions = tuple(_decide_one(ref, question, knowledge, receiver) for ref in question.refs)
    return Verdict(to_agency=receiver.agency, decisions=decisions)


def receiver_of(question: Question, knowledge: Knowledge) -> Receiver | Why:
    """Who the person is in the case, or why they may ask for nothing."""
    case, person = knowledge.case, question.person_id
    if not question.staff:
        return Why.NO_STAFF_ROLE
    if in_force(knowledge.stops, case, person):
        return Why.STOPPED
    if knowledge.held:
        return Why.CASE_HELD
    if knowledge.erased:
        return Why.CASE_ERASED
    if case.frozen:
        return Why.CASE_CLOSED
    if person == case.lead_id:
        if knowledge.policy.lead_acts_for_owner and question.agency != (case.owner_agency or question.agency):
            return Why.OTHER_AGENCY
        return Receiver(person_id=person, agency=case.owner_agency, lead=True)
    member = case.members.get(person)
    kept_out = case.guardians.kept_out(person)
    if kept_out is not None and (member is None or member.function is Function.GUARDIAN):
        return Why(kept_out.value)
    why = _why_not_member(member, question, knowledge)
    if why is not None or member is None:
        return why or Why.NOT_MEMBER
    return Receiver(
        person_id=person, agency=member.agency, lead=False, by_consent_only=member.by_consent_only
    )


def _why_not_member(member: Membership | None, question: Question, knowledge: Knowledge) -> Why | None:
    if member is None or member.joined_on > question.on:
        return Why.NOT_MEMBER
    if knowledge.case.closed_on is not None:
        return Why.CASE_CLOSED
    if question.agency != member.agency:
        return Why.OTHER_AGENCY
    if not member.declared:
        return Why.SECRECY_NOT_DECLARED
    if member.mentor and not member.certified:
        return Why.CERTIFICATE_NOT_SHOWN
    if member.function is Function.GUARDIAN and knowledge.band in (None, AgeBand.ADULT):
        return Why.YOUTH_IS_ADULT
    return None


def in_force(stops: Iterable[Stop], case: CaseFile, person_id: str) -> bool:
    """True while a stop for the person stands: one that no applied event has named, nor a later one for the
    same person.
    """
    mine = [stop for stop in stops if stop.person_id in (person_id, None)]
    named = [stop for stop in mine if stop.stop_id in case.stops_named]
    return any(
        all(stop.number > done.number for done in named if done.person_id == stop.person_id)
        for stop in mine
        if stop not in named
    )


def decide_item(
    item: Item, question: Question, knowledge: Knowledge, receiver: Receiver
) -> ReferenceDecision:
    """Decide one piece of content for somebody who may ask."""
    document = knowledge.documents.get(item.ref)
    if document is not None and document.redacted:
        return _denied(item.ref, item, Why.REDACTED)
    if document is not None and document.private_to_others_than(receiver.person_id):
        return _denied(item.ref, item, Why.PRIVATE_NOTE)
    why = _why_not_such_a_text(item, knowledge, receiver)
    if why is not None:
        return _denied(item.ref, item, why)
    basis = _basis_without_consent(item, question, knowledge, receiver)
    if basis is not None:
        return _permitted(item, basis)
    return _by_consent(item, question, knowledge, receiver)


def _why_not_such_a_text(item: Item, knowledge: Knowledge, receiver: Receiver) -> Why | None:
    """What the events that name a text say it is, whatever category it was laid down under."""
    texts = knowledge.case.texts if knowledge.policy.knows_texts_by_their_events else CaseTexts()
    if item.author_id != receiver.person_id:
        if texts.drafted(item.ref) and not knowledge.case.leads_group(receiver.person_id):
            return Why.NOT_ISSUED
        if item.ref in texts.for_lead and not receiver.lead:
            return Why.FOR_LEAD
    category = Category.ADDRESS if item.ref in texts.places else item.category
    protection = knowledge.protection
    return Why.PROTECTED if protection and protection.closes(category, receiver.person_id) else None


def _decide_one(ref: str, question: Question, knowledge: Knowledge, receiver: Receiver) -> ReferenceDecision:
    item = knowledge.items.get(ref)
    if item is None:
        return _denied(ref, None, Why.UNKNOWN_REFERENCE)
    return decide_item(item, question, knowledge, receiver)


def _basis_without_consent(
    item: Item, question: Question, knowledge: Knowledge, receiver: Receiver
) -> Basis | None:
    if item.author_id == receiver.person_id and item.from_agency is receiver.agency:
        return Basis.OWN_CONTENT
    policy = knowledge.policy
    if item.from_agency is receiver.agency and receiver.agency not in policy.not_one_body:
        return Basis.WITHIN_BODY
    basic = item.category in policy.group_categories
    if receiver.lead and (basic or item.from_agency is Agency.FELLES_ANSVAR):
        return Basis.CASE_LEAD
    runs = participation_runs(knowledge.case, question.on, policy)
    if basic and runs and not receiver.by_consent_only and not _taken_back(knowledge):
        return Basis.PARTICIPATION
    return None


def participation_runs(case: CaseFile, on: date, policy: Policy = POLICY) -> bool:
    """True while a signed contract opens basic content to the group; one that ended because participation was
    taken back opens nothing afterwards, not even for the end evaluation.
    """
    return any(
        contract.signed and not contract.taken_back and on <= contract.ends_on + policy.group_sees_after_end
        for contract in case.contracts.values()
    )


def _taken_back(knowledge: Knowledge) -> bool:
    taken_back = (
        participation_taken_back
        if knowledge.policy.asking_reopens_nothing
        else newest_participation_taken_back
    )
    return taken_back(knowledge.consents)


def participation_taken_back(consents: Iterable[Consent]) -> bool:
    """True when a yes to take part has been taken back, and not everybody has said yes to take part since: known here before any contract
    has ended of it.
    """
    taking_part = [consent for consent in consents if consent.kind is ConsentKind.PARTICIPATION]
    taken_back = [
        reply.number
        for consent in taking_part
        for reply in consent.replies.values()
        if reply.said is Said.TAKEN_BACK
    ]
    return bool(taken_back) and not any(
        consent.all_yes() and all(reply.number > max(taken_back) for reply in consent.replies.values())
        for consent in taking_part
    )


def newest_participation_taken_back(consents: Iterable[Consent]) -> bool:
    """The same as it was read until 2026.4: of the newest that was asked for, answered or not."""
    taking_part = [consent for consent in consents if consent.kind is ConsentKind.PARTICIPATION]
    newest = max(taking_part, key=lambda consent: (consent.requested_on, consent.consent_id), default=None)
    return newest is not None and any(reply.said is Said.TAKEN_BACK for reply in newest.replies.values())


def _by_consent(
    item: Item, question: Question, knowledge: Knowledge, receiver: Receiver
) -> ReferenceDecision:
    """Any one effective consent that covers the item permits it; several are never added together.

    After that comes what somebody has decided to give without consent. Where somebody has said no to this very sharing, neither
    may be older than that no: a withdrawal never falls back silently on something else.
    """
    if receiver.agency is None:
        return _denied(item.ref, item, Why.NO_BASIS)
    flow: Flow = {
        "from_agency": item.from_agency,
        "to_agency": receiver.agency,
        "category": item.category,
        "purpose": question.purpose,
        "about_id": item.about_id,
    }
    noes = noes_to(flow, knowledge)
    bounded = knowledge.policy.a_consent_ends_with_the_contract
    guardians = knowledge.case.guardians
    awaits = knowledge.policy.keeping_out_awaits_a_leader
    found: dict[Standing, Consent] = {}
    for consent in _consents(knowledge):
        if consent.covers(**flow):
            standing = consent.standing(
                question.on,
                band=knowledge.band,
                rules=knowledge.rules,
                municipality_no=knowledge.case.municipality_no,
                deciders=guardians.whose_yes if awaits else guardians.signers,
                agreed_until=knowledge.case.agreed_until if bounded else None,
            )
            if standing is not Standing.EFFECTIVE or all(consent.given_after(no) for no in noes):
                found.setdefault(standing, consent)
    if Standing.EFFECTIVE in found:
        return _permitted(item, Basis.CONSENT, found[Standing.EFFECTIVE].consent_id)
    for disclosure in knowledge.disclosures:
        opens = disclosure.covers(ref=item.ref, on=question.on, **flow)
        if opens and all(disclosure.decided_despite(no) for no in noes):
            return _permitted(item, disclosure.basis, disclosure_id=disclosure.disclosure_id)
    if noes:
        why = Why.CONSENT_WITHDRAWN_FOR_AGENCY if noes[0].partly else WHY_NO[noes[0].said]
        return _denied(item.ref, item, why, noes[0].consent_id)
    for standing, why in WHY_NOT_CONSENT.items():
        if standing in found:
            return _denied(item.ref, item, why, found[standing].consent_id)
    return _denied(item.ref, item, Why.NO_BASIS)


def noes_to(flow: Flow, knowledge: Knowledge) -> list[No]:
    """Who has said no to this very sharing, those who took back a yes first."""
    if not knowledge.policy.a_no_outlasts_what_was_before:
        return []
    found = [no for consent in _consents(knowledge) for no in consent.noes(**flow)]
    return sorted(found, key=lambda no: no.said is Said.NO)


def _consents(knowledge: Knowledge) -> Iterable[Consent]:
    """The consents as the policy reads what was taken back of them."""
    if knowledge.policy.a_no_may_be_for_some_receivers:
        return knowledge.consents
    return [consent.with_every_no_whole() for consent in knowledge.consents]


def _permitted(
    item: Item,
    basis: Basis | LegalBasis,
    consent_id: str | None = None,
    disclosure_id: str | None = None,
) -> ReferenceDecision:
    return ReferenceDecision(
        ref=item.ref,
        category=item.category,
        from_agency=item.from_agency,
        about_id=item.about_id,
        author_id=item.author_id,
        outcome=Outcome.PERMIT,
        basis=basis.value,
        consent_id=consent_id,
        disclosure_id=disclosure_id,
    )


def _denied(ref: str, item: Item | None, why: Why, consent_id: str | None = None) -> ReferenceDecision:
    return ReferenceDecision(
        ref=ref,
        category=item.category if item else None,
        from_agency=item.from_agency if item else None,
        about_id=item.about_id if item else None,
        author_id=item.author_id if item else None,
        outcome=Outcome.DENY,
        reason=why.value,
        consent_id=consent_id,
    )


def _agency(question: Question, knowledge: Knowledge) -> Agency | None:
    member = knowledge.case.members.get(question.person_id)
    if member is not None:
        return member.agency
    try:
        return Agency(question.agency) if question.agency else None
    except ValueError:
        return None
