"""Attempts to get through with what a request itself says: ids that are taken, roles and agencies that are no longer one's own, days that give
a birth date away. As in `test_sharing_attacks.py`, each is made on the service as it is, and on a twin without the check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
import pytest

from backbone.clock import new_id
from backbone.web import Ask
from schemas.codes import Agency, Role
from services.sharing import commands, consents, disclosures, gate
from services.sharing.domain import gate as decisions
from services.sharing.domain.policy import EARLIER_POLICIES
from tests.integration.sharing_office import (
    LEAD,
    NETWORK,
    POLICE,
    STRANGER,
    TEACHER,
    TEXT,
    Case,
    Office,
    an_office,
    settings_in,
)
from tests.integration.test_sharing_attacks import shown
from tests.integration.test_sharing_disclosures import HEAD_TEACHER, asked_for
from tests.integration.test_sharing_follow_up import shared

pytestmark = pytest.mark.integration
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("office"), database_url=database_url)) as office:
        yield office


def asks(office: Office, case: Case, **changes: Any) -> None:
    """Ask for a consent, whatever the answer."""
    with suppress(AssertionError):
        office.ask_consent(case, **changes)


# Each attempt gives True when something came through.


def asks_for_a_consent_anew_under_the_id_of_one_that_was_taken_back(office: Office) -> bool:
    """The no would be gone, and the same people asked as if they had never said it."""
    case, ref = shared(office)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    asks(office, case)
    for signer in case.signers:
        told = {
            "person_id": signer.person_id,
            "role": signer.role,
            "method": "PAPER",
            "given_on": office.today,
        }
        office.call("POST", f"/consents/{case.consent_id}/given", told)
    return shown(office, case, ref)


def moves_a_consent_to_another_case(office: Office) -> bool:
    """True when the people of the first case no longer have what they agreed to."""
    case, _ = shared(office)
    asks(office, office.a_case(), consent_id=case.consent_id)
    return not office.call("GET", f"/cases/{case.case_id}/consents").json()


def moves_a_disclosure_out_of_the_youths_report(office: Office) -> bool:
    """A leader with a part in two cases decides in one of them under the id of the other."""
    case, other = office.a_case(), office.a_case()
    given = asked_for(office, case)
    office.post(f"/cases/{case.case_id}/disclosures", given, actor=HEAD_TEACHER)
    again = asked_for(office, other, disclosure_id=given["disclosure_id"])
    office.call("POST", f"/cases/{other.case_id}/disclosures", again, actor=HEAD_TEACHER)
    return not office.post(f"/cases/{case.case_id}/reports")["given_without_consent"]


def takes_over_what_somebody_did_on_their_own_duty(office: Office) -> bool:
    """True when the one who acted cannot confirm it any more."""
    case, other = office.a_case(), office.a_case()
    act = {
        "act_id": new_id(),
        "duty": "CHILD_WELFARE_REPORT",
        "method": "TELEPHONE",
        "acted_on": office.today,
    }
    office.post(f"/cases/{case.case_id}/duties", act, actor=TEACHER)
    office.call("POST", f"/cases/{other.case_id}/duties", act, actor=STRANGER)
    path = f"/cases/{case.case_id}/duties/{act['act_id']}/confirmed"
    return office.call("POST", path, {"on": office.today}, actor=TEACHER).status_code == 404


def opens_when_no_role_is_left(office: Office) -> bool:
    """The membership stands until somebody ends it; the operator has taken every role from whoever left the job."""
    case, ref = shared(office)
    asked = {"refs": [ref], "purpose": "FOLLOW_UP"}
    gone = POLICE._replace(roles=frozenset())
    return TEXT in office.call("POST", f"/cases/{case.case_id}/open", asked, actor=gone).text


def asks_for_no_role(patch: Patch) -> None:
    """Both the door and the gate behind it, which writes the refusal down."""
    patch.setattr(Ask, "require", lambda self, *roles: None)
    patch.setattr(gate, "Question", lambda **said: decisions.Question(**{**said, "staff": True}))


def leads_a_case_for_another_agency(office: Office) -> bool:
    """Whoever led the case works for the police now, and nobody has changed who leads it."""
    case = office.a_case()
    return shown(office, case, case.name_ref, actor=LEAD._replace(agency=Agency.POLITI_FOREBYGGENDE))


def takes_up_participation_by_asking_for_it(office: Office) -> bool:
    """The contract has not ended yet; somebody asks for participation anew, and nobody has answered."""
    case = office.a_case()
    taking_part = {"kind": "PARTICIPATION", "categories": ["CASE_STATUS"]}
    office.a_consent(case, **taking_part)
    assert shown(office, case, case.name_ref)
    office.say(case.consent_id, "withdrawn", case.signers[0])
    assert not shown(office, case, case.name_ref)
    again = office.ask_consent(case, consent_id=new_id(), **taking_part)
    office.say(again, "given", case.signers[1], method="PAPER", given_on=office.today)
    return shown(office, case, case.name_ref)


def decides_as_until_2026_4(patch: Patch) -> None:
    earlier = next(policy for policy in EARLIER_POLICIES if policy.version == "2026.3")
    look = gate.knowledge_from

    def knows(*more: Any) -> decisions.Knowledge:
        return msgspec.structs.replace(look(*more), policy=earlier)

    patch.setattr(gate, "knowledge_from", knows)


def finds_the_birth_date_by_asking_for_age_bands(office: Office) -> bool:
    """Nothing has been signed: the police may not even see the name."""
    case = office.a_case(signed=False, birth_on="2011-03-04")
    path, bands = f"/cases/{case.case_id}/age-band", []
    for on in ("2026-03-03", "2026-03-04"):
        asked = {"youth_id": case.youth_id, "on": on}
        bands.append(office.call("POST", path, asked, actor=POLICE).json().get("age_band"))
    return bands == ["AGE_12_14", "AGE_15"]


def tells_of_any_day(patch: Patch) -> None:
    patch.setattr(commands, "CASE_MAKERS", frozenset(Role))


def lifts_the_stop_of_somebody_who_was_removed(office: Office) -> bool:
    """A leader of another unit in the town; the event that the stop waits for has not been read."""
    case, ref = shared(office)
    stop = {"case_id": case.case_id, "person_id": POLICE.person_id, "reason": "MEMBER_LEAVES"}
    stop_id = office.post("/stops", stop, actor=NETWORK)["stop_id"]
    for somebody in (HEAD_TEACHER, LEAD._replace(roles=frozenset({Role.OPERATOR}))):
        office.call("POST", f"/stops/{stop_id}/lifted", actor=somebody)
    return shown(office, case, ref)


def lets_anybody_lift_it(patch: Patch) -> None:
    patch.setattr(commands, "check_lifts_stops", lambda work, case_id: None)


def takes_every_id(patch: Patch) -> None:
    for module in (consents, disclosures):
        patch.setattr(module, "refuse_taken", lambda work, **chosen: None)


class Attack(NamedTuple):
    """An attempt, and what must be taken out of the service for it to succeed."""

    attempt: Callable[[Office], bool]
    twin: Callable[[Patch], None]


ATTACKS = [
    Attack(asks_for_a_consent_anew_under_the_id_of_one_that_was_taken_back, takes_every_id),
    Attack(moves_a_consent_to_another_case, takes_every_id),
    Attack(moves_a_disclosure_out_of_the_youths_report, takes_every_id),
    Attack(takes_over_what_somebody_did_on_their_own_duty, takes_every_id),
    Attack(opens_when_no_role_is_left, asks_for_no_role),
    Attack(leads_a_case_for_another_agency, decides_as_until_2026_4),
    Attack(takes_up_participation_by_asking_for_it, decides_as_until_2026_4),
    Attack(lifts_the_stop_of_somebody_who_was_removed, lets_anybody_lift_it),
    Attack(finds_the_birth_date_by_asking_for_age_bands, tells_of_any_day),
]


def named(attack: Attack) -> str:
    return attack.attempt.__name__


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
def test_nobody_gets_through_who(office: Office, attack: Attack) -> None:
    assert not attack.attempt(office)


@pytest.mark.parametrize("attack", ATTACKS, ids=named)
def test_a_twin_without_the_check_lets_through_whoever(
    office: Office, attack: Attack, monkeypatch: Patch
) -> None:
    attack.twin(monkeypatch)
    assert attack.attempt(office)
