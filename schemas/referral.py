"""Referrals (henvendelser): somebody asks for a youth to be looked at. The referral's stream is that of the case it may become."""

from __future__ import annotations

from datetime import date

from schemas.codes import (
    Agency,
    DeclineReason,
    Programme,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Urgency,
    YouthKnows,
)
from schemas.event import Event, Sentence, event


@event("referral.received")
class ReferralReceived(Event, frozen=True, kw_only=True):
    """A referral came in: from whom, why, how urgent, and whether the youth knows; without `youth_id` it is anonymous."""

    referral_id: str
    origin: ReferralOrigin
    referrer_agency: Agency | None
    reasons: tuple[Reason, ...]
    urgency: Urgency
    youth_knows: YouthKnows
    municipality_no: str
    assigned_to: str
    received_on: date
    concern_on: date | None = None
    youth_id: str | None = None
    text_ref: str | None = None
    identity_refs: tuple[str, ...] = ()


@event("referral.screened")
class ReferralScreened(Event, frozen=True, kw_only=True):
    """A coordinator has looked at a referral; `youth_id` is who it turned out to be about."""

    referral_id: str
    screened_on: date
    youth_id: str | None = None
    identity_refs: tuple[str, ...] = ()


@event(
    "referral.reassigned",
    sentence=Sentence(
        "Henvendelsen ble gitt til en annen koordinator",
        "Førespurnaden vart gjeven til ein annan koordinator",
    ),
)
class ReferralReassigned(Event, frozen=True, kw_only=True):
    """A referral was given to another coordinator, who screens it from now on."""

    referral_id: str
    from_id: str
    to_id: str
    reassigned_on: date


@event("referral.accepted")
class ReferralAccepted(Event, frozen=True, kw_only=True):
    """A referral was accepted, and a case is opened from it."""

    referral_id: str
    programme: Programme
    accepted_on: date


@event("referral.declined")
class ReferralDeclined(Event, frozen=True, kw_only=True):
    """A referral was declined, with advice; no case is opened."""

    referral_id: str
    reason: DeclineReason
    declined_on: date


@event("referral.redirected")
class ReferralRedirected(Event, frozen=True, kw_only=True):
    """A referral was shown the way to another agency."""

    referral_id: str
    reason: DeclineReason
    redirected_to: Agency
    redirected_on: date


@event("referral.withdrawn")
class ReferralWithdrawn(Event, frozen=True, kw_only=True):
    """Whoever referred took the referral back."""

    referral_id: str
    withdrawn_on: date


@event(
    "referral.acknowledged",
    sentence=Sentence(
        "Den som henvendte seg, fikk vite at henvendelsen er mottatt",
        "Den som vende seg til oss, fekk vite at førespurnaden er motteken",
    ),
)
class ReferralAcknowledged(Event, frozen=True, kw_only=True):
    """Whoever referred was told that the referral has come in, and nothing else."""

    referral_id: str
    acknowledged_on: date
    how: ReportMethod
