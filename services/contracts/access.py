"""Who may do what with a case here: those who lead it, those who stand around the youth, nobody else."""

from __future__ import annotations

from backbone.refusal import NotAllowed, Sentence, found, not_found
from backbone.work import Actor, Work
from schemas.codes import Agency, Role
from services.contracts.domain.case import Case
from services.contracts.repository import CASES, around

ONLY_LEAD = Sentence(
    "Bare den som leder saken, eller stedfortrederen, kan gjøre dette.",
    "Berre den som leier saka, eller stedfortredaren, kan gjere dette.",
    "Only the one who leads the case, or the deputy, can do this.",
)
AGENCY_MISSING = Sentence(
    "Du må høre til en etat for å gjøre dette.",
    "Du må høyre til ein etat for å gjere dette.",
    "You must belong to an agency to do this.",
)


def case_for_member(work: Work, case_id: str) -> Case:
    """The case, for its lead and its members. Raises NotFound for everyone else, as for a case that does
    not exist.
    """
    case = found(CASES.find(work, case_id))
    person = work.actor.person_id
    if person != case.lead_id and person not in around(work, case_id).functions:
        raise not_found()
    return case


def case_for_lead(work: Work, case_id: str) -> Case:
    """The case, for its lead and deputy. Raises NotAllowed for other members, NotFound for everyone else."""
    case = case_for_member(work, case_id)
    if not leads(work, case):
        raise NotAllowed("ONLY_LEAD", ONLY_LEAD)
    return case


def leads(work: Work, case: Case) -> bool:
    """Whether the actor leads the case or is the deputy."""
    person = work.actor.person_id
    return person == case.lead_id or around(work, case.case_id).leads(person)


def case_for_leader(work: Work, case_id: str) -> Case:
    """The case, for its lead and deputy, and for the leader of the unit that owns it."""
    case = found(CASES.find(work, case_id))
    if work.actor.leads_unit(case.owner_agency, case.municipality_no):
        return case
    return case_for_lead(work, case_id)


def case_for_reading(work: Work, case_id: str) -> Case:
    """The case, for its lead, its members and the system's own services."""
    if Role.SERVICE in work.actor.roles:
        return found(CASES.find(work, case_id))
    return case_for_member(work, case_id)


def agency_of(actor: Actor) -> Agency:
    """The agency that somebody acts for. Raises NotAllowed when they act for none."""
    if actor.agency is None or actor.agency not in Agency.__members__:
        raise NotAllowed("AGENCY_MISSING", AGENCY_MISSING)
    return Agency(actor.agency)
