"""What time does, told on the log: consents that expire or lapse; and erasures that a crash left half done.
Nothing waits for this: every decision
compares dates itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from backbone.clock import Moment
from backbone.inbox import passes
from backbone.logs import logger
from backbone.web import Desk
from backbone.work import Service, service_actor, work_on
from services.sharing.domain.consent_answers import time_passes
from services.sharing.erasure import finish_erasures
from services.sharing.keys import KeyStore
from services.sharing.ledger import Ledger
from services.sharing.repository import CONSENTS
from services.sharing.rules import signing_rules

log = logger(__name__)
EVERY_SECONDS = 20.0
AT_ONCE = 200
DUE = """
SELECT case_id, consent_id FROM consent
WHERE NOT ended AND (valid_to < %s OR (unanswered AND requested_on + %s < %s)) ORDER BY valid_to LIMIT %s
"""


def tell_what_time_did(engine: Engine, service: Service, moment: Moment) -> int:
    """Publish the expiry or lapse of each consent that has come to it, a transaction a case; gives how many
    events.
    """
    rules, told = signing_rules(), 0
    with engine.connect() as connection:
        asked = (moment.today, rules.lapse_after_days, moment.today, AT_ONCE)
        due = connection.exec_driver_sql(DUE, asked).all()
    for case_id, consent_id in due:
        with work_on(engine, service, moment=moment, actor=service_actor(service.name)) as work:
            work.lock_case(case_id)
            consent = CONSENTS.find(work, consent_id)
            if consent is not None:
                told += len(work.publish(case_id, *time_passes(consent, moment.today, rules)))
    return told


@contextmanager
def clockwork(desk: Desk) -> Iterator[None]:
    """Look every twenty seconds for as long as the service runs."""
    stopping = threading.Event()
    keys = KeyStore(desk.settings)

    def run() -> None:
        while not stopping.wait(EVERY_SECONDS):
            try:
                tell_what_time_did(desk.engine, desk.service, desk.clock.moment())
                finish_erasures(desk.engine, desk.service, keys, Ledger(desk.settings), desk.clock.moment())
            except Exception as error:
                if not passes(error):
                    log.error("clockwork_failed", error=type(error).__name__, exc_info=error)

    thread = threading.Thread(target=run, name="clockwork", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(5)
