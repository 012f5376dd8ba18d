"""What a group knows of other plans around the youth, of mentors' certificates, and whether somebody must not be met."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.codes import HasOne, ProtectionLevel
from schemas.coordination import CertificateShown, CoordinationRecorded, NoContactLifted, NoContactSet
from schemas.event import Fact
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from services.portal.domain.sections.declaring import Section

replace = msgspec.structs.replace


class Coordination(msgspec.Struct, frozen=True, kw_only=True):
    """Answers, links and days; never which case a bar on contact is about."""

    child_coordinator: HasOne | None = None
    individual_plan: HasOne | None = None
    coordinator_id: str | None = None
    plan_ref: str | None = None
    certificates: dict[str, date] = {}
    bars: tuple[str, ...] = ()
    protected: ProtectionLevel | None = None
    """Address protection, so that a meeting's place is laid where only cleared people see it."""


def recorded(state: Coordination, event: CoordinationRecorded, _: Fact) -> Coordination:
    """What is known of a child coordinator and an individual plan."""
    return replace(
        state,
        child_coordinator=event.child_coordinator,
        individual_plan=event.individual_plan,
        coordinator_id=event.coordinator_id,
        plan_ref=event.plan_ref,
    )


def certificate(state: Coordination, event: CertificateShown, _: Fact) -> Coordination:
    """A mentor showed a certificate."""
    return replace(state, certificates={**state.certificates, event.person_id: event.shown_on})


def barred(state: Coordination, event: NoContactSet, _: Fact) -> Coordination:
    """The youth is not to meet another."""
    return replace(state, bars=(*state.bars, event.bar_id))


def lifted(state: Coordination, event: NoContactLifted, _: Fact) -> Coordination:
    """They may meet again."""
    return replace(state, bars=tuple(bar for bar in state.bars if bar != event.bar_id))


def protection_set(state: Coordination, event: AddressProtectionSet, _: Fact) -> Coordination:
    """The youth's address is protected."""
    return replace(state, protected=event.level)


def protection_cleared(state: Coordination, _event: AddressProtectionCleared, _: Fact) -> Coordination:
    """It is not any more."""
    return replace(state, protected=None)


CHANGES: dict[Any, Any] = {
    CoordinationRecorded: recorded,
    CertificateShown: certificate,
    NoContactSet: barred,
    NoContactLifted: lifted,
    AddressProtectionSet: protection_set,
    AddressProtectionCleared: protection_cleared,
}
SECTION = Section(Coordination, CHANGES)
