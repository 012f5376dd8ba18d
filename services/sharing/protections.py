"""Address protection and clearances, one transaction each, under the lock of the case: what they narrow is
narrow when they are answered.
"""

from __future__ import annotations

from backbone.refusal import NotAllowed
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import ProtectionLevel
from schemas.event import Event
from services.sharing.consents import check_leader
from services.sharing.domain import sentences
from services.sharing.domain.protection import Protection
from services.sharing.repository import PROTECTIONS, case_file


def set_protection(work: Work, *, case_id: str, level: ProtectionLevel | None) -> Answer:
    """Set the level, or lift the protection: by the lead to set or raise, by a leader to lift or lower.
    Raises NotAllowed, NotFound, Conflict.
    """
    protection = _locked(work, case_id)
    if protection.level is ProtectionLevel.CODE_6 or level is None:
        check_leader(work, case_file(work, case_id))
    elif work.actor.person_id != case_file(work, case_id).lead_id:
        raise NotAllowed("NOT_LEAD", sentences.NOT_LEAD)
    return _publish(work, case_id, protection.lift() if level is None else protection.set(level))


def clear_person(work: Work, *, case_id: str, person_id: str) -> Answer:
    """Clear somebody by name, as a leader of the agency that owns the case. Raises NotAllowed, NotFound,
    Refused, Conflict.
    """
    protection = _locked(work, case_id)
    check_leader(work, case_file(work, case_id))
    return _publish(work, case_id, protection.clear(person_id=person_id, by=work.actor.person_id))


def withdraw_clearance(work: Work, *, case_id: str, person_id: str) -> Answer:
    """Take a clearance back, as such a leader or as the lead. Raises NotAllowed, NotFound, Conflict."""
    protection = _locked(work, case_id)
    if work.actor.person_id != case_file(work, case_id).lead_id:
        check_leader(work, case_file(work, case_id))
    return _publish(work, case_id, protection.withdraw(person_id=person_id))


def _locked(work: Work, case_id: str) -> Protection:
    work.lock_case(case_id)
    case_file(work, case_id)
    return PROTECTIONS.find(work, case_id) or Protection(case_id=case_id)


def _publish(work: Work, case_id: str, events: list[Event]) -> Answer:
    work.publish(case_id, *events)
    return {"case_id": case_id}
