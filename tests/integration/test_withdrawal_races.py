"""Six hundred and sixty constructed races: what narrows access against what releases, each begun while the other's
transaction is under way, in
both orders. Nothing that is numbered after a narrowing may rest on what it took away. The same races without
the lock must find
late releases.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from sqlmodel import Session

from backbone.clock import monotonic, new_id, pause
from backbone.work import Work, work_on
from schemas.access import AccessStopped
from schemas.codes import Agency, Outcome, Purpose, StopReason
from schemas.consent import ConsentWithdrawn
from schemas.event import Event, Fact
from schemas.information import OpeningDecided
from services.sharing import commands, consents, gate, permits
from services.sharing.app import SERVICE
from services.sharing.redeciding import Answer, Redeciding, Ungrounded
from services.sharing.vault import Vault
from tests.integration.sharing_office import LEAD, NETWORK, POLICE, Case, Office, an_office, settings_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]
RECEIVERS = [Agency.POLITI_FOREBYGGENDE, Agency.BARNEVERN]
Step = Callable[[Work, Vault, Case], Any]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office


class SlowWork(Work):
    """Has decided, and waits before it publishes: until the other has committed, or is seen to wait for the
    case.
    """

    other_done: threading.Event
    decided: threading.Event
    patient = True

    def _publish(self, case_id: str, event: Event, caused_by: str | None, event_id: str | None) -> Fact:
        self.decided.set()
        until = monotonic() + 10
        while (
            self.patient
            and not self.other_done.is_set()
            and not self._somebody_waits()
            and monotonic() < until
        ):
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

    def lock_case_and_ask(self, case_id: str, *questions: Any) -> Any:
        return self.ask(*questions)

    def lock_cases(self, case_ids: Any) -> None:
        if self.decided.is_set():
            super().lock_cases(case_ids)


def opening(work: Work, vault: Vault, case: Case) -> None:
    gate.open_case(
        work, vault, case_id=case.case_id, opening_id=new_id(), refs=None, purpose=Purpose.FOLLOW_UP
    )


def redeeming(work: Work, vault: Vault, case: Case) -> None:
    permits.redeem(work, vault, permit=case.permit)


def naming(work: Work, vault: Vault, case: Case) -> None:
    gate.open_names(work, [case.case_id])


def withdrawing(work: Work, vault: Vault, case: Case) -> None:
    told: dict[str, Any] = {"person_id": case.youth_id, "role": case.signers[0].role}
    consents.withdraw_consent(work, vault, consent_id=case.consent_id, **told)


def withdrawing_for_them(work: Work, vault: Vault, case: Case) -> None:
    """Only for the one who opens: the consent goes on for the others."""
    told: dict[str, Any] = {"person_id": case.youth_id, "role": case.signers[0].role}
    consents.withdraw_consent(work, vault, consent_id=case.consent_id, only_to=RECEIVERS[:1], **told)


def stopping(work: Work, vault: Vault, case: Case) -> None:
    """A member's removal, the log standing still: all that has come is the stop."""
    stop: dict[str, Any] = {"stop_id": new_id(), "person_id": POLICE.person_id}
    commands.set_stop(work, case_id=case.case_id, reason=StopReason.MEMBER_LEAVES, **stop)


class Race(NamedTuple):
    """A release, what narrows against it, and the event that tells of the narrowing."""

    release: Step
    narrow: Step
    told: type[Event]
    times: int = 200


RACES = [
    Race(opening, withdrawing, ConsentWithdrawn),
    Race(redeeming, withdrawing, ConsentWithdrawn),
    Race(opening, withdrawing_for_them, ConsentWithdrawn, times=60),
    Race(naming, stopping, AccessStopped),
]


def run(office: Office, race: Race, case: Case, work_of: type[SlowWork], *, release_first: bool) -> None:
    """Both, in two threads: the second begins when the first has decided and before it has committed."""
    first_decided, second_done, vault = threading.Event(), threading.Event(), office.vault

    def release() -> None:
        with Session(office.engine) as session, session.begin():
            work = work_of(session, service=SERVICE, moment=office.clock.moment(), actor=POLICE)
            work.decided = first_decided if release_first else threading.Event()
            work.other_done, work.patient = second_done, release_first
            race.release(work, vault, case)
            work.finish()

    def narrow() -> None:
        actor = NETWORK if race.narrow is stopping else LEAD
        if release_first:
            with work_on(office.engine, SERVICE, moment=office.clock.moment(), actor=actor) as work:
                race.narrow(work, vault, case)
            return
        with Session(office.engine) as session, session.begin():
            slow = SlowWork(session, service=SERVICE, moment=office.clock.moment(), actor=actor)
            slow.decided, slow.other_done = first_decided, second_done
            race.narrow(slow, vault, case)
            slow.finish()

    def second() -> None:
        first_decided.wait(10)
        (narrow if release_first else release)()
        second_done.set()

    threads = [threading.Thread(target=release if release_first else narrow), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def late_releases(facts: list[Fact], told: type[Event]) -> int:
    """How many openings after the narrowing still let something through on what it took away."""
    narrowed, late = False, 0
    for fact in facts:
        narrowed |= isinstance(fact.event, told)
        if narrowed and isinstance(fact.event, OpeningDecided):
            late += any(
                one.outcome is Outcome.PERMIT and (one.consent_id is not None or told is AccessStopped)
                for one in fact.event.decisions
            )
    return late


class Ran(NamedTuple):
    """How many races had both, how many releases came late, and the cases that they were run in."""

    both: int
    late: int
    case_ids: set[str]


def outcome_of(office: Office, race: Race, work_of: type[SlowWork], races: int) -> Ran:
    """So many races, every other one with the release first."""
    both, late, case_ids = 0, 0, set[str]()
    for number in range(races):
        case = office.a_case()
        case_ids.add(case.case_id)
        if race.narrow is not stopping:
            ref = office.a_text(case)
            office.a_consent(case, to_agencies=RECEIVERS)
            body = {"ref": ref, "purpose": "FOLLOW_UP"}
            if race.release is redeeming:
                case.permit = office.post(f"/cases/{case.case_id}/permits", body, actor=POLICE)["permit"]
        run(office, race, case, work_of, release_first=number % 2 == 0)
        facts = office.published(case.case_id)
        asked = [fact for fact in facts if isinstance(fact.event, OpeningDecided)]
        both += race.told in {type(fact.event) for fact in facts} and bool(asked)
        late += late_releases(facts, race.told)
    return Ran(both, late, case_ids)


@pytest.mark.parametrize("race", RACES, ids=lambda race: f"{race.release.__name__}-{race.narrow.__name__}")
def test_no_release_that_is_numbered_after_a_narrowing_rests_on_what_it_took_away(
    office: Office, race: Race
) -> None:
    ran = outcome_of(office, race, SlowWork, race.times)
    assert (ran.both, ran.late) == (race.times, 0)
    answers = made_again(office, ran)
    assert len(answers) >= race.times
    assert [answer for answer in answers if not answer.same] == []


@pytest.mark.parametrize("race", RACES, ids=lambda race: f"{race.release.__name__}-{race.narrow.__name__}")
def test_the_same_races_without_the_lock_find_late_releases_and_each_of_them_is_named_when_it_is_made_again(
    office: Office, race: Race
) -> None:
    ran = outcome_of(office, race, UnlockedWork, 20)
    assert ran.both == 20
    assert ran.late >= 10
    answers = made_again(office, ran)
    assert len(answers) >= 20
    assert {answer.not_made.why for answer in answers if answer.not_made} == {Ungrounded.DECIDED_OUT_OF_TURN}
    assert sum(not answer.same for answer in answers) == 20


def made_again(office: Office, ran: Ran) -> list[Answer]:
    """Every decision of these races, made again from the log alone."""
    return Redeciding(lambda envelope, _event: envelope.case_id in ran.case_ids).see(office.the_log())
