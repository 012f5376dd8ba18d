"""Puts escalated deadlines before the leaders of units: asks the directory who they are, and says in an event whom it told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from backbone.calls import Calls
from backbone.clock import derived_id
from backbone.logs import logger
from backbone.refusal import Refused
from backbone.rows import table_of
from backbone.web import Desk
from backbone.work import Work, service_actor, work_on
from schemas.screening import Listed
from services.notifications.domain.escalation import address, leaders_around
from services.notifications.repository import case_of, queue_mail
from services.notifications.tables import EscalationRow

log = logger(__name__)
BATCH = 20
PAUSE = 2.0
NOBODY = timedelta(minutes=10)
"""How long an escalation waits before the directory is asked again, when nobody leads the unit."""
AskDirectory = Callable[[], Sequence[Listed]]
"""Everybody in the directory. Raises Refused when the answer does not come."""
_row = table_of(EscalationRow).c


def directory_from(calls: Calls, service: str) -> AskDirectory:
    """Ask the network service, as the service itself."""
    actor = service_actor(service)

    def ask() -> list[Listed]:
        found: list[dict[str, Any]] = calls.get("network", "/directory/people", actor=actor)
        return [
            Listed(one["person_id"], one["agency"], one.get("roles") or [], one.get("municipality_nos") or [])
            for one in found
        ]

    return ask


class Addresser:
    """Addresses what waits; any number may run."""

    def __init__(self, desk: Desk, ask_directory: AskDirectory) -> None:
        self._desk, self._ask = desk, ask_directory

    def address_waiting(self) -> int:
        """Address what waits and whose time has come; gives how many were addressed. Raises Refused."""
        with self._work() as work:
            waiting = work.query(
                select(_row.event_id).where(_row.next_try_at <= work.moment.real_at).limit(BATCH)
            )
            ids = list(waiting.scalars())
        if not ids:
            return 0
        directory = self._ask()
        return sum(self._address(event_id, directory) for event_id in ids)

    def _address(self, event_id: str, directory: Sequence[Listed]) -> bool:
        with self._work() as work:
            claimed = select(*_row).where(_row.event_id == event_id).with_for_update(skip_locked=True)
            row = work.query(claimed).first()
            if row is None:
                return False
            leaders = leaders_around(directory, case_of(work, row.case_id))
            said = address(leaders, deadline_id=row.deadline_id, kind=row.deadline_kind, due_on=row.due_on)
            if not said:
                log.warning("nobody_leads_the_unit", case_id=row.case_id, deadline_id=row.deadline_id)
                self._wait(work, event_id)
                return False
            work.lock_case(row.case_id)
            told = derived_id("escalation", event_id)
            for fact in work.publish(row.case_id, *said, caused_by=event_id, event_id=told):
                for notice in case_of(work, row.case_id).notices(fact.event):
                    queue_mail(work, notice, fact.envelope)
            work.remove(EscalationRow, event_id)
        return True

    def _wait(self, work: Work, event_id: str) -> None:
        later = work.moment.real_at + NOBODY
        work.query(update(EscalationRow).where(_row.event_id == event_id).values(next_try_at=later))

    def _work(self) -> Any:
        actor = service_actor(self._desk.service.name)
        moment = self._desk.clock.moment()
        return work_on(self._desk.engine, self._desk.service, moment=moment, actor=actor)


@contextmanager
def addressing(desk: Desk) -> Iterator[None]:
    """Address for as long as the process runs."""
    addresser = Addresser(desk, directory_from(Calls(desk.settings, desk.clock), desk.service.name))
    over = threading.Event()
    thread = threading.Thread(target=_address_until, args=(addresser, over), name="addressing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(3)


def _address_until(addresser: Addresser, over: threading.Event) -> None:
    while not over.wait(PAUSE):
        try:
            addresser.address_waiting()
        except Refused as refusal:
            log.warning("directory_not_to_be_had", rule=refusal.rule)
        except Exception as error:  # the database is away, or we have a bug: what waits goes on waiting
            log.error("addressing_failed", error=type(error).__name__, exc_info=error)
