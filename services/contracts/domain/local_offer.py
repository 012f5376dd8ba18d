"""The register of measures: what a municipality can offer, by whom, for which age; nothing personal in it."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Conflict, Stale
from schemas.codes import AgeBand, Agency, ClauseKind
from schemas.register_codes import OfferStatus
from services.contracts.domain.calendar import add_months
from services.contracts.domain.register_refusals import conflict, refused

YOUNGEST, OLDEST = 0, 25
AGES = {
    AgeBand.UNDER_12: (YOUNGEST, 11),
    AgeBand.AGE_12_14: (12, 14),
    AgeBand.AGE_15: (15, 15),
    AgeBand.AGE_16_17: (16, 17),
    AgeBand.ADULT: (18, OLDEST),
}
"""The whole years of a band. The vault tells the band and never the age, so an offer fits when a youth of the band may be in it."""
REVIEW_MONTHS = 12
"""An offer that nobody has gone through for a year is flagged (product default)."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A local offer; `contact` is the provider's, never a person's own. Ages are whole years, both included."""

    offer_id: str
    municipality_no: str
    kind: ClauseKind
    title: str
    provider: str
    provider_agency: Agency
    age_from: int
    age_to: int
    contact: str
    reviewed_on: date
    status: OfferStatus = OfferStatus.OPEN
    version: int = 1

    def check(self) -> Offer:
        """The offer, when it can stand. Raises Refused."""
        if not self.title or not self.provider:
            raise refused("OFFER_INCOMPLETE", field="title" if not self.title else "provider")
        if not YOUNGEST <= self.age_from <= self.age_to <= OLDEST:
            raise refused("OFFER_AGES", field="age_to")
        return self

    def changed(self, new: Offer, *, seen_version: int | None) -> Offer:
        """The offer with new words; whoever changes it has gone through it. Raises Refused, Conflict and Stale."""
        self._refuse(seen_version)
        if new.municipality_no != self.municipality_no:
            raise conflict("OFFER_OF_OTHER_MUNICIPALITY", field="municipality_no")
        return replace(new, version=self.version + 1).check()

    def reviewed(self, *, today: date, seen_version: int | None) -> Offer:
        """The offer, gone through and found right. Raises Conflict and Stale."""
        self._refuse(seen_version)
        return replace(self, reviewed_on=today, version=self.version + 1)

    def ended(self, *, seen_version: int | None) -> Offer:
        """The offer is no more; what points to it stays readable. Raises Conflict and Stale."""
        self._refuse(seen_version)
        return replace(self, status=OfferStatus.ENDED, version=self.version + 1)

    def fits(self, age_band: AgeBand) -> bool:
        """True when somebody of that age may be in it."""
        youngest, oldest = AGES[age_band]
        return self.age_from <= oldest and youngest <= self.age_to

    def refuse_unfit(self, municipality_no: str, age_band: AgeBand, *, field: str) -> None:
        """Refuse the offer to a youth of another municipality or another age, and to everybody when it is no more."""
        if self.status is OfferStatus.ENDED:
            raise refused("OFFER_UNKNOWN", field=field)
        if self.municipality_no != municipality_no:
            raise refused("OFFER_ELSEWHERE", field=field)
        if not self.fits(age_band):
            raise refused("OFFER_OF_OTHER_AGE", field=field, age_from=self.age_from, age_to=self.age_to)

    def stale(self, today: date) -> bool:
        """True when nobody has gone through it for a year."""
        return add_months(self.reviewed_on, REVIEW_MONTHS) < today

    def _refuse(self, seen_version: int | None) -> None:
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)
        if self.status is OfferStatus.ENDED:
            raise ended()


def ended() -> Conflict:
    """The refusal to do something with an offer that is no more."""
    return conflict("OFFER_ENDED")
