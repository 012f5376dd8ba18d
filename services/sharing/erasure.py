"""The end of a case's content: two persons decide, the keys are destroyed, the certificate is published. Each
step can be done again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from backbone.clock import Moment, derived_id
from backbone.logs import logger
from backbone.refusal import NotAllowed
from backbone.web import Answer
from backbone.work import Service, Work, service_actor, work_on
from schemas.codes import COORDINATORS, RetentionBasis, Role
from schemas.event import Event
from schemas.local_time import local_date
from schemas.retention import CaseArchived, CaseContentErased, RetentionReviewed
from services.sharing import youth_index
from services.sharing.case_documents import document_refs
from services.sharing.consents import check_leader
from services.sharing.domain import sentences
from services.sharing.domain.retention import Retention
from services.sharing.grounds import keeps_records, leads_here
from services.sharing.keys import DESTROYED_AFTER, REPLACED_AFTER, KeyStore
from services.sharing.ledger import Erased, Ledger
from services.sharing.repository import RETENTIONS, case_file
from services.sharing.vault import deposits_wait

log = logger(__name__)


def review(work: Work, *, case_id: str, asked: RetentionReviewed) -> Answer:
    """Decide what becomes of a closed case, as its lead. Raises Refused, NotAllowed, NotFound."""
    retention = locked(work, case_id)
    _check_lead(work, case_id)
    closed = case_file(work, case_id).closed_on is not None
    return _publish(work, case_id, retention.review(asked, closed=closed))


def seen(work: Work, case_id: str) -> Retention | None:
    """Where a case stands on its way out, for its lead and members, the unit that owns it, and leaders who take part in it.
    Raises NotAllowed, NotFound.
    """
    case, actor = case_file(work, case_id), work.actor
    of_unit = (*COORDINATORS, Role.RECORDS_OWNER)
    sees = (
        actor.person_id in {case.lead_id, *case.members}
        or leads_here(work, case)
        or any(actor.has_office(role, case.owner_agency, case.municipality_no) for role in of_unit)
    )
    if not sees:
        raise NotAllowed("NOT_IN_CASE", sentences.NOT_IN_CASE)
    return RETENTIONS.find(work, case_id)


def archive(work: Work, *, case_id: str, received: CaseArchived) -> Answer:
    """Record the archive's receipt, as the lead or a records owner. Raises Refused, NotAllowed, NotFound."""
    retention = locked(work, case_id)
    if not keeps_records(work, case_file(work, case_id)):
        _check_lead(work, case_id)
    return _publish(work, case_id, retention.archive(received, documents=document_refs(work, case_id)))


def propose(work: Work, *, case_id: str) -> Answer:
    """Propose that the content be destroyed, as the lead. Raises Refused, NotAllowed, NotFound."""
    retention = locked(work, case_id)
    _check_lead(work, case_id)
    documents = document_refs(work, case_id)
    return _publish(work, case_id, retention.propose(person_id=work.actor.person_id, documents=documents))


def approve(work: Work, *, case_id: str) -> Answer:
    """Approve it, as a leader who did not propose it: nothing is opened or taken in from now on. Raises
    Refused, NotAllowed, NotFound.
    """
    retention = locked(work, case_id)
    check_leader(work, case_file(work, case_id))
    deposits_wait(work, case_id)
    documents = document_refs(work, case_id)
    return _publish(work, case_id, retention.approve(person_id=work.actor.person_id, documents=documents))


def finish_erasures(engine: Engine, service: Service, keys: KeyStore, ledger: Ledger, moment: Moment) -> int:
    """Carry out every erasure that has been approved: keys, ledger, content, certificate. Gives how many;
    safe to repeat after a crash anywhere.
    """
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT case_id FROM retention WHERE approved AND NOT erased")
        waiting = [case_id for (case_id,) in found]
    for case_id in waiting:
        destroyed = keys.destroy(case_id, at=moment.real_at)
        ledger.write(Erased(case_id=case_id, erased_at=moment.real_at))
        with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
            _certify(work, case_id, destroyed, keys)
    return len(waiting)


def _certify(work: Work, case_id: str, destroyed: int, keys: KeyStore) -> None:
    retention = locked(work, case_id)
    if retention.erased_on is not None or retention.proposed_by is None or retention.approved_by is None:
        return
    pieces = _drop_content(work, case_id)
    certificate = CaseContentErased(
        certificate_id=derived_id("erasure certificate", case_id),
        basis=retention.basis or RetentionBasis.NO_DUTY_TO_KEEP,
        erased_on=work.moment.today,
        keys_destroyed=destroyed,
        pieces=pieces,
        key_encryption_key=keys.fingerprint,
        no_backup_opens_after=local_date(no_backup_opens_after(keys.begun_at(), work.moment.real_at)),
        proposed_by=retention.proposed_by,
        approved_by=retention.approved_by,
    )
    work.publish(case_id, certificate)


def no_backup_opens_after(key_begun_at: datetime, erased_at: datetime) -> datetime:
    """The end of the key-encryption key that every back-up made until now needs: its replacement, and the
    days it is kept after that.
    """
    return max(key_begun_at + REPLACED_AFTER, erased_at) + DESTROYED_AFTER + timedelta(days=1)


def apply_ledger(engine: Engine, keys: KeyStore, ledger: Ledger) -> int:
    """Erase again what a restored database has brought back, before anything is opened; gives how many keys
    were destroyed again.
    """
    again = 0
    for erased in ledger:
        destroyed = keys.destroy(erased.case_id, at=erased.erased_at)
        if destroyed:
            log.warning("erased_again_after_restore", case_id=erased.case_id, count=destroyed)
        again += destroyed
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM content WHERE case_id = %s", (erased.case_id,))
            connection.exec_driver_sql("DELETE FROM youth_mark WHERE case_id = %s", (erased.case_id,))
    return again


def _drop_content(work: Work, case_id: str) -> int:
    work.flush()
    youth_index.forget(work, case_id)
    found = work.session.connection().exec_driver_sql("DELETE FROM content WHERE case_id = %s", (case_id,))
    return int(found.rowcount)


def locked(work: Work, case_id: str) -> Retention:
    """Where the case stands, its lock taken. Raises NotFound."""
    work.lock_case(case_id)
    case_file(work, case_id)
    return RETENTIONS.find(work, case_id) or Retention(case_id=case_id)


def _check_lead(work: Work, case_id: str) -> None:
    if work.actor.person_id != case_file(work, case_id).lead_id:
        raise NotAllowed("NOT_LEAD", sentences.NOT_LEAD)


def _publish(work: Work, case_id: str, events: list[Event]) -> Answer:
    work.publish(case_id, *events)
    return {"case_id": case_id}
