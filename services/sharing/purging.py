"""The end of what a declined referral left: three months on, the keys are destroyed and the deposits dropped. No case came of it, so
there is nothing to archive and nobody decides (product default; the deadline D-32 says when).
"""

from __future__ import annotations

from sqlalchemy import Engine

from backbone.clock import Moment
from backbone.work import Reaction, Service, Work, service_actor, work_on
from schemas.deadline import DeadlinePassed
from schemas.event import Event, Fact
from schemas.recognition import ReferralPurged
from services.sharing import youth_index
from services.sharing.keys import KeyStore
from services.sharing.ledger import Erased, Ledger
from services.sharing.repository import CASE_FILES
from services.sharing.tables import PurgeRow

DECLINED = "D-32"
"""The deadline for keeping what a declined, redirected or withdrawn referral left."""


def on_deadline_passed(work: Work, fact: Fact) -> None:
    """Put the referral's content in the queue, unless a case has come of it after all."""
    assert isinstance(fact.event, DeadlinePassed)
    case = CASE_FILES.find(work, fact.envelope.case_id)
    if fact.event.kind == DECLINED and (case is None or case.programme is None):
        work.put(PurgeRow, case_id=fact.envelope.case_id, asked_by=fact.envelope.id)


def finish_purges(engine: Engine, service: Service, keys: KeyStore, ledger: Ledger, moment: Moment) -> int:
    """Purge everything in the queue; gives how many. Safe to repeat after a crash anywhere."""
    with engine.connect() as connection:
        waiting = connection.exec_driver_sql("SELECT case_id, asked_by FROM referral_purge").all()
    for case_id, asked_by in waiting:
        destroyed = keys.destroy(case_id, at=moment.real_at)
        ledger.write(Erased(case_id=case_id, erased_at=moment.real_at))
        with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
            work.lock_case(case_id)
            work.flush()
            dropped = work.session.connection().exec_driver_sql(
                "DELETE FROM content WHERE case_id = %s", (case_id,)
            )
            youth_index.forget(work, case_id)
            work.remove(PurgeRow, case_id)
            purged = ReferralPurged(
                purged_on=moment.today, keys_destroyed=destroyed, pieces=int(dropped.rowcount)
            )
            work.publish(case_id, purged, caused_by=asked_by)
    return len(waiting)


PURGES: dict[type[Event], Reaction] = {DeadlinePassed: on_deadline_passed}
