"""What the gate knows of a case from the others' events: who leads it, who is in the group, what has been
signed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CaseTransferred
from schemas.codes import AgeBand, Agency, EndingReason, Function, Programme
from schemas.contract import (
    ContractEndedEarly,
    ContractExtended,
    ContractRegistered,
    ContractSigned,
    ContractStartCorrected,
)
from schemas.coordination import CertificateShown
from schemas.event import Event
from schemas.guardian import (
    GuardianAdded,
    GuardianChangeConfirmed,
    GuardianRemoved,
    GuardianRestricted,
    GuardianRestrictionLifted,
    ParentalResponsibilityChanged,
)
from schemas.guardianship import Guardianship
from schemas.mediation import MediationOpened
from schemas.network_group import MemberFunctionChanged, MemberJoined, MemberLeft, SecrecyDeclared
from schemas.referral import (
    ReferralDeclined,
    ReferralReassigned,
    ReferralReceived,
    ReferralRedirected,
    ReferralScreened,
    ReferralWithdrawn,
)
from schemas.sanction import (
    SanctionReceived,
    YouthPlanAdopted,
    YouthPlanTerminated,
    YouthPlanTightened,
)
from services.sharing.domain.case_texts import CaseTexts

LEADING = frozenset({Function.LEAD, Function.DEPUTY, Function.SECRETARY})


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the network group; `declared` once they have declared secrecy, `certified` once a mentor has shown a police
    certificate.
    """

    agency: Agency
    function: Function
    joined_on: date
    declared: bool = False
    certified: bool = False

    @property
    def mentor(self) -> bool:
        """True for those who meet the youth alone (politiregisterforskriften § 34-15)."""
        return self.function is Function.MENTOR or self.agency is Agency.MENTOR

    @property
    def by_consent_only(self) -> bool:
        """True for mentors and private people outside the family: taking part opens nothing to them, only consent does."""
        family = self.function in (Function.YOUTH, Function.GUARDIAN)
        return self.mentor or (self.agency is Agency.PRIVATE_NETWORK and not family)


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """A contract, or an adopted youth plan, as the gate sees it: it opens basic content to the group while it is signed and runs;
    `taken_back` when it ended because somebody no longer takes part.
    """

    ends_on: date
    signed: bool = False
    taken_back: bool = False


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the gate knows it; before it is opened, the referral that may become it, with the one who screens it in
    the lead's place. `stops_named` are the stops that an applied event has explained; a
    `frozen` case (death, registered by mistake) opens nothing to anybody; a `mediation` is a
    record of its mediator's and never becomes a case, nor the other way about.
    """

    case_id: str
    programme: Programme | None = None
    municipality_no: str | None = None
    lead_id: str | None = None
    owner_agency: Agency | None = None
    youth_id: str | None = None
    age_band: AgeBand | None = None
    guardians: Guardianship = Guardianship()
    contracts: dict[str, Participation] = {}
    members: dict[str, Membership] = {}
    stops_named: tuple[str, ...] = ()
    closed_on: date | None = None
    frozen: bool = False
    mediation: bool = False
    identity_refs: tuple[str, ...] = ()
    texts: CaseTexts = msgspec.field(default_factory=CaseTexts)

    @property
    def agreed_until(self) -> date | None:
        """The last day of the contract or the youth plan in force, as it was extended or ended; None before there is any. One that
        nobody has signed counts only where none is signed.
        """
        signed = [one for one in self.contracts.values() if one.signed]
        return max((one.ends_on for one in signed or self.contracts.values()), default=None)

    def leads_group(self, person_id: str) -> bool:
        """True for the lead of the case, and for the lead, the deputy and the secretary of its group, who write its minutes."""
        member = self.members.get(person_id)
        return person_id == self.lead_id or (member is not None and member.function in LEADING)

    def after(self, event: Event) -> CaseFile:
        """The case file after an event of another service."""
        if self.mediation and isinstance(event, (ReferralReceived, CaseOpened)):
            return self
        change = msgspec.structs.replace
        texts = self.texts.after(event)
        if texts is not self.texts:
            self = change(self, texts=texts)
        known = (*self.identity_refs, *getattr(event, "identity_refs", ()))
        named = tuple(dict.fromkeys(known))
        match event:
            case ReferralReceived() if self.programme is None:
                return change(
                    self,
                    municipality_no=event.municipality_no,
                    lead_id=event.assigned_to,
                    youth_id=event.youth_id,
                    identity_refs=named,
                )
            case ReferralScreened() if self.programme is None:
                return change(self, youth_id=event.youth_id, identity_refs=named)
            case ReferralReassigned() if self.programme is None:
                return change(self, lead_id=event.to_id)
            case ReferralDeclined():
                return change(self, closed_on=event.declined_on)
            case ReferralRedirected():
                return change(self, closed_on=event.redirected_on)
            case ReferralWithdrawn():
                return change(self, closed_on=event.withdrawn_on)
            case CaseOpened():
                return change(
                    self,
                    programme=event.programme,
                    municipality_no=event.municipality_no,
                    lead_id=event.lead_id,
                    owner_agency=event.owner_agency,
                    youth_id=event.youth_id,
                )
            case ContractRegistered():
                contract = Participation(ends_on=event.ends_on)
                return change(
                    self,
                    youth_id=event.youth_id,
                    age_band=event.age_band,
                    guardians=self.guardians.after(event),
                    contracts={**self.contracts, event.contract_id: contract},
                    identity_refs=named,
                )
            case SanctionReceived():
                return change(
                    self,
                    youth_id=event.youth_id,
                    age_band=event.age_band,
                    guardians=self.guardians.after(event),
                    identity_refs=named,
                )
            case GuardianAdded() | GuardianChangeConfirmed() | GuardianRestrictionLifted():
                return change(self, guardians=self.guardians.after(event))
            case GuardianRestricted() | GuardianRemoved():
                return change(self._named(event.stop_id), guardians=self.guardians.after(event))
            case ParentalResponsibilityChanged():
                stopped = change(self, stops_named=(*self.stops_named, *event.stop_ids))
                return change(stopped, guardians=self.guardians.after(event))
            case YouthPlanAdopted():
                plan = Participation(ends_on=event.ends_on, signed=True)
                return change(self, contracts={**self.contracts, event.plan_id: plan})
            case YouthPlanTightened():
                return self._contract(event.plan_id, ends_on=event.ends_on)
            case YouthPlanTerminated():
                return self._contract(event.plan_id, ends_on=event.terminated_on)
            case ContractSigned():
                return self._contract(event.contract_id, signed=True)
            case ContractEndedEarly():
                taken_back = event.reason is EndingReason.CONSENT_WITHDRAWN
                return self._contract(event.contract_id, ends_on=event.ended_on, taken_back=taken_back)
            case ContractExtended() | ContractStartCorrected():
                return self._contract(event.contract_id, ends_on=event.ends_on)
            case CaseLeadChanged():
                explained = self._named(event.stop_id)
                return change(explained, lead_id=event.to_id, owner_agency=event.to_agency)
            case CaseClosed():
                frozen = event.reason in (EndingReason.DEATH, EndingReason.REGISTERED_BY_MISTAKE)
                return change(self._named(event.stop_id), closed_on=event.closed_on, frozen=frozen)
            case CaseTransferred():
                return change(self, closed_on=event.transferred_on)
            case MemberJoined():
                member = Membership(agency=event.agency, function=event.function, joined_on=event.joined_on)
                return change(self, members={**self.members, event.person_id: member})
            case MemberFunctionChanged() if event.person_id in self.members:
                member = change(self.members[event.person_id], function=event.function)
                return change(self, members={**self.members, event.person_id: member})
            case MemberLeft():
                rest = {
                    person: member for person, member in self.members.items() if person != event.person_id
                }
                return change(self._named(event.stop_id), members=rest)
            case MediationOpened() if self.programme is None and self.lead_id is None:
                return change(
                    self, lead_id=event.mediator_id, owner_agency=event.owner_agency, mediation=True
                )
            case CertificateShown() if event.person_id in self.members:
                shown = change(self.members[event.person_id], certified=True)
                return change(self, members={**self.members, event.person_id: shown})
            case SecrecyDeclared() if event.person_id in self.members:
                declared = change(self.members[event.person_id], declared=True)
                return change(self, members={**self.members, event.person_id: declared})
        return self

    def _named(self, stop_id: str | None) -> CaseFile:
        """The case file when an event has explained this stop."""
        if stop_id is None:
            return self
        return msgspec.structs.replace(self, stops_named=(*self.stops_named, stop_id))

    def _contract(self, contract_id: str, **changes: Any) -> CaseFile:
        contract = self.contracts.get(contract_id)
        if contract is None:
            return self
        changed = msgspec.structs.replace(contract, **changes)
        return msgspec.structs.replace(self, contracts={**self.contracts, contract_id: changed})
