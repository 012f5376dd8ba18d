"""What auditors may ask for. Looking at one case is a command: it is recorded before anything is shown."""

from __future__ import annotations

from backbone.refusal import NotFound, Sentence
from backbone.web import Answer
from backbone.work import Work
from schemas.audit import CaseAudited
from schemas.codes import AuditPurpose
from services.audit import queries

NO_SUCH_CASE = Sentence(
    "Det finnes ingen hendelser om denne saken.",
    "Det finst ingen hendingar om denne saka.",
    "There are no events about this case.",
)


def look_at_case(work: Work, *, case_id: str, purpose: AuditPurpose) -> Answer:
    """Every event of a case, for a stated purpose; that somebody looked is recorded once for half an hour of looking. Raises NotFound."""
    found = queries.events(work, case_id)
    if not found:
        raise NotFound("NO_SUCH_CASE", NO_SUCH_CASE)
    say_looked(work, case_id, purpose=purpose, records=len(found))
    return {"case_id": case_id, "purpose": purpose, "events": found}


def say_looked(work: Work, case_id: str, *, purpose: AuditPurpose, records: int) -> None:
    """Put on the case's log that somebody looked at so many of its records, and what for: once for half an hour of looking."""
    work.lock_case(case_id)
    if not queries.looked_lately(work, case_id, purpose):
        work.publish(case_id, CaseAudited(purpose=purpose, records=records))
