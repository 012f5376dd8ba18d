"""The case: one youth in one programme, with one named contact person throughout."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from schemas.case import CaseOpened
from schemas.codes import Agency, Programme
from schemas.contract import ContractStarted
from schemas.event import Event


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPENED = "OPENED"
    ACTIVE = "ACTIVE"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as its events tell it; `version` counts those that changed it."""

    case_id: str
    programme: Programme
    municipality_no: str
    owner_agency: Agency
    lead_id: str
    youth_id: str
    status: CaseStatus = CaseStatus.OPENED
    version: int = 1

    @property
    def open(self) -> bool:
        """True until the case is closed."""
        return True

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

    def after(self, event: Event) -> Case:
        """The case after one more event of its own."""
        changed = replace(self, version=self.version + 1)
        match event:
            case ContractStarted():
                return replace(changed, status=CaseStatus.ACTIVE)
            case _:
                return changed
