"""Deviations: avvik in the voluntary programmes, brudd in the sanctions; one model, the programme decides
the word.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from schemas.codes import Agency, DeviationKind
from schemas.deviation import DeviationReported
from schemas.event import Event
from services.contracts.domain.contract import Contract
from services.contracts.domain.refusals import refused

ACUTE = 4


class DeviationStatus(StrEnum):
    """Where a deviation stands."""

    REPORTED = "REPORTED"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reports; `severity` from 1 (note) to 4 (acute), the account itself in the vault."""

    deviation_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    text_ref: str | None = None


def report(
    asked: Report, contract: Contract, *, reporter_id: str, reporter_agency: Agency, today: date
) -> list[Event]:
    """A deviation from a contract that runs or has run. Raises Refused."""
    if contract.started_on is None:
        raise refused("NOT_STARTED")
    if not 1 <= asked.severity <= ACUTE:
        raise refused("SEVERITY_UNKNOWN", field="severity")
    if asked.happened_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="happened_on")
    if not contract.started_on <= asked.happened_on <= contract.ends_on:
        raise refused("HAPPENED_OUTSIDE_CONTRACT", field="happened_on")
    return [
        DeviationReported(
            deviation_id=asked.deviation_id,
            contract_id=contract.contract_id,
            kind=asked.kind,
            severity=asked.severity,
            happened_on=asked.happened_on,
            reporter_id=reporter_id,
            reporter_agency=reporter_agency,
            text_ref=asked.text_ref,
        )
    ]


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation as its events tell it."""

    case_id: str
    deviation_id: str
    contract_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    status: DeviationStatus = DeviationStatus.REPORTED
    version: int = 1

    @property
    def open(self) -> bool:
        """True until somebody has resolved, escalated or dismissed it."""
        return True

    @classmethod
    def reported(cls, case_id: str, event: DeviationReported) -> Deviation:
        """The deviation that was reported."""
        return cls(
            case_id=case_id,
            deviation_id=event.deviation_id,
            contract_id=event.contract_id,
            kind=event.kind,
            severity=event.severity,
            happened_on=event.happened_on,
            reporter_id=event.reporter_id,
        )
