"""Information given without consent: on which basis, decided by whom, and what the youth was told. And duties
that are nobody's to approve.
"""

from __future__ import annotations

from datetime import date

from schemas.codes import (
    Agency,
    Category,
    DeferralGround,
    DutyToAct,
    GivenHow,
    GuardiansNotTold,
    LegalBasis,
    Purpose,
    ReportMethod,
)
from schemas.event import Event, Sentence, event


@event("information.disclosed")
class InformationDisclosed(Event, frozen=True, kw_only=True):
    """Information about somebody was given to another agency on a legal basis other than consent.

    Every ground lies in the vault under its reference: `grounds_ref`, `necessity_ref`, `less_intrusive_ref`,
    `proportionality_ref`
    and what the basis itself demands (`condition_refs`; `condition_codes` where the answer is a code).
    `despite_withdrawal_ref` says why,
    where somebody has said no to the same sharing or taken back their yes. The youth has been told
    (`youth_told_on`), or is not told
    until after `tell_review_on`, on `deferral`. The guardians have been told (`guardians_told_on`), or not, and why (`guardians_not_told`).
    `follow_up_ref` says what is done afterwards, `follow_up_on` when that is looked at.
    """

    disclosure_id: str
    basis: LegalBasis
    law: str
    provision: str
    bases_version: str
    about_id: str
    from_agency: Agency
    to_agency: Agency
    categories: tuple[Category, ...]
    purpose: Purpose
    grounds_ref: str
    necessity_ref: str
    less_intrusive_ref: str
    proportionality_ref: str
    condition_refs: dict[str, str]
    condition_codes: dict[str, str]
    asked_by: str | None
    decided_by: str
    decided_as_leader: bool
    given_how: GivenHow
    given_on: date
    refs: tuple[str, ...] | None = None
    opens_until: date | None = None
    despite_withdrawal_ref: str | None = None
    youth_told_on: date | None = None
    tell_review_on: date | None = None
    deferral: DeferralGround | None = None
    guardians_told_on: date | None = None
    guardians_not_told: GuardiansNotTold | None = None
    follow_up_on: date | None = None
    follow_up_ref: str | None = None


@event("disclosure.deferral_reviewed")
class DisclosureDeferralReviewed(Event, frozen=True, kw_only=True):
    """Whether the youth can be told of a disclosure was looked at again: told now, or not until another
    review.
    """

    disclosure_id: str
    youth_told_on: date | None = None
    tell_review_on: date | None = None
    deferral: DeferralGround | None = None


@event(
    "disclosure.followed_up",
    sentence=Sentence(
        "Noe som ble delt uten samtykke, ble fulgt opp", "Noko som vart delt utan samtykke, vart følgt opp"
    ),
)
class DisclosureFollowedUp(Event, frozen=True, kw_only=True):
    """What was to be done after a disclosure has been looked at, by the lead or by whoever decided it."""

    disclosure_id: str
    followed_up_on: date


@event("duty.acted_on")
class DutyActedOn(Event, frozen=True, kw_only=True):
    """Somebody did what the law makes their own duty, with nobody's leave: reported to child welfare, averted
    a crime, saved a life.

    The content stays outside; this is recorded afterwards. The youth has been told (`youth_told_on`), or is not told until after
    `tell_review_on`, on `deferral` where a ground was given.
    """

    act_id: str
    duty: DutyToAct
    person_id: str
    agency: Agency
    method: ReportMethod
    acted_on: date
    youth_told_on: date | None = None
    tell_review_on: date | None = None
    deferral: DeferralGround | None = None


@event("duty.confirmed")
class DutyConfirmed(Event, frozen=True, kw_only=True):
    """An oral report was confirmed in writing."""

    act_id: str
    confirmed_on: date


@event("duty.feedback_received")
class DutyFeedbackReceived(Event, frozen=True, kw_only=True):
    """Child welfare answered the one who reported."""

    act_id: str
    received_on: date
