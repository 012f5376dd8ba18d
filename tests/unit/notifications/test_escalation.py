"""Who is told when a case gets another lead, is put on hold or closed, and when a deadline goes to the leader of the unit."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from schemas.case import CaseClosed, CaseLeadChanged, CaseOpened, CasePaused, CaseResumed
from schemas.codes import Agency, EndingReason, Role
from schemas.deadline import EscalationAddressed
from schemas.referral import ReferralReassigned, ReferralReceived
from schemas.screening import Listed
from services.notifications.domain.case import CasePeople, NoticeKind
from services.notifications.domain.escalation import address, leaders_around, leaders_of
from tests.unit.notifications.test_case import DAY, GROUP, people, told
from tests.unit.scheduler.story import made

LEADS = [Role.UNIT_LEADER]
DIRECTORY = [
    Listed("bodo", Agency.KOMMUNE_SLT, LEADS, ["1804"]),
    Listed("fauske", Agency.KOMMUNE_SLT, LEADS, ["1841"]),
    Listed("coordinator", Agency.KOMMUNE_SLT, [Role.COORDINATOR], ["1804"]),
    Listed("barnevern", Agency.BARNEVERN, LEADS, ["1804"]),
]


def test_the_leader_is_that_of_the_owning_agency_in_the_municipality() -> None:
    assert leaders_of(DIRECTORY, agencies=[Agency.KOMMUNE_SLT], municipality_no="1804") == ("bodo",)


def test_no_leader_elsewhere_is_told_where_the_municipality_has_none() -> None:
    assert leaders_of(DIRECTORY, agencies=[Agency.KOMMUNE_SLT], municipality_no="1856") == ()


def test_nobody_is_told_by_guess() -> None:
    assert leaders_of(DIRECTORY, agencies=[Agency.KONFLIKTRAAD], municipality_no="1804") == ()
    assert leaders_of(DIRECTORY, agencies=[], municipality_no=None) == ()
    assert address((), deadline_id="d", kind="D-14", due_on=DAY) == []


def test_before_there_is_a_case_the_leader_is_that_of_the_screeners_unit() -> None:
    received = made(ReferralReceived, assigned_to="coordinator", municipality_no="1804")
    referral = CasePeople(case_id="case").after(received)
    assert leaders_around(DIRECTORY, referral) == ("bodo",)
    youth_coordinator = Listed("other", Agency.KONFLIKTRAAD, [Role.YOUTH_COORDINATOR], ["1804"])
    theirs = Listed("theirs", Agency.KONFLIKTRAAD, LEADS, ["1804"])
    listed = [*DIRECTORY, youth_coordinator, theirs]
    given_on = referral.after(made(ReferralReassigned, from_id="coordinator", to_id="other"))
    assert leaders_around(listed, given_on) == ("theirs",)
    gone = CasePeople(case_id="case").after(replace(received, assigned_to="who has quit"))
    assert leaders_around(listed, gone) == ("bodo", "theirs"), "the leaders of those who could screen it"


def test_each_leader_gets_a_notice_of_the_deadline() -> None:
    (said,) = address(("bodo", "other"), deadline_id="d", kind="D-14", due_on=DAY)
    notices = told(*GROUP, said)
    assert [(notice.person_id, notice.kind) for notice in notices] == [
        ("bodo", NoticeKind.DEADLINE_ESCALATED),
        ("other", NoticeKind.DEADLINE_ESCALATED),
    ]
    assert notices[0].about == {"deadline_id": "d", "deadline_kind": "D-14", "due_on": DAY.isoformat()}


def test_the_new_lead_is_told_that_they_lead_and_the_others_that_somebody_else_does() -> None:
    changed = made(CaseLeadChanged, from_id="lead", to_id="teacher", to_agency=Agency.SKOLE_GRUNN)
    notices = told(*GROUP, changed)
    assert [(notice.person_id, notice.kind) for notice in notices] == [
        ("teacher", NoticeKind.YOU_LEAD),
        ("police", NoticeKind.LEAD_CHANGED),
    ]
    case = CasePeople(case_id="case").after(GROUP[0]).after(changed)
    assert case.owner_agency is Agency.SKOLE_GRUNN, "the unit that leads is the unit whose leader is told"


def test_the_group_is_told_when_a_case_is_put_on_hold_taken_up_and_closed() -> None:
    paused = made(CasePaused, until_on=date(2026, 9, 30))
    assert people(told(*GROUP, paused)) == ["teacher", "police"]
    assert people(told(*GROUP, paused, made(CaseResumed))) == ["teacher", "police"]
    closed = made(CaseClosed, reason=EndingReason.COMPLETED, closed_on=DAY)
    assert people(told(*GROUP, closed)) == ["lead", "teacher", "police"]


def test_nothing_is_told_after_a_death_not_even_to_the_leader() -> None:
    closed = made(CaseClosed, reason=EndingReason.DEATH, closed_on=DAY)
    assert told(*GROUP, closed) == ()
    assert told(*GROUP, closed, made(EscalationAddressed, person_ids=("bodo",))) == ()
    assert CasePeople(case_id="case").after(made(CaseOpened)).owner_agency is not None
