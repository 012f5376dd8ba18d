"""What did not go as agreed: avvik in Felles ansvar, brudd in the sanctions."""

from __future__ import annotations

from datetime import date

from schemas.codes import Agency, DeviationKind
from schemas.event import Event, event


@event("deviation.reported")
class DeviationReported(Event):
    """Somebody reported that something did not go as agreed; severity 1 (note) to 4 (acute), the account in the vault."""

    deviation_id: str
    contract_id: str
    kind: DeviationKind
    severity: int
    happened_on: date
    reporter_id: str
    reporter_agency: Agency
    text_ref: str | None = None
