"""Withdrawals against openings, constructed so that each opening decides while the other's transaction is
under way.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from backbone.clock import monotonic, new_id, pause
from backbone.work import Work, work_on
from schemas.codes import Outcome, Purpose
from schemas.consent import ConsentWithdrawn
from schemas.event import Event, Fact
from schemas.information import OpeningDecided
from services.sharing import consents, gate
from services.sharing.app import SERVICE
from tests.integration.sharing_office import LEAD, POLICE, Case, Office, an_office, settings_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]
RACES = 200


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office


class SlowWork(Work):
    """Has decided, and waits before it publishes: until the withdrawal has committed, or is seen to wait for
    the lock of the case.
    """

    withdrawn: threading.Event
    decided: threading.Event

    def _publish(self, case_id: str, event: Event, caused_by: str | None, event_id: str | None) -> Fact:
        self.decided.set()
        until = monotonic() + 10
        while not self.withdrawn.is_set() and not self._somebody_waits() and monotonic() < until:
            pause(0.001)
        return super()._publish(case_id, event, caused_by, event_id)

    def _somebody_waits(self) -> bool:
        mine = (
            "SELECT count(*) FROM pg_locks waiting JOIN pg_locks held USING (transactionid)"
            " WHERE NOT waiting.granted AND held.granted AND held.pid = pg_backend_pid()"
        )
        return bool(self.session.connection().exec_driver_sql(mine).scalar())


class UnlockedWork(SlowWork):
    """The broken twin: decides without the lock of the case, and takes it only to number what it publishes."""

    def lock_case(self, case_id: str) -> int:
        return super().lock_case(case_id) if self.decided.is_set() else 0


def race(office: Office, case: Case, opener: type[SlowWork]) -> None:
    """One opening and one withdrawal of the consent it rests on, the withdrawal begun when the opening has
    decided.
    """
    decided, withdrawn = threading.Event(), threading.Event()
    vault = office.vault

    def open_it() -> None:
        moment = office.clock.moment()
        with Session(office.engine) as session, session.begin():
            work = opener(session, service=SERVICE, moment=moment, actor=POLICE)
            work.decided, work.withdrawn = decided, withdrawn
            gate.open_case(
                work, vault, case_id=case.case_id, opening_id=new_id(), refs=None, purpose=Purpose.FOLLOW_UP
            )
            work.finish()

    def withdraw() -> None:
        decided.wait(10)
        with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=LEAD) as work:
            told: dict[str, Any] = {"person_id": case.youth_id, "role": case.signers[0].role}
            consents.withdraw_consent(work, vault, consent_id=case.consent_id, **told)
        withdrawn.set()

    threads = [threading.Thread(target=target) for target in (open_it, withdraw)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def late_releases(facts: list[Fact]) -> int:
    """How many openings after the withdrawal still let something through on a consent."""
    after_withdrawal, late = False, 0
    for fact in facts:
        after_withdrawal |= isinstance(fact.event, ConsentWithdrawn)
        if after_withdrawal and isinstance(fact.event, OpeningDecided):
            late += any(
                one.outcome is Outcome.PERMIT and one.consent_id is not None for one in fact.event.decisions
            )
    return late


def outcome_of_races(office: Office, opener: type[SlowWork], races: int) -> tuple[int, int]:
    """(races in which both happened, late releases)"""
    both, late = 0, 0
    for _ in range(races):
        case = office.a_case()
        office.a_text(case)
        office.a_consent(case)
        race(office, case, opener)
        facts = office.published(case.case_id)
        kinds = {type(fact.event) for fact in facts}
        both += {ConsentWithdrawn, OpeningDecided} <= kinds
        late += late_releases(facts)
    return both, late


def test_no_opening_that_is_numbered_after_a_withdrawal_rests_on_it(office: Office) -> None:
    assert outcome_of_races(office, SlowWork, RACES) == (RACES, 0)


def test_the_same_races_without_the_lock_find_late_releases(office: Office) -> None:
    both, late = outcome_of_races(office, UnlockedWork, 20)
    assert both == 20
    assert late == 20
