"""What stands beside a case: the prosecution's answer to a contract as an alternative, and the contacts after the end."""

from __future__ import annotations

from datetime import date

from schemas.decision import AftercareChecked
from schemas.event import Event
from schemas.sanction import ProsecutionAcceptanceRecorded
from schemas.sanction_codes import AftercareCheck, AftercareOutcome
from services.contracts.domain.case import Case, CaseStatus
from services.contracts.domain.programmes import rules_of
from services.contracts.domain.refusals import conflict, refused


def record_acceptance(
    case: Case, *, accepted: bool, admitted: bool, answered_on: date, answer_ref: str, today: date
) -> list[Event]:
    """The prosecution answered whether a contract may stand in place of a penalty. Raises Refused and Conflict."""
    case.refuse_closed()
    if not rules_of(case.programme).voluntary:
        raise refused("SANCTION_IS_DECIDED")
    if answered_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="answered_on")
    if accepted and not admitted:
        raise refused("ADMISSION_MISSING", field="admitted")
    return [ProsecutionAcceptanceRecorded(accepted=accepted, answered_on=answered_on, answer_ref=answer_ref)]


def check_aftercare(
    case: Case,
    check: AftercareCheck,
    outcome: AftercareOutcome,
    *,
    checked_on: date,
    text_ref: str | None,
    today: date,
) -> list[Event]:
    """Somebody asked how it goes after the end, or the youth did not want that. Raises Refused and Conflict."""
    case.refuse_closed()
    if case.status is not CaseStatus.WINDING_UP:
        raise conflict("AFTERCARE_BEFORE_END")
    if check in case.aftercare:
        raise conflict("AFTERCARE_DONE", field="check")
    if checked_on > today:
        raise refused("HAPPENED_IN_FUTURE", field="checked_on")
    return [AftercareChecked(check=check, outcome=outcome, checked_on=checked_on, text_ref=text_ref)]
