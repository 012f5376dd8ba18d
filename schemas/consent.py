"""Consent to share: asked for, given by each who must, withdrawn, and what it is worth taken together."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, Category, ConsentEffect, ConsentKind, Purpose, SignerRole, SigningMethod
from schemas.contract import Signer
from schemas.event import Event, event


@event("consent.requested")
class ConsentRequested(Event, frozen=True, kw_only=True):
    """Consent was asked for: who may tell whom what, what for, until when, and who must say yes."""

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


@event("consent.given")
class ConsentGiven(Event, frozen=True, kw_only=True):
    """One required person said yes to the whole of a consent."""

    consent_id: str
    person_id: str
    role: SignerRole
    method: SigningMethod
    given_on: date


@event("consent.refused")
class ConsentRefused(Event, frozen=True, kw_only=True):
    """One required person said no; the consent takes no effect."""

    consent_id: str
    person_id: str
    role: SignerRole


@event("consent.withdrawn")
class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """One of those who gave a consent took it back; every later opening that rests on it is refused."""

    consent_id: str
    person_id: str
    role: SignerRole


@event("consent.effect_changed")
class EffectiveConsentChanged(Event, frozen=True, kw_only=True):
    """What the consent is worth, all required signers taken together, changed."""

    consent_id: str
    before: ConsentEffect
    after: ConsentEffect
