"""What time does, told on the log: consents that expire or lapse; erasures that a crash left half done; and
deposits that came to nothing.
Nothing waits for this: every decision
compares dates itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Engine

from backbone.clock import Moment
from backbone.inbox import passes
from backbone.log import KafkaError, log_ends
from backbone.logs import logger
from backbone.web import Desk
from backbone.work import Service, service_actor, work_on
from services.sharing.ages import tell_ages
from services.sharing.domain.consent_answers import time_passes
from services.sharing.erasure import finish_erasures
from services.sharing.key_commands import overdue
from services.sharing.keys import KeyStore
from services.sharing.ledger import Ledger
from services.sharing.note_keys import destroy_note_keys
from services.sharing.purging import finish_purges
from services.sharing.repository import CONSENTS
from services.sharing.rules import signing_rules
from services.sharing.unnamed import destroy_unnamed
from services.sharing.vault import Vault

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


class Clockwork(threading.Thread):
    """Looks every twenty seconds, and at everybody's age once a day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="clockwork", daemon=True)
        self._desk, self._keys = desk, KeyStore(desk.settings)
        self._stopping, self._told_on = threading.Event(), date.min

    def run(self) -> None:
        """Until `stop`; what fails is tried again next time."""
        while not self._stopping.wait(EVERY_SECONDS):
            try:
                self.look()
            except Exception as error:
                if not passes(error) and not isinstance(error, KafkaError):
                    log.error("clockwork_failed", error=type(error).__name__, exc_info=error)

    def look(self) -> None:
        """Do everything that is due."""
        desk, moment = self._desk, self._desk.clock.moment()
        tell_what_time_did(desk.engine, desk.service, moment)
        finish_erasures(desk.engine, desk.service, self._keys, Ledger(desk.settings), moment)
        if not desk.inbox.ghosts:
            finish_purges(desk.engine, desk.service, self._keys, Ledger(desk.settings), moment)
            destroy_unnamed(desk.inbox, self._keys, moment=moment, log_ends=lambda: log_ends(desk.settings))
        destroy_note_keys(desk.engine, self._keys, moment.decided_at)
        if moment.today != self._told_on:
            tell_ages(desk.engine, desk.service, Vault(self._keys), moment)
            for alarm in overdue(self._keys, moment.real_at):
                log.error(alarm)
            self._told_on = moment.today

    def stop(self) -> None:
        """End, within seconds."""
        self._stopping.set()
        self.join(5)


@contextmanager
def clockwork(desk: Desk) -> Iterator[None]:
    """The clockwork, for as long as the service runs."""
    thread = Clockwork(desk)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
