"""A member's removal at network against an opening at the gate, each begun while the other's transaction is under way, in both orders. The
log stands still all the while: nothing that network says is read here, and all that comes is the stop it sets before it answers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec
import pytest
from sqlmodel import Session

from backbone.work import work_on
from schemas.access import AccessStopped
from schemas.codes import Agency, Function, Outcome
from schemas.contract import PlannedMember
from schemas.information import OpeningDecided
from services.network.app import ROUTERS as NETWORK_ROUTERS
from services.network.app import SERVICE as NETWORK_SERVICE
from services.network.stops import SetStop, stop_at_the_gate
from services.sharing import commands
from services.sharing.app import SERVICE
from tests.integration.rim import Rim, a_rim
from tests.integration.sharing_office import (
    NETWORK,
    POLICE,
    Case,
    Office,
    an_office,
    opened,
    registered,
    settings_in,
)
from tests.integration.test_withdrawal_races import SlowWork, UnlockedWork, late_releases, opening

pytestmark = [pytest.mark.integration, pytest.mark.slow]
REMOVALS, OF_A_TWIN = 60, 20


class Town(NamedTuple):
    """Both services; neither reads what the other says unless it is carried over."""

    office: Office
    network: Rim


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Town]:
    settings = settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)
    folder = tmp_path_factory.mktemp("network")
    with (
        an_office(settings) as office,
        a_rim(database_url, f"{settings.namespace}_n", folder, NETWORK_SERVICE, NETWORK_ROUTERS) as network,
    ):
        yield Town(office, network)


def a_case(town: Town, number: int) -> Case:
    """A case that both know, with the police officer in its group."""
    office, case = town.office, town.office.a_case()
    planned = PlannedMember(
        person_id=POLICE.person_id, agency=Agency.POLITI_FOREBYGGENDE, function=Function.CONTACT_PERSON
    )
    contract = msgspec.structs.replace(
        registered(case, office.today, office.today + timedelta(days=180)), members=(planned,)
    )
    told = [record_of(office, case, event) for event in (opened(case), contract)]
    town.network.take([(2 * number + n, case.case_id, body) for n, body in enumerate(told)], "contracts")
    return case


def record_of(office: Office, case: Case, event: Any) -> bytes:
    """The event as another service would have it in its outbox; the log here does not move."""
    record = office.record("contracts", case.case_id, event)
    office._offset -= 1
    assert record.value is not None
    envelope = msgspec.json.decode(record.value)
    return msgspec.json.encode({**envelope, "casesequence": 1 if event.type == "case.opened" else 2})


def race(
    town: Town, case: Case, work_of: type[SlowWork], *, release_first: bool, with_stop: bool
) -> list[int]:
    """Both, in two threads: the second begins when the first has decided and before it has committed. Gives what network answered."""
    office, answers = town.office, list[int]()
    first_decided, second_done, vault = threading.Event(), threading.Event(), town.office.vault

    def release() -> None:
        with Session(office.engine) as session, session.begin():
            work = work_of(session, service=SERVICE, moment=office.clock.moment(), actor=POLICE)
            work.decided = first_decided if release_first else threading.Event()
            work.other_done, work.patient = second_done, release_first
            opening(work, vault, case)
            work.finish()

    def set_stop(case_id: str, stop_id: str, person_id: str | None, reason: Any) -> None:
        stop: dict[str, Any] = {"stop_id": stop_id, "person_id": person_id, "reason": reason}
        moment = office.clock.moment()
        if not with_stop:
            first_decided.set()
        elif release_first:
            with work_on(office.engine, SERVICE, moment=moment, actor=NETWORK) as work:
                commands.set_stop(work, case_id=case_id, **stop)
        else:
            with Session(office.engine) as session, session.begin():
                slow = SlowWork(session, service=SERVICE, moment=moment, actor=NETWORK)
                slow.decided, slow.other_done = first_decided, second_done
                commands.set_stop(slow, case_id=case_id, **stop)
                slow.finish()

    def stops() -> SetStop:
        return set_stop

    def remove() -> None:
        town.network.process.app.dependency_overrides[stop_at_the_gate] = stops
        path = f"/cases/{case.case_id}/members/{POLICE.person_id}/leave"
        answers.append(town.network.post(path, POLICE, {"reason": "JOB_CHANGED"}).status)

    def second() -> None:
        first_decided.wait(10)
        (remove if release_first else release)()
        second_done.set()

    threads = [threading.Thread(target=release if release_first else remove), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


class Ran(NamedTuple):
    """How many races had both, how many releases were numbered after the stop, and how many opened something once network had answered."""

    both: int
    late: int
    afterwards: int


def outcome_of(town: Town, work_of: type[SlowWork], races: int, *, with_stop: bool = True) -> Ran:
    """So many races, every other one with the release first."""
    both, late, afterwards = 0, 0, 0
    first = len(town.office.heard)
    for number in range(first, first + races):
        case = a_case(town, number)
        answers = race(town, case, work_of, release_first=number % 2 == 0, with_stop=with_stop)
        facts = town.office.published(case.case_id)
        both += answers == [201] and any(isinstance(fact.event, OpeningDecided) for fact in facts)
        late += late_releases(facts, AccessStopped)
        items = town.office.opening(case).get("items") or []
        afterwards += any(item["outcome"] == Outcome.PERMIT for item in items)
    return Ran(both, late, afterwards)


def test_whoever_is_removed_opens_nothing_that_is_numbered_after_the_stop_or_asked_for_after_the_answer(
    town: Town,
) -> None:
    assert outcome_of(town, SlowWork, REMOVALS) == Ran(both=REMOVALS, late=0, afterwards=0)


def test_the_same_removals_against_a_gate_without_the_lock_find_late_releases(town: Town) -> None:
    ran = outcome_of(town, UnlockedWork, OF_A_TWIN)
    assert ran.both == OF_A_TWIN
    assert ran.late >= OF_A_TWIN // 2


def test_the_same_removals_by_a_network_that_sets_no_stop_open_everything_afterwards(town: Town) -> None:
    assert outcome_of(town, SlowWork, OF_A_TWIN, with_stop=False) == Ran(OF_A_TWIN, 0, OF_A_TWIN)
