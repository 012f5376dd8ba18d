"""What may not be corrected in sharing, and by whom not: each with a twin without the rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from backbone.clock import new_id
from backbone.work import Actor
from services.sharing import corrections
from services.sharing.repository import CASE_FILES
from tests.integration.sharing_office import (
    NETWORK,
    TEACHER,
    Case,
    Office,
    an_office,
    settings_in,
)

pytestmark = pytest.mark.integration
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Office]:
    with an_office(settings_in(tmp_path_factory.mktemp("wrongs"), database_url=database_url)) as office:
        yield office


def corrects(office: Office, case: Case, *, actor: Actor, **fields: Any) -> tuple[int, str | None]:
    """Correct what was told of the duty act."""
    (act,) = (f.envelope.id for f in office.published(case.case_id) if f.event.type == "duty.acted_on")
    body = {"event_id": act, "fields": fields, "reason": "WRITTEN_WRONGLY"}
    answer = office.call("POST", f"/cases/{case.case_id}/corrections", body, actor=actor)
    return answer.status_code, answer.json().get("title")


def acts(office: Office) -> Case:
    """A case in which the teacher has reported to child welfare."""
    case = office.a_case()
    act = {
        "act_id": new_id(),
        "duty": "CHILD_WELFARE_REPORT",
        "method": "TELEPHONE",
        "acted_on": office.today,
    }
    office.post(f"/cases/{case.case_id}/duties", act, actor=TEACHER)
    return case


def reported(office: Office, case: Case) -> int:
    return len(office.post(f"/cases/{case.case_id}/reports")["done_on_duty"])


def test_the_youth_is_told_of_a_duty_act_in_the_end_whatever_is_corrected(office: Office) -> None:
    case = acts(office)
    answer = corrects(office, case, actor=TEACHER, tell_review_on=None)
    assert answer == (422, "YOUTH_TOLD_OR_DEFERRED")
    assert corrects(office, case, actor=TEACHER, youth_told_on=str(office.today)) == (201, None)
    assert reported(office, case) == 1


def test_without_that_rule_the_youth_would_never_be_told(office: Office, monkeypatch: Patch) -> None:
    monkeypatch.setattr(corrections, "fit", lambda vault, work, case_id, before, right: right)
    case = acts(office)
    assert corrects(office, case, actor=TEACHER, tell_review_on=None) == (201, None)
    assert reported(office, case) == 0


def stopped_and_correcting(office: Office) -> int:
    """Network has ended the teacher's membership, and nothing of that has been read yet."""
    case = acts(office)
    stop = {"case_id": case.case_id, "person_id": TEACHER.person_id, "reason": "MEMBER_LEAVES"}
    office.post("/stops", stop, actor=NETWORK)
    return corrects(office, case, actor=TEACHER, youth_told_on=str(office.today))[0]


def test_somebody_to_whom_the_gate_is_closed_corrects_nothing(office: Office, monkeypatch: Patch) -> None:
    assert stopped_and_correcting(office) == 403

    def listed(_vault: object, work: Any, case_id: str) -> bool:
        case = CASE_FILES.find(work, case_id)
        return case is not None and work.actor.person_id == case.lead_id

    monkeypatch.setattr(corrections, "leads", listed)
    assert stopped_and_correcting(office) == 201, "the twin asks only who is listed"
