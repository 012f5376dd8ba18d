"""What becomes of referrals beside the decision: that a youth was recognised, and that a declined one was purged."""

from __future__ import annotations

from datetime import date

from schemas.event import Event, event


@event("case.recognised")
class CaseRecognised(Event, frozen=True, kw_only=True):
    """A coordinator of the same municipality, who registered a referral or a contract, was told that the youth has this case and who leads it."""

    asked_for_case_id: str


@event("referral.purged")
class ReferralPurged(Event, frozen=True, kw_only=True):
    """What a referral left in the vault was destroyed, three months after it was declined, redirected or withdrawn."""

    purged_on: date
    keys_destroyed: int
    pieces: int
