"""What did not go as agreed: avvik in Felles ansvar, brudd in the sanctions."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, DeviationKind
from schemas.event import Event, event


@event("deviation.reported")
class DeviationReported(Event, frozen=True, kw_only=True):
    """Somebody reported that something did not go as agreed; severity 1 (note) to 4 (acute), the account in the vault."""

    deviation_id: str
    contract_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    reporter_agency: Agency
    text_ref: str | None = None


@event("deviation.assessed")
class DeviationAssessed(Event, frozen=True, kw_only=True):
    """Somebody judged how serious a reported deviation is; the judgement itself in the vault."""

    deviation_id: str
    severity: int
    assessor_id: str
    assessed_on: date
    text_ref: str | None = None


@event("deviation.resolved")
class DeviationResolved(Event, frozen=True, kw_only=True):
    """What was agreed about a deviation was done."""

    deviation_id: str
    resolved_on: date


@event("deviation.dismissed")
class DeviationDismissed(Event, frozen=True, kw_only=True):
    """A reported deviation turned out not to be one."""

    deviation_id: str
    dismissed_by: str
    dismissed_on: date
