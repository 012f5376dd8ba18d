"""Consents of the case that lost their effect, whom one has talked with about each, and what the group decided."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import msgspec

from schemas.codes import Agency, ConsentEffect, WithdrawalConsequence
from schemas.consent import ConsentSuperseded, ConsentWithdrawn, EffectiveConsentChanged
from schemas.consent_loss import ConsentLossDecided, ConsentSignerContacted, LossDecision
from schemas.event import Fact
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Contacted(NamedTuple):
    """Somebody who was sought out."""

    person_id: str
    on: date
    reached: bool


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """A consent that lost its effect; `not_to` names the receivers when it lost it for them only."""

    not_to: tuple[Agency, ...] = ()
    contacts: tuple[Contacted, ...] = ()
    decision: LossDecision | None = None
    decided_on: date | None = None
    text_ref: str | None = None


class LostConsents(msgspec.Struct, frozen=True, kw_only=True):
    """By the consent's id, the one lost first being first."""

    lost: dict[str, Lost] = {}
    sought: dict[str, tuple[Contacted, ...]] = {}
    """Whom one has sought for an answer that is missing, by the consent's id."""


def withdrawn(state: LostConsents, event: ConsentWithdrawn, _: Fact) -> LostConsents:
    """A consent was taken back for some receivers, and the group is to decide whether the contract still works."""
    if event.only_to is None or event.consequence is not WithdrawalConsequence.SHARING_NARROWED:
        return state
    before = state.lost.get(event.consent_id, Lost())
    now = Lost(not_to=(*before.not_to, *event.only_to), contacts=before.contacts)
    return replace(state, lost={**state.lost, event.consent_id: now})


def effect(state: LostConsents, event: EffectiveConsentChanged, _: Fact) -> LostConsents:
    """A consent lost its effect, or has it again."""
    others = {which: one for which, one in state.lost.items() if which != event.consent_id}
    gone = {event.consent_id: Lost()} if event.after is ConsentEffect.NONE else {}
    return replace(state, lost={**others, **gone})


def superseded(state: LostConsents, event: ConsentSuperseded, _: Fact) -> LostConsents:
    """Another consent took over."""
    return replace(state, lost={which: one for which, one in state.lost.items() if which != event.consent_id})


def contacted(state: LostConsents, event: ConsentSignerContacted, _: Fact) -> LostConsents:
    """Somebody was sought out."""
    one = state.lost.get(event.consent_id)
    new = Contacted(event.person_id, event.contacted_on, event.reached)
    if one is None:
        before = state.sought.get(event.consent_id, ())
        return replace(state, sought={**state.sought, event.consent_id: (*before, new)})
    return replace(state, lost={**state.lost, event.consent_id: replace(one, contacts=(*one.contacts, new))})


def decided(state: LostConsents, event: ConsentLossDecided, _: Fact) -> LostConsents:
    """The group decided."""
    one = replace(
        state.lost.get(event.consent_id, Lost()),
        decision=event.decision,
        decided_on=event.decided_on,
        text_ref=event.text_ref,
    )
    return replace(state, lost={**state.lost, event.consent_id: one})


CHANGES: dict[Any, Any] = {
    ConsentWithdrawn: withdrawn,
    EffectiveConsentChanged: effect,
    ConsentSuperseded: superseded,
    ConsentSignerContacted: contacted,
    ConsentLossDecided: decided,
}
SECTION = Section(LostConsents, CHANGES)
