"""Consent to share: asked for, given by each who must, withdrawn, and what it is worth taken together."""

from __future__ import annotations

from datetime import date

from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    ConsentEffect,
    ConsentKind,
    EffectReason,
    Purpose,
    SignerExcuse,
    SignerRole,
    SigningMethod,
    WithdrawalConsequence,
)
from schemas.contract import Signer
from schemas.event import Event, event


@event("consent.requested")
class ConsentRequested(Event, frozen=True, kw_only=True):
    """Consent was asked for: who may tell whom what, what for, until when, and who must say yes.

    `supersedes` is the consent that this one takes over from, once it is effective.
    """

    consent_id: str
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


@event("consent.given")
class ConsentGiven(Event, frozen=True, kw_only=True):
    """One required person said yes: to the whole of a consent, or only to some receivers or categories.

    What several people agree to together is what each of them agreed to. `evidence_ref` is the signed paper
    in the vault; `age_band` is the youth's on the day it was given, None where no birth date is known.
    """

    consent_id: str
    person_id: str
    role: SignerRole
    method: SigningMethod
    given_on: date
    only_to: tuple[Agency, ...] | None = None
    only_categories: tuple[Category, ...] | None = None
    explained_by: str | None = None
    interpreter_used: bool = False
    evidence_ref: str | None = None
    age_band: AgeBand | None = None


@event("consent.confirmed")
class ConsentConfirmed(Event, frozen=True, kw_only=True):
    """Somebody who had consented orally confirmed it in writing."""

    consent_id: str
    person_id: str
    role: SignerRole
    confirmed_on: date
    evidence_ref: str | None = None


@event("consent.signer_excused")
class ConsentSignerExcused(Event, frozen=True, kw_only=True):
    """A leader confirmed that a guardian's yes is not needed, and why; the grounds lie in the vault."""

    consent_id: str
    person_id: str
    excuse: SignerExcuse
    grounds_ref: str


@event("consent.refused")
class ConsentRefused(Event, frozen=True, kw_only=True):
    """One required person said no; the consent takes no effect."""

    consent_id: str
    person_id: str
    role: SignerRole


@event("consent.withdrawn")
class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """One of those who gave a consent took it back; every later opening that rests on it is refused.

    `only_to` names the receivers that it is taken back for, when the rest of the consent goes on; None is all of it.
    `consequence` is what this means for the case, by the table of withdrawals.
    """

    consent_id: str
    person_id: str
    role: SignerRole
    consequence: WithdrawalConsequence
    only_to: tuple[Agency, ...] | None = None


@event("consent.expired")
class ConsentExpired(Event, frozen=True, kw_only=True):
    """The last day of a consent has passed. What counts is the day; this event only says that it has come."""

    consent_id: str


@event("consent.lapsed")
class ConsentLapsed(Event, frozen=True, kw_only=True):
    """Nobody who still had to answer did so in time; a consent is asked for anew if it is still needed."""

    consent_id: str


@event("consent.superseded")
class ConsentSuperseded(Event, frozen=True, kw_only=True):
    """A newer consent took over from this one, from a day on."""

    consent_id: str
    by_consent_id: str
    from_on: date


@event("consent.effect_changed")
class EffectiveConsentChanged(Event, frozen=True, kw_only=True):
    """What the consent is worth, all required signers taken together, changed.

    `because` says why when nobody answered anything: OTHERS_DECIDE for good, since those who decide now must be asked anew.
    """

    consent_id: str
    before: ConsentEffect
    after: ConsentEffect
    because: EffectReason | None = None
