"""The waiting time of a case: days from the offence or the concern to what was done about it. It stands whoever leads the case."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec

from schemas.case import CaseOpened
from schemas.codes import ConsentEffect
from schemas.consent import EffectiveConsentChanged
from schemas.contract import ContractStarted
from schemas.event import Event, Fact
from schemas.meeting import MeetingHeld
from schemas.referral import ReferralReceived
from schemas.sanction import SanctionReceived, YouthPlanAdopted
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Milestone(NamedTuple):
    """A step, its day, and the days since the clock began; None while it has not come."""

    name: str
    on: date | None
    days: int | None


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The first day of each step."""

    offence_on: date | None = None
    concern_on: date | None = None
    referred_on: date | None = None
    opened_on: date | None = None
    consented_on: date | None = None
    met_on: date | None = None
    measure_on: date | None = None

    @property
    def began_on(self) -> date | None:
        """The day from which the clock runs: the offence, else the concern, else the referral, else the opening."""
        known = (self.offence_on, self.concern_on, self.referred_on, self.opened_on)
        return next((day for day in known if day is not None), None)

    def milestones(self) -> list[Milestone]:
        """Each step in order, with the days it took from the beginning of the clock."""
        steps = {
            "referred": self.referred_on,
            "consented": self.consented_on,
            "met": self.met_on,
            "measure": self.measure_on,
        }
        began = self.began_on
        return [
            Milestone(name, on, max((on - began).days, 0) if on is not None and began is not None else None)
            for name, on in steps.items()
        ]

    def waited(self, today: date) -> int | None:
        """The days until the first measure, or until today while there is none."""
        began = self.began_on
        return None if began is None else max(((self.measure_on or today) - began).days, 0)


def _change(state: Waiting, event: Event, fact: Fact) -> Waiting:
    match event:
        case ReferralReceived():
            return replace(state, referred_on=event.received_on, concern_on=event.concern_on)
        case SanctionReceived():
            return replace(state, offence_on=event.offence_on)
        case CaseOpened() if state.opened_on is None:
            return replace(state, opened_on=fact.envelope.recorded_on)
        case EffectiveConsentChanged(after=ConsentEffect.EFFECTIVE) if state.consented_on is None:
            return replace(state, consented_on=fact.envelope.recorded_on)
        case MeetingHeld() if state.met_on is None or event.held_on < state.met_on:
            return replace(state, met_on=event.held_on)
        case ContractStarted() if state.measure_on is None:
            return replace(state, measure_on=event.started_on)
        case YouthPlanAdopted() if state.measure_on is None:
            return replace(state, measure_on=event.adopted_on)
    return state


SECTION = Section(
    Waiting,
    dict.fromkeys(
        (
            ReferralReceived,
            SanctionReceived,
            CaseOpened,
            EffectiveConsentChanged,
            MeetingHeld,
            ContractStarted,
            YouthPlanAdopted,
        ),
        _change,
    ),
)
