"""What people and services may ask of sharing, one transaction each; openings are in gate.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from backbone.refusal import Conflict, NotAllowed, NotFound, Refused
from backbone.web import Answer
from backbone.work import Actor, Work
from schemas.access import AccessStopLifted, AccessStopped
from schemas.codes import COORDINATORS, AgeBand, Agency, DocumentClass, Purpose, Role, StopReason
from schemas.information import InformationRecorded
from services.sharing.domain import document_sentences, sentences
from services.sharing.domain.ages import age_band
from services.sharing.domain.gate import Question, Receiver, Why, receiver_of
from services.sharing.domain.protection import Protection
from services.sharing.gate import knowledge_from
from services.sharing.repository import CASE_FILES, DOCUMENTS, STOPS, known_of
from services.sharing.vault import Content, Deposit, Kind, Vault, deposits_wait, newest_identity_of

CASE_MAKERS = frozenset({*COORDINATORS, Role.SERVICE})
"""Who may register a case, and consents in it."""
REFERRERS = CASE_MAKERS | {Role.AGENCY_MEMBER, Role.UNIT_LEADER}
"""Who may lay down content for a case that has not been registered yet: whoever may refer a youth."""


def agency_of(work: Work) -> Agency:
    """The agency that the person acts for. Raises Refused when the log-in names none."""
    return agency_in(work.actor)


def agency_in(actor: Actor) -> Agency:
    """The agency of a log-in. Raises Refused when it names none."""
    try:
        return Agency(actor.agency or "")
    except ValueError:
        raise Refused("NO_AGENCY", sentences.NO_AGENCY) from None


def deposit(work: Work, vault: Vault, *, deposit: Deposit) -> Answer:
    """Lay content down in the vault. Raises NotAllowed for somebody outside the case, Conflict for a taken
    reference.
    """
    case, roles = CASE_FILES.find(work, deposit.case_id), work.actor.roles
    if case is None:
        if not roles & REFERRERS:
            raise NotAllowed("NOT_IN_CASE", sentences.NOT_IN_CASE)
        check_identity_is_theirs(work, deposit, leads=bool(roles & CASE_MAKERS))
    elif Role.SERVICE not in roles:
        receiver = check_part_of_case(work, vault, deposit.case_id)
        check_identity_is_theirs(work, deposit, leads=receiver.lead)
    vault.lay(work, deposit, at=work.moment.decided_at)
    return {"ref": deposit.ref}


def check_identity_is_theirs(work: Work, deposit: Deposit, *, leads: bool) -> None:
    """Once it lies there who somebody in a case is, only the lead says otherwise: the age decides who agrees to what. Before anybody
    leads it, those who may register cases, and whoever laid it. Raises NotAllowed.
    """
    if deposit.kind is not Kind.IDENTITY or leads:
        return
    deposits_wait(work, deposit.case_id)
    earlier = newest_identity_of(work, case_id=deposit.case_id, about_id=deposit.about_id)
    theirs = (
        CASE_FILES.find(work, deposit.case_id) is None and earlier and earlier.author_id == deposit.author_id
    )
    if earlier is not None and earlier.ref != deposit.ref and not theirs:
        raise NotAllowed("IDENTITY_IS_LEADS", sentences.IDENTITY_IS_LEADS)


def record_information(
    work: Work,
    vault: Vault,
    *,
    deposit: Deposit,
    document_class: DocumentClass = DocumentClass.WORKING,
    replaces: str | None = None,
) -> Answer:
    """Lay a piece of information down, and tell that it lies there. Raises NotAllowed, NotFound, Conflict."""
    work.lock_case(deposit.case_id)
    check_part_of_case(work, vault, deposit.case_id)
    if DOCUMENTS.find(work, deposit.ref) is not None:
        raise Conflict("REF_TAKEN", sentences.REF_TAKEN, field="ref")
    _refuse_document(work, deposit, document_class, replaces)
    vault.lay(work, deposit, at=work.moment.decided_at)
    event = InformationRecorded(
        ref=deposit.ref,
        about_id=deposit.about_id,
        category=deposit.category,
        from_agency=deposit.from_agency,
        author_id=deposit.author_id,
        document_class=document_class,
        replaces=replaces,
    )
    work.publish(deposit.case_id, event)
    return {"ref": deposit.ref}


def _refuse_document(work: Work, deposit: Deposit, of_class: DocumentClass, replaces: str | None) -> None:
    """No note in a closed case, and only one's own work in progress is replaced. Raises Conflict, NotFound, NotAllowed."""
    case = CASE_FILES.find(work, deposit.case_id)
    if of_class is DocumentClass.PRIVATE_NOTE and case is not None and case.closed_on is not None:
        raise Conflict("NO_NOTES_AFTER_CLOSURE", document_sentences.NO_NOTES_AFTER_CLOSURE)
    if replaces is not None:
        earlier = DOCUMENTS.find(work, replaces)
        if earlier is None or earlier.case_id != deposit.case_id:
            raise NotFound("NO_SUCH_TEXT", document_sentences.NO_SUCH_TEXT, field="replaces")
        earlier.refuse_replacing(by=work.actor.person_id)


def check_part_of_case(work: Work, vault: Vault, case_id: str) -> Receiver:
    """Who the person is in the case, as the gate sees it now; a held case still takes what is written. To somebody
    who is not cleared for a strictly protected case, it is not there. Raises NotFound, NotAllowed.
    """
    known = known_of(work, [case_id], identities_only=True)[case_id]
    refuse_closed_to(work, known.protection)
    knowledge = msgspec.structs.replace(knowledge_from(work, vault, known), held=False)
    question = Question(
        person_id=work.actor.person_id,
        agency=work.actor.agency,
        purpose=Purpose.FOLLOW_UP,
        refs=(),
        on=work.moment.today,
    )
    receiver = receiver_of(question, knowledge)
    if isinstance(receiver, Why):
        raise NotAllowed(receiver.value, sentences.KEPT_OUT.get(receiver.value, sentences.NOT_IN_CASE))
    return receiver


def refuse_closed_to(work: Work, protection: Protection | None) -> None:
    """Raise NotFound, as for a case that is not there, to somebody who is not cleared for a strictly protected one."""
    if protection is not None and protection.closes_case(work.actor.person_id):
        raise NotFound("NO_SUCH_CASE", sentences.NO_SUCH_CASE)


def check_registers_consents(work: Work, vault: Vault, case_id: str) -> None:
    """Consents are asked for and registered by the lead or a coordinator in the case, not by those who would
    receive. Raises NotFound, NotAllowed.
    """
    receiver = check_part_of_case(work, vault, case_id)
    case = CASE_FILES.find(work, case_id)
    if case is not None and case.mediation:
        raise Refused("MEDIATION_IS_NO_CASE", sentences.MEDIATION_IS_NO_CASE, field="case_id")
    if not receiver.lead and not work.actor.roles & CASE_MAKERS:
        raise NotAllowed("NOT_COORDINATOR", sentences.NOT_COORDINATOR)


def age_band_of(work: Work, vault: Vault, *, case_id: str, person_id: str, on: date) -> AgeBand:
    """The age band of somebody in a case on a day: a code that events carry, no birth date; of the newest identity, which the
    event that is being decided will name. Of any other day than today it is told to those who register cases only: whoever may choose the
    day finds the birth date with a dozen questions. Raises NotFound, NotAllowed.
    """
    identity = newest_identity_of(work, case_id=case_id, about_id=person_id)
    if identity is None:
        raise NotFound("NO_IDENTITY", sentences.NO_IDENTITY, field="youth_id")
    if Role.SERVICE not in work.actor.roles and identity.author_id != work.actor.person_id:
        receiver = check_part_of_case(work, vault, case_id)
        if on != work.moment.today and not (receiver.lead or work.actor.roles & CASE_MAKERS):
            raise NotAllowed("ONLY_TODAY", sentences.ONLY_TODAY)
    born = vault.birth_on(identity)
    if born is None:
        raise NotFound("NO_IDENTITY", sentences.NO_IDENTITY, field="youth_id")
    return age_band(born, on)


def set_stop(work: Work, *, case_id: str, stop_id: str, person_id: str | None, reason: StopReason) -> Answer:
    """Open nothing more to a person (or anybody) in a case, from the moment this is answered; once for a
    stop's id.
    """
    work.lock_case(case_id)
    stop = STOPS.find(work, stop_id)
    if stop is None:
        work.publish(case_id, AccessStopped(stop_id=stop_id, person_id=person_id, reason=reason))
    elif (stop.case_id, stop.person_id) != (case_id, person_id):
        raise Conflict("STOP_TAKEN", sentences.STOP_TAKEN, field="stop_id")
    return {"case_id": case_id, "stop_id": stop_id}


def lift_stop(work: Work, *, stop_id: str) -> Answer:
    """Lift a stop whose reason never came about. Raises NotFound, NotAllowed."""
    stop = STOPS.find(work, stop_id)
    if stop is None:
        raise NotFound("NO_SUCH_STOP", sentences.NO_SUCH_STOP)
    work.lock_case(stop.case_id)
    check_lifts_stops(work, stop.case_id)
    work.publish(stop.case_id, AccessStopLifted(stop_id=stop_id))
    return {"case_id": stop.case_id, "stop_id": stop_id}


def check_lifts_stops(work: Work, case_id: str) -> None:
    """The service that set it, or the leader of the unit that owns the case: the event that a stop waits for may be under way still, and
    whoever lifts it lets somebody in again. Raises NotAllowed.
    """
    case, actor = CASE_FILES.find(work, case_id), work.actor
    owner = (case.owner_agency, case.municipality_no) if case is not None else (None, None)
    if Role.SERVICE not in actor.roles and not actor.leads_unit(*owner):
        raise NotAllowed("NOT_LEADER", sentences.NOT_LEADER)


def keep_contact(work: Work, vault: Vault, *, person_id: str, contact: Content) -> Answer:
    """Keep the contact details of somebody on the staff."""
    vault.lay_contact(work, person_id=person_id, contact=contact, at=work.moment.decided_at)
    return {"person_id": person_id}


def contacts(work: Work, vault: Vault, person_ids: Sequence[str]) -> list[dict[str, str | None]]:
    """Names of staff for anybody on the staff; e-mail addresses only for the services that send. Unknown
    people are left out.
    """
    known = vault.contacts(work, list(dict.fromkeys(person_ids)))
    sends = Role.SERVICE in work.actor.roles
    return [
        {
            "person_id": person_id,
            "name": known[person_id]["name"],
            "email": known[person_id]["email"] if sends else None,
            "language": known[person_id]["language"],
        }
        for person_id in dict.fromkeys(person_ids)
        if person_id in known
    ]
