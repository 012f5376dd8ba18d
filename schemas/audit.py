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
    """An auditor asked a question across cases, about everybody, what one person or agency asked to see, what was asked about one
    person (`about_id`), or one case, with a stated purpose; the subject is no case.
    """

    question: AuditQuestion
    records: int
    purpose: AuditPurpose
    person_id: str | None = None
    agency: Agency | None = None
    about_case: str | None = None
    about_id: str | None = None
