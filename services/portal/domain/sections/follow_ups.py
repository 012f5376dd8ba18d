"""What was given without consent and is to be followed up on a day that was set."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.codes import LegalBasis
from schemas.disclosure import DisclosureFollowedUp, InformationDisclosed
from schemas.event import Fact
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class ToFollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """A disclosure that somebody is to come back to."""

    basis: LegalBasis
    given_on: date
    decided_by: str
    on: date


class FollowUps(msgspec.Struct, frozen=True, kw_only=True):
    """Those that wait, by the disclosure's id, the one given first being first."""

    waiting: dict[str, ToFollowUp] = {}


def disclosed(state: FollowUps, event: InformationDisclosed, _: Fact) -> FollowUps:
    """Something was given; most is done with when it is given."""
    if event.follow_up_on is None:
        return state
    one = ToFollowUp(
        basis=event.basis, given_on=event.given_on, decided_by=event.decided_by, on=event.follow_up_on
    )
    return replace(state, waiting={**state.waiting, event.disclosure_id: one})


def followed_up(state: FollowUps, event: DisclosureFollowedUp, _: Fact) -> FollowUps:
    """Somebody came back to it."""
    left = {which: one for which, one in state.waiting.items() if which != event.disclosure_id}
    return replace(state, waiting=left)


CHANGES: dict[Any, Any] = {InformationDisclosed: disclosed, DisclosureFollowedUp: followed_up}
SECTION = Section(FollowUps, CHANGES)
