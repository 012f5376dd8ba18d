"""What auditors did: auditing is itself audited."""

from __future__ import annotations

from schemas.codes import AuditPurpose
from schemas.event import Event, event


@event("case.audited")
class CaseAudited(Event, frozen=True, kw_only=True):
    """An auditor looked at the log of one case, with a stated purpose; `records` is how many records were shown."""

    purpose: AuditPurpose
    records: int
