"""Whether a youth is known already: who was told, and what was answered; and that what a declined referral left was purged."""

from __future__ import annotations

from datetime import date

from schemas.event import Event, event


@event("case.recognised")
class CaseRecognised(Event, frozen=True, kw_only=True):
    """A coordinator of the same municipality, who registered a referral or a contract, was told that the youth has this case and who leads it."""

    asked_for_case_id: str


@event("case.youth_compared")
class YouthCompared(Event, frozen=True, kw_only=True):
    """Whoever opened the case said whether its youth is the one of these other cases in the municipality: same name and birth date, but no identity number to go by."""

    with_case_ids: tuple[str, ...]
    same: bool


@event("referral.purged")
class ReferralPurged(Event, frozen=True, kw_only=True):
    """What a referral left in the vault was destroyed, three months after it was declined, redirected or withdrawn."""

    purged_on: date
    keys_destroyed: int
    pieces: int
