"""The grounds of a leader's decision: a leader who is not in the group may lay them down, and reads nothing by it."""

from __future__ import annotations

from collections.abc import Iterable

from backbone.refusal import NotAllowed, Refused
from backbone.web import Answer
from backbone.work import Work
from schemas.codes import Role
from services.sharing.commands import agency_of, check_part_of_case, refuse_closed_to
from services.sharing.domain import sentences
from services.sharing.domain.case_file import CaseFile
from services.sharing.repository import PROTECTIONS, case_file
from services.sharing.vault import Deposit, Vault, sealed


def lay_ground(work: Work, vault: Vault, *, deposit: Deposit) -> Answer:
    """Lay down why something is decided. A strictly protected case is not there for a leader who is not cleared for it; what records owners
    and privacy officers decide is about every case. Raises NotAllowed for somebody who decides nothing here, NotFound, Conflict for a
    taken reference.
    """
    case = case_file(work, deposit.case_id)
    if not (keeps_records(work, case) or _is_privacy_officer(work, case)):
        refuse_closed_to(work, PROTECTIONS.find(work, deposit.case_id))
        if not leads_here(work, case):
            check_part_of_case(work, vault, deposit.case_id)
    vault.lay(work, deposit, at=work.moment.decided_at)
    return {"ref": deposit.ref}


def leads_here(work: Work, case: CaseFile) -> bool:
    """True for the leader of the unit that owns the case, or of one that takes part in it."""
    taking_part = {case.owner_agency, *(member.agency for member in case.members.values())}
    return agency_of(work) in taking_part and work.actor.leads_unit(work.actor.agency, case.municipality_no)


def keeps_records(work: Work, case: CaseFile) -> bool:
    """True for a records owner of the unit that owns the case."""
    return work.actor.has_office(Role.RECORDS_OWNER, case.owner_agency, case.municipality_no)


def guards_privacy(work: Work, case: CaseFile) -> bool:
    """True for those who decide about data protection in the case: a privacy officer or the leader of the unit that owns it."""
    leads = work.actor.has_office(Role.UNIT_LEADER, case.owner_agency, case.municipality_no)
    return leads or _is_privacy_officer(work, case)


def _is_privacy_officer(work: Work, case: CaseFile) -> bool:
    return work.actor.has_office(Role.PRIVACY_OFFICER, case.owner_agency, case.municipality_no)


def check_sees_decisions(work: Work, vault: Vault, case: CaseFile) -> None:
    """Decisions in codes are for those in the case, and for leaders who decide in it. Raises NotAllowed,
    NotFound.
    """
    try:
        check_part_of_case(work, vault, case.case_id)
    except NotAllowed:
        if not leads_here(work, case):
            raise NotAllowed("NOT_IN_CASE", sentences.NOT_IN_CASE) from None


def check_texts(work: Work, case_id: str, refs: Iterable[str | None], *, field: str = "grounds_ref") -> None:
    """Every text that grounds a decision lies in the vault, in this case. Raises Refused."""
    wanted = {ref for ref in refs if ref is not None}
    laid = {deposit.ref for deposit in sealed(work, wanted) if deposit.case_id == case_id}
    if wanted - laid:
        raise Refused("NO_SUCH_TEXT", sentences.NO_SUCH_TEXT, field=field)
