"""What this service needs to know of a case, as contracts' events tell it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened
from schemas.codes import Agency, Function, Programme, ProtectionLevel, SignerRole
from schemas.contract import ContractRegistered, PlannedMember
from schemas.event import Event
from schemas.guardianship import GUARDIAN_EVENTS, Guardianship
from schemas.protection import AddressProtectionCleared, AddressProtectionSet
from schemas.sanction import SanctionReceived

FAMILY_FUNCTION = {SignerRole.YOUTH: Function.YOUTH, SignerRole.GUARDIAN: Function.GUARDIAN}
"""What those who sign as themselves are in the group; barnevern's person is in it for barnevern already."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as far as it has been read."""

    case_id: str
    programme: Programme
    municipality_no: str
    owner_agency: Agency
    lead_id: str
    youth_id: str
    open: bool = True
    protection: ProtectionLevel | None = None
    guardians: Guardianship = Guardianship()

    def after(self, event: Event) -> Case:
        """The case after one more event of contracts."""
        match event:
            case CaseLeadChanged():
                return replace(self, lead_id=event.to_id, owner_agency=event.to_agency)
            case CaseClosed():
                return replace(self, open=False)
            case AddressProtectionSet():
                return replace(self, protection=event.level)
            case AddressProtectionCleared():
                return replace(self, protection=None)
            case _ if isinstance(event, GUARDIAN_EVENTS):
                return replace(self, guardians=self.guardians.after(event))
            case _:
                return self

    @classmethod
    def opened(cls, case_id: str, event: CaseOpened) -> Case:
        """The case that the event opens."""
        return cls(
            case_id=case_id,
            programme=event.programme,
            municipality_no=event.municipality_no,
            owner_agency=event.owner_agency,
            lead_id=event.lead_id,
            youth_id=event.youth_id,
        )

    def planned_group(self, event: ContractRegistered | SanctionReceived) -> list[PlannedMember]:
        """Those whom a contract or a sanction puts in the group: the lead, the youth and those who sign with them, the
        named members.
        """
        lead = PlannedMember(person_id=self.lead_id, agency=self.owner_agency, function=Function.LEAD)
        family = [
            PlannedMember(
                person_id=signer.person_id,
                agency=Agency.PRIVATE_NETWORK,
                function=FAMILY_FUNCTION[signer.role],
            )
            for signer in event.signers
            if signer.role in FAMILY_FUNCTION
        ]
        return [lead, *family, *event.members]
