"""Before sharing: what may flow between whom, on which basis and until when, without opening anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from schemas.codes import Agency, Category, Outcome, Purpose
from services.sharing.domain.gate import (
    Basis,
    Item,
    Knowledge,
    Question,
    Receiver,
    Why,
    decide_item,
)

SOMEBODY = "somebody"


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one category may go from one agency to another today."""

    from_agency: Agency
    to_agency: Agency
    category: Category
    outcome: Outcome
    basis: str | None = None
    until: date | None = None
    consent_id: str | None = None
    disclosure_id: str | None = None
    reason: str | None = None


def may_share(knowledge: Knowledge, *, purpose: Purpose, on: date) -> list[Flow]:
    """Every flow between the agencies in the case that is permitted, or that is refused for more than want of
    any basis.
    """
    agencies = sorted({member.agency for member in knowledge.case.members.values()})
    asked = Question(person_id=SOMEBODY, agency=None, purpose=purpose, refs=(), on=on)
    return [
        flow
        for giver in agencies
        for receiver in agencies
        if giver is not receiver
        for flow in _flows(giver, receiver, asked, knowledge)
        if flow.reason != Why.NO_BASIS
    ]


def _flows(giver: Agency, to: Agency, question: Question, knowledge: Knowledge) -> Iterator[Flow]:
    receiver = _somebody_of(to, knowledge)
    for category in Category:
        item = Item(
            ref="any",
            category=category,
            from_agency=giver,
            about_id=knowledge.case.youth_id or "",
            author_id="somebody-else",
        )
        decision = decide_item(item, question, knowledge, receiver)
        yield Flow(
            from_agency=giver,
            to_agency=to,
            category=category,
            outcome=decision.outcome,
            basis=decision.basis,
            consent_id=decision.consent_id,
            disclosure_id=decision.disclosure_id,
            reason=decision.reason,
            until=until(decision.basis, decision.consent_id, decision.disclosure_id, knowledge),
        )


def _somebody_of(agency: Agency, knowledge: Knowledge) -> Receiver:
    """Somebody of the agency in the group. Where taking part opens nothing to one of them, it is not said to open anything: who asks may be
    about to tell just that one.
    """
    members = [member for member in knowledge.case.members.values() if member.agency is agency]
    by_consent_only = any(member.by_consent_only for member in members)
    return Receiver(person_id=SOMEBODY, agency=agency, lead=False, by_consent_only=by_consent_only)


def until(
    basis: str | None, consent_id: str | None, disclosure_id: str | None, knowledge: Knowledge
) -> date | None:
    """The last day that what was let through may be seen on the same basis; None where nothing ends it."""
    if basis == Basis.CONSENT:
        valid_to = next(one.valid_to for one in knowledge.consents if one.consent_id == consent_id)
        return min(valid_to, knowledge.case.agreed_until or valid_to)
    if disclosure_id is not None:
        return next(one.opens_until for one in knowledge.disclosures if one.disclosure_id == disclosure_id)
    if basis == Basis.PARTICIPATION:
        ends = [contract.ends_on for contract in knowledge.case.contracts.values() if contract.signed]
        return max(ends) + knowledge.policy.group_sees_after_end
    return None
