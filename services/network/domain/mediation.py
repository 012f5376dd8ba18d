"""A mediation: a record of its own beside the youth's case. The victim decides themselves, and can change their mind at any time."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from backbone.refusal import Stale
from schemas.codes import Agency, MediationOutcome, MediationParty, SigningMethod
from schemas.event import Event
from schemas.mediation import (
    MediationClosed,
    MediationConsentGiven,
    MediationConsentWithdrawn,
    MediationOpened,
    MediationPartyJoined,
)
from services.network.domain.group import Group
from services.network.domain.refusals import conflict, refused


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A victim or somebody who comes with them; `says_yes` is what the victim said last, None before any answer."""

    party_id: str
    party: MediationParty
    says_yes: bool | None = None


class Mediation(msgspec.Struct, frozen=True, kw_only=True):
    """A mediation as its events tell it; `version` counts them. `case_id` is the record's own stream, never the youth's case."""

    case_id: str
    youth_case_id: str
    mediator_id: str
    owner_agency: Agency
    parties: tuple[Party, ...] = ()
    outcome: MediationOutcome | None = None
    text_ref: str | None = None
    version: int = 1

    @classmethod
    def opened(cls, mediation_id: str, event: MediationOpened) -> Mediation:
        """The record that the event opens."""
        return cls(
            case_id=mediation_id,
            youth_case_id=event.youth_case_id,
            mediator_id=event.mediator_id,
            owner_agency=event.owner_agency,
        )

    @property
    def open(self) -> bool:
        """True until it is closed."""
        return self.outcome is None

    @property
    def victims_consent(self) -> bool:
        """True when there is a victim, and every victim has said yes and stands by it."""
        victims = [party for party in self.parties if party.party is MediationParty.VICTIM]
        return self.open and bool(victims) and all(party.says_yes for party in victims)

    def refuse_stale(self, seen_version: int | None) -> None:
        """Raise Stale when the person saw another version than the one that stands."""
        if seen_version is not None and seen_version != self.version:
            raise Stale(current=self.version)

    def join(
        self,
        party_id: str,
        party: MediationParty,
        *,
        group: Group,
        today: date,
        name_ref: str | None = None,
    ) -> list[Event]:
        """A victim, or somebody who comes with them, is entered. Raises Refused and Conflict."""
        self._refuse_closed()
        if any(known.party_id == party_id for known in self.parties):
            raise conflict("PARTY_EXISTS", field="party_id")
        if party_id in group.present:
            raise refused("PARTY_IN_GROUP", field="party_id")
        return [MediationPartyJoined(party_id=party_id, party=party, joined_on=today, name_ref=name_ref)]

    def says_yes(self, party_id: str, *, method: SigningMethod, given_on: date, today: date) -> list[Event]:
        """A victim wants to meet. Raises Refused and Conflict."""
        self._refuse_closed()
        if self._victim(party_id).says_yes:
            raise conflict("SAID_YES_ALREADY")
        if given_on > today:
            raise refused("DATE_IN_FUTURE", field="given_on")
        return [MediationConsentGiven(party_id=party_id, method=method, given_on=given_on)]

    def says_no(self, party_id: str, *, today: date) -> list[Event]:
        """A victim does not want to meet, or not any more. Raises Refused and Conflict."""
        self._refuse_closed()
        if self._victim(party_id).says_yes is False:
            raise conflict("SAID_NO_ALREADY")
        return [MediationConsentWithdrawn(party_id=party_id, withdrawn_on=today)]

    def close(self, outcome: MediationOutcome, *, text_ref: str | None, today: date) -> list[Event]:
        """The mediation is over. Raises Refused and Conflict."""
        self._refuse_closed()
        if outcome is MediationOutcome.AGREEMENT and not self.victims_consent:
            raise refused("AGREEMENT_NEEDS_CONSENT", field="outcome")
        return [MediationClosed(outcome=outcome, closed_on=today, text_ref=text_ref)]

    def _refuse_closed(self) -> None:
        if not self.open:
            raise conflict("RECORD_CLOSED")

    def _victim(self, party_id: str) -> Party:
        for party in self.parties:
            if party.party_id == party_id and party.party is MediationParty.VICTIM:
                return party
        raise refused("NOT_A_VICTIM", field="party_id")

    def after(self, event: Event) -> Mediation:
        """The mediation after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case MediationPartyJoined():
                party = Party(party_id=event.party_id, party=event.party)
                return replace(changed, parties=(*self.parties, party))
            case MediationConsentGiven():
                return changed._answered(event.party_id, yes=True)
            case MediationConsentWithdrawn():
                return changed._answered(event.party_id, yes=False)
            case MediationClosed():
                return replace(changed, outcome=event.outcome, text_ref=event.text_ref)
        return changed

    def _answered(self, party_id: str, *, yes: bool) -> Mediation:
        parties = tuple(replace(p, says_yes=yes) if p.party_id == party_id else p for p in self.parties)
        return replace(self, parties=parties)
