"""Who is told what about a case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schemas.case import CaseClosed, CaseOpened
from schemas.codes import (
    AgeBand,
    Agency,
    Category,
    DeviationKind,
    EndingReason,
    EscalationLevel,
    Function,
    LeavingReason,
    Outcome,
    ProtectionLevel,
    ReminderStep,
)
from schemas.consent import ConsentWithdrawn
from schemas.deadline import (
    DeadlineEscalated,
    DeadlineMet,
    DeadlineMoved,
    DeadlinePassed,
    DeadlineReminded,
)
from schemas.deviation import DeviationReported
from schemas.event import Event
from schemas.information import OpeningDecided, ReferenceDecision
from schemas.meeting import MeetingCalled
from schemas.network_group import MemberJoined, MemberLeft
from schemas.protection import (
    AddressProtectionCleared,
    AddressProtectionSet,
    ClearanceGiven,
    ClearanceWithdrawn,
    YouthAgeBandChanged,
)
from schemas.receipt import ReceiptRequested
from services.notifications.domain.case import CasePeople, Notice, NoticeKind
from tests.unit.scheduler.story import made

DAY = date(2026, 9, 1)
OPENED = made(CaseOpened, lead_id="lead", youth_id="youth")


def joined(
    person_id: str, function: Function = Function.CONTACT_PERSON, agency: Agency = Agency.SKOLE_GRUNN
) -> MemberJoined:
    return made(MemberJoined, person_id=person_id, agency=agency, function=function)


def called(*invited: str, meeting_id: str = "m") -> MeetingCalled:
    starts_at, ends_at = datetime(2026, 9, 10, 11, tzinfo=UTC), datetime(2026, 9, 10, 12, tzinfo=UTC)
    return made(MeetingCalled, meeting_id=meeting_id, starts_at=starts_at, ends_at=ends_at, invited=invited)


def opening(
    person_id: str, consent_id: str, outcome: Outcome = Outcome.PERMIT, **fields: Any
) -> OpeningDecided:
    decision = ReferenceDecision(
        ref="r",
        category=Category.SCHOOL_ATTENDANCE,
        from_agency=Agency.SKOLE_GRUNN,
        outcome=outcome,
        consent_id=consent_id,
    )
    return made(OpeningDecided, person_id=person_id, decisions=(decision,), **fields)


def withdrawn(consent_id: str, only_to: tuple[Agency, ...] | None = None) -> ConsentWithdrawn:
    return made(ConsentWithdrawn, consent_id=consent_id, only_to=only_to)


def told(*events: Event) -> tuple[Notice, ...]:
    """What the last event tells whom, after the others."""
    case = CasePeople(case_id="case")
    for event in events:
        case = case.after(event)
    return case.notices(events[-1])


def people(notices: tuple[Notice, ...]) -> list[str]:
    return [notice.person_id for notice in notices]


GROUP = (
    OPENED,
    joined("lead", Function.LEAD, Agency.KOMMUNE_SLT),
    joined("teacher"),
    joined("police", Function.CONTROL_OWNER, Agency.POLITI_FOREBYGGENDE),
    joined("youth", Function.YOUTH, Agency.PRIVATE_NETWORK),
    joined("mother", Function.GUARDIAN, Agency.PRIVATE_NETWORK),
    joined("aunt", Function.SUPPORT_OWNER, Agency.PRIVATE_NETWORK),
)


def test_a_meeting_is_told_to_each_invited_member_with_a_log_in_once() -> None:
    notices = told(*GROUP, called("teacher", "lead", "youth", "mother", "aunt", "teacher", "stranger"))
    *invited, tell = notices
    assert people(tuple(invited)) == ["teacher", "lead"]
    assert {notice.kind for notice in invited} == {NoticeKind.MEETING_CALLED}
    assert (tell.person_id, tell.kind, tell.by_mail) == ("lead", NoticeKind.TELL_IN_PERSON, False)
    assert tell.about["people"] == ["youth", "mother", "aunt"]


def test_an_invitation_counts_how_often_the_same_meeting_was_called() -> None:
    (first,) = told(*GROUP, called("teacher"))
    (second,) = told(*GROUP, called("teacher"), called("teacher", meeting_id="other"), called("teacher"))
    assert first.invitation is not None
    assert second.invitation is not None
    assert (first.invitation.sequence, second.invitation.sequence) == (0, 1)


def test_who_has_left_is_not_told() -> None:
    left = made(MemberLeft, person_id="teacher", reason=LeavingReason.TASK_DONE, left_on=DAY)
    assert people(told(*GROUP, left, called("teacher", "police"))) == ["police"]


def test_who_joins_is_told_unless_they_lead_the_case_or_have_no_log_in() -> None:
    assert people(told(OPENED, joined("teacher"))) == ["teacher"]
    assert told(OPENED, joined("lead", Function.LEAD)) == ()
    assert told(OPENED, joined("mother", Function.GUARDIAN)) == ()


def test_a_deviation_is_told_to_the_lead_with_references_and_codes_only() -> None:
    deviation = DeviationReported(
        deviation_id="d",
        contract_id="k",
        kind=DeviationKind.THREAT,
        severity=3,
        happened_on=DAY,
        reporter_id="teacher",
        reporter_agency=Agency.SKOLE_GRUNN,
        text_ref="t",
    )
    (notice,) = told(*GROUP, deviation)
    assert notice == Notice(
        person_id="lead",
        kind=NoticeKind.DEVIATION_REPORTED,
        about={"deviation_id": "d", "severity": 3},
    )


def test_a_withdrawal_is_told_to_the_lead_and_to_everybody_who_was_shown_something_on_its_strength() -> None:
    openings = (opening("police", "c"), opening("police", "c"), opening("teacher", "other"))
    assert people(told(*GROUP, *openings, withdrawn("c"))) == ["lead", "police"]


def test_taken_back_for_some_it_is_told_to_those_who_saw_something_for_them() -> None:
    police, school = Agency.POLITI_FOREBYGGENDE, Agency.SKOLE_GRUNN
    openings = (opening("police", "c", to_agency=police), opening("teacher", "c", to_agency=school))
    assert people(told(*GROUP, *openings, withdrawn("c", (police,)))) == ["lead", "police"]


def test_a_denied_opening_makes_nobody_a_receiver() -> None:
    assert people(told(*GROUP, opening("police", "c", Outcome.DENY), withdrawn("c"))) == ["lead"]


def test_deadlines_are_told_to_their_owner_and_the_way_up_to_the_lead() -> None:
    about: dict[str, Any] = {"deadline_id": "f", "kind": "D-06", "due_on": DAY, "owner_id": "teacher"}
    assert people(told(*GROUP, DeadlineReminded(**about, step=ReminderStep.BEFORE))) == ["teacher"]
    assert people(told(*GROUP, DeadlinePassed(**about))) == ["teacher"]
    assert people(told(*GROUP, DeadlineEscalated(**about, level=EscalationLevel.LEAD))) == ["lead"]


def test_a_deadline_that_only_starts_a_contract_is_told_to_nobody() -> None:
    assert told(*GROUP, DeadlinePassed(deadline_id="f", kind="C-START", due_on=DAY, owner_id="lead")) == ()


def test_nobody_is_told_of_a_strictly_protected_case_who_is_not_cleared_for_it() -> None:
    protected = (*GROUP, AddressProtectionSet(level=ProtectionLevel.CODE_6))
    assert told(*protected, called("teacher", "police")) == ()
    cleared = (*protected, ClearanceGiven(person_id="police", given_by="leader"))
    assert [(one.person_id, one.kind) for one in told(*cleared)] == [("police", NoticeKind.CLEARED)]
    assert people(told(*cleared, called("teacher", "police"))) == ["police"]
    withdrawn_again = ClearanceWithdrawn(person_id="police")
    assert told(*cleared, withdrawn_again, called("teacher", "police")) == ()
    lifted = (*protected, AddressProtectionCleared(), called("teacher", "police"))
    assert people(told(*lifted)) == ["teacher", "police"]


def test_the_lead_of_a_strictly_protected_case_is_told_that_somebody_who_joins_waits_for_a_clearance() -> (
    None
):
    protected = (
        *GROUP,
        ClearanceGiven(person_id="lead", given_by="leader"),
        AddressProtectionSet(level=ProtectionLevel.CODE_6),
    )
    assert told(*protected, joined("new")) == (Notice(person_id="lead", kind=NoticeKind.CLEARANCE_NEEDED),), (
        "and whoever joins is told nothing"
    )
    cleared = (*protected, ClearanceGiven(person_id="new", given_by="leader"), joined("new"))
    assert [(one.person_id, one.kind) for one in told(*cleared)] == [("new", NoticeKind.MEMBER_JOINED)]
    lead_not_cleared = (*GROUP, AddressProtectionSet(level=ProtectionLevel.CODE_6), joined("new"))
    assert told(*lead_not_cleared) == ()
    level = AddressProtectionSet(level=ProtectionLevel.CODE_7)
    assert [one.kind for one in told(*GROUP, level, joined("new"))] == [NoticeKind.MEMBER_JOINED]


def test_a_protected_address_alone_keeps_nobody_from_being_told() -> None:
    protected = (*GROUP, AddressProtectionSet(level=ProtectionLevel.CODE_7))
    assert people(told(*protected, called("teacher", "police"))) == ["teacher", "police"]


def test_after_a_death_nobody_is_told_anything() -> None:
    death = made(CaseClosed, reason=EndingReason.DEATH, closed_on=DAY)
    assert told(*GROUP, death, called("teacher")) == ()
    done = made(CaseClosed, reason=EndingReason.COMPLETED, closed_on=DAY)
    assert people(told(*GROUP, done, called("teacher"))) == ["teacher"]


def test_a_moved_deadline_is_told_to_its_new_owner_and_to_one_who_was_told_the_old_day() -> None:
    reminded = made(DeadlineReminded, deadline_id="f", owner_id="teacher")
    moved = made(DeadlineMoved, deadline_id="f", owner_id="teacher", was_owner_id="teacher")
    handed_over = made(DeadlineMoved, deadline_id="f", owner_id="police", was_owner_id="teacher")
    met = made(DeadlineMet, deadline_id="f")
    assert told(*GROUP, moved) == ()
    assert people(told(*GROUP, reminded, moved)) == ["teacher"]
    assert people(told(*GROUP, handed_over)) == ["police"]
    assert told(*GROUP, reminded, met, moved) == ()


def test_who_is_asked_for_a_receipt_finds_it_in_the_inbox_and_gets_no_second_mail() -> None:
    (notice,) = told(*GROUP, made(ReceiptRequested, receipt_id="q", consent_id="c", person_id="police"))
    assert (notice.person_id, notice.about["receipt_id"], notice.by_mail) == ("police", "q", False)


def test_the_lead_is_told_that_others_decide_now_and_not_how_old_the_youth_is() -> None:
    (notice,) = told(*GROUP, made(YouthAgeBandChanged, age_band=AgeBand.ADULT))
    assert (notice.person_id, notice.kind, notice.about) == ("lead", NoticeKind.OTHERS_DECIDE_NOW, {})
