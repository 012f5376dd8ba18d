"""What auditors did: auditing is itself audited."""

from __future__ import annotations

from schemas.codes import Agency, AuditPurpose, AuditQuestion
from schemas.event import Event, event


@event("case.audited")
class CaseAudited(Event, frozen=True, kw_only=True):
    """An auditor looked at the log of one case, with a stated purpose; `records` is how many records were
    shown.
    """

    purpose: AuditPurpose
    records: int


@event("log.questioned")
class LogQuestioned(Event, frozen=True, kw_only=True):
    """An auditor asked a question across cases, about everybody, one person, one agency or one case; the
    subject is no case.
    """

    question: AuditQuestion
    records: int
    person_id: str | None = None
    agency: Agency | None = None
    about_case: str | None = None
