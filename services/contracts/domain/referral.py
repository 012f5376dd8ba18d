"""The referral (henvendelse): received from anybody, screened by a coordinator, and then one of four things."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import (
    AgeBand,
    Agency,
    DeclineReason,
    Programme,
    Reason,
    ReferralOrigin,
    ReportMethod,
    Urgency,
    YouthKnows,
)
from schemas.event import Event
from schemas.referral import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralDeclined,
    ReferralReassigned,
    ReferralReceived,
    ReferralRedirected,
    ReferralScreened,
    ReferralWithdrawn,
)
from services.contracts.domain.refusals import conflict, refused


class ReferralStatus(StrEnum):
    """Where a referral stands."""

    RECEIVED = "RECEIVED"
    SCREENING = "SCREENING"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REDIRECTED = "REDIRECTED"
    WITHDRAWN = "WITHDRAWN"


OPEN = (ReferralStatus.RECEIVED, ReferralStatus.SCREENING)


class Enquiry(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks; the words themselves lie in the vault."""

    referral_id: str
    origin: ReferralOrigin
    referrer_agency: Agency | None
    reasons: tuple[Reason, ...]
    urgency: Urgency
    youth_knows: YouthKnows
    municipality_no: str
    assigned_to: str
    concern_on: date | None = None
    youth_id: str | None = None
    text_ref: str | None = None
    identity_refs: tuple[str, ...] = ()


def receive(asked: Enquiry, *, today: date) -> list[Event]:
    """A referral is received. Raises Refused."""
    if not asked.reasons:
        raise refused("REASON_MISSING", field="reasons")
    if asked.concern_on is not None and asked.concern_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="concern_on")
    if asked.assigned_to == asked.youth_id:
        raise refused("SAME_PERSON_TWICE", field="assigned_to")
    return [ReferralReceived(**msgspec.structs.asdict(asked), received_on=today)]


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """A referral as its events tell it; `case_id` is the case that it may become."""

    case_id: str
    referral_id: str
    origin: ReferralOrigin
    urgency: Urgency
    municipality_no: str
    assigned_to: str
    received_by: str
    received_on: date
    concern_on: date | None = None
    youth_id: str | None = None
    status: ReferralStatus = ReferralStatus.RECEIVED
    acknowledged_on: date | None = None
    """When whoever referred was told that it has come in."""
    version: int = 1

    @classmethod
    def received(cls, case_id: str, event: ReferralReceived, *, by: str) -> Referral:
        """The referral that was received by somebody."""
        return cls(
            case_id=case_id,
            referral_id=event.referral_id,
            origin=event.origin,
            urgency=event.urgency,
            municipality_no=event.municipality_no,
            assigned_to=event.assigned_to,
            received_by=by,
            received_on=event.received_on,
            concern_on=event.concern_on,
            youth_id=event.youth_id,
        )

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def screen(
        self, *, youth_id: str | None, today: date, identity_refs: tuple[str, ...] = ()
    ) -> list[Event]:
        """A coordinator looks at it; an anonymous one may get to know whom it is about. Raises Conflict."""
        if self.status is not ReferralStatus.RECEIVED:
            raise conflict("REFERRAL_SCREENED")
        return [
            ReferralScreened(
                referral_id=self.referral_id,
                screened_on=today,
                youth_id=youth_id or self.youth_id,
                identity_refs=identity_refs,
            )
        ]

    def reassign(self, to_id: str, *, screeners: Collection[str], today: date) -> list[Event]:
        """Another coordinator of the municipality screens it from now on. Raises Refused and Conflict."""
        if self.status not in OPEN:
            raise conflict("REFERRAL_DECIDED")
        if to_id == self.assigned_to:
            raise conflict("REFERRAL_IS_THEIRS", field="to_id")
        if to_id not in screeners or to_id == self.youth_id:
            raise refused("SCREENER_NOT_HERE", field="to_id")
        return [
            ReferralReassigned(
                referral_id=self.referral_id, from_id=self.assigned_to, to_id=to_id, reassigned_on=today
            )
        ]

    def accept(self, programme: Programme, *, age_band: AgeBand, today: date) -> list[Event]:
        """It becomes a case. Raises Refused and Conflict."""
        self._refuse_unscreened()
        if self.youth_id is None:
            raise refused("YOUTH_UNKNOWN", field="youth_id")
        if age_band is AgeBand.UNDER_12:
            raise refused("AGE_UNDER_12", field="birth_on")
        return [ReferralAccepted(referral_id=self.referral_id, programme=programme, accepted_on=today)]

    def decline(self, reason: DeclineReason, *, today: date) -> list[Event]:
        """No case comes of it. Raises Conflict."""
        self._refuse_unscreened()
        return [ReferralDeclined(referral_id=self.referral_id, reason=reason, declined_on=today)]

    def redirect(self, reason: DeclineReason, to: Agency, *, today: date) -> list[Event]:
        """Another agency is the right one. Raises Conflict."""
        self._refuse_unscreened()
        return [
            ReferralRedirected(
                referral_id=self.referral_id, reason=reason, redirected_to=to, redirected_on=today
            )
        ]

    def withdraw(self, *, today: date) -> list[Event]:
        """Whoever referred takes it back, before it is decided. Raises Conflict."""
        if self.status not in OPEN:
            raise conflict("REFERRAL_DECIDED")
        return [ReferralWithdrawn(referral_id=self.referral_id, withdrawn_on=today)]

    def acknowledge(self, how: ReportMethod, *, on: date, today: date) -> list[Event]:
        """Whoever referred is told that it has come in. Raises Refused and Conflict."""
        if self.status is ReferralStatus.WITHDRAWN:
            raise conflict("REFERRAL_DECIDED")
        if self.acknowledged_on is not None:
            raise conflict("REFERRAL_ACKNOWLEDGED")
        if on > today:
            raise refused("HAPPENED_IN_FUTURE", field="acknowledged_on")
        return [ReferralAcknowledged(referral_id=self.referral_id, acknowledged_on=on, how=how)]

    def _refuse_unscreened(self) -> None:
        if self.status is ReferralStatus.RECEIVED:
            raise conflict("REFERRAL_UNSCREENED")
        if self.status is not ReferralStatus.SCREENING:
            raise conflict("REFERRAL_DECIDED")

    def after(self, event: Event) -> Referral:
        """The referral after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case ReferralScreened():
                return replace(changed, status=ReferralStatus.SCREENING, youth_id=event.youth_id)
            case ReferralReassigned():
                return replace(changed, assigned_to=event.to_id)
            case ReferralAccepted():
                return replace(changed, status=ReferralStatus.ACCEPTED)
            case ReferralDeclined():
                return replace(changed, status=ReferralStatus.DECLINED)
            case ReferralRedirected():
                return replace(changed, status=ReferralStatus.REDIRECTED)
            case ReferralAcknowledged():
                return replace(changed, acknowledged_on=event.acknowledged_on)
            case ReferralWithdrawn():
                return replace(changed, status=ReferralStatus.WITHDRAWN)
            case _:
                return changed
