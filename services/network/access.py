"""Who may do what with a case here: those who lead the group, those who are in it, nobody else."""

from __future__ import annotations

from backbone.refusal import found, not_found
from backbone.work import Work
from schemas.codes import Role
from schemas.guardianship import Guardianship
from services.network.domain.group import Group
from services.network.domain.kept_out import why_kept_out
from services.network.domain.refusals import conflict, not_allowed
from services.network.repository import CASES, GROUPS


def group_for_member(work: Work, case_id: str) -> Group:
    """The group, for those who are in it. Raises NotFound for everyone else, as for one that does not
    exist, and NotAllowed for a guardian who is kept out.
    """
    group = found(GROUPS.find(work, case_id))
    if work.actor.person_id not in group.present:
        raise not_found()
    why = why_kept_out(guardians_of(work, case_id), group, work.actor.person_id)
    if why is not None:
        raise not_allowed(why.value)
    return group


def guardians_of(work: Work, case_id: str) -> Guardianship:
    """The guardians of the case, as far as this service has read."""
    case = CASES.find(work, case_id)
    return case.guardians if case is not None else Guardianship()


def refuse_closed(work: Work, case_id: str) -> None:
    """Raise Conflict when the case is closed, as far as this service has read."""
    case = CASES.find(work, case_id)
    if case is not None and not case.open:
        raise conflict("CASE_CLOSED")


def group_for_leading(work: Work, case_id: str) -> Group:
    """The group, for lead, deputy and secretary. Raises NotAllowed for other members, NotFound for everyone
    else.
    """
    group = group_for_member(work, case_id)
    refuse_closed(work, case_id)
    if not group.leads(work.actor.person_id):
        raise not_allowed("ONLY_LEADING")
    return group


def group_for_reading(work: Work, case_id: str) -> Group:
    """The group, for those who are in it and the system's own services."""
    if Role.SERVICE in work.actor.roles:
        return found(GROUPS.find(work, case_id))
    return group_for_member(work, case_id)
